import * as power from "./clusters/power.ts";
import { type BridgeCluster, has, type Source } from "./table.ts";

const EPM = "electricalPowerMeasurement";
const EEM = "electricalEnergyMeasurement";

/** The meter that is built into a thing, as far as nothing else of the device has taken it (`left`). */
export const electrical = (source: Source, left: ReadonlySet<string>): BridgeCluster[] => {
  const own = [
    ...(has(source, EPM) && left.has(EPM) ? [power.electricalPowerMeasurement] : []),
    ...(has(source, EEM) && left.has(EEM) ? [power.electricalEnergyMeasurement] : []),
  ];
  return own.length > 0 ? [power.powerTopology, ...own] : [];
};

/** The capabilities that a cluster of the meter takes. */
export const electricalOf = (cluster: string): readonly string[] =>
  cluster === "ElectricalPowerMeasurement" ? [EPM] : cluster === "ElectricalEnergyMeasurement" ? [EEM] : [];
