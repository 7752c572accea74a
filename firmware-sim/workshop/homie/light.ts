import { z } from "zod";
import { kind } from "../kind.ts";
import { Lamp } from "../things/lamp.ts";
import { Homie, versioned } from "./homie.ts";
import { boolean, within } from "./values.ts";

/** A lamp: switch, brightness in percent, colour as hsv. */
export const light = kind(
  "light",
  "light: on, brightness, colour (hsv)",
  z.strictObject(versioned),
  (entry, options) => {
    const lamp = new Lamp();
    lamp.colour(30, 0.8);
    const hsv = (): string => `${Math.round(lamp.hue)},${Math.round(lamp.saturation * 100)},100`;
    const written = options.version === "5" ? "hsv," : "";
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
              {
                id: "color",
                name: "Color",
                datatype: "color",
                format: options.version === "5" ? "rgb,hsv" : "hsv",
                get: () => `${written}${hsv()}`,
                set(text) {
                  const [hue, saturation] = (text.startsWith(written) ? text.slice(written.length) : "")
                    .split(",")
                    .map(Number);
                  if (
                    !(
                      hue !== undefined &&
                      hue >= 0 &&
                      hue <= 360 &&
                      saturation !== undefined &&
                      saturation >= 0 &&
                      saturation <= 100
                    )
                  )
                    return false;
                  lamp.colour(hue, saturation / 100);
                  return true;
                },
              },
            ],
          },
        ],
        step: (seconds) => (lamp.step(seconds) ? ["light/on", "light/brightness"] : []),
      },
      options,
    );
  },
);
