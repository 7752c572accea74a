import { z } from "zod";
import { round } from "../../devices/device.ts";
import type { Moment } from "../firmware.ts";
import { kind } from "../kind.ts";
import { Load } from "../things/load.ts";
import { powered, word } from "./outputs.ts";
import { Tasmota } from "./tasmota.ts";

const options = z.strictObject({
  watts: z.number().min(0).max(3680).default(75).describe("what stands behind the plug, W"),
  topic: z
    .string()
    .regex(/^[\w-]{1,32}$/)
    .optional()
    .describe("MQTT topic; tasmota_ and the end of the MAC where none is given"),
});

/** A metering plug (BL0937). */
export const plug = kind(
  "plug",
  "metering plug: power, energy today, yesterday and in all",
  options,
  (entry, { watts, topic }) => {
    const load = new Load(entry.seed, watts);
    let midnight = load.wh;
    let yesterday = 480;
    let day: number | undefined;

    /** Day counters fall by the device's own clock. */
    function turnDay({ wall }: Moment): void {
      const today = Math.floor(wall / 86_400_000);
      if (day !== undefined && today !== day) {
        yesterday = load.wh - midnight;
        midnight = load.wh;
      }
      day = today;
    }

    return new Tasmota(
      entry,
      {
        model: "Nous A1T",
        relays: [1],
        state: () => ({ POWER: word(load.on) }),
        watts: (now) => load.watts(now),
        sensors(now) {
          const power = load.watts(now);
          const apparent = power / 0.94;
          return {
            ENERGY: {
              TotalStartTime: "2025-02-11T17:40:02",
              Total: round(load.wh / 1000, 3),
              Yesterday: round(yesterday / 1000, 3),
              Today: round((load.wh - midnight) / 1000, 3),
              Period: round(power / 12, 0),
              Power: round(power, 0),
              ApparentPower: round(apparent, 0),
              ReactivePower: round(Math.sqrt(apparent ** 2 - power ** 2), 0),
              Factor: power > 0 ? 0.94 : 0,
              Voltage: round(load.volts(now), 0),
              Current: round(load.amps(now) / 0.94, 3),
            },
          };
        },
        step(seconds, now) {
          turnDay(now);
          load.step(seconds, now);
          return [];
        },
        command(name, index, payload) {
          if (name === "ENERGYTOTAL" && payload === "0") {
            load.wh = 0;
            midnight = 0;
            return { result: { EnergyTotal: { Total: 0, Yesterday: round(yesterday / 1000, 3), Today: 0 } } };
          }
          if (name !== "POWER" || index > 1) return undefined;
          const on = powered(payload, load.on);
          if (on === undefined) return "error";
          if (on !== "ask") load.on = on;
          return { result: { POWER: word(load.on) }, power: [["POWER", word(load.on)]] };
        },
        reset() {
          load.wh = 0;
          midnight = 0;
        },
      },
      topic,
    );
  },
);
