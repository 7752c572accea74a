import { concentrations } from "./clusters/concentrations.ts";
import * as measurements from "./clusters/measurements.ts";
import * as power from "./clusters/power.ts";
import * as states from "./clusters/states.ts";
import { identify, type Recipe } from "./recipe.ts";
import { type BridgeCluster, has, type Source } from "./table.ts";

/** A thing that measures one value. */
const sensor = (
  type: string,
  capability: string,
  cluster: BridgeCluster,
  fits: (source: Source) => boolean = () => true,
): Recipe => ({
  type,
  takes: [capability],
  fits: (source, left) => left.has(capability) && fits(source),
  uses: (source) => [identify, cluster].map((c) => ({ cluster: c, source, type })),
});

const booleanKinds: readonly (readonly [kind: string, type: string])[] = [
  ["waterLeakDetector", "WaterLeakDetector"],
  ["waterFreezeDetector", "WaterFreezeDetector"],
  ["rainSensor", "RainSensor"],
];

const gasCapabilities = [
  "airQuality",
  ...concentrations.map(({ cluster }) => cluster.charAt(0).toLowerCase() + cluster.slice(1)),
];

const air: Recipe = {
  type: "AirQualitySensor",
  takes: gasCapabilities,
  fits: (_, left) => gasCapabilities.some((c) => left.has(c)),
  uses: (source) =>
    [
      identify,
      states.airQuality,
      ...concentrations.filter(({ cluster }) => has(source, cluster.charAt(0).toLowerCase() + cluster.slice(1))),
    ].map((cluster) => ({ cluster, source, type: "AirQualitySensor" })),
};

const smoke: Recipe = {
  type: "SmokeCoAlarm",
  takes: ["smokeCoAlarm"],
  fits: (source) => has(source, "smokeCoAlarm", "smokeState") || has(source, "smokeCoAlarm", "coState"),
  uses: (source, _, cell) => [
    ...[identify, states.smokeCoAlarm].map((cluster) => ({ cluster, source, type: "SmokeCoAlarm" })),
    { cluster: cell ? power.battery : power.mains, source: cell ?? source, type: "PowerSource" },
  ],
};

/** Things that only tell: the more particular ones first. */
export const sensors: readonly Recipe[] = [
  smoke,
  ...booleanKinds.map(([kind, type]) =>
    sensor(type, "booleanState", states.booleanState, (s) => s.kinds.includes(kind)),
  ),
  sensor("ContactSensor", "booleanState", states.booleanState),
  sensor("OccupancySensor", "occupancySensing", states.occupancySensing),
  air,
  sensor("TemperatureSensor", "temperatureMeasurement", measurements.temperatureMeasurement),
  sensor("HumiditySensor", "relativeHumidityMeasurement", measurements.relativeHumidityMeasurement),
  sensor("PressureSensor", "pressureMeasurement", measurements.pressureMeasurement),
  sensor("LightSensor", "illuminanceMeasurement", measurements.illuminanceMeasurement),
  sensor("FlowSensor", "flowMeasurement", measurements.flowMeasurement),
  sensor("SoilSensor", "soilMeasurement", measurements.soilMeasurement),
];
