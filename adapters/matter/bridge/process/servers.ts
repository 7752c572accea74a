import type { ClusterBehavior } from "@matter/main";
import { AirQualityBehavior } from "@matter/main/behaviors/air-quality";
import { BooleanStateBehavior } from "@matter/main/behaviors/boolean-state";
import { CarbonDioxideConcentrationMeasurementBehavior } from "@matter/main/behaviors/carbon-dioxide-concentration-measurement";
import { CarbonMonoxideConcentrationMeasurementBehavior } from "@matter/main/behaviors/carbon-monoxide-concentration-measurement";
import { ColorControlBehavior } from "@matter/main/behaviors/color-control";
import { CommodityMeteringBehavior } from "@matter/main/behaviors/commodity-metering";
import { CommodityPriceBehavior } from "@matter/main/behaviors/commodity-price";
import { DeviceEnergyManagementBehavior } from "@matter/main/behaviors/device-energy-management";
import { DoorLockBehavior } from "@matter/main/behaviors/door-lock";
import { ElectricalEnergyMeasurementBehavior } from "@matter/main/behaviors/electrical-energy-measurement";
import { ElectricalPowerMeasurementBehavior } from "@matter/main/behaviors/electrical-power-measurement";
import { EnergyEvseBehavior } from "@matter/main/behaviors/energy-evse";
import { EnergyEvseModeBehavior } from "@matter/main/behaviors/energy-evse-mode";
import { FanControlBehavior } from "@matter/main/behaviors/fan-control";
import { FlowMeasurementBehavior } from "@matter/main/behaviors/flow-measurement";
import { FormaldehydeConcentrationMeasurementBehavior } from "@matter/main/behaviors/formaldehyde-concentration-measurement";
import { GroupsServer } from "@matter/main/behaviors/groups";
import { IdentifyServer } from "@matter/main/behaviors/identify";
import { IlluminanceMeasurementBehavior } from "@matter/main/behaviors/illuminance-measurement";
import { LevelControlBehavior } from "@matter/main/behaviors/level-control";
import { OccupancySensingBehavior } from "@matter/main/behaviors/occupancy-sensing";
import { OnOffBehavior } from "@matter/main/behaviors/on-off";
import { OperationalStateBehavior } from "@matter/main/behaviors/operational-state";
import { Pm1ConcentrationMeasurementBehavior } from "@matter/main/behaviors/pm1-concentration-measurement";
import { Pm10ConcentrationMeasurementBehavior } from "@matter/main/behaviors/pm10-concentration-measurement";
import { Pm25ConcentrationMeasurementBehavior } from "@matter/main/behaviors/pm25-concentration-measurement";
import { PowerSourceBehavior } from "@matter/main/behaviors/power-source";
import { PowerTopologyBehavior } from "@matter/main/behaviors/power-topology";
import { PressureMeasurementBehavior } from "@matter/main/behaviors/pressure-measurement";
import { PumpConfigurationAndControlBehavior } from "@matter/main/behaviors/pump-configuration-and-control";
import { RelativeHumidityMeasurementBehavior } from "@matter/main/behaviors/relative-humidity-measurement";
import { RvcOperationalStateBehavior } from "@matter/main/behaviors/rvc-operational-state";
import { RvcRunModeBehavior } from "@matter/main/behaviors/rvc-run-mode";
import { SmokeCoAlarmBehavior } from "@matter/main/behaviors/smoke-co-alarm";
import { SoilMeasurementBehavior } from "@matter/main/behaviors/soil-measurement";
import { SwitchBehavior } from "@matter/main/behaviors/switch";
import { TemperatureMeasurementBehavior } from "@matter/main/behaviors/temperature-measurement";
import { ThermostatBehavior } from "@matter/main/behaviors/thermostat";
import { TotalVolatileOrganicCompoundsConcentrationMeasurementBehavior } from "@matter/main/behaviors/total-volatile-organic-compounds-concentration-measurement";
import { ValveConfigurationAndControlBehavior } from "@matter/main/behaviors/valve-configuration-and-control";
import { WaterHeaterManagementBehavior } from "@matter/main/behaviors/water-heater-management";
import { WaterHeaterModeBehavior } from "@matter/main/behaviors/water-heater-mode";
import { WindowCoveringBehavior } from "@matter/main/behaviors/window-covering";
import { BridgedScenes } from "./scenes.ts";

const all: readonly ClusterBehavior.Type[] = [
  AirQualityBehavior,
  BooleanStateBehavior,
  BridgedScenes,
  CarbonDioxideConcentrationMeasurementBehavior,
  CarbonMonoxideConcentrationMeasurementBehavior,
  ColorControlBehavior,
  CommodityMeteringBehavior,
  CommodityPriceBehavior,
  DeviceEnergyManagementBehavior,
  DoorLockBehavior,
  ElectricalEnergyMeasurementBehavior,
  ElectricalPowerMeasurementBehavior,
  EnergyEvseBehavior,
  EnergyEvseModeBehavior,
  FanControlBehavior,
  FlowMeasurementBehavior,
  FormaldehydeConcentrationMeasurementBehavior,
  GroupsServer,
  IdentifyServer,
  IlluminanceMeasurementBehavior,
  LevelControlBehavior,
  OccupancySensingBehavior,
  OnOffBehavior,
  OperationalStateBehavior,
  Pm10ConcentrationMeasurementBehavior,
  Pm1ConcentrationMeasurementBehavior,
  Pm25ConcentrationMeasurementBehavior,
  PowerSourceBehavior,
  PowerTopologyBehavior,
  PressureMeasurementBehavior,
  PumpConfigurationAndControlBehavior,
  RelativeHumidityMeasurementBehavior,
  RvcOperationalStateBehavior,
  RvcRunModeBehavior,
  SmokeCoAlarmBehavior,
  SoilMeasurementBehavior,
  SwitchBehavior,
  TemperatureMeasurementBehavior,
  ThermostatBehavior,
  TotalVolatileOrganicCompoundsConcentrationMeasurementBehavior,
  ValveConfigurationAndControlBehavior,
  WaterHeaterManagementBehavior,
  WaterHeaterModeBehavior,
  WindowCoveringBehavior,
];

/**
 * What a bridged cluster is built upon, by the standard's name. matter.js's own logic (timers, couplings) is left out
 * where the device does the thing itself: a made-up state would be a lie.
 */
export const bases: ReadonlyMap<string, ClusterBehavior.Type> = new Map(all.map((base) => [base.cluster.name, base]));
