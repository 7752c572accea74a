import { expect, test } from "vitest";
import type { Outlook } from "../../../hub/planner/policy/outlook.ts";
import { Storing } from "../../../hub/planner/policy/storing/index.ts";
import type { Battery, Car, Problem } from "../../../hub/planner/schedule/problem.ts";
import { standInSchedule } from "../../../hub/planner/schedule/solve.ts";
import { blockInWords } from "../../../hub/planner/schedule/words.ts";
import { inOneGo } from "../../../hub/rules/in-one-go.ts";
import { NetAhead } from "../../../hub/twin/forecast/net-ahead.ts";

const storedBy = (storing: Storing, ...asked: Parameters<Storing["deciding"]>) => inOneGo(storing.deciding(...asked));

/** Six in the evening in Berlin. */
const AT = Date.parse("2026-11-18T18:00:00+01:00");
const HOUR = 3_600_000;
const HOURS = 32;

const battery: Battery = {
  ...{ kind: "battery", id: "battery", storedKwh: 4, fullKwh: 10, emptyKwh: 0.5, chargeKw: 5, dischargeKw: 5 },
  ...{ chargeEfficiency: 0.95, dischargeEfficiency: 0.95, wear: 0.01, fromGrid: true, toGrid: false },
};
const car: Car = {
  ...{ kind: "car", id: "car", storedKwh: 20, fullKwh: 40, efficiency: 1, minKw: 1.4, maxKw: 4, needs: [] },
  present: Array.from({ length: HOURS }, () => true),
};

const problemOf = (
  price: (k: number) => number,
  devices: Problem["devices"],
  house: Problem["house"] = {},
): Problem => ({
  at: AT,
  slots: Array.from({ length: HOURS }, (_, k) => ({
    ...{ from: AT + k * HOUR, hours: 1, importPrice: price(k), exportPrice: 0.08, priceKnown: true },
    ...{ loadKwh: 1, pvKwh: 0 },
  })),
  devices,
  house,
  weights: { co2PerKg: 0, ownUse: 0, wear: 1, comfort: 1, steadiness: 0.01 },
});

const flat = (kwh: number): Outlook => ({
  slots: [],
  outsideC: undefined,
  paths: [{ weight: 1, netKwh: new Float64Array(HOURS).fill(kwh) }],
});
const sight = { net: new NetAhead({ from: AT, kwh: new Float64Array(), timeZone: "Europe/Berlin" }, undefined, HOURS) };

function decided(problem: Problem, outlook = flat(1)) {
  const schedule = storedBy(
    new Storing(),
    problem,
    standInSchedule(problem, "Asked without a solver."),
    outlook,
    sight,
  );
  const [now] = schedule.blocks.filter((b) => b.device === "battery");
  if (!now) throw new Error("no block");
  return { schedule, now };
}

const words = {
  nameOf: (id: string) => id,
  goalOf: (goal: string) => goal,
  timeZone: "Europe/Berlin",
  currency: "EUR",
};
/** Cheap now, dear in the next hours, then cheap again. */
const dearSoon = (k: number) => (k >= 1 && k < 6 ? 0.42 : 0.2);

test("what is stored is kept for the dear hours, and the sentence says what it is worth and what else it would cost", () => {
  const { now } = decided(problemOf((k) => (k >= 2 && k < 8 ? 0.42 : 0.33), [battery]));
  expect(now.mode).toBe("hold");
  expect(now.to).toBe(AT + HOUR);
  const text = blockInWords(now, words);
  expect(text).toMatch(/battery keeps what it has from 18:00 to 19:00.*worth €0\.3\d\d.*needed from 20:00.*€0\.330/);
  expect(text).toMatch(/cost more to follow the house \(€0\.\d\d\)/);
});

test("before dear hours it fills from the grid as far as they need, unless the grid may not fill it", () => {
  expect(decided(problemOf(dearSoon, [{ ...battery, storedKwh: 1 }])).now).toMatchObject({ mode: "chargeFromGrid" });
  const own = decided(problemOf(dearSoon, [{ ...battery, storedKwh: 1, fromGrid: false }])).now;
  expect(own.mode).not.toBe("chargeFromGrid");
  expect(Object.keys(own.reason?.others ?? {})).not.toContain("chargeFromGrid");
});

test("where load may be high or low, it keeps for what may come, which one likely course would not", () => {
  const swinging = Array.from({ length: 10 }, (_, k) => ({
    weight: 1,
    netKwh: Float64Array.from({ length: HOURS }, (_, t) => (t >= 1 && t < 6 && k % 2 === 0 ? 3 : 0.2)),
  }));
  const { now } = decided(problemOf(dearSoon, [{ ...battery, storedKwh: 6 }]), { ...flat(1), paths: swinging });
  expect(now.mode).not.toBe("followLoad");
});

test("a car that charges this hour is served from the battery only where that pays", () => {
  const cheap = problemOf((k) => (k >= 4 && k < 8 ? 0.42 : 0.2), [car, battery]);
  const { now, schedule } = decided(cheap);
  expect(now.mode).not.toBe("followLoad");
  expect(schedule.blocks.filter((b) => b.device === "car")).toEqual(
    standInSchedule(cheap, "Asked without a solver.").blocks.filter((b) => b.device === "car"),
  );
});

test("the books agree with the course: what is imported, and what the next planning knows", () => {
  const problem = problemOf((k) => (k >= 2 && k < 8 ? 0.42 : 0.33), [battery]);
  const { schedule } = decided(problem);
  const slots = schedule.devices[0]?.slots ?? [];
  expect(slots[0]).toMatchObject({ mode: "hold", kwh: 0, level: 4 });
  expect(schedule.importKwh[0]).toBeCloseTo(1);
  expect(schedule.before.kw.battery?.[0]).toBe(0);
  expect(
    schedule.blocks
      .filter((b) => b.device === "battery")
      .every((b, k, all) => k === 0 || b.from >= (all[k - 1]?.to ?? 0)),
  ).toBe(true);
});

test("where a limit on power counts, or the past is too short to know the ways the load may go, the schedule stands", () => {
  const limited = problemOf(dearSoon, [battery], { peak: { perKw: 5, soFarKw: 2 } });
  const planned = standInSchedule(limited, "Asked without a solver.");
  expect(storedBy(new Storing(), limited, planned, flat(1), sight)).toBe(planned);
  const problem = problemOf(dearSoon, [battery]);
  const alone = standInSchedule(problem, "Asked without a solver.");
  expect(storedBy(new Storing(), problem, alone, { slots: [], outsideC: undefined }, sight)).toBe(alone);
});

/** Eight days whose noon sun nobody foresees: it fills the battery for nothing, and what was bought at night was bought in vain. */
function* sunnyHours() {
  const history = Float64Array.from({ length: 40 * 24 }, (_, t) => (t % 24 >= 9 && t % 24 < 16 ? -2.5 : 0.4));
  const start = AT - 18 * HOUR;
  const net = new NetAhead({ from: start, kwh: history, timeZone: "Europe/Berlin" }, undefined, HOURS);
  const paths = [{ weight: 1, netKwh: new Float64Array(HOURS).fill(1.5) }];
  for (let hour = 0; hour < 8 * 24; hour++) {
    const at = start + hour * HOUR;
    const price = (k: number) =>
      (hour + k) % 24 >= 17 && (hour + k) % 24 < 21 ? 0.42 : (hour + k) % 24 < 6 ? 0.2 : 0.3;
    const base = problemOf(price, [battery]);
    const problem: Problem = { ...base, at, slots: base.slots.map((s, k) => ({ ...s, from: at + k * HOUR })) };
    const planned = standInSchedule(problem, "Asked without a solver.");
    yield [problem, planned, { ...flat(1), paths }, { net }] as const;
  }
}
const isLeft = ({ blocks }: ReturnType<typeof storedBy>) => blocks.some((b) => b.reason?.kind === "distrust");

test("while deciding has lately cost more than the battery's own way, it is left to that, and says so", () => {
  const storing = new Storing();
  const left = [...sunnyHours()].filter((hour) => isLeft(storedBy(storing, ...hour)));
  expect(left.length).toBeGreaterThan(24);
});

test("a hub that starts again has not forgotten whether deciding was worth it", () => {
  const [lasting, hours] = [new Storing(), [...sunnyHours()]];
  let restarted = new Storing();
  const alike = hours.map((hour) => {
    const kept = restarted.kept;
    // Once a day, within an hour, as it is written and read.
    if (hour[0].at % (24 * HOUR) === 0) restarted = new Storing(kept && JSON.parse(JSON.stringify(kept)));
    return isLeft(storedBy(lasting, ...hour)) === isLeft(storedBy(restarted, ...hour));
  });
  const forgetful = hours.map((hour) => isLeft(storedBy(new Storing(), ...hour)));
  // An hour that a restart falls into can't be judged as a whole: it may come to the same an hour later.
  expect(alike.filter((a) => !a).length).toBeLessThan(6);
  expect(forgetful.some(Boolean)).toBe(false);
});
