/** A corner of devices behind a switched plug that draws standby power while nobody uses it. */

import { localTime } from "../energy/clock.ts";
import type { Part } from "../energy/parts.ts";
import type { Comfort, Model, Running, Train } from "./device.ts";
import { type Fit, noFit } from "./fit-note.ts";
import { type History, hoursOf, knownIn, seriesOf, timeOf, valueAt } from "./history.ts";
import { median } from "./numbers.ts";
import { relayOf } from "./relay.ts";

interface Params {
  readonly standbyW: number;
  /** Above this somebody uses it, W. */
  readonly inUseW: number;
}

/** The median of what is drawn when it is plugged in but low: the lower mode, split off at three times itself. */
function fitParams(h: History, part: Part, train: Train): Params | undefined {
  const power = knownIn(seriesOf(h, part.power), train).filter((w) => w > 0.5);
  if (power.length < 200) return undefined;
  const low = Math.min(...power);
  const quiet = power.filter((w) => w < Math.max(3 * low, low + 12));
  const standbyW = median(quiet);
  return { standbyW, inUseW: standbyW * 1.8 + 6 };
}

function run(part: Part, asked: Float64Array, p: Params, hours: number): Running {
  const relay = relayOf(part);
  let watts = p.standbyW;
  let lost = 0;
  return {
    node: part.node,
    show: (values) => relay.show(values, watts),
    act: relay.act,
    step(i) {
      const wish = valueAt(asked, i);
      const wanted = Number.isFinite(wish) ? wish : p.standbyW;
      if (!relay.on && wanted > p.inUseW) lost += hours * 60;
      watts = relay.on ? wanted : 0;
      return watts;
    },
    lost: () => lost,
    stored: () => 0,
  };
}

/** Share of the days on which it was in use at each hour of the day. */
function useByHour(h: History, power: Float64Array, inUseW: number): number[] {
  const used = new Array<number>(24).fill(0);
  const seen = new Array<number>(24).fill(0);
  for (let i = 0; i < h.steps; i++) {
    const w = valueAt(power, i);
    if (!Number.isFinite(w)) continue;
    const hour = Math.floor(localTime(timeOf(h, i), h.timeZone).minutes / 60);
    seen[hour] = (seen[hour] ?? 0) + 1;
    if (w > inUseW) used[hour] = (used[hour] ?? 0) + 1;
  }
  return used.map((n, hour) => n / Math.max(1, seen[hour] ?? 0));
}

function model(h: History, part: Part, p: Params, fit: Fit, usual: boolean): Model {
  const power = seriesOf(h, part.power);
  // Where a plan kept it dark, the standby that would have been drawn is put back.
  const asked = usual ? power.map((w) => (w < 0.5 ? p.standbyW : w)) : power;
  const facts: Record<string, number> = { standbyW: p.standbyW, inUseW: p.inUseW };
  useByHour(h, power, p.inUseW).forEach((share, hour) => {
    facts[`use${hour}`] = share;
  });
  return {
    node: part.node,
    name: part.name,
    kind: "corner",
    fit,
    recorded: power,
    facts,
    test: {
      what: "its standby power",
      unit: "W",
      by: "step",
      limit: { share: 0.3 },
      day: (day) => {
        const measured = power.slice(day.from, day.to).map((w) => (w > p.inUseW || w < 0.5 ? Number.NaN : w));
        return { predicted: measured.map(() => p.standbyW), measured };
      },
    },
    start: (_, __: Comfort) => run(part, asked, p, hoursOf(h)),
    onto: (next, wasUsual) => model(next, part, p, fit, wasUsual),
  };
}

/** Finds the standby power of a switched and metered corner. Yields between its steps. */
export function* fittingCorner(h: History, part: Part, train: Train): Generator<number, Model | Fit> {
  if (!part.power || !part.relay)
    return noFit(`${part.name} has no meter or no switch`, "a plug that measures and switches");
  const params = fitParams(h, part, train);
  if (!params) return noFit(`${part.name}: too little of its power is known`, "a few more days of its readings");
  yield 0.5;
  return model(h, part, params, { ok: true, note: `standby ${params.standbyW.toFixed(0)} W` }, false);
}
