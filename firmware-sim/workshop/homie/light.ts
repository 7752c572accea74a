import { z } from "zod";
import { kind } from "../kind.ts";
import { Lamp } from "../things/lamp.ts";
import { Homie, type Property, versioned } from "./homie.ts";
import { boolean, within } from "./values.ts";

/** Hue, saturation and value; version 5 writes the model before them. */
function colour(lamp: Lamp, version: string): Property {
  const model = version === "5" ? "hsv," : "";
  return {
    id: "color",
    name: "Color",
    datatype: "color",
    format: version === "5" ? "rgb,hsv" : "hsv",
    get: () => `${model}${Math.round(lamp.hue)},${Math.round(lamp.saturation * 100)},100`,
    set(text) {
      if (!text.startsWith(model)) return false;
      const [hue = "", saturation = ""] = text.slice(model.length).split(",");
      const [degrees, percent] = [within(hue, 0, 360), within(saturation, 0, 100)];
      if (degrees === undefined || percent === undefined) return false;
      lamp.colour(degrees, percent / 100);
      return true;
    },
  };
}

/** A lamp: switch, brightness in percent, colour as hsv. */
export const light = kind(
  "light",
  "light: on, brightness, colour (hsv)",
  z.strictObject(versioned),
  (entry, options) => {
    const lamp = new Lamp();
    lamp.colour(30, 0.8);
    return new Homie(
      entry,
      {
        nodes: [
          {
            id: "light",
            name: "Light",
            type: "light",
            properties: [
              {
                id: "on",
                name: "On",
                datatype: "boolean",
                get: () => String(lamp.on),
                set(text) {
                  const on = boolean(text);
                  if (on !== undefined) lamp.turn(on, 1);
                  return on !== undefined;
                },
              },
              {
                id: "brightness",
                name: "Brightness",
                datatype: "integer",
                unit: "%",
                format: "0:100",
                get: () => String(Math.round(lamp.level * 100)),
                target: () => String(Math.round(lamp.wanted * 100)),
                set(text) {
                  const percent = within(text, 0, 100, true);
                  if (percent === undefined) return false;
                  if (percent === 0) lamp.turn(false);
                  else lamp.dim(percent / 100, 1);
                  return true;
                },
              },
              colour(lamp, options.version),
            ],
          },
        ],
        step: (seconds) => (lamp.step(seconds) ? ["light/on", "light/brightness"] : []),
      },
      options,
    );
  },
);
