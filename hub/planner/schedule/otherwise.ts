/** What if a block were not so: the same programme with the block forbidden, or with its device made to run in it. */
import type { LinearModel } from "../../model/linear.ts";
import type { Account } from "./account.ts";
import { type Part, type Programme, scenariosOf } from "./build.ts";
import { modelled } from "./devices/index.ts";
import { mostIn } from "./devices/stepped.ts";
import type { Battery, Device, Problem } from "./problem.ts";
import type { Block } from "./schedule.ts";

/** Made to run for at most this long. */
const FORCED_H = 2;
/** Share of what a device can do at most that it is made to do, so that whole steps still fit. */
const SHARE = 0.9;
const LEAST_KWH = 0.02;

/** `nothing`: it can't be otherwise, because it is full, warm, empty or done. */
export type Otherwise = { readonly model: LinearModel; readonly forced: boolean } | "nothing";

/** The model with some upper bounds lowered. */
function bounded(model: LinearModel, uppers: ReadonlyMap<number, number>): LinearModel {
  const upper = model.upper.slice();
  const lower = model.lower.slice();
  for (const [column, most] of uppers) {
    upper[column] = Math.min(upper[column] ?? 0, most);
    lower[column] = Math.min(lower[column] ?? 0, upper[column] ?? 0);
  }
  return { ...model, upper, lower };
}

/** The model with rows more: each sum at least `least`. */
function required(
  model: LinearModel,
  rows: readonly { readonly parts: readonly Part[]; readonly least: number }[],
): LinearModel {
  const starts = [...model.starts];
  const columns = [...model.columns];
  const factors = [...model.factors];
  for (const { parts } of rows) {
    const sums = new Map<number, number>();
    for (const part of parts) sums.set(part.column, (sums.get(part.column) ?? 0) + part.factor);
    for (const [column, factor] of sums) {
      columns.push(column);
      factors.push(factor);
    }
    starts.push(columns.length);
  }
  return {
    ...model,
    rowLower: Float64Array.from([...model.rowLower, ...rows.map((r) => r.least)]),
    rowUpper: Float64Array.from([...model.rowUpper, ...rows.map(() => Number.POSITIVE_INFINITY)]),
    starts: Int32Array.from(starts),
    columns: Int32Array.from(columns),
    factors: Float64Array.from(factors),
  };
}

function partsIn(programme: Programme, block: Block, last = block.last): Part[] {
  return (
    programme.parts
      .get(block.device)
      ?.slice(block.first, last + 1)
      .flat() ?? []
  );
}

/** The last slot of a block's first hours. */
function forcedUntil(problem: Problem, block: Block): number {
  let hours = 0;
  let last = block.first;
  for (let t = block.first; t <= block.last && hours < FORCED_H; t++) {
    hours += problem.slots[t]?.hours ?? 0;
    last = t;
  }
  return last;
}

/** A battery that was to follow is made not to; one that was held, to follow. */
function otherBattery(d: Battery, problem: Problem, programme: Programme, account: Account, block: Block): Otherwise {
  const gives = (parts: readonly Part[]) => parts.filter((p) => p.factor < 0);
  const scenarios = scenariosOf(problem);
  if (block.mode === "hold") {
    const last = forcedUntil(problem, block);
    const f = account.followed.get(d.id);
    const kwh = f?.kwh ?? [];
    const lack = (s: number, t: number) =>
      Math.max(0, (account.importKwh[t] ?? 0) + (scenarios[s]?.loadKwh[t] ?? 0) - (problem.slots[t]?.loadKwh ?? 0));
    const wanted = kwh.map((own, t) =>
      t >= block.first && t <= last ? Math.min(...scenarios.map((_, s) => -lack(s, t))) : own,
    );
    const could = modelled(d)
      .follow(problem, wanted)
      .kwh.slice(block.first, last + 1);
    const least = -SHARE * could.reduce((sum, x) => sum + Math.min(0, x), 0);
    if (least < LEAST_KWH) return "nothing";
    const rows = scenarios.map((_, s) => {
      const own = gives(partsIn(programme, block, last)).filter((p) => p.scenario === s);
      return { parts: own.map((p) => ({ ...p, factor: -p.factor })), least };
    });
    return { model: required(programme.model, rows), forced: true };
  }
  if (Math.abs(block.kwh) < LEAST_KWH) return "nothing";
  const uppers = new Map<number, number>();
  const parts = programme.parts.get(d.id) ?? [];
  for (let t = block.first; t <= block.last; t++)
    for (const { scenario = 0, column, factor } of parts[t] ?? []) {
      const sun = Math.max(0, (scenarios[scenario]?.pvKwh[t] ?? 0) - (scenarios[scenario]?.loadKwh[t] ?? 0));
      if (block.kwh < 0 && factor < 0) uppers.set(column, 0);
      if (block.kwh > 0 && factor > 0) uppers.set(column, block.mode === "chargeFromGrid" ? sun : 0);
    }
  return { model: bounded(programme.model, uppers), forced: false };
}

/** Most energy that it takes in an hour of the plan, in which it runs; infinite where it never does. */
function usualKw(problem: Problem, kwh: readonly number[]): number {
  const running = kwh.map((x, t) => x / (problem.slots[t]?.hours ?? 1)).filter((kw) => kw > LEAST_KWH);
  return running.length > 0 ? running.reduce((a, b) => a + b, 0) / running.length : Number.POSITIVE_INFINITY;
}

/** Made to run in the block's first hours, as it does elsewhere in the plan; a machine: to begin as early in the block as it may. */
function madeToRun(d: Device, problem: Problem, programme: Programme, account: Account, block: Block): Otherwise {
  const last = forcedUntil(problem, block);
  if (d.kind === "appliance") {
    const first = programme.parts
      .get(d.id)
      ?.slice(block.first, block.last + 1)
      .find((parts) => parts.length > 0);
    const start = first?.map((p) => ({ ...p, factor: 1 }));
    return start ? { model: required(programme.model, [{ parts: start, least: 1 }]), forced: true } : "nothing";
  }
  if (d.kind !== "car" && d.kind !== "tank" && d.kind !== "room") return "nothing";
  const own = account.followed.get(d.id)?.kwh ?? [];
  const kw = usualKw(problem, own);
  const wanted = own.map((kwh, t) =>
    t >= block.first && t <= last ? Math.min(mostIn({ problem }, d, t), kw * (problem.slots[t]?.hours ?? 0)) : kwh,
  );
  const could = modelled(d)
    .follow(problem, wanted)
    .kwh.slice(block.first, last + 1)
    .reduce((a, b) => a + b, 0);
  if (could < LEAST_KWH) return "nothing";
  const parts = partsIn(programme, block, last);
  return { model: required(programme.model, [{ parts, least: SHARE * could }]), forced: true };
}

/** The programme in which this block is not as planned. */
export function otherwise(
  d: Device,
  problem: Problem,
  programme: Programme,
  account: Account,
  block: Block,
): Otherwise {
  if (d.kind === "battery") return otherBattery(d, problem, programme, account, block);
  if (block.mode === "off") return madeToRun(d, problem, programme, account, block);
  if (block.mode === "free") return "nothing";
  const takes = partsIn(programme, block).filter((p) => p.factor > 0);
  return { model: bounded(programme.model, new Map(takes.map((p) => [p.column, 0]))), forced: false };
}
