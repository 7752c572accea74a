import { z } from "zod";
import { always, hours, onDays } from "./common.ts";

/** The most that the house takes from the grid at once, in kW or, as a fuse counts, in A per phase. */
export const peakLimit = z.strictObject({
  kind: z.literal("peakLimit"),
  limit: z.number().positive().max(1000),
  unit: z.enum(["kW", "A"]),
  ...hours,
  ...onDays,
  ...always,
});
