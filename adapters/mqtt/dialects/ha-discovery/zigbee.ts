/** Zigbee2MQTT through discovery: its field names are its exposes' names, so that its own words apply. */
import { capabilities } from "../../../../hub/model/capabilities/index.ts";
import type { MakerType } from "../../codec.ts";
import { textOf } from "../../json.ts";
import { meanings } from "../../meanings.ts";
import { endpointNumber, phaseOf, type Surroundings, wordOf } from "../zigbee2mqtt/words.ts";
import { type Entity, identifiersOf } from "./config.ts";
import type { Part, Slot } from "./reader.ts";
import type { Place, Speech } from "./speech.ts";
import { compile, type Template } from "./template/compile.ts";

/** Names that Zigbee2MQTT's definitions give to endpoints. */
const SUFFIX =
  /^(.+)_(l\d{1,2}|ep_?\d{1,2}|\d{1,3}|left|right|center|top|middle|bottom|up|down|(?:top|bottom|center)_(?:left|right|center)|main|meter|relay|switch|light|usb|usb_\d|button_\d{1,2}|row_\d|cooler|heater|water|rgb|rgbw|white|cct|hue|wireless|bed|window|ceiling|wall|fan|system)$/;
/** Bundles by component: what the exposes are grouped in. */
const bundles: Readonly<Record<string, string>> = {
  light: "light",
  cover: "cover",
  climate: "climate",
  fan: "fan",
  lock: "lock",
  switch: "switch",
};
const climateParts = new Set([
  "local_temperature",
  "local_temperature_calibration",
  "pi_heating_demand",
  "running_state",
  "system_mode",
]);
const lateParts = new Set(["ev_connected", "battery_low", "presence"]);

export const isZigbee2mqtt = (entity: Entity): boolean =>
  /^zigbee2mqtt$/i.test(textOf(entity.origin, "name") ?? "") ||
  identifiersOf(entity.device).some((id) => /^zigbee2mqtt_/i.test(id));

interface Named {
  readonly name: string;
  readonly endpoint: string | undefined;
}

/** A device is made anew with each config that comes; what one config says stays the same. */
const known = new WeakMap<Entity, readonly string[]>();

/** The JSON fields that a config reads or sets: properties of exposes. */
function fieldsOf(entity: Entity): readonly string[] {
  const before = known.get(entity);
  if (before) return before;
  const fields = readFields(entity);
  known.set(entity, fields);
  return fields;
}

function readFields(entity: Entity): readonly string[] {
  const templates = Object.entries(entity.config).flatMap(([key, value]) =>
    typeof value === "string" && key.endsWith("template") ? [compile(value)] : [],
  );
  const fields = templates.flatMap((t) => (t.path ? [t.path[0]] : t.paths.map((p) => p[0])));
  const topic = textOf(entity.config, "command_topic");
  const set = topic === undefined ? undefined : /\/set\/([^/]+)$/.exec(topic)?.[1];
  return [...fields, set].filter((f): f is string => f !== undefined);
}

class Zigbee implements Speech {
  readonly #around: Surroundings;
  /** Endpoints that a switch, light or cover of the device is named by. */
  readonly #endpoints = new Set<string>();

  constructor(entities: readonly Entity[]) {
    for (const entity of entities) {
      const own = /^(?:switch|light|cover|climate|fan|lock)_(.+)$/.exec(entity.objectId)?.[1];
      if (own !== undefined && fieldsOf(entity).some((f) => f === `state_${own}`)) this.#endpoints.add(own);
    }
    const names = entities.flatMap((e) => fieldsOf(e).map((f) => this.#split(f, bundles[e.component]).name));
    this.#around = {
      names: new Set(names),
      bundles: new Set(
        entities.flatMap((e) => (Object.hasOwn(bundles, e.component) && e.component !== "switch" ? [e.component] : [])),
      ),
      battery: names.includes("battery") || names.includes("battery_low"),
    };
  }

  /** A name with its endpoint cut off; only where the rest is a word that means something. */
  #split(field: string, bundle: string | undefined): Named {
    const own = [...this.#endpoints].find((e) => field.endsWith(`_${e}`));
    const [, name, endpoint] =
      own === undefined ? (SUFFIX.exec(field) ?? []) : ["", field.slice(0, -own.length - 1), own];
    if (name === undefined || endpoint === undefined) return { name: field, endpoint: undefined };
    const known =
      Object.hasOwn(meanings, name) ||
      name === "state" ||
      name === "voltage" ||
      (bundle !== undefined && own !== undefined) ||
      climateParts.has(name);
    return known ? { name, endpoint } : { name: field, endpoint: undefined };
  }

  endpointOf(entity: Entity): number | undefined {
    const own = /^(?:switch|light|cover|climate|fan|lock)_(.+)$/.exec(entity.objectId)?.[1];
    return endpointNumber(
      own !== undefined && (this.#endpoints.has(own) || /^(l?\d+|left|right|center|top|bottom)$/.test(own))
        ? own
        : undefined,
    );
  }

  raw(_entity: Entity, template: Template | undefined): readonly string[] | undefined {
    if (!template || template.path || template.paths.length !== 1) return undefined;
    return template.paths[0]?.length === 1 ? template.paths[0] : undefined;
  }

  /** The bundle that an expose of this name stands in. */
  #bundleOf(entity: Entity, { name }: Named): string | undefined {
    const { component } = entity;
    if (component === "switch") return name === "state" ? "switch" : undefined;
    if (component === "climate") return name === "humidity" || name === "temperature" ? undefined : "climate";
    if (Object.hasOwn(bundles, component)) return component;
    if (name === "lock_state" && this.#around.bundles.has("lock")) return "lock";
    return undefined;
  }

  place(entity: Entity, slot: Slot, part: Part): Place | undefined {
    const field = slot.path[0];
    if (field === undefined)
      return part.role === "state" && entity.component === "cover"
        ? { endpoint: this.endpointOf(entity) ?? 1, word: undefined, maker: { kind: "text" } }
        : undefined;
    const named = this.#split(field, bundles[entity.component]);
    const phase = named.endpoint === undefined ? phaseOf(named.name) : undefined;
    const endpoint =
      endpointNumber(phase?.phase ?? named.endpoint) !== 1
        ? endpointNumber(phase?.phase ?? named.endpoint)
        : (this.endpointOf(entity) ?? 1);
    const label = phase ? `Phase ${phase.phase.toUpperCase()}` : named.endpoint;
    if (entity.component === "cover" && part.role === "state")
      return { endpoint, label, word: undefined, maker: { kind: "text" } };
    if (entity.component === "light" && field === "color") return { endpoint, label, word: part.word };
    if (slot.path.length > 1) return { endpoint, label, word: undefined };
    const unit = part.maker.kind === "number" ? part.maker.unit : undefined;
    const bundle = this.#bundleOf(entity, named);
    const word = phase?.word ?? wordOf(named.name, bundle, unit, this.#around);
    return { endpoint, label, word, maker: this.#makerOf(word, part) };
  }

  /** Sensors of words do not name them: those that the meaning knows are expected. */
  #makerOf(word: string | undefined, part: Part): MakerType | undefined {
    const meaning = word === undefined ? undefined : meanings[word];
    if (!meaning) return undefined;
    if (word === "contact" && part.maker.kind === "boolean") {
      const { on, off } = part.maker;
      return on === true ? { kind: "boolean", on: off, off: on } : undefined;
    }
    const [capability = "", attribute = ""] = meaning.to.split(".");
    const spec = capabilities[capability]?.attributes[attribute];
    if (part.maker.kind !== "text" && part.role !== "action") return undefined;
    if (spec?.type !== "enum" && spec?.type !== "boolean") return undefined;
    const known = Object.keys(meaning.words ?? {});
    return { kind: "enum", values: known.length > 0 || spec.type !== "enum" ? known : spec.values };
  }

  switches(entity: Entity): boolean {
    return fieldsOf(entity).some((f) => this.#split(f, "switch").name === "state");
  }

  /** Off, the three steps and what the presets add, in the program's own words. */
  fanMode(template: string | undefined, presets: readonly string[]): MakerType | undefined {
    const compiled = template === undefined ? undefined : compile(template);
    if (!compiled || compiled.path || !/mode$/.test(compiled.paths[0]?.[0] ?? "")) return undefined;
    const words = capabilities.fanControl?.attributes.fanMode;
    const known = words?.type === "enum" ? words.values : [];
    return { kind: "enum", values: [...new Set([...compiled.words.filter((w) => known.includes(w)), ...presets])] };
  }
}

/** Richer statements of one thing take the place first, as in the program's own dialect. */
export const zigbeeOrder = (entity: Entity): number => (fieldsOf(entity).some((f) => lateParts.has(f)) ? 1 : 0);

export const zigbeeSpeech = (entities: readonly Entity[]): Speech => new Zigbee(entities);
