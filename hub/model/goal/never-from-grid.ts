import { z } from "zod";
import { always, hours, node, onDays } from "./common.ts";

/** A battery or a car that is charged with the home's own solar power alone. */
export const neverFromGrid = z.strictObject({
  kind: z.literal("neverFromGrid"),
  node,
  ...hours,
  ...onDays,
  ...always,
});
