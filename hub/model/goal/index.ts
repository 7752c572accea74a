/** Goals of people: a closed set. A kind is a file and a line here, and its file in planner/goals. */
import { z } from "zod";
import { applianceWindow } from "./appliance-window.ts";
import { batteryReserve } from "./battery-reserve.ts";
import { comfort } from "./comfort.ts";
import { keepWithin } from "./keep-within.ts";
import { minimise } from "./minimise.ts";
import { never } from "./never.ts";
import { neverFromGrid } from "./never-from-grid.ts";
import { offWhenEmpty } from "./off-when-empty.ts";
import { peakLimit } from "./peak-limit.ts";
import { quietHours } from "./quiet-hours.ts";
import { readyBy } from "./ready-by.ts";
import { reduceStandby } from "./reduce-standby.ts";

export { RANGES } from "./common.ts";

export const goal = z
  .discriminatedUnion("kind", [
    readyBy,
    comfort,
    applianceWindow,
    minimise,
    reduceStandby,
    offWhenEmpty,
    peakLimit,
    batteryReserve,
    quietHours,
    never,
    neverFromGrid,
    keepWithin,
  ])
  .meta({ id: "Goal" });

/** Closed: a wish that fits none of these is said to be not understood. */
export type Goal = Readonly<z.infer<typeof goal>>;
export type GoalOf<K extends Goal["kind"]> = Extract<Goal, { readonly kind: K }>;

/** Goals of one wish, the first before all others. At most 20. */
export const MAX_GOALS = 20;
export const goals = z.array(goal).min(1).max(MAX_GOALS).readonly();
