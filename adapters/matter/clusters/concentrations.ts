import { tidy, wireNumber } from "./codecs.ts";
import { clusterTable, type Siblings } from "./table.ts";

/** MeasurementUnitEnum (2.10.5.1) as [family, parts of one of the family's base]. Parts do not turn into mass. */
const unitOf = new Map<number, readonly [family: "parts" | "mass", perBase: number]>([
  [0, ["parts", 1e6]],
  [1, ["parts", 1e9]],
  [2, ["parts", 1e12]],
  [3, ["mass", 1e3]],
  [4, ["mass", 1e6]],
  [5, ["mass", 1e9]],
]);

const PPM = 0;
const PPB = 1;
const MG_M3 = 3;
const UG_M3 = 4;

/** A float in the unit that the device states; without a statement, in ours. */
function inUnit(wire: unknown, ours: number, siblings: Siblings): number | undefined {
  const number = wireNumber(wire);
  const from = unitOf.get(wireNumber(siblings("measurementUnit")) ?? ours);
  const to = unitOf.get(ours);
  if (number === undefined || !from || !to || from[0] !== to[0]) return undefined;
  const value = (number / from[1]) * to[1];
  return Number.isFinite(value) ? tidy(value) : undefined;
}

const concentration = (cluster: string, id: number, capability: string, unit: number) =>
  clusterTable({
    cluster,
    id,
    capability,
    attributes: {
      measuredValue: {
        decode: (wire, siblings) => (wire === null ? null : inUnit(wire, unit, siblings)),
      },
    },
  });

const named = (cluster: string, id: number, unit: number) =>
  concentration(cluster, id, `${cluster.charAt(0).toLowerCase()}${cluster.slice(1)}`, unit);

/** The concentration clusters, each in the one unit our capability has. */
export const concentrations = [
  named("CarbonMonoxideConcentrationMeasurement", 0x040c, PPM),
  named("CarbonDioxideConcentrationMeasurement", 0x040d, PPM),
  named("Pm25ConcentrationMeasurement", 0x042a, UG_M3),
  named("FormaldehydeConcentrationMeasurement", 0x042b, MG_M3),
  named("Pm1ConcentrationMeasurement", 0x042c, UG_M3),
  named("Pm10ConcentrationMeasurement", 0x042d, UG_M3),
  named("TotalVolatileOrganicCompoundsConcentrationMeasurement", 0x042e, PPB),
];
