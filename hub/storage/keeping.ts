import { defaultKeeping, type Keeping, keepingLimits, misfitOfKeeping } from "../model/keeping.ts";
import type { Documents } from "./documents.ts";
import type { KeepingTimes } from "./retention.ts";

const DAY = 86_400_000;
const YEAR_DAYS = 366;

/** What a person set to be kept, read once and written at once. */
export class KeepingSettings {
  readonly #documents: Documents;
  #now: Keeping;

  constructor(documents: Documents) {
    this.#documents = documents;
    const stored = documents.get<Partial<Keeping>>("keeping", "keeping");
    // A field of a newer or older hub is not taken over.
    const known = Object.keys(keepingLimits).map((field) => [field, stored?.[field as keyof Keeping]]);
    const read: Keeping = {
      ...defaultKeeping,
      ...Object.fromEntries(known.filter(([, value]) => value !== undefined)),
    };
    this.#now = misfitOfKeeping(read) === undefined ? read : defaultKeeping;
  }

  get(): Keeping {
    return this.#now;
  }

  /** Throws RangeError naming the field. */
  set(keeping: Keeping): void {
    const misfit = misfitOfKeeping(keeping);
    if (misfit) throw new RangeError(misfit);
    this.#documents.put("keeping", "keeping", keeping);
    this.#now = keeping;
  }

  get times(): KeepingTimes {
    const { rawDays, fineDays, hourlyYears } = this.#now;
    return { rawMs: rawDays * DAY, fineMs: fineDays * DAY, hourlyMs: hourlyYears * YEAR_DAYS * DAY };
  }
}
