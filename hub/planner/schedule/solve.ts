/** From a problem to its schedule: asks for solutions, and never comes back without a plan. */
import type { Effort, LinearModel, Solved } from "../../model/linear.ts";
import { type Account, account } from "./account.ts";
import { buildProgramme, type Decision, type Programme } from "./build.ts";
import { greedyPlan, plainPlan } from "./greedy.ts";
import { keptPlan, withinBounds } from "./keep.ts";
import { endOf, type Problem } from "./problem.ts";
import { blocksOf, plannedDevices } from "./read.ts";
import type { MadeBy, Schedule } from "./schedule.ts";

/** A programme to be solved; the answer is to be given to `next`. */
export interface Ask {
  readonly model: LinearModel;
  readonly effort: Effort;
}

/** Currency by which a plain rule must be better before it stands in for the solver's plan. */
const BETTER = 1e-3;

/** Currency that a plan may lie above the best: this, or this share of what the house's energy costs. */
const GAP = 0.004;
const GAP_SHARE = 1.5e-3;
/** Branches looked at: a limit of nodes makes the same plan each time. */
const NODES = 400;

interface Chosen {
  readonly madeBy: MadeBy;
  readonly fallback?: string;
  readonly account: Account;
}

/** What a stage of solving ended with: the schedule, and what its reasons are asked of. */
export interface Solution {
  readonly schedule: Schedule;
  readonly programme: Programme;
  readonly solved: Solved;
  readonly effort: Effort;
}

/** A plan with no solver at all, as when it failed; `why` is a sentence. */
export function standInSchedule(problem: Problem, why: string): Schedule {
  const none: Solved = {
    status: "none",
    values: new Float64Array(),
    prices: new Float64Array(),
    cost: Number.NaN,
    gap: Number.NaN,
    ms: 0,
  };
  const chosen = standIn(problem, why, account(problem, greedyPlan(problem)), account(problem, plainPlan(problem)));
  return scheduleOf(problem, chosen, none);
}

const inTime = (solved: Solved): string =>
  solved.status === "none"
    ? "The optimizer found no plan in its time."
    : "Simple rules do better than what the optimizer found.";

/** The last plan if it still keeps its promises; else simple rules; else self-consumption alone. */
function standIn(problem: Problem, why: string, greedy: Account, plain: Account): Chosen {
  const kept = keptPlan(problem);
  if (kept && withinBounds(problem, kept))
    return { madeBy: "lastPlan", fallback: `${why} The last plan goes on.`, account: account(problem, kept, true) };
  if (greedy.costs.total <= plain.costs.total)
    return { madeBy: "greedy", fallback: `${why} Simple rules choose the cheapest hours.`, account: greedy };
  return { madeBy: "selfConsumption", fallback: `${why} Devices run as they do by themselves.`, account: plain };
}

function choose(problem: Problem, solved: Solved, decision: Decision | undefined, greedy: Account): Chosen {
  const plain = account(problem, plainPlan(problem));
  if (!decision) return standIn(problem, inTime(solved), greedy, plain);
  const own = account(problem, decision);
  const least = Math.min(greedy.costs.total, plain.costs.total);
  if (own.costs.total <= least + BETTER) return { madeBy: "solver", account: own };
  return standIn(problem, inTime(solved), greedy, plain);
}

function scheduleOf(problem: Problem, chosen: Chosen, solved: Solved): Schedule {
  const { account: books, madeBy, fallback } = chosen;
  const devices = plannedDevices(problem, books);
  const last = problem.slots.at(-1);
  const end = last ? endOf(last) : problem.at;
  const froms = problem.slots.map((s) => s.from);
  const kwOf = (id: string) =>
    (books.followed.get(id)?.kwh ?? []).map((kwh, t) => kwh / (problem.slots[t]?.hours ?? 1));
  return {
    at: problem.at,
    madeBy,
    ...(fallback === undefined ? {} : { fallback }),
    froms,
    end,
    devices,
    blocks: blocksOf(problem, devices),
    broken: books.broken,
    costs: books.costs,
    importKwh: books.importKwh,
    exportKwh: books.exportKwh,
    gap: madeBy === "solver" ? solved.gap : Number.NaN,
    solveMs: solved.ms,
    before: { froms, end, kw: Object.fromEntries(problem.devices.map((d) => [d.id, kwOf(d.id)])) },
  };
}

/** Solves a problem; reasons are asked for afterwards. Throws RangeError for a problem that `problem.ts` does not allow. */
export function* solving(problem: Problem): Generator<Ask, Solution, Solved> {
  const programme = buildProgramme(problem);
  const greedy = account(problem, greedyPlan(problem));
  const gap = Math.max(GAP, GAP_SHARE * (Math.abs(greedy.costs.energy) + greedy.costs.peak));
  const effort = { gap, nodes: NODES, shadowPrices: false };
  const solved = yield { model: programme.model, effort };
  const decision = solved.status === "none" ? undefined : programme.read(solved);
  const chosen = choose(problem, solved, decision, greedy);
  return { schedule: scheduleOf(problem, chosen, solved), programme, solved, effort };
}
