import { hash } from "../../random.ts";
import { type Ids, maker } from "../kind.ts";
import { light } from "./light.ts";
import { meter } from "./meter.ts";
import { sensor } from "./sensor.ts";
import { thermostat } from "./thermostat.ts";

const ids: Ids = {
  pattern: /^[a-z0-9][a-z0-9-]{0,31}$/,
  words: "a device id of lower case letters, digits and hyphens, such as attic-light",
  make: (seed) => `workshop-${hash(seed, 3, 1).toString(16)}`,
};

/** Homie: a product is a file and a word in this line. */
export const homie = maker("homie", ids, [light, thermostat, meter, sensor], (devices) => [...devices]);
