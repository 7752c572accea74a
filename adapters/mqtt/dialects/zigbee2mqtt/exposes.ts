/** From the `exposes` of a definition to the device's values in the words of the house. */
import type { MakerType } from "../../codec.ts";
import { Draft, type Property } from "../../draft.ts";
import { get, isObject, type Json, type JsonObject, listOf, numberOf, textOf } from "../../json.ts";
import { endpointNumber, isCharger, lightType, phaseOf, relayType, type Surroundings, wordOf } from "./words.ts";

/** A part of the body of `<name>/set`, or of a request to the bridge to change a device's options. */
export interface Fragment {
  readonly set?: JsonObject;
  readonly options?: JsonObject;
}

const MAX_EXPOSES = 400;

interface Leaf {
  readonly expose: JsonObject;
  readonly bundle: string | undefined;
  readonly endpoint: string | undefined;
}

/** Bundles have features without a property of their own; composites and lists are values. */
function leavesOf(exposes: readonly Json[]): Leaf[] {
  const found: Leaf[] = [];
  const walk = (
    list: readonly Json[],
    bundle: string | undefined,
    endpoint: string | undefined,
    depth: number,
  ): void => {
    for (const expose of list) {
      if (found.length >= MAX_EXPOSES || !isObject(expose)) return;
      const type = textOf(expose, "type");
      const at = textOf(expose, "endpoint") ?? endpoint;
      const features = listOf(expose, "features");
      if (features.length > 0 && type !== "composite" && type !== "list" && depth < 4)
        walk(features, type, at, depth + 1);
      else found.push({ expose, bundle, endpoint: at });
    }
  };
  walk(exposes, undefined, undefined, 0);
  return found;
}

const nameOf = (leaf: Leaf): string => textOf(leaf.expose, "name") ?? propertyOf(leaf) ?? "";
const propertyOf = (leaf: Leaf): string | undefined => textOf(leaf.expose, "property") ?? textOf(leaf.expose, "name");

/** What an expose or an option says of the form of its value. */
export function makerType(expose: JsonObject): MakerType {
  switch (textOf(expose, "type")) {
    case "numeric": {
      const [min, max, step] = [
        numberOf(expose, "value_min"),
        numberOf(expose, "value_max"),
        numberOf(expose, "value_step"),
      ];
      const unit = textOf(expose, "unit");
      return {
        kind: "number",
        ...(unit === undefined ? {} : { unit }),
        ...(min === undefined ? {} : { min }),
        ...(max === undefined ? {} : { max }),
        ...(step === undefined ? {} : { step }),
      };
    }
    case "binary":
      return { kind: "boolean", on: get(expose, "value_on") ?? true, off: get(expose, "value_off") ?? false };
    case "enum": {
      const values = listOf(expose, "values").filter((v) => typeof v === "string" || typeof v === "number");
      return values.length > 0 ? { kind: "enum", values: values.map((v) => String(v).slice(0, 80)) } : { kind: "text" };
    }
    case "composite":
    case "list":
      return { kind: "json" };
    default:
      return { kind: "text" };
  }
}

/** `contact` is true when closed, whatever the definition calls its on side. */
function contactType(maker: MakerType): MakerType {
  return maker.kind === "boolean" && maker.on === true ? { ...maker, on: false, off: true } : maker;
}

const SETTABLE = 2;
const bits = (expose: JsonObject): number => numberOf(expose, "access") ?? 1;

class ExposeReader {
  readonly draft = new Draft<Fragment>();
  readonly #topic: string;
  readonly #around: Surroundings;
  readonly #description: string;
  /** Endpoints whose colour has its place. */
  readonly #coloured = new Set<number>();

  constructor(topic: string, around: Surroundings, description: string) {
    this.#topic = topic;
    this.#around = around;
    this.#description = description;
  }

  read(leaf: Leaf): void {
    const property = propertyOf(leaf);
    if (property === undefined) return;
    const name = nameOf(leaf);
    const phase = leaf.endpoint === undefined ? phaseOf(name) : undefined;
    const endpoint = endpointNumber(phase?.phase ?? leaf.endpoint);
    if (endpoint !== 1)
      this.draft.label(endpoint, phase ? `Phase ${phase.phase.toUpperCase()}` : (leaf.endpoint ?? ""));
    if (leaf.bundle === "light" && (name === "color_xy" || name === "color_hs")) this.#colour(leaf, property, endpoint);
    else if (leaf.bundle === "cover" && name === "state") this.#coverState(leaf, property, endpoint);
    else this.#value(leaf, property, endpoint, phase?.word ?? this.#wordOf(leaf, name, property));
  }

  /** Old converters call any setting a switch: only `state` itself, with its endpoint, switches the device. */
  #wordOf(leaf: Leaf, name: string, property: string): string | undefined {
    if (name === "state" && property !== "state" && property !== `state_${leaf.endpoint}` && leaf.bundle !== "fan")
      return undefined;
    return wordOf(name, leaf.bundle, textOf(leaf.expose, "unit"), this.#around);
  }

  #property(leaf: Leaf, property: string, endpoint: number): Property<Fragment> {
    const settable = (bits(leaf.expose) & SETTABLE) !== 0;
    return {
      endpoint,
      field: property,
      source: `${this.#topic}#${property}`,
      name: property,
      label: textOf(leaf.expose, "label"),
      maker: makerType(leaf.expose),
      write: settable ? (raw) => ({ set: { [property]: raw as Json } }) : undefined,
    };
  }

  #value(leaf: Leaf, property: string, endpoint: number, word: string | undefined): void {
    const plain = this.#property(leaf, property, endpoint);
    const maker = word === "contact" ? contactType(plain.maker) : plain.maker;
    const event = nameOf(leaf) === "action";
    if (event) this.draft.type(endpoint, "genericSwitch");
    this.draft.add({ ...plain, maker, word, ...(event ? { event } : {}) });
    const toggle = get(leaf.expose, "value_toggle");
    if (word !== "on" || !plain.write || toggle === undefined) return;
    this.draft.action(endpoint, "onOff.toggle", { source: plain.source, writes: [{ set: { [property]: toggle } }] });
  }

  /**
   * Two numbers in one object; `color` is the leaf, x and y or hue and saturation its fields. The bridge takes hue and
   * saturation of every coloured lamp; x and y have their place where the lamp names them first.
   */
  #colour(leaf: Leaf, property: string, endpoint: number): void {
    const second = this.#coloured.has(endpoint);
    this.#coloured.add(endpoint);
    const words: Readonly<Record<string, string>> = {
      x: "color_x",
      y: "color_y",
      hue: "hue",
      saturation: "saturation",
    };
    const own = listOf(leaf.expose, "features").map((feature) => textOf(feature, "name"));
    for (const part of own.includes("x") && !second ? [...own, "hue", "saturation"] : own) {
      const word = part !== undefined && Object.hasOwn(words, part) ? words[part] : undefined;
      // Hue and saturation have their place already where x and y came first.
      if (part === undefined || !word || (second && !own.includes("x"))) continue;
      this.draft.add({
        ...this.#property(leaf, property, endpoint),
        field: `${property}.${part}`,
        name: `${property}.${part}`,
        maker: { kind: "number" },
        ...(second ? {} : { word }),
        write: (raw) => ({ set: { [property]: { [part]: raw as Json } } }),
      });
    }
  }

  /** A cover's `state` is a word to it, and says little of where it stands. */
  #coverState(leaf: Leaf, property: string, endpoint: number): void {
    const plain = this.#property(leaf, property, endpoint);
    const words = listOf(leaf.expose, "values");
    const commands = { OPEN: "upOrOpen", CLOSE: "downOrClose", STOP: "stopMotion" };
    for (const [word, command] of Object.entries(commands))
      if (plain.write && words.includes(word))
        this.draft.action(endpoint, `windowCovering.${command}`, {
          source: plain.source,
          writes: [{ set: { [property]: word } }],
        });
    const { write: _, ...readOnly } = plain;
    this.draft.add({ ...readOnly, maker: { kind: "text" } });
  }

  /** Kinds of lights, relays and fans, which the capabilities alone do not tell apart. */
  types(leaves: readonly Leaf[]): void {
    const groups = new Map<string, Leaf[]>();
    for (const leaf of leaves) {
      const key = `${leaf.bundle ?? ""}/${leaf.endpoint ?? ""}`;
      groups.set(key, [...(groups.get(key) ?? []), leaf]);
    }
    for (const group of groups.values()) {
      const first = group[0];
      if (!first?.bundle) continue;
      const endpoint = endpointNumber(first.endpoint);
      const names = new Set(group.map(nameOf));
      if (first.bundle === "light") this.draft.type(endpoint, lightType(names));
      if (first.bundle === "fan")
        this.draft.type(endpoint, /purifier/i.test(this.#description) ? "airPurifier" : "fan");
      if (first.bundle === "climate" && names.has("fan_mode") && names.has("system_mode"))
        this.draft.type(endpoint, "roomAirConditioner");
      const relay = first.bundle === "switch" && names.has("state") && group.some((leaf) => this.#isRelay(leaf));
      if (relay && !isCharger(this.#around)) this.draft.type(endpoint, relayType(this.#description, this.#around));
    }
    if (this.#around.bundles.has("climate")) return;
    const bare = leaves.some(
      (leaf) => leaf.bundle === undefined && nameOf(leaf) === "state" && makerType(leaf.expose).kind === "boolean",
    );
    if (bare && !isCharger(this.#around)) this.draft.type(1, relayType(this.#description, this.#around));
  }

  #isRelay(leaf: Leaf): boolean {
    const property = propertyOf(leaf);
    return property === "state" || property === `state_${leaf.endpoint}`;
  }
}

/** What an undescribed key of the state looks like, by its first sample. */
export type Extras = ReadonlyMap<string, MakerType>;

/** The draft of one device: from its definition, where its messages come, and the extra keys seen in its state. */
export function draftOf(
  definition: Json | undefined,
  topic: string,
  battery: boolean,
  extras: Extras,
): Draft<Fragment> {
  const leaves = leavesOf(listOf(definition, "exposes"));
  const around: Surroundings = {
    names: new Set(leaves.map(nameOf)),
    bundles: new Set(leaves.flatMap((leaf) => (leaf.bundle ? [leaf.bundle] : []))),
    battery,
  };
  const reader = new ExposeReader(topic, around, textOf(definition, "description") ?? "");
  reader.types(leaves);
  for (const leaf of inOrder(leaves)) reader.read(leaf);
  for (const [key, maker] of extras)
    reader.draft.add({ endpoint: 1, field: key, source: `${topic}#${key}`, name: key, maker });
  return reader.draft;
}

/** Richer statements of one thing take the place first. */
function inOrder(leaves: readonly Leaf[]): readonly Leaf[] {
  const late = new Set(["ev_connected", "battery_low", "presence"]);
  return [...leaves.filter((leaf) => !late.has(nameOf(leaf))), ...leaves.filter((leaf) => late.has(nameOf(leaf)))];
}

/** Whether the bridge can ask the device for its switch's state at once. */
export const gettableState = (definition: Json | undefined): boolean =>
  leavesOf(listOf(definition, "exposes")).some((leaf) => propertyOf(leaf) === "state" && (bits(leaf.expose) & 4) !== 0);
