import { clockText, parseClock } from "../../energy/clock.ts";
import type { TankPart } from "../../energy/parts.ts";
import type { Condition } from "../../model/plan.ts";
import { act, type Facts, num, type Params, readyGoalOf, release, rule, type Strategy, text } from "./strategy.ts";

const BY = "06:30";
const HEATER = "waterHeaterManagement";
/** A boost is asked for again after so long, if it is still due: a hub that is gone leaves nothing on for longer. */
const BOOST_S = 1800;
/** Less heat than this is lacking in a tank that is hot, kWh. */
const HOT_KWH = 0.3;
/** A boost goes on while no more than this is imported for it, W. */
const SLACK_W = 300;

const fits = (part: TankPart): boolean => part.boost !== undefined && part.lacks !== undefined;

function paramsFor(facts: Facts, node: string): Params[] {
  const { heatW = 2000, drawnKwhPerDay = 5, lossKwhPerDay = 1 } = facts.facts.get(node) ?? {};
  const need = ((drawnKwhPerDay + lossKwhPerDay) / (heatW / 1000)) * 1.2;
  const hours = Math.min(12, Math.max(0.5, Math.ceil(need * 4) / 4));
  return [{ hours, by: readyGoalOf(facts, node)?.by ?? BY, sunW: Math.round(heatW) }];
}

const cheap = (params: Params): Condition => {
  const by = text(params, "by");
  return { kind: "cheapest", hours: num(params, "hours"), from: clockText(parseClock(by) + 60), to: by };
};

/**
 * What a boost takes leaves the house no more: it goes on until more than a little is imported. Between the two conditions
 * nothing is asked for, so that it does not flutter.
 */
function conditions(lacks: string, params: Params): { due: Condition; over: Condition } {
  const cold: Condition = { kind: "compare", path: lacks, op: ">", value: HOT_KWH };
  const sun: Condition = { kind: "surplusAbove", watts: num(params, "sunW") };
  const enough: Condition = { kind: "surplusAbove", watts: -SLACK_W };
  return {
    due: { kind: "all", of: [cold, { kind: "any", of: [cheap(params), sun] }] },
    over: { kind: "not", of: { kind: "any", of: [cheap(params), enough] } },
  };
}

export const waterHeaterBoost: Strategy = {
  name: "waterHeaterBoost",
  label: "Boost the hot water from the sun and in the cheapest hours",
  params: {
    hours: { type: "number", unit: "h", min: 0.25, max: 18 },
    by: { type: "clock" },
    sunW: { type: "number", unit: "W", min: 300, max: 20_000 },
  },
  serves: ["readyBy", "minimise"],
  danger: "The tank is heated more often to its own setpoint; it still heats by itself when the water gets cold.",
  // A tank behind a switch is steered by that: a switch keeps it from heating at all in the dear hours.
  candidates: (facts) =>
    facts.parts.tanks
      .filter((part) => fits(part) && !part.relay)
      .map((part) => ({ node: part.node, params: paramsFor(facts, part.node) })),
  rules: (facts, node, params) => {
    const part = facts.parts.tanks.find((p) => p.node === node && fits(p));
    if (!part?.boost || !part.lacks) return undefined;
    const { due, over } = conditions(part.lacks, params);
    const asked = act(part, HEATER, "boost", { duration: BOOST_S, oneShot: true });
    return [
      rule("boost", "Boost from the sun and in the cheapest hours", due, [asked]),
      rule("end", "End a boost that the grid would pay for", over, [release(part, HEATER, "cancelBoost")]),
    ];
  },
  title: (name, params) =>
    `${name}: boost from the sun and in the ${num(params, "hours")} cheapest hours before ${text(params, "by")}`,
  because: () => "Water that was heated when energy was cheap is still warm when it is dear.",
};
