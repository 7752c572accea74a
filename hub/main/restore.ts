import type { Finding } from "../model/finding.ts";
import { problemKey } from "../model/finding.ts";
import type { HomeSettings } from "../model/home.ts";
import type { NodeDescription, NodeSettings } from "../model/node.ts";
import { parsePath } from "../model/path.ts";
import type { Rule } from "../model/plan.ts";
import type { Tariff } from "../model/tariff.ts";
import type { Store } from "../ports.ts";
import { defaultLimits } from "../step/state.ts";
import { type CoreState, emptyState } from "../step.ts";
import { flatTariff, newHome } from "./defaults.ts";

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
  for (const { key, value, at, source } of store.lastValues()) {
    const path = parsePath(key);
    const node = path && state.home.nodes.get(path.node);
    node?.values.set(key, { value, at, source, ageUnknown: true });
  }
  for (const finding of store.list<Finding>("finding")) state.findings.set(problemKey(finding), finding);
  state.rules = store.list<Rule>("rule");
  return state;
}
