/** What policies do to the bill afterwards, on a stored past whose truth is known. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { bookOf } from "../../../hub/energy/bill/simple.ts";
import { localTime } from "../../../hub/energy/clock.ts";
import type { AuditEntry } from "../../../hub/model/audit.ts";
import type { NewNotice } from "../../../hub/model/house.ts";
import { parsePath } from "../../../hub/model/path.ts";
import type { Policy, PolicyVerdict } from "../../../hub/model/policy.ts";
import type { PricedTariff } from "../../../hub/model/tariff.ts";
import { policyHash } from "../../../hub/planner/policy/propose.ts";
import { standInSchedule } from "../../../hub/planner/schedule/solve.ts";
import { createPolicies } from "../../../hub/planning/policies/desk.ts";
import type { Store } from "../../../hub/ports.ts";
import { openStore } from "../../../hub/storage/open.ts";
import { MONDAY } from "../bench.ts";
import { demoHome, demoTariff, idOf } from "../demo-home.ts";
import { noRules } from "../no-rules.ts";
import { synthetic } from "../synthetic.ts";

const DAY = 86_400_000;
const BEFORE = 21;
const SINCE = 15;
const BEGAN = MONDAY + BEFORE * DAY;
const NOW = BEGAN + SINCE * DAY + 9 * 3_600_000;
const log = { info() {}, warn() {}, error() {} };
const folder = mkdtempSync(join(tmpdir(), "inglenook-afterwards-"));
let store: Store;

/** A past in which the car charges at once, and from the policy on at night. */
beforeAll(() => {
  store = openStore(folder, { log, clock: { now: () => NOW } });
  for (const [key, buckets] of synthetic({ seed: 31, from: MONDAY, days: BEFORE + SINCE, carAtNightFrom: BEGAN })) {
    const path = parsePath(key);
    if (!path) continue;
    const isMean = path.attribute === "activePower";
    store.appendReadings(
      buckets.map((b) => ({
        ...{ path, at: b.at, source: "test" },
        value: path.attribute === "onOff" ? b.last > 0 : isMean ? b.mean : b.last,
      })),
    );
    store.flush();
  }
}, 180_000);

afterAll(async () => {
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

const lived = {
  totals: { importedKwh: 1, exportedKwh: 0, cost: 1, co2Kg: 1, comfortMinutesLost: 0, switchings: 0 },
  cycles: 0,
};

/** A policy over the car that runs since BEGAN and promised so much a day. */
function running(promised: number): Policy {
  const verdict: PolicyVerdict = {
    ...{ at: BEGAN, ok: true, reasons: [], cantJudge: false, checks: [], days: 14 },
    ...{ nothing: lived, plain: lived, policy: lived, daily: [] },
    perDay: { mean: promised, band: 0.1, overPlain: promised, overPlainBand: 0.1 },
    solves: { count: 336, fallbacks: 0, meanMs: 50 },
  };
  return {
    ...{ id: "p", title: "Car at night", goals: [{ kind: "minimise", what: "cost" }], leftOut: [], verdict },
    devices: [{ node: idOf("EV charger"), endpoint: 1, kind: "car", name: "EV charger" }],
    ...{ limits: { noGridCharging: false }, assumptions: { tariff: "t", loadError: 0.2 } },
    ...{ hash: "h", state: "running", reason: "", createdAt: BEGAN, by: "Ada" },
    ...{ approvedAt: BEGAN - 3_600_000, approvedBy: "Ada", runningSince: BEGAN - 3_600_000 },
  };
}

function deskWith(policy: Policy, tariff: () => PricedTariff = () => demoTariff) {
  store.put("policy", policy.id, policy);
  const audit: Omit<AuditEntry, "id">[] = [];
  const notices: NewNotice[] = [];
  const desk = createPolicies({
    ...{ home: demoHome, store, now: () => NOW, tariff, presence: () => ({ home: true }) },
    house: () => noRules(demoHome()),
    ...{ planRules: () => [], sha256: (text) => text, newId: () => "n", tell: () => undefined },
    audit: (entry) => audit.push(entry),
    notify: (notice) => void notices.push(notice),
    rulesChanged: () => undefined,
    yieldNow: () => new Promise((resolve) => setImmediate(resolve)),
    schedule: async (problem) => standInSchedule(problem, "Asked without a solver."),
  });
  return { desk, audit, notices, now: () => desk.list().find((p) => p.id === policy.id) };
}

describe("a policy that runs", () => {
  test("is over after the last day that its goals name, leads its devices back, and says so", async () => {
    const car = { kind: "readyBy", node: idOf("EV charger"), what: "stateOfCharge", target: 80, by: "07:00" } as const;
    const today = localTime(NOW, demoHome().settings.timeZone).day;
    const dated = (lastDay: string): Policy => ({ ...running(2), goals: [{ ...car, lastDay }] });
    const { desk, audit, now } = deskWith(dated("2020-01-31"));
    await desk.look();
    expect(now()).toMatchObject({ state: "ended", reason: "its last day, 2020-01-31, is over" });
    expect(audit).toMatchObject([{ what: "policy-over", by: "hub" }]);
    const onItsLastDay = deskWith(dated(today));
    await onItsLastDay.desk.look().catch(() => undefined);
    expect(onItsLastDay.now()?.state).not.toBe("ended");
  });

  test("is measured week by week against the days as they would have been, and suspended when two weeks surely brought less than it promised", async () => {
    const { desk, audit, notices, now } = deskWith(running(9));
    await desk.measureDue();
    const weeks = now()?.weeks ?? [];
    expect(weeks.map((w) => [w.whole, w.days])).toEqual([
      [true, 7],
      [true, 7],
      [false, 1],
    ]);
    // The car really charged in the cheap hours: about 1.8 a day, by the truth that made this past.
    for (const week of weeks.slice(0, 2)) {
      expect(Math.abs((week.measured?.mean ?? 0) - 1.8)).toBeLessThan(0.4);
      expect(week.measured?.band).toBeLessThan(0.5);
    }
    expect(weeks.map((w) => w.outcome).slice(0, 2)).toEqual(["missed", "missed"]);
    expect(now()).toMatchObject({ state: "suspended", reason: expect.stringContaining("9.00 EUR a day promised") });
    expect(notices, "people are told").toMatchObject([
      {
        title: expect.stringContaining("was stopped"),
        text: expect.stringContaining("9.00 EUR a day promised"),
        level: "warn",
      },
    ]);
    expect(audit.filter((e) => e.what === "policy-measured")).toHaveLength(2);
    expect(store.get<Policy>("policy", "p")).toMatchObject({ state: "suspended", weeks });
    expect(await desk.measure("p", "Ada")).toMatchObject({ ok: false });
  });
});

/** One price for each kWh from a day on, before it the three prices of a day. */
function onePriceFrom(validFrom: string, perKwh: number): PricedTariff {
  const simple = { ...demoTariff, importBands: [], importPerKwh: perKwh, exportPerKwh: 0, standingPerDay: 0 };
  const [before, after] = [bookOf(demoTariff, "EUR"), bookOf(simple, "EUR")];
  const contracts = [...before.contracts, ...after.contracts.map((c) => ({ ...c, id: "one", validFrom }))];
  return { ...demoTariff, priced: { book: { ...before, contracts }, series: new Map() } };
}

describe("a policy that was suspended because the tariff has changed", () => {
  const suspended = (): Policy => {
    const policy: Policy = {
      ...running(2),
      ...{ state: "suspended", reason: "the tariff has changed since it was tried" },
    };
    return { ...policy, hash: policyHash(policy, (text) => text) };
  };

  test("does not run again as it is, is tried at the prices of the contract in force now, and what came of that decides", async () => {
    const today = localTime(NOW, demoHome().settings.timeZone).day;
    const { desk, now } = deskWith(suspended(), () => onePriceFrom(today, 0.5));
    expect(await desk.resume("p", "Ada")).toEqual({
      ok: false,
      reason: expect.stringContaining("the tariff has changed"),
    });
    desk.tryOut("p", "Ada");
    await desk.idle();
    const { verdict, reason } = now() ?? {};
    const { cost = 0, importedKwh = 0 } = verdict?.nothing.totals ?? {};
    expect(importedKwh).toBeGreaterThan(50);
    expect(cost / importedKwh).toBeCloseTo(0.5);
    expect(Math.abs(verdict?.perDay.mean ?? 1)).toBeLessThan(0.1);
    expect(verdict?.ok).toBe(false);
    expect(reason).toBe(verdict?.reasons.join("; "));
    expect(await desk.resume("p", "Ada")).toEqual({ ok: false, reason: `it did not stand the trial: ${reason}` });
  });
});
