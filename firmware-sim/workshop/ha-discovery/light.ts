import { z } from "zod";
import { isObject, parseObject } from "../../devices/device.ts";
import { clamp, numberOf } from "../firmware.ts";
import { kind } from "../kind.ts";
import { fromRgb, Lamp, toRgb } from "../things/lamp.ts";
import { HaPublisher } from "./publisher.ts";

/** A lamp by the JSON schema, colour temperature in kelvin. */
export const light = kind(
  "light",
  "light by the JSON schema: brightness, kelvin, colour, transitions",
  z.strictObject({}),
  (entry) => {
    const lamp = new Lamp();
    function state(): object {
      const [r, g, b] = toRgb(lamp.hue, lamp.saturation);
      const tone =
        lamp.mode === "colour"
          ? { color_mode: "rgb", color: { r, g, b } }
          : { color_mode: "color_temp", color_temp: Math.round(1e6 / lamp.mired) };
      return { state: lamp.on ? "ON" : "OFF", brightness: Math.round(lamp.wanted * 255), ...tone };
    }
    function obey(body: Record<string, unknown>): void {
      const fade = clamp(numberOf(body.transition) ?? 0, 0, 300);
      const brightness = numberOf(body.brightness);
      const kelvin = numberOf(body.color_temp);
      if (isObject(body.color)) {
        const { r, g, b } = body.color;
        lamp.colour(...fromRgb(numberOf(r) ?? 0, numberOf(g) ?? 0, numberOf(b) ?? 0));
      }
      if (kelvin !== undefined && kelvin > 0) lamp.white(1e6 / clamp(kelvin, 2200, 6500));
      const off = body.state === "OFF";
      if (!off && brightness !== undefined && brightness > 0) lamp.dim(clamp(brightness, 0, 255) / 255, fade);
      if (off || body.state === "ON") lamp.turn(!off, fade);
    }
    return new HaPublisher(entry, {
      manufacturer: "Lumen Works",
      model: "Strip One",
      form: "single",
      retained: true,
      announced: [
        {
          platform: "light",
          id: "light",
          config: {
            name: null,
            schema: "json",
            stat_t: "~/light",
            cmd_t: "~/light/set",
            brightness: true,
            supported_color_modes: ["color_temp", "rgb"],
            color_temp_kelvin: true,
            min_kelvin: 2200,
            max_kelvin: 6500,
          },
        },
      ],
      states: () => [["light", state()]],
      step: (seconds) => (lamp.step(seconds) ? { tails: ["light"] } : {}),
      command(tail, payload) {
        const body = parseObject(payload);
        if (tail !== "light/set" || !body) return undefined;
        obey(body);
        return ["light"];
      },
    });
  },
);
