import { z } from "@hono/zod-openapi";
import { ruleDraft } from "../../model/rule/rule.ts";
import { ruleProblem } from "./rules.ts";

export const rulesQuery = z.object({
  id: z
    .union([z.string(), z.array(z.string()).max(500)])
    .optional()
    .openapi({ description: "ids of rules, several by repeating it; all where it is left out" }),
});

export const rulesImport = z
  .strictObject({
    text: z
      .string()
      .max(2_000_000)
      .openapi({ description: "the file: rules of Inglenook or automations of Home Assistant" }),
    name: z.string().max(200).default("").openapi({ description: "the file's name" }),
    more: z
      .array(z.strictObject({ name: z.string().max(200), text: z.string().max(2_000_000) }))
      .max(20)
      .default([])
      .openapi({ description: "files of Home Assistant that belong to it: scripts, scenes, packages" }),
    meant: z.record(z.string().max(300), z.string().max(300)).default({}).openapi({
      description: "what entities of Home Assistant are here: a value of `offers` by the entity, or empty for nothing",
    }),
    keep: z
      .strictObject({
        places: z.array(z.number().int().min(0)).min(1).max(500).readonly(),
        replace: z
          .array(z.number().int().min(0))
          .max(500)
          .readonly()
          .default([])
          .openapi({ description: "of the places, those that take the place of the rule that is there" }),
        sure: z.boolean().default(false).openapi({ description: "what is only warned of was seen" }),
      })
      .optional()
      .openapi({
        description: "places of the rules that are to be kept; nothing is guessed then, and nothing kept without it",
      }),
  })
  .openapi("RulesImportRequest");

export const incoming = z
  .object({
    format: z.enum(["inglenook", "homeAssistant"]),
    entities: z
      .array(
        z.object({
          entity: z.string(),
          line: z.number(),
          rules: z.number(),
          meant: z.string(),
          guessed: z.boolean(),
          offers: z.array(z.string()).readonly(),
          asks: z.enum(["number", "time", "minutes"]).optional(),
        }),
      )
      .readonly(),
    offers: z.array(z.object({ value: z.string(), label: z.string() })).readonly(),
    rules: z
      .array(
        z.object({
          place: z.number(),
          file: z.string().optional(),
          kind: z.enum(["rule", "scene"]),
          same: z.object({ id: z.string(), title: z.string() }).optional(),
          makes: z
            .array(z.string())
            .readonly()
            .optional()
            .openapi({ description: "switches and numbers of the house that are made with it, by name" }),
          needs: z.array(z.string()).readonly().optional(),
          line: z.number(),
          title: z.string(),
          draft: ruleDraft.optional(),
          words: z.string(),
          problems: z
            .array(ruleProblem.extend({ line: z.number().optional() }))
            .readonly()
            .openapi({ description: "what speaks against it; of a file of Inglenook by line" }),
          misses: z
            .array(z.object({ line: z.number(), level: z.enum(["missed", "note", "wrong"]), text: z.string() }))
            .readonly()
            .openapi({
              description:
                "what is not in the rule (missed), differs in what does not count (note), or is no part of any rule (wrong), by line",
            }),
          kept: z
            .object({
              id: z.string().optional(),
              why: z.enum(["warned", "same", "needs", "faulty", "full"]).optional(),
            })
            .optional(),
        }),
      )
      .readonly(),
    left: z.number(),
  })
  .openapi("IncomingRules");

/** @public */
export type IncomingRules = z.output<typeof incoming>;
