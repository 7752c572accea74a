import { z } from "zod";
import { noise } from "../../random.ts";
import { kind } from "../kind.ts";
import { air, cell } from "../things/air.ts";
import { Esphome, sensor } from "./esphome.ts";

const options = z.strictObject({
  celsius: z.number().min(-20).max(40).default(14).describe("what it is like around it, degC"),
  sleep: z.number().min(5).max(86_400).default(600).describe("s in deep sleep"),
});

/** A garden sensor in deep sleep: offline is its normal state. */
export const soilSensor = kind(
  "soil",
  "garden sensor in deep sleep: temperature, soil moisture, battery",
  options,
  (entry, { celsius, sleep }) => {
    return new Esphome(entry, {
      board: "lolin_s2_mini",
      platform: "ESP32",
      sleeps: { awake: 5, asleep: sleep },
      components: [
        sensor("Temperature", (now) => air(entry.seed, now, celsius).temperature, 1, {
          unit: "°C",
          device: "temperature",
        }),
        sensor("Soil Moisture", (now) => 38 + 9 * noise(entry.seed, 40, now.elapsed, 40_000), 0, {
          unit: "%",
          device: "moisture",
        }),
        sensor("Battery", (now) => cell(entry.seed, now), 0, { unit: "%", device: "battery" }),
      ],
      step: () => [],
    });
  },
);
