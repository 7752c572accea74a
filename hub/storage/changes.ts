import { HOUR } from "./summary.ts";

/** How far an answer about energy looked at one series: hours counted from the epoch, `to` exclusive. */
export interface Reach {
  readonly key: string;
  /** Its readings here count. */
  from: number;
  to: number;
  /** Here it also counts whether they are read raw or from rollups; empty where `heldTo` is not after `heldFrom`. */
  heldFrom: number;
  heldTo: number;
}

interface Watched {
  /** When everything about the series changed last. */
  all: number;
  /** When an hour of it did. */
  readonly hours: Map<number, number>;
  /** The earliest of those hours. */
  first: number;
}

/** Beyond these, whole series or everything count as changed: an answer is worked out anew, never wrong. */
const MAX_WATCHED = 2_000;
const MAX_HOURS = 3_000;
const MAX_MOVED = 20_000;

/**
 * What changed in the stored past since a question was asked, by series and hour, so that an answer can be kept for as long as
 * nothing that it rests on has changed. Only series that were asked about are watched.
 */
export class Changes {
  #turn = 1;
  #all = 0;
  readonly #watched = new Map<string, Watched>();
  /** Hours of which the truth moved between raw readings and rollups, for all series. */
  readonly #moved = new Map<number, number>();

  /** Call before a question's data is looked at; what changes from then on is newer than the result. */
  begin(keys: Iterable<string>): number {
    for (const key of keys) {
      if (this.#watched.has(key)) continue;
      if (this.#watched.size >= MAX_WATCHED) {
        this.everything();
        this.#watched.clear();
      }
      this.#watched.set(key, { all: 0, hours: new Map(), first: Number.POSITIVE_INFINITY });
    }
    return ++this.#turn;
  }

  /** A reading of this time (epoch ms) came. */
  reading(key: string, at: number): void {
    const watched = this.#watched.get(key);
    if (watched) this.#note(watched, Math.floor(at / HOUR));
  }

  #note(watched: Watched, hour: number): void {
    if (watched.hours.get(hour) === this.#turn) return;
    watched.hours.set(hour, this.#turn);
    if (hour < watched.first) watched.first = hour;
    if (watched.hours.size <= MAX_HOURS) return;
    watched.all = this.#turn;
    watched.hours.clear();
    watched.first = Number.POSITIVE_INFINITY;
  }

  /** Its repairs or its beginning. */
  series(key: string): void {
    const watched = this.#watched.get(key);
    if (watched) watched.all = this.#turn;
  }

  /** An hour's readings are now read elsewhere; what they held may reach into the next. */
  moved(hour: number): void {
    if (this.#moved.size >= MAX_MOVED) {
      this.everything();
      this.#moved.clear();
    }
    this.#moved.set(hour, this.#turn).set(hour + 1, this.#turn);
  }

  everything(): void {
    this.#all = this.#turn;
  }

  /** Whether nothing changed, of what an answer looked at, since the question with this number. */
  standStill(since: number, reaches: readonly Reach[]): boolean {
    if (this.#all >= since) return false;
    for (const { key, from, to, heldFrom, heldTo } of reaches) {
      const watched = this.#watched.get(key);
      if (!watched || watched.all >= since) return false;
      if (to > watched.first && anyIn(watched.hours, from, to, since)) return false;
      if (anyIn(this.#moved, heldFrom, heldTo, since)) return false;
    }
    return true;
  }
}

function anyIn(hours: ReadonlyMap<number, number>, from: number, to: number, since: number): boolean {
  if (to - from <= hours.size) {
    for (let hour = from; hour < to; hour++) if ((hours.get(hour) ?? 0) >= since) return true;
    return false;
  }
  for (const [hour, turn] of hours) if (turn >= since && hour >= from && hour < to) return true;
  return false;
}
