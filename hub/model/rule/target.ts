import { z } from "zod";
import { line } from "./values.ts";

const some = (of: z.ZodString, what: string) => z.array(of).min(1).max(100).readonly().optional().describe(what);

/**
 * Which devices are meant. What is given must all be so; within one list any will do. At least one list must be given.
 * A device that is replaced, or that comes into the room later, is meant as well.
 */
export const target = z
  .object({
    nodes: some(line(200), "ids of devices"),
    rooms: some(line(80), "names of rooms"),
    floors: some(line(80), "names of floors"),
    kinds: some(line(60), "device types, for example dimmableLight; `light` is any light"),
    labels: some(line(60), "labels that a person gave devices"),
    except: some(line(200), "ids of devices that are not meant"),
    endpoint: z
      .number()
      .int()
      .min(0)
      .max(65_535)
      .optional()
      .describe("only this endpoint; all that can where it is left out"),
  })
  .strict()
  .refine((t) => [t.nodes, t.rooms, t.floors, t.kinds, t.labels].some(Boolean), {
    message: "say which devices: nodes, rooms, floors, kinds or labels",
  })
  .describe("which devices are meant; what is given must all be so")
  .meta({ id: "Target" });

export type Target = z.infer<typeof target>;
