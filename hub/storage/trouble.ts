import type { StorageTrouble } from "../ports.ts";
import { codeOf, explain, StoreError } from "./error.ts";

/** What the disk or the file beneath does not do; the asker's own mistakes are none. */
const DISK = /^(SQLITE_(FULL|IOERR|READONLY|CANTOPEN|CORRUPT|NOTADB|BUSY|LOCKED|PROTOCOL)|E[A-Z]{3,})/;

/** What is wrong with the disk beneath the store now, since when, and what it costs. One trouble at a time: the latest kind. */
export class Trouble {
  readonly #file: string;
  readonly #now: () => number;
  readonly #waiting: () => number;
  #is: Omit<StorageTrouble, "waiting"> | undefined;

  /** `waiting`: readings that are not written yet. */
  constructor(file: string, now: () => number, waiting: () => number) {
    this.#waiting = waiting;
    this.#file = file;
    this.#now = now;
  }

  /** Something could not be read or written. */
  failed(error: unknown): void {
    const cause = error instanceof StoreError ? error.cause : error;
    if (!DISK.test(codeOf(cause)) || this.#is?.code === "damaged") return;
    const { code, message, fix } = explain(error, this.#file);
    this.#is = { code, message, fix, since: this.#is?.since ?? this.#now(), lost: this.#is?.lost ?? 0 };
  }

  /** Readings that found no room to wait in. */
  lost(readings: number): void {
    if (this.#is) this.#is = { ...this.#is, lost: this.#is.lost + readings };
  }

  /** A write reached the disk: what was wrong is over. Damage is not, wherever else one may still write. */
  worked(): void {
    if (this.#is && this.#is.code !== "damaged") this.#is = undefined;
  }

  get is(): StorageTrouble | undefined {
    return this.#is && { ...this.#is, waiting: this.#waiting() };
  }
}
