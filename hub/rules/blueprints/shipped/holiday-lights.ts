import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const holidayLights: Blueprint = {
  inglenookBlueprint: 1,
  id: "holiday-lights",
  version: 1,
  title: "As if somebody were home",
  description:
    "While the house is away or on holiday, two lights go on and off in turn in the evening, at other times on each day of the week.",
  about: "safety",
  icon: "house",
  inputs: {
    first: { kind: "device", label: "Light of the early evening", kinds: ["light"], has: ["onOff.on", "onOff.off"] },
    second: { kind: "device", label: "Light of the late evening", kinds: ["light"], has: ["onOff.on", "onOff.off"] },
    long: { kind: "number", label: "Each for about", unit: "min", min: 20, max: 180, step: 10, default: 80 },
  },
  rule: {
    form: "when",
    on: [{ kind: "sun", event: "sunset", offsetMinutes: 10, notBefore: "17:00", notAfter: "21:30" }],
    if: { kind: "mode", in: ["away", "holiday"] },
    variables: {
      later: { op: "*", of: [{ now: "weekday" }, 4] },
    },
    do: [
      { kind: "wait", minutes: { variable: "later" } },
      { kind: "command", target: { input: "first" }, capability: "onOff", command: "on" },
      { kind: "wait", minutes: { op: "+", of: [{ input: "long" }, { variable: "later" }] } },
      { kind: "command", target: { input: "second" }, capability: "onOff", command: "on" },
      { kind: "wait", minutes: 3 },
      { kind: "command", target: { input: "first" }, capability: "onOff", command: "off" },
      { kind: "wait", minutes: { op: "-", of: [{ input: "long", plus: 30 }, { variable: "later" }] } },
      { kind: "command", target: { input: "second" }, capability: "onOff", command: "off" },
    ],
    mode: "single",
  },
};
