import { Endpoint } from "@matter/main";
import { ThermostatServer } from "@matter/main/behaviors/thermostat";
import { Thermostat } from "@matter/main/clusters/thermostat";
import { ThermostatDevice } from "@matter/main/devices/thermostat";
import { Room } from "../../things/room.ts";
import { type Birth, numberIn, type Product, scaled, type Values } from "../product.ts";
import type { OptionsOf } from "../sheets.ts";

const Type = ThermostatDevice.with(ThermostatServer.with("Heating"));
const { SystemMode } = Thermostat;

const modes = new Map<Thermostat.SystemMode, string>([
  [SystemMode.Off, "off"],
  [SystemMode.Heat, "heat"],
]);

/** A heating-only room thermostat, 7 to 30 degC. Setpoint and mode outlive a restart (non-volatile in the standard). */
export function thermostat({ seed, memory }: Birth, { setpoint }: OptionsOf<"thermostat">): Product {
  const endpoint = new Endpoint(Type, {
    id: "thermostat",
    thermostat: {
      controlSequenceOfOperation: Thermostat.ControlSequenceOfOperation.HeatingOnly,
      systemMode: SystemMode.Heat,
      minHeatSetpointLimit: 700,
      maxHeatSetpointLimit: 3000,
      absMinHeatSetpointLimit: 700,
      absMaxHeatSetpointLimit: 3000,
      occupiedHeatingSetpoint: Math.min(3000, Math.max(700, scaled(setpoint, 100))),
      localTemperature: null,
      thermostatRunningState: {},
    },
  });
  const room = new Room(seed, setpoint);
  room.temperature = memory.temperature ?? room.temperature;
  return {
    endpoints: [endpoint],
    state: () => ({
      occupiedHeatingSetpoint: endpoint.state.thermostat.occupiedHeatingSetpoint / 100,
      systemMode: modes.get(endpoint.state.thermostat.systemMode) ?? "off",
    }),
    async set(values) {
      const temperature = numberIn(values, "localTemperature");
      if (temperature !== undefined) room.temperature = temperature;
      await endpoint.set({ thermostat: asked(values) });
    },
    step(seconds, now) {
      room.setpoint = endpoint.state.thermostat.occupiedHeatingSetpoint / 100;
      room.active = endpoint.state.thermostat.systemMode === SystemMode.Heat;
      room.step(seconds, now);
    },
    async show() {
      const heat = room.demand > 0.15;
      await endpoint.set({
        thermostat: { localTemperature: scaled(room.temperature, 100), thermostatRunningState: { heat } },
      });
    },
    memory: () => ({ temperature: room.temperature }),
  };
}

/** The attributes that a hand or the world sets. */
function asked(values: Values) {
  const temperature = numberIn(values, "localTemperature");
  const demand = numberIn(values, "demand");
  const setpoint = numberIn(values, "occupiedHeatingSetpoint");
  const mode = [...modes].find(([, word]) => word === values.systemMode)?.[0];
  return {
    ...(mode === undefined ? {} : { systemMode: mode }),
    ...(temperature === undefined ? {} : { localTemperature: scaled(temperature, 100) }),
    // The standard no longer has the heating demand in percent; the relay is what a heating thermostat can tell.
    ...(demand === undefined ? {} : { thermostatRunningState: { heat: demand > 0 } }),
    ...(setpoint === undefined
      ? {}
      : { occupiedHeatingSetpoint: Math.min(3000, Math.max(700, scaled(setpoint, 100))) }),
  };
}
