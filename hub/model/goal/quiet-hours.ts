import { z } from "zod";
import { always, clockTime, onDays } from "./common.ts";

/** No machine that can be heard runs in these hours. */
export const quietHours = z.strictObject({
  kind: z.literal("quietHours"),
  from: clockTime,
  to: clockTime,
  ...onDays,
  ...always,
});
