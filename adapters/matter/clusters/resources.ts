import { flag, scaled, wireNumber, words } from "./codecs.ts";
import { type ClusterTable, clusterTable } from "./table.ts";

/** DegradationDirection up: the device counts what is used; down: what is left (2.8.5.1). */
const USED = 0;

/** A cluster derived from Resource Monitoring (2.8): what is left, 100 % when new. */
const resource = (cluster: string, id: number): ClusterTable =>
  clusterTable({
    cluster,
    id,
    capability: `${cluster.charAt(0).toLowerCase()}${cluster.slice(1)}`,
    attributes: {
      condition: {
        decode: (wire, siblings) => {
          if (wire === null) return null;
          const percent = wireNumber(wire);
          if (percent === undefined) return undefined;
          return wireNumber(siblings("degradationDirection")) === USED ? 100 - percent : percent;
        },
      },
      changeIndication: words({ 0: "ok", 1: "warning", 2: "critical" }),
      inPlaceIndicator: flag,
      lastChangedTime: scaled(1),
    },
    commands: { resetCondition: { command: "resetCondition", id: 0 } },
    ignored: ["degradationDirection"],
  });

/** What is used up and replaced: one line each. */
export const resources = [
  resource("HepaFilterMonitoring", 0x0071),
  resource("ActivatedCarbonFilterMonitoring", 0x0072),
  resource("WaterTankLevelMonitoring", 0x0079),
];
