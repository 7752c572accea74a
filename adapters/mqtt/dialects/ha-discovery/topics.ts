/** Recognises config topics: `<prefix>/<component>/[<node_id>/]<object_id>/config`, with any prefix. */
import { get, isObject, type JsonObject } from "../../json.ts";

/** Every component that discovery knows. */
const components = new Set([
  ...[
    "alarm_control_panel",
    "binary_sensor",
    "button",
    "camera",
    "climate",
    "cover",
    "device_automation",
    "device_tracker",
  ],
  ...[
    "event",
    "fan",
    "humidifier",
    "image",
    "lawn_mower",
    "light",
    "lock",
    "notify",
    "number",
    "scene",
    "select",
    "sensor",
    "siren",
  ],
  ...["switch", "tag", "text", "update", "vacuum", "valve", "water_heater"],
]);

export interface ConfigTopic {
  readonly prefix: string;
  readonly component: string;
  readonly nodeId: string | undefined;
  readonly objectId: string;
}

const ID = /^[a-zA-Z0-9_-]+$/;
const known = (component: string | undefined): component is string =>
  component !== undefined && (component === "device" || components.has(component));

/**
 * The parts of a config topic; a component that nobody knows counts where the prefix is one that was seen with others.
 * Undefined: no config topic.
 */
export function configTopic(topic: string, prefixes: ReadonlySet<string>): ConfigTopic | undefined {
  if (!topic.endsWith("/config")) return undefined;
  const parts = topic.split("/");
  // Publishers do put blanks and colons into ids, so that only the shape is asked for at the end.
  for (const withNode of [true, false]) {
    const at = parts.length - (withNode ? 4 : 3);
    const component = parts[at];
    const objectId = parts.at(-2);
    if (at < 1 || !objectId) continue;
    const prefix = parts.slice(0, at).join("/");
    const unheard = component !== undefined && ID.test(component) && prefixes.has(prefix);
    if (known(component) || unheard)
      return { prefix, component: component ?? "", nodeId: withNode ? parts[at + 1] : undefined, objectId };
  }
  return undefined;
}

const speaks =
  /(^|_)(topic|t)$|^(device|dev|unique_id|uniq_id|components|cmps|migrate_discovery|migr_discvry|automation_type|atype)$/;

/** Whether a body is a discovery config: it names topics, a device, or an id of its own. */
export const looksLikeConfig = (body: JsonObject): boolean =>
  Object.keys(body)
    .slice(0, 200)
    .some((key) => speaks.test(key)) && !isObject(get(body, "payload"));
