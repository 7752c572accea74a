import type { FlexiblePart } from "../../energy/parts.ts";
import { varies } from "./prices.ts";
import { ALWAYS, act, aimOf, type Facts, rule, type Strategy } from "./strategy.ts";

const ESA = "deviceEnergyManagement";
const moves = (part: FlexiblePart): boolean => part.commands.includes("startTimeAdjustRequest");
const pauses = (part: FlexiblePart): boolean => part.commands.includes("pauseRequest");

function rules(facts: Facts, part: FlexiblePart) {
  const by = aimOf(facts.goals);
  const least = by === "cost" ? "costs least" : "causes least CO2";
  const start = { ...act(part, ESA, "startTimeAdjustRequest"), computed: { kind: "bestStart", by } as const };
  const pause = { ...act(part, ESA, "pauseRequest"), computed: { kind: "bestPause", by } as const };
  return [
    ...(moves(part) ? [rule("start", `Begin when the run ${least}`, ALWAYS, [start])] : []),
    ...(pauses(part) ? [rule("pause", "Pause while the rest comes better later", ALWAYS, [pause])] : []),
  ];
}

/** Machines that say themselves when they could run. */
export const flexibleRun: Strategy = {
  name: "flexibleRun",
  judgedBy: "device",
  label: "Let an appliance run when energy is cheapest",
  params: {},
  serves: ["applianceWindow", "minimise"],
  danger:
    "The machine may run at night or while nobody is at home. Its own settings bound it: the time by which it must be done, how long it may pause, and whether it takes requests at all.",
  candidates: (facts) =>
    varies(facts.prices) || aimOf(facts.goals) === "co2"
      ? facts.parts.flexibles
          .filter((part) => moves(part) || pauses(part))
          .map((part) => ({ node: part.node, params: [{}] }))
      : [],
  rules: (facts, node) => {
    const part = facts.parts.flexibles.find((p) => p.node === node && (moves(p) || pauses(p)));
    return part && rules(facts, part);
  },
  title: (name) => `${name}: run when energy is cheapest, within what it allows`,
  because: () =>
    "It forecasts its own run and says how far that may be moved; each run is moved or paused only where its forecast shows that it is the better for it.",
};
