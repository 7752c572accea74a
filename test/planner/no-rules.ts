import type { Home } from "../../hub/model/home.ts";
import { newHouse } from "../../hub/model/house.ts";
import type { CheckContext } from "../../hub/rules/check/index.ts";

/** A home in which nobody made a rule and no plan runs. */
export const noRules = (home: Home, now = 0): CheckContext => ({
  ...{ home, house: newHouse, scenes: [], rules: [], planRules: [], now },
  find: (id) => home.nodes.get(id),
});
