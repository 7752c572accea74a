import type { CsvColumns, TableLook } from "../ports.ts";
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
import { MINUTE } from "./summary.ts";

const SAMPLE = 400;
const SHOWN = 5;
const MAX_CELL = 100;
const DAY_MINUTES = 1440;

/** The head and first rows of a table, and how it is most likely to be read: a person looks it over. Throws RangeError naming the file. */
export function lookAtTable(file: string): TableLook {
  const lines: string[] = [];
  for (const line of linesOf(file)) {
    if (lines.length >= LOOK_AHEAD + SAMPLE) break;
    lines.push(line);
  }
  const { separator, columns, line } = headOf(lines.slice(0, LOOK_AHEAD));
  const rows = lines
    .slice(line + 1)
    .filter((one) => one.trim() !== "")
    .map((one) => cellsOf(one, separator));
  if (rows.length === 0) throw new RangeError("file: is empty, or has no rows under its head");
  return {
    columns,
    rows: rows.slice(0, SHOWN).map((cells) => cells.slice(0, columns.length).map((cell) => cell.slice(0, MAX_CELL))),
    guess: guessOf(columns, rows),
  };
}

type Rows = readonly (readonly string[])[];

function guessOf(columns: readonly string[], rows: Rows): TableLook["guess"] {
  const cells = (column: number) => rows.map((row) => row[column] ?? "");
  const most = (fits: (column: number, cell: string) => boolean) =>
    columns.findIndex((_, i) => {
      const filled = cells(i).filter((cell) => cell !== "");
      return filled.length > 0 && filled.filter((cell) => fits(i, cell)).length > 0.8 * filled.length;
    });
  const time = most((i, cell) => momentOf(cell, isDayFirst(cells(i))) !== undefined);
  const days = time >= 0 && cells(time).every((cell) => !cell.includes(":") && !/^\d{9,}/.test(cell));
  const clock = days ? most((_, cell) => clockOf(cell) !== undefined) : -1;
  const numbers = columns
    .map((name, i) => ({ name, i }))
    .filter(({ i }) => i !== time && i !== clock && isNumeric(cells(i)))
    .sort((a, b) => likely(b.name) - likely(a.name));
  const [value] = numbers;
  const unit = value && (unitIn(value.name) ?? unitOfRows(columns, rows));
  const kind = value && kindOf(value.name, numbersOf(cells(value.i)), unit);
  const stamp =
    kind === "interval" || kind === "measurement" ? stampOf(cells(time), clock < 0 ? [] : cells(clock)) : undefined;
  return {
    ...(time >= 0 ? { time: columns[time] } : {}),
    ...(clock >= 0 ? { clock: columns[clock] } : {}),
    ...(value ? { value: value.name } : {}),
    ...(unit ? { unit } : {}),
    ...(kind ? { kind } : {}),
    ...(stamp ? { stamp } : {}),
  };
}

const numbersOf = (cells: readonly string[]): number[] => {
  const decimal = decimalOf(cells);
  return cells.flatMap((cell) => numberOf(cell, decimal) ?? []);
};

const isNumeric = (cells: readonly string[]): boolean => {
  const filled = cells.filter((cell) => cell !== "");
  const none = (cell: string) => clockOf(cell) !== undefined || momentOf(cell, true)?.zoned === false;
  return numbersOf(filled).length > 0.8 * filled.length && filled.length > 0 && !filled.every(none);
};

/** What columns of energy are called, in the languages of Europe. */
const WORDS =
  /verbrauch|bezug|einspeisung|wert|stand|z[aä]hler|consum|usage|import|export|energ|value|reading|power|leistung|verbruik|teruglevering|levering|temperatur/i;
const NOT_MEANT = /preis|price|cost|kosten|prix|eur\b|€|status|ersatz|flag|nummer|number|\bid\b/i;
const likely = (name: string): number =>
  (unitIn(name) ? 4 : 0) + (WORDS.test(name) ? 2 : 0) - (NOT_MEANT.test(name) ? 5 : 0);

const UNIT = /(?<![\p{L}])(kWh|MWh|Wh|GJ|MJ|kW|MW|W|°C|°F|m³|m3)(?![\p{L}])/u;
const unitIn = (name: string): string | undefined => UNIT.exec(name)?.[1]?.replace("m3", "m³");

function unitOfRows(columns: readonly string[], rows: Rows): string | undefined {
  const place = columns.findIndex((name) => /^(einheit|unit|unité|eenheid|unidad|unità)/i.test(name));
  if (place >= 0) return unitIn(rows[0]?.[place] ?? "");
  return rows[0]?.map((cell) => (numberOf(cell, ".") === undefined ? undefined : unitIn(cell))).find(Boolean);
}

function kindOf(name: string, values: readonly number[], unit: string | undefined): CsvColumns["kind"] {
  if (unit && /^([kM]?W|°[CF])$/.test(unit)) return "measurement";
  const rises = values.every((value, i) => value >= (values[i - 1] ?? value));
  const [first = 0, last = 0] = [values[0], values.at(-1)];
  if (rises && last > first && values.length > 3) return "counter";
  return unit || WORDS.test(name) ? "interval" : "measurement";
}

/** A day that begins with 00:00 is named by its intervals' starts; one that begins later, by their ends. */
function stampOf(times: readonly string[], clocks: readonly string[]): "start" | "end" {
  const minutes = times.slice(0, 3).map((cell, i) => {
    const ms = (momentOf(cell, true)?.ms ?? 0) + (clockOf(clocks[i] ?? "") ?? 0);
    return (ms / MINUTE) % DAY_MINUTES;
  });
  const [first = 0, second = 0] = minutes;
  return first !== 0 && first === second - first ? "end" : "start";
}
