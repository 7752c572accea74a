import { z } from "zod";
import { always, hours, node, onDays } from "./common.ts";

/** A device that is left alone, or not switched on (or off), always or at the times that are said. */
export const never = z.strictObject({
  kind: z.literal("never"),
  node,
  act: z.enum(["on", "off"]).optional().describe("what never happens to it; anything where it is left out"),
  ...hours,
  ...onDays,
  ...always,
});
