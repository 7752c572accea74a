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
    return [new ZigbeeBridge(parts.find((part) => part.kind === "bridge") ?? usual, devices, groups)];
  },
);
