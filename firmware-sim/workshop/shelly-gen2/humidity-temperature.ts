import { z } from "zod";
import { round } from "../../devices/device.ts";
import type { Moment } from "../firmware.ts";
import { kind } from "../kind.ts";
import { air, cell } from "../things/air.ts";
import { type Components, ShellyGen2 } from "./shelly.ts";

const options = z.strictObject({
  celsius: z.number().min(-20).max(40).default(20).describe("what it is like around it, degC"),
  sleep: z.number().min(5).max(86_400).default(900).describe("s between two awakenings"),
});

/** Shelly Plus H&T: one NotifyFullStatus each time it wakes. */
export const humidityTemperature = kind(
  "ht",
  "Shelly Plus H&T: temperature and humidity, sleeps between reports",
  options,
  (entry, { celsius, sleep }) => {
    const status = (now: Moment): Components => {
      const { temperature, humidity } = air(entry.seed, now, celsius);
      const percent = cell(entry.seed, now);
      return {
        "devicepower:0": { id: 0, battery: { V: round(4.8 + percent / 80, 2), percent }, external: { present: false } },
        "humidity:0": { id: 0, rh: round(humidity, 1) },
        "temperature:0": { id: 0, tC: round(temperature, 1), tF: round(temperature * 1.8 + 32, 1) },
      };
    };
    return new ShellyGen2(entry, {
      model: "SNSN-0013A",
      app: "PlusHT",
      type: "shellyplusht",
      gen: 2,
      sleeps: sleep,
      configs: () => ({
        ht_ui: { temperature_unit: "C" } as Record<string, unknown>,
        "humidity:0": { id: 0, name: null, report_thr: 5, offset: 0 },
        "temperature:0": { id: 0, name: null, report_thr_C: 0.5, offset_C: 0 },
      }),
      status,
      step: () => ({}),
    });
  },
);
