import type { ThermostatPart } from "../../energy/parts.ts";
import type { Condition, Goal } from "../../model/plan.ts";
import { varies } from "./prices.ts";
import { act, type Facts, num, type Params, roundTo, rule, type Strategy, text } from "./strategy.ts";

/** WHO Housing and health guidelines (2018): 18 degC keeps the general population well; nobody asked for less. */
export const LEAST_C = 18;
const NIGHT_FROM = "22:30";
const NIGHT_TO = "05:00";

const goalsOf = (facts: Facts, part: ThermostatPart) =>
  facts.goals.filter((g): g is Extract<Goal, { kind: "comfort" }> => g.kind === "comfort" && g.room === part.room);

const floorOf = (facts: Facts, part: ThermostatPart): number =>
  Math.max(LEAST_C, ...goalsOf(facts, part).flatMap((g) => g.minC ?? []));

function paramsFor(facts: Facts, part: ThermostatPart): Params[] {
  const known = facts.facts.get(part.node);
  if (!known || !Number.isFinite(known.setC)) return [];
  const dayC = roundTo(known.setC ?? 20, 0.5);
  // Room for what the thermostat undershoots, so that the coldest moment still keeps the promise.
  const lowest = Math.ceil((floorOf(facts, part) + 0.3 - Math.min(0, known.offset ?? 0)) * 2) / 2;
  const night = { from: NIGHT_FROM, to: NIGHT_TO, dayC };
  const peak = { from: facts.prices.highFrom, to: facts.prices.highTo, dayC };
  const options: Params[] = [1, 2, 3].map((down) => ({ ...night, lowC: dayC - down }));
  // By day people are up: it gets cooler only where somebody said how cool it may be.
  if (varies(facts.prices) && goalsOf(facts, part).length > 0)
    options.push(...[0.5, 1].map((down) => ({ ...peak, lowC: dayC - down })));
  return options.filter((params) => num(params, "lowC") >= lowest);
}

export const setback: Strategy = {
  name: "setback",
  label: "Heat less while it does not matter",
  params: {
    from: { type: "clock" },
    to: { type: "clock" },
    lowC: { type: "number", unit: "°C", min: 15, max: 26 },
    dayC: { type: "number", unit: "°C", min: 15, max: 26 },
  },
  serves: ["comfort", "minimise"],
  danger: "Rooms cool down slowly and warm up slowly; other rooms on the same heating may be cooler.",
  candidates: (facts) => facts.parts.thermostats.map((part) => ({ node: part.node, params: paramsFor(facts, part) })),
  rules: (facts, node, params) => {
    const part = facts.parts.thermostats.find((p) => p.node === node);
    if (!part) return undefined;
    const low: Condition = { kind: "between", from: text(params, "from"), to: text(params, "to") };
    const set = (degrees: number) => [act(part, "thermostat", "set", { occupiedHeatingSetpoint: degrees })];
    const title = `Heat to ${num(params, "lowC")} °C from ${text(params, "from")} to ${text(params, "to")}`;
    return [rule("setback", title, low, set(num(params, "lowC")), set(num(params, "dayC")))];
  },
  title: (name, params) =>
    `${name}: ${num(params, "lowC")} °C from ${text(params, "from")} to ${text(params, "to")}, else ${num(params, "dayC")} °C`,
  because: () => "A cooler house loses less warmth, and the heat pump rests while energy is dear or everyone sleeps.",
};
