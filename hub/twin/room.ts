/**
 * A heated room as one resistance and one capacity (1R1C): the simplest grey-box model of Bacher and Madsen,
 * "Identifying suitable models for the heat dynamics of buildings", Energy and Buildings 43 (2011). Sun comes in
 * by the home's own solar power as proxy; what the model misses in the past is kept as a disturbance, so that a
 * replay without changes follows the past.
 */
import { localTime } from "../energy/clock.ts";
import type { Part, ThermostatPart } from "../energy/parts.ts";
import type { RuleAction } from "../model/plan.ts";
import type { Comfort, Model, Running, Train } from "./device.ts";
import { type Fit, noFit } from "./fit-note.ts";
import { daysOf, type History, hoursOf, seriesOf, timeOf, valueAt } from "./history.ts";
import { clamp, leastSquares, median, quantile } from "./numbers.ts";

/** The series that the room depends on; solar is the sum, W positive. */
interface Inputs {
  readonly inside: Float64Array;
  readonly outside: Float64Array;
  readonly power: Float64Array;
  readonly setpoint: Float64Array;
  readonly solar: Float64Array;
}

interface Params {
  /** Share of the difference to outdoors lost an hour. */
  readonly loss: number;
  /** K an hour per kW electric at 7 degC outside; heat pumps give less when it is colder. */
  readonly gain: number;
  /** K an hour per kW of solar power. */
  readonly sun: number;
  /** K an hour, always. */
  readonly own: number;
  readonly mostW: number;
  readonly idleW: number;
  /** How far above the set temperature the room is kept, K. */
  readonly offset: number;
}

/** Change of a heat pump's yield per K outdoors: about 2.5 % in field data (Keymark maps in hplib). */
const YIELD_PER_K = 0.025;
const yieldAt = (outside: number): number => clamp(1 + YIELD_PER_K * (outside - 7), 0.4, 1.6);

interface Sources {
  readonly thermostat: ThermostatPart;
  readonly pump: Part;
  readonly outdoor: string;
  readonly solar: readonly Part[];
}

function inputsOf(h: History, s: Sources): Inputs {
  const solar = new Float64Array(h.steps);
  for (const part of s.solar) {
    const power = seriesOf(h, part.power);
    for (let i = 0; i < h.steps; i++) solar[i] = (solar[i] ?? 0) + Math.max(0, -(valueAt(power, i) || 0));
  }
  return {
    inside: seriesOf(h, s.thermostat.temperature),
    outside: seriesOf(h, s.outdoor),
    power: seriesOf(h, s.pump.power),
    setpoint: known(h, seriesOf(h, s.thermostat.setpoint)),
    solar,
  };
}

/** A set temperature that has not changed since before the past began was never reported in it: the first one known stands. */
function known(h: History, setpoint: Float64Array): Float64Array {
  const first = setpoint.find(Number.isFinite) ?? Number.NaN;
  return Float64Array.from({ length: h.steps }, (_, i) => {
    const value = valueAt(setpoint, i);
    return Number.isFinite(value) ? value : first;
  });
}

const average = (values: Float64Array, from: number, to: number): number => {
  let sum = 0;
  for (let i = from; i < to; i++) sum += valueAt(values, i);
  return sum / (to - from);
};

/** Two-hour stretches: shorter ones drown in the thermometer's noise. */
function fitParams(h: History, inputs: Inputs, train: Train): Params | undefined {
  const block = Math.max(1, Math.round(2 / hoursOf(h)));
  const rows: number[][] = [];
  const change: number[] = [];
  const offsets: number[] = [];
  for (let i = train.from + 1; i + block <= train.to; i += block) {
    const end = i + block;
    const outside = average(inputs.outside, i, end);
    const kw = average(inputs.power, i, end) / 1000;
    const row = [
      outside - average(inputs.inside, i, end),
      kw * yieldAt(outside),
      average(inputs.solar, i, end) / 1000,
      1,
    ];
    const rise = (valueAt(inputs.inside, end - 1) - valueAt(inputs.inside, i - 1)) / (block * hoursOf(h));
    if (!row.every(Number.isFinite) || !Number.isFinite(rise)) continue;
    rows.push(row);
    change.push(rise);
    const above = valueAt(inputs.inside, end - 1) - valueAt(inputs.setpoint, end - 1);
    if (kw > 0.1 && Number.isFinite(above)) offsets.push(above);
  }
  if (rows.length < 60 || offsets.length < 20) return undefined;
  const [loss = 0, gain = 0, sun = 0, own = 0] = leastSquares(rows, change) ?? [];
  const power = Array.from(inputs.power).filter((w) => w > 20);
  if (!(loss > 0.0005 && gain > 0.02)) return undefined;
  const idleW = Math.max(0, quantile(Array.from(inputs.power), 0.02));
  return { loss, gain, sun: Math.max(0, sun), own, mostW: quantile(power, 0.995), idleW, offset: median(offsets) };
}

/** K an hour without the heat pump. */
const drift = (p: Params, inputs: Inputs, inside: number, i: number): number =>
  p.loss * ((valueAt(inputs.outside, i) || 0) - inside) + (p.sun * (valueAt(inputs.solar, i) || 0)) / 1000 + p.own;

/** K an hour that the past shows beyond the model, smoothed over two hours. */
function disturbances(h: History, inputs: Inputs, p: Params): Float64Array {
  const raw = new Float64Array(h.steps);
  for (let i = 1; i < h.steps; i++) {
    const before = valueAt(inputs.inside, i - 1);
    const rise = (valueAt(inputs.inside, i) - before) / hoursOf(h);
    const heat = (p.gain * yieldAt(valueAt(inputs.outside, i)) * valueAt(inputs.power, i)) / 1000;
    raw[i] = rise - drift(p, inputs, before, i) - heat || 0;
  }
  const half = Math.round(1 / hoursOf(h));
  return raw.map((_, i) => average(raw, Math.max(0, i - half), Math.min(h.steps, i + half + 1)));
}

function run(h: History, s: Sources, made: Made, from: number, comfort: Comfort): Running {
  const { inputs, p, extra } = made;
  const hours = hoursOf(h);
  const floor = comfort.room.get(s.thermostat.node);
  const begin = valueAt(inputs.inside, Math.max(0, from - 1));
  let inside = Number.isFinite(begin) ? begin : 20;
  let set: number | undefined;
  let lost = 0;
  let now = from;
  const wanted = (i: number) => set ?? (valueAt(made.usual, i) || 20);
  return {
    node: s.thermostat.node,
    show(values) {
      values.set(s.thermostat.temperature, inside);
      values.set(s.thermostat.setpoint, wanted(now));
    },
    act(action: RuleAction) {
      const target = action.args.occupiedHeatingSetpoint;
      if (action.capability !== "thermostat" || typeof target !== "number" || target === wanted(now)) return false;
      set = target;
      return true;
    },
    step(i) {
      now = i;
      const free = drift(p, inputs, inside, i) + (valueAt(extra, i) || 0);
      const perKw = p.gain * yieldAt(valueAt(inputs.outside, i) || 7);
      const need = ((wanted(i) + p.offset - inside) / hours - free) / perKw;
      const watts = clamp(need * 1000, p.idleW, p.mostW);
      inside += (free + (perKw * watts) / 1000) * hours;
      const { minutes } = localTime(timeOf(h, i), h.timeZone);
      if (floor && inside < floor(minutes) - 0.1) lost += hours * 60;
      return watts;
    },
    lost: () => lost,
    stored: () => inside / p.gain,
  };
}

interface Made {
  readonly inputs: Inputs;
  readonly p: Params;
  readonly extra: Float64Array;
  /** The set temperature that counts where no rule sets one. */
  readonly usual: Float64Array;
}

/** The set temperature that was usual at each quarter hour of the day, laid onto another stretch of time. */
function habit(h: History, setpoint: Float64Array, onto: History): Float64Array {
  const slots: number[][] = Array.from({ length: 96 }, () => []);
  const slot = (g: History, i: number) => Math.floor(localTime(timeOf(g, i), g.timeZone).minutes / 15);
  for (let i = 0; i < h.steps; i++)
    if (Number.isFinite(valueAt(setpoint, i))) slots[slot(h, i)]?.push(valueAt(setpoint, i));
  const typical = slots.map(median);
  return Float64Array.from({ length: onto.steps }, (_, i) => typical[slot(onto, i)] ?? Number.NaN);
}

function model(h: History, s: Sources, p: Params, usual: Float64Array | undefined, fit: Fit): Model {
  const inputs = inputsOf(h, s);
  const made = { inputs, p, extra: disturbances(h, inputs, p), usual: usual ?? inputs.setpoint };
  return {
    node: s.thermostat.node,
    name: s.thermostat.name,
    kind: "room",
    fit,
    recorded: inputs.power,
    facts: {
      setC: median(Array.from(inputs.setpoint)),
      insideC: median(Array.from(inputs.inside)),
      hoursToLoseAThird: 0.4 / p.loss,
      mostW: p.mostW,
      offset: p.offset,
    },
    start: (i, comfort) => run(h, s, made, i, comfort),
    onto: (next, wasUsual) => model(next, s, p, wasUsual ? habit(h, inputs.setpoint, next) : undefined, fit),
  };
}

/** Error of the temperature after a day of running the model free on held-out days, K (root mean square). */
function freeError(h: History, inputs: Inputs, p: Params, after: number): number {
  let sum = 0;
  let n = 0;
  for (const day of daysOf(h).filter((d) => d.from >= after)) {
    let inside = valueAt(inputs.inside, day.from);
    for (let i = day.from + 1; i < day.to; i++) {
      const heat = (p.gain * yieldAt(valueAt(inputs.outside, i)) * valueAt(inputs.power, i)) / 1000;
      inside += (drift(p, inputs, inside, i) + heat) * hoursOf(h);
      const error = inside - valueAt(inputs.inside, i);
      if (Number.isFinite(error)) {
        sum += error ** 2;
        n++;
      }
    }
  }
  return n > 0 ? Math.sqrt(sum / n) : Number.NaN;
}

/** Fits a heated room with its heat pump's meter and the outdoor temperature. */
export function fitRoom(h: History, s: Sources, train: Train): Model | Fit {
  const inputs = inputsOf(h, s);
  const name = s.thermostat.name;
  const params = fitParams(h, inputs, train);
  if (!params) return noFit(`${name}: the past shows too little heating to learn how the room keeps its warmth`);
  const error = freeError(h, inputs, params, train.to);
  if (!(error < 1.5)) return noFit(`${name}: a day ahead the model misses the temperature by ${error.toFixed(1)} K`);
  return model(h, s, params, undefined, { ok: true, note: `a day ahead within ${error.toFixed(1)} K` });
}
