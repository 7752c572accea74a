import { labelType, uniqueLabels, writableLabelled } from "./labels.ts";
import { field, list } from "./structs.ts";
import { type ClusterTable, clusterTable, type Siblings } from "./table.ts";

/** BalanceStruct (9.7.5.2): the place in the list is the number; one without a label is called by its percent. */
const balances = (listed: string) => (siblings: Siblings) =>
  uniqueLabels(
    list(siblings(listed)).map((one, i) => [i, field(one, "label") ?? `${String(field(one, "step"))} %`] as const),
    "Step",
    64,
  );
const balance = balances("energyBalances");
const sensitivity = balances("lowPowerModeSensitivities");

export const energyPreference: ClusterTable = clusterTable({
  cluster: "EnergyPreference",
  id: 0x009b,
  capability: "energyPreference",
  attributes: {
    currentEnergyBalance: writableLabelled(balance, "Step"),
    currentLowPowerModeSensitivity: writableLabelled(sensitivity, "Step"),
  },
  ignored: ["energyBalances", "energyPriorities", "lowPowerModeSensitivities"],
  types: {
    currentEnergyBalance: labelType(balance),
    currentLowPowerModeSensitivity: labelType(sensitivity),
  },
});
