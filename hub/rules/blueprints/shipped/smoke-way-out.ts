import type { Blueprint } from "../../../model/blueprint/blueprint.ts";

export const smokeWayOut: Blueprint = {
  inglenookBlueprint: 1,
  id: "smoke-way-out",
  version: 1,
  title: "Smoke: light the way out",
  description: "When a smoke alarm goes off, the lights go on, the blinds open and you are told.",
  about: "safety",
  icon: "alarm",
  inputs: {
    alarms: {
      kind: "devices",
      label: "Smoke alarms",
      kinds: ["smoke"],
      has: ["smokeCoAlarm.smokeState"],
    },
    lights: {
      kind: "devices",
      label: "Lights",
      kinds: ["light"],
      has: ["onOff.on"],
      default: { kinds: ["light"] },
    },
    blinds: {
      kind: "devices",
      label: "Blinds on the way out",
      has: ["windowCovering.upOrOpen"],
      prefer: ["blind"],
      optional: true,
    },
  },
  rule: {
    form: "when",
    on: [
      { kind: "becomes", target: { input: "alarms" }, of: "smokeCoAlarm.smokeState", to: "warning" },
      { kind: "becomes", target: { input: "alarms" }, of: "smokeCoAlarm.smokeState", to: "critical" },
    ],
    do: [
      { kind: "notify", title: "Smoke alarm", text: "Leave the house and call for help.", level: "alarm" },
      { kind: "command", target: { input: "lights" }, capability: "onOff", command: "on" },
      {
        given: "blinds",
        use: { kind: "command", target: { input: "blinds" }, capability: "windowCovering", command: "upOrOpen" },
      },
    ],
    mode: "single",
  },
};
