import type { AdapterInput } from "./ports.ts";
import { questionAnswered } from "./step/automation/ask.ts";
import { homeRulesSet, runCancelled, startedByHand } from "./step/automation/hand.ts";
import { react } from "./step/automation/react.ts";
import { clockSeen } from "./step/clock.ts";
import { answered, asked, expire } from "./step/commands.ts";
import { repairSet, writeRepairs } from "./step/counters.ts";
import { fadeFindings, findingSet, findingTried, found } from "./step/findings.ts";
import { guardsSet } from "./step/guard/index.ts";
import { holdsEnded } from "./step/holds.ts";
import { houseChanged } from "./step/house.ts";
import { atDoor } from "./step/identity/door.ts";
import { reachableOf } from "./step/identity/live.ts";
import { look, rejected } from "./step/identity/look.ts";
import { merged } from "./step/identity/merge.ts";
import { copiesGone, ownAgain } from "./step/identity/own.ts";
import { homeOf, settle } from "./step/identity/routes.ts";
import { split } from "./step/identity/split.ts";
import type { Group } from "./step/identity/state.ts";
import { identityTick } from "./step/identity/tick.ts";
import { reindex } from "./step/identity/tokens.ts";
import { configured, nodeFound, nodeGone, reachable } from "./step/nodes.ts";
import { noticesTick } from "./step/notices.ts";
import { atHome } from "./step/places.ts";
import { presenceTick } from "./step/presence.ts";
import { readingsArrived } from "./step/readings.ts";
import { replaced } from "./step/replaced.ts";
import { runRules } from "./step/rules.ts";
import { tellSilent } from "./step/silence.ts";
import type { CoreState, Effect, Input } from "./step/state.ts";
import { together } from "./step/together.ts";
import { valuesUnset } from "./step/unset.ts";

export { type CoreState, type Effect, emptyState, type Input } from "./step/state.ts";

/**
 * The decision: one input changes the home's state and yields what the shells must do. Deterministic: the same inputs in
 * the same order give the same effects. `now` is the loop's time, epoch ms.
 */
export function step(state: CoreState, input: Input, now: number): Effect[] {
  clockSeen(state, now, input.kind === "tick" ? input.steadyMs : undefined);
  const effects = decided(state, input, now);
  return together([effects, react(state, input, effects, now)]);
}

function decided(state: CoreState, input: Input, now: number): Effect[] {
  switch (input.kind) {
    case "nodeFound":
    case "nodeGone":
    case "reachable":
    case "readings":
    case "unset":
    case "problem":
      return entered(state, input, now);
    case "asked":
      return asked(state, input.id, input.command, input.origin, input.at);
    case "answered":
      return answered(state, input.id, input.result, input.at);
    case "configured":
      return configured(state, input.node, input.settings);
    case "merged":
      return merged(state, input.keep, input.other, input);
    case "split":
      return split(state, input.node, input.device, input.by, input.at);
    case "proposalRejected":
      return rejected(state, input.key, input.by, input.at);
    case "replaced":
      return replaced(state, input.node, input.by, input.who, input.at);
    case "findingSet":
      return findingSet(state, input.key, input.state, input.by, input.at);
    case "findingTried":
      return findingTried(state, input.key, input.by, input.outcome, input.at);
    case "homeSet":
      state.home.settings = input.settings;
      return [];
    case "tariffSet":
      state.tariff = input.tariff;
      return [];
    case "rulesSet":
      return rulesSet(state, input.rules);
    case "policyRulesSet":
      return policyRulesSet(state, input);
    case "homeRulesSet":
      return homeRulesSet(state, input.rules);
    case "ruleStarted":
      return startedByHand(state, input.rule, input.by, input.at);
    case "holdsEnded":
      return holdsEnded(state, input.node, input.by, input.at);
    case "questionAnswered":
      return questionAnswered(state, input);
    case "runCancelled":
      return runCancelled(state, input.run, input.by);
    case "repairSet":
      return repairSet(state, input.repair);
    case "modeSet":
    case "presenceSet":
    case "ownModesSet":
    case "peopleSet":
    case "spansSet":
    case "scenesSet":
    case "sceneAsked":
    case "noticeRaised":
    case "noticesRead":
      return houseChanged(state, input);
    case "tick":
      return ticked(state, input.at);
  }
}

const ticked = (state: CoreState, at: number): Effect[] =>
  together([
    expire(state, at),
    identityTick(state, at),
    presenceTick(state, at),
    runRules(state, at),
    tellSilent(state, at),
    fadeFindings(state, at),
    writeRepairs(state, at),
    noticesTick(state, at),
  ]);

/** What an adapter told, through the two doors: roads become devices, and devices the nodes of this home. */
function entered(state: CoreState, heard: AdapterInput, now: number): Effect[] {
  const own = heard.kind === "nodeFound" ? ownAgain(state, heard.node, heard.at) : undefined;
  if (own) return own;
  const copies = heard.kind === "nodeFound" ? copiesGone(state, heard.node, heard.at) : [];
  const { input, before, settle: group } = atDoor(state, heard, now);
  const here = input && atHome(state, input);
  const effects = together([
    copies,
    before,
    here ? told(state, here, now) : [],
    group ? roadsChanged(state, group, now) : [],
  ]);
  if (here?.kind === "nodeGone") reindex(state, here.node);
  if (here?.kind !== "nodeFound" || (effects.length === 0 && state.identity.looked.has(here.node.id))) return effects;
  return [...effects, ...look(state, here.node.id, here.at)];
}

/** A device's roads came, went or changed: so may whether it is there, and who tells what. */
function roadsChanged(state: CoreState, group: Group, now: number): Effect[] {
  const isThere = reachableOf(group);
  const changed = isThere === undefined ? [] : reachable(state, homeOf(state, group), isThere, now);
  return [...changed, ...settle(state, group, now)];
}

/** An adapter told something of a device. */
function told(state: CoreState, input: AdapterInput, now: number): Effect[] {
  switch (input.kind) {
    case "nodeFound":
      return nodeFound(state, input.node, input.at);
    case "nodeGone":
      return nodeGone(state, input.node, input.at);
    case "reachable":
      return reachable(state, input.node, input.reachable, input.at);
    case "readings":
      return readingsArrived(state, input.readings, now);
    case "unset":
      return valuesUnset(state, input, now);
    case "problem":
      return found(state, input.problem, input.at);
  }
}

function rulesSet(state: CoreState, rules: CoreState["rules"]): Effect[] {
  state.rules = rules;
  forgetVerdicts(state);
  state.memory.clear();
  return [{ kind: "tell", event: { type: "rules" } }];
}

/** They come anew each hour: what other rules remember stays. */
function policyRulesSet(
  state: CoreState,
  { rules, guards = [] }: Extract<Input, { kind: "policyRulesSet" }>,
): Effect[] {
  state.policyRules = rules;
  guardsSet(state, guards);
  forgetVerdicts(state);
  return [{ kind: "tell", event: { type: "rules" } }];
}

function forgetVerdicts(state: CoreState): void {
  const ids = new Set([...state.rules, ...state.policyRules].map((r) => r.id));
  for (const id of state.verdicts.keys()) if (!ids.has(id)) state.verdicts.delete(id);
}
