import { esphome } from "./esphome/index.ts";
import { haDiscovery } from "./ha-discovery/index.ts";
import { homie } from "./homie/index.ts";
import type { Maker } from "./kind.ts";
import { matter } from "./matter/index.ts";
import { shellyGen1 } from "./shelly-gen1/index.ts";
import { shellyGen2 } from "./shelly-gen2/index.ts";
import { tasmota } from "./tasmota/index.ts";
import { zigbee2mqtt } from "./zigbee2mqtt/index.ts";
import { zwaveJsUi } from "./zwave-js-ui/index.ts";

/** Every maker whose devices stand on the broker: one line each. */
export const makers: readonly Maker[] = [
  zigbee2mqtt,
  haDiscovery,
  esphome,
  tasmota,
  shellyGen1,
  shellyGen2,
  homie,
  zwaveJsUi,
];

/** All that a home file may name. */
export const everyMaker: readonly Maker[] = [...makers, matter];
