import { macIds, maker } from "../kind.ts";
import { bulb } from "./bulb.ts";
import { button } from "./button.ts";
import { energyMeter } from "./energy-meter.ts";
import { humidityTemperature } from "./humidity-temperature.ts";
import { plug } from "./plug.ts";
import { roller } from "./roller.ts";

/** Shelly's first generation: a product is a file and a word in this line. */
export const shellyGen1 = maker(
  "shelly-gen1",
  macIds,
  [plug, bulb, roller, humidityTemperature, energyMeter, button],
  (devices) => [...devices],
);
