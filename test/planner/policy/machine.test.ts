import { describe, expect, test } from "vitest";
import type { Goal } from "../../../hub/model/goal/index.ts";
import type { Rule } from "../../../hub/model/plan.ts";
import { demandsOf } from "../../../hub/planner/goal.ts";
import type { Steered } from "../../../hub/planner/policy/devices.ts";
import { rulesOf } from "../../../hub/planner/policy/enact.ts";
import { pose } from "../../../hub/planner/policy/pose/index.ts";
import { policyFor } from "../../../hub/planner/policy/propose.ts";
import type { Block } from "../../../hub/planner/schedule/schedule.ts";
import { decide } from "../../../hub/rules/arbitrate.ts";
import { dryer, washer } from "./steered.ts";

const HOUR = 3_600_000;
const timeZone = "Europe/Berlin";
const EVENING = Date.parse("2026-11-18T18:00:00+01:00");
const by7: Goal = { kind: "applianceWindow", node: "washer", by: "07:00" };
const dryBy7: Goal = { kind: "applianceWindow", node: "dryer", by: "07:00" };
const names = {
  ...{ rooms: new Map<string, string>(), allRooms: [], nameOf: (n: string) => n },
  things: ["washer", "dryer"].map((node) => ({
    node,
    name: node,
    kind: "appliance" as const,
    room: undefined,
    types: [],
    words: [],
  })),
};
const demands = (goals: readonly Goal[]) => demandsOf(goals, { names, phases: 1, volts: 230 });

type Values = Readonly<Record<string, number | string | boolean>>;
const idle: Values = { "washer/1/onOff.onOff": true, "washer/1/electricalPowerMeasurement.activePower": 1 };
const held: Values = { "washer/1/onOff.onOff": false, "washer/1/electricalPowerMeasurement.activePower": 0 };

function posed(goals: readonly Goal[], of: Steered, now: Values, at = EVENING) {
  const slot = { hours: 1, importPrice: 0.3, exportPrice: 0.08, priceKnown: true, loadKwh: 0.4, pvKwh: 0 };
  const slots = Array.from({ length: 32 }, (_, k) => ({ ...slot, from: at + k * HOUR }));
  const { problem, aside } = pose([of], {
    ...{ demands: demands(goals), limits: { noGridCharging: false } },
    ...{ outlook: { slots, outsideC: undefined }, around: { timeZone, home: undefined, at } },
    now: (path) => now[path],
  });
  const [device] = problem.devices;
  if (!device) return aside[0]?.reason ?? "nothing";
  if (device.kind !== "appliance") throw new Error(`a ${device.kind}`);
  return device;
}

/** Hours after a moment. */
const hoursTo = (at: number, moment: number) => (moment - at) / HOUR;

describe("a machine behind a plug", () => {
  test("is expected at its usual time, and is done by the time that was said", () => {
    const found = posed([by7], washer, idle);
    expect(found).toMatchObject({ cycle: Array.from({ length: 8 }, () => ({ minutes: 15, kw: 0.5 })) });
    expect(found).toMatchObject({ earliest: EVENING + 2 * HOUR, by: EVENING + 13 * HOUR });
  });

  test("that is held back may begin at once: it may have been started", () => {
    const late = EVENING + 5 * HOUR;
    expect(posed([by7], washer, held, late)).toMatchObject({ earliest: late, by: EVENING + 13 * HOUR });
  });

  test("with power, long after its usual time, is expected tomorrow", () => {
    const late = EVENING + 5 * HOUR;
    const found = posed([by7], washer, idle, late);
    if (typeof found === "string") throw new Error(found);
    expect([hoursTo(late, found.earliest), hoursTo(late, found.by)]).toEqual([21, 32]);
  });

  test("does not run in hours in which it must be quiet", () => {
    const quiet: Goal = { kind: "quietHours", from: "22:00", to: "06:00" };
    const found = posed([by7, quiet], washer, idle);
    if (typeof found === "string") throw new Error(found);
    expect(found.blocked?.slice(0, 14)).toEqual([...Array(4).fill(false), ...Array(8).fill(true), false, false]);
  });

  test("that runs is left to itself, and so is one of which nothing is known or that nobody spoke of", () => {
    expect(posed([by7], washer, { ...idle, "washer/1/electricalPowerMeasurement.activePower": 70 })).toBe("it runs");
    expect(posed([by7], washer, {})).toBe("nobody knows whether it runs");
    expect(posed([], washer, idle)).toBe("no goal says by when it is to be done");
  });
});

describe("a machine that says itself when it could run", () => {
  const at = EVENING;
  const s = (hours: number) => (at + hours * HOUR) / 1000;
  const esa = (values: Values): Values =>
    Object.fromEntries(Object.entries(values).map(([k, v]) => [`dryer/1/deviceEnergyManagement.${k}`, v]));
  const forecast = esa({
    ...{ esaState: "online", optOutState: "noOptOut", forecastAvailable: true, forecastProfile: "3600x2000,1800x500" },
    ...{
      forecastStartTime: s(1),
      forecastEndTime: s(2.5),
      forecastEarliestStartTime: s(0.5),
      forecastLatestEndTime: s(20),
    },
  });

  test("is planned by its own forecast, within its own bounds and those of a goal", () => {
    const found = posed([dryBy7], dryer, forecast);
    expect(found).toMatchObject({
      cycle: [
        { minutes: 60, kw: 2 },
        { minutes: 30, kw: 0.5 },
      ],
      earliest: at + 0.5 * HOUR,
    });
    expect(found).toMatchObject({ by: at + 13 * HOUR });
    expect(posed([], dryer, forecast)).toMatchObject({ by: at + 20 * HOUR });
  });

  test("is left alone where a person refused, and once it runs", () => {
    expect(posed([], dryer, { ...forecast, ...esa({ optOutState: "localOptOut" }) })).toContain("no requests");
    expect(posed([], dryer, { ...forecast, ...esa({ forecastStartTime: s(-0.1) }) })).toBe("its run has begun");
  });
});

describe("a planned start reaches the machine", () => {
  const block = (device: string, mode: Block["mode"], from: number, to: number): Block => ({
    ...{ device, first: 0, last: 0, from: EVENING + from * HOUR, to: EVENING + to * HOUR, mode, kwh: 1 },
  });
  const rulesFor = (blocks: readonly Block[], of: Steered) =>
    rulesOf({ id: "p", title: "t" }, { at: EVENING, blocks }, [of], () => "");
  const asked = (rules: readonly Rule[], at: number, watts = 1) =>
    decide(rules, {
      ...{ now: at, timeZone, memory: new Map(), price: () => 0.3, surplusW: () => 0 },
      known: () => ({ status: "known", value: watts, at, source: "test" }),
    }).wants.map((w) => `${w.action.command} ${JSON.stringify(w.action.args)}`);
  const waits = [block("washer", "off", 0, 2.5), block("washer", "on", 2.5, 4.5)];

  test("its plug waits from shortly before people start it until then, and never stops what runs", () => {
    const rules = rulesFor(waits, washer);
    expect(asked(rules, EVENING + 0.5 * HOUR)).toEqual(["on {}"]);
    expect(asked(rules, EVENING + 2 * HOUR)).toEqual(["off {}"]);
    expect(asked(rules, EVENING + 2 * HOUR, 70)).toEqual(["on {}"]);
    expect(asked(rules, EVENING + 2.6 * HOUR)).toEqual(["on {}"]);
  });

  test("where no start is planned, or nobody planned anew, the plug has power", () => {
    expect(asked(rulesFor([block("washer", "off", 0, 30)], washer), EVENING + 2 * HOUR)).toEqual(["on {}"]);
    expect(
      asked(rulesFor([block("washer", "off", 0, 8), block("washer", "on", 8, 10)], washer), EVENING + 3 * HOUR),
    ).toEqual(["on {}"]);
  });

  test("or it is told when to begin", () => {
    const rules = rulesFor([block("dryer", "off", 0, 2.5), block("dryer", "on", 2.5, 4.5)], dryer);
    const start = (EVENING + 2.5 * HOUR) / 1000;
    expect(asked(rules, EVENING + 1)).toEqual([`startTimeAdjustRequest {"requestedStartTime":${start}}`]);
    expect(asked(rulesFor([], dryer), EVENING + 1)).toEqual([]);
  });
});

describe("a policy names a machine", () => {
  const draft = (goals: readonly Goal[]) => ({
    ...{ id: "p", title: "t", goals, demands: demands(goals), by: "anna", at: 0 },
    assumptions: { tariff: "", loadError: 0 },
  });
  const made = (goals: readonly Goal[]) => policyFor(draft(goals), { steered: [washer, dryer], leftOut: [] }, (t) => t);
  const least: Goal = { kind: "minimise", what: "cost" };

  test("behind a plug only where somebody spoke of it, one that says itself when it could run in any case", () => {
    expect(made([least])).toMatchObject({
      devices: [{ node: "dryer" }],
      leftOut: [{ name: "washer", reason: expect.stringContaining("say by when") }],
    });
    expect(made([least, by7])).toMatchObject({ devices: [{ node: "washer" }, { node: "dryer" }], leftOut: [] });
  });

  test("but not one that may never be switched off, where only that could move it", () => {
    const never: Goal = { kind: "never", node: "washer", act: "off" };
    expect(made([least, by7, never])).toMatchObject({
      devices: [{ node: "dryer" }],
      leftOut: [{ reason: expect.stringContaining("never to switch it off") }],
    });
  });
});
