/** When a home has left what was foreseen so far that it is planned anew before the hour is over. */
import type { Car, Problem, Tank } from "../schedule/problem.ts";
import type { Schedule } from "../schedule/schedule.ts";

/** Share of what a store holds by which it may differ from what was foreseen. */
const STORE_SHARE = 0.1;
const WARMTH_K = 3;
/** So long before a car is needed, what it lacks has to be made up for while there is time. */
const SOON_MS = 2 * 3_600_000;
/** What a charger gives in so long, it may lack: less is the step in which charge is told, hours. */
const LATE_HOURS = 0.1;

/** The slot that holds a moment, and how much of it is over, 0..1. */
function slotAt(problem: Problem, at: number): { t: number; over: number } | undefined {
  const t = problem.slots.findIndex((s) => at >= s.from && at < s.from + s.hours * 3_600_000);
  const slot = problem.slots[t];
  return slot ? { t, over: (at - slot.from) / (slot.hours * 3_600_000) } : undefined;
}

/** What was foreseen of a store for a moment: kWh or degC. */
function foreseen(problem: Problem, schedule: Schedule, id: string, at: number, start: number): number | undefined {
  const here = slotAt(problem, at);
  const slots = schedule.devices.find((d) => d.id === id)?.slots;
  if (!here || !slots) return undefined;
  const [before, after] = [here.t === 0 ? start : slots[here.t - 1]?.level, slots[here.t]?.level];
  return before === undefined || after === undefined ? undefined : before + (after - before) * here.over;
}

/** Whether a car that is needed soon has less than was foreseen. */
function isBehind(car: Car, expected: number | undefined, at: number): boolean {
  if (expected === undefined || expected - car.storedKwh <= LATE_HOURS * car.maxKw) return false;
  return car.needs.some(({ by, storedKwh }) => by > at && by - at <= SOON_MS && car.storedKwh < storedKwh);
}

const isCold = ({ temperatureC, lowC: [least = 0] }: Tank): boolean => temperatureC < least;

/** Why the schedule made of `then` no longer fits the home as `now` poses it; undefined when it does. */
export function departure(then: Problem, schedule: Schedule, now: Problem): string | undefined {
  for (const device of now.devices) {
    const old = then.devices.find((d) => d.id === device.id);
    if (!old || old.kind !== device.kind) return "a device that was aside can be planned again";
    if (device.kind === "car" && old.kind === "car") {
      const here = slotAt(then, now.at);
      if (here && (old.present[here.t] ?? false) !== (device.present[0] ?? false)) return "the car came or left";
    }
    if ((device.kind === "battery" && old.kind === "battery") || (device.kind === "car" && old.kind === "car")) {
      const expected = foreseen(then, schedule, device.id, now.at, old.storedKwh);
      if (expected !== undefined && Math.abs(device.storedKwh - expected) > STORE_SHARE * device.fullKwh)
        return "its charge is not what was foreseen";
      if (device.kind === "car" && isBehind(device, expected, now.at))
        return "the car is needed soon and has too little";
    }
    if (device.kind === "tank" && old.kind === "tank") {
      const expected = foreseen(then, schedule, device.id, now.at, old.temperatureC);
      if (expected !== undefined && Math.abs(device.temperatureC - expected) > WARMTH_K)
        return "the water is not as warm as was foreseen";
      // A long shower takes a tank below its least within minutes: the heater is not kept waiting for the next slot.
      if (isCold(device) && !isCold(old)) return "the water is colder than it is to be";
    }
  }
  const price = (p: Problem, from: number) => p.slots.find((s) => s.from === from);
  const news = now.slots.find((s) => {
    const before = price(then, s.from);
    return before && s.priceKnown && (!before.priceKnown || Math.abs(before.importPrice - s.importPrice) > 1e-6);
  });
  return news ? "new prices were published" : undefined;
}
