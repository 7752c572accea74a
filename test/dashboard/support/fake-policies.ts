/** One policy of the fake home: tried and good, or refused by its trial, with what it would do tonight. */
import type { PolicyVerdict, PolicyView, PolicyWeek, ScheduleView } from "../../../hub/http/schemas/policies.ts";

const HOUR = 3_600_000;

const lived = (cost: number): PolicyVerdict["nothing"] => ({
  totals: { importedKwh: 100, exportedKwh: 5, cost, co2Kg: 30, comfortMinutesLost: 0, switchings: 20 },
  cycles: 7,
});

const verdict: PolicyVerdict = {
  ...{ at: 0, ok: true, reasons: [], cantJudge: false, days: 14 },
  checks: [
    { name: "saves", ok: true, detail: "2.81 EUR a day, give or take 0.50 EUR" },
    { name: "comfort", ok: true, detail: "no comfort lost" },
  ],
  ...{ nothing: lived(111), plain: lived(108), policy: lived(71), possible: { cost: 69, share: 0.95 } },
  daily: Array.from({ length: 14 }, (_, k) => ({
    day: `2026-11-${String(k + 1).padStart(2, "0")}`,
    savedCost: 2 + (k % 3),
  })),
  perDay: { mean: 2.81, band: 0.5, overPlain: 2.6, overPlainBand: 0.5 },
  solves: { count: 400, fallbacks: 0, meanMs: 60 },
};

function schedule(now: number): ScheduleView {
  const from = Math.floor(now / HOUR) * HOUR;
  const block = (begin: number, end: number, mode: string, words: string) => ({
    ...{ from: from + begin * HOUR, to: from + end * HOUR, mode, kwh: 3, words },
  });
  return {
    ...{ at: now, end: from + 24 * HOUR, madeBy: "solver", aside: [], broken: [], cost: 2, solveMs: 40 },
    slots: Array.from({ length: 24 }, (_, k) => ({
      ...{ from: from + k * HOUR, price: k < 6 ? 0.4 : 0.2, exportPrice: 0.08, priceKnown: k < 12 },
      ...{ loadKwh: 0.4, pvKwh: 0, importKwh: 0.4, exportKwh: 0 },
    })),
    devices: [
      {
        ...{ node: "battery", name: "Home battery", kind: "battery" },
        blocks: [
          block(0, 6, "followLoad", "Home battery follows the house from 18:00 to 00:00 because of the price."),
          block(
            6,
            10,
            "chargeFromGrid",
            "Home battery charges from the grid from 00:00 to 04:00 because of the price.",
          ),
          block(10, 24, "hold", "Home battery keeps what it has from 04:00 to 18:00."),
        ],
      },
    ],
  };
}

/** As the hub would give it; `trial` changes what came of its trial. */
export const fakePolicy = (now: number, trial: Partial<PolicyVerdict> = {}): PolicyView => ({
  ...{ id: "pol1", title: "Car ready, spend least", by: "Anna", createdAt: now, leftOut: [] },
  goals: [{ kind: "minimise", what: "cost" }],
  devices: [{ node: "battery", endpoint: 1, kind: "battery", name: "Home battery" }],
  limits: { noGridCharging: false, commandsPerDay: 80, cyclesPerDay: 2 },
  checks: [
    { name: "exists", ok: true, detail: "every goal and device is of this home" },
    { name: "conflicts", ok: true, detail: "no rule, plan or other policy wants anything else of these devices" },
  ],
  assumptions: { tariff: "t", loadError: 0.2 },
  ...{ hash: "abcdef0123456789", state: "proposed", reason: "it stood the trial on this home's past" },
  verdict: { ...verdict, ...trial },
  schedule: schedule(now),
});

const DAY = 24 * HOUR;

function week(from: number, mean: number, outcome: PolicyWeek["outcome"]): PolicyWeek {
  const end = outcome === "kept" ? "kept" : "missed, for certain";
  return {
    ...{ from, to: from + 7 * DAY, whole: true, days: 7, outcome, note: "as the twin says" },
    ...{ promised: { mean: 2.81, band: 0.7 }, measured: { mean, band: 0.6 } },
    words: `promised 2.81 € a day, measured ${mean.toFixed(2)}, give or take 0.60: ${end}`,
  };
}

/** The same, three weeks after it was approved. */
export const runningPolicy = (now: number): PolicyView => ({
  ...fakePolicy(now),
  ...{ state: "running", approvedAt: now - 22 * DAY, approvedBy: "Anna", runningSince: now - 22 * DAY },
  weeks: [week(now - 21 * DAY, 2.5, "kept"), week(now - 14 * DAY, 2.9, "kept"), week(now - 7 * DAY, 0.4, "missed")],
});
