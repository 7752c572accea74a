/** A table of numbers as people have it: commas, semicolons or tabs, decimal commas, Windows line ends, a byte-order mark, quotes. */
import { readFileSync, statSync } from "node:fs";
import { UsageError } from "../usage-error.ts";

const MOST_BYTES = 256 * 1_048_576;

export interface Table {
  /** Name of the file, for messages. */
  readonly file: string;
  readonly rows: number;
  readonly columns: readonly string[];
  /** A cell's text by row (0 is the first below the head); "" where the row is too short. */
  text(row: number, column: string): string;
}

/** Line of the file on which a row stands, counted from 1. */
export const lineOf = (row: number): number => row + 2;

const separators = [";", "\t", ","] as const;

/** The cells of a line; doubled quotes inside quotes are one. */
function cellsOf(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < line.length; i++) {
    const c = line[i];
    if (c === '"' && quoted && line[i + 1] === '"') cell += line[++i];
    else if (c === '"') quoted = !quoted;
    else if (c === separator && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += c;
  }
  return [...cells, cell.trim()];
}

/** Reads a file given as `option`. Throws UsageError. */
export function readTable(option: string, file: string): Table {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile())
    throw new UsageError(
      "no-file",
      `${option}: ${file} ${stat ? "is no file" : "does not exist"}.`,
      "give the path of a CSV file with a row an hour",
    );
  if (stat.size > MOST_BYTES)
    throw new UsageError("too-big", `${option}: ${file} is over 256 MiB.`, "give a file with a row an hour");
  const lines = readFileSync(file, "utf8")
    .replace(/^\uFEFF/, "")
    .split(/\r\n|\n|\r/);
  while (lines.at(-1)?.trim() === "") lines.pop();
  const [head = "", ...body] = lines;
  const separator = separators.find((s) => head.includes(s)) ?? ",";
  const columns = cellsOf(head, separator).map((name) => name.toLowerCase());
  if (body.length === 0)
    throw new UsageError("empty", `${file} has no rows below its head.`, "give a file with a row an hour");
  const twice = columns.find((name, i) => name !== "" && columns.indexOf(name) !== i);
  if (twice !== undefined)
    throw new UsageError(
      "column-twice",
      `${file}: the column ${twice} is there twice.`,
      "name one of them differently",
    );
  const cells = body.map((line) => cellsOf(line, separator));
  const tooLong = cells.findIndex((row) => row.length > columns.length);
  if (tooLong >= 0)
    throw new UsageError(
      "wrong-length",
      `${file}, line ${lineOf(tooLong)}: ${cells[tooLong]?.length} cells for ${columns.length} columns.`,
      separator === "," ? "with decimal commas, separate the cells by semicolons" : "look for a separator too many",
    );
  return {
    file,
    rows: body.length,
    columns,
    text: (row, column) => cells[row]?.[columns.indexOf(column)] ?? "",
  };
}

/** The number in a cell; an empty cell is NaN. Throws UsageError that names line and column. */
export function numberAt(table: Table, row: number, column: string): number {
  const text = table.text(row, column);
  if (text === "") return Number.NaN;
  const plain = text.includes(",") && !text.includes(".") ? text.replace(",", ".") : text;
  const value = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(plain) ? Number(plain) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new UsageError(
    "no-number",
    `${table.file}, line ${lineOf(row)}, column ${column}: "${text.slice(0, 40)}" is no number.`,
    "write a number, or leave the cell empty where the meter said nothing",
  );
}
