/** Notices on their way out: one short queue for each way, with few and ever later tries. */
import { type Notice, noticeLevels } from "../../model/house.ts";
import type { ChannelSettings } from "../../ports.ts";
import type { Posted } from "./post.ts";

/** So many wait for one way; the oldest go, and are counted as lost. */
const MAX_WAITING = 50;
/** After a try that failed for a while; then the notice is given up. */
const WAITS_MS = [5_000, 30_000, 120_000] as const;

export interface OutboxParts {
  readonly channels: () => readonly ChannelSettings[];
  readonly send: (channel: ChannelSettings, notice: Notice) => Promise<Posted>;
  readonly now: () => number;
  /** A notice was given up. */
  readonly lost: (channel: ChannelSettings, reason: string) => void;
  /** Writes down what waits for a way, so that it outlives a restart; nothing waits: forgets it. */
  readonly keep: (way: string, waiting: readonly Kept[]) => void;
  readonly waitsMs?: readonly number[];
}

/** A notice that waits, by its id, and how often it was tried. */
export interface Kept {
  readonly notice: string;
  readonly tries: number;
}

export interface WayState {
  sentAt: number | undefined;
  problem: string | undefined;
  lost: number;
  readonly waiting: { readonly notice: Notice; tries: number }[];
  timer: NodeJS.Timeout | undefined;
  busy: boolean;
  /** Something of it is written down. */
  kept: boolean;
}

/**
 * What waits is tried again after a restart of the hub. What is on its way for the first time when the hub is killed is not: it stays in
 * the inbox; what is on its way when the hub ends in order may come twice.
 */
export class Outbox {
  readonly #parts: Required<OutboxParts>;
  readonly #ways = new Map<string, WayState>();
  #stopped = false;

  constructor(parts: OutboxParts) {
    this.#parts = { waitsMs: WAITS_MS, ...parts };
  }

  put(notice: Notice): void {
    const level = noticeLevels.indexOf(notice.level);
    for (const channel of this.#parts.channels()) {
      if (!channel.on || level < noticeLevels.indexOf(channel.from)) continue;
      const way = this.state(channel.id);
      const isNews = notice.question?.over === undefined || !withdrawn(way, notice.id);
      if (isNews) way.waiting.push({ notice, tries: 0 });
      if (way.waiting.length > MAX_WAITING) {
        // The first may be on its way just now.
        way.waiting.splice(way.busy ? 1 : 0, 1);
        this.#giveUp(channel, way, `more than ${MAX_WAITING} messages wait`);
      }
      if (!way.timer) void this.#next(channel.id);
      this.#keep(channel.id, way);
    }
  }

  /** What waited for a way when the hub ended. */
  restore(id: string, waiting: readonly { readonly notice: Notice; readonly tries: number }[]): void {
    const way = this.state(id);
    way.kept = true;
    way.waiting.push(...waiting.slice(-MAX_WAITING).map((w) => ({ ...w })));
    void this.#next(id);
    this.#keep(id, way);
  }

  state(id: string): WayState {
    const known = this.#ways.get(id);
    if (known) return known;
    const way: WayState = {
      ...{ sentAt: undefined, problem: undefined, lost: 0, waiting: [], timer: undefined, busy: false, kept: false },
    };
    this.#ways.set(id, way);
    return way;
  }

  /** One try of a message, now and past the queue. */
  async test(channel: ChannelSettings, notice: Notice): Promise<Posted> {
    const posted = await this.#parts.send(channel, notice);
    this.#noted(this.state(channel.id), posted);
    return posted;
  }

  forget(id: string): void {
    clearTimeout(this.#ways.get(id)?.timer);
    this.#ways.delete(id);
    this.#parts.keep(id, []);
  }

  stop(): void {
    this.#stopped = true;
    for (const [id, way] of this.#ways) {
      clearTimeout(way.timer);
      this.#keep(id, way);
    }
  }

  /** Most notices go out at once and need not be written down. */
  #keep(id: string, way: WayState): void {
    const isFirstTry = (i: number, tries: number) => i === 0 && tries === 0 && way.busy && !this.#stopped;
    const waiting = way.waiting.filter(({ tries }, i) => !isFirstTry(i, tries));
    if (waiting.length === 0 && !way.kept) return;
    way.kept = waiting.length > 0;
    this.#parts.keep(
      id,
      waiting.map(({ notice, tries }) => ({ notice: notice.id, tries })),
    );
  }

  async #next(id: string): Promise<void> {
    const way = this.#ways.get(id);
    if (!way || way.busy || this.#stopped) return;
    const first = way.waiting[0];
    const channel = this.#parts.channels().find((c) => c.id === id);
    if (!first || !channel?.on) {
      way.waiting.length = 0;
      this.#keep(id, way);
      return;
    }
    way.busy = true;
    const posted = await this.#parts.send(channel, first.notice);
    way.busy = false;
    first.tries += 1;
    this.#noted(way, posted);
    const wait = posted.ok || !posted.again ? undefined : this.#parts.waitsMs[first.tries - 1];
    if (wait === undefined) {
      way.waiting.shift();
      if (!posted.ok) this.#giveUp(channel, way, posted.reason);
    }
    if (this.#stopped || this.#ways.get(id) !== way) return;
    this.#keep(id, way);
    if (wait === undefined) return this.#next(id);
    way.timer = setTimeout(() => {
      way.timer = undefined;
      void this.#next(id);
    }, wait);
    way.timer.unref();
  }

  #noted(way: WayState, posted: Posted): void {
    if (posted.ok) way.sentAt = this.#parts.now();
    way.problem = posted.ok ? undefined : posted.reason;
  }

  #giveUp(channel: ChannelSettings, way: WayState, reason: string): void {
    way.lost += 1;
    way.problem = reason;
    this.#parts.lost(channel, reason);
  }
}

/** Takes out a question that waits and is over; true: it was never tried to be sent, so that nobody need hear of it. */
function withdrawn({ waiting, busy }: WayState, id: string): boolean {
  const at = waiting.findIndex(({ notice }, i) => notice.id === id && !(busy && i === 0));
  const [gone] = at < 0 ? [] : waiting.splice(at, 1);
  return gone?.tries === 0;
}
