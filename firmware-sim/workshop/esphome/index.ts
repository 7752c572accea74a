import { macIds, maker } from "../kind.ts";
import { climate } from "./climate.ts";
import { cover } from "./cover.ts";
import { light } from "./light.ts";
import { plug } from "./plug.ts";
import { soilSensor } from "./soil-sensor.ts";

/** ESPHome: a product is a file and a word in this line. */
export const esphome = maker("esphome", macIds, [plug, light, cover, climate, soilSensor], (nodes) => [...nodes]);
