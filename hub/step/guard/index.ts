/**
 * The guard of the power: while a policy runs, it holds what its rules ask of flexible devices so low that the window's mean stays below what
 * the planner allows, and the moment below the main fuse. It asks for nothing of its own, so that what it lets go goes on as planned.
 */

import type { Guarded, PowerGuard } from "../../model/guard.ts";
import { knownOf } from "../../model/home.ts";
import type { NodeId } from "../../model/path.ts";
import type { RuleAction } from "../../model/plan.ts";
import { targetOf, type Want } from "../../rules/arbitrate.ts";
import type { CoreState, Effect } from "../state.ts";
import { capOf, held, raised, STAGES, type Told } from "./cap.ts";
import { type Bound, boundsOf, lookAt } from "./limits.ts";
import type { Watch } from "./state.ts";

/** What was asked shows at the meter only after a while; a fuse can't wait as long. */
const SETTLE_MS = 20_000;
/** So long must there be room before something goes on, and so long after the last change. */
const CALM_MS = 120_000;
const REST_MS = 180_000;

/** Running policies have other guards; what is lowered stays so where the device is still guarded. */
export function guardsSet(state: CoreState, guards: readonly PowerGuard[]): void {
  const { watches } = state.guard;
  state.guard.guards = guards;
  for (const [plan, { caps }] of watches) {
    const guard = guards.find((g) => g.plan === plan);
    if (!guard) watches.delete(plan);
    for (const node of caps.keys()) if (!guard?.devices.some((d) => d.node === node)) caps.delete(node);
  }
}

const newWatch = (at: number): Watch => ({
  ...{ window: 0, seenMs: 0, wh: 0, at, watts: 0, acted: Number.NEGATIVE_INFINITY },
  ...{ over: undefined, calm: undefined, caps: new Map() },
});

const toldBy =
  (state: CoreState, at: number): Told =>
  (path) => {
    const node = state.home.nodes.get(path.slice(0, Math.max(0, path.indexOf("/"))));
    const known = node && knownOf(node, path, at);
    return known?.status === "known" && typeof known.value === "number" ? known.value : undefined;
  };

/** What the policy's rules ask of a device now. */
type AskedOf = (node: NodeId) => readonly RuleAction[];

/** Lowers devices until enough is spared, in the order in which it does least harm. True where something was lowered. */
function shed(guard: PowerGuard, watch: Watch, bound: Bound, told: Told, asked: AskedOf): boolean {
  let share = 1;
  let acted = false;
  for (const stage of STAGES)
    for (const device of guard.devices) {
      const phases = device.kind === "car" ? device.phases : 1;
      const need = share * bound.over(phases);
      if (need <= 0) return acted;
      const old = watch.caps.get(device.node);
      const cap = capOf(device, stage, { need, told, why: bound.why, old });
      // What is not asked for can't be taken back.
      if (!cap || !asked(device.node).some((action) => held(action, device, cap) !== action)) continue;
      const { spares, ...kept } = cap;
      watch.caps.set(device.node, kept);
      acted = true;
      share -= (share * spares) / need;
      if (share <= 0) return acted;
    }
  return acted;
}

/** Lets go on what was lowered last, as far as there is room for it. */
function release(guard: PowerGuard, watch: Watch, bounds: readonly Bound[], told: Told): boolean {
  for (const device of [...guard.devices].reverse()) {
    const cap = watch.caps.get(device.node);
    if (!cap) continue;
    const phases = device.kind === "car" ? device.phases : 1;
    const room = Math.min(...bounds.map((b) => b.room(phases)));
    const next = raised(device, cap, room, told(device.power) ?? 0);
    if (next === cap) continue;
    if (next) watch.caps.set(device.node, next);
    else watch.caps.delete(device.node);
    return true;
  }
  return false;
}

/** Since when something is so; undefined while it is not. */
const since = (so: boolean, before: number | undefined, at: number): number | undefined =>
  so ? (before ?? at) : undefined;

/** One look of one guard. */
function look(state: CoreState, guard: PowerGuard, watch: Watch, asked: AskedOf, at: number): void {
  for (const device of guard.devices) {
    const cap = watch.caps.get(device.node);
    if (cap && asked(device.node).every((action) => held(action, device, cap) === action))
      watch.caps.delete(device.node);
  }
  const watts = lookAt(state, guard, watch, at);
  // A meter that is silent says nothing: what is lowered stays so until it speaks or the policy plans anew.
  if (watts === undefined) return;
  const bounds = boundsOf(state, guard, watch, at, watts);
  const broken = bounds.find((b) => b.over(1) > 0);
  watch.over = since(broken !== undefined, watch.over, at);
  watch.calm = since(!broken && watch.caps.size > 0 && bounds.every((b) => b.room(1) > 0), watch.calm, at);
  const told = toldBy(state, at);
  if (broken && watch.over !== undefined) {
    const settled = at - watch.acted >= SETTLE_MS;
    if (settled && at - watch.over >= broken.patienceMs && shed(guard, watch, broken, told, asked)) watch.acted = at;
  } else if (watch.calm !== undefined && at - watch.calm >= CALM_MS && at - watch.acted >= REST_MS)
    if (release(guard, watch, bounds, told)) watch.acted = at;
}

/** The wants as the guard lets them pass; what it has held back or let go is told once. */
function passed(state: CoreState, guard: PowerGuard, watch: Watch, wants: readonly Want[]): readonly Want[] {
  if (watch.caps.size === 0) return wants;
  const devices = new Map<string, Guarded>(guard.devices.map((d) => [d.node, d]));
  return wants.map((want) => {
    const device = devices.get(want.action.node);
    const cap = device && watch.caps.get(device.node);
    if (!device || !cap || want.rule.plan !== guard.plan) return want;
    const action = held(want.action, device, cap);
    if (action === want.action) return want;
    state.verdicts.set(want.rule.id, { holds: true, reason: cap.why });
    return { ...want, action, target: targetOf(action), reason: cap.why };
  });
}

/** Devices that the guard of a plan holds back now, with why. */
export const heldBack = (state: CoreState, plan: string): readonly { readonly node: NodeId; readonly why: string }[] =>
  [...(state.guard.watches.get(plan)?.caps ?? [])].map(([node, { why }]) => ({ node, why }));

/** Looks at the house's power and gives the wants as they may be now. Cheap where no policy has a guard. */
export function guarded(
  state: CoreState,
  wants: readonly Want[],
  at: number,
): { readonly wants: readonly Want[]; readonly effects: Effect[] } {
  const effects: Effect[] = [];
  let now = wants;
  for (const guard of state.guard.guards) {
    if (at >= guard.until) {
      state.guard.watches.delete(guard.plan);
      continue;
    }
    const watch = state.guard.watches.get(guard.plan) ?? newWatch(at);
    state.guard.watches.set(guard.plan, watch);
    const before = new Map([...watch.caps].map(([node, { why }]) => [node, why]));
    const asked: AskedOf = (node) =>
      now.flatMap(({ rule, action }) => (rule.plan === guard.plan && action.node === node ? [action] : []));
    look(state, guard, watch, asked, at);
    now = passed(state, guard, watch, now);
    effects.push(...changesOf(guard, before, watch, at));
  }
  return { wants: now, effects };
}

/** What was lowered or let go since the look before, for the audit log: the trace that "why" is answered from. */
function changesOf(guard: PowerGuard, before: ReadonlyMap<string, string>, { caps }: Watch, at: number): Effect[] {
  const entry = (subject: string, detail: string): Effect => ({
    kind: "audit",
    entry: { at, by: `plan:${guard.plan}`, what: "power-guard", subject, detail },
  });
  return guard.devices.flatMap(({ node, name }) => {
    const [old, now] = [before.get(node), caps.get(node)?.why];
    if (old === now) return [];
    return [
      entry(node, now ?? `${name} goes on as planned: there is room for it again`),
      { kind: "tell", event: { type: "policy", id: guard.plan } } as const,
    ];
  });
}
