/** A problem as a programme, and the programme's answer as energies. */
import type { LinearModel, Solved } from "../../model/linear.ts";
import { faultOf } from "./check.ts";
import type { Build } from "./devices/device.ts";
import { modelled } from "./devices/index.ts";
import { buildHouse } from "./house.ts";
import { ModelBuilder } from "./model.ts";
import { type Before, endOf, type Problem, type Scenario } from "./problem.ts";
import { laterPrice, ratesOf } from "./weigh.ts";

/** Energies by device and slot, kWh, in each scenario. Panels: what they hold back. */
export type Decision = ReadonlyMap<string, readonly (readonly number[])[]>;

/** A variable's share in a device's energy of a slot: factor kWh a unit, positive takes. */
export interface Part {
  /** Undefined: in all scenarios. */
  readonly scenario: number | undefined;
  readonly column: number;
  readonly factor: number;
}

export interface Programme {
  readonly model: LinearModel;
  /** By device and slot. */
  readonly parts: ReadonlyMap<string, readonly (readonly Part[])[]>;
  readonly read: (solved: Solved) => Decision;
}

/** Yes or no is decided for this long ahead: what comes later is solved again before it comes, and until then needs no more than its energy. */
const DECIDED_MS = 6 * 3_600_000;
/** As many yes and no in all, machines' starts apart: with more devices for less long. */
const MOST_DECIDED = 400;
/** Currency per kWh and hour: enough to settle what is equal, too little to cost anything. */
const NUDGE = 2e-6;

/** The scenarios of a problem; without any, the one that is expected. */
export const scenariosOf = (problem: Problem): readonly Scenario[] =>
  problem.scenarios?.length
    ? problem.scenarios
    : [{ weight: 1, loadKwh: problem.slots.map((s) => s.loadKwh), pvKwh: problem.slots.map((s) => s.pvKwh) }];

/** What was planned, in this problem's slots: mean power over the time that both cover, kWh; 0 beyond its end. */
export function beforeIn(problem: Problem, before: Before, device: string): number[] | undefined {
  const kw = Object.hasOwn(before.kw, device) ? before.kw[device] : undefined;
  if (!kw) return undefined;
  return problem.slots.map((slot) => {
    let sum = 0;
    before.froms.forEach((from, k) => {
      const to = before.froms[k + 1] ?? before.end;
      sum += ((kw[k] ?? 0) * Math.max(0, Math.min(to, endOf(slot)) - Math.max(from, slot.from))) / 3_600_000;
    });
    return sum;
  });
}

/** How many slots from the first have their yes and no decided. */
function decidedSlots(problem: Problem): number {
  const switched = problem.devices.filter((d) => d.kind !== "solar" && d.kind !== "appliance").length;
  const within = problem.slots.findIndex((s) => s.from >= problem.at + DECIDED_MS);
  return Math.min(within < 0 ? problem.slots.length : within, Math.ceil(MOST_DECIDED / Math.max(1, switched)));
}

/** Throws RangeError for a problem with a fault, naming the field. */
export function buildProgramme(problem: Problem): Programme {
  const { slots, before } = problem;
  const fault = faultOf(problem);
  if (fault !== undefined) throw new RangeError(fault);
  const model = new ModelBuilder();
  const rates = ratesOf(problem);
  const scenarios = scenariosOf(problem);
  const { balance, grid } = buildHouse(problem, model, scenarios, rates);
  const decided = decidedSlots(problem);
  const start = slots[0]?.from ?? 0;
  const parts = new Map(problem.devices.map((d) => [d.id, slots.map((): Part[] => [])] as const));
  let building = "";
  const build: Build = {
    problem,
    model,
    rates,
    scenarios,
    laterPrice: laterPrice(problem),
    uses: (scenario, slot, column, factor) => {
      parts.get(building)?.[slot]?.push({ scenario, column, factor });
      balance.forEach((rows, s) => {
        const row = rows[slot];
        if (row !== undefined && (scenario ?? s) === s) model.term(row, column, -factor);
      });
    },
    grid: (s, t) => grid[s]?.[t] ?? { imported: 0, exported: 0, mostImported: 0, mostExported: 0 },
    decided: (t) => t < decided,
    nudge: (t) => (NUDGE * ((slots[t]?.from ?? start) - start)) / 3_600_000,
    before: (device) => before && beforeIn(problem, before, device),
  };
  const readers = problem.devices.map((d) => {
    building = d.id;
    return { id: d.id, read: modelled(d).build(build) };
  });
  return {
    model: model.build(),
    parts,
    read: ({ values }) =>
      new Map(readers.map(({ id, read }) => [id, scenarios.map((_, s) => read(values, s))] as const)),
  };
}
