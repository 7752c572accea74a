import { z } from "@hono/zod-openapi";
import { clockTime, epochMs, id, line, weekdays } from "./common.ts";

export const day = z
  .string()
  .regex(/^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "must be a day as YYYY-MM-DD")
  .openapi({ example: "2026-11-01" });
const yearDay = z.string().regex(/^(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/, "must be a day of the year as MM-DD");
const price = z.number().min(-1_000_000).max(1_000_000);
const listName = z.string().regex(/^[\p{L}\p{N} _-]{1,40}$/u, "must be 1 to 40 letters, digits, spaces or dashes");
const names = z.array(listName).min(1).max(10).readonly();
const role = z.enum(["energy", "grid", "tax", "standing", "export", "credit"]);
const roles = z.array(role).min(1).max(6).readonly();
const direction = z.enum(["import", "export"]);
const seriesId = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/, "must be 1 to 40 small letters, digits and dashes");
const label = line(80);

const band = {
  from: clockTime,
  to: clockTime,
  weekdays: weekdays.optional(),
  season: z.strictObject({ from: yearDay, to: yearDay }).optional(),
  onDays: names.optional(),
  notOnDays: names.optional(),
};

const perKwh = z.strictObject({
  kind: z.literal("perKwh"),
  label,
  role,
  direction,
  bands: z
    .array(z.strictObject({ ...band, perKwh: price, label: line(80).optional() }))
    .max(96)
    .readonly(),
  perKwh: price,
});
const dynamic = z.strictObject({
  kind: z.literal("dynamic"),
  label,
  role,
  direction,
  series: seriesId,
  factor: z.number().min(-10).max(10),
  perKwh: price,
  floor: price.optional(),
  ceiling: price.optional(),
  above: price.optional(),
});
const standing = z.strictObject({
  kind: z.literal("standing"),
  label,
  amount: price,
  per: z.enum(["day", "month", "year"]),
});
const tiers = z.strictObject({
  kind: z.literal("tiers"),
  label,
  role,
  per: z.enum(["day", "month", "year"]),
  starts: yearDay.optional(),
  steps: z
    .array(z.strictObject({ upTo: z.number().positive().max(1_000_000).optional(), perKwh: price }))
    .min(1)
    .max(20)
    .readonly(),
  perDay: z.boolean(),
});
const peak = z.strictObject({
  kind: z.literal("peak"),
  label,
  windowMinutes: z.union([z.literal(15), z.literal(30), z.literal(60)]),
  highest: z.number().int().min(1).max(20),
  onDifferentDays: z.boolean(),
  months: z.number().int().min(1).max(12),
  atLeastKw: z.number().min(0).max(1000),
  perKw: price,
  per: z.enum(["month", "year"]),
  steps: z
    .array(z.strictObject({ upToKw: z.number().positive().max(10_000).optional(), perMonth: price }))
    .min(1)
    .max(30)
    .readonly()
    .optional(),
  bands: z
    .array(z.strictObject({ ...band, share: z.number().min(0).max(1) }))
    .max(96)
    .readonly(),
  outside: z.number().min(0).max(1),
});
const netMetering = z.strictObject({
  kind: z.literal("netMetering"),
  label,
  per: z.enum(["month", "year"]),
  starts: yearDay.optional(),
  of: roles,
  surplusPerKwh: price,
});
const percent = z.strictObject({
  kind: z.literal("percent"),
  label,
  percent: z.number().min(-100).max(1000),
  of: roles,
});
const cap = z.strictObject({
  kind: z.literal("cap"),
  label,
  of: roles,
  atMost: price.optional(),
  atLeast: price.optional(),
});

export const tariffComponent = z
  .discriminatedUnion("kind", [perKwh, dynamic, standing, tiers, peak, netMetering, percent, cap])
  .openapi("TariffComponent", {
    description: "One form of price; percentages, caps and net metering look at what stands before them.",
  });

export const contract = z
  .strictObject({ id, name: line(80), validFrom: day, components: z.array(tariffComponent).min(1).max(40).readonly() })
  .openapi("Contract");

const intensity = z.number().min(0).max(5000);

export const tariffBook = z
  .strictObject({
    currency: z.string().regex(/^[A-Z]{3}$/, "must be a currency such as EUR"),
    contracts: z.array(contract).min(1).max(40).readonly(),
    offers: z.array(contract).max(20).readonly(),
    holidayCountry: z.string().length(2).optional(),
    dayLists: z
      .array(z.strictObject({ name: listName, days: z.array(day).max(2000).readonly() }))
      .max(10)
      .readonly(),
    co2: z.strictObject({
      bands: z
        .array(z.strictObject({ ...band, gPerKwh: intensity }))
        .max(96)
        .readonly(),
      gPerKwh: intensity,
      series: seriesId.optional(),
    }),
  })
  .openapi("TariffBook", {
    description: "Contracts by validity: each holds until the next one begins. Prices in the book's currency.",
  });

export const tariffForms = z
  .object({
    forms: z
      .array(
        z.object({
          id: z.string(),
          country: z.string(),
          name: z.string(),
          words: z.string(),
          currency: z.string(),
          holidayCountry: z.string().optional(),
          dayLists: z.array(z.string()).readonly().optional(),
          components: z.array(tariffComponent).readonly(),
        }),
      )
      .readonly(),
    holidayCountries: z.array(z.string()).readonly(),
  })
  .openapi("TariffForms");

export const pictureWish = z
  .strictObject({ contract, day, days: z.number().int().min(1).max(14).default(7) })
  .openapi("PictureWish");
export const pricePicture = z
  .object({
    prices: z
      .array(z.object({ from: epochMs, importPerKwh: z.number(), exportPerKwh: z.number(), guess: z.boolean() }))
      .readonly(),
    to: epochMs,
  })
  .openapi("PricePicture", {
    description: "What one more kWh costs and earns, taxes and fees in it; each holds until the next.",
  });

const amount = z.number().openapi({ description: "money, not rounded; what is earned is negative" });
const sums = { importedKwh: z.number(), exportedKwh: z.number(), co2Kg: z.number(), amount };

export const bill = z
  .object({
    from: epochMs,
    to: epochMs,
    currency: z.string(),
    lines: z
      .array(
        z.object({
          contract: z.string().optional(),
          label: z.string(),
          role,
          quantity: z.number(),
          unit: z.enum(["kWh", "days", "kW months", "kW years", "of"]),
          rate: z.number().optional(),
          amount,
          note: z.string().optional(),
        }),
      )
      .readonly(),
    days: z.array(z.object({ day: z.string(), hours: z.number(), knownHours: z.number(), ...sums })).readonly(),
    months: z.array(z.object({ month: z.string(), days: z.number().int(), ...sums })).readonly(),
    total: amount,
    importedKwh: z.number(),
    exportedKwh: z.number(),
    co2Kg: z.number(),
    basis: z.enum(["counter", "power", "estimate"]),
    coverage: z.object({
      share: z.number(),
      hours: z.number(),
      knownHours: z.number(),
      unpricedKwh: z.number(),
      daysWithoutContract: z.number().int(),
    }),
  })
  .openapi("Bill", { description: "The total is exactly the sum of the lines, of the days and of the months." });

const billDays = { from: day, to: day.openapi({ description: "the first day that is no longer in it" }) };
export const billQuery = z.object(billDays);
export const compareWish = z
  .strictObject({ ...billDays, contracts: z.array(contract).min(1).max(8).readonly() })
  .openapi("CompareWish");
export const comparison = z
  .object({ bills: z.array(z.object({ contract: z.string(), name: z.string(), bill })).readonly() })
  .openapi("Comparison", { description: "The home's own tariff first, as `book`." });
