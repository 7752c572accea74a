import { z } from "zod";
import { line, variableName } from "../rule/values.ts";
import { blueprintInput } from "./input.ts";

/** The form of the file; a later one has a higher number. */
export const BLUEPRINT_FORM = 1;

/** What a ready-made rule is for; in the order in which they are shown. */
export const blueprintSubjects = ["energy", "heating", "safety", "light", "notice", "other"] as const;
export type BlueprintSubject = (typeof blueprintSubjects)[number];

/** A part of a rule with places that are filled in. It is data: nothing in it is ever carried out. */
export type Template = string | number | boolean | null | readonly Template[] | { readonly [key: string]: Template };

const template: z.ZodType<Template> = z.lazy(() =>
  z.union([
    z.string().max(2000),
    z.number(),
    z.boolean(),
    z.null(),
    z.array(template).max(200).readonly(),
    z.record(z.string().max(120), template),
  ]),
);

const inputName = variableName.describe("name of an input");

/** A rule with places for what differs from home to home. */
export const blueprint = z
  .strictObject({
    inglenookBlueprint: z.literal(BLUEPRINT_FORM),
    id: z
      .string()
      .regex(/^[a-z0-9][a-z0-9-]{2,59}$/, "write 3 to 60 small letters, digits and -")
      .describe("the same in all its versions"),
    version: z.number().int().min(1).max(9999).describe("counts up with each change"),
    title: line(80),
    description: line(1000).describe("what it does, as a person who does not know it would have it told"),
    about: z.enum(blueprintSubjects).default("other"),
    icon: z
      .string()
      .regex(/^[a-z][a-zA-Z-]{0,30}$/, "write the name of an icon")
      .optional(),
    by: line(80).optional().describe("who made it"),
    changes: z
      .array(z.strictObject({ version: z.number().int().min(2).max(9999), text: line(500) }))
      .max(100)
      .readonly()
      .optional()
      .describe("what each later version changes, in plain words"),
    inputs: z
      .record(inputName, blueprintInput)
      .refine((inputs) => Object.keys(inputs).length <= 30, { message: "at most 30 inputs" })
      .default({}),
    rule: z.record(z.string().max(120), template).describe("the rule; places are filled in by the inputs"),
  })
  .describe("a rule with places for what differs from home to home")
  .meta({ id: "Blueprint" });

export type Blueprint = z.output<typeof blueprint>;
