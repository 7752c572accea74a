/** All kinds of goals, in the order in which a part of a wish is tried. A kind is a file and a line here, and its schema in model/goal. */
import type { Goal } from "../../model/goal/index.ts";
import { applianceWindow } from "./appliance-window.ts";
import { batteryReserve } from "./battery-reserve.ts";
import { comfort } from "./comfort.ts";
import { keepWithin } from "./keep-within.ts";
import type { GoalKind } from "./kind.ts";
import { minimise } from "./minimise.ts";
import { never } from "./never.ts";
import { neverFromGrid } from "./never-from-grid.ts";
import { offWhenEmpty } from "./off-when-empty.ts";
import { peakLimit } from "./peak-limit.ts";
import { quietHours } from "./quiet-hours.ts";
import { readyBy } from "./ready-by.ts";
import { reduceStandby } from "./reduce-standby.ts";

type Kinds = { readonly [K in Goal["kind"]]: GoalKind<Extract<Goal, { readonly kind: K }>> };

/** What forbids or limits comes first: "never charge the car above 90 %" is no wish for a charged car. */
export const kinds: Kinds = {
  neverFromGrid,
  offWhenEmpty,
  never,
  reduceStandby,
  quietHours,
  peakLimit,
  batteryReserve,
  keepWithin,
  comfort,
  readyBy,
  applianceWindow,
  minimise,
};

/** The kind of a goal, ready to be asked about goals of any kind. */
export const kindOf = (goal: Goal): GoalKind<Goal> => kinds[goal.kind] as GoalKind<Goal>;

export const allKinds = Object.values(kinds) as readonly Omit<GoalKind, "misfit" | "words" | "demands">[];
