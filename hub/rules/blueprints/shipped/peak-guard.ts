import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const peakGuard: Blueprint = {
  inglenookBlueprint: 1,
  id: "peak-guard",
  version: 1,
  title: "Peak guard",
  description:
    "When the house takes more than a limit from the grid, devices are switched off one after the other, the least important first, until it is enough. Once the house has been calm for a while, what was on goes on again.",
  about: "energy",
  icon: "grid",
  inputs: {
    meter: {
      kind: "device",
      label: "House meter",
      has: ["electricalPowerMeasurement.activePower"],
      prefer: ["electricalMeter", "electricalUtilityMeter", "meterReferencePoint"],
    },
    limit: { kind: "number", label: "At most", unit: "W", min: 1000, max: 60000, step: 100, default: 9000 },
    first: {
      kind: "device",
      label: "Off first",
      hint: "What may wait for an hour or two",
      has: ["onOff.on", "onOff.off"],
      prefer: ["waterHeater"],
    },
    second: { kind: "device", label: "Then", has: ["onOff.on", "onOff.off"], optional: true },
    third: { kind: "device", label: "Last", has: ["onOff.on", "onOff.off"], optional: true },
    calm: {
      kind: "number",
      label: "On again below",
      hint: "So low that what was switched off fits beside it",
      unit: "W",
      min: 0,
      max: 50000,
      step: 100,
      default: 5000,
    },
  },
  rule: {
    form: "when",
    on: [
      {
        kind: "crosses",
        target: { input: "meter" },
        of: "electricalPowerMeasurement.activePower",
        above: { input: "limit" },
        forMinutes: 0.5,
      },
    ],
    variables: {
      firstWas: { read: "onOff.onOff", target: { input: "first" } },
      secondWas: { given: "second", use: false },
      thirdWas: { given: "third", use: false },
    },
    do: [
      { kind: "command", target: { input: "first" }, capability: "onOff", command: "off" },
      { kind: "wait", minutes: 1 },
      {
        given: "second",
        use: {
          kind: "choose",
          options: [
            {
              if: {
                kind: "state",
                target: { input: "meter" },
                of: "electricalPowerMeasurement.activePower",
                op: ">",
                value: { input: "limit" },
              },
              do: [
                { kind: "set", variable: "secondWas", to: { read: "onOff.onOff", target: { input: "second" } } },
                { kind: "command", target: { input: "second" }, capability: "onOff", command: "off" },
                { kind: "wait", minutes: 1 },
              ],
            },
          ],
        },
      },
      {
        given: "third",
        use: {
          kind: "choose",
          options: [
            {
              if: {
                kind: "state",
                target: { input: "meter" },
                of: "electricalPowerMeasurement.activePower",
                op: ">",
                value: { input: "limit" },
              },
              do: [
                { kind: "set", variable: "thirdWas", to: { read: "onOff.onOff", target: { input: "third" } } },
                { kind: "command", target: { input: "third" }, capability: "onOff", command: "off" },
              ],
            },
          ],
        },
      },
      {
        kind: "waitUntil",
        condition: {
          kind: "state",
          target: { input: "meter" },
          of: "electricalPowerMeasurement.activePower",
          op: "<",
          value: { input: "calm" },
          forMinutes: 5,
        },
        atMostMinutes: 110,
      },
      {
        kind: "choose",
        options: [
          {
            if: { kind: "formula", is: { variable: "firstWas" } },
            do: [{ kind: "command", target: { input: "first" }, capability: "onOff", command: "on" }],
          },
        ],
      },
      {
        given: "second",
        use: {
          kind: "choose",
          options: [
            {
              if: { kind: "formula", is: { variable: "secondWas" } },
              do: [{ kind: "command", target: { input: "second" }, capability: "onOff", command: "on" }],
            },
          ],
        },
      },
      {
        given: "third",
        use: {
          kind: "choose",
          options: [
            {
              if: { kind: "formula", is: { variable: "thirdWas" } },
              do: [{ kind: "command", target: { input: "third" }, capability: "onOff", command: "on" }],
            },
          ],
        },
      },
    ],
    mode: "single",
  },
};
