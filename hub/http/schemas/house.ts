import { z } from "@hono/zod-openapi";
import { clockTime, epochMs, known, line, weekdays } from "./common.ts";
import { outcome, pairingJob } from "./nodes.ts";

export const health = z
  .object({ version: z.string(), startedAt: epochMs, ready: z.boolean(), loopDelayMs: z.number() })
  .openapi("Health");

// Intl is the authority on zones: a list of our own would age.
const timeZone = z
  .string()
  .max(60)
  .refine((zone) => {
    try {
      new Intl.DateTimeFormat("en", { timeZone: zone });
      return true;
    } catch {
      return false;
    }
  }, "must be a time zone such as Europe/Berlin")
  .openapi({ example: "Europe/Berlin" });

export const homeSettings = z
  .strictObject({
    name: line(80),
    timeZone,
    latitude: z.number().min(-90).max(90),
    longitude: z.number().min(-180).max(180),
    currency: z.string().regex(/^[A-Z]{3}$/, "must be a currency such as EUR"),
    mainFuseA: z
      .number()
      .min(6)
      .max(400)
      .optional()
      .openapi({ description: "A that the main fuse carries on each phase; what is planned stays below" }),
    holidays: z
      .string()
      .regex(/^[A-Z]{2}(-[A-Z]{2,3})?$/, "must be a country such as DE, or a region such as DE-BY")
      .optional()
      .openapi({ description: "country or region whose public holidays count" }),
    floors: z
      .record(line(80), z.array(line(80)).max(50).readonly())
      .readonly()
      .optional()
      .openapi({ description: "which rooms lie on which floor, by the floor's name; at most 20 floors" }),
  })
  .openapi("HomeSettings");

export const homeView = z.object({ settings: homeSettings, rooms: z.array(z.string()).readonly() }).openapi("HomeView");

const watts = z.number().openapi({ description: "W, positive = imported by the endpoint" });

export const energyNow = z
  .object({
    grid: watts.optional(),
    solar: watts.optional(),
    battery: watts.optional(),
    batteryPercent: z.number().optional(),
    loads: z
      .array(
        z.object({
          node: z.string(),
          endpoint: z.number().int(),
          name: z.string(),
          watts,
          estimated: z.literal(true).optional(),
        }),
      )
      .readonly(),
    unmetered: watts.optional(),
    price: z.number(),
    co2GPerKwh: z.number(),
  })
  .openapi("EnergyNow", { description: "The house now. What is absent is unknown, not zero." });

const price = z.number().min(-100).max(1000);
const intensity = z.number().min(0).max(5000);
const band = { from: clockTime, to: clockTime, weekdays: weekdays.optional() };

export const tariff = z
  .strictObject({
    name: line(80),
    importBands: z
      .array(z.strictObject({ ...band, perKwh: price }))
      .max(96)
      .readonly(),
    importPerKwh: price,
    exportPerKwh: price,
    standingPerDay: price,
    co2Bands: z
      .array(z.strictObject({ ...band, gPerKwh: intensity }))
      .max(96)
      .readonly(),
    co2GPerKwh: intensity,
  })
  .openapi("Tariff", { description: "Prices per kWh in the home's currency; the first band that holds counts." });

const moment = z.coerce.number().int().min(0).max(8.64e15);
export const pricesQuery = z.object({
  from: moment.openapi({ description: "epoch ms" }),
  to: moment.openapi({ description: "epoch ms; more than two days after `from` is not looked at" }),
});

export const priceList = z
  .object({
    prices: z.array(z.object({ from: epochMs, perKwh: z.number(), guess: z.literal(true).optional() })).readonly(),
  })
  .openapi("PriceList", {
    description:
      "Import prices per kWh in the home's currency; each holds until the next. A guess is not published yet: it is made of what that hour cost on the last days.",
  });

export const auditQuery = z.object({
  before: z.coerce.number().int().min(1).optional().openapi({ description: "only entries with a smaller id" }),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  subject: z.string().max(200).optional(),
});

export const auditList = z
  .object({
    entries: z
      .array(
        z
          .object({
            id: z.number().int(),
            at: epochMs,
            by: z.string(),
            what: z.string(),
            subject: z.string(),
            detail: z.string(),
          })
          .openapi("AuditEntry"),
      )
      .readonly(),
  })
  .openapi("AuditList");

export const job = z
  .object({
    id: z.string(),
    title: z.string(),
    done: z.number().openapi({ description: "0..1" }),
    detail: z.string(),
    state: z.enum(["running", "done", "failed", "cancelled"]),
    cancellable: z.boolean(),
  })
  .openapi("Job");

export const jobList = z.object({ jobs: z.array(job).readonly() }).openapi("JobList");

export const hubEvent = z
  .discriminatedUnion("type", [
    z.object({ type: z.literal("value"), key: z.string(), known }),
    z.object({ type: z.literal("node"), id: z.string() }),
    z.object({ type: z.literal("outcome"), id: z.string(), target: z.string(), outcome }),
    z.object({ type: z.literal("wish"), id: z.string() }),
    z.object({ type: z.literal("plan"), id: z.string() }),
    z.object({ type: z.literal("policy"), id: z.string() }),
    z.object({ type: z.literal("rules") }),
    z.object({ type: z.literal("job"), job }),
    z.object({ type: z.literal("models") }),
    z.object({ type: z.literal("pairing"), job: pairingJob }),
    z.object({ type: z.literal("finding"), key: z.string() }),
    z.object({ type: z.literal("house") }),
    z.object({
      ...{ type: z.literal("scene"), scene: z.string(), run: z.string(), by: z.string() },
      actions: z.number().int(),
    }),
    z.object({ type: z.literal("notices") }),
  ])
  .openapi("HubEvent", { description: "An event's name is its type; the first event is `hello`." });
