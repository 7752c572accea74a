import { gridNow } from "../energy/flow.ts";
import { co2At, exportPriceAt, priceAt } from "../energy/tariff.ts";
import { capabilities } from "../model/capabilities/index.ts";
import type { Value } from "../model/capability.ts";
import type { Command } from "../model/command.ts";
import { knownOf, type NodeState, nameOf } from "../model/home.ts";
import { decide, targetOf, type Want } from "../rules/arbitrate.ts";
import type { Picture, Started } from "../rules/picture.ts";
import { sunElevation } from "../rules/time/elevation.ts";
import { holidaySpans } from "../rules/time/holidays.ts";
import { steadyNow, tellSteady } from "./automation/steady.ts";
import { selected } from "./automation/watch.ts";
import { noteCommand, withinBudget } from "./budget.ts";
import { agrees, asked, gistOf, refusalOf } from "./commands.ts";
import { guarded } from "./guard/index.ts";
import { nameNow, rulesNow } from "./identity/names.ts";
import type { CoreState, Effect } from "./state.ts";

/**
 * A device that does not obey is asked again after a minute, then two, four … at most a quarter of an hour: times of the home's
 * clock. Where that runs faster than the machine's, `limits.confirmMs` is longer in proportion and is the wait that counts.
 */
const RETRY_MS = 60_000;
const MAX_RETRY_MS = 15 * 60_000;

/** Evaluates all rules on a frozen picture and asks for what is wanted and not yet so. Level, not edge: a restart decides again. */
export function runRules(state: CoreState, at: number): Effect[] {
  const picture = pictureOf(state, at);
  const all = [...rulesNow(state), ...steadyNow(state, picture)];
  if (all.length === 0) return nothingKept(state, at);
  const { rules, effects } = withinBudget(state, all, at);
  const decision = decide(rules, picture);
  let changed = false;
  for (const [id, verdict] of decision.verdicts) {
    changed ||= state.verdicts.get(id)?.holds !== verdict.holds;
    state.verdicts.set(id, verdict);
  }
  for (const { want, to } of decision.lost)
    state.verdicts.set(want.rule.id, { holds: true, reason: want.reason, lost: `gives way to ${to.rule.title}` });
  const held = guarded(state, decision.wants, at);
  effects.push(...held.effects);
  state.automation.wants = new Map(held.wants.map((want) => [targetOf(want.action), want]));
  for (const [k, want] of held.wants.entries()) effects.push(...pursue(state, want, k, at));
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

function isHoliday({ home: { settings } }: CoreState, at: number): boolean {
  const { holidays, timeZone } = settings;
  return holidays !== undefined && holidaySpans(holidays, at, at + 1, timeZone).length > 0;
}

const sources = new WeakMap<CoreState["tariff"], { readonly timeZone: string; readonly price: Picture["price"] }>();

/** One source of prices as long as the tariff is the same: what was worked out from it (the cheapest hours) holds as long. */
function pricesOf(tariff: CoreState["tariff"], timeZone: string): Picture["price"] {
  const known = sources.get(tariff);
  if (known?.timeZone === timeZone) return known.price;
  const price: Picture["price"] = (when) => priceAt(tariff, when, timeZone);
  sources.set(tariff, { timeZone, price });
  return price;
}

interface Lasting extends Required<Pick<Picture, "name" | "select" | "co2" | "sunElevation">> {}

const lastingParts = new WeakMap<CoreState, Lasting>();

/** What is the same at each moment: made once, for there are many moments. */
function lastingOf(state: CoreState): Lasting {
  const known = lastingParts.get(state);
  if (known) return known;
  const made: Lasting = {
    name: (id) => nameNow(state, id),
    select: (target, capability) => selected(state, target, capability),
    co2: (when) => co2At(state.tariff, when, state.home.settings.timeZone),
    sunElevation: (when) => sunElevation(when, state.home.settings),
  };
  lastingParts.set(state, made);
  return made;
}

/** The live home as conditions see it; as a run sees it, with its own variables and what started it. */
export function pictureOf(
  state: CoreState,
  at: number,
  run?: { readonly variables: Readonly<Record<string, Value>>; readonly started: Started },
): Picture {
  const { home, tariff } = state;
  const { timeZone } = home.settings;
  const { name, select, co2, sunElevation } = lastingOf(state);
  let grid: { watts: number | undefined } | undefined;
  return {
    ...{ now: at, timeZone, memory: state.memory, name, select, co2, sunElevation, house: state.house },
    price: pricesOf(tariff, timeZone),
    exportPrice: exportPriceAt(tariff, at, timeZone),
    surplusW: () => {
      grid ??= { watts: gridNow(home, at) };
      return grid.watts === undefined ? undefined : -grid.watts;
    },
    isHoliday: () => isHoliday(state, at),
    known: (key) => {
      const node = home.nodes.get(key.slice(0, Math.max(0, key.indexOf("/"))));
      return node ? knownOf(node, key, at) : { status: "unknown", reason: "there is no such device" };
    },
    variables: run && new Map(Object.entries(run.variables)),
    started: run?.started,
  };
}

/** `k` tells commands apart that one rule asks for at one moment. */
function pursue(state: CoreState, want: Want, k: number, at: number): Effect[] {
  const { action, rule } = want;
  const command: Command = {
    target: { node: action.node, endpoint: action.endpoint },
    capability: action.capability,
    command: action.command,
    args: action.args,
  };
  const target = targetOf(action);
  if (alreadySo(state, command, at) || !mayTry(state, command, target, at)) return [];
  const node = state.home.nodes.get(action.node);
  if (!node || node.reachable === false) return [];
  const held = state.holds.get(target);
  if (held && held.until > at) {
    state.verdicts.set(rule.id, {
      holds: true,
      reason: want.reason,
      lost: `${held.by} set it by hand until ${new Date(held.until).toISOString()}`,
    });
    return [];
  }
  const refusal = refusalOf(node, command, at);
  if (refusal) {
    state.verdicts.set(rule.id, { holds: true, reason: want.reason, lost: `${nameOf(node)} would refuse: ${refusal}` });
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
      : (capabilities[command.capability]?.commands[command.command]?.wants(
          command.args,
          lastKnown(node, command, at),
        ) ?? {});
  const entries = Object.entries(wants);
  if (entries.length === 0) return false;
  const prefix = `${command.target.node}/${command.target.endpoint}/${command.capability}.`;
  return entries.every(([attribute, value]) => {
    const known = knownOf(node, prefix + attribute, at);
    return known.status === "known" && agrees(prefix + attribute, known.value, value);
  });
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
