/** Z-Wave's numbers for things that the house has words for. */
import type { Value, ValueType } from "../../../../hub/model/capability.ts";
import { asNumber, type Codec } from "../../codec.ts";
import { hueCodec, saturationCodec } from "../../colour.ts";

/** 0..99 is 0..100 %; 254 and 255 are no level. */
export const percent: Codec = {
  type: { type: "number", unit: "%", min: 0, max: 100 },
  read: (raw) => {
    const level = asNumber(raw);
    if (level === undefined || level < 0) return undefined;
    return level > 0 ? Math.max(1, Math.round((level * 100) / 99)) : 0;
  },
  write: (value) => (Number(value) > 0 ? Math.max(1, Math.round((Number(value) * 99) / 100)) : 0),
};

/** Switched on, a dimmer takes the level that it had last (255). */
export const dimmerOn: Codec = {
  type: { type: "boolean" },
  read: (raw) => {
    const level = asNumber(raw);
    return level === undefined ? (typeof raw === "boolean" ? raw : undefined) : level > 0;
  },
  write: (value) => (value === true ? 255 : 0),
};

/** By a table of numbers; the first number of a word is the one that is written. */
function table(
  values: readonly string[],
  pairs: readonly (readonly [number, string])[],
  only?: (raw: number) => boolean,
): Codec {
  const words = new Map(pairs);
  const type: ValueType = {
    type: "enum",
    values: values.filter((v) => pairs.some(([raw, word]) => word === v && (only?.(raw) ?? true))),
  };
  return {
    type,
    read: (raw) => words.get(asNumber(raw) ?? Number.NaN),
    write: (value) => pairs.find(([raw, word]) => word === value && (only?.(raw) ?? true))?.[0],
  };
}

const modes: readonly (readonly [number, string])[] = [
  ...[
    [0, "off"] as const,
    [1, "heat"] as const,
    [2, "cool"] as const,
    [3, "auto"] as const,
    [4, "emergencyHeat"] as const,
  ],
  ...[[6, "fanOnly"] as const, [8, "dry"] as const, [10, "auto"] as const, [7, "heat"] as const, [11, "heat"] as const],
  ...[[12, "cool"] as const, [15, "heat"] as const],
];

/** Thermostat modes; those that the device has not are not offered. */
export const thermostatMode = (states: ReadonlyMap<number, string>): Codec =>
  table(
    ["off", "auto", "cool", "heat", "emergencyHeat", "fanOnly", "dry"],
    modes,
    states.size > 0 ? (raw) => states.has(raw) : undefined,
  );
/** Modes that the house has no word for. */
export const isOddMode = (raw: unknown): boolean => !modes.some(([mode]) => mode === asNumber(raw));

export const operatingState: Codec = table(
  ["off", "cool", "heat"],
  [
    ...[0, 3, 4, 5, 6].map((raw) => [raw, "off"] as const),
    ...[1, 7, 8, 10, 11].map((raw) => [raw, "heat"] as const),
    ...[2, 9].map((raw) => [raw, "cool"] as const),
  ],
);

/** 255 secured; 0, 16 and 32 not, 1, 17 and 33 not for a while. */
export const lockMode: Codec = table(
  ["locked", "unlocked"],
  [[255, "locked"], ...[0, 1, 16, 17, 32, 33].map((raw) => [raw, "unlocked"] as const)],
);

export const barrier: Codec = table(
  ["stopped", "opening", "closing"],
  [...[253, 0, 255].map((raw) => [raw, "stopped"] as const), [254, "opening"], [252, "closing"]],
);

/** Happenings of the Notification class that stand for yes; 0 is idle. */
export const happens = (...numbers: readonly number[]): Codec => ({
  type: { type: "boolean" },
  read: (raw) => {
    const number = asNumber(raw);
    return number === undefined ? undefined : numbers.includes(number) ? true : number === 0 ? false : undefined;
  },
  write: () => undefined,
});

export const alarms: Codec = {
  type: { type: "enum", values: ["normal", "critical"] },
  read: (raw) => {
    const number = asNumber(raw);
    if (number === undefined) return undefined;
    // 1 and 2 are the alarm with and without its place; tests and maintenance are none.
    return number === 1 || number === 2 ? "critical" : "normal";
  },
  write: () => undefined,
};

/** 22 open, 23 closed; true is closed. */
export const doorState: Codec = {
  type: { type: "boolean" },
  read: (raw) => {
    const number = asNumber(raw);
    return number === 23 ? true : number === 22 ? false : undefined;
  },
  write: () => undefined,
};

const presses = ["pressed", "released", "held", "pressed2x", "pressed3x", "pressed4x", "pressed5x"];
/** Attributes of the Central Scene class. */
export const scene: Codec = {
  type: { type: "enum", values: presses },
  read: (raw) => presses[asNumber(raw) ?? -1],
  write: () => undefined,
};

const rgbOfHex = (raw: unknown): number[] | undefined => {
  const [, r, g, b] =
    /^#?([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(typeof raw === "object" ? "" : String(raw)) ?? [];
  return r === undefined ? undefined : [r, g, b].map((part) => Number.parseInt(part ?? "", 16));
};
const ofHex = (codec: Codec): Codec => ({ ...codec, read: (raw): Value | undefined => codec.read(rgbOfHex(raw)) });
export const hexHue = ofHex(hueCodec);
export const hexSaturation = ofHex(saturationCodec);
