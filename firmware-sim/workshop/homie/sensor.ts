import { z } from "zod";
import { hash } from "../../random.ts";
import { Every } from "../firmware.ts";
import { kind } from "../kind.ts";
import { air, cell } from "../things/air.ts";
import { Homie, versioned } from "./homie.ts";

const options = z.strictObject({
  ...versioned,
  celsius: z.number().min(-20).max(40).default(18).describe("what it is like around it, degC"),
  sleep: z.number().min(5).max(86_400).default(300).describe("s asleep"),
});

/** A sensor on a battery that says `sleeping` before it goes, and has a button. */
export const sensor = kind(
  "sensor",
  "temperature, humidity, battery and a button; sleeps with $state sleeping",
  options,
  (entry, { celsius, sleep, ...convention }) => {
    const pressing = new Every(7);
    let pressed = 0;
    return new Homie(
      entry,
      {
        sleeps: { awake: 10, asleep: sleep },
        nodes: [
          {
            id: "air",
            name: "Air",
            type: "sensor",
            properties: [
              {
                id: "temperature",
                name: "Temperature",
                datatype: "float",
                unit: "°C",
                get: (now) => air(entry.seed, now, celsius).temperature.toFixed(1),
              },
              {
                id: "humidity",
                name: "Humidity",
                datatype: "float",
                unit: "%",
                get: (now) => air(entry.seed, now, celsius).humidity.toFixed(0),
              },
              {
                id: "battery",
                name: "Battery",
                datatype: "integer",
                unit: "%",
                format: "0:100",
                get: (now) => String(cell(entry.seed, now)),
              },
            ],
          },
          {
            id: "button",
            name: "Button",
            type: "button",
            properties: [
              {
                id: "action",
                name: "Action",
                datatype: "enum",
                format: "press,double,long",
                retained: false,
                get: () => ["press", "double", "long"][hash(entry.seed, 26, pressed) % 3] ?? "press",
              },
            ],
          },
        ],
        step(_seconds, now) {
          if (!pressing.due(now)) return [];
          pressed += 1;
          return ["button/action"];
        },
      },
      convention,
    );
  },
);
