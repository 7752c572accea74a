import { partsOf } from "../../energy/parts.ts";
import type { Goal } from "../../model/goal/index.ts";
import type { Home } from "../../model/home.ts";
import { demandsOf } from "../../planner/goal.ts";
import type { Demanded } from "../../planner/goals/demand.ts";
import { namesOf } from "../../planner/names.ts";

const VOLTS = 230;

/** Phases that the house meter tells of itself; one where it tells none, which errs on the side of the fuse. */
function phasesOf(home: Home): number {
  const grid = partsOf(home).grid;
  const node = grid && home.nodes.get(grid.node);
  const parts = node?.description.endpoints.filter((e) => e.partOf === grid?.endpoint).length ?? 0;
  return parts >= 3 ? 3 : 1;
}

/** What the main fuse carries, kW; undefined where nobody has said. */
export const fuseKwOf = (home: Home): number | undefined =>
  home.settings.mainFuseA === undefined ? undefined : (home.settings.mainFuseA * VOLTS * phasesOf(home)) / 1000;

/** What goals demand of this home. */
export const demandsIn = (home: Home, goals: readonly Goal[]): readonly Demanded[] =>
  demandsOf(goals, { names: namesOf(partsOf(home)), phases: phasesOf(home), volts: VOLTS });
