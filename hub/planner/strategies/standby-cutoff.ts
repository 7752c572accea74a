import { clockText } from "../../energy/clock.ts";
import type { Condition } from "../../model/plan.ts";
import { act, type Facts, num, type Params, rule, type Strategy, text } from "./strategy.ts";

/** An hour counts as unused when at most so many days of the past show use in it. */
const UNUSED = 0.02;
const LEAST_HOURS = 3;
const LEAST_W = 2;
const IDLE_MINUTES = 20;

/** The longest run of unused hours, around midnight too: [first hour, length]. */
function quietHours(facts: Readonly<Record<string, number>>): [number, number] {
  let best: [number, number] = [0, 0];
  let length = 0;
  for (let i = 0; i < 48; i++) {
    length = (facts[`use${i % 24}`] ?? 1) <= UNUSED ? Math.min(length + 1, 23) : 0;
    if (length > best[1]) best = [(i - length + 25) % 24, length];
  }
  return best;
}

function paramsFor(facts: Facts, node: string): Params[] {
  const known = facts.facts.get(node);
  if (!known || !((known.standbyW ?? 0) >= LEAST_W)) return [];
  const [from, length] = quietHours(known);
  if (length < LEAST_HOURS) return [];
  return [{ from: clockText(from * 60), to: clockText((from + length) * 60), inUseW: Math.round(known.inUseW ?? 30) }];
}

export const standbyCutoff: Strategy = {
  name: "standbyCutoff",
  label: "Cut standby while nobody uses it",
  params: {
    from: { type: "clock" },
    to: { type: "clock" },
    inUseW: { type: "number", unit: "W", min: 3, max: 500 },
  },
  serves: ["reduceStandby", "minimise"],
  danger: "What hangs on the plug has no power in that time: no recordings, no updates, no alarm clock.",
  candidates: (facts) => {
    const only = facts.goals.flatMap((g) => (g.kind === "reduceStandby" && g.node ? [g.node] : []));
    return facts.parts.corners
      .filter((part) => part.relay && part.power && (only.length === 0 || only.includes(part.node)))
      .map((part) => ({ node: part.node, params: paramsFor(facts, part.node) }));
  },
  rules: (facts, node, params) => {
    const part = facts.parts.corners.find((p) => p.node === node);
    if (!part?.relay || !part.power) return undefined;
    const idle: Condition = {
      kind: "compare",
      path: part.power,
      op: "<",
      value: num(params, "inUseW"),
      forMinutes: IDLE_MINUTES,
    };
    const when: Condition = {
      kind: "all",
      of: [{ kind: "between", from: text(params, "from"), to: text(params, "to") }, idle],
    };
    return [
      rule("cut", "Cut standby in unused hours", when, [act(part, "onOff", "off")]),
      rule(
        "back",
        "Power in the hours of use",
        { kind: "between", from: text(params, "to"), to: text(params, "from") },
        [act(part, "onOff", "on")],
      ),
    ];
  },
  title: (name, params) => `${name}: no standby from ${text(params, "from")} to ${text(params, "to")}`,
  because: (params) =>
    `In that time it has hardly ever been used; if it is, it stays on until it rests for ${IDLE_MINUTES} minutes below ${num(params, "inUseW")} W.`,
};
