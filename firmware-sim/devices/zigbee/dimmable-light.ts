import type { LightName } from "../../habits.ts";
import type { Cadence } from "../device.ts";
import { Reporter } from "../reporter.ts";
import { setDimmable } from "./color-temperature-light.ts";
import { light, linkQuality } from "./exposes.ts";
import type { ZigbeeConfig, ZigbeeDevice } from "./zigbee-device.ts";

/** A warm-white bulb. */
export function dimmableLight(config: ZigbeeConfig & { readonly light: LightName }, cadence: Cadence): ZigbeeDevice {
  const reporter = new Reporter({ min: 1, max: cadence.slow.max }, []);
  return {
    name: config.name,
    ieee: config.ieee,
    about: {
      vendor: "IKEA",
      model: "LED1836G9",
      description: "TRADFRI bulb E26/E27, warm white, globe, opal, 806 lm",
      modelId: "TRADFRI bulb E27 WW 806lm",
      manufacturer: "IKEA of Sweden",
      battery: false,
      exposes: [light(), linkQuality],
    },
    state(world) {
      const lamp = world.state.lights[config.light];
      return { state: lamp.on ? "ON" : "OFF", brightness: lamp.level };
    },
    due(world) {
      const lamp = world.state.lights[config.light];
      return reporter.due(world.at, `${lamp.on} ${lamp.level}`, []);
    },
    set: (key, value, world) => setDimmable(world.state.lights[config.light], key, value),
  };
}
