/** How well a model meets days that it has not seen, and whether that is good enough to judge by. */
import type { LearnedUnit, Proof } from "../model/learned.ts";
import type { Foretold, Test } from "./device.ts";
import { daysOf, type History, timeOf } from "./history.ts";
import { mean } from "./numbers.ts";

/** Fewer tested days than this show nothing, for or against. */
const LEAST_DAYS = 3;
/** Share of a day's steps that must be known. */
const LEAST_KNOWN = 0.3;

const digits = (value: number): string => value.toFixed(Math.abs(value) >= 10 ? 0 : Math.abs(value) >= 1 ? 1 : 2);

/** A figure with its unit, for a sentence. */
const inUnit = (value: number, unit: LearnedUnit): string =>
  unit === "%" ? `${value.toFixed(1)} %` : `${digits(value)} ${unit}`;

interface Tested {
  readonly day: string;
  readonly from: number;
  readonly error: number;
  readonly usual: number;
  readonly made: Foretold;
}

function testedDay(day: ReturnType<typeof daysOf>[number], test: Test): Tested | undefined {
  const made = test.day(day);
  const known = Array.from(made.measured, (_, k) => k).filter((k) =>
    Number.isFinite((made.predicted[k] ?? Number.NaN) + (made.measured[k] ?? Number.NaN)),
  );
  if (known.length < LEAST_KNOWN * made.measured.length) return undefined;
  const sum = (of: (k: number) => number) => known.reduce((total, k) => total + of(k), 0);
  const [p, m] = [(k: number) => made.predicted[k] ?? 0, (k: number) => made.measured[k] ?? 0];
  const byDay = test.by === "day";
  const error = byDay ? Math.abs(sum(p) - sum(m)) : sum((k) => Math.abs(p(k) - m(k))) / known.length;
  const usual = byDay ? sum(m) : sum(m) / known.length;
  return { day: day.day, from: day.from, error, usual, made };
}

const plain = (values: Float64Array): (number | null)[] =>
  Array.from(values, (v) => (Number.isFinite(v) ? Math.round(v * 1000) / 1000 : null));

/** Tests a model on the whole days from step `from` on, which its fit has not seen. Yields after each of them. */
export function* proving(h: History, test: Test, from: number): Generator<number, Proof> {
  const days: Tested[] = [];
  for (const day of daysOf(h).filter((d) => d.from >= from)) {
    const made = testedDay(day, test);
    if (made) days.push(made);
    yield (day.to - from) / Math.max(1, h.steps - from);
  }
  const error = mean(days.map((d) => d.error)) || 0;
  const usual = mean(days.map((d) => d.usual)) || 0;
  const limit = "value" in test.limit ? test.limit.value : test.limit.share * Math.max(usual, 0.001);
  const middle = [...days].sort((a, b) => a.error - b.error)[Math.floor(days.length / 2)];
  const known = days.length >= LEAST_DAYS;
  const ok = !known || error <= limit;
  const off = `misses ${test.what} by ${inUnit(error, test.unit)}`;
  const span = `on ${days.length} days it has not seen`;
  const verdict = ok ? `${span} it ${off}` : `${span} it ${off}, more than the ${inUnit(limit, test.unit)} that it may`;
  return {
    what: test.what,
    unit: test.unit,
    error,
    limit,
    usual,
    days: days.length,
    ok,
    note: known ? verdict : `only ${days.length} days could be tested`,
    ...(middle
      ? {
          picture: {
            day: middle.day,
            from: timeOf(h, middle.from),
            stepMs: h.stepMs,
            predicted: plain(middle.made.predicted),
            measured: plain(middle.made.measured),
          },
        }
      : {}),
  };
}
