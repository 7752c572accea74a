import type { StoragePart } from "../../energy/parts.ts";
import { varies } from "./prices.ts";
import { ALWAYS, act, type Facts, num, rule, type Strategy } from "./strategy.ts";

/** Taken until it is known better: one phase of 16 A takes longest, three phases want most sun, and both do no harm. */
const KW = 3.6;
const PHASES = 3;

const fits = (part: StoragePart): boolean =>
  part.control !== undefined && part.power !== undefined && part.target !== undefined;

/** Chargers that know when the car must be ready and what it still needs. */
const suited = (facts: Facts): readonly StoragePart[] => facts.parts.evses.filter(fits);

export const evTarget: Strategy = {
  name: "evTarget",
  judgedBy: "device",
  label: "Charge the car from the sun and in the cheapest hours before its own target",
  params: {
    kw: { type: "number", unit: "kW", min: 1, max: 350 },
    phases: { type: "number", unit: "phases", min: 1, max: 3 },
  },
  serves: ["readyBy", "minimise"],
  danger:
    "It counts on the target that is set at the charger: without one it charges from the sun alone, and a car that comes home late charges without a break.",
  candidates: (facts) =>
    varies(facts.prices) || facts.parts.solar.length > 0
      ? suited(facts).map((part) => ({ node: part.node, params: [{ kw: KW, phases: PHASES }] }))
      : [],
  rules: (facts, node, params) => {
    const part = suited(facts).find((p) => p.node === node);
    if (!part?.power) return undefined;
    const charge = {
      ...act(part, "energyEvse", "enableCharging"),
      computed: { kind: "charge", power: part.power, kw: num(params, "kw"), phases: num(params, "phases") } as const,
    };
    return [rule("charge", "Charge from the sun and in the cheapest hours", ALWAYS, [charge])];
  },
  title: (name) => `${name}: charge from the sun and in the cheapest hours before its target`,
  because: (params) =>
    `The charger says what the car still needs and by when; with ${num(params, "kw")} kW that leaves hours to choose from.`,
};
