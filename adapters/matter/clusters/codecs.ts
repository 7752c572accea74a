import type { Value } from "../../../hub/model/capability.ts";
import type { AttributeCodec, Siblings } from "./table.ts";

/** A number of the wire (64-bit integers may come as bigint), or undefined for anything else. */
export function wireNumber(wire: unknown): number | undefined {
  const number = typeof wire === "bigint" ? Number(wire) : wire;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** Removes the binary noise of a calculation: at most 12 digits in all. */
export const tidy = (value: number): number => Number(value.toPrecision(12));

type Read = (wire: unknown, siblings: Siblings) => Value | undefined;

/** Null on the wire is "no value" for every attribute. */
const nullable =
  (read: Read): AttributeCodec["decode"] =>
  (wire, siblings) =>
    wire === null ? null : read(wire, siblings);

/** An integer of the wire that is `perUnit` times our number. */
export const scaled = (perUnit: number): AttributeCodec => ({
  decode: nullable((wire) => {
    const number = wireNumber(wire);
    return number === undefined ? undefined : number / perUnit;
  }),
});

/** As {@link scaled}, and may be written. */
export const writableScaled = (perUnit: number): AttributeCodec => ({
  ...scaled(perUnit),
  encode: (value) => (typeof value === "number" ? Math.round(value * perUnit) : undefined),
});

/** An energy struct (EnergyMeasurementStruct, mWh) in kWh. Matter 1.3, 2.12.5.1. */
export const energyStruct: AttributeCodec = {
  decode: nullable((wire) => {
    if (typeof wire !== "object" || !wire || !Object.hasOwn(wire, "energy")) return undefined;
    const milliwattHours = wireNumber((wire as { energy: unknown }).energy);
    return milliwattHours === undefined ? undefined : milliwattHours / 1e6;
  }),
};

export const flag: AttributeCodec = {
  decode: nullable((wire) => (typeof wire === "boolean" ? wire : undefined)),
};

/** An enum of the wire by number; a number without a word is not readable. */
export function words(byNumber: Readonly<Record<number, string>>): AttributeCodec {
  const names = new Map(Object.entries(byNumber).map(([number, word]) => [Number(number), word]));
  return {
    decode: nullable((wire) => {
      const number = wireNumber(wire);
      return number === undefined ? undefined : names.get(number);
    }),
  };
}

/** As {@link words}, and may be written. */
export function writableWords(byNumber: Readonly<Record<number, string>>): AttributeCodec {
  const numbers = new Map(Object.entries(byNumber).map(([number, word]) => [word, Number(number)]));
  return { ...words(byNumber), encode: (value) => (typeof value === "string" ? numbers.get(value) : undefined) };
}

/** True when any of the bits is set; a bitmap comes as a number or as an object of named bits. */
export function anyBit(wire: unknown, name?: string): boolean | undefined {
  const number = wireNumber(wire);
  if (number !== undefined) return name === undefined ? number !== 0 : (number & 1) === 1;
  if (typeof wire !== "object" || !wire) return undefined;
  if (name !== undefined) return Object.hasOwn(wire, name) ? Reflect.get(wire, name) === true : false;
  return Object.values(wire).some((bit) => bit === true);
}

/** A bitmap read as one boolean: its first bit by name, or any of them. */
export const bitmap = (name?: string): AttributeCodec => ({
  decode: nullable((wire) => anyBit(wire, name)),
});

/** The range that two limit attributes of the device give, in our units. */
export const limits =
  (min: string, max: string, perUnit: number) =>
  (siblings: Siblings): readonly [number, number] | undefined => {
    const low = wireNumber(siblings(min));
    const high = wireNumber(siblings(max));
    return low === undefined || high === undefined || low > high ? undefined : [low / perUnit, high / perUnit];
  };
