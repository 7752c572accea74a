import { z } from "zod";
import { isObject, parseObject } from "../../devices/device.ts";
import { clamp, numberOf } from "../firmware.ts";
import { kind } from "../kind.ts";
import { fromRgb, Lamp, toRgb } from "../things/lamp.ts";
import { Esphome, slug } from "./esphome.ts";

/** A strip with colour and a white channel of its own tone (JSON schema). */
export const light = kind(
  "light",
  "RGB and colour temperature light, JSON schema, effects, transitions",
  z.strictObject({}),
  (entry) => {
    const lamp = new Lamp();
    let effect = "None";
    const id = slug(entry.name).replaceAll("-", "_");
    function state(): string {
      const [r, g, b] = toRgb(lamp.hue, lamp.saturation);
      const tone =
        lamp.mode === "colour"
          ? { color_mode: "rgb", color: { r, g, b } }
          : { color_mode: "color_temp", color_temp: lamp.mired };
      return JSON.stringify({
        effect,
        effect_index: effect === "None" ? 0 : 1,
        effect_count: 2,
        state: lamp.on ? "ON" : "OFF",
        brightness: Math.round(lamp.wanted * 255),
        ...tone,
      });
    }
    function obey(body: Record<string, unknown>): boolean {
      const fade = clamp(numberOf(body.transition) ?? 0, 0, 6500);
      const brightness = numberOf(body.brightness);
      const mired = numberOf(body.color_temp);
      const word = typeof body.state === "string" ? body.state.toUpperCase() : undefined;
      if (isObject(body.color)) {
        const { r, g, b } = body.color;
        lamp.colour(...fromRgb(numberOf(r) ?? 0, numberOf(g) ?? 0, numberOf(b) ?? 0));
      }
      if (mired !== undefined) lamp.white(clamp(mired, 153, 500));
      if (typeof body.effect === "string") effect = body.effect === "Rainbow" ? "Rainbow" : "None";
      const was = lamp.on;
      if (brightness !== undefined) lamp.dim(clamp(brightness, 0, 255) / 255, fade);
      const on = word === "TOGGLE" ? !was : word === undefined ? was : word === "ON";
      lamp.turn(on, on || was ? fade : 0);
      return true;
    }
    return new Esphome(entry, {
      board: "esp32dev",
      platform: "ESP32",
      components: [
        {
          type: "light",
          id,
          name: entry.name,
          config: {
            schema: "json",
            supported_color_modes: ["color_temp", "rgb"],
            min_mirs: 153,
            max_mirs: 500,
            effect: true,
            fx_list: ["Rainbow", "None"],
            stat_t: "%/state",
            cmd_t: "%/command",
          },
          state,
          command(payload) {
            const body = parseObject(payload);
            return body ? obey(body) : false;
          },
        },
      ],
      step: (seconds) => (lamp.step(seconds) ? [id] : []),
    });
  },
);
