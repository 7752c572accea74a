import { macIds, maker } from "../kind.ts";
import { light } from "./light.ts";
import { plug } from "./plug.ts";
import { sensor } from "./sensor.ts";
import { shutter } from "./shutter.ts";
import { wallSwitch } from "./switch.ts";

/** Tasmota: a product is a file and a word in this line. */
export const tasmota = maker("tasmota", macIds, [plug, light, shutter, sensor, wallSwitch], (devices) => [...devices]);
