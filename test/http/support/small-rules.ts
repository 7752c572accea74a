import { createRules } from "../../../hub/main/rules.ts";
import type { Home } from "../../../hub/model/home.ts";
import type { Tariff } from "../../../hub/model/tariff.ts";
import type { Clock, Rules, Store } from "../../../hub/ports.ts";
import { emptyState, step } from "../../../hub/step.ts";

/** The real rules of people, on a home and a store of the test. */
export function smallRules(home: Home, store: Store, clock: Clock, tariff: Tariff): Rules {
  const state = { ...emptyState(home.settings, tariff), home };
  const put = (input: Parameters<typeof step>[1]) => {
    step(state, input, clock.now());
    return true;
  };
  return createRules({ state, store, clock, put });
}
