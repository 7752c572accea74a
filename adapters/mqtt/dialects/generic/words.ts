/** What a value of a mapping may mean: every attribute of the house, with the units and words that lead to it. */
import { capabilities } from "../../../../hub/model/capabilities/index.ts";
import type { HouseWord } from "../../../../hub/ports.ts";
import { settable, unitsOf } from "./check.ts";

/** By group, in the order of the capabilities. */
export const houseWords = (): readonly HouseWord[] =>
  Object.values(capabilities).flatMap((capability) =>
    Object.entries(capability.attributes).map(([attribute, spec]) => {
      const means = `${capability.name}.${attribute}`;
      return {
        means,
        group: capability.label,
        label: spec.label,
        kind: spec.type === "string" ? "text" : spec.type,
        units: spec.type === "number" ? unitsOf(means, spec.unit) : [],
        words: spec.type === "enum" ? spec.values : [],
        settable: settable(means),
      };
    }),
  );
