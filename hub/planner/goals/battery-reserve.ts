import { type GoalOf, RANGES } from "../../model/goal/index.ts";
import { badTime, drafting, type GoalKind, hoursOf, outside, timed } from "./kind.ts";
import type { Part } from "./read/part.ts";

type BatteryReserve = GoalOf<"batteryReserve">;

const PERCENT = 20;

/** What is to stay in it: what "at least" names, else a percentage that is no upper limit. */
function stated(part: Part): number | undefined {
  if (part.low?.unit === "%") return part.low.value;
  return part.amounts.find((a) => a.unit === "%" && a.value !== part.high?.value)?.value;
}

export const batteryReserve: GoalKind<BatteryReserve> = {
  kind: "batteryReserve",
  choices: [
    {
      word: "battery reserve kept",
      hint: "power cut, blackout, outage",
      examples: ["garde de quoi tenir pendant une panne"],
    },
  ],
  heard: (part) =>
    !(part.low && part.high) &&
    ((part.things.length === 0 && part.has("outage")) ||
      (part.things.some((t) => t.kind === "battery") &&
        !part.things.some((t) => t.kind === "car") &&
        (stated(part) !== undefined
          ? part.low !== undefined || part.has("reserve")
          : part.has("reserve") && !part.high))),
  fill(part) {
    const { take, assumed } = drafting();
    const percent = take("percent", stated(part), PERCENT, `${PERCENT} %, since nothing else was understood`);
    return [{ goal: { kind: "batteryReserve", percent, ...hoursOf(part), ...timed(part) }, assumed }];
  },
  misfit(goal, names) {
    if (!names.things.some((t) => t.kind === "battery")) return "there is no home battery";
    return outside("percent", "the reserve", goal.percent, RANGES.reserve) ?? badTime({ from: goal.from, to: goal.to });
  },
  words: (goal) => `keep ${goal.percent} % in the home battery`,
  demands: (goal) => [{ kind: "reserve", percent: goal.percent }],
};
