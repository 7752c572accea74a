import type { FlexiblePart } from "../../energy/parts.ts";
import type { Condition } from "../../model/plan.ts";
import { varies } from "./prices.ts";
import { act, type Facts, num, release, rule, type Strategy } from "./strategy.ts";

const ESA = "deviceEnergyManagement";

/** A charger's current is steered by its own cluster, and a machine with a start or a pause by those. */
const fits = (facts: Facts, part: FlexiblePart): boolean =>
  part.commands.includes("powerAdjustRequest") &&
  part.commands.includes("cancelPowerAdjustRequest") &&
  !part.commands.includes("startTimeAdjustRequest") &&
  ![facts.parts.evses, facts.parts.batteries].some((list) => list.some((p) => p.node === part.node));

export const flexiblePower: Strategy = {
  name: "flexiblePower",
  judgedBy: "device",
  label: "Lower an appliance's power while energy is dear",
  params: { abovePerKwh: { type: "number", unit: "per kWh", min: -10, max: 10 } },
  serves: ["minimise"],
  danger: "It heats or cools less in the dear hours, as far as it offers that itself, and makes up for it later.",
  candidates: (facts) =>
    varies(facts.prices)
      ? facts.parts.flexibles
          .filter((part) => fits(facts, part))
          .map((part) => ({ node: part.node, params: [{ abovePerKwh: (facts.prices.low + facts.prices.high) / 2 }] }))
      : [],
  rules: (facts, node, params) => {
    const part = facts.parts.flexibles.find((p) => p.node === node && fits(facts, p));
    if (!part) return undefined;
    const dear: Condition = { kind: "not", of: { kind: "priceBelow", perKwh: num(params, "abovePerKwh") } };
    const less = { ...act(part, ESA, "powerAdjustRequest"), computed: { kind: "leastPower" } as const };
    return [
      rule("less", "Less power while energy is dear", dear, [less], [release(part, ESA, "cancelPowerAdjustRequest")]),
    ];
  },
  title: (name, params) => `${name}: less power while a kWh costs ${num(params, "abovePerKwh").toFixed(2)} or more`,
  because: () => "It offers to take less for a time; what it puts off it takes when a kWh costs less.",
};
