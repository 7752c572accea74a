/** Between a maker's form of one value and the house's: number and unit, words, on and off sides. */
import { misfit, type Value, type ValueType } from "../../hub/model/capability.ts";
import { jsonText } from "./json.ts";
import type { Meaning } from "./meanings.ts";
import { conversion, houseUnit, type Linear } from "./units.ts";

/** What a maker says of the form of a value. */
export type MakerType =
  | {
      readonly kind: "number";
      readonly unit?: string;
      /** What the raw number is multiplied with to be in the unit: tenths 0.1; -1 turns a maker's sign to the house's. Default 1. */
      readonly scale?: number;
      readonly min?: number;
      readonly max?: number;
      readonly step?: number;
    }
  | { readonly kind: "boolean"; readonly on: unknown; readonly off: unknown }
  | { readonly kind: "enum"; readonly values: readonly string[] }
  | { readonly kind: "text" }
  /** A composite or a list: kept and set as JSON text. */
  | { readonly kind: "json" };

export interface Codec {
  readonly type: ValueType;
  /** Undefined: a word or form that the maker never announced. The value may still be outside its range. */
  readonly read: (raw: unknown) => Value | undefined;
  /** The maker's form of a value that fits the type. */
  readonly write: (value: Value) => unknown;
}

/** The widest numbers taken where the maker states no range. */
const WIDEST = 1e12;
const MAX_TEXT = 4096;
const MAX_WORDS = 256;

const NUMBER = /^\s*[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d{1,3})?\s*$/i;

/** A finite number, also out of numeric text. */
export function asNumber(raw: unknown): number | undefined {
  if (typeof raw === "number") return Number.isFinite(raw) ? raw : undefined;
  if (typeof raw !== "string" || raw.length > 64 || !NUMBER.test(raw)) return undefined;
  const value = Number(raw);
  return Number.isFinite(value) ? value : undefined;
}

/** Bodies that say "nothing yet" in some maker's words; rule: null is no value, not 0 and not off. */
export const isNothing = (raw: unknown): boolean =>
  raw === null || raw === undefined || raw === "" || raw === "unavailable" || raw === "null";

/** Twelve digits: scaling must not show the noise of binary fractions. */
const tidy = (value: number): number => (value === 0 ? 0 : Number(value.toPrecision(12)));

const sameWord = (a: unknown, b: unknown): boolean =>
  a === b || (typeof a !== "object" && typeof b !== "object" && String(a).toLowerCase() === String(b).toLowerCase());

function side(raw: unknown, maker: MakerType & { kind: "boolean" }): boolean | undefined {
  if (raw === maker.on) return true;
  if (raw === maker.off) return false;
  if (sameWord(raw, maker.on)) return true;
  return sameWord(raw, maker.off) ? false : undefined;
}

function numeric(
  inUnit: Linear,
  type: ValueType & { type: "number" },
  maker: MakerType & { kind: "number" },
): Codec | undefined {
  const linear: Linear = { factor: inUnit.factor * (maker.scale ?? 1), offset: inUnit.offset };
  const same = linear.factor === 1 && linear.offset === 0;
  const at = (value: number): number => (same ? value : tidy(value * linear.factor + linear.offset));
  const ends = [maker.min, maker.max].map((end) => (end === undefined ? undefined : at(end)));
  const [low, high] = linear.factor < 0 ? ends.reverse() : ends;
  const min = Math.max(type.min, low ?? type.min);
  const max = Math.min(type.max, high ?? type.max);
  if (!(min < max)) return undefined;
  const step = maker.step === undefined ? type.step : tidy(Math.abs(maker.step * linear.factor));
  return {
    type: { type: "number", unit: type.unit, min, max, ...(step !== undefined && step > 0 ? { step } : {}) },
    read: (raw) => {
      const value = asNumber(raw);
      return value === undefined ? undefined : at(value);
    },
    write: (value) => {
      const raw = (Number(value) - linear.offset) / linear.factor;
      const grid = maker.step !== undefined && maker.step > 0 ? maker.step : undefined;
      return tidy(grid === undefined ? raw : Math.round(raw / grid) * grid);
    },
  };
}

/** Of a scale from 0 to the maker's own top, as whole percent; what is on is never 0 %. */
function ofScale(top: number): Codec {
  return {
    type: { type: "number", unit: "%", min: 0, max: 100 },
    read: (raw) => {
      const value = asNumber(raw);
      if (value === undefined) return undefined;
      const percent = Math.round((value / top) * 100);
      return value > 0 && percent < 1 ? 1 : percent;
    },
    write: (value) => Math.max(Number(value) > 0 ? 1 : 0, Math.round((Number(value) / 100) * top)),
  };
}

/** Every word of the maker, in the house's words; undefined when one has none. */
function wordPairs(maker: MakerType, type: ValueType, meaning: Meaning): [unknown, Value][] | undefined {
  const words = meaning.words;
  const inHouse = (word: string): Value | undefined => {
    if (words && Object.hasOwn(words, word)) return words[word];
    return type.type === "enum" && type.values.includes(word) ? word : undefined;
  };
  const pairs: [unknown, Value][] = [];
  const sources: readonly (readonly [raw: unknown, word: string])[] =
    maker.kind === "boolean"
      ? [
          [maker.on, "true"],
          [maker.off, "false"],
        ]
      : maker.kind === "enum"
        ? maker.values.map((v) => [v, v.toLowerCase()] as const)
        : [];
  for (const [raw, word] of sources) {
    const value = type.type === "boolean" && !words && maker.kind === "boolean" ? word === "true" : inHouse(word);
    if (value === undefined || misfit(type, value)) return undefined;
    pairs.push([raw, value]);
  }
  return pairs.length > 0 ? pairs : undefined;
}

function byWords(maker: MakerType, type: ValueType, meaning: Meaning): Codec | undefined {
  const pairs = wordPairs(maker, type, meaning);
  if (!pairs) return undefined;
  const reachable = new Set(pairs.map(([, value]) => value));
  const narrow: ValueType =
    type.type === "enum" ? { type: "enum", values: type.values.filter((v) => reachable.has(v)) } : type;
  return {
    type: narrow,
    read: (raw) => pairs.find(([word]) => word === raw)?.[1] ?? pairs.find(([word]) => sameWord(word, raw))?.[1],
    write: (value) => pairs.find(([, house]) => house === value)?.[0],
  };
}

/**
 * The way between a maker's form and a capability's attribute. Undefined where the maker's unit or words do not fit the
 * meaning: then the value stays the maker's own, rather than being guessed.
 */
export function houseCodec(maker: MakerType, type: ValueType, meaning: Meaning): Codec | undefined {
  if (type.type !== "number") return byWords(maker, type, meaning);
  if (maker.kind !== "number") return undefined;
  if (meaning.scale && houseUnit(maker.unit)?.unit !== "%")
    return maker.max !== undefined && maker.max > 1 ? ofScale(maker.max) : undefined;
  const unit = maker.unit?.trim() ? maker.unit : meaning.unit;
  if (unit === "ratio") return numeric({ factor: 100, offset: 0 }, type, maker);
  const linear = unit === undefined ? undefined : conversion(unit, type.unit);
  return linear && numeric(linear, type, maker);
}

/** A maker's own value: in the house's unit where there is one, else a bare number with the unit in its label. */
export function vendorCodec(maker: MakerType): Codec {
  switch (maker.kind) {
    case "number": {
      const unit = houseUnit(maker.unit);
      const wide = { type: "number", unit: unit?.unit ?? "1", min: -WIDEST, max: WIDEST } as const;
      const codec = numeric(unit ?? { factor: 1, offset: 0 }, wide, maker);
      return codec ?? (numeric({ factor: 1, offset: 0 }, wide, { kind: "number" }) as Codec);
    }
    case "boolean": {
      const { on, off } = maker;
      const words: readonly [string, string] | undefined =
        typeof on === "string" && typeof off === "string" ? [off, on] : undefined;
      return {
        type: { type: "boolean", ...(words ? { words } : {}) },
        read: (raw) => side(raw, maker),
        write: (value) => (value ? on : off),
      };
    }
    case "enum": {
      const values = [...new Set(maker.values)].slice(0, MAX_WORDS);
      return {
        type: { type: "enum", values },
        // A list of one word is no word.
        read: (raw) =>
          typeof raw === "object"
            ? undefined
            : (values.find((v) => v === String(raw)) ?? values.find((v) => sameWord(v, raw))),
        write: (value) => value,
      };
    }
    case "text":
      return {
        type: { type: "string", maxLength: MAX_TEXT },
        read: (raw) => (typeof raw === "object" ? jsonText(raw) : String(raw)),
        write: (value) => value,
      };
    case "json":
      return {
        type: { type: "string", maxLength: MAX_TEXT },
        read: (raw) => (typeof raw === "string" ? raw : jsonText(raw)),
        write: (value) => {
          try {
            return JSON.parse(String(value));
          } catch {
            return undefined;
          }
        },
      };
  }
}

/** The form of a value that nobody described, by its first sample. */
export function sampleType(sample: unknown): MakerType {
  if (typeof sample === "number") return { kind: "number" };
  if (typeof sample === "boolean") return { kind: "boolean", on: true, off: false };
  return typeof sample === "object" ? { kind: "json" } : { kind: "text" };
}
