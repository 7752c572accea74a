/** Proposals by code alone: each strategy that the goals call for, with the parameters that save most in the twin. */
import { keptOutIn } from "../energy/parts.ts";
import type { Goal, Proposal } from "../model/plan.ts";
import { mean } from "../twin/numbers.ts";
import type { Names } from "./names.ts";
import { strategies } from "./strategies/index.ts";
import type { Facts, Params, Strategy } from "./strategies/strategy.ts";
import { type Bench, trying } from "./verify.ts";

/** Something that could be done in this home, with the parameters to choose from. */
export interface Option {
  readonly strategy: Strategy;
  readonly node: string;
  readonly params: readonly Params[];
}

/** Proposals of one wish at most. */
const MAX_PROPOSALS = 12;

const EMPTY = { lights: "lightsOffUnoccupied", heating: "setback" } as const;

/** Devices that no measure may move: left alone, or within limits that measures do not look at. */
const untouched = (goals: readonly Goal[]): ReadonlySet<string> =>
  new Set(
    goals.flatMap((g) => (g.kind === "never" || g.kind === "neverFromGrid" || g.kind === "keepWithin" ? [g.node] : [])),
  );

function calledFor(strategy: Strategy, node: string, goals: readonly Goal[]): boolean {
  return goals.some((goal) => {
    if (goal.kind === "offWhenEmpty") return strategy.name === EMPTY[goal.what];
    if (!strategy.serves.includes(goal.kind)) return false;
    if (goal.kind === "readyBy" || goal.kind === "applianceWindow") return goal.node === node;
    if (goal.kind === "reduceStandby" && goal.node !== undefined) return goal.node === node;
    return true;
  });
}

/** What the goals call for in this home; devices that a goal says to leave alone, or sets limits for, are left out. At most 12. */
export function optionsOf(facts: Facts): Option[] {
  const never = new Set([...untouched(facts.goals), ...keptOutIn(facts.parts)]);
  const options: Option[] = [];
  for (const strategy of strategies.values())
    for (const { node, params } of strategy.candidates(facts))
      if (params.length > 0 && !never.has(node) && calledFor(strategy, node, facts.goals))
        options.push({ strategy, node, params });
  return options.slice(0, MAX_PROPOSALS);
}

/** A proposal from an option and its parameters; undefined when the device can not be steered. */
export function proposalOf(option: Option, params: Params, facts: Facts, names: Names): Proposal | undefined {
  const { strategy, node } = option;
  const rules = strategy.rules(facts, node, params);
  if (!rules) return undefined;
  return {
    strategy: strategy.name,
    node,
    params,
    title: strategy.title(names.nameOf(node), params),
    because: strategy.because(params),
    madeBy: { kind: "planner" },
    rules,
  };
}

/** The proposal whose parameters save most without costing comfort in the replay; the first where nothing can be replayed. */
export function* tuning(
  option: Option,
  facts: Facts,
  names: Names,
  bench: Bench,
): Generator<number, Proposal | undefined> {
  const made = option.params.flatMap((params) => proposalOf(option, params, facts, names) ?? []);
  const modelled = bench.twin.models.some((m) => m.node === option.node);
  if (made.length < 2 || !modelled) return made[0];
  let best: { proposal: Proposal; saved: number } | undefined;
  for (const proposal of made) {
    const compared = yield* trying(bench, proposal.rules);
    const saved = mean(compared.daily.map((d) => d.savedCost)) || 0;
    const lost =
      (compared.withPlan.comfortMinutesLost - compared.baseline.comfortMinutesLost) / Math.max(1, bench.days);
    const worth = saved - Math.max(0, lost - 1);
    if (!best || worth > best.saved) best = { proposal, saved: worth };
  }
  return best?.proposal;
}
