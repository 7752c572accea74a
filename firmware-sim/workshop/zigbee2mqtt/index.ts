import { ieeeIds, maker } from "../kind.ts";
import { type BridgeSettings, ZigbeeBridge } from "./bridge.ts";
import { climateSensor } from "./climate-sensor.ts";
import { cover } from "./cover.ts";
import { light } from "./light.ts";
import { plug } from "./plug.ts";
import type { ZigbeeDevice, ZigbeeGroup } from "./product.ts";
import { remote } from "./remote.ts";
import { bridge, group, usual } from "./settings.ts";
import { valve } from "./valve.ts";

/** Zigbee2MQTT: a product is a file and a word in this line. All devices and groups stand behind one bridge. */
export const zigbee2mqtt = maker<ZigbeeDevice | ZigbeeGroup | BridgeSettings>(
  "zigbee2mqtt",
  ieeeIds,
  [bridge, group, light, plug, valve, cover, climateSensor, remote],
  (parts) => {
    const devices = parts.filter((part) => part.kind === "device");
    const groups = parts.filter((part) => part.kind === "group");
    for (const { entry, members } of groups) checkMembers(entry.name, members, devices);
    return [new ZigbeeBridge(parts.find((part) => part.kind === "bridge") ?? usual, devices, groups)];
  },
);

/** Throws with the fix for a member that is not there: only the whole home can tell. */
function checkMembers(group: string, members: readonly string[], devices: readonly ZigbeeDevice[]): void {
  const names = devices.map(({ entry }) => entry.name);
  const missing = members.find((member) => !names.includes(member));
  if (missing === undefined) return;
  throw new Error(
    `error: group "${group}": there is no Zigbee device "${missing}"\n  Fix: name one of ${names.join(", ")}`,
  );
}
