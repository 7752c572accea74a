import { statSync } from "node:fs";
import { atWall, localTime } from "../energy/clock.ts";
import type { CsvColumns, FoundSeries } from "../ports.ts";
import {
  cellsOf,
  clockOf,
  decimalOf,
  headOf,
  isDayFirst,
  LOOK_AHEAD,
  linesOf,
  momentOf,
  numberOf,
} from "./csv-text.ts";
import { addTo, type ForeignHour, type ForeignHours, type ForeignValue } from "./import-hour.ts";
import { Slots } from "./import-slots.ts";
import { FIVE_MINUTES, HOLD, HOUR, MINUTE } from "./summary.ts";

/** Two numbers a row are kept while it is brought in: so at most 80 MB. */
const MAX_ROWS = 5_000_000;
const SAMPLE = 2_000;
const DAY = 24 * HOUR;

export interface Table {
  /** Epoch ms in rising order, and the numbers; of energy by the interval its stands, counted from 0. */
  readonly ats: Float64Array;
  readonly values: Float64Array;
  /** The usual distance of two rows, ms. */
  readonly stepMs: number;
  readonly rows: number;
  /** Rows that were left out, by why. */
  readonly refused: ReadonlyMap<string, number>;
  /** Stretches without a row, and what they come to in ms. */
  readonly gaps: number;
  readonly gapMs: number;
}

/** The table that was read last: an import goes through it many times. */
let kept: { readonly mark: string; readonly table: Table } | undefined;

/** A whole table. Throws RangeError naming the field. */
export function tableOf(file: string, columns: CsvColumns): Table {
  const { size, mtimeMs } = statSync(file);
  const mark = JSON.stringify([file, size, mtimeMs, columns]);
  if (kept?.mark === mark) return kept.table;
  kept = undefined;
  const table = finished(readRows(file, columns), columns);
  kept = { mark, table };
  return table;
}

interface Rows {
  readonly ats: number[];
  readonly values: number[];
  readonly zoned: boolean;
  readonly refused: Map<string, number>;
}

function readRows(file: string, columns: CsvColumns): Rows {
  const first: string[] = [];
  const lines = linesOf(file);
  while (first.length < LOOK_AHEAD + SAMPLE) {
    const { value, done } = lines.next();
    if (done) break;
    first.push(value);
  }
  const head = headOf(first.slice(0, LOOK_AHEAD));
  const place = (field: "time" | "value" | "clock") => {
    const found = head.columns.indexOf(columns[field] ?? "");
    if (found >= 0) return found;
    throw new RangeError(
      `csv.${field}: there is no column ${columns[field]}; there are ${head.columns.join(", ").slice(0, 300)}`,
    );
  };
  const [time, value, clock] = [
    place("time"),
    place("value"),
    columns.clock === undefined ? undefined : place("clock"),
  ];
  const sample = first.slice(head.line + 1).map((line) => cellsOf(line, head.separator));
  const decimal = decimalOf(sample.map((cells) => cells[value] ?? ""));
  const dayFirst = isDayFirst(sample.map((cells) => cells[time] ?? ""));
  const rows: Rows & { zoned: boolean } = { ats: [], values: [], zoned: true, refused: new Map() };
  const take = (line: string) => {
    if (line.trim() === "") return;
    const cells = cellsOf(line, head.separator);
    const day = momentOf(cells[time] ?? "", dayFirst);
    const later = clock === undefined ? 0 : clockOf(cells[clock] ?? "");
    const number = numberOf(cells[value] ?? "", decimal);
    if (day === undefined || later === undefined) addTo(rows.refused, "has no time");
    else if (number === undefined) addTo(rows.refused, "has no number");
    else if (columns.kind === "interval" && number < 0) addTo(rows.refused, "is less than nothing");
    else {
      if (rows.ats.length >= MAX_ROWS) throw new RangeError(`file: has more than ${MAX_ROWS} rows; bring it in parts`);
      rows.ats.push(day.ms + later);
      rows.values.push(number);
      rows.zoned &&= day.zoned;
    }
  };
  for (const line of first.slice(head.line + 1)) take(line);
  for (const line of lines) take(line);
  if (rows.ats.length === 0) throw new RangeError("csv.time: no row has a time and a number in these columns");
  return rows;
}

function finished({ ats, values, zoned, refused }: Rows, columns: CsvColumns): Table {
  // Some write the newest first. Of an hour that the clock shows twice, the order tells which one is meant.
  if ((ats.at(-1) ?? 0) < (ats[0] ?? 0)) {
    ats.reverse();
    values.reverse();
  }
  if (!zoned) toMoments(ats, columns.timeZone);
  const order = ats.map((_, i) => i);
  if (ats.some((at, i) => at < (ats[i - 1] ?? at))) order.sort((a, b) => (ats[a] ?? 0) - (ats[b] ?? 0) || a - b);
  const sorted: { ats: number[]; values: number[] } = { ats: [], values: [] };
  for (const i of order) {
    const at = ats[i] ?? 0;
    if (sorted.ats.at(-1) === at) {
      // Of one moment the later row counts.
      addTo(refused, "is of the same moment as another");
      sorted.values[sorted.values.length - 1] = values[i] ?? 0;
      continue;
    }
    sorted.ats.push(at);
    sorted.values.push(values[i] ?? 0);
  }
  const stepMs = stepOf(sorted.ats);
  const gaps = gapsOf(sorted.ats, stepMs);
  const table = columns.kind === "interval" ? toStands(sorted, stepMs, columns.stamp === "end") : sorted;
  return {
    ats: Float64Array.from(table.ats),
    values: Float64Array.from(table.values),
    rows: ats.length,
    ...{ stepMs, refused, ...gaps },
  };
}

/** Walls' times become moments, in place. */
function toMoments(walls: number[], timeZone: string): void {
  let before = Number.NEGATIVE_INFINITY;
  for (const [i, wall] of walls.entries()) {
    let at = atWall(wall, timeZone);
    if (at <= before) {
      const again = at + HOUR;
      const minutes = Math.floor(wall / MINUTE) % (DAY / MINUTE);
      if (again > before && localTime(again, timeZone).minutes === minutes) at = again;
    }
    walls[i] = at;
    before = at;
  }
}

function stepOf(ats: readonly number[]): number {
  const steps = ats.slice(1, SAMPLE).map((at, i) => at - (ats[i] ?? at));
  return steps.sort((a, b) => a - b)[Math.floor(steps.length / 2)] ?? HOUR;
}

/** Rows may be late by half; a month has 28 to 31 days. */
const isGap = (ms: number, stepMs: number): boolean => ms > 1.5 * stepMs;

function gapsOf(ats: readonly number[], stepMs: number): { readonly gaps: number; readonly gapMs: number } {
  let [gaps, gapMs] = [0, 0];
  for (const [i, at] of ats.entries()) {
    const apart = at - (ats[i - 1] ?? at);
    if (!isGap(apart, stepMs)) continue;
    gaps++;
    gapMs += apart - stepMs;
  }
  return { gaps, gapMs };
}

/** Energy by the interval becomes stands at their ends; where one began after a gap, also at its beginning. */
function toStands(
  { ats, values }: { readonly ats: readonly number[]; readonly values: readonly number[] },
  stepMs: number,
  named: boolean,
): { ats: number[]; values: number[] } {
  const stands: { ats: number[]; values: number[] } = { ats: [], values: [] };
  let sum = 0;
  for (const [i, at] of ats.entries()) {
    const other = ats[named ? i - 1 : i + 1];
    const near = other !== undefined && !isGap(Math.abs(other - at), stepMs);
    const far = near ? other : at + (named ? -stepMs : stepMs);
    const [start, end] = named ? [far, at] : [at, far];
    if (stands.ats.at(-1) !== start) {
      stands.ats.push(start);
      stands.values.push(sum);
    }
    sum += values[i] ?? 0;
    stands.ats.push(end);
    stands.values.push(sum);
  }
  return stands;
}

const round = (at: number): number => Math.floor(at / HOUR) * HOUR;

export function findTable(file: string, columns: CsvColumns): FoundSeries[] {
  const { ats, rows, gaps, gapMs, refused } = tableOf(file, columns);
  const [first = 0, last = 0] = [ats[0], ats.at(-1)];
  const { value, unit } = columns;
  const kind = columns.kind === "measurement" ? "measurement" : "counter";
  // A stand belongs to the hour that ends with it.
  const [from, to] =
    kind === "counter" ? [round(first - 1), round(last - 1) + HOUR] : [round(first), round(last) + HOUR];
  const notes = [...refused].map(([reason, count]) => `${count} rows are left out: each ${reason}`);
  if (gaps > 0)
    notes.push(
      `rows are missing in ${gaps} places, ${Math.ceil(gapMs / HOUR)} hours in all: nothing is known of these`,
    );
  const parts = [{ of: "rows" as const, from: first, to: last + 1, rows }];
  return [{ id: value, name: value, unit, kind, from, to, rows, parts, ...(notes.length > 0 ? { notes } : {}) }];
}

/** The hours of a table in [from, to), in pieces of five minutes. */
export function tableHours(file: string, columns: CsvColumns, from: number, to: number): ForeignHours {
  const table = tableOf(file, columns);
  const fine = columns.kind === "measurement" ? held(table, columns, from, to) : stands(table, from, to);
  const hours = new Map<number, ForeignHour & { readonly fine: ForeignValue[] }>();
  for (const part of fine) {
    const at = round(part.at);
    const hour = hours.get(at);
    if (hour) hour.fine.push(part);
    else hours.set(at, { at, fine: [part] });
  }
  return { hours: [...hours.values()], refused: new Map() };
}

/** A stand is that of the five minutes that end with it. */
function stands({ ats, values }: Table, from: number, to: number): ForeignValue[] {
  const found = new Map<number, ForeignValue>();
  for (let i = placeOf(ats, from + 1); i < ats.length && (ats[i] ?? 0) <= to; i++) {
    const at = Math.floor(((ats[i] ?? 0) - 1) / FIVE_MINUTES) * FIVE_MINUTES;
    found.set(at, { at, min: null, mean: null, max: null, last: values[i] ?? 0 });
  }
  return [...found.values()];
}

/** A measured value holds until the next, but not over a gap; or it was the mean of the time before it. */
function held({ ats, values, stepMs }: Table, { stamp }: CsvColumns, from: number, to: number): ForeignValue[] {
  const longest = Math.min(DAY, Math.max(HOLD, 1.5 * stepMs));
  const slots = new Slots(from, to, (at) => at + (stamp === "end" ? stepMs : longest));
  const back = stamp === "end" ? stepMs : 0;
  for (let i = placeOf(ats, from - longest); i < ats.length && (ats[i] ?? 0) - back < to; i++)
    slots.take((ats[i] ?? 0) - back, values[i] ?? 0);
  return slots.end();
}

/** The first row at or after a moment. */
function placeOf(ats: Float64Array, at: number): number {
  let [low, high] = [0, ats.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ats[middle] ?? 0) < at) low = middle + 1;
    else high = middle;
  }
  return low;
}
