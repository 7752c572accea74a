import { PowerSourceServer } from "@matter/main/behaviors/power-source";
import { PowerSource } from "@matter/main/clusters/power-source";

/** A replaceable cell as the power source of its device; adds the device type Power Source. */
export const CellPower = PowerSourceServer.with("Battery", "Replaceable");

/** A cell with `percent` left; the endpoints that it feeds are of this node alone. */
export const bornCell = (percent: number) => ({
  status: PowerSource.PowerSourceStatus.Active,
  order: 1,
  description: "Battery",
  batChargeLevel: PowerSource.BatChargeLevel.Ok,
  batPercentRemaining: Math.round(percent * 2),
  batReplacementNeeded: false,
  batReplaceability: PowerSource.BatReplaceability.UserReplaceable,
  batReplacementDescription: "CR123A",
  batQuantity: 1,
  endpointList: [],
});
