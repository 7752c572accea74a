/** What a rule did over a past: all of it counted, and kept in full what a report tells. */
import type { Trace } from "../../model/trace.ts";
import { MAX_RUNS } from "../automation/state.ts";
import { dayNamer } from "./day-name.ts";

/** A person's hand that held, and kept the rule from having its way. */
export interface Hand {
  readonly by: string;
  /** Epoch ms. */
  readonly at: number;
  readonly words: string;
}

/** Runs that are told in full: of each day so many of a kind, and so many in all. */
const A_DAY = 12;
const IN_ALL = 1_000;
/** What is not told is dropped once so much is kept. */
const FULL = 4 * IN_ALL;
/** A run is told when it ends. Of what is under way, each may take the place of one that begins later. */
const LATE = 2 * MAX_RUNS;
const MAX_HANDS = 50_000;
const HAND = /(?:^|refused, )([^:]{1,80}?) set it by hand/;
/** No device was asked: how long it took means nothing. */
const DONE = /: done, confirmed after \d+ ms$|: taken by the device$/;
const SO_ALREADY = ": it is so already";

/** A start that came to something, or a rule that came into force. */
const isFiring = (t: Trace): boolean => t.kind === "run" || (t.kind === "steady" && t.outcome === "it holds");

export class Diary {
  /** When it fired, epoch ms; in the order in which that was told. */
  readonly firings: number[] = [];
  readonly hands: Hand[] = [];
  /** How much there was to tell, how much of it came near only, and how many commands found it so already. */
  all = 0;
  nearMisses = 0;
  alreadySo = 0;
  #kept: Trace[] = [];
  readonly #timeZone: string;
  readonly #byHand: boolean;

  /** `byHand`: people's hands were laid on what it steers. */
  constructor(timeZone: string, byHand: boolean) {
    this.#timeZone = timeZone;
    this.#byHand = byHand;
  }

  add(trace: Trace): void {
    this.all += 1;
    if (trace.kind === "nearMiss") this.nearMisses += 1;
    if (isFiring(trace)) this.firings.push(trace.at);
    for (const { text } of trace.lines) if (text.endsWith(SO_ALREADY)) this.alreadySo += 1;
    if (this.#byHand) this.#hands(trace);
    if (this.#kept.push(trace) >= FULL) this.#kept = this.#thinned().slice(-IN_ALL - LATE);
  }

  /** What a report tells in full, by when it began. */
  shown(): Trace[] {
    return this.#thinned()
      .slice(-IN_ALL)
      .map((t) => ({ ...t, lines: t.lines.map((l) => ({ ...l, text: l.text.replace(DONE, "") })) }));
  }

  #thinned(): Trace[] {
    const counts = new Map<Trace["kind"], number>();
    const dayAt = dayNamer(this.#timeZone);
    let today = "";
    return this.#kept
      .sort((a, b) => a.at - b.at)
      .filter(({ at, kind }) => {
        const day = dayAt(at);
        if (day !== today) counts.clear();
        today = day;
        const count = (counts.get(kind) ?? 0) + 1;
        counts.set(kind, count);
        return count <= A_DAY;
      });
  }

  #hands({ at, outcome, lines }: Trace): void {
    for (const line of [{ at, text: outcome }, ...lines]) {
      const by = HAND.exec(line.text)?.[1];
      if (by !== undefined && this.hands.length < MAX_HANDS) this.hands.push({ by, at: line.at, words: line.text });
    }
  }
}
