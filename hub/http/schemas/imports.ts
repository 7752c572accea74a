import { z } from "@hono/zod-openapi";
import { epochMs } from "./common.ts";

const file = z.string().min(1).max(200).openapi({ description: "its name in the imports folder" });

export const importSource = z
  .strictObject({
    file,
    csv: z
      .strictObject({
        time: z.string().min(1).max(200).openapi({ description: "the column of the time: ISO 8601, or epoch s or ms" }),
        value: z.string().min(1).max(200).openapi({ description: "the column of the number" }),
        unit: z.string().min(1).max(20).openapi({ description: "of the numbers, e.g. kWh, W, °F" }),
        timeZone: z.string().min(1).max(60).openapi({ description: "of times that name none, e.g. Europe/Berlin" }),
        kind: z.enum(["measurement", "counter"]),
      })
      .optional()
      .openapi({ description: "how a table is read; absent for a database" }),
  })
  .openapi("ImportSource");

export const importWish = z
  .strictObject({
    source: importSource,
    mapping: z
      .array(z.strictObject({ id: z.string().max(255), key: z.string().max(300) }))
      .min(1)
      .max(500),
  })
  .openapi("ImportWish");

export const importPreview = z
  .object({
    series: z.array(
      z.object({
        id: z.string(),
        name: z.string(),
        unit: z.string(),
        kind: z.enum(["measurement", "counter"]),
        from: epochMs,
        to: epochMs,
        rows: z.number(),
        choices: z
          .array(z.object({ key: z.string(), name: z.string(), unit: z.string() }))
          .openapi({ description: "attributes of the house that it fits by unit and kind, the likeliest first" }),
        proposed: z.string().optional(),
      }),
    ),
  })
  .openapi("ImportPreview");

export const dryRun = z
  .object({
    runs: z.array(
      z.object({
        id: z.string(),
        key: z.string(),
        write: z.number().openapi({ description: "hours that would be written" }),
        own: z.number().openapi({ description: "hours that the house has itself; these stay" }),
        recent: z.number().openapi({ description: "hours that are too new" }),
        refused: z.array(z.object({ reason: z.string(), rows: z.number() })),
      }),
    ),
  })
  .openapi("ImportDryRun");

export const importList = z
  .object({
    folder: z.string().openapi({ description: "where files are put to be brought in" }),
    files: z.array(z.object({ file: z.string(), bytes: z.number(), table: z.boolean() })),
    batches: z.array(
      z.object({
        id: z.string(),
        at: epochMs,
        by: z.string(),
        file: z.string(),
        hours: z.number(),
        keys: z.array(z.string()),
      }),
    ),
  })
  .openapi("ImportList");

export const started = z.object({ id: z.string().openapi({ description: "of the batch, and of its job" }) });
