/** Homes as people really set them up: nothing speaks against any of their rules. */
import type { Listed } from "./home.ts";
import * as s from "./say.ts";

export interface GoodHome {
  readonly name: string;
  readonly devices: readonly Listed[];
  readonly rules: readonly object[];
}

const { dev, inRoom } = s;

export const goodHomes: readonly GoodHome[] = [
  {
    name: "a hall light that follows movement and is left alone at night",
    devices: [
      ["light", "hall", "Hall light", "Hall"],
      ["motion", "pir", "Hall motion", "Hall"],
    ],
    rules: [
      s.when(s.moves("pir"), s.on(dev("hall")), { if: s.between("06:00", "23:00") }),
      s.when(s.moves("pir"), s.cmd(dev("hall"), "levelControl.moveToLevel", { level: 10 }), {
        if: s.between("23:00", "06:00"),
      }),
      s.when(s.rests("pir", 5), s.off(dev("hall"))),
    ],
  },
  {
    name: "one button that turns a lamp on and off",
    devices: [
      ["lamp", "bed", "Bed lamp", "Bedroom"],
      ["button", "btn", "Bed button", "Bedroom"],
    ],
    rules: [
      s.when(s.pressed("btn"), s.on(dev("bed")), { if: s.isOn("bed", false) }),
      s.when(s.pressed("btn"), s.off(dev("bed")), { if: s.isOn("bed") }),
      s.when(s.pressed("btn", "longPress"), s.off({ kinds: ["light"] })),
    ],
  },
  {
    name: "blinds with the sun and against the heat",
    devices: [
      ["blind", "south", "South blind", "Living room"],
      ["climate", "out", "Outside"],
      ["motion", "pir", "Living motion", "Living room"],
    ],
    rules: [
      s.when(s.sun("sunrise", 30), s.cmd(dev("south"), "windowCovering.upOrOpen")),
      s.when(s.sun("sunset", 15), s.cmd(dev("south"), "windowCovering.downOrClose")),
      s.when(
        s.crosses(dev("out"), "temperatureMeasurement.measuredValue", { above: 27 }),
        s.cmd(dev("south"), "windowCovering.goToLiftPercentage", { liftPercent: 20 }),
        {
          if: s.all({ kind: "sun", is: "up" }, { kind: "date", from: "05-01", to: "09-30" }),
        },
      ),
    ],
  },
  {
    name: "heating by the time of day and who is home",
    devices: [
      ["thermostat", "living", "Living room heating", "Living room"],
      ["thermostat", "bath", "Bath heating", "Bathroom"],
    ],
    rules: [
      s.during(s.all(s.home(), s.between("06:00", "22:00")), s.heatTo(dev("living"), 21), s.heatTo(dev("living"), 17)),
      s.when(s.at("05:30", { weekdays: [1, 2, 3, 4, 5] }), s.heatTo(dev("bath"), 23)),
      s.when(s.at("08:30"), s.heatTo(dev("bath"), 19)),
    ],
  },
  {
    name: "an iron that is never forgotten",
    devices: [
      ["plug", "iron", "Iron", "Bedroom"],
      ["button", "btn", "Iron button", "Bedroom"],
    ],
    rules: [
      s.when(s.pressed("btn"), [s.on(dev("iron")), s.wait(45), s.off(dev("iron"))]),
      s.when({ kind: "presence", who: "everyone", does: "leaves" }, s.off(dev("iron"))),
    ],
  },
  {
    name: "a boiler in the cheap hours and off in the others",
    devices: [["boiler", "tank", "Boiler", "Cellar"]],
    rules: [
      s.during({ kind: "cheapest", hours: 3, from: "22:00", to: "06:00" }, s.on(dev("tank")), s.off(dev("tank"))),
      s.when(s.at("17:00", { weekdays: [7] }), s.cmd(dev("tank"), "waterHeaterManagement.boost", { duration: 3600 })),
    ],
  },
  {
    name: "a front door that locks itself and lets in who lives here",
    devices: [
      ["lock", "door", "Front door", "Hall"],
      ["contact", "leaf", "Door leaf", "Hall"],
    ],
    rules: [
      s.when(s.at("22:30"), s.cmd(dev("door"), "doorLock.lockDoor")),
      s.when({ kind: "presence", who: "everyone", does: "leaves" }, s.cmd(dev("door"), "doorLock.lockDoor")),
      s.when({ kind: "presence", who: "anna", does: "comes" }, s.cmd(dev("door"), "doorLock.unlockDoor")),
    ],
  },
  {
    name: "a garden that is watered for a while",
    devices: [
      ["valve", "lawn", "Lawn"],
      ["tap", "beds", "Beds"],
      ["climate", "out", "Outside"],
    ],
    rules: [
      s.when(s.sun("sunrise", -30), s.cmd(dev("lawn"), "valveConfigurationAndControl.open", { openDuration: 900 }), {
        if: { kind: "date", from: "04-01", to: "10-15" },
      }),
      s.when(s.at("21:00", { months: [6, 7, 8] }), [s.on(dev("beds")), s.wait(20), s.off(dev("beds"))], {
        if: s.state(dev("out"), "temperatureMeasurement.measuredValue", ">", 20),
      }),
    ],
  },
  {
    name: "a leak shuts the water and everybody is told",
    devices: [
      ["leak", "leak", "Leak under the sink", "Kitchen"],
      ["valve", "main", "Main valve", "Cellar"],
      ["smoke", "smoke", "Smoke alarm", "Hall"],
      ["light", "l1", "Hall light", "Hall"],
    ],
    rules: [
      s.when(s.becomes(dev("leak"), "booleanState.stateValue", true), [
        s.cmd(dev("main"), "valveConfigurationAndControl.close"),
        s.notify("Water under the sink"),
      ]),
      s.when(s.becomes(dev("smoke"), "smokeCoAlarm.smokeState", "critical"), [
        s.on({ kinds: ["light"] }),
        s.notify("Fire"),
      ]),
    ],
  },
  {
    name: "a car charged from the sun or at night",
    devices: [["charger", "car", "Wallbox", "Garage"]],
    rules: [
      s.during(
        s.any({ kind: "surplusAbove", watts: 2000 }, { kind: "cheapest", hours: 4, from: "23:00", to: "06:00" }),
        s.cmd(dev("car"), "energyEvse.enableCharging"),
        s.cmd(dev("car"), "energyEvse.disable"),
      ),
      s.when(s.becomes(dev("car"), "energyEvse.state", "pluggedInDemand"), s.notify("The car is plugged in")),
    ],
  },
  {
    name: "away and night modes",
    devices: [
      ["light", "a", "Kitchen light", "Kitchen"],
      ["light", "b", "Office light", "Office"],
      ["thermostat", "heat", "Office heating", "Office"],
      ["button", "btn", "Bed button", "Bedroom"],
    ],
    rules: [
      s.when({ kind: "presence", who: "everyone", does: "leaves" }, { kind: "mode", to: "away" }),
      s.when({ kind: "presence", who: "anyone", does: "comes" }, { kind: "mode", to: "home" }),
      s.when(s.pressed("btn", "doublePress"), { kind: "mode", to: "night" }),
      s.when({ kind: "mode", to: ["away", "night"] }, s.off({ kinds: ["light"] })),
      s.during(s.mode("away", "holiday"), s.heatTo(dev("heat"), 16), s.heatTo(dev("heat"), 20)),
    ],
  },
  {
    name: "fresh air",
    devices: [
      ["fan", "fan", "Bath fan", "Bathroom"],
      ["climate", "damp", "Bath climate", "Bathroom"],
      ["air", "co2", "Office air", "Office"],
      ["fan", "vent", "Office fan", "Office"],
    ],
    rules: [
      s.during(
        s.state(dev("damp"), "relativeHumidityMeasurement.measuredValue", ">", 65),
        s.on(dev("fan")),
        s.off(dev("fan")),
      ),
      s.when(
        s.crosses(dev("co2"), "carbonDioxideConcentrationMeasurement.measuredValue", { above: 1000, forMinutes: 5 }),
        s.on(dev("vent")),
      ),
      s.when(
        s.crosses(dev("co2"), "carbonDioxideConcentrationMeasurement.measuredValue", { below: 700 }),
        s.off(dev("vent")),
      ),
    ],
  },
  {
    name: "a window that stops the heating beside it",
    devices: [
      ["contact", "win", "Office window", "Office"],
      ["thermostat", "heat", "Office heating", "Office"],
    ],
    rules: [
      s.during(s.state(dev("win"), "booleanState.stateValue", "=", false, { forMinutes: 3 }), s.heatTo(dev("heat"), 7)),
      s.during(
        s.all(s.state(dev("win"), "booleanState.stateValue", "=", true), s.between("07:00", "18:00", [1, 2, 3, 4, 5])),
        s.heatTo(dev("heat"), 21),
      ),
      s.during(
        s.all(
          s.state(dev("win"), "booleanState.stateValue", "=", true),
          s.not(s.between("07:00", "18:00", [1, 2, 3, 4, 5])),
        ),
        s.heatTo(dev("heat"), 17),
      ),
    ],
  },
  {
    name: "two lamps that go together",
    devices: [
      ["lamp", "left", "Left lamp", "Living room"],
      ["lamp", "right", "Right lamp", "Living room"],
    ],
    rules: [
      s.when(s.becomes(dev("left"), "onOff.onOff", true), s.on(dev("right"))),
      s.when(s.becomes(dev("right"), "onOff.onOff", true), s.on(dev("left"))),
      s.when(s.becomes(dev("left"), "onOff.onOff", false), s.off(dev("right"))),
      s.when(s.becomes(dev("right"), "onOff.onOff", false), s.off(dev("left"))),
    ],
  },
  {
    name: "the porch from dusk until late",
    devices: [
      ["lamp", "porch", "Porch lamp"],
      ["motion", "pir", "Porch motion"],
    ],
    rules: [
      s.when(s.sun("sunset"), s.on(dev("porch"))),
      s.when(s.at("23:30"), s.off(dev("porch"))),
      s.when(s.moves("pir"), [s.on(dev("porch")), s.wait(3), s.off(dev("porch"))], {
        if: s.between("23:45", "05:00"),
        mode: "restart",
      }),
    ],
  },
  {
    name: "washing that is done",
    devices: [
      ["washer", "wash", "Washing machine", "Cellar"],
      ["plug", "dry", "Dryer plug", "Cellar"],
    ],
    rules: [
      s.when(s.becomes(dev("wash"), "operationalState.operationalState", "stopped"), s.notify("The washing is done"), {
        if: s.home(),
      }),
      s.when(s.crosses(dev("dry"), "electricalPowerMeasurement.activePower", { below: 5, forMinutes: 5 }), [
        s.notify("The dryer is done"),
        s.off(dev("dry")),
      ]),
    ],
  },
  {
    name: "a nursery at bedtime",
    devices: [
      ["light", "night", "Night light", "Nursery"],
      ["blind", "blind", "Nursery blind", "Nursery"],
      ["climate", "temp", "Nursery climate", "Nursery"],
    ],
    rules: [
      s.when(s.at("19:00"), [
        s.cmd(dev("night"), "levelControl.moveToLevel", { level: 20 }),
        s.cmd(dev("blind"), "windowCovering.downOrClose"),
      ]),
      s.when(s.at("21:00"), s.off(dev("night"))),
      s.when(
        s.crosses(dev("temp"), "temperatureMeasurement.measuredValue", { above: 24, below: 17 }),
        s.notify("The nursery is too warm or too cold"),
      ),
    ],
  },
  {
    name: "an oven and a freezer that are only watched",
    devices: [
      ["fridge", "cold", "Freezer", "Cellar"],
      ["plug", "oven", "Oven plug", "Kitchen"],
    ],
    rules: [
      s.when(
        s.crosses(dev("cold"), "temperatureControl.temperatureSetpoint", { above: -12 }),
        s.notify("The freezer is set too warm"),
      ),
      s.when(s.crosses(dev("oven"), "electricalPowerMeasurement.activePower", { above: 100, forMinutes: 180 }), [
        s.off(dev("oven")),
        s.notify("The oven was on for three hours"),
      ]),
    ],
  },
  {
    name: "a battery that keeps what the evening needs",
    devices: [["battery", "store", "Battery", "Cellar"]],
    rules: [
      s.during(
        s.all(s.between("12:00", "17:00"), { kind: "formula", is: { op: "<", of: [{ now: "price" }, 0.1] } }),
        s.cmd(dev("store"), "batteryControl.set", { mode: "chargeFromGrid" }),
      ),
      s.during(s.between("17:00", "21:00"), s.cmd(dev("store"), "batteryControl.set", { mode: "followLoad" })),
    ],
  },
  {
    name: "a guest room by choice",
    devices: [
      ["light", "g", "Guest light", "Office"],
      ["thermostat", "h", "Guest heating", "Office"],
      ["button", "btn", "Guest button", "Office"],
    ],
    rules: [
      s.when([s.pressed("btn", "singlePress", "on"), s.pressed("btn", "doublePress", "off")], {
        kind: "choose",
        options: [
          { if: { kind: "trigger", id: "on" }, do: [s.on(dev("g"))] },
          { if: { kind: "trigger", id: "off" }, do: [s.off(dev("g"))] },
        ],
      }),
      s.during(s.mode("guests"), s.heatTo(inRoom("Office", "heating"), 21), s.heatTo(inRoom("Office", "heating"), 16)),
      s.when({ kind: "mode", to: ["guests"] }, s.notify("Guests are here")),
    ],
  },
];
