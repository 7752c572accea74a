const MINUTE = 60_000;
/** Ten tries in a quarter of an hour, and never more than thirty in an hour. */
const limits = [
  { count: 10, within: 15 * MINUTE },
  { count: 30, within: 60 * MINUTE },
] as const;
const MAX_KEYS = 10_000;
const KEPT = 30;

export type Try = { readonly ok: true; succeeded(): void } | { readonly ok: false; readonly retryAfterS: number };

/**
 * Counts failed tries per key (an account's name, a peer's address). A try counts from its start, so that many at
 * once do not slip through; success takes it back. Bounded: 10,000 keys, the longest unused is forgotten first.
 */
export class Limiter {
  readonly #tries = new Map<string, number[]>();

  /** Begins a try for all keys, or says how long to wait. `now` in epoch ms. */
  begin(keys: readonly string[], now: number): Try {
    const wait = Math.max(0, ...keys.map((key) => this.#wait(key, now)));
    if (wait > 0) return { ok: false, retryAfterS: Math.ceil(wait / 1000) };
    for (const key of keys) this.#note(key, now);
    const succeeded = (): void => {
      for (const key of keys) this.#takeBack(key, now);
    };
    return { ok: true, succeeded };
  }

  get size(): number {
    return this.#tries.size;
  }

  #wait(key: string, now: number): number {
    const tries = this.#tries.get(key);
    if (!tries) return 0;
    let wait = 0;
    for (const { count, within } of limits) {
      // A clock that was set back must not lock anyone out for longer than the window.
      const inside = tries.filter((at) => at > now - within && at <= now + MINUTE);
      const first = inside[inside.length - count];
      if (first !== undefined) wait = Math.max(wait, Math.min(first + within - now, within));
    }
    return wait;
  }

  #note(key: string, now: number): void {
    const tries = this.#tries.get(key) ?? [];
    this.#tries.delete(key);
    this.#tries.set(key, [...tries, now].slice(-KEPT));
    if (this.#tries.size <= MAX_KEYS) return;
    for (const oldest of this.#tries.keys()) {
      this.#tries.delete(oldest);
      break;
    }
  }

  #takeBack(key: string, at: number): void {
    const tries = this.#tries.get(key);
    const index = tries?.lastIndexOf(at) ?? -1;
    if (!tries || index < 0) return;
    tries.splice(index, 1);
    if (tries.length === 0) this.#tries.delete(key);
  }
}
