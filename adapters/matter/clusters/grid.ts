import { flag, wireNumber, words } from "./codecs.ts";
import { amount, field, list, partOf, text, word } from "./structs.ts";
import { type ClusterTable, clusterTable, type PartCodec } from "./table.ts";

const level = word(["low", "medium", "high"]);
const now = (read: (conditions: object) => ReturnType<PartCodec["decode"]>) => partOf("currentConditions", read);
const ahead = (read: (entries: readonly unknown[]) => ReturnType<PartCodec["decode"]>): PartCodec => ({
  of: "forecastConditions",
  decode: (wire) => {
    if (wire === null) return null;
    return Array.isArray(wire) ? read(list(wire)) : undefined;
  },
});

const intensity = (entry: unknown): number =>
  wireNumber(field(entry, "gridCarbonIntensity")) ?? Number.POSITIVE_INFINITY;

/** The entry of the cleanest time; undefined when none tells. */
function cleanest(entries: readonly unknown[]): unknown {
  const best = entries.reduce<unknown>((held, entry) => (intensity(entry) < intensity(held) ? entry : held), undefined);
  return best;
}

/** Electrical Grid Conditions (9.10): grams of CO2 for a kWh. */
export const electricalGridConditions: ClusterTable = clusterTable({
  cluster: "ElectricalGridConditions",
  id: 0x00a0,
  capability: "electricalGridConditions",
  attributes: { localGenerationAvailable: flag },
  parts: {
    gridCarbonIntensity: now((conditions) => amount(field(conditions, "gridCarbonIntensity"), 1)),
    gridCarbonLevel: now((conditions) => level(field(conditions, "gridCarbonLevel"))),
    localCarbonIntensity: now((conditions) => amount(field(conditions, "localCarbonIntensity"), 1)),
    localCarbonLevel: now((conditions) => level(field(conditions, "localCarbonLevel"))),
    conditionsEnd: now((conditions) => amount(field(conditions, "periodEnd"), 1)),
    nextGridCarbonIntensity: ahead((entries) => amount(field(entries[0], "gridCarbonIntensity"), 1)),
    nextConditionsStart: ahead((entries) => amount(field(entries[0], "periodStart"), 1)),
    lowestGridCarbonIntensity: ahead((entries) => amount(field(cleanest(entries), "gridCarbonIntensity"), 1)),
    lowestGridCarbonStart: ahead((entries) => amount(field(cleanest(entries), "periodStart"), 1)),
  },
});

/** Meter Identification (9.12): mW. */
export const meterIdentification: ClusterTable = clusterTable({
  cluster: "MeterIdentification",
  id: 0x0b06,
  capability: "meterIdentification",
  attributes: {
    meterType: words({ 0: "utility", 1: "private", 2: "generic" }),
    pointOfDelivery: text(64),
    meterSerialNumber: text(64),
    protocolVersion: text(64),
  },
  parts: {
    powerLimit: partOf("powerThreshold", (limit) => amount(field(limit, "powerThreshold"), 1000)),
    powerLimitSource: partOf("powerThreshold", (limit) =>
      word(["contract", "regulator", "equipment"])(field(limit, "powerThresholdSource")),
    ),
  },
});
