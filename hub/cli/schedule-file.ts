import { readFileSync, statSync } from "node:fs";
import { z } from "zod";
import { faultOf } from "../planner/schedule/check.ts";
import type { Problem } from "../planner/schedule/problem.ts";
import { UsageError } from "./usage-error.ts";

const MOST_BYTES = 5_000_000;

const n = z.number();
const list = z.array(n);
const flags = z.array(z.boolean()).exactOptional();
const wish = z.object({
  goal: z.string(),
  priority: z.union([1, 2, 3, 4, 5].map((p) => z.literal(p as 1 | 2 | 3 | 4 | 5))),
});
const steered = { id: z.string().min(1), blocked: flags };
const stepped = { ...steered, minKw: n, maxKw: n, startCost: n.exactOptional() };

const device = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("battery"),
    ...steered,
    ...{
      storedKwh: n,
      fullKwh: n,
      emptyKwh: n,
      chargeKw: n,
      dischargeKw: n,
      chargeEfficiency: n,
      dischargeEfficiency: n,
    },
    ...{ wear: n, fromGrid: z.boolean(), toGrid: z.boolean(), endValue: n.exactOptional() },
    reserve: z.object({ kwh: n, wish }).exactOptional(),
  }),
  z.object({
    kind: z.literal("car"),
    ...stepped,
    ...{ storedKwh: n, fullKwh: n, efficiency: n, present: z.array(z.boolean()), usedKwh: list.exactOptional() },
    needs: z.array(z.object({ by: n, storedKwh: n, wish })),
    endValue: n.exactOptional(),
  }),
  z.object({
    kind: z.literal("tank"),
    ...stepped,
    ...{
      temperatureC: n,
      kwhPerK: n,
      lossKwPerK: n,
      surroundingsC: n,
      cop: list,
      drawKwh: list,
      lowC: list,
      highC: n,
      wish,
    },
  }),
  z.object({
    kind: z.literal("room"),
    ...stepped,
    ...{ temperatureC: n, lossPerHour: n, kPerKwh: list, outsideC: list, freeK: list, lowC: list, highC: list, wish },
  }),
  z.object({
    kind: z.literal("appliance"),
    ...steered,
    cycle: z.array(z.object({ minutes: n, kw: n })).min(1),
    ...{ earliest: n, by: n, wish },
  }),
  z.object({ kind: z.literal("solar"), ...steered, yieldKwh: list }),
]);

const problem: z.ZodType<Problem> = z.object({
  at: n,
  slots: z.array(
    z.object({
      ...{ from: n, hours: n, importPrice: n, exportPrice: n, priceKnown: z.boolean(), loadKwh: n, pvKwh: n },
      co2GramsPerKwh: n.exactOptional(),
    }),
  ),
  devices: z.array(device),
  house: z.object({
    fuseKw: n.exactOptional(),
    exportKw: n.exactOptional(),
    limits: z.array(z.object({ kw: n, wish })).exactOptional(),
    peak: z.object({ perKw: n, soFarKw: n, counts: flags }).exactOptional(),
    tiers: z.array(z.object({ afterKwh: n, extra: n })).exactOptional(),
  }),
  weights: z.object({ co2PerKg: n, ownUse: n, wear: n, comfort: n, steadiness: n }),
  scenarios: z.array(z.object({ weight: n, loadKwh: list, pvKwh: list })).exactOptional(),
  before: z.object({ froms: list, end: n, kw: z.record(z.string(), list) }).exactOptional(),
});

const refused = (what: string, fix: string): UsageError => new UsageError("no-problem", what, fix);

/** A problem from a JSON file. Throws UsageError naming the field. */
export function readProblem(file: string): Problem {
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile())
    throw refused(`${file} is no file.`, "give the path of a JSON file with a problem of the schedule");
  if (stat.size > MOST_BYTES) throw refused(`${file} is too large.`, `give a file of at most ${MOST_BYTES / 1e6} MB`);
  let read: unknown;
  try {
    read = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw refused(`${file} is not JSON.`, "write the problem as one JSON object");
  }
  const parsed = problem.safeParse(read);
  const issue = parsed.error?.issues[0];
  if (!parsed.success)
    throw refused(
      `${issue?.path.join(".") || "problem"}: ${issue?.message ?? "is wrong"}`,
      "see hub/planner/schedule/problem.ts",
    );
  const fault = faultOf(parsed.data);
  if (fault !== undefined) throw refused(fault, "mend the field that is named");
  return parsed.data;
}
