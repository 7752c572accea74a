import { z } from "@hono/zod-openapi";
import { epochMs, line } from "./common.ts";

const seriesId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "must be 1 to 40 small letters, digits and dashes");
const unit = z.enum(["perKwh", "gPerKwh"]);

export const seriesParam = z.object({ id: seriesId.openapi({ param: { name: "id", in: "path" } }) });

export const storedSeries = z
  .object({
    id: z.string(),
    name: z.string(),
    unit,
    currency: z.string(),
    source: z.string(),
    licence: z.string(),
    from: epochMs.optional(),
    to: epochMs.optional(),
    days: z.number().int(),
    publishedAt: epochMs.optional(),
  })
  .openapi("PriceSeries");
export const seriesList = z.object({ series: z.array(storedSeries).readonly() }).openapi("PriceSeriesList");

/** Characters of a file: two years of quarter hours. */
export const MAX_FILE = 3_500_000;
const fileUnit = z.enum(["perKwh", "perMwh", "centPerKwh", "gPerKwh"]);
const column = z.string().min(1).max(200);

export const priceFile = z
  .strictObject({
    series: seriesId,
    name: line(80),
    text: z.string().min(1).max(MAX_FILE, "is larger than 3.5 MB"),
    currency: z.string().regex(/^[A-Z]{3}$/, "must be a currency such as EUR"),
    source: z.string().max(200),
    unit: fileUnit.optional(),
    timeColumn: column.optional(),
    valueColumn: column.optional(),
    timeZone: z.string().max(60).optional(),
  })
  .openapi("PriceFile", {
    description: "CSV with a head, or JSON with a list of objects; times with a zone, or of the home's clock.",
  });

export const priceFilePreview = z
  .object({
    unit: fileUnit,
    timeColumn: z.string(),
    valueColumn: z.string(),
    columns: z.array(z.string()).readonly(),
    rows: z.number().int(),
    skipped: z.number().int(),
    problems: z.array(z.string()).readonly(),
    from: epochMs,
    to: epochMs,
    stepMinutes: z.number(),
    least: z.number(),
    most: z.number(),
    mean: z.number(),
    sample: z.array(z.object({ from: epochMs, to: epochMs, value: z.number() })).readonly(),
  })
  .openapi("PriceFilePreview");

const chosen = { on: z.boolean(), service: z.string().max(40), zone: z.string().max(40), series: seriesId };

export const priceServiceWish = z
  .strictObject({ ...chosen, key: z.string().max(200).optional() })
  .openapi("PriceServiceWish", { description: "An absent key stays as it is; an empty one is forgotten." });

export const priceServiceStatus = z
  .object({
    ...chosen,
    hasKey: z.boolean(),
    askedAt: epochMs.optional(),
    knownUntil: epochMs.optional(),
    problem: z.string().optional(),
  })
  .openapi("PriceServiceStatus");

export const priceServices = z
  .object({
    status: priceServiceStatus,
    services: z
      .array(
        z.object({
          id: z.string(),
          name: z.string(),
          source: z.string(),
          licence: z.string(),
          keyNeeded: z.boolean(),
          unit,
          zones: z.array(z.object({ id: z.string(), name: z.string(), currency: z.string() })).readonly(),
        }),
      )
      .readonly(),
  })
  .openapi("PriceServices");
