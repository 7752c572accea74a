import { z } from "zod";
import { type Condition, condition } from "./condition.ts";
import { type Expression, expression } from "./expression.ts";
import { type Target, target } from "./target.ts";
import { line, minutes, variableName } from "./values.ts";

export interface CommandStep {
  readonly kind: "command";
  readonly target: Target;
  readonly capability: string;
  readonly command: string;
  readonly args?: Readonly<Record<string, Expression>> | undefined;
}

const ruleDeeds = ["start", "end", "switchOn", "switchOff", "toggle"] as const;
/** What a rule does with another one. */
type RuleDeed = (typeof ruleDeeds)[number];

/** A figure that stands below a message. */
export interface Figure {
  readonly label: string;
  readonly value: Expression;
}

/** What people are asked; the run waits for an answer. */
export interface AskStep {
  readonly kind: "ask";
  readonly title: string;
  readonly text?: string | undefined;
  readonly values?: readonly Figure[] | undefined;
  readonly level?: "info" | "warn" | "alarm" | undefined;
  readonly atMostMinutes: number;
  readonly answers: readonly { readonly name: string; readonly do: readonly Step[] }[];
  /** Where nobody answers in time. */
  readonly otherwise?: readonly Step[] | undefined;
}

/** One step of what a rule does. */
export type Step =
  | CommandStep
  | { readonly kind: "wait"; readonly minutes: Expression }
  | {
      readonly kind: "waitUntil";
      readonly condition: Condition;
      readonly atMostMinutes: number;
      readonly otherwise?: "goOn" | "stop" | undefined;
    }
  | {
      readonly kind: "choose";
      readonly options: readonly { readonly if: Condition; readonly do: readonly Step[] }[];
      readonly otherwise?: readonly Step[] | undefined;
    }
  | {
      readonly kind: "repeat";
      readonly while?: Condition | undefined;
      readonly times?: number | undefined;
      readonly do: readonly Step[];
    }
  | { readonly kind: "set"; readonly variable: string; readonly to: Expression }
  | {
      readonly kind: "notify";
      readonly title: string;
      readonly text?: string | undefined;
      readonly values?: readonly Figure[] | undefined;
      readonly level?: "info" | "warn" | "alarm" | undefined;
    }
  | AskStep
  | { readonly kind: "scene"; readonly scene: string }
  | { readonly kind: "mode"; readonly to: string }
  | { readonly kind: "rule"; readonly rule: string; readonly does?: RuleDeed | undefined }
  | { readonly kind: "stop"; readonly reason?: string | undefined };

/** Whether it switches the other rule on or off; else it starts or ends it. */
export const isSwitching = ({ does = "start" }: { readonly does?: RuleDeed | undefined }): boolean =>
  does !== "start" && does !== "end";

/** The lists of steps that a step holds, in the order in which they are written. */
export function listsIn(step: Step): readonly (readonly Step[])[] {
  switch (step.kind) {
    case "choose":
      return [...step.options.map((o) => o.do), step.otherwise ?? []];
    case "ask":
      return [...step.answers.map((a) => a.do), step.otherwise ?? []];
    case "repeat":
      return [step.do];
    default:
      return [];
  }
}

/** The step with other steps in its lists. */
export function withLists(step: Step, change: (steps: readonly Step[]) => readonly Step[]): Step {
  const otherwise =
    "otherwise" in step && typeof step.otherwise === "object" ? { otherwise: change(step.otherwise) } : {};
  switch (step.kind) {
    case "choose":
      return { ...step, options: step.options.map((o) => ({ ...o, do: change(o.do) })), ...otherwise };
    case "ask":
      return { ...step, answers: step.answers.map((a) => ({ ...a, do: change(a.do) })), ...otherwise };
    case "repeat":
      return { ...step, do: change(step.do) };
    default:
      return step;
  }
}

const MAX_STEPS = 50;
/** Answers at most: more fit below no message of a phone. */
export const MAX_ANSWERS = 4;
const MAX_ANSWER = 40;
const args: z.ZodType<Readonly<Record<string, Expression>>> = z.record(z.string().max(60), expression);

export const commandStep = z
  .object({
    kind: z.literal("command"),
    target,
    capability: line(80),
    command: line(60).describe("a command of the capability, or `set` to write its attributes"),
    args: args.optional(),
  })
  .strict()
  .describe("ask devices for something");

/** What people read. */
const message = {
  title: line(120),
  text: line(500).optional(),
  values: z
    .array(z.object({ label: line(60), value: expression }).strict())
    .max(10)
    .readonly()
    .optional()
    .describe("figures that stand below the text"),
  level: z.enum(["info", "warn", "alarm"]).optional(),
};

/** Steps without others in them. */
const single = [
  commandStep,
  z
    .object({ kind: z.literal("wait"), minutes: expression })
    .strict()
    .describe("wait; a day at most"),
  z
    .object({
      kind: z.literal("waitUntil"),
      condition,
      atMostMinutes: minutes,
      otherwise: z
        .enum(["goOn", "stop"])
        .optional()
        .describe("what then, where it does not come: go on (default) or stop"),
    })
    .strict()
    .describe("wait until something is so"),
  z
    .object({ kind: z.literal("set"), variable: variableName, to: expression })
    .strict()
    .describe("note a figure under a name"),
  z
    .object({
      kind: z.literal("notify"),
      ...message,
    })
    .strict()
    .describe("tell people"),
  z
    .object({ kind: z.literal("scene"), scene: line(100).describe("id of a scene") })
    .strict()
    .describe("set a scene"),
  z
    .object({ kind: z.literal("mode"), to: line(40) })
    .strict()
    .describe("change the mode of the house"),
  z
    .object({
      kind: z.literal("rule"),
      rule: line(100).describe("id of another rule"),
      does: z
        .enum(ruleDeeds)
        .optional()
        .describe(
          "start it (as when left out), end what it is doing and what waits for its turn, or switch it on, off, or the other way; one that is switched on starts nothing by that",
        ),
    })
    .strict()
    .describe("start another rule, end it where it runs, or switch it on or off; this one does not wait for it"),
  z
    .object({ kind: z.literal("stop"), reason: line(200).optional() })
    .strict()
    .describe("end this run"),
] as const;

export const step: z.ZodType<Step> = z
  .lazy(() => {
    const steps = z.array(step).max(MAX_STEPS).readonly();
    return z.union([
      ...single,
      z
        .object({
          kind: z.literal("choose"),
          options: z
            .array(z.object({ if: condition, do: steps }).strict())
            .min(1)
            .max(20)
            .readonly(),
          otherwise: steps.optional(),
        })
        .strict()
        .describe("do the steps of the first option that is so"),
      z
        .object({
          kind: z.literal("repeat"),
          while: condition.optional(),
          times: z.number().int().min(1).max(1000).optional(),
          do: z.array(step).min(1).max(MAX_STEPS).readonly(),
        })
        .strict()
        .refine((s) => s.while !== undefined || s.times !== undefined, { message: "say while, times or both" })
        .describe("do steps again and again; 1,000 rounds at most"),
      z
        .object({
          kind: z.literal("ask"),
          ...message,
          atMostMinutes: minutes.describe("how long an answer is waited for; minutes, at most a day"),
          answers: z
            .array(z.object({ name: line(MAX_ANSWER), do: steps }).strict())
            .min(1)
            .max(MAX_ANSWERS)
            .readonly()
            .describe("what can be answered, and what is done then; none may be there twice"),
          otherwise: steps.optional().describe("what is done where nobody answers in time"),
        })
        .strict()
        .describe("ask people, and do the steps of the answer that is given first"),
    ]);
  })
  .describe("a step")
  .meta({ id: "Step" });
