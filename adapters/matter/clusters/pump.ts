import { scaled, words, writableWords } from "./codecs.ts";
import { bit, bitOf } from "./structs.ts";
import { type ClusterTable, clusterTable } from "./table.ts";

const operation = { 0: "normal", 1: "minimum", 2: "maximum", 3: "local" };
const control = {
  ...{ 0: "constantSpeed", 1: "constantPressure", 2: "proportionalPressure", 3: "constantFlow" },
  ...{ 5: "constantTemperature", 7: "automatic" },
};

/** Pump Configuration and Control (4.2): capacity in hundredths of a percent, the rest in whole units. */
export const pumpConfigurationAndControl: ClusterTable = clusterTable({
  cluster: "PumpConfigurationAndControl",
  id: 0x0200,
  capability: "pumpConfigurationAndControl",
  attributes: {
    capacity: scaled(100),
    speed: scaled(1),
    power: scaled(1),
    lifetimeRunningHours: scaled(1),
    lifetimeEnergyConsumed: scaled(1),
    effectiveOperationMode: words(operation),
    effectiveControlMode: words(control),
    operationMode: writableWords(operation),
    controlMode: writableWords(control),
  },
  parts: {
    running: bitOf("pumpStatus", "running", 5),
    fault: {
      of: "pumpStatus",
      decode: (wire) => {
        if (wire === null) return null;
        const device = bit(wire, "deviceFault", 0);
        return device === undefined ? undefined : device || bit(wire, "supplyFault", 1) === true;
      },
    },
  },
});
