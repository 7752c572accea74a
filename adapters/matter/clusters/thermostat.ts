import type { ValueType } from "../../../hub/model/capability.ts";
import { bitmap, limits, scaled, wireNumber, words, writableScaled, writableWords } from "./codecs.ts";
import { type ClusterTable, clusterTable, type Siblings } from "./table.ts";

const HEAT = 1;
const COOL = 2;

/** The relays' bits (4.3.8.4) told as a mode, for the many thermostats that have no ThermostatRunningMode. */
function runningMode(wire: unknown, siblings: Siblings): string | null | undefined {
  if (wire === null || siblings("thermostatRunningMode") !== undefined) return null;
  const bits = wireNumber(wire);
  if (bits !== undefined) return bits & HEAT ? "heat" : bits & COOL ? "cool" : "off";
  if (typeof wire !== "object" || !wire) return undefined;
  if (Object.hasOwn(wire, "heat") && Reflect.get(wire, "heat") === true) return "heat";
  return Object.hasOwn(wire, "cool") && Reflect.get(wire, "cool") === true ? "cool" : "off";
}

/** The person's limits, else those that the maker built in. */
const heating = (siblings: Siblings) =>
  limits("minHeatSetpointLimit", "maxHeatSetpointLimit", 100)(siblings) ??
  limits("absMinHeatSetpointLimit", "absMaxHeatSetpointLimit", 100)(siblings);
const cooling = (siblings: Siblings) =>
  limits("minCoolSetpointLimit", "maxCoolSetpointLimit", 100)(siblings) ??
  limits("absMinCoolSetpointLimit", "absMaxCoolSetpointLimit", 100)(siblings);

const systemModes = ["off", "auto", "cool", "heat", "emergencyHeat", "precooling", "fanOnly", "dry", "sleep"];

/** What only heats has no cooling modes, and the other way round (ControlSequenceOfOperation, 4.3.9.27). */
function modesOf(siblings: Siblings): ValueType | undefined {
  const sequence = wireNumber(siblings("controlSequenceOfOperation"));
  const without =
    sequence === 0 || sequence === 1
      ? ["auto", "heat", "emergencyHeat"]
      : sequence === 2 || sequence === 3
        ? ["auto", "cool", "precooling"]
        : undefined;
  return without && { type: "enum", values: systemModes.filter((mode) => !without.includes(mode)) };
}

export const thermostat: ClusterTable = clusterTable({
  cluster: "Thermostat",
  id: 0x0201,
  capability: "thermostat",
  attributes: {
    localTemperature: scaled(100),
    outdoorTemperature: scaled(100),
    occupancy: bitmap("occupied"),
    unoccupiedHeatingSetpoint: writableScaled(100),
    unoccupiedCoolingSetpoint: writableScaled(100),
    occupiedHeatingSetpoint: writableScaled(100),
    occupiedCoolingSetpoint: writableScaled(100),
    systemMode: writableWords({
      0: "off",
      1: "auto",
      3: "cool",
      4: "heat",
      5: "emergencyHeat",
      6: "precooling",
      7: "fanOnly",
      8: "dry",
      9: "sleep",
    }),
    thermostatRunningMode: words({ 0: "off", 3: "cool", 4: "heat" }),
    thermostatRunningState: { as: "thermostatRunningMode", decode: runningMode },
    piHeatingDemand: scaled(1),
    piCoolingDemand: scaled(1),
    temperatureSetpointHold: writableWords({ 0: "setpointHoldOff", 1: "setpointHoldOn" }),
    setpointChangeSource: words({ 0: "manual", 1: "schedule", 2: "external" }),
    // A signed number of 0.1 K steps (4.3.9.11).
    localTemperatureCalibration: writableScaled(10),
  },
  commands: {
    setpointRaiseLower: {
      command: "setpointRaiseLower",
      id: 0,
      // Tenths of a kelvin (4.3.11.1).
      fields: ({ mode, amount }) => ({
        mode: ["heat", "cool", "both"].indexOf(String(mode)),
        amount: Math.round(Number(amount) * 10),
      }),
    },
  },
  ranges: {
    occupiedHeatingSetpoint: heating,
    unoccupiedHeatingSetpoint: heating,
    occupiedCoolingSetpoint: cooling,
    unoccupiedCoolingSetpoint: cooling,
  },
  types: { systemMode: modesOf },
});
