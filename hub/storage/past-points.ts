import type { Value } from "../model/capability.ts";
import type { PastColumn } from "../model/past.ts";
import { BOOLEAN, TEXT } from "./block.ts";
import { HOUR, type Summary } from "./summary.ts";

/** The readings of one series as they are put together again, oldest first. */
export class PastPoints {
  #length = 0;
  #ats: Float64Array = new Float64Array(256);
  /** Booleans are 0 and 1. */
  #numbers: Float64Array = new Float64Array(256);
  readonly #texts: string[] | undefined;
  readonly #isBoolean: boolean;
  readonly #all: boolean;
  /** Readings of the present hour: blocks of one hour may overlap. */
  #hour: { at: number; value: Value }[] = [];
  #isRising = true;

  /** `kind` as the series has it; `all`: also what says the same as before. */
  constructor(kind: number, all: boolean) {
    this.#isBoolean = kind === BOOLEAN;
    this.#texts = kind === TEXT ? [] : undefined;
    this.#all = all || kind === TEXT;
  }

  get length(): number {
    return this.#length;
  }

  /** What stood before everything else; a later word takes its place. */
  start(at: number, value: number | string): void {
    this.#length = 0;
    this.#push(at, value);
  }

  #push(at: number, value: Value): void {
    const n = this.#length++;
    if (n === this.#ats.length) {
      this.#ats = grown(this.#ats);
      this.#numbers = grown(this.#numbers);
    }
    this.#ats[n] = at;
    if (this.#texts) this.#texts[n] = String(value);
    else this.#numbers[n] = Number(value);
  }

  #add(at: number, value: Value): void {
    const last = this.#length - 1;
    const before = last < 0 ? Number.NEGATIVE_INFINITY : (this.#ats[last] ?? 0);
    if (!this.#all && last >= 0 && value === this.#numbers[last] && at - before < HOUR) return;
    this.#push(Math.max(at, before), value);
  }

  /** A bucket of rollups: one reading in it is told exactly, of several numbers the mean; switchings as far as they can be known. */
  summary(at: number, lengthMs: number, s: Summary): void {
    if (s.count === 0) return;
    if (this.#isBoolean) this.#switched(at, lengthMs, s);
    else if (s.count === 1) this.#add(s.lastAt, s.last);
    else if (s.min === s.max || s.covered <= 0) this.#add(at, s.last);
    else this.#add(at, Math.min(s.max, Math.max(s.min, s.sum / s.covered)));
  }

  /** The time it was on tells when it was switched, where that was once; of more switchings the last two are laid at the end. */
  #switched(at: number, lengthMs: number, s: Summary): void {
    const before = this.#length > 0 ? this.#numbers[this.#length - 1] : undefined;
    if (s.min === s.max) {
      this.#add(s.count === 1 ? s.lastAt : at, s.last);
      return;
    }
    const held = s.last === 1 ? s.sum : s.covered - s.sum;
    const other = s.last === 1 ? s.covered - s.sum : s.sum;
    if (before !== s.last) {
      this.#add(s.count === 1 ? s.lastAt : Math.min(s.lastAt, Math.max(at, at + lengthMs - held)), s.last);
      return;
    }
    this.#add(Math.max(at, s.lastAt - other), 1 - s.last);
    this.#add(s.lastAt, s.last);
  }

  /** A reading as it was told; of one hour they may come in any order. */
  told(at: number, value: Value): void {
    const last = this.#hour.at(-1);
    if (last && last.at > at) this.#isRising = false;
    this.#hour.push({ at, value: typeof value === "boolean" ? Number(value) : value });
  }

  settleHour(): void {
    if (this.#hour.length === 0) return;
    if (!this.#isRising) this.#hour.sort((a, b) => a.at - b.at);
    for (const { at, value } of this.#hour) this.#add(at, value);
    this.#hour = [];
    this.#isRising = true;
  }

  /** From the last one before `from` on. */
  take(from: number): Pick<PastColumn, "ats" | "values"> {
    let first = 0;
    while (first + 1 < this.#length && (this.#ats[first + 1] ?? from) < from) first++;
    const ats = this.#ats.slice(first, this.#length);
    return { ats, values: this.#texts?.slice(first, this.#length) ?? this.#numbers.slice(first, this.#length) };
  }
}

function grown(list: Float64Array): Float64Array {
  const larger = new Float64Array(2 * list.length);
  larger.set(list);
  return larger;
}
