import { z } from "zod";
import { always, hours, onDays } from "./common.ts";

/** What always stays in the home battery, percent. */
export const batteryReserve = z.strictObject({
  kind: z.literal("batteryReserve"),
  percent: z.number().min(0).max(100),
  ...hours,
  ...onDays,
  ...always,
});
