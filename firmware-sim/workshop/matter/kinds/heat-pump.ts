import { Endpoint } from "@matter/main";
import { ThermostatServer } from "@matter/main/behaviors/thermostat";
import { UserLabelServer } from "@matter/main/behaviors/user-label";
import { DeviceEnergyManagement } from "@matter/main/clusters/device-energy-management";
import { Thermostat } from "@matter/main/clusters/thermostat";
import { HeatPumpDevice } from "@matter/main/devices/heat-pump";
import { ThermostatDevice } from "@matter/main/devices/thermostat";
import { Room } from "../../things/room.ts";
import {
  AcPower,
  bornImported,
  bornPower,
  Counter,
  ImportedEnergy,
  showEnergy,
  showPower,
  TreePower,
} from "../parts/electrical.ts";
import { type Block, forecastServer, optOutBy, PowerEsa } from "../parts/power-esa.ts";
import { bornMains, MainsPower } from "../parts/power-source.ts";
import { type Birth, numberIn, type Product, scaled } from "../product.ts";
import type { OptionsOf } from "../sheets.ts";

const Control = ThermostatDevice.with(ThermostatServer.with("Heating"), UserLabelServer);
/** What it takes when its compressor rests, W; below this share of its power the compressor can't run. */
const standby = 18;
const lowest = 0.25;

/** A heat pump that heats one house, with its thermostat on an endpoint of its own. */
export function heatPump({ seed, memory, now }: Birth, { watts: most }: OptionsOf<"heat-pump">): Product {
  const room = new Room(seed, 21);
  room.temperature = memory.temperature ?? room.temperature;
  const counter = new Counter(memory.imported ?? 0);
  let watts = standby;
  const ahead = (): readonly Block[] =>
    watts > standby ? [{ watts, minW: most * lowest, maxW: most, seconds: 3600 }] : [];
  const esa = new PowerEsa(now, () => ({ minW: 0, maxW: most, minSeconds: 300, maxSeconds: 2 * 3600 }), ahead);
  const Dem = forecastServer(esa);
  const Type = HeatPumpDevice.with(MainsPower, Dem, TreePower, AcPower, ImportedEnergy);
  const pump = new Endpoint(Type, {
    id: "heat-pump",
    powerSource: bornMains("Mains"),
    deviceEnergyManagement: { ...esa.born(DeviceEnergyManagement.EsaType.SpaceHeating, 0, most), forecast: null },
    electricalPowerMeasurement: bornPower(most + 200),
    electricalEnergyMeasurement: bornImported,
  });
  const control = new Endpoint(Control, {
    id: "thermostat",
    userLabel: { labelList: [{ label: "room", value: "House" }] },
    thermostat: {
      controlSequenceOfOperation: Thermostat.ControlSequenceOfOperation.HeatingOnly,
      systemMode: Thermostat.SystemMode.Heat,
      ...{
        minHeatSetpointLimit: 1500,
        maxHeatSetpointLimit: 2600,
        absMinHeatSetpointLimit: 1500,
        absMaxHeatSetpointLimit: 2600,
      },
      ...{ occupiedHeatingSetpoint: 2100, localTemperature: scaled(room.temperature, 100) },
    },
  });
  return {
    endpoints: [pump, control],
    state: () => ({ temperature: room.temperature, watts, imported: counter.imported / 1000 }),
    async set(values) {
      optOutBy(esa, values.optOut);
      room.temperature = numberIn(values, "temperature") ?? room.temperature;
      await pump.act((agent) => agent.get(Dem).lookAgain());
    },
    step(seconds, at) {
      const { occupiedHeatingSetpoint, systemMode } = control.state.thermostat;
      room.setpoint = occupiedHeatingSetpoint / 100;
      room.active = systemMode === Thermostat.SystemMode.Heat;
      const wanted = Math.min(most, esa.told ?? room.demand * most);
      watts = wanted < most * lowest ? standby : wanted;
      // The room feels what the compressor gives, not what the thermostat asks for.
      const asked = room.setpoint;
      room.setpoint = room.temperature + (watts <= standby ? -1 : (watts / most - 0.1) / 0.8);
      room.active = true;
      room.step(seconds, at);
      room.setpoint = asked;
      room.active = systemMode === Thermostat.SystemMode.Heat;
      counter.add(watts, seconds);
      esa.count((watts * seconds) / 3600);
    },
    async show(at) {
      await control.set({
        thermostat: {
          localTemperature: scaled(room.temperature, 100),
          thermostatRunningState: { heat: watts > standby },
        },
      });
      await showPower(pump, watts, 230);
      await showEnergy(pump, counter, at);
      await pump.act((agent) => agent.get(Dem).lookAgain());
    },
    memory: () => ({ temperature: room.temperature, imported: counter.imported }),
  };
}
