import { clockText, parseClock } from "../../energy/clock.ts";
import type { Condition } from "../../model/plan.ts";
import { varies } from "./prices.ts";
import { act, type Facts, num, type Params, readyGoalOf, rule, type Strategy, text } from "./strategy.ts";

const BY = "06:30";
/** Below this it heats at any price. */
const FLOOR_C = 45;
/** Once it heats outside the cheap hours it goes on for this many kelvins, so that it does not flutter. */
const BAND_K = 3;

function paramsFor(facts: Facts, node: string): Params[] {
  const { heatW = 2000, drawnKwhPerDay = 5, lossKwhPerDay = 1, offAt = 60 } = facts.facts.get(node) ?? {};
  const goal = readyGoalOf(facts, node);
  const need = ((drawnKwhPerDay + lossKwhPerDay) / (heatW / 1000)) * 1.5 + 0.5;
  const hours = Math.ceil(Math.min(12, Math.max(need, Math.min(facts.prices.lowHours, 8))) * 4) / 4;
  const by = goal?.by ?? BY;
  const floors = goal ? [goal.target] : [FLOOR_C, 42, 50];
  return floors.filter((minC) => minC < offAt - BAND_K).map((minC) => ({ minC, by, hours }));
}

function cheap(params: Params): Condition {
  const by = text(params, "by");
  return { kind: "cheapest", hours: num(params, "hours"), from: clockText(parseClock(by) + 60), to: by };
}

export const waterHeaterCheapHours: Strategy = {
  name: "waterHeaterCheapHours",
  label: "Heat water in the cheapest hours",
  params: {
    minC: { type: "number", unit: "°C", min: 40, max: 65 },
    by: { type: "clock" },
    hours: { type: "number", unit: "h", min: 0.25, max: 18 },
  },
  serves: ["readyBy", "minimise"],
  danger: "The tank must still reach its own thermostat's temperature once a day: keep that at 60 °C for hygiene.",
  candidates: (facts) =>
    varies(facts.prices)
      ? facts.parts.tanks
          .filter((part) => part.relay && part.temperature)
          .map((part) => ({ node: part.node, params: paramsFor(facts, part.node) }))
      : [],
  rules: (facts, node, params) => {
    const part = facts.parts.tanks.find((p) => p.node === node);
    if (!part?.temperature || !part.relay) return undefined;
    const minC = num(params, "minC");
    const [, endpoint = ""] = part.relay.split("/");
    const at = { node, endpoint: Number(endpoint) };
    const path = part.temperature;
    const heat: Condition = { kind: "any", of: [cheap(params), { kind: "compare", path, op: "<", value: minC }] };
    const rest: Condition = {
      kind: "all",
      of: [
        { kind: "not", of: cheap(params) },
        { kind: "compare", path, op: ">=", value: minC + BAND_K },
      ],
    };
    return [
      rule("heat", `Heat in cheap hours and below ${minC} °C`, heat, [act(at, "onOff", "on")]),
      rule("rest", `Wait for cheap hours above ${minC + BAND_K} °C`, rest, [act(at, "onOff", "off")]),
    ];
  },
  title: (name, params) => `${name}: heat in the ${num(params, "hours")} cheapest hours before ${text(params, "by")}`,
  because: (params) => `The tank keeps its warmth for hours; below ${num(params, "minC")} °C it heats at any price.`,
};
