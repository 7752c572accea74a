/** A machine with cycles behind a switched plug: it waits while it has no power and goes on when it has. */

import { localTime, nextLocalMinutes } from "../energy/clock.ts";
import type { Part } from "../energy/parts.ts";
import type { Comfort, Foretold, Model, Running, Train } from "./device.ts";
import { type Fit, noFit, patience } from "./fit-note.ts";
import { type History, hoursOf, seriesOf, timeOf, valueAt } from "./history.ts";
import { median, quantile } from "./numbers.ts";
import { relayOf } from "./relay.ts";

interface Cycle {
  /** Step in which a person started it. */
  readonly asked: number;
  /** W by step. */
  readonly profile: readonly number[];
}

const RUNNING_W = 5;
const LEAST_CYCLES = 4;
const LEAST_KWH = 0.1;
/** Quarter hours of a programme that are told of. */
const MOST_SHAPE = 24;
/** A pause in a programme may be this long, hours. */
const PAUSE_H = 1.5;

/** kWh of a cycle. */
function energyOf(h: History, profile: readonly number[]): number {
  return (profile.reduce((sum, watts) => sum + Math.max(0, watts), 0) * hoursOf(h)) / 1000;
}

/** Stretches of use in a power series, pauses of a programme included. */
function cyclesOf(h: History, part: Part): Cycle[] {
  const power = seriesOf(h, part.power);
  const pause = Math.round(PAUSE_H / hoursOf(h));
  const cycles: Cycle[] = [];
  let start = -1;
  let last = -1;
  const close = () => {
    const profile = Array.from(power.subarray(start, last + 1), (w) => (Number.isFinite(w) ? w : 0));
    if (start >= 0 && energyOf(h, profile) >= LEAST_KWH) cycles.push({ asked: start, profile });
    start = -1;
  };
  for (let i = 0; i < h.steps; i++) {
    if (valueAt(power, i) > RUNNING_W) {
      if (start >= 0 && i - last > pause) close();
      if (start < 0) start = i;
      last = i;
    }
  }
  close();
  return cycles;
}

/** Goes through all of a list evenly, however many are taken (the golden section's sequence). */
const GOLDEN = 0.618034;
const taken = (sorted: readonly number[], n: number): number =>
  sorted[Math.floor((((n + 0.5) * GOLDEN) % 1) * sorted.length)] ?? 0;

/** The step of a stretch in which the clock shows so many minutes; -1 where it does not. */
function stepAt(h: History, from: number, to: number, minutes: number): number {
  const wide = h.stepMs / 60_000;
  for (let i = from; i < to; i++) {
    const late = minutes - localTime(timeOf(h, i), h.timeZone).minutes;
    if (late >= 0 && late < wide) return i;
  }
  return -1;
}

/**
 * A cycle that began as the power came back was asked for earlier: at one of the times of day at which it used to be, of those that lie in
 * the dark stretch. Not always at the middle one: on one side of it the price may be another.
 */
function asUsual(h: History, part: Part, cycles: readonly Cycle[], starts: readonly number[]): Cycle[] {
  const relay = seriesOf(h, part.relay);
  return cycles.map((cycle, n) => {
    let dark = cycle.asked;
    while (dark > 0 && cycle.asked - dark < 2 && valueAt(relay, dark - 1) !== 0) dark--;
    if (valueAt(relay, dark - 1) !== 0) return cycle;
    let began = dark - 1;
    while (began > 0 && valueAt(relay, began - 1) === 0) began--;
    const asked = starts.map((minutes) => stepAt(h, began, cycle.asked, minutes)).filter((i) => i >= 0);
    return { ...cycle, asked: asked.length > 0 ? taken(asked, n) : began };
  });
}

function run(h: History, part: Part, cycles: readonly Cycle[], from: number, comfort: Comfort, idleW: number): Running {
  const by = comfort.appliance.get(part.node);
  const hours = hoursOf(h);
  let next = cycles.findIndex((c) => c.asked >= from);
  if (next < 0) next = cycles.length;
  let at = 0;
  const relay = relayOf(part);
  let watts = idleW;
  let lost = 0;
  const dueOf = (cycle: Cycle) => {
    const end = timeOf(h, cycle.asked) + cycle.profile.length * h.stepMs;
    return by === undefined
      ? end + 14 * 3_600_000
      : Math.max(end, nextLocalMinutes(timeOf(h, cycle.asked), by, h.timeZone));
  };
  return {
    node: part.node,
    show: (values) => relay.show(values, watts),
    act: relay.act,
    step(i) {
      const cycle = cycles[next];
      watts = relay.on ? idleW : 0;
      if (!cycle || i < cycle.asked) return watts;
      if (timeOf(h, i) >= dueOf(cycle)) lost += hours * 60;
      if (!relay.on) return watts;
      watts = cycle.profile[at] ?? 0;
      at++;
      if (at >= cycle.profile.length) {
        at = 0;
        next++;
      }
      return watts;
    },
    lost: () => lost,
    stored: () => 0,
  };
}

/** A usual cycle, W by step from its start: the middle of those that were seen. */
function usualCycle(cycles: readonly Cycle[]): number[] {
  const steps = Math.round(median(cycles.map((c) => c.profile.length))) || 0;
  return Array.from({ length: steps }, (_, k) => median(cycles.map((c) => c.profile[k] ?? 0)));
}

/** Energy through a day where each cycle is a usual one, kWh by step; days without a cycle tell nothing. */
function cyclesOn(h: History, cycles: readonly Cycle[], usual: readonly number[], day: Train): Foretold {
  const mine = cycles.filter((c) => c.asked >= day.from && c.asked < day.to);
  const lay = (of: (c: Cycle) => readonly number[]) => {
    const made = new Float64Array(day.to - day.from).fill(mine.length > 0 ? 0 : Number.NaN);
    for (const c of mine)
      of(c).forEach((w, k) => {
        // What runs past midnight still belongs to the day on which it was asked for.
        const i = Math.min(made.length - 1, c.asked - day.from + k);
        made[i] = (made[i] ?? 0) + (w * hoursOf(h)) / 1000;
      });
    return made;
  };
  return { predicted: lay(() => usual), measured: lay((c) => c.profile) };
}

function model(h: History, part: Part, fit: Fit, habit: readonly number[] | undefined, train?: Train): Model {
  const found = cyclesOf(h, part);
  const usual = usualCycle(found.filter((c) => !train || (c.asked >= train.from && c.asked < train.to)));
  const cycles = habit === undefined ? found : asUsual(h, part, found, habit);
  const power = Array.from(seriesOf(h, part.power));
  const idleW = Math.max(0, quantile(power, 0.1) || 0);
  const starts = found.map((c) => localTime(timeOf(h, c.asked), h.timeZone).minutes).sort((a, b) => a - b);
  const kwh = found.map((c) => energyOf(h, c.profile));
  return {
    node: part.node,
    name: part.name,
    kind: "appliance",
    fit,
    recorded: seriesOf(h, part.power),
    facts: {
      cycles: found.length,
      kwhPerCycle: median(kwh),
      hoursPerCycle: quantile(
        found.map((c) => c.profile.length * hoursOf(h)),
        0.9,
      ),
      usualMinutes: median(starts),
      firstMinutes: quantile(starts, 0.1),
      lastMinutes: quantile(starts, 0.9),
      // The usual cycle's power in each quarter hour from its start, W.
      ...Object.fromEntries(usual.slice(0, MOST_SHAPE).map((watts, k) => [`w${k}`, watts])),
    },
    test: {
      what: "the energy of a day with a cycle",
      unit: "kWh",
      by: "day",
      limit: { share: 0.4 },
      day: (day) => cyclesOn(h, found, usual, day),
    },
    start: (i, comfort) => run(h, part, cycles, i, comfort, idleW),
    onto: (next, wasUsual) => model(next, part, fit, wasUsual ? starts : undefined),
  };
}

/** Finds the cycles of a machine in its power; needs a few of them to say anything. */
export function fitAppliance(h: History, part: Part, train: Train): Model | Fit {
  if (!part.power || !part.relay)
    return noFit(`${part.name} has no meter or no switch`, "a plug that measures and switches");
  const seen = cyclesOf(h, part).filter((c) => c.asked >= train.from && c.asked < train.to).length;
  if (seen < LEAST_CYCLES)
    return noFit(
      `${part.name}: only ${seen} cycles were seen`,
      patience(seen, LEAST_CYCLES, ((train.to - train.from) * hoursOf(h)) / 24),
    );
  const made = model(h, part, { ok: true, note: "" }, undefined, train);
  const each = (made.facts.kwhPerCycle ?? 0).toFixed(2);
  return { ...made, fit: { ok: true, note: `${made.facts.cycles} cycles, ${each} kWh each` } };
}
