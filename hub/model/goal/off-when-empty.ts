import { z } from "zod";
import { always, room } from "./common.ts";

/** No light, or no heating beyond what the house needs, where nobody is; in one room, or in all while nobody is home. */
export const offWhenEmpty = z.strictObject({
  kind: z.literal("offWhenEmpty"),
  what: z.enum(["lights", "heating"]),
  room: room.optional(),
  ...always,
});
