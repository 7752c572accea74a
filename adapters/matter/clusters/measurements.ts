import { scaled, tidy, wireNumber } from "./codecs.ts";
import { clusterTable } from "./table.ts";

/** Clusters of one measured value each, whose only difference is the scale. */
const measured = (cluster: string, id: number, capability: string, perUnit: number) =>
  clusterTable({ cluster, id, capability, attributes: { measuredValue: scaled(perUnit) } });

export const temperatureMeasurement = measured("TemperatureMeasurement", 0x0402, "temperatureMeasurement", 100);
export const relativeHumidityMeasurement = measured(
  "RelativeHumidityMeasurement",
  0x0405,
  "relativeHumidityMeasurement",
  100,
);
/** Tenths of a kilopascal are hectopascals. */
export const pressureMeasurement = measured("PressureMeasurement", 0x0403, "pressureMeasurement", 1);
/** Tenths of m3/h. */
export const flowMeasurement = measured("FlowMeasurement", 0x0404, "flowMeasurement", 10);

/** 10,000 x log10(lux) + 1; 0 is too dark to measure (2.2.5.1). */
export const illuminanceMeasurement = clusterTable({
  cluster: "IlluminanceMeasurement",
  id: 0x0400,
  capability: "illuminanceMeasurement",
  attributes: {
    measuredValue: {
      decode: (wire) => {
        if (wire === null) return null;
        const number = wireNumber(wire);
        if (number === undefined) return undefined;
        if (number === 0) return 0;
        const lux = 10 ** ((number - 1) / 10_000);
        return Number.isFinite(lux) ? tidy(lux) : undefined;
      },
    },
  },
});

export const soilMeasurement = clusterTable({
  cluster: "SoilMeasurement",
  id: 0x0430,
  capability: "soilMeasurement",
  attributes: { soilMoistureMeasuredValue: scaled(1) },
});
