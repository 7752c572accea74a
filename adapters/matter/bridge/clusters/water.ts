import { ask, bridgeCluster, type Held, has, hasCommand, type Source } from "../table.ts";
import { wire } from "./codecs.ts";

const W = "waterHeaterManagement";

const heating = (held: Held): boolean => held(`${W}.heatDemand`) === true;

export const waterHeaterManagement = bridgeCluster({
  cluster: "WaterHeaterManagement",
  features: (s) => (has(s, W, "tankPercentage") ? ["TankPercent"] : []),
  // Which heat source it has MQTT does not tell.
  fixed: () => ({ heaterTypes: { other: true } }),
  blank: (s) => ({ heatDemand: {}, boostState: 0, ...(has(s, W, "tankPercentage") ? { tankPercentage: 0 } : {}) }),
  state: (held, s) => {
    const percent = wire(held(`${W}.tankPercentage`), 1, 0, 100);
    if (has(s, W, "tankPercentage") && percent === null) return undefined;
    return {
      heatDemand: heating(held) ? { other: true } : {},
      boostState: held(`${W}.boostState`) === "active" ? 1 : 0,
      ...(percent === null ? {} : { tankPercentage: percent }),
    };
  },
  commands: {
    boost: (fields, _, s) => {
      const info = fields.boostInfo;
      const duration = typeof info === "object" && info !== null ? Reflect.get(info, "duration") : undefined;
      if (!hasCommand(s, W, "boost")) return { constraint: "this water heater can't be boosted" };
      return [ask(W, "boost", typeof duration === "number" ? { duration } : {})];
    },
    cancelBoost: (_, __, s) => (hasCommand(s, W, "cancelBoost") ? [ask(W, "cancelBoost")] : []),
  },
});

const OFF = 1;
const MANUAL = 2;

/** Off and Manual are the two that a water heater must have (9.6.7). */
export const waterHeaterMode = bridgeCluster({
  cluster: "WaterHeaterMode",
  fixed: () => ({
    supportedModes: [
      { label: "Off", mode: OFF, modeTags: [{ value: 0x4000 }] },
      { label: "Manual", mode: MANUAL, modeTags: [{ value: 0x4001 }] },
    ],
  }),
  blank: () => ({ currentMode: MANUAL }),
  state: (held) => ({ currentMode: held("thermostat.systemMode") === "off" ? OFF : MANUAL }),
  commands: {
    changeToMode: (fields, _, s) => {
      if (!has(s, "thermostat", "systemMode"))
        return fields.newMode === MANUAL ? [] : { constraint: "this water heater can't be turned off" };
      return [ask("thermostat", "set", { systemMode: fields.newMode === OFF ? "off" : "heat" })];
    },
  },
  replies: {
    changeToMode: (refusal) =>
      refusal === undefined ? { status: 0, statusText: "" } : { status: 1, statusText: refusal.slice(0, 64) },
  },
});

/** A pump of which no more is known than that it runs or not. */
export const pump = bridgeCluster({
  cluster: "PumpConfigurationAndControl",
  features: () => ["ConstantSpeed"],
  fixed: () => ({
    maxPressure: null,
    maxSpeed: null,
    maxFlow: null,
    minConstSpeed: null,
    maxConstSpeed: null,
    effectiveOperationMode: 0,
    effectiveControlMode: 0,
    operationMode: 0,
  }),
  state: (held) => ({
    capacity: wire(held("pumpConfigurationAndControl.capacity"), 200, 0, 32_767),
  }),
});

/** What the home's own meter counted is in the energy measurement beside it: of a tariff's parts nothing is known here. */
export const commodityMetering = bridgeCluster({
  cluster: "CommodityMetering",
  fixed: () => ({
    meteredQuantity: null,
    meteredQuantityTimestamp: null,
    tariffUnit: 0,
    maximumMeteredQuantities: null,
  }),
});

/** Whether enough is told for Matter's water heater. */
export const isWaterHeater = (s: Source): boolean => has(s, W) && has(s, "thermostat", "occupiedHeatingSetpoint");
