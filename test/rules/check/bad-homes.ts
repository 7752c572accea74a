/** Rules that people really write and should be told about: each with what is found. */
import type { Rule } from "../../../hub/model/plan.ts";
import type { Listed } from "./home.ts";
import * as s from "./say.ts";

export interface BadHome {
  readonly name: string;
  readonly devices: readonly Listed[];
  /** Saved before. */
  readonly rules?: readonly object[];
  readonly planRules?: readonly Rule[];
  readonly draft: object;
  /** The codes that are told, in their order, and words of the first sentence. */
  readonly codes: readonly string[];
  readonly says: RegExp;
}

const { dev } = s;
const hall: readonly Listed[] = [
  ["light", "hall", "Hall light", "Hall"],
  ["motion", "pir", "Hall motion", "Hall"],
];

export const badHomes: readonly BadHome[] = [
  {
    name: "a device that was removed",
    devices: hall,
    draft: s.when(s.moves("pir"), s.on(dev("attic"))),
    codes: ["unknown-device"],
    says: /no device "attic"/,
  },
  {
    name: "a room written in small letters",
    devices: hall,
    draft: s.when(s.moves("pir"), s.on(s.inRoom("hall", "light"))),
    codes: ["unknown-room"],
    says: /no room "hall"/,
  },
  {
    name: "a lamp that is to be heated",
    devices: hall,
    draft: s.when(s.moves("pir"), s.heatTo(dev("hall"), 21)),
    codes: ["missing"],
    says: /Hall light/,
  },
  {
    name: "a level beyond all",
    devices: hall,
    draft: s.when(s.moves("pir"), s.cmd(dev("hall"), "levelControl.moveToLevel", { level: 255 })),
    codes: ["value"],
    says: /between 0 and 100/,
  },
  {
    name: "warmer than the maker allows",
    devices: [["thermostat", "h", "Heating", "Office"]],
    draft: s.when(s.at("07:00"), s.heatTo(dev("h"), 35)),
    codes: ["value"],
    says: /between 4 and 30/,
  },
  {
    name: "text held against less than",
    devices: [["charger", "car", "Wallbox"]],
    draft: s.during(s.state(dev("car"), "energyEvse.state", "<", "fault"), s.cmd(dev("car"), "energyEvse.disable")),
    codes: ["value"],
    says: /no number/,
  },
  {
    name: "30 February",
    devices: hall,
    draft: s.when({ kind: "cron", expression: "0 7 30 2 *" }, s.on(dev("hall"))),
    codes: ["time"],
    says: /never comes/,
  },
  {
    name: "warmer than 22 and colder than 18 at once",
    devices: [...hall, ["climate", "c", "Climate"]],
    draft: s.during(
      s.all(
        s.state(dev("c"), "temperatureMeasurement.measuredValue", ">", 22),
        s.state(dev("c"), "temperatureMeasurement.measuredValue", "<", 18),
      ),
      s.on(dev("hall")),
    ),
    codes: ["never"],
    says: /can't be at the same time/,
  },
  {
    name: "a trigger outside of its own hours",
    devices: hall,
    draft: s.when(s.at("22:00"), s.on(dev("hall")), { if: s.between("07:00", "20:00") }),
    codes: ["never"],
    says: /never/,
  },
  {
    name: "summer in months of winter",
    devices: hall,
    draft: s.when(s.at("22:00", { months: [12, 1] }), s.on(dev("hall")), {
      if: { kind: "date", from: "06-01", to: "08-31" },
    }),
    codes: ["never"],
    says: /never/,
  },
  {
    name: "warmer than the coldest thinkable",
    devices: [...hall, ["climate", "c", "Climate"]],
    draft: s.during(s.state(dev("c"), "temperatureMeasurement.measuredValue", ">=", -300), s.on(dev("hall"))),
    codes: ["always"],
    says: /always/,
  },
  {
    name: "movement against the night",
    devices: hall,
    rules: [{ title: "Dark at night", ...s.during(s.between("23:00", "06:00"), s.off(dev("hall"))) }],
    draft: s.during(s.isMoving("pir"), s.on(dev("hall"))),
    codes: ["fight"],
    says: /"Dark at night".*turn off Hall light.*23:00/,
  },
  {
    name: "on and off at seven",
    devices: hall,
    rules: [{ title: "Morning", ...s.when(s.at("07:00"), s.on(dev("hall"))) }],
    draft: s.when(s.at("07:00", { weekdays: [1, 2] }), s.off(dev("hall"))),
    codes: ["fight"],
    says: /"Morning"/,
  },
  {
    name: "two lamps that chase each other",
    devices: [
      ["lamp", "a", "Left lamp"],
      ["lamp", "b", "Right lamp"],
    ],
    rules: [{ title: "Right follows", ...s.when(s.becomes(dev("a"), "onOff.onOff"), s.cmd(dev("b"), "onOff.toggle")) }],
    draft: s.when(s.becomes(dev("b"), "onOff.onOff"), s.cmd(dev("a"), "onOff.toggle")),
    codes: ["loop"],
    says: /"Right follows"/,
  },
  {
    name: "a lamp that puts itself out and on",
    devices: hall,
    draft: s.during(s.isOn("hall"), s.off(dev("hall")), s.on(dev("hall"))),
    codes: ["loop"],
    says: /sets itself off/,
  },
  {
    name: "a boiler that a plan has",
    devices: [["boiler", "tank", "Boiler"]],
    planRules: [
      {
        ...{ id: "p1", title: "Boiler in cheap hours", plan: "plan-1", origin: "plan", enabled: true },
        when: { kind: "cheapest", hours: 3, from: "22:00", to: "06:00" },
        then: [{ node: "tank", endpoint: 1, capability: "onOff", command: "on", args: {} }],
        otherwise: [{ node: "tank", endpoint: 1, capability: "onOff", command: "off", args: {} }],
      },
    ],
    draft: s.when(s.at("18:00"), [s.on(dev("tank")), s.wait(60), s.off(dev("tank"))]),
    codes: ["plan"],
    says: /"Boiler in cheap hours".*the plan wins/,
  },
  {
    name: "a heater that stays on",
    devices: [
      ["plug", "h", "Heater", "Bathroom"],
      ["motion", "pir", "Motion"],
    ],
    draft: s.when(s.moves("pir"), s.on(dev("h"))),
    codes: ["heat-without-end"],
    says: /Nothing turns Heater off/,
  },
  {
    name: "a door that movement opens",
    devices: [
      ["lock", "d", "Front door"],
      ["motion", "pir", "Motion"],
    ],
    draft: s.when(s.moves("pir"), s.cmd(dev("d"), "doorLock.unlockDoor")),
    codes: ["opened-for-anyone"],
    says: /Front door opens when something moves/,
  },
  {
    name: "water that runs on",
    devices: [["valve", "v", "Lawn"]],
    draft: s.when(s.at("20:00"), s.cmd(dev("v"), "valveConfigurationAndControl.open")),
    codes: ["water-without-end"],
    says: /Nothing closes Lawn/,
  },
  {
    name: "a freezer switched off with everything else",
    devices: [...hall, ["fridge", "f", "Freezer", "Cellar"]],
    draft: s.when({ kind: "presence", who: "everyone", does: "leaves" }, s.off({ floors: ["Ground"] })),
    codes: ["cold-chain"],
    says: /Freezer/,
  },
  {
    name: "a smoke alarm switched off for cooking",
    devices: [
      ["smoke", "s", "Kitchen alarm", "Kitchen"],
      ["button", "b", "Button"],
    ],
    draft: s.when(s.pressed("b"), s.off(dev("s"))),
    codes: ["alarm-silenced"],
    says: /no longer warn/,
  },
  {
    name: "heating down to frost",
    devices: [["thermostat", "h", "Heating", "Office"]],
    draft: s.during(s.mode("holiday"), s.heatTo(dev("h"), 4)),
    codes: ["frost"],
    says: /freeze/,
  },
];
