import type { Value } from "../../../../hub/model/capability.ts";
import type { Fields, Held } from "../table.ts";

/** Our number as an integer of the wire within its type; null for unknown or beyond it. */
export function wire(value: Value | undefined, perUnit: number, min: number, max: number): number | null {
  if (typeof value !== "number") return null;
  const scaled = Math.round(value * perUnit);
  return scaled >= min && scaled <= max ? scaled : null;
}

const INT64 = Number.MAX_SAFE_INTEGER;

/** Milli-units of a signed 64-bit attribute; what JavaScript can't hold exactly is null. */
export const milli = (value: Value | undefined, perUnit = 1000): number | null => wire(value, perUnit, -INT64, INT64);

/** A number that a request carries; undefined for anything else. */
export const numberIn = (fields: Fields, name: string): number | undefined => {
  const value = fields[name];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
};

export const isOn = (held: Held): boolean => held("onOff.onOff") === true;

/** Our word as the number of the standard's enum; undefined for a word without one. */
export const numberOf = (words: Readonly<Record<string, number>>, value: Value | undefined): number | undefined =>
  typeof value === "string" && Object.hasOwn(words, value) ? words[value] : undefined;

export const wordOf = (words: Readonly<Record<string, number>>, number: unknown): string | undefined =>
  Object.entries(words).find(([, n]) => n === number)?.[0];
