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
        clock: z
          .string()
          .min(1)
          .max(200)
          .optional()
          .openapi({ description: "the column of the time of day, where the day has one of its own" }),
        kind: z
          .enum(["measurement", "counter", "interval"])
          .openapi({ description: "interval: energy that was used between two rows" }),
        stamp: z
          .enum(["start", "end"])
          .optional()
          .openapi({ description: "which end of its interval a row's time names; start where nothing is said" }),
      })
      .optional()
      .openapi({ description: "how a table is read; absent for a database" }),
  })
  .openapi("ImportSource");

const cells = z.array(z.string());
export const importFile = z.strictObject({ file }).openapi("ImportFile");

export const tableLook = z
  .object({
    columns: cells,
    rows: z.array(cells).openapi({ description: "the first rows, as written" }),
    guess: z
      .object({
        time: z.string().optional(),
        clock: z.string().optional(),
        value: z.string().optional(),
        unit: z.string().optional(),
        kind: z.enum(["measurement", "counter", "interval"]).optional(),
        stamp: z.enum(["start", "end"]).optional(),
      })
      .openapi({ description: "how it is most likely to be read" }),
  })
  .openapi("TableLook");

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
        parts: z
          .array(
            z.object({
              of: z.enum(["hours", "fiveMinutes", "states", "rows"]),
              from: epochMs,
              to: epochMs,
              rows: z.number().openapi({ description: "states are counted to a million" }),
            }),
          )
          .optional()
          .openapi({ description: "what the series is made of" }),
        notes: z.array(z.string()).optional().openapi({ description: "what a person should know first" }),
        choices: z
          .array(z.object({ key: z.string(), name: z.string(), unit: z.string() }))
          .openapi({ description: "attributes of the house that it fits by unit and kind, the likeliest first" }),
        misfit: z.string().optional().openapi({ description: "why there are none" }),
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
        fine: z.number().openapi({ description: "those of them that come in pieces of five minutes" }),
        own: z.number().openapi({ description: "hours that the house has already; these stay" }),
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
