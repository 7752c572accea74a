import type { CardLoad, Log } from "../ports.ts";
import { type Connection, remakable } from "./connect.ts";
import { writtenByHub, writtenToDisk } from "./written.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const HOURS_SHOWN = 24;
const KEPT_HOURS = 400 * 24;
/** A pace is believed after so many hours: rollups are written every six. */
const ENOUGH_HOURS = 6;
/** What a backfill or an import writes in an hour says nothing about an ordinary day: no hour counts more than this many usual ones. */
const UNUSUAL = 4;
/** A card's own page has 16 kB where the hub writes 4 kB, and it moves pages about besides. */
const WEAR_FACTOR = 4;
const YEAR_DAYS = 365.25;

/** What is done to write less, the mildest first: readings are written together for longer, then fewer of them are kept. */
const LEVELS = [
  { times: 1, thinMs: 0 },
  { times: 2, thinMs: 0 },
  { times: 4, thinMs: 0 },
  { times: 10, thinMs: 0 },
  { times: 10, thinMs: 10_000 },
  { times: 10, thinMs: 60_000 },
  { times: 10, thinMs: 300_000 },
] as const;

export interface Pace {
  readonly batchMs: number;
  readonly thinMs: number;
}

export interface Counters {
  readonly hub: number | undefined;
  readonly disk: number | undefined;
}

interface CardParts {
  readonly db: Connection;
  readonly log: Log;
  readonly batchMs: number;
  /** Epoch ms. */
  now(): number;
  budgetMb(): number;
  enduranceTb(): number;
  onPace(pace: Pace): void;
  /** For tests: the kernel's counts, and the machine's own clock in ms. */
  readonly counters?: () => Counters;
  readonly monotonic?: () => number;
}

type Hour = readonly [hub: number | null, disk: number | null];

/** Watches what is written, hour by hour, and slows the writing of readings before a day's budget is exceeded. */
export class Card {
  readonly #parts: CardParts;
  readonly #counters: () => Counters;
  readonly #monotonic: () => number;
  /** The last whole hours, this hub's earlier runs among them. */
  #hours: Hour[];
  #begun: Counters;
  #begunAt: number;
  #level = 0;
  /** Whole hours since the level was changed. */
  #since = 0;

  constructor(parts: CardParts, folder: string) {
    this.#parts = parts;
    this.#counters = parts.counters ?? (() => ({ hub: writtenByHub(), disk: writtenToDisk(folder) }));
    this.#monotonic = parts.monotonic ?? (() => performance.now());
    const stored = parts.db
      .prepare<[number], Hour>("SELECT hub, disk FROM written ORDER BY hour DESC LIMIT ?")
      .raw()
      .all(HOURS_SHOWN);
    this.#hours = stored.reverse();
    this.#begun = this.#counters();
    this.#begunAt = this.#monotonic();
  }

  /** Call now and then; does something once an hour. */
  tick(): void {
    if (this.#monotonic() - this.#begunAt < HOUR) return;
    const counts = this.#counters();
    const share = HOUR / (this.#monotonic() - this.#begunAt);
    const hour: Hour = [
      grown(counts.hub, this.#begun.hub, share) ?? null,
      grown(counts.disk, this.#begun.disk, share) ?? null,
    ];
    this.#begun = counts;
    this.#begunAt = this.#monotonic();
    this.#hours = [...this.#hours, hour].slice(-HOURS_SHOWN);
    this.#since++;
    this.#note(hour);
    this.#steer();
  }

  #note([hub, disk]: Hour): void {
    const hour = Math.floor(this.#parts.now() / HOUR);
    remakable(this.#parts.db, () => {
      this.#parts.db
        .prepare<[number, number | null, number | null]>(
          `INSERT INTO written (hour, hub, disk) VALUES (?, ?, ?)
           ON CONFLICT (hour) DO UPDATE SET hub = excluded.hub, disk = excluded.disk`,
        )
        .run(hour, hub, disk);
      this.#parts.db.prepare<[number]>("DELETE FROM written WHERE hour < ?").run(hour - KEPT_HOURS);
    });
  }

  #steer(): void {
    if (this.#since < ENOUGH_HOURS) return;
    const pace = usualDay(this.#hours.slice(-this.#since), 0);
    if (pace === undefined) return;
    const budget = this.#parts.budgetMb() * 1e6;
    // Downwards only with room to spare, so that it does not go up and down all the time.
    const step = pace > budget ? 1 : pace < budget / 3 ? -1 : 0;
    const level = Math.min(LEVELS.length - 1, Math.max(0, this.#level + step));
    if (level === this.#level) return;
    this.#level = level;
    this.#since = 0;
    const { batchMs, thinMs } = this.pace;
    this.#parts.onPace(this.pace);
    this.#parts.log.warn(
      {
        mbADay: Math.round(pace / 1e6),
        budgetMb: this.#parts.budgetMb(),
        batchS: batchMs / 1000,
        thinS: thinMs / 1000,
      },
      step > 0
        ? "more is written than the card's budget allows: readings are written less often, and fewer of them"
        : "there is room in the card's budget: readings are written more often again",
    );
  }

  get pace(): Pace {
    const { times, thinMs } = LEVELS[this.#level] ?? LEVELS[0];
    return { batchMs: this.#parts.batchMs * times, thinMs };
  }

  load(): CardLoad {
    const counts = this.#counters();
    const running = this.#monotonic() - this.#begunAt;
    const now: Hour = [grown(counts.hub, this.#begun.hub, 1) ?? null, grown(counts.disk, this.#begun.disk, 1) ?? null];
    const hours = this.#hours.slice(-(HOURS_SHOWN - 1));
    const sum = (which: 0 | 1) =>
      now[which] === null ? undefined : [...hours, now].reduce((all, hour) => all + (hour[which] ?? 0), 0);
    const diskBytesADay = usualDay(this.#hours, 1);
    const hubBytesADay = usualDay(this.#hours, 0);
    const daily = diskBytesADay ?? hubBytesADay;
    const years = (this.#parts.enduranceTb() * 1e12) / (Math.max(1, daily ?? 1) * WEAR_FACTOR * YEAR_DAYS);
    return {
      measuredMs: Math.min(DAY, hours.length * HOUR + running),
      hubBytes: sum(0),
      diskBytes: sum(1),
      hubBytesADay,
      diskBytesADay,
      ...this.pace,
      yearsLeft: daily === undefined ? undefined : years,
      wearFactor: WEAR_FACTOR,
    };
  }
}

function grown(now: number | undefined, before: number | undefined, share: number): number | undefined {
  return now === undefined || before === undefined ? undefined : Math.max(0, Math.round((now - before) * share));
}

/** What an ordinary day of such hours writes, bytes; undefined before there are a few. */
function usualDay(hours: readonly Hour[], which: 0 | 1): number | undefined {
  const known = hours.flatMap((hour) => hour[which] ?? []);
  if (known.length < ENOUGH_HOURS) return undefined;
  const middle = known.toSorted((a, b) => a - b)[Math.floor(known.length / 2)] ?? 0;
  const tame = known.map((bytes) => Math.min(bytes, Math.max(UNUSUAL * middle, 1e6)));
  return (tame.reduce((a, b) => a + b, 0) / tame.length) * 24;
}
