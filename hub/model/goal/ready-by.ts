import { z } from "zod";
import { always, clockTime, node, onDays } from "./common.ts";

/** A car charged or water hot by a time of day: `target` in percent, km, kWh, or degC. */
export const readyBy = z.strictObject({
  kind: z.literal("readyBy"),
  node,
  what: z
    .enum(["stateOfCharge", "range", "energy", "waterTemperature"])
    .describe("percent of the battery, km to drive, kWh to be charged, or degrees of the water"),
  target: z.number().positive().max(1000),
  by: clockTime,
  ...onDays,
  ...always,
});
