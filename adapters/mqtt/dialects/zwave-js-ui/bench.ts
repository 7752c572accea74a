/** The bench on which a Z-Wave node's endpoints are made out of its values. */
import { asNumber, type MakerType, sampleType } from "../../codec.ts";
import { Draft, type Property } from "../../draft.ts";
import type { Json } from "../../json.ts";
import { className } from "./classes.ts";
import { isOddMode, scene } from "./codecs.ts";
import { calls, type Entry, type ZwaveNode, type ZwaveWrite } from "./device.ts";
import { type Meta, nameKey } from "./values.ts";

export const flag: MakerType = { kind: "boolean", on: true, off: false };
export const number: MakerType = { kind: "number" };
export const text: MakerType = { kind: "text" };

type Extra = Partial<Property<ZwaveWrite>>;

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
export const inWords = (field: string): string => `${field}#words`;

/** The field of a thermostat's mode as the house knows modes. */
export const inMode = (field: string): string => `${field}#mode`;

/** Fields of one value, as they are read: its number, and the word for it. */
export function fieldsOf(entry: Entry, value: Json): readonly (readonly [field: string, value: Json])[] {
  const field = nameKey(entry.name);
  const isScene = entry.name.cc === 91 && entry.name.property === "scene";
  const word = isScene ? scene.read(value) : entry.meta?.states.get(asNumber(value) ?? Number.NaN);
  // A mode that the house has no word for stays the maker's own.
  const mode = isOddMode(value) ? null : value;
  return [
    [field, value],
    ...(entry.name.cc === 64 ? [[inMode(field), mode] as const] : []),
    [inWords(field), typeof word === "string" ? word : value],
  ];
}

export class Bench {
  readonly draft = new Draft<ZwaveWrite>();
  readonly node: ZwaveNode;
  /** Endpoints that keep a temperature. */
  readonly thermostats = new Set<number>();
  /** Its multilevel switches move something. */
  readonly covers: boolean;

  constructor(node: ZwaveNode) {
    this.node = node;
    const all = [...node.entries.values()];
    for (const { name } of all) if (name.cc === 67 || name.cc === 64) this.thermostats.add(name.endpoint);
    const moves = all.some(({ name }) => name.cc === 38 && /^(?:up|down|open|close)$/i.test(name.property));
    this.covers = moves || calls(node, /shutter|blind|curtain|roller|awning|screen|shade/i);
  }

  /** Whether the value that a wish goes to is only the shadow of what is. */
  isShadow({ name }: Entry, of: string): boolean {
    return this.node.entries.has(nameKey({ ...name, property: of }));
  }

  /** The value that a person's wish goes to: `targetValue` beside `currentValue`. */
  target(entry: Entry, property: string): Entry {
    const { name } = entry;
    const held = this.node.entries.get(nameKey({ ...name, property }));
    if (held) return held;
    const at = entry.tail?.lastIndexOf(`/${name.property}`) ?? -1;
    const tail =
      at < 0 ? undefined : `${entry.tail?.slice(0, at)}/${property}${entry.tail?.slice(at + 1 + name.property.length)}`;
    const id = entry.id ? { ...entry.id, property } : undefined;
    return { ...entry, name: { ...name, property }, tail, id };
  }

  plain(entry: Entry): Omit<Property<ZwaveWrite>, "maker"> {
    const { name, meta, tail } = entry;
    const parts = [className(name.cc), name.property, ...(name.key === undefined ? [] : [name.key])];
    const words = [name.property, ...(name.key === undefined ? [] : [name.key])].join(" ").replaceAll("_", " ");
    return {
      endpoint: 1 + Math.min(name.endpoint, 126),
      field: nameKey(name),
      source: `${this.node.base ?? ""}/${tail ?? nameKey(name)}#`,
      name: parts.join(".").slice(0, 120),
      label: meta?.label ?? words,
    };
  }

  add(entry: Entry, word: string, maker: MakerType, extra: Extra = {}): void {
    this.draft.add({ ...this.plain(entry), word, maker, ...extra });
  }

  writes(entry: Entry): { write: (raw: unknown) => ZwaveWrite } {
    return { write: (raw) => ({ entry, value: raw as Json }) };
  }

  /** The maker's own: by what the gateway says of it, else by its first sample. */
  own(entry: Entry, extra: Extra = {}): void {
    const { meta, sample, name } = entry;
    const settable = meta?.writeable ?? name.cc === 112;
    const rest = {
      ...(settable ? this.writes(entry) : {}),
      ...(meta?.stateless === true ? { event: true } : {}),
      ...extra,
    };
    if (meta && isChoice(meta)) {
      this.#choice(entry, meta, rest);
      return;
    }
    const maker = meta ? makerOf(meta, settable) : undefined;
    if (maker) this.add(entry, "", maker, rest);
    else if (sample !== null && sample !== "") this.add(entry, "", sampleType(sample), rest);
  }

  /** Told and set by the words of its numbers. */
  #choice(entry: Entry, { states }: Meta, extra: Extra): void {
    const values = [...new Set(states.values())];
    const { write } = extra;
    const byNumber = (raw: unknown): unknown => [...states].find(([, word]) => word === raw)?.[0] ?? raw;
    const field = inWords(nameKey(entry.name));
    // A number that has no word is told as it is where nobody can set it.
    if (!write) {
      this.add(entry, "", text, { ...extra, field });
      return;
    }
    this.add(entry, "", { kind: "enum", values }, { ...extra, field, write: (raw) => write(byNumber(raw)) });
  }

  act(endpoint: number, path: string, entry: Entry, value: Json): void {
    this.draft.action(endpoint, path, { source: `${this.plain(entry).source}`, writes: [{ entry, value }] });
  }
}
