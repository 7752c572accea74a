import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

const LIFE_MS = 30 * 60_000;

/** A secret of 256 random bits, as text that fits in a link and a cookie. */
export const newToken = (): string => randomBytes(32).toString("base64url");

/** What is stored and compared of a token: its SHA-256. The token has 256 random bits, so no salt is needed. */
export const hashToken = (token: string): string => createHash("sha256").update(token).digest("base64url");

/**
 * The secret of the one-time link: it counts for 30 minutes after it was first seen here, and once.
 * Compared by hash in constant time, so that no answer tells how much of a guess was right.
 */
export class OneTimeToken {
  readonly #current: () => string | undefined;
  readonly #now: () => number;
  #seen: { readonly hash: string; readonly at: number } | undefined;
  #used = false;

  constructor(current: () => string | undefined, now: () => number) {
    this.#current = current;
    this.#now = now;
    this.#refresh();
  }

  /** Whether the token would count now. */
  fits(candidate: string): boolean {
    const seen = this.#refresh();
    const expected = Buffer.from(seen?.hash ?? hashToken(""), "base64url");
    const equal = timingSafeEqual(expected, Buffer.from(hashToken(candidate), "base64url"));
    if (!seen || this.#used) return false;
    const age = this.#now() - seen.at;
    return equal && Math.abs(age) < LIFE_MS;
  }

  /** Uses the token up; false when it does not count. */
  take(candidate: string): boolean {
    if (!this.fits(candidate)) return false;
    this.#used = true;
    return true;
  }

  #refresh(): { readonly hash: string; readonly at: number } | undefined {
    const token = this.#current();
    if (token === undefined || token === "") return undefined;
    const hash = hashToken(token);
    if (this.#seen?.hash !== hash) {
      this.#seen = { hash, at: this.#now() };
      this.#used = false;
    }
    return this.#seen;
  }
}
