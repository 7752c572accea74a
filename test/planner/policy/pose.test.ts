import { describe, expect, test } from "vitest";
import type { Goal } from "../../../hub/model/goal/index.ts";
import { demandsOf } from "../../../hub/planner/goal.ts";
import type { Steered } from "../../../hub/planner/policy/devices.ts";
import type { Outlook } from "../../../hub/planner/policy/outlook.ts";
import { pose } from "../../../hub/planner/policy/pose/index.ts";
import type { Around } from "../../../hub/planner/policy/when.ts";
import { battery, car, room, tank } from "./steered.ts";

/** A Wednesday evening in Berlin. */
const AT = Date.parse("2026-11-18T18:00:00+01:00");
const HOUR = 3_600_000;
const names = { things: [], rooms: new Map<string, string>(), allRooms: [], nameOf: (n: string) => n };

const outlook: Outlook = {
  slots: Array.from({ length: 32 }, (_, k) => ({
    from: AT + k * HOUR,
    hours: 1,
    importPrice: 0.3,
    exportPrice: 0.08,
    priceKnown: true,
    loadKwh: 0.4,
    pvKwh: 0,
  })),
  outsideC: Array.from({ length: 32 }, () => 5),
};

const values: Readonly<Record<string, number | string>> = {
  "battery/1/powerSource.batPercentRemaining": 40,
  "car/1/energyEvse.stateOfCharge": 50,
  "car/1/energyEvse.state": "pluggedInNoDemand",
  "tank/1/temperatureMeasurement.measuredValue": 52,
  "room/1/thermostat.localTemperature": 20,
};

function posed(goals: readonly Goal[], devices: readonly Steered[], known = values, who: Partial<Around> = {}) {
  const posing = {
    demands: demandsOf(goals, { names, phases: 1, volts: 230 }),
    limits: { noGridCharging: false },
    outlook,
    around: { timeZone: "Europe/Berlin", home: undefined, at: AT, ...who },
    now: (path: string) => known[path],
  };
  return pose(devices, posing);
}

const device = <K extends "battery" | "car" | "tank" | "room">(goals: readonly Goal[], of: Steered, kind: K) => {
  const found = posed(goals, [of]).problem.devices[0];
  if (found?.kind !== kind) throw new Error(`no ${kind}`);
  return found as Extract<typeof found, { kind: K }>;
};
const least: Goal = { kind: "minimise", what: "cost" };

describe("a home is put to the solver as it is", () => {
  test("a tank behind a relay that is warmer than its own thermostat starts at rests until it is not", () => {
    const warm = device([], tank, "tank");
    expect(warm.rests?.[0]).toBe(true);
    expect(warm.rests?.at(-1)).toBe(false);
    const heats = { ...values, "tank/1/electricalPowerMeasurement.activePower": 2000 };
    expect(posed([], [tank], heats).problem.devices[0]).not.toHaveProperty("rests");
    const cold = { ...values, "tank/1/temperatureMeasurement.measuredValue": 49 };
    expect(posed([], [tank], cold).problem.devices[0]).not.toHaveProperty("rests");
  });

  test("a battery with what is in it, both ways lossy, and the reserve that somebody wants", () => {
    const found = device([{ kind: "batteryReserve", percent: 20 }], battery, "battery");
    expect(found.storedKwh).toBeCloseTo(4);
    expect(found.chargeEfficiency).toBeCloseTo(0.9);
    expect(found.reserve?.kwh).toBeCloseTo(2);
  });

  test("a car is there until it usually leaves, comes home emptier, and has what it needs by seven", () => {
    const goals: Goal[] = [{ kind: "readyBy", node: "car", what: "stateOfCharge", target: 80, by: "07:00" }, least];
    const found = device(goals, car, "car");
    const hourOf = (k: number) => (18 + k) % 24;
    expect(found.present.slice(0, 14)).toEqual(Array.from({ length: 14 }, () => true));
    expect(found.present[14], `at ${hourOf(14)}`).toBe(false);
    expect(found.present[23], `at ${hourOf(23)}`).toBe(true);
    expect(found.usedKwh?.[23]).toBeCloseTo(10);
    expect(found.needs).toEqual([
      { by: Date.parse("2026-11-19T07:00:00+01:00"), storedKwh: 40, wish: { goal: "0", priority: 1 } },
    ]);
  });

  test("a car of which nobody said anything has enough for its drive, and some more, when it usually leaves", () => {
    // Nine drives in ten take up to 10 kWh; a tenth of the battery is 5.
    expect(device([least], car, "car").needs).toEqual([
      { by: Date.parse("2026-11-19T08:00:00+01:00"), storedKwh: 15, wish: { goal: "usual", priority: 3 } },
    ]);
  });

  test("a car that is gone is back when it usually comes home", () => {
    const away = { ...values, "car/1/energyEvse.state": "notPluggedIn" };
    const found = posed([least], [car], away).problem.devices[0];
    if (found?.kind !== "car") throw new Error("no car");
    expect(found.present.indexOf(true)).toBe(23);
  });

  test("water is warm when people draw it, and at the time that was said", () => {
    const goals: Goal[] = [{ kind: "readyBy", node: "tank", what: "waterTemperature", target: 55, by: "06:00" }];
    const { lowC } = device(goals, tank, "tank");
    expect(lowC[11], "the hour before six").toBe(55);
    expect(lowC[13], "at seven, when they shower").toBeGreaterThanOrEqual(40);
    expect(lowC[3], "somebody may always want some").toBe(42);
  });

  test("a room only within a band that somebody asked for, at the hours they said", () => {
    const goals: Goal[] = [{ kind: "comfort", room: "Living room", minC: 21, from: "07:00", to: "22:00" }];
    const { lowC } = device(goals, room, "room");
    expect(lowC[0]).toBeCloseTo(21.3);
    expect(lowC[6]).toBe(16);
    expect(posed([least], [room]).aside).toEqual([
      { node: "room", name: "room", reason: "no goal says how warm it is to be at least" },
    ]);
  });

  test("a room is kept warm for people only while they are not away by the home's calendar, whatever their habit", () => {
    const goals: Goal[] = [{ kind: "comfort", room: "Living room", minC: 21, presence: "home" }];
    const lowC = (who: Partial<Around>) => {
      const [found] = posed(goals, [room], values, { usually: () => 1, ...who }).problem.devices;
      return found?.kind === "room" ? found.lowC.map(Math.floor) : [];
    };
    expect(new Set(lowC({}))).toEqual(new Set([21]));
    const away = { absences: [{ from: AT, to: AT + 20 * 3_600_000 }] };
    expect([0, 5, 19, 20].map((hour) => lowC(away)[hour])).toEqual([16, 16, 16, 21]);
    // Who has not left yet is not left in the cold.
    expect([0, 5, 19, 20].map((hour) => lowC({ ...away, home: true })[hour])).toEqual([21, 16, 16, 21]);
  });

  test("a wish for some days holds on those alone, by the home's own midnight", () => {
    const warm: Goal = { kind: "comfort", room: "Living room", minC: 21 };
    const tomorrow = { firstDay: "2026-11-19", lastDay: "2026-11-19" };
    const { lowC } = device([{ ...warm, ...tomorrow }], room, "room");
    // Six in the evening is the first slot.
    expect([lowC[0], lowC[5], lowC[29], lowC[30]]).toEqual([16, 16, 21.3, 16]);
    expect(lowC[6]).toBeCloseTo(21.3);
    expect(device([{ ...warm, lastDay: "2026-11-18" }], room, "room").lowC[6]).toBe(16);
    expect(device([{ ...warm, firstDay: "2026-11-19" }], room, "room").lowC[31]).toBeCloseTo(21.3);
    const full: Goal = { kind: "readyBy", node: "car", what: "stateOfCharge", target: 80, by: "07:00" };
    expect(device([{ ...full, ...tomorrow }], car, "car").needs).toHaveLength(1);
    const usual = device([least], car, "car").needs;
    expect(usual).toHaveLength(1);
    expect(device([{ ...full, firstDay: "2026-11-20" }], car, "car").needs, "of tomorrow nothing was said").toEqual(
      usual,
    );
  });

  test("a car is gone at the hours of each weekday, and takes what half of its drives take", () => {
    if (car.kind !== "car") throw new Error("no car");
    const facts = { ...car.model.facts, leaves4: 10 * 60, arrives4: 13 * 60, usualTripPercent: 12 };
    const found = device([least], { ...car, model: { ...car.model, facts } }, "car");
    // Ten on Thursday, the day after, is sixteen hours off.
    expect(found.present.map((here, k) => (here ? -1 : k)).filter((k) => k >= 0)).toEqual([16, 17, 18]);
    expect(found.usedKwh?.[19]).toBeCloseTo(6);
    expect(found.needs[0]?.storedKwh, "enough for a long one").toBeCloseTo(15);
  });

  test("a drive over midnight is one of the evening on which it began", () => {
    if (car.kind !== "car") throw new Error("no car");
    const facts = { ...car.model.facts, leavesMinutes: 22 * 60, arrivesMinutes: 6 * 60, away4: 0 };
    const found = device([least], { ...car, model: { ...car.model, facts } }, "car");
    expect([found.present[3], found.present[4], found.present[11], found.present[12]]).toEqual([
      true,
      false,
      false,
      true,
    ]);
    expect(found.present[28], "on Thursdays it stays").toBe(true);
  });

  test("what is not known is left aside with the reason, never taken for nought", () => {
    const { problem, aside } = posed([least], [battery, tank], { "tank/1/temperatureMeasurement.measuredValue": 50 });
    expect(problem.devices.map((d) => d.id)).toEqual(["tank"]);
    expect(aside).toEqual([{ node: "battery", name: "battery", reason: "nobody knows how full it is" }]);
  });

  test("a device that is never to be switched on at night is blocked then", () => {
    const goals: Goal[] = [{ kind: "never", node: "tank", act: "on", from: "22:00", to: "06:00" }, least];
    const { blocked } = device(goals, tank, "tank");
    expect(
      blocked
        ?.map((b, k) => (b ? (18 + k) % 24 : -1))
        .filter((h) => h >= 0)
        .slice(0, 8),
    ).toEqual([22, 23, 0, 1, 2, 3, 4, 5]);
  });

  test("a limit on what is imported, and what counts when there is a choice", () => {
    const goals: Goal[] = [
      { kind: "peakLimit", limit: 8, unit: "kW" },
      { kind: "minimise", what: "co2" },
    ];
    const { house, weights } = posed(goals, [battery]).problem;
    expect(house.limits).toEqual([{ kw: 8, wish: { goal: "0", priority: 1 } }]);
    expect(weights.co2PerKg).toBeGreaterThan(0);
  });
});
