import type { LightName } from "../../habits.ts";
import type { Light } from "../../world-state.ts";
import type { Cadence } from "../device.ts";
import { Reporter } from "../reporter.ts";
import { light, linkQuality } from "./exposes.ts";
import { switched, type ZigbeeConfig, type ZigbeeDevice } from "./zigbee-device.ts";

/** State and brightness of a Zigbee bulb; brightness 0 switches off, any other switches on. */
export function setDimmable(lamp: Light, key: string, value: unknown): string | undefined {
  if (key === "state") {
    const on = switched(value, lamp.on);
    if (on === undefined) return `Value '${String(value)}' is not allowed for 'state', expected ON, OFF or TOGGLE`;
    lamp.on = on;
    return undefined;
  }
  if (key === "brightness") {
    if (typeof value !== "number" || !Number.isFinite(value)) return "Brightness value of message is not a number";
    lamp.on = value > 0;
    if (value > 0) lamp.level = Math.round(Math.max(1, Math.min(254, value)));
    return undefined;
  }
  return key === "transition" ? undefined : `No converter available for '${key}'`;
}

const range = { min: 250, max: 454 };

/** A white-spectrum bulb. */
export function colorTemperatureLight(
  config: ZigbeeConfig & { readonly light: LightName },
  cadence: Cadence,
): ZigbeeDevice {
  const reporter = new Reporter({ min: 1, max: cadence.slow.max }, []);
  return {
    name: config.name,
    ieee: config.ieee,
    about: {
      vendor: "IKEA",
      model: "LED1546G12",
      description: "TRADFRI bulb E26/E27, white spectrum, globe, clear, 950 lm",
      modelId: "TRADFRI bulb E27 WS clear 950lm",
      manufacturer: "IKEA of Sweden",
      battery: false,
      exposes: [light(range), linkQuality],
    },
    state(world) {
      const lamp = world.state.lights[config.light];
      return {
        state: lamp.on ? "ON" : "OFF",
        brightness: lamp.level,
        color_temp: lamp.mired,
        color_mode: "color_temp",
      };
    },
    due(world) {
      const lamp = world.state.lights[config.light];
      return reporter.due(world.at, `${lamp.on} ${lamp.level} ${lamp.mired}`, []);
    },
    set(key, value, world) {
      const lamp = world.state.lights[config.light];
      if (key !== "color_temp") return setDimmable(lamp, key, value);
      if (typeof value !== "number" || !Number.isFinite(value)) return "color_temp is not a number";
      lamp.mired = Math.round(Math.max(range.min, Math.min(range.max, value)));
      return undefined;
    },
  };
}
