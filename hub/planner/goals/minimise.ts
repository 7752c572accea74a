import type { GoalOf } from "../../model/goal/index.ts";
import { firm, type GoalKind } from "./kind.ts";

type Minimise = GoalOf<"minimise">;

const LEAST = { cost: "spend least", co2: "cause least CO2", import: "import least from the grid" } as const;
const WHATS = ["cost", "co2", "import"] as const;

export const minimise: GoalKind<Minimise> = {
  kind: "minimise",
  beside: true,
  choices: [
    {
      word: "spend less money",
      hint: "bills, prices, expensive, wages",
      what: "cost",
      examples: ["power costs us a fortune", "das ist teuer, spart"],
    },
    { word: "less CO2", hint: "climate, planet, emissions", what: "co2", examples: ["sé amable con el planeta"] },
    {
      word: "use own solar power",
      hint: "sun, roof, panels, sold for little",
      what: "import",
      examples: ["unser Dach liefert genug, nutz das"],
    },
  ],
  heard: (part) => WHATS.some((what) => part.has(what)),
  fill(part, _, chosen) {
    const whats = chosen.what ? WHATS.filter((what) => what === chosen.what) : WHATS.filter((what) => part.has(what));
    return whats.length > 0
      ? whats.map((what) => ({ goal: { kind: "minimise", what, ...firm(part) }, assumed: [] }))
      : "it does not say what there should be less of";
  },
  misfit: () => undefined,
  words: (goal) => LEAST[goal.what],
  demands: (goal) => [{ kind: "least", what: goal.what }],
};
