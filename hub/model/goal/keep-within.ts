import { z } from "zod";
import { always, hours, node, onDays } from "./common.ts";

/** What a device's charge (percent) or water (degC) never falls below or rises above; at least one is said. */
export const keepWithin = z.strictObject({
  kind: z.literal("keepWithin"),
  node,
  what: z.enum(["stateOfCharge", "waterTemperature"]),
  min: z.number().min(0).max(100).optional(),
  max: z.number().min(0).max(100).optional(),
  ...hours,
  ...onDays,
  ...always,
});
