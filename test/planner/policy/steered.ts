import type { Steered } from "../../../hub/planner/policy/devices.ts";
import type { Model } from "../../../hub/twin/device.ts";

/** A fitted model of which only the facts are asked. */
const modelOf = (node: string, kind: Model["kind"], facts: Readonly<Record<string, number>>): Model => {
  const model: Model = {
    node,
    name: node,
    kind,
    fit: { ok: true, note: "" },
    recorded: new Float64Array(),
    facts,
    start: () => {
      throw new Error("nothing is replayed here");
    },
    onto: () => model,
  };
  return model;
};

const part = (node: string, room?: string) => ({
  node,
  endpoint: 1,
  name: node,
  room,
  types: [],
  power: `${node}/1/electricalPowerMeasurement.activePower`,
  meter: {},
  relay: `${node}/1/onOff.onOff`,
});

/** 10 kWh, 5 kW, four fifths come back. */
export const battery: Steered = {
  kind: "battery",
  part: {
    ...part("battery"),
    stateOfCharge: "battery/1/powerSource.batPercentRemaining",
    control: "battery/1/batteryControl.mode",
    target: undefined,
  },
  model: modelOf("battery", "battery", {
    capacityKwh: 10,
    roundTrip: 0.81,
    chargeW: 5000,
    dischargeW: 5000,
    low: 5,
    high: 100,
  }),
};

/** Half a kWh a percent, away on working days from 8 to 17. */
export const car: Steered = {
  kind: "car",
  part: {
    ...part("car"),
    stateOfCharge: "car/1/energyEvse.stateOfCharge",
    control: "car/1/energyEvse.supplyState",
    target: undefined,
  },
  model: modelOf("car", "car", {
    chargeKw: 11,
    kwhPerPercent: 0.5,
    full: 90,
    tripPercent: 20,
    leavesMinutes: 8 * 60,
    arrivesMinutes: 17 * 60,
    trips: 20,
    ...{ away1: 1, away2: 1, away3: 1, away4: 1, away5: 1, away6: 0, away7: 0 },
  }),
};

/** 200 litres with a rod of 2 kW; a shower at 7. */
export const tank: Steered = {
  kind: "tank",
  part: {
    ...part("tank"),
    temperature: "tank/1/temperatureMeasurement.measuredValue",
    boost: undefined,
    lacks: undefined,
  },
  model: modelOf("tank", "tank", {
    heatW: 2000,
    kwhPerK: 0.23,
    offAt: 60,
    onAt: 50,
    lossKwhPerDay: 1,
    drawnKwhPerDay: 2,
    draw7: 2,
  }),
};

/** A dishwasher behind a plug: 1 kWh in two hours, started between half past seven and half past eight in the evening. */
export const washer: Steered = {
  kind: "machine",
  part: part("washer"),
  model: modelOf("washer", "appliance", {
    cycles: 20,
    kwhPerCycle: 1,
    usualMinutes: 20 * 60,
    firstMinutes: 19 * 60 + 30,
    lastMinutes: 20 * 60 + 30,
    ...Object.fromEntries(Array.from({ length: 8 }, (_, k) => [`w${k}`, 500])),
  }),
};

/** A dryer that says itself when it could run. */
export const dryer: Steered = {
  kind: "machine",
  part: { ...part("dryer"), commands: ["startTimeAdjustRequest"] },
  model: undefined,
};

export const room: Steered = {
  kind: "room",
  part: {
    ...part("room", "Living room"),
    temperature: "room/1/thermostat.localTemperature",
    setpoint: "room/1/thermostat.occupiedHeatingSetpoint",
  },
  model: modelOf("room", "room", {
    setC: 21,
    lossPerHour: 0.02,
    kPerKwh: 0.8,
    mostW: 3000,
    idleW: 20,
  }),
};
