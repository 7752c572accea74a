import { macIds, maker } from "../kind.ts";
import { heatPump } from "./heat-pump.ts";
import { light } from "./light.ts";
import { lock } from "./lock.ts";
import { meter } from "./meter.ts";

/** Makers who announce themselves by Home Assistant's discovery: a product is a file and a word in this line. */
export const haDiscovery = maker("ha-discovery", macIds, [light, heatPump, meter, lock], (devices) => [...devices]);
