import { z } from "zod";
import { clamp, numberOf } from "../firmware.ts";
import { kind } from "../kind.ts";
import { Lamp, toRgb } from "../things/lamp.ts";
import { powered, word } from "./outputs.ts";
import { type Outcome, Tasmota } from "./tasmota.ts";

const hexByte = (value: number): string => Math.round(value).toString(16).padStart(2, "0").toUpperCase();

/** What RESULT and STATE say of the light. */
function shown(lamp: Lamp): Record<string, unknown> {
  const dimmer = Math.round(lamp.wanted * 100);
  const white = lamp.mode === "white";
  const warm = Math.round((dimmer * (lamp.mired - 153)) / 347);
  const colours = toRgb(lamp.hue, lamp.saturation).map((part) => (white ? 0 : Math.round(part * lamp.wanted)));
  const whites = white ? [dimmer - warm, warm] : [0, 0];
  return {
    POWER: word(lamp.on),
    Dimmer: dimmer,
    Color: [...colours, ...whites.map((percent) => percent * 2.55)].map(hexByte).join(""),
    HSBColor: `${Math.round(lamp.hue)},${Math.round(lamp.saturation * 100)},${white ? 0 : dimmer}`,
    White: white ? dimmer : 0,
    CT: lamp.mired,
    Channel: [...colours.map((part) => Math.round(part / 2.55)), ...whites],
  };
}

/** A bulb with five channels: colour, or cold and warm white. */
export const light = kind(
  "light",
  "RGBCCT bulb: dimmer, colour, colour temperature, fade",
  z.strictObject({}),
  (entry) => {
    const lamp = new Lamp();
    let fade = false;
    /** Half seconds from nothing to full, as the firmware counts. */
    let speed = 4;

    const fadeSeconds = (): number => (fade ? speed / 2 : 0);
    const told = (): Outcome => ({ result: shown(lamp), power: [["POWER", word(lamp.on)]] });
    const settings: Readonly<Record<string, (value: number) => void>> = {
      DIMMER: (value) =>
        value <= 0 ? lamp.turn(false, fadeSeconds()) : lamp.dim(clamp(value, 1, 100) / 100, fadeSeconds()),
      CT(value) {
        lamp.white(clamp(value, 153, 500));
        lamp.turn(true, fadeSeconds());
      },
      WHITE(value) {
        lamp.white(lamp.mired);
        settings.DIMMER?.(value);
      },
      SPEED(value) {
        speed = clamp(Math.round(value), 1, 40);
      },
    };
    function colour(payload: string): Outcome | "error" {
      const parts = payload.split(",").map(numberOf);
      const [hue, saturation, brightness] = parts;
      if (parts.length !== 3 || hue === undefined || saturation === undefined || brightness === undefined)
        return "error";
      lamp.colour(hue, saturation / 100);
      settings.DIMMER?.(brightness);
      return told();
    }
    return new Tasmota(entry, {
      model: "Athom 15W bulb",
      relays: [2],
      light: 5,
      options: { 4: 0, 68: 0 },
      state: () => ({ ...shown(lamp), Scheme: 0, Fade: word(fade), Speed: speed, LedTable: "ON" }),
      sensors: () => ({}),
      step(seconds) {
        lamp.step(seconds);
        return [];
      },
      command(name, index, payload) {
        if (name === "POWER" && index === 1) {
          const on = powered(payload, lamp.on);
          if (on === undefined) return "error";
          if (on !== "ask") lamp.turn(on, fadeSeconds());
          return { result: { POWER: word(lamp.on) }, power: [["POWER", word(lamp.on)]] };
        }
        if (name === "HSBCOLOR" && payload !== "") return colour(payload);
        if (name === "FADE") {
          const on = powered(payload, fade);
          if (on === undefined) return "error";
          if (on !== "ask") fade = on;
          return { result: { Fade: word(fade) } };
        }
        const set = Object.hasOwn(settings, name) ? settings[name] : undefined;
        if (!set) return name === "HSBCOLOR" ? told() : undefined;
        const value = numberOf(payload);
        if (payload !== "" && value === undefined) return "error";
        if (value !== undefined) set(value);
        return name === "SPEED" ? { result: { Speed: speed } } : told();
      },
    });
  },
);
