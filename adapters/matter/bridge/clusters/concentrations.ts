import { bridgeCluster } from "../table.ts";

const PPM = 0;
const PPB = 1;
const MG_M3 = 3;
const UG_M3 = 4;

/** Each in the one unit that our capability has (MeasurementUnitEnum, 2.10.5.1); measured in air. */
const concentration = (cluster: string, measurementUnit: number) => {
  const capability = `${cluster.charAt(0).toLowerCase()}${cluster.slice(1)}`;
  return bridgeCluster({
    cluster,
    features: () => ["NumericMeasurement"],
    fixed: () => ({ measurementUnit, measurementMedium: 0, minMeasuredValue: null, maxMeasuredValue: null }),
    state: (held) => {
      const value = held(`${capability}.measuredValue`);
      return { measuredValue: typeof value === "number" ? value : null };
    },
  });
};

/** The cluster's name is the capability's. */
export const concentrations = [
  concentration("CarbonMonoxideConcentrationMeasurement", PPM),
  concentration("CarbonDioxideConcentrationMeasurement", PPM),
  concentration("Pm25ConcentrationMeasurement", UG_M3),
  concentration("FormaldehydeConcentrationMeasurement", MG_M3),
  concentration("Pm1ConcentrationMeasurement", UG_M3),
  concentration("Pm10ConcentrationMeasurement", UG_M3),
  concentration("TotalVolatileOrganicCompoundsConcentrationMeasurement", PPB),
];
