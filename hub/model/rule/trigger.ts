import { z } from "zod";
import { condition } from "./condition.ts";
import { target } from "./target.ts";
import { timeTrigger } from "./time.ts";
import { attributeName, line, minutes, plainValue } from "./values.ts";

const id = line(40).optional().describe("a name, by which the condition `trigger` asks which one it was");
const forMinutes = minutes.optional().describe("only once it has stayed so for this many minutes");

export const becomes = z
  .object({
    kind: z.literal("becomes"),
    id,
    target,
    of: attributeName,
    to: plainValue.optional().describe("any other value where it is left out"),
    from: plainValue.optional(),
    forMinutes,
  })
  .strict()
  .describe("a device reports another value than before; what it said before the hub started counts as not known");

export const crosses = z
  .object({
    kind: z.literal("crosses"),
    id,
    target,
    of: attributeName,
    above: z.number().optional().describe("it rises above this"),
    below: z.number().optional().describe("it falls below this; with `above`, it leaves the range between them"),
    forMinutes,
  })
  .strict()
  .refine((t) => t.above !== undefined || t.below !== undefined, { message: "say above, below or both" })
  .describe("a figure goes over a limit, or out of a range");

export const event = z
  .object({ kind: z.literal("event"), id, target, of: attributeName, is: plainValue })
  .strict()
  .describe("something happens, for example a press of a button; two alike are two");

export const holds = z
  .object({ kind: z.literal("holds"), id, condition, forMinutes })
  .strict()
  .describe(
    "a condition comes true: a price falls below a limit, more than some power leaves the house, the mode changes",
  );

export const presence = z
  .object({ kind: z.literal("presence"), id, who: line(80), does: z.enum(["comes", "leaves"]) })
  .strict()
  .describe("a person, `anyone` (the first that comes, the last that leaves) or `everyone` comes home or leaves");

export const mode = z
  .object({ kind: z.literal("mode"), id, to: z.array(line(40)).min(1).max(16).readonly() })
  .strict()
  .describe("the house changes to one of these modes");

export const started = z
  .object({ kind: z.literal("started"), id })
  .strict()
  .describe("the hub has started and its devices have had a minute to speak");

/** What starts a rule. */
export const trigger = z
  .union([becomes, crosses, event, holds, presence, mode, started, timeTrigger])
  .describe("what starts the rule")
  .meta({ id: "Trigger" });

export type Trigger = z.infer<typeof trigger>;
