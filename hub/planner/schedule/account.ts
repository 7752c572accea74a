/** The bookkeeping: what a plan costs, whoever made it. The solver's plan, a plain rule's and the last one are all judged here. */
import { type Decision, scenariosOf } from "./build.ts";
import type { Followed } from "./devices/device.ts";
import { followsScenario, modelled } from "./devices/index.ts";
import type { Problem, Scenario, Slot } from "./problem.ts";
import type { BrokenWish, Costs } from "./schedule.ts";
import { importCost, kgOf, ratesOf } from "./weigh.ts";

export interface Account {
  readonly costs: Costs;
  readonly broken: readonly BrokenWish[];
  /** What became of each device's plan; of batteries and panels the mean of the scenarios. */
  readonly followed: ReadonlyMap<string, Followed>;
  /** kWh by slot, the mean of the scenarios. */
  readonly importKwh: readonly number[];
  readonly exportKwh: readonly number[];
}

type Sums = { -readonly [K in keyof Costs]: Costs[K] };

const nothing = (): Sums => ({ energy: 0, peak: 0, wear: 0, co2: 0, ownUse: 0, broken: 0, leftOver: 0, total: 0 });

interface Flow {
  readonly importKwh: number[];
  readonly exportKwh: number[];
}

function flowOf(problem: Problem, scenario: Scenario, followed: ReadonlyMap<string, Followed>): Flow {
  const net = problem.slots.map((slot, t) => {
    let sum = (scenario.loadKwh[t] ?? slot.loadKwh) - (scenario.pvKwh[t] ?? slot.pvKwh);
    for (const f of followed.values()) sum += f.kwh[t] ?? 0;
    return sum;
  });
  return { importKwh: net.map((n) => Math.max(0, n)), exportKwh: net.map((n) => Math.max(0, -n)) };
}

/** Costs of one scenario's energy at the meter, and the limits it breaks. */
function meterCosts(problem: Problem, flow: Flow, broken: BrokenWish[]): Sums {
  const { house, weights, slots } = problem;
  const rates = ratesOf(problem);
  const sums = nothing();
  let worstKw = 0;
  const over = (kind: BrokenWish["kind"], goal: string | undefined, kwh: number, slot: Slot, rate: number) => {
    sums.broken += Math.max(0, kwh) * rate;
    if (kwh / slot.hours <= 0.001) return;
    const wish: BrokenWish = { kind, by: kwh / slot.hours, unit: "kW", at: slot.from };
    broken.push(goal === undefined ? wish : { ...wish, goal });
  };
  slots.forEach((slot, t) => {
    const [imported, exported] = [flow.importKwh[t] ?? 0, flow.exportKwh[t] ?? 0];
    sums.energy += imported * slot.importPrice - exported * slot.exportPrice;
    sums.co2 += kgOf(problem, slot, imported);
    sums.ownUse += exported * weights.ownUse;
    if (house.fuseKw !== undefined) over("fuse", undefined, imported - house.fuseKw * slot.hours, slot, rates("fuse"));
    if (house.exportKw !== undefined)
      over("exportLimit", undefined, exported - house.exportKw * slot.hours, slot, rates("fuse"));
    for (const { kw, wish } of house.limits ?? [])
      over("limit", wish.goal, imported - kw * slot.hours, slot, rates(wish));
    if (house.peak?.counts?.[t] !== false) worstKw = Math.max(worstKw, imported / slot.hours);
  });
  if (house.peak) sums.peak = Math.max(0, worstKw - house.peak.soFarKw) * house.peak.perKw;
  const all = flow.importKwh.reduce((a, b) => a + b, 0);
  for (const { afterKwh, extra } of house.tiers ?? []) sums.energy += Math.max(0, all - afterKwh) * extra;
  return sums;
}

const keys = ["energy", "peak", "wear", "co2", "ownUse", "broken", "leftOver"] as const;

/** Of each kind, device and goal only the worst is named. */
function worstOf(broken: readonly BrokenWish[]): BrokenWish[] {
  const worst = new Map<string, BrokenWish>();
  for (const wish of broken) {
    const key = JSON.stringify([wish.kind, wish.device, wish.goal]);
    if (wish.by > (worst.get(key)?.by ?? 0)) worst.set(key, wish);
  }
  return [...worst.values()];
}

/** Adds a scenario's course by its weight. */
function mixed(sum: Followed | undefined, f: Followed, weight: number): Followed {
  const add = (a: readonly number[] | undefined, b: readonly number[]) => b.map((x, t) => (a?.[t] ?? 0) + weight * x);
  const kwh = add(sum?.kwh, f.kwh);
  return f.level ? { ...f, kwh, level: add(sum?.level, f.level) } : { ...f, kwh };
}

/**
 * Plays a decision through every device's physics and adds up. `guarded`: thermostats keep their own band beside the plan, as when an old
 * plan is kept. What a decision does not name stays off.
 */
export function account(problem: Problem, decision: Decision, guarded = false): Account {
  const scenarios = scenariosOf(problem);
  const total = nothing();
  const broken: BrokenWish[] = [];
  const first = new Map<string, Followed>();
  const importKwh = problem.slots.map(() => 0);
  const exportKwh = problem.slots.map(() => 0);
  const devices = problem.devices.map((device) => ({ device, model: modelled(device) }));
  scenarios.forEach((scenario, s) => {
    const followed = new Map<string, Followed>();
    for (const { device, model } of devices) {
      const shared = followsScenario(device) ? undefined : first.get(device.id);
      const wanted = decision.get(device.id)?.[s] ?? decision.get(device.id)?.[0] ?? [];
      const f = shared ?? model.follow(problem, wanted, guarded);
      followed.set(device.id, f);
      if (followsScenario(device)) first.set(device.id, mixed(first.get(device.id), f, scenario.weight));
      else first.set(device.id, f);
    }
    const flow = flowOf(problem, scenario, followed);
    const sums = meterCosts(problem, flow, broken);
    for (const f of followed.values()) {
      sums.broken += f.penalty;
      sums.wear += f.wear;
      sums.leftOver -= f.leftOver;
      broken.push(...f.broken);
    }
    for (const key of keys) total[key] += scenario.weight * sums[key];
    flow.importKwh.forEach((kwh, t) => {
      importKwh[t] = (importKwh[t] ?? 0) + scenario.weight * kwh;
      exportKwh[t] = (exportKwh[t] ?? 0) + scenario.weight * (flow.exportKwh[t] ?? 0);
    });
  });
  total.total = keys.reduce((sum, key) => sum + total[key], 0);
  return { costs: total, broken: worstOf(broken), followed: first, importKwh, exportKwh };
}

/** Currency that importing in a slot counts. */
export const pricesOf = (problem: Problem): number[] => problem.slots.map((slot) => importCost(problem, slot));
