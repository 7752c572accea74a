import { limits, scaled, wireNumber, words, writableScaled, writableWords } from "./codecs.ts";
import { clusterTable, type Siblings } from "./table.ts";

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

export const thermostat = clusterTable({
  cluster: "Thermostat",
  id: 0x0201,
  capability: "thermostat",
  attributes: {
    localTemperature: scaled(100),
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
    // A signed number of 0.1 K steps (4.3.9.11).
    localTemperatureCalibration: writableScaled(10),
  },
  ranges: {
    occupiedHeatingSetpoint: limits("minHeatSetpointLimit", "maxHeatSetpointLimit", 100),
    occupiedCoolingSetpoint: limits("minCoolSetpointLimit", "maxCoolSetpointLimit", 100),
  },
});
