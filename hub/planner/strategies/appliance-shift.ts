import { clockText, parseClock } from "../../energy/clock.ts";
import type { Condition, Goal } from "../../model/plan.ts";
import { varies } from "./prices.ts";
import { act, type Facts, num, type Params, rule, type Strategy, text } from "./strategy.ts";

const BY = "07:00";
const RUNNING_W = 8;

const goalOf = (facts: Facts, node: string) =>
  facts.goals.find(
    (g): g is Extract<Goal, { kind: "applianceWindow" }> => g.kind === "applianceWindow" && g.node === node,
  );

/** Minutes from one time of day to the next of another. */
const until = (from: number, to: number): number => (to - from + 1440) % 1440;

function paramsFor(facts: Facts, node: string): Params[] {
  const known = facts.facts.get(node);
  const usual = known?.usualMinutes;
  if (usual === undefined || !Number.isFinite(usual)) return [];
  const goal = goalOf(facts, node);
  const by = goal?.by ?? BY;
  const holdTo = goal?.from ?? facts.prices.lowFrom;
  const runs = Math.ceil((known?.hoursPerCycle ?? 3) * 60) + 30;
  const begin = parseClock(holdTo);
  const usualPrice = facts.prices.quarters[Math.floor(usual / 15)] ?? facts.prices.low;
  const cheaper = (facts.prices.quarters[Math.floor(begin / 15) % 96] ?? usualPrice) < usualPrice;
  if (!cheaper || until(begin, parseClock(by)) < runs || until(usual, begin) > 8 * 60) return [];
  // Everything that people start in the hours around their usual time waits; the rest of the day is left alone.
  const early = Math.max(0, Math.min(usual - 180, parseClock(facts.prices.highFrom)));
  return [{ holdFrom: clockText(Math.floor(early / 30) * 30), holdTo, runningW: RUNNING_W }];
}

export const applianceShift: Strategy = {
  name: "applianceShift",
  label: "Run the dishwasher in cheap hours",
  params: {
    holdFrom: { type: "clock" },
    holdTo: { type: "clock" },
    runningW: { type: "number", unit: "W", min: 2, max: 100 },
  },
  serves: ["applianceWindow", "minimise"],
  danger:
    "Start the machine as usual: it waits without power and begins by itself. Use it only for a machine that goes on after a power cut, and not where it may not run unattended.",
  candidates: (facts) =>
    varies(facts.prices)
      ? facts.parts.appliances
          .filter((part) => part.relay && part.power)
          .map((part) => ({ node: part.node, params: paramsFor(facts, part.node) }))
      : [],
  rules: (facts, node, params) => {
    const part = facts.parts.appliances.find((p) => p.node === node);
    if (!part?.relay || !part.power) return undefined;
    const waits: Condition = { kind: "between", from: text(params, "holdFrom"), to: text(params, "holdTo") };
    // A machine that already runs is never stopped.
    const idle: Condition = { kind: "compare", path: part.power, op: "<", value: num(params, "runningW") };
    const wait: Condition = { kind: "all", of: [waits, idle] };
    return [
      rule("wait", `Wait for cheap hours until ${text(params, "holdTo")}`, wait, [act(part, "onOff", "off")]),
      rule("run", "Power in all other hours", { kind: "not", of: waits }, [act(part, "onOff", "on")]),
    ];
  },
  title: (name, params) => `${name}: start after ${text(params, "holdTo")}`,
  because: (params) =>
    `It usually runs when energy is dear; from ${text(params, "holdTo")} on the same programme costs less.`,
};
