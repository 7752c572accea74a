import { z } from "zod";
import { always } from "./common.ts";

/** What is to be little: money, CO2, or what is taken from the grid (use of one's own solar power). */
export const minimise = z.strictObject({
  kind: z.literal("minimise"),
  what: z.enum(["cost", "co2", "import"]),
  ...always,
});
