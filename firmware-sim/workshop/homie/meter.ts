import { z } from "zod";
import { Every } from "../firmware.ts";
import { kind } from "../kind.ts";
import { Load } from "../things/load.ts";
import { Homie, versioned } from "./homie.ts";
import { boolean } from "./values.ts";

const options = z.strictObject({
  ...versioned,
  watts: z.number().min(0).max(3680).default(310).describe("what stands behind the relay, W"),
});

/** A relay with a meter. */
export const meter = kind(
  "meter",
  "relay with power, energy, voltage and current",
  options,
  (entry, { watts, ...convention }) => {
    const load = new Load(entry.seed, watts);
    const telling = new Every(10);
    return new Homie(
      entry,
      {
        nodes: [
          {
            id: "relay",
            name: "Relay",
            type: "switch",
            properties: [
              {
                id: "on",
                name: "On",
                datatype: "boolean",
                get: () => String(load.on),
                set(text) {
                  const on = boolean(text);
                  load.on = on ?? load.on;
                  return on !== undefined;
                },
              },
            ],
          },
          {
            id: "meter",
            name: "Meter",
            type: "energy-meter",
            properties: [
              { id: "power", name: "Power", datatype: "float", unit: "W", get: (now) => load.watts(now).toFixed(1) },
              { id: "energy", name: "Energy", datatype: "float", unit: "kWh", get: () => (load.wh / 1000).toFixed(3) },
              {
                id: "voltage",
                name: "Voltage",
                datatype: "float",
                unit: "V",
                get: (now) => load.volts(now).toFixed(1),
              },
              { id: "current", name: "Current", datatype: "float", unit: "A", get: (now) => load.amps(now).toFixed(3) },
            ],
          },
        ],
        step(seconds, now) {
          load.step(seconds, now);
          return telling.due(now) ? ["meter/power", "meter/energy", "meter/voltage", "meter/current"] : [];
        },
        reset() {
          load.wh = 0;
        },
      },
      convention,
    );
  },
);
