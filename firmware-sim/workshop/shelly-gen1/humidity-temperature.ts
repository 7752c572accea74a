import { z } from "zod";
import { round } from "../../devices/device.ts";
import { kind } from "../kind.ts";
import { air, cell } from "../things/air.ts";
import { ShellyGen1 } from "./shelly.ts";

const options = z.strictObject({
  celsius: z.number().min(-20).max(40).default(21).describe("what it is like around it, degC"),
  sleep: z.number().min(5).max(86_400).default(600).describe("s between two awakenings"),
});

/** Shelly H&T: wakes, speaks, and is off the network until the next time. */
export const humidityTemperature = kind(
  "ht",
  "Shelly H&T: temperature and humidity, sleeps between reports",
  options,
  (entry, { celsius, sleep }) => {
    return new ShellyGen1(entry, {
      model: "SHHT-1",
      type: "shellyht",
      sleeps: { seconds: sleep },
      topics(now) {
        const { temperature, humidity } = air(entry.seed, now, celsius);
        return [
          ["sensor/temperature", temperature.toFixed(2)],
          ["sensor/humidity", (Math.round(humidity * 2) / 2).toFixed(1)],
          ["sensor/battery", String(cell(entry.seed, now))],
          ["sensor/ext_power", "false"],
          ["sensor/error", "0"],
          ["sensor/act_reasons", '["periodic"]'],
        ];
      },
      info(now) {
        const { temperature, humidity } = air(entry.seed, now, celsius);
        return {
          is_valid: true,
          tmp: { value: round(temperature, 2), units: "C", tC: round(temperature, 2), is_valid: true },
          hum: { value: Math.round(humidity * 2) / 2, is_valid: true },
          bat: { value: cell(entry.seed, now), voltage: 2.93 },
          act_reasons: ["periodic"],
          connect_retries: 0,
          sensor_error: 0,
        };
      },
      step: () => [],
    });
  },
);
