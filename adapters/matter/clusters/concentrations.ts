import { tidy, wireNumber, words } from "./codecs.ts";
import { clusterTable, type Siblings } from "./table.ts";

/** MeasurementUnitEnum (2.10.5.1) as [family, parts of one of the family's base]. Parts turn into mass only for one known gas. */
const unitOf = new Map<number, readonly [family: "parts" | "mass" | "decay", perBase: number]>([
  [0, ["parts", 1e6]],
  [1, ["parts", 1e9]],
  [2, ["parts", 1e12]],
  [3, ["mass", 1e3]],
  [4, ["mass", 1e6]],
  [5, ["mass", 1e9]],
  [7, ["decay", 1]],
]);

const PPM = 0;
const PPB = 1;
const MG_M3 = 3;
const UG_M3 = 4;
const BQ_M3 = 7;

/** Litres of a mole of gas at 25 degrees and 1013 hPa, which makers and agencies convert at. */
const MOLAR_LITRES = 24.45;

/** A float in the unit that the device states; without a statement, in ours. `molar` in g/mol turns parts into mass. */
function inUnit(wire: unknown, ours: number, siblings: Siblings, molar: number | undefined): number | undefined {
  const number = wireNumber(wire);
  const from = unitOf.get(wireNumber(siblings("measurementUnit")) ?? ours);
  const to = unitOf.get(ours);
  if (number === undefined || !from || !to) return undefined;
  let value = (number / from[1]) * to[1];
  if (from[0] !== to[0]) {
    if (molar === undefined || from[0] === "decay" || to[0] === "decay") return undefined;
    // One part of the whole weighs molar / 24.45 kg in a cubic metre.
    const gramsPerPart = (molar / MOLAR_LITRES) * 1000;
    value = from[0] === "parts" ? value * gramsPerPart : value / gramsPerPart;
  }
  return Number.isFinite(value) ? tidy(value) : undefined;
}

const named = (cluster: string, id: number, unit: number, molar?: number) =>
  clusterTable({
    cluster,
    id,
    capability: `${cluster.charAt(0).toLowerCase()}${cluster.slice(1)}`,
    attributes: {
      measuredValue: {
        decode: (wire, siblings) => (wire === null ? null : inUnit(wire, unit, siblings, molar)),
      },
      levelValue: words({ 0: "unknown", 1: "low", 2: "medium", 3: "high", 4: "critical" }),
    },
    ignored: ["measurementUnit", "measurementMedium"],
  });

/** The concentration clusters, each in the one unit our capability has. */
export const concentrations = [
  named("CarbonMonoxideConcentrationMeasurement", 0x040c, PPM, 28.01),
  named("CarbonDioxideConcentrationMeasurement", 0x040d, PPM, 44.01),
  named("NitrogenDioxideConcentrationMeasurement", 0x0413, PPB, 46.006),
  named("OzoneConcentrationMeasurement", 0x0415, PPB, 47.998),
  named("Pm25ConcentrationMeasurement", 0x042a, UG_M3),
  named("FormaldehydeConcentrationMeasurement", 0x042b, MG_M3, 30.026),
  named("Pm1ConcentrationMeasurement", 0x042c, UG_M3),
  named("Pm10ConcentrationMeasurement", 0x042d, UG_M3),
  named("TotalVolatileOrganicCompoundsConcentrationMeasurement", 0x042e, PPB),
  named("RadonConcentrationMeasurement", 0x042f, BQ_M3),
];
