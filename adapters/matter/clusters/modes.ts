import { labelArg, labelled, labelType, numberOf, uniqueLabels } from "./labels.ts";
import { field, list } from "./structs.ts";
import { type ClusterTable, clusterTable, type Siblings } from "./table.ts";

/** ModeOptionStruct.Label holds 64 characters (1.10.5.3). */
const LONGEST = 64;

/** The device's modes by number, each under its label (supportedModes, 1.10.6.1). */
const modeLabels = (siblings: Siblings) =>
  uniqueLabels(
    list(siblings("supportedModes")).map((option) => [field(option, "mode"), field(option, "label")] as const),
    "Mode",
    LONGEST,
  );

/** A cluster derived from Mode Base (1.10), or Mode Select. `readOnly` for what must not be chosen from afar. */
function modes(cluster: string, id: number, readOnly?: "readOnly"): ClusterTable {
  const table: ClusterTable = {
    cluster,
    id,
    capability: `${cluster.charAt(0).toLowerCase()}${cluster.slice(1)}`,
    attributes: { currentMode: labelled(modeLabels, "Mode") },
    ignored: ["supportedModes"],
    types: { currentMode: labelType(modeLabels) },
  };
  if (readOnly) return clusterTable(table);
  const changeToMode = {
    command: "changeToMode",
    id: 0,
    args: labelArg("newMode", modeLabels),
    fields: (args: Readonly<Record<string, unknown>>, siblings: Siblings) => {
      const newMode = numberOf(modeLabels, siblings, args.newMode);
      return newMode === undefined ? "newMode is none of the device's modes" : { newMode };
    },
  };
  return clusterTable({ ...table, commands: { changeToMode } });
}

/** Every cluster of modes: one line each. */
export const modeClusters = [
  modes("ModeSelect", 0x0050),
  modes("LaundryWasherMode", 0x0051),
  modes("RefrigeratorAndTemperatureControlledCabinetMode", 0x0052),
  modes("RvcRunMode", 0x0054),
  modes("RvcCleanMode", 0x0055),
  modes("DishwasherMode", 0x0059),
  modes("OvenMode", 0x0049, "readOnly"),
  modes("MicrowaveOvenMode", 0x005e, "readOnly"),
  modes("EnergyEvseMode", 0x009d),
  modes("WaterHeaterMode", 0x009e),
  modes("DeviceEnergyManagementMode", 0x009f),
];
