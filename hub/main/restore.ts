import type { Finding } from "../model/finding.ts";
import type { Held, HomeSettings } from "../model/home.ts";
import { type HouseState, type Notice, newHouse, type Scene } from "../model/house.ts";
import type { Merge, Proposal } from "../model/identity.ts";
import type { NodeDescription, NodeSettings } from "../model/node.ts";
import { type NodeId, parsePath } from "../model/path.ts";
import type { Rule } from "../model/plan.ts";
import type { HomeRule } from "../model/rule/rule.ts";
import type { Tariff } from "../model/tariff.ts";
import type { Store } from "../ports.ts";
import type { Run } from "../rules/run/run.ts";
import { MAX_RUNS } from "../step/automation/state.ts";
import { stillFits } from "../step/fit.ts";
import { restoreIdentity } from "../step/identity/keep.ts";
import { MAX_NOTICES } from "../step/notices.ts";
import { defaultLimits, type Hold, type Places } from "../step/state.ts";
import { type CoreState, emptyState } from "../step.ts";
import { flatTariff, newHome } from "./defaults.ts";
import { byAge } from "./rules.ts";

/** The core's state as it was kept: devices, settings, rules, and last values, which count as stale until a device speaks. */
export function restoreState(store: Store, speed: number): CoreState {
  const settings = store.get<HomeSettings>("homeSettings", "home") ?? newHome();
  const tariff = store.get<Tariff>("tariff", "tariff") ?? flatTariff;
  const limits = { ...defaultLimits, confirmMs: defaultLimits.confirmMs * speed };
  const state = emptyState(settings, tariff, limits);
  for (const description of store.list<NodeDescription>("node")) {
    const own = store.get<NodeSettings>("nodeSettings", description.id) ?? {};
    state.home.nodes.set(description.id, {
      description,
      settings: own,
      reachable: "unknown",
      heardAt: 0,
      values: new Map(),
    });
  }
  const lastOfAway = new Map<NodeId, Map<string, Held>>();
  for (const { id } of store.list<{ id: NodeId }>("away").slice(0, limits.maxNodes)) {
    if (state.home.nodes.has(id)) continue;
    const values = new Map<string, Held>();
    lastOfAway.set(id, values);
    state.away.set(id, { settings: store.get<NodeSettings>("nodeSettings", id) ?? {}, values, heardAt: 0 });
  }
  restoreValues(state, store, lastOfAway);
  for (const finding of store.list<Finding>("finding").slice(-limits.maxFindings))
    state.findings.set(finding.key, finding);
  for (const { device, node } of store.get<Places>("places", "places") ?? []) {
    state.places.nodeOf.set(device, node);
    state.places.deviceOf.set(node, device);
  }
  state.rules = store.list<Rule>("rule");
  state.automation.rules = [...store.list<HomeRule>("homeRule")].sort(byAge);
  for (const run of store.list<Run & { open: Run["open"] | Record<string, string> }>("run").slice(-MAX_RUNS)) {
    // Kept by an earlier hub by id.
    const open = Array.isArray(run.open)
      ? run.open
      : Object.entries(run.open).map(([id, words]) => ({ id, words: String(words) }));
    state.automation.runs.set(run.id, { ...run, open });
  }
  for (const { key, at } of store.list<{ key: string; at: number }>("ruleMoment")) state.automation.taken.set(key, at);
  for (const { target, ...hold } of store.list<Hold & { target: string }>("hold")) state.holds.set(target, hold);
  for (const repair of store.repairs.list()) {
    const list = state.counters.repairs.get(repair.key) ?? [];
    state.counters.repairs.set(repair.key, [...list, repair]);
  }
  restoreHouse(state, store);
  restoreIdentity(state, store.list<Merge>("merge"), store.list<Proposal>("identityProposal"));
  return state;
}

function restoreHouse(state: CoreState, store: Store): void {
  state.house = { ...newHouse, ...store.get<HouseState>("house", "house") };
  state.scenes = store.list<Scene>("scene");
  const asking = new Set([...state.automation.runs.values()].map((run) => run.asked));
  for (const notice of store.list<Notice>("notice").slice(-MAX_NOTICES)) {
    const { question } = notice;
    const isLost = question && !question.over && !asking.has(notice.id);
    const over = { at: notice.at, words: "the hub was started anew, and its rule no longer waits" };
    state.notices.list.push(isLost ? { ...notice, question: { ...question, over } } : notice);
  }
}

function restoreValues(state: CoreState, store: Store, lastOfAway: ReadonlyMap<NodeId, Map<string, Held>>): void {
  for (const { key, value, at, source } of store.lastValues()) {
    const path = parsePath(key);
    if (!path) continue;
    const held = { value, at, source, ageUnknown: true };
    // What the clock would have started since the last word of the home was missed.
    state.automation.cursor = Math.max(state.automation.cursor, at);
    const node = state.home.nodes.get(path.node);
    if (node) {
      // An attribute that the device no longer has keeps its history and nothing else.
      if (stillFits(node.description, key, value)) node.values.set(key, held);
      node.heardAt = Math.max(node.heardAt, at);
    } else lastOfAway.get(path.node)?.set(key, held);
  }
}
