import { clockText, localTime } from "../energy/clock.ts";
import { capabilities } from "../model/capabilities/index.ts";
import type { Command } from "../model/command.ts";
import { knownOf, type NodeState, nameOf } from "../model/home.ts";
import { decide, type Want } from "../rules/arbitrate.ts";
import { hasSteady, steadyNow, tellSteady } from "./automation/steady.ts";
import { noteCommand, withinBudget } from "./budget.ts";
import { agrees, asked, refusalOf } from "./commands.ts";
import { gistOf } from "./gist.ts";
import { guarded } from "./guard/index.ts";
import { rulesNow } from "./identity/names.ts";
import { pictureOf } from "./picture.ts";
import type { CoreState, Effect } from "./state.ts";

/**
 * A device that does not obey is asked again after a minute, then two, four … at most a quarter of an hour: times of the home's
 * clock. Where that runs faster than the machine's, `limits.confirmMs` is longer in proportion and is the wait that counts.
 */
const RETRY_MS = 60_000;
const MAX_RETRY_MS = 15 * 60_000;

/** Evaluates all rules on a frozen picture and asks for what is wanted and not yet so. Level, not edge: a restart decides again. */
export function runRules(state: CoreState, at: number): Effect[] {
  const own = rulesNow(state);
  if (own.length === 0 && !hasSteady(state)) return nothingKept(state, at);
  const picture = pictureOf(state, at);
  const steady = steadyNow(state, picture);
  const all = own.length === 0 ? steady : [...own, ...steady];
  if (all.length === 0) return nothingKept(state, at);
  const { rules, effects } = withinBudget(state, all, at);
  const decision = decide(rules, picture);
  let changed = false;
  for (const [id, verdict] of decision.verdicts) {
    changed ||= state.verdicts.get(id)?.holds !== verdict.holds;
    state.verdicts.set(id, verdict);
  }
  for (const { want, to } of decision.lost) loses(state, want, `gives way to ${to.rule.title}`);
  const held = guarded(state, decision.wants, at);
  effects.push(...held.effects);
  state.automation.wants =
    held.wants === decision.wants ? decision.byTarget : new Map(held.wants.map((want) => [want.target, want]));
  for (let k = 0; k < held.wants.length; k++) {
    const want = held.wants[k];
    if (want) for (const effect of pursue(state, want, k, at)) effects.push(effect);
  }
  tellSteady(state, at);
  if (changed || effects.length > 0) effects.push({ kind: "tell", event: { type: "rules" } });
  return effects;
}

/** The last rule that kept something is over or switched off: others need not give way to it any longer. */
function nothingKept(state: CoreState, at: number): Effect[] {
  if (state.automation.wants.size > 0) state.automation.wants = new Map();
  tellSteady(state, at);
  return [];
}

/** Notes why a rule does not have its way; whether its condition holds is another matter, as it may have wanted the other way. */
function loses(state: CoreState, { rule, reason }: Want, lost: string): void {
  const own = state.verdicts.get(rule.id);
  state.verdicts.set(rule.id, { holds: own?.holds ?? true, reason: own?.reason ?? reason, lost });
}

/** `k` tells commands apart that one rule asks for at one moment. */
function pursue(state: CoreState, want: Want, k: number, at: number): Effect[] {
  const { action, rule, target } = want;
  const command: Command = {
    target: { node: action.node, endpoint: action.endpoint },
    capability: action.capability,
    command: action.command,
    args: action.args,
  };
  if (alreadySo(state, command, at) || !mayTry(state, command, target, at)) return [];
  const node = state.home.nodes.get(action.node);
  if (!node || node.reachable === false) return [];
  const held = state.holds.get(target);
  if (held && held.until > at) {
    const until = clockText(localTime(held.until, state.home.settings.timeZone).minutes);
    loses(state, want, `${held.by} set it by hand until ${until}`);
    return [];
  }
  const refusal = refusalOf(node, command, at);
  if (refusal) {
    loses(state, want, `${nameOf(node)} would refuse: ${refusal}`);
    return [];
  }
  state.firedAt.set(rule.id, at);
  noteCommand(state, rule);
  state.tries.set(target, { wants: gistOf(command), at, failures: state.tries.get(target)?.failures ?? 0 });
  const by = rule.plan ?? rule.id;
  return asked(
    state,
    `${rule.id}-${at}-${k}`,
    command,
    { rank: rule.origin === "plan" ? "plan" : "rule", by, reason: want.reason },
    at,
  );
}

/** The device says that it is already as the command would have it. */
export function alreadySo(state: CoreState, command: Command, at: number): boolean {
  const node = state.home.nodes.get(command.target.node);
  if (!node) return true;
  const wants =
    command.command === "set"
      ? command.args
      : capabilities[command.capability]?.commands[command.command]?.wants(command.args, lastKnown(node, command, at));
  let isAny = false;
  for (const attribute in wants) {
    isAny = true;
    const key = `${command.target.node}/${command.target.endpoint}/${command.capability}.${attribute}`;
    const known = knownOf(node, key, at);
    if (known.status !== "known" || !agrees(key, known.value, wants[attribute] ?? "")) return false;
  }
  return isAny;
}

const lastKnown =
  (node: NodeState, { target, capability }: Command, at: number) =>
  (attribute: string) => {
    const known = knownOf(node, `${target.node}/${target.endpoint}/${capability}.${attribute}`, at);
    return known.status === "known" ? known.value : undefined;
  };

function mayTry(state: CoreState, command: Command, target: string, at: number): boolean {
  for (const p of state.pending.values()) if (p.target === target) return false;
  const last = state.tries.get(target);
  if (!last || last.wants !== gistOf(command)) return true;
  // A clock that was set back must not hold anything up until it is that late again.
  return at < last.at || at - last.at >= Math.min(MAX_RETRY_MS, RETRY_MS * 2 ** last.failures);
}
