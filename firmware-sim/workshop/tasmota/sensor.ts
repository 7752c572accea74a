import { z } from "zod";
import { round } from "../../devices/device.ts";
import { kind } from "../kind.ts";
import { air } from "../things/air.ts";
import { Tasmota } from "./tasmota.ts";

const options = z.strictObject({
  celsius: z.number().min(-20).max(40).default(19).describe("what it is like around it, degC"),
  sleep: z.number().min(10).max(86_400).default(600).describe("DeepSleepTime, s"),
});

/** An ESP on a battery with a BME280, in deep sleep between two telemetries. */
export const sensor = kind(
  "sensor",
  "temperature, humidity, pressure; deep sleep between reports",
  options,
  (entry, { celsius, sleep }) => {
    return new Tasmota(entry, {
      model: "WEMOS D1 mini",
      relays: [],
      deepSleep: sleep,
      state: () => ({ Vcc: 3.012 }),
      sensors(now) {
        const { temperature, humidity } = air(entry.seed, now, celsius);
        return {
          BME280: {
            Temperature: round(temperature, 1),
            Humidity: round(humidity, 1),
            DewPoint: round(temperature - (100 - humidity) / 5, 1),
            Pressure: round(1012 + 6 * Math.sin(now.elapsed / 30_000), 1),
          },
          PressureUnit: "hPa",
          TempUnit: "C",
        };
      },
      step: () => [],
      command: () => undefined,
    });
  },
);
