import { Endpoint } from "@matter/main";
import { ThermostatServer } from "@matter/main/behaviors/thermostat";
import { WaterHeaterManagementServer } from "@matter/main/behaviors/water-heater-management";
import { DeviceEnergyManagement } from "@matter/main/clusters/device-energy-management";
import { Thermostat } from "@matter/main/clusters/thermostat";
import { WaterHeaterManagement } from "@matter/main/clusters/water-heater-management";
import { WaterHeaterMode } from "@matter/main/clusters/water-heater-mode";
import { WaterHeaterDevice } from "@matter/main/devices/water-heater";
import { AcPower, bornImported, bornPower, ImportedEnergy, TreePower } from "../parts/electrical.ts";
import { HotWater } from "../parts/hot-water.ts";
import { forecastServer } from "../parts/power-esa.ts";
import { type Birth, type Product, scaled } from "../product.ts";
import type { OptionsOf } from "../sheets.ts";

const { ModeTag } = WaterHeaterMode;
const mode = (mode: number, label: string, value: number) => ({ mode, label, modeTags: [{ value }] });
const modes = [mode(0, "Off", ModeTag.Off), mode(1, "Manual", ModeTag.Manual), mode(2, "Timed", ModeTag.Timed)];

/** Boost as the cluster wants it (Matter Application Clusters 9.5): for a time, to a temperature, once or held. */
function managementServer(water: HotWater) {
  return class extends WaterHeaterManagementServer.with("EnergyManagement", "TankPercent") {
    override boost({ boostInfo }: WaterHeaterManagement.BoostRequest): void {
      const { duration, oneShot, emergencyBoost, temporarySetpoint, targetPercentage } = boostInfo;
      const degrees = temporarySetpoint === undefined ? undefined : temporarySetpoint / 100;
      water.boost({
        duration,
        oneShot: oneShot === true,
        emergency: emergencyBoost === true,
        degrees,
        percent: targetPercentage,
      });
      this.state.boostState = WaterHeaterManagement.BoostState.Active;
      this.events.boostStarted.emit({ boostInfo }, this.context);
    }

    override cancelBoost(): void {
      water.endBoost();
      this.lookAgain();
    }

    /** The attributes from the physics, and the end of a boost. */
    lookAgain(): void {
      const active = water.boosting
        ? WaterHeaterManagement.BoostState.Active
        : WaterHeaterManagement.BoostState.Inactive;
      const ended = this.state.boostState === WaterHeaterManagement.BoostState.Active && !water.boosting;
      this.state.boostState = active;
      this.state.heatDemand = { immersionElement1: water.watts > 0 };
      this.state.tankPercentage = water.percent;
      this.state.estimatedHeatRequired = scaled(water.required, 1000);
      if (ended) this.events.boostEnded.emit(undefined, this.context);
    }
  };
}

/** A tank with a heating rod on its thermostat. */
export function waterHeater(birth: Birth, { liters, watts, setpoint }: OptionsOf<"water-heater">): Product {
  const water = new HotWater(birth, liters, watts, setpoint);
  const Management = managementServer(water);
  const Dem = forecastServer(water.esa);
  const Type = WaterHeaterDevice.with(
    Management,
    ThermostatServer.with("Heating"),
    Dem,
    TreePower,
    AcPower,
    ImportedEnergy,
  );
  const endpoint = new Endpoint(Type, {
    id: "heater",
    waterHeaterManagement: {
      heaterTypes: { immersionElement1: true },
      heatDemand: {},
      tankVolume: liters,
      ...{ estimatedHeatRequired: scaled(water.required, 1000), tankPercentage: water.percent },
      boostState: WaterHeaterManagement.BoostState.Inactive,
    },
    waterHeaterMode: { supportedModes: modes, currentMode: 1 },
    thermostat: {
      controlSequenceOfOperation: Thermostat.ControlSequenceOfOperation.HeatingOnly,
      systemMode: Thermostat.SystemMode.Heat,
      ...{
        minHeatSetpointLimit: 4000,
        maxHeatSetpointLimit: 6500,
        absMinHeatSetpointLimit: 4000,
        absMaxHeatSetpointLimit: 6500,
      },
      occupiedHeatingSetpoint: Math.max(4000, Math.min(6500, scaled(setpoint, 100))),
      localTemperature: scaled(water.tank.temperature, 100),
    },
    deviceEnergyManagement: {
      ...water.esa.born(DeviceEnergyManagement.EsaType.WaterHeating, 0, watts),
      forecast: null,
    },
    electricalPowerMeasurement: bornPower(watts + 100),
    electricalEnergyMeasurement: bornImported,
  });
  return {
    endpoints: [endpoint],
    state: () => water.state,
    async set(values) {
      water.set(values);
      await endpoint.act((agent) => agent.get(Dem).lookAgain());
    },
    step(seconds, now) {
      const { thermostat, waterHeaterMode } = endpoint.state;
      water.setpoint = thermostat.occupiedHeatingSetpoint / 100;
      water.on = waterHeaterMode.currentMode !== 0 && thermostat.systemMode !== Thermostat.SystemMode.Off;
      water.step(seconds, now);
    },
    async show(now) {
      await endpoint.set({ thermostat: { localTemperature: scaled(water.tank.temperature, 100) } });
      await endpoint.act((agent) => {
        agent.get(Management).lookAgain();
        agent.get(Dem).lookAgain();
      });
      await water.showMeter(endpoint, now);
    },
    memory: () => water.memory(),
  };
}
