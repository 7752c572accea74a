import { z } from "zod";
import { round } from "../../devices/device.ts";
import { Every } from "../firmware.ts";
import { kind } from "../kind.ts";
import { Room } from "../things/room.ts";
import { node } from "./node.ts";
import { placed } from "./settings.ts";
import type { NodeValue } from "./value.ts";

const measuredBy = (room: Room): NodeValue => ({
  commandClass: 49,
  property: "Air temperature",
  label: "Air temperature",
  type: "number",
  unit: "°C",
  ccSpecific: { sensorType: 1, scale: 0 },
  get: () => round(room.temperature, 1),
});

const operatingState = (room: Room): NodeValue => ({
  commandClass: 66,
  property: "state",
  label: "Operating state",
  type: "number",
  min: 0,
  max: 255,
  states: { 0: "Idle", 1: "Heating" },
  get: () => (room.demand > 0.05 ? 1 : 0),
});

/** A wall thermostat: a setpoint for each mode, here heating alone. */
export const thermostat = kind(
  "thermostat",
  "wall thermostat: mode, heating setpoint, air temperature",
  z.strictObject(placed),
  (entry, { location }) => {
    const room = new Room(entry.seed);
    const telling = new Every(30);
    const temperature = measuredBy(room);
    const operating = operatingState(room);
    return node(entry, location, {
      manufacturer: "Heatit",
      manufacturerId: 411,
      productId: 515,
      productType: 3,
      label: "Z-TRM3",
      description: "Floor thermostat",
      values: [
        temperature,
        operating,
        {
          commandClass: 64,
          property: "mode",
          label: "Thermostat mode",
          type: "number",
          min: 0,
          max: 255,
          states: { 0: "Off", 1: "Heat" },
          get: () => (room.active ? 1 : 0),
          set(value) {
            if (value !== 0 && value !== 1) return false;
            room.active = value === 1;
            return true;
          },
        },
        {
          commandClass: 67,
          property: "setpoint",
          propertyKey: 1,
          propertyKeyName: "Heating",
          label: "Setpoint (Heating)",
          type: "number",
          unit: "°C",
          min: 5,
          max: 40,
          ccSpecific: { setpointType: 1 },
          get: () => room.setpoint,
          set(value) {
            if (typeof value !== "number" || value < 5 || value > 40) return false;
            room.setpoint = value;
            return true;
          },
        },
      ],
      step(seconds, now) {
        room.step(seconds, now);
        return telling.due(now) ? [temperature, operating] : [];
      },
    });
  },
);
