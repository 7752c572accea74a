import { closeSync, openSync, readSync } from "node:fs";

const CHUNK = 262_144;
/** No line of a table is longer; what follows it is cut off. */
const MAX_LINE = 65_536;

/** The lines of a text file, a piece at a time; in UTF-8, UTF-16 or, where it is neither, as Windows writes it in the west. */
export function* linesOf(file: string): Generator<string> {
  const handle = openSync(file, "r");
  try {
    const bytes = Buffer.alloc(CHUNK);
    let decoder: TextDecoder | undefined;
    let rest = "";
    for (;;) {
      const read = readSync(handle, bytes, 0, CHUNK, null);
      if (read === 0) break;
      const piece = bytes.subarray(0, read);
      decoder ??= new TextDecoder(encodingOf(piece));
      const lines = (rest + decoder.decode(piece, { stream: true })).split(/\r\n|\n|\r(?!$)/);
      rest = (lines.pop() ?? "").slice(0, MAX_LINE);
      yield* lines;
    }
    if (rest !== "") yield rest.replace(/\r$/, "");
  } finally {
    closeSync(handle);
  }
}

function encodingOf(bytes: Uint8Array): string {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return "utf-8";
  } catch {
    return "windows-1252";
  }
}

const SEPARATORS = [";", "\t", "|", ","] as const;
/** The head is looked for among so many lines: some tables begin with an address and a number of the contract. */
export const LOOK_AHEAD = 60;
const MAX_COLUMNS = 200;

export interface Head {
  readonly separator: string;
  readonly columns: readonly string[];
  /** The line's number, from 0. */
  readonly line: number;
}

export function cellsOf(line: string, separator: string): string[] {
  if (!line.includes('"')) return line.split(separator, MAX_COLUMNS).map((cell) => cell.trim());
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let i = 0; i < line.length && cells.length < MAX_COLUMNS; i++) {
    const letter = line[i] ?? "";
    if (letter === '"' && quoted && line[i + 1] === '"') cell += line[i++];
    else if (letter === '"') quoted = !quoted;
    else if (letter === separator && !quoted) {
      cells.push(cell.trim());
      cell = "";
    } else cell += letter;
  }
  return [...cells, cell.trim()];
}

/** Where a table's head is: the first line that has as many cells as the next one, which begins a row with a time. */
export function headOf(lines: readonly string[]): Head {
  for (const separator of SEPARATORS)
    for (const [line, text] of lines.entries()) {
      const names = cellsOf(text, separator);
      const next = cellsOf(lines[line + 1] ?? "", separator);
      const isRow = (cells: readonly string[]) => cells.some((cell) => partsOf(cell, true) !== undefined);
      if (names.length < 2 || Math.abs(names.length - next.length) > 1 || !isRow(next) || isRow(names)) continue;
      return { separator, columns: named(names), line };
    }
  const [first = ""] = lines;
  const separator = SEPARATORS.find((one) => first.includes(one)) ?? ",";
  return { separator, columns: named(cellsOf(first, separator)), line: 0 };
}

/** Each column's own name, though the table has none for it or one for two. */
function named(cells: readonly string[]): string[] {
  const taken = new Set<string>();
  return cells.map((cell, i) => {
    const name = (cell || `column ${i + 1}`).slice(0, 190);
    const own = taken.has(name) ? `${name} (${i + 1})` : name;
    taken.add(own);
    return own;
  });
}

/** Which of comma and point is a column's decimal mark: the one that comes last in a cell that has it once. */
export function decimalOf(cells: readonly string[]): "," | "." {
  const points = cells.some((cell) => /\.\d+$/.test(bare(cell)) && !/^[+-]?\d{1,3}(\.\d{3})+$/.test(bare(cell)));
  const commas = cells.some((cell) => /,\d+$/.test(bare(cell)));
  return commas && !points ? "," : ".";
}

/** Without a unit behind it, and without what parts thousands beside a decimal mark. */
const bare = (cell: string): string => cell.replace(/[\s\u00a0\u202f']/g, "").replace(/[\p{L}°%³²/]+$/u, "");

export function numberOf(cell: string, decimal: "," | "."): number | undefined {
  const plain = bare(cell)
    .replaceAll(decimal === "," ? "." : ",", "")
    .replace(",", ".");
  return /^[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?$/.test(plain) ? Number(plain) : undefined;
}

export interface Moment {
  /** Epoch ms, where the zone is known; else of the clock on the wall as if it were UTC. */
  readonly ms: number;
  readonly zoned: boolean;
}

const DATE = /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})|^(\d{1,2})([-/.])(\d{1,2})\6(\d{4}|\d\d)(?!\d)/;
const CLOCK = /^(\d{1,2}):(\d\d)(?::(\d\d)(?:[.,]\d{1,9})?)?\s*([ap])?\.?m?\.?$/i;
const ZONE = /\s?(Z|UTC|GMT|[+-]\d\d:?\d\d)$/;

/** ms of a time of day: 7:15, 07:15:00, 7:15 pm, 24:00. */
export function clockOf(cell: string): number | undefined {
  const [, hour, minute, second = "0", half] = CLOCK.exec(cell.trim()) ?? [];
  if (hour === undefined || minute === undefined) return undefined;
  const hours = half ? (Number(hour) % 12) + (/p/i.test(half) ? 12 : 0) : Number(hour);
  const ms = ((hours * 60 + Number(minute)) * 60 + Number(second)) * 1000;
  return hours <= 24 && Number(minute) < 60 && ms <= 86_400_000 ? ms : undefined;
}

/**
 * A moment as tables write it: epoch s or ms, ISO 8601, 1.3.2024 00:15, 01/03/24, 3/1/2024 7:15 pm; a day alone is its midnight.
 * `dayFirst` settles what 1/3 means. Undefined for anything else.
 */
export function momentOf(cell: string, dayFirst: boolean): Moment | undefined {
  const text = cell.trim();
  if (/^\d{9,10}(\.\d+)?$/.test(text)) return { ms: Math.round(Number(text) * 1000), zoned: true };
  if (/^\d{12,13}$/.test(text)) return { ms: Number(text), zoned: true };
  return partsOf(text, dayFirst);
}

function partsOf(text: string, dayFirst: boolean): Moment | undefined {
  const found = DATE.exec(text);
  if (!found) return undefined;
  const [whole, y, , m, d, one, , two, late] = found;
  const [day, month] = y !== undefined ? [d, m] : dayFirst ? [one, two] : [two, one];
  const year = y ?? (late?.length === 2 ? `20${late}` : late);
  const midnight = Date.UTC(Number(year), Number(month) - 1, Number(day));
  if (new Date(midnight).getUTCMonth() !== Number(month) - 1) return undefined;
  const rest = text.slice(whole.length).replace(/^[T,\s]+/, "");
  const zone = rest === "" ? undefined : ZONE.exec(rest);
  const clock = rest === "" ? 0 : clockOf(zone ? rest.slice(0, zone.index) : rest);
  if (clock === undefined) return undefined;
  return { ms: midnight + clock - zoneOf(zone?.[1]), zoned: zone !== null && zone !== undefined };
}

function zoneOf(zone: string | undefined): number {
  const [, sign, hours, minutes] = /^([+-])(\d\d):?(\d\d)$/.exec(zone ?? "") ?? [];
  return (sign === "-" ? -1 : 1) * (Number(hours ?? 0) * 60 + Number(minutes ?? 0)) * 60_000;
}

/** Whether 1/3 is the first of March: unless a cell's second number is no month, or hours are counted to twelve. */
export function isDayFirst(cells: readonly string[]): boolean {
  const second = cells.some((cell) => Number(/^\d{1,2}[-/.](\d{1,2})[-/.]\d/.exec(cell)?.[1] ?? 0) > 12);
  const first = cells.some((cell) => Number(/^(\d{1,2})[-/.]\d{1,2}[-/.]\d/.exec(cell)?.[1] ?? 0) > 12);
  return first || !(second || cells.some((cell) => /^\d{1,2}\/.*[ap]\.?m/i.test(cell)));
}
