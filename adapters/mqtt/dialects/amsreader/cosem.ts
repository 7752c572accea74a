/** A meter's list of values as COSEM octets, without the frame (IEC 62056-62, A-XDR; data types of the Blue Book, 4.1.5). */

export interface CosemValue {
  /** C.D.E */
  readonly code: string;
  readonly value: number | string;
  /** From the list itself, where the meter tells it. */
  readonly unit?: string;
}

export interface CosemList {
  /** The list's own name, such as `Kamstrup_V0001`, where it has one. */
  readonly id: string | undefined;
  readonly values: readonly CosemValue[];
}

/** Units by number (Blue Book, 4.3.2, table of units). */
const units: ReadonlyMap<number, string> = new Map([
  [27, "W"],
  [28, "VA"],
  [29, "var"],
  [30, "Wh"],
  [31, "VAh"],
  [32, "varh"],
  [33, "A"],
  [35, "V"],
  [44, "Hz"],
]);

type Item = number | string | Uint8Array | readonly Item[] | null;

const MAX_ITEMS = 400;
const MAX_DEPTH = 6;

/** Bytes of the integer types, negative where signed. */
const integers: ReadonlyMap<number, number> = new Map([
  [5, -4],
  [6, 4],
  [15, -1],
  [16, -2],
  [17, 1],
  [18, 2],
  [22, 1],
]);

class Reader {
  readonly #bytes: Uint8Array;
  #at = 0;
  #items = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes;
  }

  #byte(): number {
    const byte = this.#bytes[this.#at];
    if (byte === undefined) throw new RangeError("the list ends too early");
    this.#at += 1;
    return byte;
  }

  #take(count: number): Uint8Array {
    const end = this.#at + count;
    if (end > this.#bytes.length) throw new RangeError("the list ends too early");
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = end;
    return part;
  }

  #integer(size: number): number {
    let value = 0;
    const bytes = this.#take(Math.abs(size));
    for (const byte of bytes) value = value * 256 + byte;
    const top = bytes[0] ?? 0;
    return size < 0 && top >= 128 ? value - 256 ** bytes.length : value;
  }

  item(depth = 0): Item {
    this.#items += 1;
    if (this.#items > MAX_ITEMS || depth > MAX_DEPTH) throw new RangeError("the list is too long");
    const type = this.#byte();
    if (type === 0) return null;
    if (type === 1 || type === 2) return Array.from({ length: this.#byte() }, () => this.item(depth + 1));
    if (type === 9) return this.#take(this.#byte());
    if (type === 10) return String.fromCharCode(...this.#take(this.#byte()));
    const size = integers.get(type);
    if (size === undefined) throw new RangeError(`type ${type} is not known`);
    return this.#integer(size);
  }
}

const codeOf = (item: Item | undefined): string | undefined =>
  item instanceof Uint8Array && item.length === 6 ? `${item[2]}.${item[3]}.${item[4]}` : undefined;

const isList = (item: Item | undefined): item is readonly Item[] => Array.isArray(item);

/** A number with its power of ten and its unit beside it. */
function scaled(value: Item, beside: Item | undefined): Omit<CosemValue, "code"> | undefined {
  if (typeof value === "string") return { value };
  if (typeof value !== "number") return undefined;
  const [power, unit] = isList(beside) ? beside : [];
  const named = typeof unit === "number" ? units.get(unit) : undefined;
  if (typeof power !== "number" || named === undefined) return { value };
  return { value: Number((value * 10 ** power).toPrecision(12)), unit: named };
}

/** `{code, value}` pairs one after the other, or each in a structure of its own with scale and unit. */
function pairs(items: readonly Item[]): CosemValue[] {
  return items.flatMap((item, index) => {
    if (isList(item)) {
      const [first, value = null, beside] = item;
      const code = codeOf(first);
      const read = code === undefined ? undefined : scaled(value, beside);
      return code !== undefined && read ? [{ code, ...read }] : [];
    }
    const code = codeOf(item);
    const next = items[index + 1];
    const read = code === undefined || next === undefined ? undefined : scaled(next, undefined);
    return code !== undefined && read ? [{ code, ...read }] : [];
  });
}

/** Reads hexadecimal text; undefined where it is no such list. */
export function readCosem(hex: string): CosemList | undefined {
  if (hex.length < 16 || hex.length > 4096 || hex.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(hex)) return undefined;
  const bytes = Uint8Array.from({ length: hex.length / 2 }, (_, i) => Number.parseInt(hex.slice(2 * i, 2 * i + 2), 16));
  try {
    const list = new Reader(bytes).item();
    if (!isList(list)) return undefined;
    const values = pairs(list);
    const id = typeof list[0] === "string" ? list[0] : undefined;
    return values.length > 0 ? { id, values } : undefined;
  } catch {
    return undefined;
  }
}
