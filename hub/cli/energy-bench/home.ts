/** A home's hours out of its file. */
import { UsageError } from "../usage-error.ts";
import { lineOf, numberAt, readTable, type Table } from "./table.ts";

const HOUR = 3_600_000;
/** An inverter draws a little at night; more than this is a turned sign, kWh. */
const NIGHT_DRAW = 0.1;
/** A clock is set back once or twice a year; more hours that come twice are a file put together wrongly. */
const MOST_TWICE = 5;

export interface HomeHours {
  /** As written in the file. */
  readonly starts: readonly string[];
  /** Local day * 24 + hour of the clock on the wall. */
  readonly hours: Int32Array;
  /** kWh; NaN where the cell is empty. */
  readonly load: Float64Array;
  readonly sun: Float64Array;
  /** Currency per kWh of the file's own tariff; undefined without such a column. */
  readonly price: Float64Array | undefined;
  /** kg per kWh imported; undefined without such a column. */
  readonly carbon: Float64Array | undefined;
  /** What a person should know of the file. */
  readonly notes: readonly string[];
}

/** Hours since 1970 by the clock on the wall. Throws UsageError. */
export function wallHour(table: Table, row: number, column: string): number {
  const text = table.text(row, column);
  const match = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)/.exec(text);
  const [, year, month, day, hour, minute] = (match ?? []).map(Number);
  const at = match ? Date.UTC(year ?? 0, (month ?? 0) - 1, day, hour, minute) : Number.NaN;
  const where = `${table.file}, line ${lineOf(row)}, column ${column}`;
  if (!Number.isFinite(at) || new Date(at).getUTCDate() !== day || (hour ?? 24) > 23)
    throw new UsageError("no-time", `${where}: "${text.slice(0, 40)}" is no time.`, "write it as 2026-01-31T17:00");
  if (at % HOUR !== 0)
    throw new UsageError(
      "no-whole-hour",
      `${where}: ${text.slice(0, 40)} is no whole hour.`,
      "give a row for each whole hour: add up what is finer",
    );
  return at / HOUR;
}

function needed(table: Table, column: string): string {
  if (table.columns.includes(column)) return column;
  throw new UsageError(
    "no-column",
    `${table.file} has no column ${column}; it has ${table.columns.join(", ").slice(0, 200)}.`,
    `name a column ${column} in the first line`,
  );
}

const numbers = (table: Table, column: string): Float64Array =>
  Float64Array.from({ length: table.rows }, (_, row) => numberAt(table, row, column));

function refuse(table: Table, column: string, row: number, why: string, fix: string): void {
  if (row >= 0) throw new UsageError("bad-value", `${table.file}, line ${lineOf(row)}, column ${column}: ${why}.`, fix);
}

/** The hours in their order, with what is odd about them. Throws UsageError. */
function hoursOf(table: Table, notes: string[]): Int32Array {
  const hours = Int32Array.from({ length: table.rows }, (_, row) => wallHour(table, row, "start"));
  const twice: number[] = [];
  let gaps = 0;
  for (let row = 1; row < table.rows; row++) {
    const step = (hours[row] ?? 0) - (hours[row - 1] ?? 0);
    if (step === 0) twice.push(row);
    if (step > 1) gaps++;
    const fix = "sort the rows by time, each hour once";
    if (step < 0) refuse(table, "start", row, "lies before the row above", fix);
    if (twice.length > MOST_TWICE) refuse(table, "start", row, `more than ${MOST_TWICE} hours come twice`, fix);
  }
  if (twice.length > 0)
    notes.push(`line ${twice.map(lineOf).join(", ")}: the hour comes twice, as when a clock is set back; both count`);
  if (gaps > 0) notes.push(`${gaps} gaps in time: the battery keeps what it holds across them`);
  return hours;
}

/** Reads a home. An empty cell of load or sun is an hour nobody knows. Throws UsageError that names line, column and fix. */
export function readHome(file: string): HomeHours {
  const table = readTable("--csv", file);
  for (const column of ["start", "load_kwh", "pv_kwh"]) needed(table, column);
  const notes: string[] = [];
  const hours = hoursOf(table, notes);
  const load = numbers(table, "load_kwh");
  const sun = numbers(table, "pv_kwh");
  const turned = sun.findIndex((kwh) => kwh < -NIGHT_DRAW);
  refuse(table, "pv_kwh", turned, `${sun[turned]} is a negative yield`, "count what the sun yields as positive");
  const below = load.findIndex((kwh) => kwh < 0);
  refuse(
    table,
    "load_kwh",
    below,
    `${load[below]} is a negative load`,
    "give the whole home's use before sun and battery, as positive",
  );
  const unknown = load.reduce((n, kwh, i) => n + (Number.isFinite(kwh + (sun[i] ?? 0)) ? 0 : 1), 0);
  if (unknown > table.rows / 2)
    throw new UsageError(
      "mostly-unknown",
      `${file}: load_kwh or pv_kwh is empty in ${unknown} of ${table.rows} rows.`,
      "give a file in which most hours are known",
    );
  if (unknown > 0)
    notes.push(`${unknown} hours have no load or no sun: they are left out of the bill, the battery rests`);
  const priceColumn = table.columns.find((name) => /^price/.test(name));
  return {
    starts: Array.from({ length: table.rows }, (_, row) => table.text(row, "start")),
    hours,
    load,
    sun,
    price: priceColumn === undefined ? undefined : whole(table, priceColumn),
    carbon: table.columns.includes("carbon_kg_kwh") ? whole(table, "carbon_kg_kwh") : undefined,
    notes,
  };
}

/** A column without an empty cell. Throws UsageError. */
export function whole(table: Table, column: string): Float64Array {
  const values = numbers(table, column);
  refuse(table, column, values.findIndex(Number.isNaN), "is empty", "fill it in: each hour needs one");
  return values;
}
