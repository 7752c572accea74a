import type { Solved } from "../../hub/model/linear.ts";
import type {
  Appliance,
  Battery,
  Car,
  Device,
  Problem,
  Room,
  Slot,
  Solar,
  Tank,
} from "../../hub/planner/schedule/problem.ts";
import { reasoning } from "../../hub/planner/schedule/reasons.ts";
import type { Schedule } from "../../hub/planner/schedule/schedule.ts";
import { type Ask, type Solution, solving } from "../../hub/planner/schedule/solve.ts";
import { HighsSolver } from "../../hub/solver/highs.ts";

const highs = await HighsSolver.load();
export const HOUR = 3_600_000;
/** A Saturday in winter, 00:00 in Berlin. */
export const START = Date.parse("2026-01-09T23:00:00Z");

function drive<T>(work: Generator<Ask, T, Solved>): T {
  let step = work.next();
  while (!step.done)
    step = work.next(highs.solve(step.value.model, step.value.effort, { timeLimitMs: 60_000, stop: () => false }));
  return step.value;
}

export const solved = (problem: Problem): Solution => drive(solving(problem));
export const plan = (problem: Problem): Schedule => solved(problem).schedule;
export const reasoned = (problem: Problem): Schedule => drive(reasoning(problem, solved(problem)));

type SlotFigures = Partial<Omit<Slot, "from" | "hours" | "priceKnown">>;

/** A house with nothing in it; `figures` by slot number and hour of the day. */
export function house(
  slots: number,
  figures: (t: number, hour: number) => SlotFigures = () => ({}),
  minutes = 60,
): Problem {
  const hours = minutes / 60;
  return {
    at: START,
    slots: Array.from({ length: slots }, (_, t) => ({
      from: START + t * minutes * 60_000,
      hours,
      importPrice: 0.3,
      exportPrice: 0.08,
      priceKnown: true,
      loadKwh: 0.4 * hours,
      pvKwh: 0,
      ...figures(t, (t * hours) % 24),
    })),
    devices: [],
    house: {},
    weights: { co2PerKg: 0, ownUse: 0, wear: 1, comfort: 1, steadiness: 0.01 },
  };
}

export const withDevices = (problem: Problem, ...devices: Device[]): Problem => ({ ...problem, devices });

const wish = { goal: "goal", priority: 2 } as const;

export const battery = (more: Partial<Battery> = {}): Battery => ({
  kind: "battery",
  id: "battery",
  storedKwh: 2,
  fullKwh: 8,
  emptyKwh: 0.5,
  chargeKw: 3,
  dischargeKw: 3,
  chargeEfficiency: 0.95,
  dischargeEfficiency: 0.95,
  wear: 0.02,
  fromGrid: true,
  toGrid: false,
  ...more,
});

export const car = (problem: Problem, more: Partial<Car> = {}): Car => ({
  kind: "car",
  id: "car",
  storedKwh: 20,
  fullKwh: 60,
  efficiency: 0.9,
  minKw: 0,
  maxKw: 11,
  present: problem.slots.map(() => true),
  needs: [{ by: START + 7 * HOUR, storedKwh: 40, wish }],
  ...more,
});

export const tank = (problem: Problem, more: Partial<Tank> = {}): Tank => ({
  kind: "tank",
  id: "tank",
  temperatureC: 50,
  kwhPerK: 0.25,
  lossKwPerK: 0.002,
  surroundingsC: 20,
  minKw: 0,
  maxKw: 2,
  cop: problem.slots.map(() => 1),
  drawKwh: problem.slots.map((s) => 0.2 * s.hours),
  lowC: problem.slots.map(() => 42),
  highC: 62,
  wish,
  ...more,
});

export const room = (problem: Problem, more: Partial<Room> = {}): Room => ({
  kind: "room",
  id: "room",
  temperatureC: 20.5,
  lossPerHour: 0.02,
  kPerKwh: problem.slots.map(() => 0.8),
  outsideC: problem.slots.map(() => 2),
  freeK: problem.slots.map(() => 0.05),
  minKw: 0,
  maxKw: 2.5,
  lowC: problem.slots.map(() => 20),
  highC: problem.slots.map(() => 22),
  wish,
  ...more,
});

export const washer = (more: Partial<Appliance> = {}): Appliance => ({
  kind: "appliance",
  id: "washer",
  cycle: [
    { minutes: 60, kw: 2 },
    { minutes: 60, kw: 0.5 },
  ],
  earliest: START,
  by: START + 12 * HOUR,
  wish,
  ...more,
});

export const panels = (problem: Problem, more: Partial<Solar> = {}): Solar => ({
  kind: "solar",
  id: "panels",
  yieldKwh: problem.slots.map((s) => s.pvKwh),
  ...more,
});

/** A device's energies in a schedule, kWh by slot. */
export const kwhOf = (schedule: Schedule, id: string): number[] =>
  schedule.devices.find((d) => d.id === id)?.slots.map((s) => s.kwh) ?? [];

export const levelOf = (schedule: Schedule, id: string): number[] =>
  schedule.devices.find((d) => d.id === id)?.slots.map((s) => s.level ?? Number.NaN) ?? [];

export const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** Numbers that look like chance and are the same each time. */
export function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
