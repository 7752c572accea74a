import { z } from "zod";
import { round } from "../../devices/device.ts";
import { kind } from "../kind.ts";
import { Load } from "../things/load.ts";
import { onOff, ShellyGen1, type Topic, turned, wattMinutes } from "./shelly.ts";

const options = z.strictObject({
  watts: z.number().min(0).max(2500).default(62).describe("what stands behind the plug, W"),
});

/** Shelly Plug S: one relay with a meter and a thermometer. */
export const plug = kind(
  "plug",
  "Shelly Plug S: relay, power, energy in watt-minutes, overheating",
  options,
  (entry, { watts }) => {
    const load = new Load(entry.seed, watts);
    load.wh = 0;
    const state = (): readonly Topic[] => [["relay/0", onOff(load.on)]];
    return new ShellyGen1(entry, {
      model: "SHPLG-S",
      type: "shellyplug-s",
      topics: (now) => [
        ...state(),
        ["relay/0/power", load.watts(now).toFixed(2)],
        ["relay/0/energy", wattMinutes(load.wh)],
        ["temperature", "27.64"],
        ["temperature_f", "81.75"],
        ["overtemperature", "0"],
      ],
      info: (now) => ({
        relays: [{ ison: load.on, has_timer: false, timer_remaining: 0, overpower: false, source: "mqtt" }],
        meters: [
          {
            power: round(load.watts(now), 2),
            overpower: 0,
            is_valid: true,
            timestamp: Math.floor(now.wall / 1000),
            counters: [0, 0, 0],
            total: Math.floor(load.wh * 60),
          },
        ],
        temperature: 27.64,
        overtemperature: false,
        tmp: { tC: 27.64, tF: 81.75, is_valid: true },
      }),
      step(seconds, now) {
        load.step(seconds, now);
        return [];
      },
      command(tail, payload, now) {
        if (tail !== "relay/0/command") return undefined;
        const on = turned(payload, load.on);
        if (on === undefined) return undefined;
        load.on = on;
        return [...state(), ["relay/0/power", load.watts(now).toFixed(2)]];
      },
      reset() {
        load.wh = 0;
      },
    });
  },
);
