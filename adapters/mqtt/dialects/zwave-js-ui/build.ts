/** Builds the endpoints of a Z-Wave node out of its values, class by class. */
import { asNumber, type MakerType, sampleType } from "../../codec.ts";
import { Draft, type Property } from "../../draft.ts";
import type { Json } from "../../json.ts";
import { className } from "./classes.ts";
import {
  barrier,
  dimmerOn,
  hexHue,
  hexSaturation,
  lockMode,
  operatingState,
  percent,
  scene,
  thermostatMode,
} from "./codecs.ts";
import { calls, type Entry, type ZwaveNode, type ZwaveWrite } from "./device.ts";
import { binaryOf, type Meant, meterOf, notificationOf, sensorOf } from "./sensors.ts";
import { type Meta, nameKey } from "./values.ts";

const flag: MakerType = { kind: "boolean", on: true, off: false };
const number: MakerType = { kind: "number" };
const text: MakerType = { kind: "text" };

/** Slats of Window Covering: their keys with and without a position. */
const SLATS = /^(?:10|11|22|23)$/;
/** First endpoint of scenes: each button is one. */
const SCENES = 200;

type Extra = Partial<Property<ZwaveWrite>>;

class Builder {
  readonly draft = new Draft<ZwaveWrite>();
  readonly #node: ZwaveNode;
  readonly #thermostats = new Set<number>();
  readonly #covers: boolean;

  constructor(node: ZwaveNode) {
    this.#node = node;
    const all = [...node.entries.values()];
    for (const { name } of all) if (name.cc === 67 || name.cc === 64) this.#thermostats.add(name.endpoint);
    const moves = all.some(({ name }) => name.cc === 38 && /^(?:up|down|open|close)$/i.test(name.property));
    this.#covers = moves || calls(node, /shutter|blind|curtain|roller|awning|screen|shade/i);
  }

  entry(entry: Entry): void {
    const { name } = entry;
    const { cc, property, key } = name;
    switch (cc) {
      case 37:
        return this.#binarySwitch(entry);
      case 38:
        return this.#level(entry);
      case 48:
        return this.#meant(entry, binaryOf(property));
      case 49:
        return this.#sensor(entry);
      case 50:
        return this.#meant(entry, property === "value" ? meterOf(key ?? "", entry.meta) : undefined);
      case 51:
        return this.#colour(entry);
      case 64:
      case 66:
      case 67:
        return this.#thermostat(entry);
      case 91:
        return this.#scene(entry);
      case 98:
        return this.#lock(entry);
      case 102:
        return this.#barrier(entry);
      case 106:
        return this.#covering(entry);
      case 113:
        return this.#meant(entry, notificationOf(property, key ?? ""));
      case 128:
        return this.#battery(entry);
      default:
        return this.#own(entry);
    }
  }

  /** The value that a person's wish goes to: `targetValue` beside `currentValue`. */
  #target(entry: Entry, property: string): Entry {
    const { name } = entry;
    const held = this.#node.entries.get(nameKey({ ...name, property }));
    if (held) return held;
    const at = entry.tail?.lastIndexOf(`/${name.property}`) ?? -1;
    const tail =
      at < 0 ? undefined : `${entry.tail?.slice(0, at)}/${property}${entry.tail?.slice(at + 1 + name.property.length)}`;
    const id = entry.id ? { ...entry.id, property } : undefined;
    return { ...entry, name: { ...name, property }, tail, id };
  }

  #plain(entry: Entry): Omit<Property<ZwaveWrite>, "maker"> {
    const { name, meta, tail } = entry;
    const parts = [className(name.cc), name.property, ...(name.key === undefined ? [] : [name.key])];
    const words = [name.property, ...(name.key === undefined ? [] : [name.key])].join(" ").replaceAll("_", " ");
    return {
      endpoint: 1 + Math.min(name.endpoint, 126),
      field: nameKey(name),
      source: `${this.#node.base ?? ""}/${tail ?? nameKey(name)}#`,
      name: parts.join(".").slice(0, 120),
      label: meta?.label ?? words,
    };
  }

  #add(entry: Entry, word: string, maker: MakerType, extra: Extra = {}): void {
    this.draft.add({ ...this.#plain(entry), word, maker, ...extra });
  }

  #writes(entry: Entry): { write: (raw: unknown) => ZwaveWrite } {
    return { write: (raw) => ({ entry, value: raw as Json }) };
  }

  /** The maker's own: by what the gateway says of it, else by its first sample. */
  #own(entry: Entry, extra: Extra = {}): void {
    const { meta, sample, name } = entry;
    const settable = meta?.writeable ?? name.cc === 112;
    const rest = {
      ...(settable ? this.#writes(entry) : {}),
      ...(meta?.stateless === true ? { event: true } : {}),
      ...extra,
    };
    if (meta && isChoice(meta)) return this.#choice(entry, meta, rest);
    const maker = meta ? makerOf(meta, settable) : undefined;
    if (maker) this.#add(entry, "", maker, rest);
    else if (sample !== null && sample !== "") this.#add(entry, "", sampleType(sample), rest);
  }

  /** Told and set by the words of its numbers. */
  #choice(entry: Entry, { states }: Meta, extra: Extra): void {
    const values = [...new Set(states.values())];
    const { write } = extra;
    const byNumber = (raw: unknown): unknown => [...states].find(([, word]) => word === raw)?.[0] ?? raw;
    const field = inWords(nameKey(entry.name));
    // A number that has no word is told as it is where nobody can set it.
    if (!write) return this.#add(entry, "", text, { ...extra, field });
    this.#add(entry, "", { kind: "enum", values }, { ...extra, field, write: (raw) => write(byNumber(raw)) });
  }

  #meant(entry: Entry, meant: Meant | undefined): void {
    if (!meant) return this.#own(entry);
    const event = entry.meta?.stateless === true ? { event: true } : {};
    this.#add(entry, meant.word, meant.maker, { ...(meant.codec ? { codec: meant.codec } : {}), ...event });
    if (!meant.beside) return;
    const { label } = this.#plain(entry);
    this.#add(entry, "", meant.beside, { label: meant.label ? `${label} ${meant.label}` : (label ?? ""), ...event });
  }

  #sensor(entry: Entry): void {
    const { name } = entry;
    const meant = sensorOf(name.property, entry.meta);
    this.#meant(entry, meant);
    if (meant.word === "temperature" && this.#thermostats.has(name.endpoint))
      this.#add(entry, "local_temperature", meant.maker);
  }

  #binarySwitch(entry: Entry): void {
    const { property } = entry.name;
    // What was asked for last is no state; the current value is.
    if (property === "targetValue") return;
    if (property !== "currentValue") return this.#own(entry);
    const { endpoint } = this.#plain(entry);
    this.draft.type(endpoint, calls(this.#node, /plug|socket|outlet/i) ? "onOffPlugInUnit" : "mountedOnOffControl");
    this.#add(entry, "on", flag, this.#writes(this.#target(entry, "targetValue")));
  }

  #level(entry: Entry): void {
    const { property, endpoint } = entry.name;
    if (property === "targetValue") return;
    if (property !== "currentValue") {
      // Held down while it is true; false lets go. They are the commands below.
      if (/^(?:up|down|open|close|on|off)$/i.test(property)) return;
      return this.#own(entry);
    }
    const target = this.#target(entry, "targetValue");
    const maker: MakerType = { kind: "number", min: 0, max: 99, step: 1 };
    const write = this.#writes(target);
    if (this.#thermostats.has(endpoint)) {
      this.#add(entry, "pi_heating_demand", maker, { codec: percent });
      return this.#add(entry, "", maker, { ...write, label: "Valve" });
    }
    if (this.#covers) return this.#cover(entry, target);
    const place = this.#plain(entry).endpoint;
    const coloured = [...this.#node.entries.values()].some(
      ({ name }) => name.cc === 51 && name.property === "hexColor",
    );
    this.draft.type(place, coloured ? "extendedColorLight" : "dimmableLight");
    this.#add(entry, "level", maker, { ...write, codec: percent });
    this.#add(entry, "on", number, { ...write, codec: dimmerOn });
  }

  #cover(entry: Entry, target: Entry): void {
    const { endpoint } = this.#plain(entry);
    this.#add(entry, "position", number, { ...this.#writes(target), codec: percent });
    this.#acts(endpoint, target, 99);
    const stop = [...this.#node.entries.values()].find(
      ({ name }) =>
        name.cc === 38 && name.endpoint === entry.name.endpoint && /^(?:up|open|down|close)$/i.test(name.property),
    );
    if (!stop) return;
    this.#act(endpoint, "windowCovering.stopMotion", stop, false);
  }

  #acts(endpoint: number, target: Entry, open: number): void {
    this.#act(endpoint, "windowCovering.upOrOpen", target, open);
    this.#act(endpoint, "windowCovering.downOrClose", target, 0);
  }

  #act(endpoint: number, path: string, entry: Entry, value: Json): void {
    this.draft.action(endpoint, path, { source: `${this.#plain(entry).source}`, writes: [{ entry, value }] });
  }

  #covering(entry: Entry): void {
    const { property, key = "" } = entry.name;
    if (property === "targetValue") return;
    if (property !== "currentValue") return this.#own(entry);
    const target = this.#target(entry, "targetValue");
    const word = SLATS.test(key) ? "tilt" : "position";
    this.#add(entry, word, number, { ...this.#writes(target), codec: percent });
    if (word === "position") this.#acts(this.#plain(entry).endpoint, target, 99);
  }

  #barrier(entry: Entry): void {
    const { property } = entry.name;
    if (property === "targetState") return;
    if (property !== "currentState") return this.#own(entry);
    this.#add(entry, "moving", number, { codec: barrier });
    this.#add(entry, "", number, { label: "State" });
    this.#acts(this.#plain(entry).endpoint, this.#target(entry, "targetState"), 255);
  }

  #colour(entry: Entry): void {
    const { property, key } = entry.name;
    if (property === "hexColor") {
      const write =
        (part: string) =>
        (raw: unknown): ZwaveWrite => ({ entry, value: { [part]: raw as Json } });
      this.#add(entry, "hue", text, { codec: hexHue, write: write("hue") });
      this.#add(entry, "saturation", text, { codec: hexSaturation, write: write("saturation") });
      return;
    }
    // The whole as one object repeats what stands beside by channel.
    if (property === "targetColor" || (property === "currentColor" && key === undefined)) return;
    if (property !== "currentColor") return this.#own(entry);
    const byte: MakerType = { kind: "number", min: 0, max: 255, step: 1 };
    this.#add(entry, "", byte, this.#writes(this.#target(entry, "targetColor")));
  }

  #thermostat(entry: Entry): void {
    const { cc, property, key = "" } = entry.name;
    const write = this.#writes(entry);
    if (cc === 64 && property === "mode") {
      this.#add(entry, "system_mode", number, { ...write, codec: thermostatMode(entry.meta?.states ?? new Map()) });
      return this.#own(entry, write);
    }
    if (cc === 66 && property === "state") return this.#add(entry, "running_state", number, { codec: operatingState });
    if (cc !== 67 || property !== "setpoint") return this.#own(entry);
    const word = /^(?:1|heating)$/i.test(key)
      ? "occupied_heating_setpoint"
      : /^(?:2|cooling)$/i.test(key)
        ? "occupied_cooling_setpoint"
        : "";
    const { meta } = entry;
    const ends = {
      ...(meta?.min === undefined ? {} : { min: meta.min }),
      ...(meta?.max === undefined ? {} : { max: meta.max }),
    };
    const step = meta?.step === undefined ? {} : { step: meta.step };
    this.#add(entry, word, { kind: "number", unit: meta?.unit ?? "C", ...ends, ...step }, write);
  }

  #lock(entry: Entry): void {
    const { property } = entry.name;
    if (property === "targetMode") return;
    if (property === "currentMode") {
      const write = this.#writes(this.#target(entry, "targetMode"));
      this.draft.type(this.#plain(entry).endpoint, "doorLock");
      return this.#add(entry, "lock_state", number, { ...write, codec: lockMode });
    }
    if (property === "doorStatus") return this.#add(entry, "contact", { kind: "boolean", on: "open", off: "closed" });
    if (property === "latchStatus" || property === "boltStatus") return this.#add(entry, "", text);
    this.#own(entry);
  }

  #battery(entry: Entry): void {
    const { property } = entry.name;
    if (property === "level") return this.#add(entry, "battery", { kind: "number", unit: "%" });
    if (property === "isLow") return this.#add(entry, "battery_low", flag);
    this.#own(entry);
  }

  /** Each numbered scene is a button. */
  #scene(entry: Entry): void {
    const { property, key = "" } = entry.name;
    const button = Number(key);
    if (property !== "scene" || !Number.isInteger(button)) return this.#own(entry);
    const endpoint = SCENES + Math.min(button, 255);
    this.draft.type(endpoint, "genericSwitch");
    this.draft.label(endpoint, `Button ${button}`);
    const maker: MakerType = { kind: "enum", values: scene.type.type === "enum" ? scene.type.values : [] };
    this.#add(entry, "", maker, {
      endpoint,
      name: "event",
      label: "Event",
      event: true,
      field: inWords(nameKey(entry.name)),
    });
  }
}

/** Whether all that the value can be has a word. */
const isChoice = ({ states, type, min, max }: Meta): boolean =>
  states.size > 0 && type !== "boolean" && !(min !== undefined && max !== undefined && max - min + 1 > states.size);

function makerOf({ type, unit, min, max, step }: Meta, settable: boolean): MakerType | undefined {
  if (type === "boolean") return flag;
  if (type === "string" || type === "color") return text;
  if (type !== "number") return undefined;
  const ends = { ...(min === undefined ? {} : { min }), ...(max === undefined ? {} : { max }) };
  return {
    kind: "number",
    ...(unit === undefined ? {} : { unit }),
    ...(settable ? { ...ends, ...(step === undefined ? {} : { step }) } : {}),
  };
}

/** The field of a value that is told by the words of its numbers. */
const inWords = (field: string): string => `${field}#words`;

/** Fields of one value, as they are read: its number, and the word for it. */
export function fieldsOf(entry: Entry, value: Json): readonly (readonly [field: string, value: Json])[] {
  const field = nameKey(entry.name);
  const isScene = entry.name.cc === 91 && entry.name.property === "scene";
  const word = isScene ? scene.read(value) : entry.meta?.states.get(asNumber(value) ?? Number.NaN);
  return [
    [field, value],
    [inWords(field), typeof word === "string" ? word : value],
  ];
}

export function rebuild(node: ZwaveNode): void {
  const builder = new Builder(node);
  for (const entry of node.entries.values()) builder.entry(entry);
  node.built = builder.draft.build();
  node.changed = false;
}
