import { Endpoint } from "@matter/main";
import { ThermostatServer } from "@matter/main/behaviors/thermostat";
import { Thermostat } from "@matter/main/clusters/thermostat";
import { ThermostatDevice } from "@matter/main/devices/thermostat";
import { numberIn, type ProductEndpoint, scaled, type Values } from "./matter-endpoint.ts";

const ThermostatType = ThermostatDevice.with(ThermostatServer.with("Heating"));

const modes = new Map<Thermostat.SystemMode, string>([
  [Thermostat.SystemMode.Off, "off"],
  [Thermostat.SystemMode.Heat, "heat"],
]);

/** A heating-only room thermostat, 7 to 30 degC. Setpoint and mode outlive a restart (non-volatile in the standard). */
export function createThermostat(): ProductEndpoint {
  const endpoint = new Endpoint(ThermostatType, {
    id: "thermostat",
    thermostat: {
      controlSequenceOfOperation: Thermostat.ControlSequenceOfOperation.HeatingOnly,
      systemMode: Thermostat.SystemMode.Heat,
      minHeatSetpointLimit: 700,
      maxHeatSetpointLimit: 3000,
      absMinHeatSetpointLimit: 700,
      absMaxHeatSetpointLimit: 3000,
      occupiedHeatingSetpoint: 2050,
      localTemperature: null,
      thermostatRunningState: {},
    },
  });
  const state = (): Values => ({
    occupiedHeatingSetpoint: endpoint.state.thermostat.occupiedHeatingSetpoint / 100,
    systemMode: modes.get(endpoint.state.thermostat.systemMode) ?? "off",
  });
  return {
    endpoint,
    state,
    set: (values) => setThermostat(endpoint, values),
    onState: (listener) => {
      endpoint.events.thermostat.occupiedHeatingSetpoint$Changed.on(() => listener(state()));
      endpoint.events.thermostat.systemMode$Changed.on(() => listener(state()));
    },
  };
}

async function setThermostat(endpoint: Endpoint<typeof ThermostatType>, values: Values): Promise<void> {
  const temperature = numberIn(values, "localTemperature");
  const demand = numberIn(values, "demand");
  const setpoint = numberIn(values, "occupiedHeatingSetpoint");
  const mode = [...modes].find(([, word]) => word === values.systemMode)?.[0];
  await endpoint.set({
    thermostat: {
      ...(mode === undefined ? {} : { systemMode: mode }),
      ...(temperature === undefined ? {} : { localTemperature: scaled(temperature, 100) }),
      // The standard no longer has the heating demand in percent; the relay is what a heating thermostat can tell.
      ...(demand === undefined ? {} : { thermostatRunningState: { heat: demand > 0 } }),
      ...(setpoint === undefined
        ? {}
        : { occupiedHeatingSetpoint: Math.min(3000, Math.max(700, scaled(setpoint, 100))) }),
    },
  });
}
