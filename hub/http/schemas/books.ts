import { z } from "@hono/zod-openapi";
import { epochMs } from "./common.ts";

const moment = z.coerce.number().int().min(0).max(8.64e15);
const kwh = z.number().openapi({ description: "kWh" });

export const ledgerQuery = z.object({
  from: moment.openapi({ description: "epoch ms; the first row begins at or before it" }),
  to: moment.openapi({ description: "epoch ms; the last row ends at or after it, or with the present" }),
  by: z
    .enum(["hour", "day", "week", "month", "year"])
    .default("day")
    .openapi({ description: "by the home's calendar" }),
});

const ledgerLoad = z.object({
  key: z.string().openapi({ description: "node/endpoint" }),
  name: z.string(),
  kwh,
  basis: z.enum(["counter", "power", "estimate"]),
  coverage: z.number(),
});

export const ledgerRow = z
  .object({
    from: epochMs,
    to: epochMs,
    importedKwh: kwh.optional(),
    exportedKwh: kwh.optional(),
    solarKwh: kwh.optional(),
    chargedKwh: kwh.optional(),
    dischargedKwh: kwh.optional(),
    usedKwh: kwh.optional(),
    loads: z.array(ledgerLoad).readonly(),
    unmeteredKwh: kwh.optional(),
    cost: z.number().optional(),
    earned: z.number().optional(),
    co2Kg: z.number().optional(),
    coverage: z.number(),
  })
  .openapi("LedgerRow", {
    description:
      "What the house used in a stretch of time. Grid = loads - sun +- battery; what no meter explains is unmetered. What is absent is not known.",
  });

export const ledger = z.object({ rows: z.array(ledgerRow).readonly() }).openapi("Ledger");
