import type { StoragePart } from "../../energy/parts.ts";
import type { Condition, Goal } from "../../model/plan.ts";
import { varies } from "./prices.ts";
import { act, type Facts, num, type Params, rule, type Strategy } from "./strategy.ts";

const LEVELS = [0, 40, 70, 95];

const reserveOf = (facts: Facts): number =>
  facts.goals.find((g): g is Extract<Goal, { kind: "batteryReserve" }> => g.kind === "batteryReserve")?.percent ?? 0;

function paramsFor(facts: Facts, part: StoragePart): Params[] {
  const reserve = reserveOf(facts);
  const { roundTrip = 0.85, low = 5 } = facts.facts.get(part.node) ?? {};
  const pays = varies(facts.prices) && facts.prices.high * roundTrip > facts.prices.low;
  const hours = pays ? Math.min(12, facts.prices.lowHours) : 0;
  const levels = pays ? LEVELS.filter((level) => level === 0 || level > Math.max(low, reserve)) : [0];
  if (!pays && reserve === 0) return [];
  return levels.map((chargeToPercent) => ({ chargeToPercent, hours, reservePercent: reserve }));
}

/** Modes exclude each other: every moment belongs to exactly one rule. */
function rules(part: StoragePart, path: string, params: Params) {
  const [chargeTo, hours, reserve] = [
    num(params, "chargeToPercent"),
    num(params, "hours"),
    num(params, "reservePercent"),
  ];
  const below = (value: number): Condition => ({ kind: "compare", path, op: "<", value });
  // A mode is left two percent away from where it was entered, so that it does not flutter.
  const cheap: Condition = { kind: "cheapest", hours, from: "12:00", to: "12:00" };
  const kept: Condition = { kind: "compare", path, op: "<=", value: reserve };
  const mode = (mode: string) => [act(part, "batteryControl", "set", { mode })];
  const made = [];
  if (hours > 0 && chargeTo > 0)
    made.push(
      rule(
        "charge",
        `Charge to ${chargeTo} % in cheap hours`,
        { kind: "all", of: [cheap, below(chargeTo)] },
        mode("chargeFromGrid"),
      ),
    );
  const above: Condition[] = chargeTo > 0 ? [{ kind: "not", of: below(chargeTo) }] : [];
  if (hours > 0) {
    made.push(rule("hold", "Keep what is stored in cheap hours", { kind: "all", of: [cheap, ...above] }, mode("hold")));
  }
  const dear: Condition[] = hours > 0 ? [{ kind: "not", of: cheap }] : [];
  if (reserve > 0) {
    made.push(rule("reserve", `Keep ${reserve} %`, { kind: "all", of: [...dear, kept] }, mode("hold")));
    made.push(
      rule("follow", "Serve the house", { kind: "all", of: [...dear, { kind: "not", of: kept }] }, mode("followLoad")),
    );
  } else made.push(rule("follow", "Serve the house", { kind: "all", of: dear }, mode("followLoad")));
  return made;
}

export const batteryModes: Strategy = {
  name: "batteryModes",
  label: "Use the battery when energy is dear",
  params: {
    chargeToPercent: { type: "number", unit: "%", min: 0, max: 100 },
    hours: { type: "number", unit: "h", min: 0, max: 18 },
    reservePercent: { type: "number", unit: "%", min: 0, max: 95 },
  },
  serves: ["batteryReserve", "minimise"],
  danger: "Charging from the grid wears the battery by part of a cycle a day.",
  candidates: (facts) =>
    facts.parts.batteries
      .filter((part) => part.control && part.stateOfCharge)
      .map((part) => ({ node: part.node, params: paramsFor(facts, part) })),
  rules: (facts, node, params) => {
    const part = facts.parts.batteries.find((p) => p.node === node);
    return part?.stateOfCharge && part.control ? rules(part, part.stateOfCharge, params) : undefined;
  },
  title: (name, params) => {
    const [to, keep] = [num(params, "chargeToPercent"), num(params, "reservePercent")];
    if (num(params, "hours") === 0) return `${name}: keep ${keep} % in reserve`;
    return to > 0
      ? `${name}: charge to ${to} % in cheap hours, serve the house in dear ones`
      : `${name}: wait through the cheap hours`;
  },
  because: (params) =>
    num(params, "hours") === 0
      ? "The reserve is kept for when it is needed."
      : "What is stored is worth most when energy is dear; in the cheap hours the grid serves the house.",
};
