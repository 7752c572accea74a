import { DescriptorServer } from "@matter/main/behaviors/descriptor";
import { PowerSourceServer } from "@matter/main/behaviors/power-source";
import { PowerSource } from "@matter/main/clusters/power-source";

/** Mains as the power source of its device; adds the device type Power Source. */
export const MainsPower = PowerSourceServer.with("Wired");
/** A descriptor that can say which of several it is. */
export const Tagged = DescriptorServer.with("TagList");

export const bornMains = (description: string) => ({
  status: PowerSource.PowerSourceStatus.Active,
  order: 0,
  description,
  wiredCurrentType: PowerSource.WiredCurrentType.Ac,
  endpointList: [],
});
