/** What can be done with known values: the filters and tests of Home Assistant's templates that such values come to. */

/** A text with templates in it that are worked out when people are told it. */
export class Said {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
/** The kind of node that holds one. */
export const SAID = "Said";

/** What a name has that nobody gave a value. */
export const NOTHING = Symbol("nothing");

export type Known =
  | string
  | number
  | boolean
  | null
  | typeof NOTHING
  | Said
  | readonly Known[]
  | ReadonlyMap<string, Known>;

const TEMPLATE = /\{%[\s\S]*?%\}|\{\{[\s\S]*?\}\}/g;

/** Whether something stands for yes; undefined of a text that may turn out to be empty. */
export function isTrue(value: Known): boolean | undefined {
  if (value instanceof Said) return value.text.replaceAll(TEMPLATE, "").trim() === "" ? undefined : true;
  if (value === NOTHING || value === null) return false;
  if (value instanceof Map) return value.size > 0;
  if (Array.isArray(value)) return value.length > 0;
  return Boolean(value);
}

/** A value within a text; undefined for what no text should hold. */
export function wordOf(value: Known): string | undefined {
  if (value instanceof Said) return value.text;
  if (typeof value === "boolean") return value ? "True" : "False";
  return typeof value === "string" || typeof value === "number" ? String(value) : undefined;
}

/** A filter on a known value; undefined where it comes to nothing that is known. */
export function filtered(name: string, of: Known, args: readonly Known[]): Known | undefined {
  if (name === "default" || name === "d") return orElse(of, args);
  if (name === "join") return joined(of, args);
  const text = wordOf(of);
  if (of instanceof Said) return name === "trim" || name === "string" ? new Said(of.text.trim()) : undefined;
  if (name === "string") return text;
  if (name === "length" || name === "count") return lengthOf(of);
  if (name === "list") return Array.isArray(of) ? of : undefined;
  if (name === "first" && Array.isArray(of)) return of[0] ?? NOTHING;
  if (name === "last" && Array.isArray(of)) return of.at(-1) ?? NOTHING;
  if (name === "int" || name === "float") return numberIn(name, of, args);
  if (name === "bool" && typeof of === "boolean") return of;
  if (name === "bool") return of === "on" || of === "true" ? true : of === "off" || of === "false" ? false : undefined;
  if (name === "abs" && typeof of === "number") return Math.abs(of);
  if (typeof of !== "string") return undefined;
  if (name === "trim") return of.trim();
  if (name === "lower") return of.toLowerCase();
  if (name === "upper") return of.toUpperCase();
  if (name === "capitalize") return of.slice(0, 1).toUpperCase() + of.slice(1).toLowerCase();
  if (name === "title") return of.toLowerCase().replaceAll(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());
  const [from, to] = args;
  if (name !== "replace" || typeof from !== "string" || typeof to !== "string" || from === "") return undefined;
  return of.replaceAll(from, () => to);
}

function orElse(of: Known, [instead = "", alsoEmpty = false]: readonly Known[]): Known | undefined {
  if (of === NOTHING) return instead;
  if (alsoEmpty !== true) return of;
  const is = isTrue(of);
  return is === undefined ? undefined : is ? of : instead;
}

const LONGEST = 4000;

function joined(of: Known, [between = ""]: readonly Known[]): Known | undefined {
  if (!Array.isArray(of) || typeof between !== "string") return undefined;
  const words = of.map(wordOf);
  if (!words.every((word) => word !== undefined)) return undefined;
  const text = words.join(between);
  if (text.length > LONGEST) return undefined;
  return of.some((one) => one instanceof Said) ? new Said(text) : text;
}

function lengthOf(of: Known): number | undefined {
  if (typeof of === "string") return of.length;
  if (of === NOTHING) return 0;
  return of instanceof Map ? of.size : Array.isArray(of) ? of.length : undefined;
}

function numberIn(name: string, of: Known, [instead]: readonly Known[]): Known | undefined {
  const value = typeof of === "number" ? of : typeof of === "string" && of.trim() !== "" ? Number(of) : Number.NaN;
  if (!Number.isFinite(value)) return instead;
  return name === "int" ? Math.trunc(value) : value;
}

/** `is defined` and the like. */
export function tested(name: string, of: Known): boolean | undefined {
  if (name === "defined") return of !== NOTHING;
  if (name === "undefined") return of === NOTHING;
  if (name === "none") return of === null;
  if (name === "string") return typeof of === "string" || of instanceof Said;
  if (of instanceof Said) return undefined;
  if (name === "number") return typeof of === "number";
  if (name === "boolean") return typeof of === "boolean";
  if (name === "mapping") return of instanceof Map;
  if (name === "list") return Array.isArray(of);
  return undefined;
}
