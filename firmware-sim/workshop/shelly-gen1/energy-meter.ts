import { z } from "zod";
import { round } from "../../devices/device.ts";
import { noise } from "../../random.ts";
import type { Moment } from "../firmware.ts";
import { kind } from "../kind.ts";
import { mains } from "../things/load.ts";
import { onOff, ShellyGen1, type Topic, turned } from "./shelly.ts";

const options = z.strictObject({
  watts: z
    .number()
    .min(-20_000)
    .max(20_000)
    .default(-900)
    .describe("mean of the first clamp, W; negative feeds the grid"),
});

/** Shelly EM: two clamps and a contactor. Totals are Wh here, `energy` is the returned share of the last minute. */
export const energyMeter = kind(
  "em",
  "Shelly EM: two clamps with totals in both directions in Wh, and a relay",
  options,
  (entry, { watts }) => {
    const means = [watts, 410];
    const counters = means.map((_, i) => ({ total: 120_400 + i * 9000, returned: i === 0 ? 88_200 : 0 }));
    let relay = false;
    const power = (i: number, now: Moment): number =>
      (means[i] ?? 0) * (1 + 0.15 * noise(entry.seed, 20 + i, now.elapsed, 120));
    const channel = (i: number, now: Moment): readonly Topic[] => [
      [`emeter/${i}/power`, power(i, now).toFixed(2)],
      [`emeter/${i}/reactive_power`, (power(i, now) * 0.12).toFixed(2)],
      [`emeter/${i}/voltage`, mains(entry.seed, now).toFixed(2)],
      [`emeter/${i}/total`, (counters[i]?.total ?? 0).toFixed(1)],
      [`emeter/${i}/total_returned`, (counters[i]?.returned ?? 0).toFixed(1)],
      [`emeter/${i}/energy`, String(Math.round(Math.abs(power(i, now))))],
      [`emeter/${i}/returned_energy`, String(Math.round(Math.max(0, -power(i, now))))],
    ];
    return new ShellyGen1(entry, {
      model: "SHEM",
      type: "shellyem",
      topics: (now) => [["relay/0", onOff(relay)], ...channel(0, now), ...channel(1, now)],
      info: (now) => ({
        relays: [{ ison: relay, has_timer: false, overpower: false, is_valid: true, source: "mqtt" }],
        emeters: [0, 1].map((i) => ({
          power: round(power(i, now), 2),
          reactive: round(power(i, now) * 0.12, 2),
          voltage: round(mains(entry.seed, now), 2),
          is_valid: true,
          total: round(counters[i]?.total ?? 0, 1),
          total_returned: round(counters[i]?.returned ?? 0, 1),
        })),
      }),
      step(seconds, now) {
        counters.forEach((counter, i) => {
          const wh = (power(i, now) * seconds) / 3600;
          if (wh >= 0) counter.total += wh;
          else counter.returned -= wh;
        });
        return [];
      },
      command(tail, payload) {
        const on = tail === "relay/0/command" ? turned(payload, relay) : undefined;
        if (on === undefined) return undefined;
        relay = on;
        return [["relay/0", onOff(relay)]];
      },
      reset() {
        for (const counter of counters) {
          counter.total = 0;
          counter.returned = 0;
        }
      },
    });
  },
);
