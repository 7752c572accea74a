import { partsOf } from "../../energy/parts.ts";
import type { Goal } from "../../model/goal/index.ts";
import type { PowerGuard } from "../../model/guard.ts";
import type { Home } from "../../model/home.ts";
import type { EndpointDescription } from "../../model/node.ts";
import { pathKey } from "../../model/path.ts";
import { demandsOf } from "../../planner/goal.ts";
import type { Demanded } from "../../planner/goals/demand.ts";
import { namesOf } from "../../planner/names.ts";

const VOLTS = 230;

/** Endpoints of the house meter that are one phase each. */
function phasesIn(home: Home): readonly EndpointDescription[] {
  const grid = partsOf(home).grid;
  const node = grid && home.nodes.get(grid.node);
  return node?.description.endpoints.filter((e) => e.partOf === grid?.endpoint) ?? [];
}

/** Phases that the house meter tells of itself; one where it tells none, which errs on the side of the fuse. */
const phasesOf = (home: Home): number => (phasesIn(home).length >= 3 ? 3 : 1);

const PHASE_W = { capability: "electricalPowerMeasurement", attribute: "activePower" } as const;

/** The main fuse as the core watches over it, on each phase where the meter tells them; undefined where nobody has said what it carries. */
export function fuseOf(home: Home): PowerGuard["fuse"] {
  const { mainFuseA } = home.settings;
  const grid = partsOf(home).grid;
  if (mainFuseA === undefined || !grid) return undefined;
  const told = phasesIn(home).filter((e) => e.capabilities[PHASE_W.capability]?.attributes[PHASE_W.attribute]);
  const paths = told.map((e) => pathKey({ node: grid.node, endpoint: e.number, ...PHASE_W }));
  return { amps: mainFuseA, phases: paths.length >= 3 && !grid.meter.reversed ? paths : [] };
}

/** What the main fuse carries, kW; undefined where nobody has said. */
export const fuseKwOf = (home: Home): number | undefined =>
  home.settings.mainFuseA === undefined ? undefined : (home.settings.mainFuseA * VOLTS * phasesOf(home)) / 1000;

/** What goals demand of this home. */
export const demandsIn = (home: Home, goals: readonly Goal[]): readonly Demanded[] =>
  demandsOf(goals, { names: namesOf(partsOf(home)), phases: phasesOf(home), volts: VOLTS });
