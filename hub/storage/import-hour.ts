import type { FoundSeries, ImportTarget } from "../ports.ts";
import { FIVE_MINUTES, HOUR, merge, type Summary } from "./summary.ts";

/** A stretch as a foreign file has it; a counter's `last` is its stand at the stretch's end. */
export interface ForeignValue {
  /** Its start, epoch ms. */
  readonly at: number;
  readonly min: number | null;
  readonly mean: number | null;
  readonly max: number | null;
  readonly last: number | null;
  /** Of its ms those in which the value is known; absent: all, its makers say no more. */
  readonly covered?: number;
}

/** An hour as a whole, or the five minutes of it that there are; where both are given, the five minutes count. */
export interface ForeignHour {
  readonly at: number;
  readonly whole?: ForeignValue;
  readonly fine?: readonly ForeignValue[];
}

/** Hours in order of time, and what of the file's rows was left out and why. */
export interface ForeignHours {
  readonly hours: readonly ForeignHour[];
  readonly refused: ReadonlyMap<string, number>;
}

/** How many of a whole hour there are. */
export const PARTS = HOUR / FIVE_MINUTES;

export const addTo = (counts: Map<string, number>, reason: string, rows = 1): void =>
  void counts.set(reason, (counts.get(reason) ?? 0) + rows);

interface TakenHour {
  readonly hour: Summary;
  /** By number of five minutes since the epoch; absent where the file says no more than the hour. */
  readonly fine?: ReadonlyMap<number, Summary>;
}

/** An hour in the attribute's unit; undefined where nothing of it can be taken, which is counted into `refused`. */
export function takeHour(
  { at, whole, fine }: ForeignHour,
  kind: FoundSeries["kind"],
  target: ImportTarget,
  refused: Map<string, number>,
): TakenHour | undefined {
  if (!Number.isFinite(at) || at < 0 || at % HOUR !== 0) {
    addTo(refused, "does not begin at a whole hour");
    return undefined;
  }
  const parts = new Map<number, Summary>();
  for (const part of fine ?? []) {
    const summary = summaryOf(part, FIVE_MINUTES, kind, target);
    if (typeof summary === "string") addTo(refused, summary);
    else parts.set(part.at / FIVE_MINUTES, summary);
  }
  if (parts.size > 0) return { hour: together([...parts.values()], kind), fine: parts };
  if (!whole) return undefined;
  const hour = summaryOf(whole, HOUR, kind, target);
  if (typeof hour !== "string") return { hour };
  addTo(refused, hour);
  return undefined;
}

/** Of a counter an hour is its last stand; else what its parts come to. */
function together(parts: readonly Summary[], kind: FoundSeries["kind"]): Summary {
  const last = parts.at(-1);
  if (kind === "counter" && last) return { ...last, sum: last.last * HOUR, covered: HOUR };
  const into = new Map<number, Summary>();
  for (const part of parts) merge(into, 0, part);
  const hour = into.get(0) ?? { min: 0, max: 0, sum: 0, covered: 0, count: 0, last: 0, lastAt: 0 };
  return { ...hour, count: 1 };
}

function summaryOf(
  value: ForeignValue,
  lengthMs: number,
  kind: FoundSeries["kind"],
  target: ImportTarget,
): Summary | string {
  const { at, covered = lengthMs } = value;
  const middle = kind === "counter" ? value.last : value.mean;
  if (middle === null) return "has no value";
  const scaled = (n: number) => Number((n * target.factor + target.offset).toPrecision(12));
  const mean = scaled(middle);
  const min = kind === "counter" ? mean : Math.min(mean, scaled(value.min ?? middle));
  const max = kind === "counter" ? mean : Math.max(mean, scaled(value.max ?? middle));
  if (min < target.min || max > target.max) return `is not between ${target.min} and ${target.max}`;
  return { min, max, sum: mean * covered, covered, count: 1, last: mean, lastAt: at + lengthMs - 1 };
}

/** An hour of which no more is known in twelve parts; of a counter its end alone is known. */
export function spread(hour: number, s: Summary, kind: FoundSeries["kind"]): [number, Summary][] {
  return Array.from({ length: PARTS }, (_, i): [number, Summary] => {
    const bucket = hour * PARTS + i;
    const lastAt = (bucket + 1) * FIVE_MINUTES - 1;
    return [bucket, { ...s, sum: s.sum / PARTS, covered: FIVE_MINUTES, lastAt }];
  }).slice(kind === "counter" ? -1 : 0);
}
