import type { Value } from "../../../../hub/model/capability.ts";
import { bridgeCluster } from "../table.ts";
import { wire } from "./codecs.ts";

/** Clusters of one measured value each. The ends of the range are not known of MQTT devices: null (as in 2.3.4.2). */
const measured = (cluster: string, capability: string, encode: (value: Value | undefined) => number | null) =>
  bridgeCluster({
    cluster,
    fixed: () => ({ minMeasuredValue: null, maxMeasuredValue: null }),
    state: (held) => ({ measuredValue: encode(held(`${capability}.measuredValue`)) }),
  });

export const temperatureMeasurement = measured("TemperatureMeasurement", "temperatureMeasurement", (v) =>
  wire(v, 100, -27_315, 32_767),
);
export const relativeHumidityMeasurement = measured("RelativeHumidityMeasurement", "relativeHumidityMeasurement", (v) =>
  wire(v, 100, 0, 10_000),
);
/** Hectopascals are tenths of a kilopascal. */
export const pressureMeasurement = measured("PressureMeasurement", "pressureMeasurement", (v) =>
  wire(v, 1, -32_767, 32_767),
);
/** Tenths of m3/h. */
export const flowMeasurement = measured("FlowMeasurement", "flowMeasurement", (v) => wire(v, 10, 0, 65_533));

/** 10,000 x log10(lux) + 1; 0 is too dark to measure (2.2.5.1). */
export const illuminanceMeasurement = measured("IlluminanceMeasurement", "illuminanceMeasurement", (v) => {
  if (typeof v !== "number") return null;
  return v < 1 ? 0 : Math.min(65_533, Math.round(10_000 * Math.log10(v)) + 1);
});

export const soilMeasurement = bridgeCluster({
  cluster: "SoilMeasurement",
  fixed: () => ({
    soilMoistureMeasurementLimits: {
      measurementType: 17,
      measured: true,
      minMeasuredValue: 0,
      maxMeasuredValue: 100,
      accuracyRanges: [{ rangeMin: 0, rangeMax: 100, percentMax: 10_000 }],
    },
  }),
  state: (held) => ({ soilMoistureMeasuredValue: wire(held("soilMeasurement.soilMoistureMeasuredValue"), 1, 0, 100) }),
});
