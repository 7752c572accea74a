/** The home's twin and what it foresees, for all policies; learned anew every six hours, its past fetched with each look. */
import { partsOf } from "../../energy/parts.ts";
import type { Home } from "../../model/home.ts";
import type { Store } from "../../ports.ts";
import { fitting, movingTo, type Twin } from "../../twin/fit.ts";
import { drive, type Pace } from "../drive.ts";
import { toldOfHome } from "../learning.ts";
import { pastFrom, pastOf } from "../past.ts";

const LEARNED_MS = 6 * 3_600_000;

export interface SightParts {
  readonly home: () => Home;
  readonly store: Store;
  readonly now: () => number;
  readonly yieldNow: () => Promise<void>;
}

/** Gives the twin as of now; those who ask while it is being made wait for the same one. */
export function createSight(parts: SightParts): () => Promise<Twin> {
  let kept: { readonly at: number; readonly nodes: string; readonly twin: Twin } | undefined;
  let running: Promise<Twin> | undefined;
  const pace: Pace = { now: parts.now, yieldNow: parts.yieldNow };
  const make = async (): Promise<Twin> => {
    const [now, home] = [parts.now(), parts.home()];
    const energy = partsOf(home);
    const nodes = `${[...home.nodes.keys()].join(" ")} ${toldOfHome(home)}`;
    const history = await pastOf(parts, home, energy, pastFrom(now), now);
    const age = kept ? now - kept.at : Number.POSITIVE_INFINITY;
    if (kept && kept.nodes === nodes && age >= 0 && age < LEARNED_MS) return drive(movingTo(kept.twin, history), pace);
    const twin = await drive(fitting(history, energy), pace);
    kept = { at: now, nodes, twin };
    return twin;
  };
  return () => {
    running ??= make().finally(() => {
      running = undefined;
    });
    return running;
  };
}
