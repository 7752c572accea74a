/** What the readers of price services share. */
import type { PricePoint } from "../../hub/model/price-series.ts";

/** A service never tells more than a few days at once. */
const MAX_POINTS = 5_000;

export const isRecord = (x: unknown): x is Record<string, unknown> =>
  typeof x === "object" && x !== null && !Array.isArray(x);

export function jsonOf(text: string): Record<string, unknown> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new RangeError("the answer is no JSON");
  }
  if (!isRecord(parsed)) throw new RangeError("the answer is no JSON object");
  return parsed;
}

export function listOf(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new RangeError(`the answer has no list "${name}"`);
  if (value.length > MAX_POINTS) throw new RangeError(`the answer has more than ${MAX_POINTS} prices`);
  return value;
}

export function numberOf(value: unknown, name: string): number {
  if (typeof value !== "number" || !Number.isFinite(value)) throw new RangeError(`"${name}" is no number`);
  return value;
}

/** Epoch ms of an ISO time with a zone. */
export function timeOf(value: unknown, name: string): number {
  const at = typeof value === "string" && /(Z|[+-]\d\d:?\d\d)$/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw new RangeError(`"${name}" is no time with a time zone`);
  return at;
}

/** The points in the order of time; what is empty or turned around is refused. */
export function inOrder(points: readonly PricePoint[]): readonly PricePoint[] {
  for (const { from, to } of points) if (!(to > from)) throw new RangeError("a price ends before it begins");
  return [...points].sort((a, b) => a.from - b.from);
}

/** ISO time to the second, UTC. */
export const isoOf = (at: number): string => `${new Date(at).toISOString().slice(0, 19)}Z`;
