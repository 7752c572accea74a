import { z } from "zod";
import { always, hours, onDays, room } from "./common.ts";

/** How warm a room is: never below `minC`, never above `maxC`; at least one is said. */
export const comfort = z.strictObject({
  kind: z.literal("comfort"),
  room,
  minC: z.number().min(5).max(35).optional(),
  maxC: z.number().min(5).max(35).optional(),
  ...hours,
  ...onDays,
  ...always,
});
