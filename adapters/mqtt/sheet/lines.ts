/** Short forms for tables. */
import type { MakerType } from "../codec.ts";
import type { Line } from "./claim.ts";

/** A number in the maker's unit; `scale` times the raw number is in that unit (tenths: 0.1; the other sign: -1). */
export const amount = (unit: string, scale = 1): MakerType => ({
  kind: "number",
  unit,
  ...(scale === 1 ? {} : { scale }),
});

/** A number that has a meaning of the house. */
export const means = (word: string, unit: string, scale = 1, endpoint?: number): Line => ({
  word,
  maker: amount(unit, scale),
  ...(endpoint === undefined ? {} : { endpoint }),
});

/** A number that stays the maker's own. */
export const kept = (unit: string, scale = 1): Line => ({ maker: amount(unit, scale) });

/** Text about the device itself. */
export const fact = (name: string): Line => ({ maker: { kind: "text" }, fact: name, hidden: true });

export const clockwork: Line = { hidden: true };

/** Endpoints of the three phases, as in every dialect. */
const PHASES = [91, 92, 93] as const;
export const phaseLabels: Readonly<Record<number, string>> = { 91: "Phase L1", 92: "Phase L2", 93: "Phase L3" };

/** The endpoint of phase 1, 2 or 3. */
export const phase = (number: number | string): number => PHASES[Number(number) - 1] ?? PHASES[0];

/** An own line of a table: foreign fields never reach an object's prototype. */
export const lineOf = (table: Readonly<Record<string, Line>>, field: string): Line | undefined =>
  Object.hasOwn(table, field) ? table[field] : undefined;

/** What is taken less what is given: the power of a grid meter that counts both apart. */
export const netPower = ([taken = 0]: readonly number[], [given]: readonly (number | undefined)[]): number =>
  taken - (given ?? 0);
