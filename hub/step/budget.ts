/**
 * What a policy may do in a local day, kept here whatever its planner comes to: commands, and what goes into a battery. When it is used up
 * the policy's rules rest until midnight, and the rules below them lead its devices back to their own way.
 */
import { startOfLocalDay } from "../energy/clock.ts";
import { knownOf } from "../model/home.ts";
import type { Rule } from "../model/plan.ts";
import { keyNow } from "./identity/names.ts";
import type { CoreState, Effect } from "./state.ts";

const DAY_MS = 24 * 3_600_000;
/** A charge that moves by less is the meter's own wandering, percent. */
const WANDER = 1;

/** Counts of the local day; at most one entry for each running policy and each battery. After a restart the day begins anew. */
export interface Budgets {
  /** Epoch ms of the day's beginning, and from when on it is looked at again. */
  from: number;
  until: number;
  /** By policy. */
  readonly commands: Map<string, number>;
  /** By text path of the charge: where it last turned, and the percent that it has risen since midnight. */
  readonly charge: Map<string, { turned: number; risen: number }>;
  /** Policies of which it was said today that they have used up what they may. */
  readonly told: Set<string>;
}

export const emptyBudgets = (): Budgets => ({
  ...{ from: 0, until: 0 },
  ...{ commands: new Map(), charge: new Map(), told: new Set() },
});

function newDay(state: CoreState, at: number): void {
  const { budgets, home } = state;
  if (at >= budgets.from && at < budgets.until) return;
  const from = startOfLocalDay(at, home.settings.timeZone);
  // A day of 25 hours is looked at once more; one of 23 ends with the next look.
  budgets.until = Math.max(at + 1, Math.min(from + DAY_MS, at + DAY_MS / 24));
  if (from === budgets.from) return;
  budgets.from = from;
  budgets.commands.clear();
  budgets.told.clear();
  for (const held of budgets.charge.values()) held.risen = 0;
}

function risenOf(state: CoreState, path: string, at: number): number {
  const key = keyNow(state, path);
  const node = state.home.nodes.get(key.slice(0, Math.max(0, key.indexOf("/"))));
  const known = node && knownOf(node, key, at);
  const percent = known?.status === "known" && typeof known.value === "number" ? known.value : undefined;
  const held = state.budgets.charge.get(path);
  if (percent === undefined) return held?.risen ?? 0;
  if (!held) {
    state.budgets.charge.set(path, { turned: percent, risen: 0 });
    return 0;
  }
  if (percent > held.turned + WANDER) held.risen += percent - held.turned;
  if (Math.abs(percent - held.turned) > WANDER) held.turned = percent;
  return held.risen;
}

/** Why a rule has to rest until midnight; undefined when it has not. */
function spent(state: CoreState, { budget, plan = "" }: Rule, at: number): string | undefined {
  if (!budget) return undefined;
  const { commands, battery } = budget;
  if (commands !== undefined && (state.budgets.commands.get(plan) ?? 0) >= commands)
    return `it has given the ${commands} commands that it may give in a day`;
  if (battery && risenOf(state, battery.charge, at) >= battery.percent)
    return `the battery has taken the ${battery.percent / 100} full charges that it may take in a day`;
  return undefined;
}

/** The rules that may have their way now; of the others it is noted why they rest, once a day in the audit log. */
export function withinBudget(
  state: CoreState,
  rules: readonly Rule[],
  at: number,
): { readonly rules: readonly Rule[]; readonly effects: Effect[] } {
  const effects: Effect[] = [];
  if (!rules.some((r) => r.budget)) return { rules, effects };
  newDay(state, at);
  const left = rules.filter((rule) => {
    const why = spent(state, rule, at);
    if (why === undefined) return true;
    const detail = `${why}: its devices go their own way until midnight`;
    state.verdicts.set(rule.id, { holds: true, reason: rule.title, lost: detail });
    const plan = rule.plan ?? rule.id;
    if (!state.budgets.told.has(plan)) {
      state.budgets.told.add(plan);
      effects.push({ kind: "audit", entry: { at, by: "hub", what: "policy-limit", subject: plan, detail } });
    }
    return false;
  });
  return { rules: left, effects };
}

/** A rule's command went out. */
export function noteCommand({ budgets }: CoreState, { budget, plan = "" }: Rule): void {
  if (budget) budgets.commands.set(plan, (budgets.commands.get(plan) ?? 0) + 1);
}
