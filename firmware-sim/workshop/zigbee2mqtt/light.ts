import { z } from "zod";
import { isObject } from "../../devices/device.ts";
import { binary, choice, linkQuality, numeric } from "../../devices/zigbee/exposes.ts";
import { switched } from "../../devices/zigbee/zigbee-device.ts";
import { clamp, numberOf } from "../firmware.ts";
import { kind } from "../kind.ts";
import { Lamp } from "../things/lamp.ts";
import { device, noConverter } from "./product.ts";

const mired = { value_min: 153, value_max: 500 };

const features = [
  binary("state", 7, "ON", "OFF", "On/off state of this light", { value_toggle: "TOGGLE" }),
  numeric("brightness", 7, undefined, "Brightness of this light", { value_max: 254, value_min: 0 }),
  numeric("color_temp", 7, "mired", "Color temperature of this light", {
    ...mired,
    presets: [
      { name: "coolest", value: 153, description: "Coolest temperature supported" },
      { name: "warmest", value: 500, description: "Warmest temperature supported" },
    ],
  }),
  {
    type: "composite",
    name: "color_hs",
    property: "color",
    label: "Color (HS)",
    access: 7 as const,
    description: "Color of this light expressed as hue/saturation",
    features: [numeric("hue", 7, undefined, "Hue"), numeric("saturation", 7, undefined, "Saturation")],
  },
];

/** A bulb with colour and scenes. */
export const light = kind(
  "light",
  "colour bulb: brightness, colour temperature, hue, transitions, scenes",
  z.strictObject({}),
  (entry) => {
    const lamp = new Lamp();
    const scenes = new Map<number, Record<string, unknown>>();
    const state = (): Record<string, unknown> => ({
      state: lamp.on ? "ON" : "OFF",
      brightness: Math.round(lamp.wanted * 254),
      color_mode: lamp.mode === "white" ? "color_temp" : "hs",
      color_temp: lamp.mired,
      color: { hue: Math.round(lamp.hue), saturation: Math.round(lamp.saturation * 100) },
    });
    function set(key: string, value: unknown, body: Readonly<Record<string, unknown>>): string | undefined {
      const fade = clamp(numberOf(body.transition) ?? 0, 0, 6553);
      const number = numberOf(value);
      switch (key) {
        case "state": {
          const on = switched(value, lamp.on);
          if (on === undefined) return `Value '${String(value)}' is not allowed for 'state'`;
          lamp.turn(on, fade);
          return undefined;
        }
        case "brightness":
          if (number === undefined) return "Brightness value of message is not a number";
          if (number <= 0) lamp.turn(false, fade);
          else lamp.dim(clamp(number, 1, 254) / 254, fade);
          return undefined;
        case "color_temp":
          if (number === undefined) return "color_temp is not a number";
          lamp.white(clamp(number, mired.value_min, mired.value_max));
          return undefined;
        case "color":
          if (!isObject(value)) return "color is not an object";
          lamp.colour(numberOf(value.hue) ?? lamp.hue, (numberOf(value.saturation) ?? lamp.saturation * 100) / 100);
          return undefined;
        default:
          return scene(key, number);
      }
    }
    /** Scenes live in the device: stored as it is now, recalled by number. */
    function scene(key: string, number: number | undefined): string | undefined {
      if (!key.startsWith("scene_")) return noConverter(key);
      if (number === undefined || !(number >= 0 && number <= 255)) return `Invalid scene ID for '${key}'`;
      if (key === "scene_store") scenes.set(number, state());
      else if (key === "scene_remove") scenes.delete(number);
      else if (key === "scene_recall") {
        const stored = scenes.get(number);
        if (!stored) return `Scene ${number} does not exist`;
        for (const one of ["color", "color_temp", "brightness", "state"]) set(one, stored[one], {});
        if (stored.color_mode === "hs") set("color", stored.color, {});
      }
      return undefined;
    }
    return device(entry, {
      vendor: "Innr",
      model: "RB 285 C",
      description: "E27 bulb RGBW",
      modelId: "RB 285 C",
      manufacturer: "innr",
      battery: false,
      exposes: [
        { type: "light", features },
        choice("effect", 2, ["blink", "breathe", "okay", "stop_effect"], "Triggers an effect"),
        linkQuality,
      ],
      state,
      step: (seconds) => lamp.step(seconds),
      set: (key, value, body) => (key === "effect" ? undefined : set(key, value, body)),
    });
  },
);
