import { beforeAll, describe, expect, test } from "vitest";
import { tariffAsKnown } from "../../../hub/energy/published.ts";
import { marginalPrice } from "../../../hub/energy/tariff.ts";
import type { Goal } from "../../../hub/model/goal/index.ts";
import type { Rule } from "../../../hub/model/plan.ts";
import type { PricedTariff } from "../../../hub/model/tariff.ts";
import { demandsOf } from "../../../hub/planner/goal.ts";
import { devicesOf, steeredBy } from "../../../hub/planner/policy/devices.ts";
import { foresightOf } from "../../../hub/planner/policy/outlook.ts";
import { policyFor } from "../../../hub/planner/policy/propose.ts";
import type { Problem } from "../../../hub/planner/schedule/problem.ts";
import { standInSchedule } from "../../../hub/planner/schedule/solve.ts";
import { rehearse } from "../../../hub/planning/policies/rehearse.ts";
import { timeOf } from "../../../hub/twin/history.ts";
import { replaying } from "../../../hub/twin/replay.ts";
import { benchOf, MONDAY, run, ZONE } from "../bench.ts";
import { demoTariff, idOf } from "../demo-home.ts";
import { synthetic } from "../synthetic.ts";

const HOUR = 3_600_000;
const DAYS = 10;
const [NINTH, TENTH] = [MONDAY + 8 * 24 * HOUR, MONDAY + 9 * 24 * HOUR];

/** A home on the market's prices: cheap at night; on the tenth day by `odd` per kWh and hour instead. */
function market(odd: (hour: number) => number): PricedTariff {
  const usual = (hour: number) => (hour < 6 ? 0.1 : hour >= 17 && hour < 21 ? 0.4 : 0.25);
  const starts = Float64Array.from({ length: 24 * DAYS + 1 }, (_, k) => MONDAY + k * HOUR);
  const values = starts.map((at, k) =>
    k === 24 * DAYS ? Number.NaN : at >= TENTH ? odd((at - TENTH) / HOUR) : usual(k % 24),
  );
  const price = (direction: "import" | "export") =>
    ({ kind: "dynamic", label: direction, role: "energy", direction, series: "spot", factor: 1, perKwh: 0 }) as const;
  const components = [price("import"), price("export")];
  const contracts = [{ id: "c", name: "market", validFrom: "1970-01-01", components }];
  const book = { currency: "EUR", contracts, offers: [], dayLists: [], co2: { bands: [], gPerKwh: 400 } };
  return { ...demoTariff, priced: { book, series: new Map([["spot", { starts, values }]]) } };
}

const [cheapMorning, cheapEvening] = [
  market((hour) => (hour < 12 ? 0.02 : 0.6)),
  market((hour) => (hour < 12 ? 0.6 : 0.02)),
];

describe("a trial on prices that are published a day ahead", () => {
  const goals: readonly Goal[] = [
    { kind: "readyBy", node: idOf("EV charger"), what: "stateOfCharge", target: 80, by: "07:00" },
    { kind: "minimise", what: "cost" },
  ];
  const buckets = synthetic({ seed: 3, from: MONDAY, days: DAYS });
  const at = (h: number) => NINTH + h * HOUR;
  interface Seen {
    readonly asked: Map<number, Problem>;
    readonly drawn: readonly number[][];
  }
  const lived: Seen[] = [];

  async function live(tariff: PricedTariff): Promise<Seen> {
    const { twin, names, comfort } = benchOf(buckets, DAYS, goals);
    const found = devicesOf(twin.parts, twin);
    const demands = demandsOf(goals, { names, phases: 3, volts: 230 });
    const draft = { id: "p", title: "Spend least", goals, demands, by: "anna", at: 0 };
    const policy = policyFor({ ...draft, assumptions: { tariff: "", loadError: 0 } }, found, (text) => text);
    if ("none" in policy) throw new Error(policy.none);
    const devices = steeredBy(policy, found);
    if (typeof devices === "string") throw new Error(devices);
    const over = { from: 8 * 96, to: 10 * 96 };
    const asked = new Map<number, Problem>();
    const sight = foresightOf(twin, new Set(devices.map((d) => d.part.node)), timeOf(twin.history, over.from));
    const { drawn } = await rehearse(
      {
        ...{ policy, demands, devices, twin, sight, tariff, comfort, others: [], over },
        schedule: async (problem) => {
          asked.set(problem.at, problem);
          return standInSchedule(problem, "Asked without a solver.");
        },
      },
      { now: () => 0, yieldNow: async () => undefined },
      () => undefined,
    );
    return { asked, drawn: drawn.map((watts) => [...watts]) };
  }

  beforeAll(async () => {
    lived.push(await live(cheapMorning), await live(cheapEvening));
  });
  const [QUARTERS_TILL_ONE, ALL] = [13 * 4, 48 * 4];
  const decided = (seen: Seen | undefined, from: number, to: number) =>
    seen?.drawn.map((watts) => watts.slice(from, to));

  test("decides the same until one o'clock of the day before, whatever tomorrow's prices will be", () => {
    const [a, b] = lived;
    expect(decided(a, 0, QUARTERS_TILL_ONE)).toEqual(decided(b, 0, QUARTERS_TILL_ONE));
    expect(a?.asked.get(at(12))?.slots).toEqual(b?.asked.get(at(12))?.slots);
    expect(a?.asked.has(at(12))).toBe(true);
  });

  test("decides by them from then on", () => {
    const [a, b] = lived;
    expect(a?.asked.get(at(13))?.slots).not.toEqual(b?.asked.get(at(13))?.slots);
    expect(decided(a, QUARTERS_TILL_ONE, ALL)).not.toEqual(decided(b, QUARTERS_TILL_ONE, ALL));
  });

  test("takes hours that are not published to cost what they cost on the days before, and says that they are foreseen", () => {
    const slot = (h: number, of: number) => lived[0]?.asked.get(at(h))?.slots.find((s) => s.from === TENTH + of * HOUR);
    expect(slot(12, 3)).toMatchObject({ priceKnown: false });
    expect(slot(12, 3)?.importPrice).toBeCloseTo(0.1);
    expect(slot(12, 18)?.importPrice).toBeCloseTo(0.4);
    expect(slot(13, 3)).toMatchObject({ priceKnown: true, importPrice: 0.02 });
  });

  test("rules that look for the cheapest hours see no further either", () => {
    const { twin, comfort } = benchOf(buckets, DAYS, goals);
    const ask = (command: string) => ({
      ...{ node: idOf("Water heater"), endpoint: 1, capability: "onOff", command, args: {} },
    });
    const rule: Rule = {
      ...{ id: "r", title: "Cheap water", origin: "plan", enabled: true },
      when: { kind: "cheapest", hours: 2, from: "09:00", to: "08:45" },
      then: [ask("on")],
      otherwise: [ask("off")],
    };
    const over = { from: 8 * 96, to: 8 * 96 + QUARTERS_TILL_ONE };
    const replayed = (tariff: PricedTariff, until: number) =>
      run(replaying(twin, { rules: [rule], tariff, comfort, over: { ...over, to: until } })).days.map((d) => d.devices);
    expect(replayed(cheapMorning, over.to)).toEqual(replayed(cheapEvening, over.to));
    expect(replayed(cheapMorning, over.to + 96)).not.toEqual(replayed(cheapEvening, over.to + 96));
  });
});

describe("a tariff as it was known", () => {
  test("has a day of 23 or 25 hours whole, and is the same tariff where a contract fixes the prices", () => {
    const { priced } = cheapMorning;
    const series = new Map([["spot", { starts: Float64Array.of(0), values: Float64Array.of(0.3) }]]);
    const known = tariffAsKnown({ ...demoTariff, priced: priced && { ...priced, series } }, ZONE);
    const guessed = (now: string, of: string) => marginalPrice(known(Date.parse(now)), Date.parse(of), ZONE).guess;
    // The clock is set back on 25 October 2026.
    expect(guessed("2026-10-24T12:59+02:00", "2026-10-24T23:30+02:00")).toBe(false);
    expect(guessed("2026-10-24T12:59+02:00", "2026-10-25T00:00+02:00")).toBe(true);
    expect(guessed("2026-10-24T13:00+02:00", "2026-10-25T23:45+01:00")).toBe(false);
    expect(guessed("2026-10-24T13:00+02:00", "2026-10-26T00:00+01:00")).toBe(true);
    expect(tariffAsKnown(demoTariff, ZONE)(MONDAY)).toBe(demoTariff);
  });
});
