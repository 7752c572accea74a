/** Made-up addresses of the same form, the same one for the same real one. As many as the recording has: it is bounded. */
import { chanceOf } from "../chance.ts";

/** Odd, so that all numbers of 24 bits come once before one comes twice. */
const STRIDE = 0x9e3779;
const DIGITS = "0123456789";
const LETTERS = "abcdefghijklmnopqrstuvwxyz";
/** The beginning of a long serial number tells the model, which dialects read. */
const KEPT_OF_LONG = 4;
const LONG = 10;

/** The case of `made` like that of `found`. */
export function caseLike(found: string, made: string): string {
  if (/[A-Z]/.test(found) && !/[a-z]/.test(found.replace(/^0x/, "")))
    return made.startsWith("0x") ? `0x${made.slice(2).toUpperCase()}` : made.toUpperCase();
  return made;
}

export class MadeUp {
  readonly #made = new Map<string, string>();
  readonly #counts = new Map<string, number>();

  /** How many different ones of each sort. */
  counts(): Readonly<Record<string, number>> {
    return Object.fromEntries(this.#counts);
  }

  #once(sort: string, real: string, make: (n: number) => string): string {
    const key = `${sort} ${real}`;
    const known = this.#made.get(key);
    if (known !== undefined) return known;
    const n = (this.#counts.get(sort) ?? 0) + 1;
    this.#counts.set(sort, n);
    const made = make(n);
    this.#made.set(key, made);
    return made;
  }

  /** 12 or 16 small hex digits; from the range for local use (IEEE 802, the second lowest bit of the first byte). */
  address(hex: string): string {
    const low = (n: number): string => ((n * STRIDE) & 0xffffff).toString(16).padStart(6, "0");
    return this.#once("addresses", hex, (n) => `02a0b1${"0".repeat(hex.length - 12)}${low(n)}`);
  }

  /** RFC 5737, TEST-NET-1; RFC 3849 for IPv6. */
  ip(text: string): string {
    return this.#once("ip addresses", text, (n) =>
      text.includes(":") ? `2001:db8::${n.toString(16)}` : `192.0.2.${((n - 1) % 254) + 1}`,
    );
  }

  /** Letters for letters and digits for digits. */
  serial(text: string): string {
    return this.#once("serial numbers", text, (n) => {
      const chance = chanceOf(n * 7919);
      const kept = text.length >= LONG ? KEPT_OF_LONG : 0;
      const made = (char: string, at: number): string => {
        if (at < kept) return char;
        if (/[1-9]/.test(char)) return DIGITS[1 + chance.below(9)] ?? char;
        if (char === "0") return at === 0 ? char : (DIGITS[chance.below(10)] ?? char);
        const letter = LETTERS[chance.below(26)] ?? char;
        return /[a-z]/.test(char) ? letter : /[A-Z]/.test(char) ? letter.toUpperCase() : char;
      };
      for (let tries = 0; tries < 20; tries += 1) {
        const one = [...text].map(made).join("");
        if (one !== text) return one;
      }
      return `${n}`.padStart(text.length, "1");
    });
  }

  network = (text: string): string => this.#once("network names", text, (n) => `network-${n}`);
  secret = (text: string): string => this.#once("secrets", text, (n) => `removed-${n}`);
  person = (text: string): string =>
    this.#once("users", text, (n) => (text.includes("@") ? `user${n}@example.org` : `user-${n}`));

  /** A coordinate: nowhere. */
  place<T extends string | number>(value: T): string | number {
    this.#once("places", String(value), () => "");
    return typeof value === "number" ? 0 : /^[-+\d.,; ]+$/.test(value) ? value.replace(/\d+(\.\d+)?/g, "0") : "removed";
  }
}
