/** Home battery: capacity and losses from what went in, came out and stayed; modes as every maker means them. */
import type { StoragePart } from "../energy/parts.ts";
import type { RuleAction } from "../model/plan.ts";
import type { Comfort, Foretold, Model, Running, Train } from "./device.ts";
import { type Fit, noFit } from "./fit-note.ts";
import { type History, hoursOf, seriesOf, valueAt } from "./history.ts";
import { clamp, leastSquares, quantile } from "./numbers.ts";
import type { Store } from "./store.ts";

interface Params {
  readonly kwh: number;
  /** One way, 0..1. */
  readonly efficiency: number;
  readonly chargeW: number;
  readonly dischargeW: number;
  /** Percent below which it does not discharge, and at which it is full. */
  readonly low: number;
  readonly high: number;
}

/** Below this the inverter's own use hides what the cells do. */
const BUSY_W = 60;
const LEAST_ROWS = 60;

/** Per step: energy in and out (kWh) against the change of the charge (percent). */
function rowsOf(h: History, part: StoragePart, train: Train): { rows: number[][]; change: number[] } {
  const power = seriesOf(h, part.power);
  const soc = seriesOf(h, part.stateOfCharge);
  const rows: number[][] = [];
  const change: number[] = [];
  for (let i = train.from + 1; i < train.to; i++) {
    const w = valueAt(power, i);
    const d = valueAt(soc, i) - valueAt(soc, i - 1);
    if (!Number.isFinite(w + d) || Math.abs(w) < BUSY_W) continue;
    const kwh = (w * hoursOf(h)) / 1000;
    rows.push([Math.max(0, kwh), Math.min(0, kwh)]);
    change.push(d);
  }
  return { rows, change };
}

/**
 * With one way's efficiency e and capacity C, charging E kWh raises the charge by 100 e E / C percent and
 * discharging E lowers it by 100 E / (e C): two slopes give both.
 */
function fitParams(h: History, part: StoragePart, train: Train): Params | undefined {
  const { rows, change } = rowsOf(h, part, train);
  if (rows.length < LEAST_ROWS) return undefined;
  const [up = 0, down = 0] = leastSquares(rows, change) ?? [];
  if (!(up > 0 && down > 0)) return undefined;
  const power = Array.from(seriesOf(h, part.power).subarray(train.from, train.to));
  const soc = Array.from(seriesOf(h, part.stateOfCharge).subarray(train.from, train.to));
  return {
    kwh: 100 / Math.sqrt(up * down),
    efficiency: clamp(Math.sqrt(up / down), 0.7, 1),
    chargeW: Math.max(BUSY_W, quantile(power, 0.998)),
    dischargeW: Math.max(BUSY_W, -quantile(power, 0.002)),
    low: quantile(soc, 0.01),
    high: quantile(soc, 0.995),
  };
}

type Mode = "followLoad" | "hold" | "chargeFromGrid";
const isMode = (value: unknown): value is Mode =>
  value === "followLoad" || value === "hold" || value === "chargeFromGrid";

/** W that the mode asks for, given the rest of the house; hold takes surplus but never gives. */
function asked(mode: Mode, rest: number, p: Params): number {
  if (mode === "hold") return Math.max(0, -rest);
  if (mode === "chargeFromGrid") return Math.max(p.chargeW, -rest);
  return -rest;
}

function run(h: History, part: StoragePart, p: Params, startPercent: number): Running {
  let percent = Number.isFinite(startPercent) ? startPercent : (p.low + p.high) / 2;
  let mode: Mode = "followLoad";
  const hours = hoursOf(h);
  const perKwh = 100 / p.kwh;
  return {
    node: part.node,
    show(values) {
      if (part.stateOfCharge) values.set(part.stateOfCharge, percent);
      if (part.control) values.set(part.control, mode);
    },
    act(action: RuleAction) {
      const wanted = action.args.mode;
      if (action.capability !== "batteryControl" || !isMode(wanted) || wanted === mode) return false;
      mode = wanted;
      return true;
    },
    step(_, rest) {
      const most = Math.min(p.chargeW, (Math.max(0, p.high - percent) / perKwh / p.efficiency / hours) * 1000);
      const least = Math.min(p.dischargeW, ((Math.max(0, percent - p.low) / perKwh) * p.efficiency * 1000) / hours);
      const watts = clamp(asked(mode, rest, p), -least, most);
      const kwh = (watts * hours) / 1000;
      percent += (kwh > 0 ? kwh * p.efficiency : kwh / p.efficiency) * perKwh;
      return watts;
    },
    lost: () => 0,
    stored: () => ((percent - p.low) / perKwh) * p.efficiency,
  };
}

/** All that its cells and its inverter allow, in kWh stored. */
function storeOf(h: History, p: Params, startPercent: number, over: Train): Store {
  const percent = Number.isFinite(startPercent) ? startPercent : (p.low + p.high) / 2;
  const [steps, hours] = [over.to - over.from, hoursOf(h)];
  const all = (value: number) => new Float64Array(steps).fill(value);
  const kwhAt = (percent: number) => (percent * p.kwh) / 100;
  return {
    start: kwhAt(percent),
    keep: 1,
    gain: all(p.efficiency),
    drift: all(0),
    leastKwh: 0,
    mostKwh: all((p.chargeW * hours) / 1000),
    gives: { mostKwh: (p.dischargeW * hours) / 1000, loss: 1 / p.efficiency },
    low: all(kwhAt(Math.min(p.low, percent))),
    high: all(kwhAt(Math.max(p.high, percent))),
    worthKwh: p.efficiency,
  };
}

/** The charge through a day, percent, from that of its first step and the power alone. */
function chargeOf(h: History, part: StoragePart, p: Params, day: Train): Foretold {
  const power = seriesOf(h, part.power);
  const measured = seriesOf(h, part.stateOfCharge).slice(day.from, day.to);
  let percent = valueAt(measured, 0);
  const predicted = measured.map((_, k) => {
    const kwh = k === 0 ? 0 : ((valueAt(power, day.from + k) || 0) * hoursOf(h)) / 1000;
    percent = clamp(percent + ((kwh > 0 ? kwh * p.efficiency : kwh / p.efficiency) * 100) / p.kwh, 0, 100);
    return percent;
  });
  return { predicted, measured };
}

/** What was learned, in the end overruled by what a person says. */
const overruled = ({ kwh, efficiency, ...p }: Params, { told }: StoragePart): Params => ({
  ...p,
  kwh: told?.batteryKwh ?? kwh,
  efficiency: told?.batteryReturn === undefined ? efficiency : Math.sqrt(told.batteryReturn / 100),
});

/** What went through it in the time that was learned from, in full cycles. */
function cyclesOf(h: History, part: StoragePart, kwh: number, train: Train): number {
  const power = seriesOf(h, part.power);
  let through = 0;
  for (let i = train.from; i < train.to; i++) through += (Math.abs(valueAt(power, i) || 0) * hoursOf(h)) / 1000;
  return through / (2 * kwh);
}

/** Beside what it uses: what was learned, and from how much. */
interface Learned {
  readonly learnedKwh: number;
  readonly learnedReturn: number;
  readonly cycles: number;
}

function model(h: History, part: StoragePart, p: Params, fit: Fit, learned: Learned): Model {
  const soc = seriesOf(h, part.stateOfCharge);
  return {
    node: part.node,
    name: part.name,
    kind: "battery",
    fit,
    recorded: seriesOf(h, part.power),
    facts: {
      capacityKwh: p.kwh,
      roundTrip: p.efficiency ** 2,
      chargeW: p.chargeW,
      dischargeW: p.dischargeW,
      low: p.low,
      high: p.high,
      ...learned,
    },
    test: {
      what: "its charge through a day",
      unit: "%",
      by: "step",
      limit: { value: 10 },
      day: (day) => chargeOf(h, part, p, day),
    },
    store: (over) => storeOf(h, p, valueAt(soc, Math.max(0, over.from - 1)), over),
    start: (i: number, _: Comfort) => run(h, part, p, valueAt(soc, Math.max(0, i - 1))),
    onto: (next) => model(next, part, p, fit, learned),
  };
}

/** Fits a home battery; without enough charging and discharging in the past it says so and is not judged. */
export function fitBattery(h: History, part: StoragePart, train: Train): Model | Fit {
  if (!part.power || !part.stateOfCharge)
    return noFit(`${part.name} reports no power or no charge`, "a connection that tells both");
  const params = fitParams(h, part, train);
  if (!params)
    return noFit(
      `${part.name} was charged and discharged too little to learn its capacity`,
      "a week or two of ordinary use",
    );
  const { kwh, efficiency } = params;
  if (kwh > 200 || efficiency < 0.72)
    return noFit(
      `${part.name}: power and charge do not fit together (${kwh.toFixed(1)} kWh)`,
      "a look at the sign and the place of its meter",
    );
  const used = overruled(params, part);
  const trip = Math.round(used.efficiency ** 2 * 100);
  const learned = { learnedKwh: kwh, learnedReturn: efficiency ** 2, cycles: cyclesOf(h, part, kwh, train) };
  return model(h, part, used, { ok: true, note: `${used.kwh.toFixed(1)} kWh usable, ${trip} % comes back` }, learned);
}
