import { readFileSync, statSync } from "node:fs";
import { atWall } from "../energy/clock.ts";
import type { CsvColumns, FoundSeries } from "../ports.ts";
import type { ForeignHour } from "./import-ha.ts";
import { HOUR } from "./summary.ts";

const MAX_BYTES = 64 * 1_048_576;

interface Rows {
  readonly ats: readonly number[];
  readonly values: readonly number[];
}

/** The table that was read last: an import goes through it many times. */
let kept: { readonly mark: string; readonly rows: Rows } | undefined;

const cellsOf = (line: string, comma: string): string[] =>
  line.includes('"') ? quotedCells(line, comma) : line.split(comma).map((cell) => cell.trim());

const quotedCells = (line: string, comma: string): string[] =>
  (line.match(new RegExp(`("([^"]|"")*"|[^${comma}]*)(${comma}|$)`, "g")) ?? []).map((cell) =>
    cell
      .replace(new RegExp(`${comma}$`), "")
      .trim()
      .replace(/^"|"$/g, "")
      .replaceAll('""', '"'),
  );

/** A head's names, and what parts them. */
function headOf(line: string): { readonly names: readonly string[]; readonly comma: string } {
  const comma = line.includes(";") ? ";" : line.includes("\t") ? "\t" : ",";
  return { comma, names: cellsOf(line.replace(/^\uFEFF/, ""), comma) };
}

/** The rows of a table, sorted by time; of one moment the last. Throws RangeError naming the field. */
function rowsOf(file: string, columns: CsvColumns): Rows {
  const { size, mtimeMs } = statSync(file);
  if (size > MAX_BYTES) throw new RangeError(`file: must be at most ${MAX_BYTES / 1_048_576} MB; bring it in parts`);
  const mark = JSON.stringify([file, size, mtimeMs, columns]);
  if (kept?.mark === mark) return kept.rows;
  const lines = readFileSync(file, "utf8").split(/\r?\n/);
  const { names, comma } = headOf(lines[0] ?? "");
  const place = (field: "time" | "value") => {
    const found = names.indexOf(columns[field]);
    if (found < 0)
      throw new RangeError(
        `csv.${field}: there is no column ${columns[field]}; there are ${names.join(", ").slice(0, 300)}`,
      );
    return found;
  };
  const [time, value] = [place("time"), place("value")];
  const points = new Map<number, number>();
  for (const line of lines.slice(1)) {
    const cells = cellsOf(line, comma);
    const at = momentOf(cells[time] ?? "", columns.timeZone);
    const number = numberOf(cells[value] ?? "", comma);
    if (at !== undefined && number !== undefined) points.set(at, number);
  }
  if (points.size === 0) throw new RangeError("csv.time: no row has a time and a number in these columns");
  const sorted = [...points].sort(([a], [b]) => a - b);
  const rows = { ats: sorted.map(([at]) => at), values: sorted.map(([, number]) => number) };
  kept = { mark, rows };
  return rows;
}

function numberOf(cell: string, comma: string): number | undefined {
  const plain = comma === "," ? cell : cell.replace(",", ".");
  return /^[+-]?\d+(\.\d*)?([eE][+-]?\d+)?$/.test(plain) ? Number(plain) : undefined;
}

/** Epoch s or ms, ISO 8601, or a wall's time in the stated zone: 2024-03-01 13:00[:00]. */
function momentOf(cell: string, timeZone: string): number | undefined {
  if (/^\d{9,10}(\.\d+)?$/.test(cell)) return Number(cell) * 1000;
  if (/^\d{12,13}$/.test(cell)) return Number(cell);
  const [, day, clock, zone] =
    /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?)\s?(Z|[+-]\d\d:?\d\d)?$/.exec(cell) ?? [];
  if (!day) return undefined;
  const at = Date.parse(`${day}T${clock}${zone ? zone.replace(/^([+-]\d\d):?(\d\d)$/, "$1:$2") : "Z"}`);
  if (!Number.isFinite(at)) return undefined;
  return zone ? at : atWall(at, timeZone);
}

export function findTable(file: string, columns: CsvColumns): FoundSeries[] {
  const { ats } = rowsOf(file, columns);
  const [first = 0, last = 0] = [ats[0], ats.at(-1)];
  const { value, unit, kind } = columns;
  const [from, to] = [Math.floor(first / HOUR) * HOUR, (Math.floor(last / HOUR) + 1) * HOUR];
  return [{ id: value, name: value, unit, kind, from, to, rows: ats.length }];
}

/** The hours of a table: mean of the rows in an hour, a counter's last. Rows that are further apart than an hour leave gaps. */
export function tableHours(file: string, columns: CsvColumns, from: number, to: number): ForeignHour[] {
  const { ats, values } = rowsOf(file, columns);
  const hours = new Map<number, { min: number; max: number; sum: number; n: number; last: number }>();
  for (const [i, at] of ats.entries()) {
    const value = values[i];
    if (at < from || at >= to || value === undefined) continue;
    const start = Math.floor(at / HOUR) * HOUR;
    const hour = hours.get(start);
    if (!hour) hours.set(start, { min: value, max: value, sum: value, n: 1, last: value });
    else {
      hour.min = Math.min(hour.min, value);
      hour.max = Math.max(hour.max, value);
      hour.sum += value;
      hour.n++;
      hour.last = value;
    }
  }
  return [...hours].map(([at, { min, max, sum, n, last }]) => ({ at, min, max, mean: sum / n, last }));
}
