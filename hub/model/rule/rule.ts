import { z } from "zod";
import type { BlueprintAnswers } from "../blueprint/input.ts";
import { condition } from "./condition.ts";
import { expression } from "./expression.ts";
import { commandStep, step } from "./step.ts";
import { trigger } from "./trigger.ts";
import { line, variableName } from "./values.ts";

/** What a rule does with a start that comes while it still runs. */
export const runModes = ["single", "restart", "queued", "parallel"] as const;

const head = {
  title: line(120),
  description: z.string().max(2000).optional(),
  enabled: z.boolean().default(true),
  rank: z
    .number()
    .int()
    .min(-100)
    .max(100)
    .optional()
    .describe(
      "where two rules want one thing, the higher has it; 0 where it is left out. Plans and people stand above all rules",
    ),
  until: z.number().optional().describe("epoch ms from which it is over"),
};

/** Keeps something so as long as a condition holds. */
export const steadyRule = z
  .object({
    ...head,
    form: z.literal("while"),
    while: condition,
    keep: z.array(commandStep).min(1).max(50).readonly().describe("what is kept so while the condition holds"),
    otherwise: z.array(commandStep).max(50).readonly().optional().describe("what is kept so while it does not hold"),
  })
  .strict()
  .describe("while something is so, keep something so");

/** Does something when something happens. */
export const eventRule = z
  .object({
    ...head,
    form: z.literal("when"),
    on: z
      .array(trigger)
      .max(20)
      .readonly()
      .describe("any of these starts it; none: only other rules and people start it"),
    if: condition.optional().describe("only if this is so at that moment"),
    variables: z
      .record(variableName, expression)
      .optional()
      .describe("worked out at the start of a run, in this order; at most 20"),
    do: z.array(step).min(1).max(50).readonly(),
    mode: z.enum(runModes).default("single"),
    most: z
      .number()
      .int()
      .min(1)
      .max(10)
      .optional()
      .describe("runs side by side (parallel) or waiting (queued); 10 where it is left out"),
  })
  .strict()
  .refine((r) => Object.keys(r.variables ?? {}).length <= 20, { message: "variables: at most 20" })
  .describe("when something happens, do something");

/** What a person or an import may write. */
export const ruleDraft = z.discriminatedUnion("form", [steadyRule, eventRule]).meta({ id: "RuleDraft" });

export type SteadyRule = z.infer<typeof steadyRule>;
export type EventRule = z.infer<typeof eventRule>;
export type RuleDraft = z.infer<typeof ruleDraft>;

/** What a rule was made of, so that a later version of the ready-made one can be held against it. */
export interface RuleBlueprint {
  readonly id: string;
  readonly version: number;
  readonly inputs: BlueprintAnswers;
  /** The rule as the ready-made one gave it: what differs from it, a person changed by hand. */
  readonly made: RuleDraft;
}

/** A rule as it is kept. */
export type HomeRule = RuleDraft & {
  readonly id: string;
  readonly origin: "person" | "import" | "blueprint";
  readonly by: string;
  readonly madeAt: number;
  readonly changedAt: number;
  /** Only of a rule that was made of a ready-made one. */
  readonly blueprint?: RuleBlueprint;
  /** Only of a rule that was read from a file of another system: its name there, for example `automation.hall_light`. */
  readonly source?: string;
};
