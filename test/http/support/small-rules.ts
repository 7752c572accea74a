import { createBlueprints } from "../../../hub/main/blueprints.ts";
import { openKept } from "../../../hub/main/house/kept.ts";
import { createNumberDesk } from "../../../hub/main/house/numbers.ts";
import { createScenes } from "../../../hub/main/house/scenes.ts";
import { createSwitchDesk } from "../../../hub/main/house/switches.ts";
import { createRules } from "../../../hub/main/rules.ts";
import { createRuleExchange } from "../../../hub/main/rules-exchange.ts";
import type { Home } from "../../../hub/model/home.ts";
import type { Tariff } from "../../../hub/model/tariff.ts";
import type { Clock, Hub, Store } from "../../../hub/ports.ts";
import { emptyState, step } from "../../../hub/step.ts";

/** The real rules of people and the ready-made ones, on a home and a store of the test. */
export function smallRules(
  home: Home,
  store: Store,
  clock: Clock,
  tariff: Tariff,
): Pick<Hub, "homeRules" | "blueprints" | "ruleExchange" | "switches" | "numbers"> {
  const state = { ...emptyState(home.settings, tariff), home };
  const put = (input: Parameters<typeof step>[1]) => {
    step(state, input, clock.now());
    return true;
  };
  const homeRules = createRules({ state, store, clock, put, policies: { mayAsk: () => [] } });
  const command = () => Promise.resolve({ id: "c", outcome: { state: "refused", reason: "no device" } } as const);
  const scenes = createScenes({ state, store, clock, put, subscribe: () => () => {}, command });
  const own = openKept(store, clock);
  void own.adapter.start(put);
  const switches = createSwitchDesk({ state, store, clock, put, kept: own });
  const numbers = createNumberDesk({ state, store, clock, put, kept: own });
  const ruleExchange = createRuleExchange({ state, switches, numbers, scenes }, homeRules);
  return {
    homeRules,
    ruleExchange,
    switches,
    numbers,
    blueprints: createBlueprints({ state, store, clock }, homeRules),
  };
}
