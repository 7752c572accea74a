/** How long the turns of the event loop are: by the clock, and by what the kernel counts of the thread, which others' work can't lengthen. */
import { closeSync, openSync, readSync } from "node:fs";
import { PerformanceObserver } from "node:perf_hooks";
import { monotonic } from "./publisher.ts";

/** A stretch in which a timer of one millisecond did not come; all in ms. */
interface Turn {
  readonly wall: number;
  /** The thread was on a core. */
  readonly cpu: number;
  /** The thread was ready to run and others had the cores. */
  readonly waited: number;
}

export interface Turns {
  /** The longest by the clock, and how long its thread ran and waited in it. */
  readonly longest: Turn;
  /** The one in which the thread ran longest: on a quiet machine it would be the longest. */
  readonly busiest: Turn;
  /** The longest pause for collecting garbage, part of the above. */
  readonly gc: number;
  readonly p99: number;
}

const none: Turn = { wall: 0, cpu: 0, waited: 0 };

/** Measures until it is asked. `/proc/thread-self/schedstat`: nanoseconds on a core, nanoseconds waiting for one. */
export function watchTurns(): () => Turns {
  const fd = openSync("/proc/thread-self/schedstat", "r");
  const bytes = Buffer.alloc(96);
  const kernel = (): readonly [cpu: number, waited: number] => {
    const [cpu, waited] = bytes.toString("latin1", 0, readSync(fd, bytes, 0, bytes.length, 0)).split(" ");
    return [Number(cpu) / 1e6, Number(waited) / 1e6];
  };
  let gc = 0;
  const collected = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) gc = Math.max(gc, duration);
  });
  collected.observe({ entryTypes: ["gc"] });
  let [longest, busiest] = [none, none];
  const walls: number[] = [];
  let [at, [cpu, waited]] = [monotonic(), kernel()];
  const timer = setInterval(() => {
    const [now, [cpuNow, waitedNow]] = [monotonic(), kernel()];
    const turn = { wall: now - at, cpu: cpuNow - cpu, waited: waitedNow - waited };
    if (turn.wall > longest.wall) longest = turn;
    if (turn.cpu > busiest.cpu) busiest = turn;
    walls.push(turn.wall);
    [at, cpu, waited] = [now, cpuNow, waitedNow];
  }, 1);
  return () => {
    clearInterval(timer);
    collected.disconnect();
    closeSync(fd);
    walls.sort((a, b) => a - b);
    return { longest, busiest, gc, p99: walls[Math.floor(walls.length * 0.99)] ?? 0 };
  };
}

const ms = (turn: Turn): string =>
  `${turn.wall.toFixed(1)} ms (${turn.cpu.toFixed(1)} on a core, ${turn.waited.toFixed(1)} waiting for one)`;

export const turnsInWords = ({ longest, busiest, gc, p99 }: Turns): string =>
  `turns of the loop: longest ${ms(longest)}; busiest ${ms(busiest)}; p99 ${p99.toFixed(1)}; garbage at most ${gc.toFixed(1)} ms`;
