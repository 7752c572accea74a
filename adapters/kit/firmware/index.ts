import type { Firmware } from "../firmware.ts";
import { goE, openevse, smartevse, warp } from "./chargers.ts";
import { evcc, openwb } from "./charging.ts";
import { esphome } from "./esphome.ts";
import { emsEsp, openmqttgateway, victron, wled } from "./gateways.ts";
import { haDiscovery } from "./ha-discovery.ts";
import { homie } from "./homie.ts";
import { amsreader, dsmrReader, glow, p1Dongle, tibberPulse } from "./meters.ts";
import { shellyGen1 } from "./shelly-gen1.ts";
import { shellyGen2 } from "./shelly-gen2.ts";
import { ahoydtu, grott, opendtu, solaredge2mqtt } from "./solar.ts";
import { tasmota } from "./tasmota.ts";
import { zigbee2mqtt } from "./zigbee2mqtt.ts";
import { zwaveJsUi } from "./zwave-js-ui.ts";

/** Of makers whose devices write plain values, a row each. */
export const tables: readonly Firmware[] = [
  ...[opendtu, ahoydtu, solaredge2mqtt, grott],
  ...[goE, warp, openwb, openevse, smartevse, evcc],
  ...[dsmrReader, glow, p1Dongle, amsreader, tibberPulse],
  ...[emsEsp, victron, openmqttgateway, wled],
];

/** Devices of the dialects that come with the hub, as the kit plays them. */
export const firmwares: readonly Firmware[] = [
  ...[zigbee2mqtt, tasmota, shellyGen1, shellyGen2, homie, haDiscovery, esphome, zwaveJsUi],
  ...tables,
];
