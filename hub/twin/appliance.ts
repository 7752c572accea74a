/** A machine with cycles behind a switched plug: it waits while it has no power and goes on when it has. */

import { localTime, nextLocalMinutes } from "../energy/clock.ts";
import { energyOfPower } from "../energy/integrate.ts";
import type { Part } from "../energy/parts.ts";
import type { Comfort, Model, Running, Train } from "./device.ts";
import { type Fit, noFit } from "./fit-note.ts";
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
const LEAST_KWH = 0.1;
/** A pause in a programme may be this long, hours. */
const PAUSE_H = 1.5;

/** kWh of a cycle. */
function energyOf(h: History, profile: readonly number[]): number {
  const samples = profile.map((watts, k) => ({ at: k * h.stepMs, watts }));
  return energyOfPower(samples, 0, profile.length * h.stepMs, h.stepMs).importedKwh;
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

/** A cycle that began as the power came back was asked for earlier: at the usual time, if that lies in the dark stretch. */
function asUsual(h: History, part: Part, cycles: readonly Cycle[], usualMinutes: number): Cycle[] {
  const relay = seriesOf(h, part.relay);
  return cycles.map((cycle) => {
    let dark = cycle.asked;
    while (dark > 0 && cycle.asked - dark < 2 && valueAt(relay, dark - 1) !== 0) dark--;
    if (valueAt(relay, dark - 1) !== 0) return cycle;
    let began = dark - 1;
    while (began > 0 && valueAt(relay, began - 1) === 0) began--;
    for (let i = began; i < cycle.asked; i++)
      if (localTime(timeOf(h, i), h.timeZone).minutes >= usualMinutes) return { ...cycle, asked: i };
    return { ...cycle, asked: began };
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

function model(h: History, part: Part, fit: Fit, habit: number | undefined): Model {
  const found = cyclesOf(h, part);
  const cycles = habit === undefined ? found : asUsual(h, part, found, habit);
  const power = Array.from(seriesOf(h, part.power));
  const idleW = Math.max(0, quantile(power, 0.1) || 0);
  const usual = median(found.map((c) => localTime(timeOf(h, c.asked), h.timeZone).minutes));
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
      usualMinutes: usual,
    },
    start: (i, comfort) => run(h, part, cycles, i, comfort, idleW),
    onto: (next, wasUsual) => model(next, part, fit, wasUsual ? usual : undefined),
  };
}

/** Finds the cycles of a machine in its power; needs a few of them to say anything. */
export function fitAppliance(h: History, part: Part, train: Train): Model | Fit {
  if (!part.power || !part.relay) return noFit(`${part.name} has no meter or no switch`);
  const seen = cyclesOf(h, part).filter((c) => c.asked >= train.from && c.asked < train.to).length;
  if (seen < 4) return noFit(`${part.name}: only ${seen} cycles were seen`);
  const made = model(h, part, { ok: true, note: "" }, undefined);
  const each = (made.facts.kwhPerCycle ?? 0).toFixed(2);
  return { ...made, fit: { ok: true, note: `${made.facts.cycles} cycles, ${each} kWh each` } };
}
