import { macIds, maker } from "../kind.ts";
import { button } from "./button.ts";
import { cover } from "./cover.ts";
import { dimmer } from "./dimmer.ts";
import { humidityTemperature } from "./humidity-temperature.ts";
import { meter } from "./meter.ts";
import { plug } from "./plug.ts";

/** Shelly's second and later generations: a product is a file and a word in this line. */
export const shellyGen2 = maker(
  "shelly-gen2",
  macIds,
  [plug, dimmer, cover, humidityTemperature, meter, button],
  (devices) => [...devices],
);
