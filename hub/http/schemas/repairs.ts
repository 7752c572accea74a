import { z } from "@hono/zod-openapi";
import { epochMs, nodeId } from "./common.ts";

const stand = z.object({
  at: epochMs,
  kwh: z.number().openapi({ description: "kWh as the device told it; W for a power" }),
});

export const repair = z
  .object({
    id: z.string(),
    node: z.string(),
    name: z.string(),
    label: z.string(),
    kind: z.enum([
      ...["reset", "rollover", "dip", "spike", "jump", "replaced", "unit", "clock", "gap", "watching"],
      ...["power", "power-unit"],
    ] as const),
    state: z.enum(["active", "undone", "adjusted"]),
    from: epochMs.openapi({ description: "the last good reading before" }),
    to: epochMs.openapi({ description: "the first good reading after" }),
    times: z.number().int().openapi({ description: "how often, where repeats were put together" }),
    kwh: z.number().openapi({ description: "what is counted for it" }),
    effectKwh: z.number().openapi({ description: "what it changes against counting every rise that was told" }),
    adjustedKwh: z.number().optional(),
    reason: z.string(),
    evidence: z.array(stand).readonly(),
    by: z.string().optional(),
  })
  .openapi("Repair", {
    description: "What was wrong with a meter's numbers, and what they are taken for. The numbers stay.",
  });

export const repairList = z.object({ repairs: z.array(repair).readonly() });

export const repairQuery = z.object({
  node: nodeId.optional(),
  from: z.coerce.number().optional(),
  to: z.coerce.number().optional(),
});

export const repairParam = z.object({ id: z.string().min(1).max(60) });

export const repairChange = z
  .discriminatedUnion("kind", [
    z.object({ kind: z.literal("undo") }),
    z.object({ kind: z.literal("redo") }),
    z.object({
      kind: z.literal("adjust"),
      kwh: z.number().openapi({ description: "kWh that are to count for that time" }),
    }),
  ])
  .openapi("RepairChange");
