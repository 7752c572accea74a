/** How the lamps of a first-generation Shelly are set: JSON on `light|white|color/N/set`, put together from single values. */
import type { Command } from "../../../../hub/model/command.ts";
import { asNumber } from "../../codec.ts";
import { rgbOf } from "../../colour.ts";
import type { MqttPublish } from "../../dialect.ts";
import { type Json, parseObject } from "../../json.ts";
import type { Root } from "./roots.ts";

/** Longest fade that the devices take, ms. */
const MAX_FADE = 5000;

/** Names of a lamp's fields that can be set by that name. */
const settable = new Set(["white", "red", "green", "blue", "effect", "gain", "brightness"]);

/** Which of its topics a lamp listens to: dimmers and white bulbs have one, the others one for each mode. */
function kindOf(root: Root, channel: number): string {
  const seen = root.lamps.get(channel);
  if (seen !== undefined) return seen;
  if (!/^SH(?:RGB|BLB|CB)/.test(root.model ?? "")) return "light";
  return root.mode === "white" ? "white" : "color";
}

/** The message that sets one field of a lamp; undefined where it cannot be set. */
export function lampTopic(now: () => Root, channel: number, leaf: string): ((raw: unknown) => MqttPublish) | undefined {
  const of =
    (mode: string | undefined, body: (raw: unknown, kind: string) => Json) =>
    (raw: unknown): MqttPublish => {
      const root = now();
      const speaks = kindOf(root, channel);
      const kind = mode === undefined || speaks === "light" ? speaks : mode;
      return { topic: `${root.topic}/${kind}/${channel}/set`, payload: JSON.stringify(body(raw, kind)), qos: 1 };
    };
  const changes = (kind: string): object => (kindOf(now(), channel) === kind ? {} : { mode: kind });
  switch (leaf) {
    case "":
      return (raw) => ({
        topic: `${now().topic}/${kindOf(now(), channel)}/${channel}/command`,
        payload: String(raw),
        qos: 1,
      });
    case "level":
      // A slider at the bottom is off, and one that is moved up is on.
      return of(undefined, (raw, kind) =>
        raw === 0 ? { turn: "off" } : { turn: "on", [kind === "color" ? "gain" : "brightness"]: raw as Json },
      );
    case "hue":
    case "saturation":
      return of("color", (raw, kind) => ({ ...changes(kind), [leaf]: raw as Json }));
    case "temp":
      return of("white", (raw, kind) => ({ ...changes(kind), temp: raw as Json }));
    default:
      return settable.has(leaf) ? of(undefined, (raw) => ({ [leaf]: raw as Json })) : undefined;
  }
}

/** What goes to one lamp becomes one body; hue and saturation become red, green and blue; a transition goes along. */
export function together(writes: readonly MqttPublish[], { args }: Command): readonly MqttPublish[] {
  const bodies = new Map<string, Record<string, Json>>();
  const others = writes.filter(({ topic, payload }) => {
    const body = topic.endsWith("/set") ? parseObject(payload) : undefined;
    if (body) bodies.set(topic, { ...bodies.get(topic), ...body });
    return body === undefined;
  });
  const seconds = asNumber(args.transitionTime);
  const fade = seconds === undefined ? {} : { transition: Math.min(Math.round(seconds * 1000), MAX_FADE) };
  const merged = [...bodies].map(([topic, { hue, saturation, ...rest }]): MqttPublish => {
    const [red = 0, green = 0, blue = 0] = rgbOf(asNumber(hue) ?? 0, asNumber(saturation) ?? 100);
    const colour = hue === undefined && saturation === undefined ? {} : { red, green, blue };
    return { topic, payload: JSON.stringify({ ...rest, ...colour, ...fade }), qos: 1 };
  });
  return [...others, ...merged];
}
