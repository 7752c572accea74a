import { buildSessions } from "./build.ts";
import type { Fault } from "./faults.ts";
import type { Said } from "./firmware.ts";
import type { Home } from "./home.ts";
import { Line, type LineOptions } from "./line.ts";
import { type MatterHomeOptions, startMatterHome } from "./matter/home.ts";
import type { Session } from "./session.ts";

/** Real time between two looks at the home, ms, and the home's time at most in one step, s. */
const tickMs = 100;
const longestStep = 5;
/** After a stop of the machine no more than this is caught up, in steps. */
const mostSteps = 2000;
/** Step of `print`, s. */
const printStep = 0.25;

export interface RunOptions extends LineOptions {
  readonly faults: readonly Fault[];
  /** Times faster than real time. */
  readonly speed: number;
  /** Epoch ms on the devices' clocks when the home begins. */
  readonly began: number;
  readonly matter: Pick<MatterHomeOptions, "storage" | "port" | "onOnline" | "onState">;
}

export interface Running {
  /** Connections that stand now, and in all. */
  readonly connected: () => readonly [now: number, all: number];
  /** Each device takes its leave as it really does. */
  end(): Promise<void>;
}

/** Puts a home on a broker and lets time run, in steps of one length, so that the same seed tells the same story. */
export function runHome(home: Home, options: RunOptions): Running {
  const step = Math.min(longestStep, (tickMs / 1000) * options.speed);
  const lines = buildSessions(home, options.faults, options.began).map((session) => new Line(session, options));
  const matter = startMatterHome(home, { ...options, ...options.matter });
  const started = performance.now();
  let done = 0;
  const ticking = setInterval(() => {
    const wanted = Math.floor((((performance.now() - started) / 1000) * options.speed) / step);
    if (wanted - done > mostSteps) done = wanted - mostSteps;
    for (; done < wanted; done += 1) for (const line of lines) line.step(step);
  }, tickMs);
  return {
    connected: () => [lines.filter((line) => line.connected).length, lines.length],
    async end() {
      clearInterval(ticking);
      await Promise.all([matter.end(), ...lines.map((line) => line.end())]);
    },
  };
}

/** What a home says in its first `seconds` when nobody speaks to it: the same for the same seed, beginning and file. */
export function* printHome(
  home: Home,
  { faults, began, seconds }: { readonly faults: readonly Fault[]; readonly began: number; readonly seconds: number },
): Generator<{ readonly at: number } & Said> {
  const sessions = buildSessions(home, faults, began);
  const wills = new Map<Session, Said>();
  for (let n = 0; n * printStep <= seconds; n += 1) {
    const at = began + n * printStep * 1000;
    for (const session of sessions) {
      const will = wills.get(session);
      if (!session.up && will) {
        wills.delete(session);
        if (!session.orderly) yield { at, ...will };
      } else if (session.up && !will) {
        wills.set(session, session.firmware.will());
        for (const said of session.connected()) yield { at, ...said };
      }
      for (const said of session.step(printStep)) yield { at: at + printStep * 1000, ...said };
    }
  }
}
