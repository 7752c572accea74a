import { z } from "zod";
import { always, node } from "./common.ts";

/** No power for what nobody uses; of one device or of all. */
export const reduceStandby = z.strictObject({
  kind: z.literal("reduceStandby"),
  node: node.optional(),
  ...always,
});
