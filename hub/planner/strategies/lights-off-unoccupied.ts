import type { Part } from "../../energy/parts.ts";
import type { Condition } from "../../model/plan.ts";
import { act, type Facts, num, rule, type Strategy } from "./strategy.ts";

const MINUTES = 20;

const sensorOf = (facts: Facts, part: Part): string | undefined =>
  facts.parts.occupancy.find((sensor) => sensor.room === part.room)?.path;

export const lightsOffUnoccupied: Strategy = {
  name: "lightsOffUnoccupied",
  label: "Put out the light in an empty room",
  params: { minutes: { type: "number", unit: "min", min: 5, max: 240 } },
  serves: ["reduceStandby", "minimise"],
  danger: "Somebody who sits still may be left in the dark: move, or switch on again.",
  candidates: (facts) =>
    facts.parts.lights
      .filter((part) => part.relay && part.power && sensorOf(facts, part))
      .map((part) => ({ node: part.node, params: [{ minutes: MINUTES }] })),
  rules: (facts, node, params) => {
    const part = facts.parts.lights.find((p) => p.node === node);
    const path = part && sensorOf(facts, part);
    if (!part || !path) return undefined;
    const empty: Condition = { kind: "compare", path, op: "=", value: false, forMinutes: num(params, "minutes") };
    return [rule("off", "Light out in an empty room", empty, [act(part, "onOff", "off")])];
  },
  title: (name, params) => `${name}: off when the room is empty for ${num(params, "minutes")} minutes`,
  because: () => "Nobody sees it.",
};
