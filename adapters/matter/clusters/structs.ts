import { tidy, wireNumber } from "./codecs.ts";
import type { AttributeCodec, Decode, PartCodec } from "./table.ts";

/** An own field of a struct on the wire; undefined for anything that is no struct. */
export const field = (struct: unknown, name: string): unknown =>
  typeof struct === "object" && struct !== null && Object.hasOwn(struct, name) ? Reflect.get(struct, name) : undefined;

/** At most so many entries of a list on the wire are read: Matter's longest list that we read has 255. */
const LONGEST = 255;

/** A list on the wire, without what is beyond its bound; empty for anything that is none. */
export const list = (wire: unknown): readonly unknown[] => (Array.isArray(wire) ? wire.slice(0, LONGEST) : []);

/** A number of the wire as ours; null for one that is absent. */
export function amount(wire: unknown, perUnit: number): number | null | undefined {
  if (wire === null || wire === undefined) return null;
  const number = wireNumber(wire);
  return number === undefined ? undefined : tidy(number / perUnit);
}

/** A boolean of the wire; null for one that is absent. */
export function truth(wire: unknown): boolean | null | undefined {
  if (wire === null || wire === undefined) return null;
  return typeof wire === "boolean" ? wire : undefined;
}

/** A word by its number; null for one that is absent. */
export const word =
  (words: readonly string[]) =>
  (wire: unknown): string | null | undefined => {
    if (wire === null || wire === undefined) return null;
    const number = wireNumber(wire);
    return number === undefined ? undefined : words[number];
  };

/** Whether a bit of a bitmap is set, by its place; a bitmap comes as a number or as an object of named bits. */
export function bit(wire: unknown, name: string, place: number): boolean | undefined {
  const number = wireNumber(wire);
  if (number !== undefined) return Math.floor(number / 2 ** place) % 2 === 1;
  if (typeof wire !== "object" || wire === null || Array.isArray(wire)) return undefined;
  return field(wire, name) === true;
}

/** One bit of a bitmap as a boolean of ours. */
export const bitOf = (of: string, name: string, place: number): PartCodec => ({
  of,
  decode: (wire) => (wire === null ? null : bit(wire, name, place)),
});

/** A part of a struct attribute: null when the device has none now, unreadable when it is no struct. */
export const partOf = (of: string, read: (struct: object) => ReturnType<Decode>): PartCodec => ({
  of,
  decode: (wire) => {
    if (wire === null) return null;
    return typeof wire === "object" && wire !== undefined && wire !== null && !Array.isArray(wire)
      ? read(wire)
      : undefined;
  },
});

/** Text of the device on one line, without control characters; undefined for nothing. */
export function label(wire: unknown, longest: number): string | undefined {
  if (typeof wire !== "string") return undefined;
  const clean = wire
    .slice(0, 4 * longest)
    .replace(/[\p{C}\s]+/gu, " ")
    .trim()
    .slice(0, longest)
    .trim();
  return clean || undefined;
}

/** Text as the device has it, on one line. */
export const text = (longest: number): AttributeCodec => ({
  decode: (wire) => {
    if (wire === null) return null;
    return typeof wire === "string" ? (label(wire, longest) ?? null) : undefined;
  },
});
