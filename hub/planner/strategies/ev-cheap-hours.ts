import { clockText, parseClock } from "../../energy/clock.ts";
import type { StoragePart } from "../../energy/parts.ts";
import type { Condition } from "../../model/plan.ts";
import { enoughFor } from "../../twin/car-habits.ts";
import { varies } from "./prices.ts";
import { act, type Facts, num, type Params, percentOf, readyGoalOf, rule, type Strategy, text } from "./strategy.ts";

const PERCENT_BY_DEFAULT = 80;
const KWH_PER_PERCENT = 0.6;
const BY = "07:00";
/** Hours that the window begins after the deadline of the day before. */
const AFTER_H = 5;

/** Hours to charge what is enough for a long day. */
function hoursNeeded(facts: Readonly<Record<string, number>>, target: number): number {
  const { tripPercent = 50, kwhPerPercent = KWH_PER_PERCENT, chargeKw = 3.6 } = facts;
  return Math.min(18, Math.ceil((enoughFor(tripPercent, target) * kwhPerPercent * 4) / chargeKw) / 4);
}

function paramsFor(facts: Facts, part: StoragePart): Params {
  const goal = readyGoalOf(facts, part.node);
  const known = facts.facts.get(part.node) ?? {};
  const targetPercent = goal ? percentOf(goal, known.kwhPerPercent ?? KWH_PER_PERCENT) : PERCENT_BY_DEFAULT;
  const hours = hoursNeeded(known, targetPercent);
  return { targetPercent, by: goal?.by ?? BY, hours, floorPercent: Math.min(20, targetPercent) };
}

/** Charging starts at once below the floor, in the cheapest hours below the target, and in any case when time runs out. */
function condition(stateOfCharge: string, params: Params): Condition {
  const by = parseClock(text(params, "by"));
  const below = (percent: number): Condition => ({ kind: "compare", path: stateOfCharge, op: "<", value: percent });
  const latest = clockText(by - num(params, "hours") * 60);
  const from = clockText(by + AFTER_H * 60);
  const to = text(params, "by");
  return {
    kind: "any",
    of: [
      below(num(params, "floorPercent")),
      {
        kind: "all",
        of: [
          below(num(params, "targetPercent")),
          {
            kind: "any",
            of: [
              { kind: "cheapest", hours: num(params, "hours"), from, to },
              { kind: "between", from: latest, to },
            ],
          },
        ],
      },
    ],
  };
}

export const evCheapHours: Strategy = {
  name: "evCheapHours",
  label: "Charge the car in the cheapest hours",
  params: {
    targetPercent: { type: "number", unit: "%", min: 20, max: 100 },
    by: { type: "clock" },
    hours: { type: "number", unit: "h", min: 0.25, max: 18 },
    floorPercent: { type: "number", unit: "%", min: 0, max: 100 },
  },
  serves: ["readyBy", "minimise"],
  danger: "A car that comes home late and nearly empty may not reach its goal; it then charges without a break.",
  candidates: (facts) =>
    varies(facts.prices)
      ? facts.parts.evses
          .filter((part) => part.control && part.stateOfCharge)
          .map((part) => ({ node: part.node, params: [paramsFor(facts, part)] }))
      : [],
  rules: (facts, node, params) => {
    const part = facts.parts.evses.find((p) => p.node === node);
    if (!part?.stateOfCharge || !part.control) return undefined;
    const when = condition(part.stateOfCharge, params);
    const title = `Charge to ${num(params, "targetPercent")} % in the cheapest hours before ${text(params, "by")}`;
    return [
      rule("charge", title, when, [act(part, "energyEvse", "enableCharging")], [act(part, "energyEvse", "disable")]),
    ];
  },
  title: (name, params) =>
    `${name}: charge to ${num(params, "targetPercent")} % by ${text(params, "by")} in the cheapest hours`,
  because: (params) =>
    `The car usually charges as soon as it is plugged in; ${num(params, "hours")} cheap hours before ${text(params, "by")} are enough.`,
};
