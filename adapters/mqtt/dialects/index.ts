import type { Dialect } from "../dialect.ts";
import { opendtu } from "./opendtu.ts";
import { shellyGen2 } from "./shelly-gen2.ts";
import { tasmota } from "./tasmota.ts";
import { zigbee2mqtt } from "./zigbee2mqtt.ts";

/** Every dialect: one line each. A topic belongs to the first that knows it. */
export const dialects: readonly Dialect[] = [zigbee2mqtt, tasmota, shellyGen2, opendtu];
