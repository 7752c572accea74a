/** Prices or intensities out of a file of rows: CSV with a head, or JSON with a list of objects. */
import type { FileUnit, PriceFilePreview, PricePoint } from "../model/price-series.ts";
import { atWall, localTime } from "./clock.ts";

export interface FileWish {
  readonly unit?: FileUnit | undefined;
  readonly timeColumn?: string | undefined;
  readonly valueColumn?: string | undefined;
  /** Of times that name none. */
  readonly timeZone: string;
}

export interface PriceFile {
  readonly preview: PriceFilePreview;
  readonly points: readonly PricePoint[];
}

/** A leap year of quarter hours, and some more. */
const MAX_ROWS = 40_000;
const MAX_COLUMNS = 100;
const MAX_SPAN = 7_300 * 86_400_000;
const MAX_PROBLEMS = 5;
const SAMPLE = 12;
const HOUR = 3_600_000;
/** A row holds at most so many times the usual step: an hour that the clock shows once is two hours long. */
const STRETCH = 2;

const scales: Readonly<Record<FileUnit, number>> = { perKwh: 1, perMwh: 1000, centPerKwh: 100, gPerKwh: 1 };

interface Table {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly unknown[])[];
}

const tooLong = () => new RangeError(`text: a file may have at most ${MAX_ROWS} rows; bring it in parts`);

function csvTable(text: string): Table {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== "" && !line.startsWith("#"));
  if (lines.length > MAX_ROWS + 1) throw tooLong();
  const head = lines[0] ?? "";
  const separator = [";", "\t", ","].find((s) => head.includes(s)) ?? ",";
  const cells = (line: string) =>
    line.split(separator, MAX_COLUMNS).map((cell) => cell.trim().replace(/^"(.*)"$/, "$1"));
  return { columns: cells(head), rows: lines.slice(1).map(cells) };
}

function jsonTable(text: string): Table {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new RangeError("text: begins like JSON but is none");
  }
  const lists = Array.isArray(parsed) ? [parsed] : Object.values(parsed ?? {}).filter(Array.isArray);
  const list: readonly unknown[] = lists[0] ?? [];
  if (list.length > MAX_ROWS) throw tooLong();
  const rows = list.filter((row): row is object => typeof row === "object" && row !== null && !Array.isArray(row));
  const columns = Object.keys(rows[0] ?? {}).slice(0, MAX_COLUMNS);
  const of = (row: object) => new Map<string, unknown>(Object.entries(row));
  return { columns, rows: rows.map(of).map((row) => columns.map((column) => row.get(column))) };
}

const TIME = /time|date|start|from|hour|utc|mtu/i;
const VALUE = /price|value|eur|gbp|nok|sek|dkk|usd|ct|cent|spot|amount|carbon|co2|intensity/i;

function columnsOf(columns: readonly string[], wish: FileWish): { readonly time: string; readonly value: string } {
  const chosen = (name: string | undefined, field: string) => {
    if (name !== undefined && !columns.includes(name)) throw new RangeError(`${field}: the file has no column ${name}`);
    return name;
  };
  const time = chosen(wish.timeColumn, "timeColumn") ?? columns.find((c) => TIME.test(c)) ?? columns[0];
  const value =
    chosen(wish.valueColumn, "valueColumn") ??
    columns.find((c) => c !== time && VALUE.test(c)) ??
    columns.find((c) => c !== time);
  if (time === undefined || value === undefined)
    throw new RangeError("text: needs a head and two columns at least, a time and a value");
  return { time, value };
}

function unitOf(column: string): FileUnit {
  if (/mwh/i.test(column)) return "perMwh";
  if (/carbon|co2|gram|intensity/i.test(column)) return "gPerKwh";
  return /ct|cent|pence|øre|ore\b/i.test(column) ? "centPerKwh" : "perKwh";
}

const WALL = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.\d+)?)?$/;
const GERMAN = /^(\d\d)\.(\d\d)\.(\d{4}) (\d\d):(\d\d)$/;

/** Epoch ms of a wall clock's time (ms as if it were UTC), after the moment before it; undefined for a skipped one. */
type WallClock = (wall: number, last: number | undefined) => number | undefined;

const DAY = 24 * HOUR;

function wallClock(timeZone: string): WallClock {
  /** Midnights by day; NaN where the clock is changed on that day. */
  const midnights = new Map<number, number>();
  const midnightOf = (day: number): number => {
    const known = midnights.get(day);
    if (known !== undefined) return known;
    const from = atWall(day * DAY, timeZone);
    const plain = atWall((day + 1) * DAY, timeZone) - from === DAY ? from : Number.NaN;
    midnights.set(day, plain);
    return plain;
  };
  return (wall, last) => {
    const midnight = midnightOf(Math.floor(wall / DAY));
    if (!Number.isNaN(midnight)) return midnight + (wall - Math.floor(wall / DAY) * DAY);
    const at = atWall(wall, timeZone);
    const minutes = Math.floor((wall % DAY) / 60_000);
    if (localTime(at, timeZone).minutes !== minutes) return undefined;
    // A clock that shows an hour twice: its second showing follows the first.
    const again = at + HOUR;
    return last !== undefined && at <= last && localTime(again, timeZone).minutes === minutes ? again : at;
  };
}

/** Epoch ms of a cell; undefined for what is no time, and for times that the clock skipped. */
function timeOf(value: unknown, clock: WallClock, last: number | undefined): number | undefined {
  const number = typeof value === "number" ? value : /^\d{9,13}$/.test(String(value)) ? Number(value) : Number.NaN;
  if (!Number.isNaN(number)) return number > 1e11 ? number : number * 1000;
  const text = String(value).trim().replace(GERMAN, "$3-$2-$1T$4:$5");
  const match = WALL.exec(text);
  if (match) {
    const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0] = match
      .slice(1)
      .map((part) => Number(part ?? 0));
    return clock(Date.UTC(year, month - 1, day, hour, minute, second), last);
  }
  const at = /(Z|[+-]\d\d:?\d\d)$/.test(text) ? Date.parse(text) : Number.NaN;
  return Number.isNaN(at) ? undefined : at;
}

/** `12,34` and `1.234,56` are numbers as well. */
function amountOf(value: unknown): number {
  if (typeof value === "number") return value;
  const text = String(value ?? "").trim();
  if (text === "") return Number.NaN;
  return Number(/,\d+$/.test(text) ? text.replace(/\./g, "").replace(",", ".") : text);
}

interface Given {
  readonly at: number;
  readonly value: number;
}

function pointsOf(given: readonly Given[], step: number): PricePoint[] {
  return given.flatMap(({ at, value }, i): PricePoint[] => {
    const next = given[i + 1]?.at;
    const to = next !== undefined && next - at <= STRETCH * step ? next : at + step;
    return to > at ? [{ from: at, to, value }] : [];
  });
}

/** The step that most rows have. */
function stepOf(given: readonly Given[]): number {
  const counts = new Map<number, number>();
  given.slice(1).forEach(({ at }, i) => {
    const step = at - (given[i]?.at ?? at);
    if (step > 0) counts.set(step, (counts.get(step) ?? 0) + 1);
  });
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? HOUR;
}

/** Reads a file of prices; throws RangeError naming what does not fit. Rows that can't be read are skipped and counted. */
export function readPriceFile(text: string, wish: FileWish): PriceFile {
  const { columns, rows } = /^\s*[[{]/.test(text) ? jsonTable(text) : csvTable(text.replace(/^\uFEFF/, ""));
  const { time, value } = columnsOf(columns, wish);
  const unit = wish.unit ?? unitOf(value);
  const problems: string[] = [];
  let skipped = 0;
  const given: Given[] = [];
  const clock = wallClock(wish.timeZone);
  const [timeAt, valueAt] = [columns.indexOf(time), columns.indexOf(value)];
  rows.forEach((row, i) => {
    const at = timeOf(row[timeAt], clock, given.at(-1)?.at);
    const amount = amountOf(row[valueAt]);
    if (at !== undefined && Number.isFinite(amount)) {
      given.push({ at, value: amount / scales[unit] });
      return;
    }
    skipped++;
    const what = at === undefined ? `no such time: ${String(row[timeAt])}` : `no number: ${String(row[valueAt])}`;
    if (problems.length < MAX_PROBLEMS) problems.push(`row ${i + 2}: ${what.slice(0, 80)}`);
  });
  given.sort((a, b) => a.at - b.at);
  const step = stepOf(given);
  const points = pointsOf(given, step);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last)
    throw new RangeError(`text: no row of the file could be read; ${problems[0] ?? "it has no rows"}`);
  if (last.to - first.from > MAX_SPAN) throw new RangeError("text: covers more than twenty years; is the time right?");
  const values = points.map((point) => point.value);
  const preview: PriceFilePreview = {
    unit,
    timeColumn: time,
    valueColumn: value,
    columns,
    rows: points.length,
    skipped,
    problems,
    from: first.from,
    to: last.to,
    stepMinutes: step / 60_000,
    least: values.reduce((a, b) => Math.min(a, b)),
    most: values.reduce((a, b) => Math.max(a, b)),
    mean: values.reduce((a, b) => a + b, 0) / values.length,
    sample: points.slice(0, SAMPLE),
  };
  return { preview, points };
}
