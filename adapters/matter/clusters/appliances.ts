import { bitmap, scaled, wireNumber, writableWords } from "./codecs.ts";
import { labelType, uniqueLabels, writableLabelled } from "./labels.ts";
import { bitOf, list } from "./structs.ts";
import { type ClusterTable, clusterTable, type Siblings } from "./table.ts";

/** Alarms of an appliance (8.8 and 8.4): any of them, and each. */
export const refrigeratorAlarm: ClusterTable = clusterTable({
  cluster: "RefrigeratorAlarm",
  id: 0x0057,
  capability: "refrigeratorAlarm",
  attributes: { state: bitmap() },
  parts: { doorOpen: bitOf("state", "doorOpen", 0) },
  ignored: ["mask", "latch", "supported"],
});

export const dishwasherAlarm: ClusterTable = clusterTable({
  cluster: "DishwasherAlarm",
  id: 0x005d,
  capability: "dishwasherAlarm",
  attributes: { state: bitmap() },
  parts: {
    inflowError: bitOf("state", "inflowError", 0),
    drainError: bitOf("state", "drainError", 1),
    doorError: bitOf("state", "doorError", 2),
    tempTooLow: bitOf("state", "tempTooLow", 3),
    tempTooHigh: bitOf("state", "tempTooHigh", 4),
    waterLevelError: bitOf("state", "waterLevelError", 5),
  },
  ignored: ["mask", "latch", "supported"],
});

const spins = (siblings: Siblings) =>
  uniqueLabels(
    list(siblings("spinSpeeds")).map((name, i) => [i, name] as const),
    "Spin",
    64,
  );

const rinses = { 0: "none", 1: "normal", 2: "extra", 3: "max" };
const drynesses = { 0: "low", 1: "normal", 2: "extra", 3: "max" };

/** The values of a list of enum numbers that the device supports, as the narrower enum. */
const supported = (words: Readonly<Record<number, string>>, listed: string) => (siblings: Siblings) => {
  const values = list(siblings(listed)).flatMap((wire) => words[wireNumber(wire) ?? -1] ?? []);
  return values.length > 0 ? ({ type: "enum", values: [...new Set(values)] } as const) : undefined;
};

export const laundryWasherControls: ClusterTable = clusterTable({
  cluster: "LaundryWasherControls",
  id: 0x0053,
  capability: "laundryWasherControls",
  attributes: { spinSpeedCurrent: writableLabelled(spins, "Spin"), numberOfRinses: writableWords(rinses) },
  ignored: ["spinSpeeds", "supportedRinses"],
  types: { spinSpeedCurrent: labelType(spins), numberOfRinses: supported(rinses, "supportedRinses") },
});

export const laundryDryerControls: ClusterTable = clusterTable({
  cluster: "LaundryDryerControls",
  id: 0x004a,
  capability: "laundryDryerControls",
  attributes: { selectedDrynessLevel: writableWords(drynesses) },
  ignored: ["supportedDrynessLevels"],
  types: { selectedDrynessLevel: supported(drynesses, "supportedDrynessLevels") },
});

/** Read only: heat is never started from afar. */
export const microwaveOvenControl: ClusterTable = clusterTable({
  cluster: "MicrowaveOvenControl",
  id: 0x005f,
  capability: "microwaveOvenControl",
  attributes: { cookTime: scaled(1), powerSetting: scaled(1) },
});
