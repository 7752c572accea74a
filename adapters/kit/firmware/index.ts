import type { Firmware } from "../firmware.ts";
import { haDiscovery } from "./ha-discovery.ts";
import { homie } from "./homie.ts";
import { shellyGen1 } from "./shelly-gen1.ts";
import { shellyGen2 } from "./shelly-gen2.ts";
import { tasmota } from "./tasmota.ts";
import { zigbee2mqtt } from "./zigbee2mqtt.ts";

/** Devices of the dialects that come with the hub, as the kit plays them: one line each. */
export const firmwares: readonly Firmware[] = [zigbee2mqtt, tasmota, shellyGen1, shellyGen2, homie, haDiscovery];
