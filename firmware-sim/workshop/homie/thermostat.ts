import { z } from "zod";
import { Every } from "../firmware.ts";
import { kind } from "../kind.ts";
import { Room } from "../things/room.ts";
import { Homie, versioned } from "./homie.ts";
import { within } from "./values.ts";

const modes = ["off", "heat", "auto"];

/** A room thermostat. */
export const thermostat = kind(
  "thermostat",
  "thermostat: temperature, setpoint, mode, valve",
  z.strictObject(versioned),
  (entry, options) => {
    const room = new Room(entry.seed);
    const telling = new Every(20);
    let mode = "heat";
    return new Homie(
      entry,
      {
        nodes: [
          {
            id: "thermostat",
            name: "Thermostat",
            type: "thermostat",
            properties: [
              {
                id: "temperature",
                name: "Temperature",
                datatype: "float",
                unit: "°C",
                get: () => room.temperature.toFixed(2),
              },
              {
                id: "setpoint",
                name: "Setpoint",
                datatype: "float",
                unit: "°C",
                format: "5:30",
                get: () => room.setpoint.toFixed(1),
                set(text) {
                  const wanted = within(text, 5, 30);
                  if (wanted !== undefined) room.setpoint = wanted;
                  return wanted !== undefined;
                },
              },
              {
                id: "mode",
                name: "Mode",
                datatype: "enum",
                format: modes.join(","),
                get: () => mode,
                set(text) {
                  if (!modes.includes(text)) return false;
                  mode = text;
                  room.active = text !== "off";
                  return true;
                },
              },
              {
                id: "valve",
                name: "Valve",
                datatype: "integer",
                unit: "%",
                format: "0:100",
                get: () => String(Math.round(room.demand * 100)),
              },
            ],
          },
        ],
        step(seconds, now) {
          room.step(seconds, now);
          return telling.due(now) ? ["thermostat/temperature", "thermostat/valve"] : [];
        },
      },
      options,
    );
  },
);
