/**
 * Savings whose truth is known: homes of the simulator, each of another size, steered for two weeks by something that the hub knows
 * nothing of but its rules' targets, beside the same homes and days with nobody steering. Two more days without control
 * settle by themselves what was in store. All homes: MEASURE_HOMES=40 npx vitest run --config vitest.long.config.ts test/planner/measure-truth
 */
import { describe, expect, test } from "vitest";
import { partsOf } from "../../hub/energy/parts.ts";
import { priceAt } from "../../hub/energy/tariff.ts";
import type { Measured } from "../../hub/model/plan.ts";
import { comfortOf } from "../../hub/planner/facts.ts";
import { measuring } from "../../hub/planner/measure.ts";
import { fitting, type Twin } from "../../hub/twin/fit.ts";
import { layOut } from "../../hub/twin/history.ts";
import { gridOf, MONDAY, run, STEP, ZONE } from "./bench.ts";
import { demoHome, demoTariff } from "./demo-home.ts";
import { type Lived, live, type Steering } from "./simulated-home.ts";

const HOMES = Number(process.env.MEASURE_HOMES ?? 2);
const FIRST = Number(process.env.MEASURE_FIRST ?? 500);
const BEFORE = 40;
const SINCE = 14;
const AFTER = 2;
const DAY = 86_400_000;
const begins = MONDAY + BEFORE * DAY;
const parts = partsOf(demoHome());
const atNight = (m: number): boolean => m >= 1320 || m < 360;

const CASES: Readonly<Record<string, { readonly nodes: readonly string[]; readonly steering: Steering }>> = {
  "the car at night": {
    nodes: parts.evses.map((p) => p.node),
    steering: (s, m) => {
      s.charger.on = atNight(m);
    },
  },
  "hot water at night and noon": {
    nodes: parts.tanks.map((p) => p.node),
    steering: (s, m) => {
      s.heaterAllowed = atNight(m) || (m >= 780 && m < 900);
    },
  },
  "the dishwasher at night": {
    nodes: parts.appliances.map((p) => p.node),
    steering: (s, m) => {
      s.dishwasher.plugOn = atNight(m);
    },
  },
  "no standby at night": {
    nodes: parts.corners.map((p) => p.node),
    steering: (s, m) => {
      s.tv.plugOn = m >= 360;
    },
  },
  "cooler at night": {
    nodes: parts.thermostats.map((p) => p.node),
    steering: (s, m) => {
      s.thermostat.setpoint = m >= 1320 || m < 330 ? 18.5 : 21;
    },
  },
  "the battery filled at night": {
    nodes: parts.batteries.map((p) => p.node),
    steering: (s, m) => {
      s.battery.mode = m < 120 ? "hold" : m < 300 ? "charge_from_grid" : "follow_load";
    },
  },
};

/** What the time since the plan began really cost, what is left in store counted at the mean price. */
function costOf(lived: Lived): number {
  let cost = 0;
  let prices = 0;
  for (let i = BEFORE * 96; i < lived.imported.length; i++) {
    const price = priceAt(demoTariff, MONDAY + i * STEP, ZONE);
    prices += price;
    cost += (lived.imported[i] ?? 0) * price - (lived.exported[i] ?? 0) * demoTariff.exportPerKwh;
  }
  return cost - lived.stored * (prices / (lived.imported.length - BEFORE * 96));
}

const measure = (twin: Twin, lived: Lived, nodes: readonly string[]): Measured =>
  run(
    measuring({
      twin,
      since: layOut(lived.buckets, gridOf(begins, SINCE)),
      tariff: demoTariff,
      comfort: comfortOf([], parts),
      otherRules: [],
      rulesBefore: [],
      steered: new Set(nodes),
    }),
  );

interface Found {
  readonly what: string;
  readonly truth: number;
  readonly measured: Measured;
}

const within = (f: Found): boolean => Math.abs(f.measured.savedCost - f.truth) <= f.measured.band;
const share = (list: readonly Found[]): number => list.filter(within).length / list.length;
const middle = (values: number[]): string => (values.sort((a, b) => a - b)[values.length >> 1] ?? 0).toFixed(2);

function table(title: string, found: readonly Found[]): string {
  const lines = Object.keys(CASES).map((what) => {
    const mine = found.filter((f) => f.what === what);
    const of = (pick: (f: Found) => number) => middle(mine.map(pick));
    const error = of((f) => Math.abs(f.measured.savedCost - f.truth));
    return `${what.padEnd(28)} ${mine.filter(within).length}/${mine.length} in band; truth ${of((f) => f.truth)}, measured ${of((f) => f.measured.savedCost)}, off ${error}, band ${of((f) => f.measured.band)}`;
  });
  return [`${title}: ${(share(found) * 100).toFixed(0)} % of ${found.length} within the 90 % band`, ...lines].join(
    "\n",
  );
}

describe("savings of homes whose truth is known", () => {
  const idle: Found[] = [];
  const real: Found[] = [];

  test("are measured on all homes", { timeout: HOMES * 120_000 }, () => {
    for (let home = 0; home < HOMES; home++) {
      const seed = FIRST + home;
      const free = live(seed, MONDAY, BEFORE + SINCE + AFTER);
      const twin = run(fitting(layOut(free.buckets, gridOf(MONDAY, BEFORE)), parts));
      for (const [what, { nodes, steering }] of Object.entries(CASES)) {
        idle.push({ what, truth: 0, measured: measure(twin, free, nodes) });
        const steered = live(seed, MONDAY, BEFORE + SINCE + AFTER, steering, begins, begins + SINCE * DAY);
        real.push({ what, truth: costOf(free) - costOf(steered), measured: measure(twin, steered, nodes) });
      }
    }
    console.log([table("nobody steered", idle), table("really steered", real)].join("\n"));
    expect(real.every((f) => f.measured.refused === undefined)).toBe(true);
  });

  test("without control are nought within the band", () => {
    expect(share(idle)).toBeGreaterThanOrEqual(0.85);
  });

  test("with a real shift are the truth within the band", () => {
    expect(share(real)).toBeGreaterThanOrEqual(0.9);
  });

  test("are never more than the devices' energy and the prices allow, and their days sum up to them", () => {
    for (const { measured: m } of [...idle, ...real]) {
      expect(m.savedCost).toBeLessThanOrEqual((m.most ?? 0) + 1e-9);
      expect(m.daily?.reduce((sum, d) => sum + d.savedCost, 0)).toBeCloseTo(m.savedCost, 9);
      expect(m.daily).toHaveLength(m.days);
    }
  });

  test("are told apart from chance where much was moved", () => {
    for (const f of real.filter((r) => r.what === "the car at night"))
      expect(f.measured.savedCost).toBeGreaterThan(f.measured.band);
  });
});
