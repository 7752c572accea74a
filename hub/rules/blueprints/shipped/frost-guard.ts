import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const frostGuard: Blueprint = {
  inglenookBlueprint: 1,
  id: "frost-guard",
  version: 1,
  title: "Frost guard",
  description:
    "Tells you when it gets too cold somewhere (cellar, garage, empty house), and turns a heater on until it is warmer again, if there is one.",
  about: "heating",
  icon: "temperature",
  inputs: {
    sensor: { kind: "device", label: "Temperature", has: ["temperatureMeasurement.measuredValue"] },
    limit: { kind: "number", label: "Too cold below", unit: "°C", min: -5, max: 15, step: 0.5, default: 4 },
    heater: {
      kind: "device",
      label: "Heater",
      hint: "On a plug that can be switched; left out: only a message",
      has: ["onOff.on", "onOff.off"],
      optional: true,
    },
  },
  rule: {
    form: "when",
    on: [
      {
        kind: "crosses",
        target: { input: "sensor" },
        of: "temperatureMeasurement.measuredValue",
        below: { input: "limit" },
        forMinutes: 5,
      },
    ],
    do: [
      {
        kind: "notify",
        title: "Danger of frost",
        text: "It is colder than it should ever be.",
        values: [
          {
            label: "Now",
            value: { read: "temperatureMeasurement.measuredValue", target: { input: "sensor" } },
          },
        ],
        level: "alarm",
      },
      {
        given: "heater",
        use: { kind: "command", target: { input: "heater" }, capability: "onOff", command: "on" },
      },
      {
        given: "heater",
        use: {
          kind: "waitUntil",
          condition: {
            kind: "state",
            target: { input: "sensor" },
            of: "temperatureMeasurement.measuredValue",
            op: ">",
            value: { input: "limit", plus: 2 },
          },
          atMostMinutes: 1440,
        },
      },
      {
        given: "heater",
        use: { kind: "command", target: { input: "heater" }, capability: "onOff", command: "off" },
      },
    ],
    mode: "single",
  },
};
