/**
 * A heated room as grey box after Bacher and Madsen, "Identifying suitable models for the heat dynamics of buildings", Energy and
 * Buildings 43 (2011): one resistance and one capacity, and behind them the walls as a second, slow store where that
 * foretells better. Sun comes in by the home's own solar power as proxy, people by the presence sensors; what the
 * model misses in the past is kept as a disturbance, so that a replay without changes follows the past.
 */
import { localTime } from "../energy/clock.ts";
import type { RuleAction } from "../model/plan.ts";
import type { Comfort, Model, Running, Train } from "./device.ts";
import { type Fit, noFit } from "./fit-note.ts";
import { daysOf, type History, hoursOf, timeOf, valueAt } from "./history.ts";
import { clamp, leastSquares, mean, median, quantile } from "./numbers.ts";
import { average, type Inputs, inputsOf, type Sources } from "./room-inputs.ts";
import { roomStore } from "./room-store.ts";
import { yieldAt } from "./room-yield.ts";

interface Params {
  /** Share of the difference to outdoors lost an hour. */
  readonly loss: number;
  /** K an hour per kW electric at 7 degC outside; heat pumps give less when it is colder. */
  readonly gain: number;
  /** K an hour per kW of solar power. */
  readonly sun: number;
  /** K an hour while somebody is at home. */
  readonly people: number;
  /** K an hour, always. */
  readonly own: number;
  /** Share of the difference to the walls that the room takes an hour; 0 where one store tells enough. */
  readonly walls: number;
  /** Hours in which the walls follow the room by two thirds. */
  readonly wallHours: number;
  readonly mostW: number;
  readonly idleW: number;
  /** How far above the set temperature the room is kept, K. */
  readonly offset: number;
}

/** Hours in which walls may follow; none is the plain 1R1C. */
const WALLS = [Number.POSITIVE_INFINITY, 8, 24, 60] as const;
/** A second store must be better by this much to be believed. */
const BETTER = 0.9;

/** The walls' temperature, degC: the room's own, smoothed. Gaps hold. */
function wallsOf(h: History, inside: Float64Array, hours: number): Float64Array {
  const share = Math.min(1, hoursOf(h) / hours);
  let wall = Number.NaN;
  return inside.map((value) => {
    if (Number.isFinite(value)) wall = Number.isFinite(wall) ? wall + (value - wall) * share : value;
    return wall;
  });
}

/** Two-hour stretches: shorter ones drown in the thermometer's noise. */
function fitWalls(h: History, inputs: Inputs, train: Train, wallHours: number): Params | undefined {
  const block = Math.max(1, Math.round(2 / hoursOf(h)));
  const walls = wallsOf(h, inputs.inside, wallHours);
  const rows: number[][] = [];
  const change: number[] = [];
  const offsets: number[] = [];
  for (let i = train.from + 1; i + block <= train.to; i += block) {
    const end = i + block;
    const outside = average(inputs.outside, i, end);
    const inside = average(inputs.inside, i, end);
    const kw = average(inputs.power, i, end) / 1000;
    const row = [
      outside - inside,
      kw * yieldAt(outside),
      average(inputs.solar, i, end) / 1000,
      average(inputs.people, i, end),
      1,
      ...(Number.isFinite(wallHours) ? [average(walls, i, end) - inside] : []),
    ];
    const rise = (valueAt(inputs.inside, end - 1) - valueAt(inputs.inside, i - 1)) / (block * hoursOf(h));
    if (!row.every(Number.isFinite) || !Number.isFinite(rise)) continue;
    rows.push(row);
    change.push(rise);
    const above = valueAt(inputs.inside, end - 1) - valueAt(inputs.setpoint, end - 1);
    if (kw > 0.1 && Number.isFinite(above)) offsets.push(above);
  }
  if (rows.length < 60 || offsets.length < 20) return undefined;
  const [loss = 0, gain = 0, sun = 0, people = 0, own = 0, taken = 0] = leastSquares(rows, change) ?? [];
  const power = Array.from(inputs.power).filter((w) => w > 20);
  if (!(loss > 0.0005 && gain > 0.02 && taken >= 0)) return undefined;
  const idleW = Math.max(0, quantile(Array.from(inputs.power), 0.02));
  const shape = { walls: taken, wallHours, mostW: quantile(power, 0.995), idleW, offset: median(offsets) };
  return { loss, gain, sun: Math.max(0, sun), people: Math.max(0, people), own, ...shape };
}

/** The form that foretells the days of the fit best when it runs free. Yields between the forms. */
function* fitParams(h: History, inputs: Inputs, train: Train): Generator<number, Params | undefined> {
  let best: { p: Params; error: number } | undefined;
  for (const [k, hours] of WALLS.entries()) {
    yield k / WALLS.length;
    const p = fitWalls(h, inputs, train, hours);
    const error = p ? freeError(h, inputs, p, train) : Number.NaN;
    if (p && error < BETTER * (best?.error ?? Number.POSITIVE_INFINITY)) best = { p, error };
  }
  return best?.p;
}

/** K an hour without the heat pump. */
const drift = (p: Params, inputs: Inputs, inside: number, wall: number, i: number): number =>
  p.loss * ((valueAt(inputs.outside, i) || 0) - inside) +
  (p.sun * (valueAt(inputs.solar, i) || 0)) / 1000 +
  p.people * (valueAt(inputs.people, i) || 0) +
  p.own +
  (Number.isFinite(wall) ? p.walls * (wall - inside) : 0);

/** K an hour that the past shows beyond the model, smoothed over two hours. */
function disturbances(h: History, inputs: Inputs, p: Params, walls: Float64Array): Float64Array {
  const raw = new Float64Array(h.steps);
  for (let i = 1; i < h.steps; i++) {
    const before = valueAt(inputs.inside, i - 1);
    const rise = (valueAt(inputs.inside, i) - before) / hoursOf(h);
    const heat = (p.gain * yieldAt(valueAt(inputs.outside, i)) * valueAt(inputs.power, i)) / 1000;
    raw[i] = rise - drift(p, inputs, before, valueAt(walls, i - 1), i) - heat || 0;
  }
  const half = Math.round(1 / hoursOf(h));
  return raw.map((_, i) => average(raw, Math.max(0, i - half), Math.min(h.steps, i + half + 1)));
}

/** Heatings are built to keep 20 degC on a day as cold as this (EN 12831; central Europe is told -8 to -16), degC. */
const DESIGN_C = -10;

/** The power that the heating was built for, W. */
const builtFor = (p: Params): number => (1000 * p.loss * (20 - DESIGN_C)) / (p.gain * yieldAt(DESIGN_C));

function run(h: History, s: Sources, made: Made, from: number, comfort: Comfort, sized = false): Running {
  const { inputs, p, extra, walls } = made;
  const mostW = sized ? Math.max(p.mostW, builtFor(p)) : p.mostW;
  const hours = hoursOf(h);
  const floor = comfort.room.get(s.thermostat.node);
  const begin = valueAt(inputs.inside, Math.max(0, from - 1));
  let inside = Number.isFinite(begin) ? begin : 20;
  let wall = valueAt(walls, Math.max(0, from - 1));
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
      const free = drift(p, inputs, inside, wall, i) + (valueAt(extra, i) || 0);
      const perKw = p.gain * yieldAt(valueAt(inputs.outside, i) || 7);
      const need = ((wanted(i) + p.offset - inside) / hours - free) / perKw;
      const watts = clamp(need * 1000, p.idleW, mostW);
      inside += (free + (perKw * watts) / 1000) * hours;
      wall += (inside - wall) * Math.min(1, hours / p.wallHours);
      if (floor && inside < floor(localTime(timeOf(h, i), h.timeZone).minutes) - 0.1) lost += hours * 60;
      return watts;
    },
    lost: () => lost,
    // The walls' share: what flows between them and the room is lost to neither.
    stored: () => (inside + (Number.isFinite(wall) ? p.walls * p.wallHours * wall || 0 : 0)) / p.gain,
  };
}

interface Made {
  readonly inputs: Inputs;
  readonly p: Params;
  readonly extra: Float64Array;
  readonly walls: Float64Array;
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

const RECENT_DAYS = 14;

/** K an hour that sun, people, walls and all else brought in each local hour of the last two weeks: `free0` to `free23`. */
function freeByHour(h: History, inputs: Inputs, p: Params): Record<string, number> {
  const seen: number[][] = Array.from({ length: 24 }, () => []);
  for (let i = Math.max(1, h.steps - (RECENT_DAYS * 24) / hoursOf(h)); i < h.steps; i++) {
    const before = valueAt(inputs.inside, i - 1);
    const outside = valueAt(inputs.outside, i);
    const heat = (p.gain * yieldAt(outside) * valueAt(inputs.power, i)) / 1000;
    const free = (valueAt(inputs.inside, i) - before) / hoursOf(h) - p.loss * (outside - before) - heat;
    if (Number.isFinite(free)) seen[Math.floor(localTime(timeOf(h, i), h.timeZone).minutes / 60)]?.push(free);
  }
  return Object.fromEntries(seen.map((list, hour) => [`free${hour}`, mean(list) || 0]));
}

function model(h: History, s: Sources, p: Params, usual: Float64Array | undefined, fit: Fit): Model {
  const inputs = inputsOf(h, s);
  const walls = wallsOf(h, inputs.inside, p.wallHours);
  const made = { inputs, p, walls, extra: disturbances(h, inputs, p, walls), usual: usual ?? inputs.setpoint };
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
      idleW: p.idleW,
      offset: p.offset,
      lossPerHour: p.loss,
      kPerKwh: p.gain,
      ...freeByHour(h, inputs, p),
    },
    test: {
      what: "its temperature through a day",
      unit: "°C",
      by: "step",
      limit: { value: 1.2 },
      day: (day) => ({
        predicted: freeDay(h, inputs, p, day, walls),
        measured: inputs.inside.slice(day.from, day.to),
      }),
    },
    store: (over, comfort) =>
      roomStore(h, over, {
        ...{ ...p, inside: inputs.inside, walls, share: p.walls, outside: inputs.outside },
        // drift() of a room at 0 degC is what does not depend on the room.
        free: (i) => drift(p, inputs, 0, Number.NaN, i) + (valueAt(made.extra, i) || 0),
        floor: comfort.room.get(s.thermostat.node),
      }),
    start: (i, comfort, sized) => run(h, s, made, i, comfort, sized),
    onto: (next, wasUsual) => model(next, s, p, wasUsual ? habit(h, inputs.setpoint, next) : undefined, fit),
  };
}

/** What the model foretells for a day from its first step on, degC by step, with the heating as it was. */
function freeDay(h: History, inputs: Inputs, p: Params, day: Train, walls: Float64Array): Float64Array {
  let inside = valueAt(inputs.inside, day.from);
  let wall = valueAt(walls, day.from);
  return Float64Array.from({ length: day.to - day.from }, (_, k) => {
    const i = day.from + k;
    if (k === 0) return inside;
    const heat = (p.gain * yieldAt(valueAt(inputs.outside, i)) * valueAt(inputs.power, i)) / 1000;
    inside += (drift(p, inputs, inside, wall, i) + heat) * hoursOf(h);
    wall += (inside - wall) * Math.min(1, hoursOf(h) / p.wallHours);
    return inside;
  });
}

/** Error of the temperature while the model runs free through each day of a stretch, K (root mean square). */
function freeError(h: History, inputs: Inputs, p: Params, over: Train): number {
  const walls = wallsOf(h, inputs.inside, p.wallHours);
  let sum = 0;
  let n = 0;
  for (const day of daysOf(h).filter((d) => d.from >= over.from && d.to <= over.to))
    freeDay(h, inputs, p, day, walls).forEach((made, k) => {
      const error = made - valueAt(inputs.inside, day.from + k);
      if (!Number.isFinite(error)) return;
      sum += error ** 2;
      n++;
    });
  return n > 0 ? Math.sqrt(sum / n) : Number.NaN;
}

/** Fits a heated room with its heat pump's meter and the outdoor temperature. Yields the share done, 0..1. */
export function* fittingRoom(h: History, s: Sources, train: Train): Generator<number, Model | Fit> {
  const inputs = inputsOf(h, s);
  const name = s.thermostat.name;
  const params = yield* fitParams(h, inputs, train);
  if (!params)
    return noFit(
      `${name}: the past shows too little heating to learn how the room keeps its warmth`,
      "two or three weeks of the heating season",
    );
  const walls = Number.isFinite(params.wallHours) ? "; its walls keep warmth beside the room" : "";
  return model(h, s, params, undefined, {
    ok: true,
    note: `loses a third of its warmth in ${(0.4 / params.loss).toFixed(0)} h${walls}`,
  });
}
