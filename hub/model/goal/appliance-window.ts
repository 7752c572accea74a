import { z } from "zod";
import { always, clockTime, node, onDays } from "./common.ts";

/** A machine that is done by a time, and begins not before another. */
export const applianceWindow = z.strictObject({
  kind: z.literal("applianceWindow"),
  node,
  from: clockTime.optional(),
  by: clockTime,
  ...onDays,
  ...always,
});
