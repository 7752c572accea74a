/**
 * Looks at the hub's loop from within its process: loaded before it by `--import`, asked by messages. Each two milliseconds a timer notes
 * how late it is, and how much processor time the main thread has used since it last came: on a busy machine the first tells of others' work as
 * well, the second of the hub's own alone.
 */
import { createHistogram, monitorEventLoopDelay } from "node:perf_hooks";
import { isMainThread } from "node:worker_threads";
import { ownClock } from "../../support/own-time.ts";

const EVERY_MS = 2;

/** One phase of the hub's life. All in ms; delays without the timer's own two. */
export interface LoopFigures {
  readonly seconds: number;
  readonly delay: { readonly p50: number; readonly p99: number; readonly max: number };
  /** Processor time of the main thread between two turns of the timer: what it did in one go. */
  readonly own: { readonly p99: number; readonly max: number; readonly over20: number };
  /** Share of the phase in which the main thread was at work, by its processor time. */
  readonly busy: number;
  /** Turns of more than 20 ms of own work: when they began and ended on the steady clock, us, as in a processor profile. */
  readonly long: readonly (readonly [from: number, to: number, ownMs: number])[];
}

function watch(): void {
  const own = ownClock();
  const steady = () => Number(process.hrtime.bigint() / 1000n);
  const delays = monitorEventLoopDelay({ resolution: EVERY_MS });
  delays.enable();
  const pieces = createHistogram();
  let long: LoopFigures["long"][number][] = [];
  let last = { at: steady(), own: own() };
  let began = last;
  const look = (): void => {
    const now = { at: steady(), own: own() };
    const spent = now.own - last.own;
    pieces.record(Math.max(1, Math.round(spent * 1000)));
    if (spent > 20) long.push([last.at, now.at, spent]);
    last = now;
  };
  setInterval(look, EVERY_MS).unref();
  // A bench that broke off leaves no hub behind.
  process.on("disconnect", () => process.exit(1));
  process.on("message", (message) => {
    if (message !== "figures") return;
    look();
    const late = (ns: number): number => Math.max(0, ns / 1e6 - EVERY_MS);
    const figures: LoopFigures = {
      seconds: (last.at - began.at) / 1e6,
      delay: { p50: late(delays.percentile(50)), p99: late(delays.percentile(99)), max: late(delays.max) },
      own: { p99: pieces.percentile(99) / 1000, max: pieces.max / 1000, over20: long.length },
      busy: ((last.own - began.own) * 1000) / (last.at - began.at),
      long,
    };
    delays.reset();
    pieces.reset();
    long = [];
    began = last;
    process.send?.(figures);
  });
}

// Worker threads load the same modules.
if (isMainThread && process.send) watch();
