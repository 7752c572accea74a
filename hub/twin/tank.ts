/** Hot water: heat capacity, loss and what people draw, from the tank's temperature and its power. */
import { localTime } from "../energy/clock.ts";
import type { TankPart } from "../energy/parts.ts";
import type { RuleAction } from "../model/plan.ts";
import { KWH_PER_LITRE_K } from "../model/told.ts";
import type { Comfort, Foretold, Model, Running, Train } from "./device.ts";
import { type Fit, noFit } from "./fit-note.ts";
import { type History, hoursOf, seriesOf, timeOf, valueAt } from "./history.ts";
import { median, quantile } from "./numbers.ts";
import type { Store } from "./store.ts";

interface Params {
  readonly heatW: number;
  readonly kwhPerK: number;
  /** The same as the past alone says it. */
  readonly learned: number;
  /** kWh lost an hour per kelvin above the surroundings. */
  readonly lossPerK: number;
  /** The tank's own thermostat, degC. */
  readonly offAt: number;
  readonly onAt: number;
}

const SURROUNDINGS_C = 20;
/** Draws smaller than this in a step are noise of the sensor, kWh; they are carried on to the next step. */
const DRAW_KWH = 0.03;

/** Nights are looked at from 1 to 5: few people draw water then. A fall takes hours to be more than the sensor's own grain. */
const NIGHT = [60, 300] as const;
const LEAST_NIGHT_H = 1.5;

/** Share of its warmth above the surroundings that the tank loses an hour: whole quiet stretches of nights, not single steps. */
function lossShare(h: History, power: Float64Array, temperature: Float64Array, train: Train): number {
  const falls: number[] = [];
  let start = -1;
  const close = (end: number) => {
    const hours = (end - start) * hoursOf(h);
    const [first, last] = [valueAt(temperature, start), valueAt(temperature, end)];
    if (start >= 0 && hours >= LEAST_NIGHT_H)
      falls.push((first - last) / hours / Math.max(5, (first + last) / 2 - SURROUNDINGS_C));
    start = -1;
  };
  for (let i = train.from + 1; i < train.to; i++) {
    const { minutes } = localTime(timeOf(h, i), h.timeZone);
    const quiet = valueAt(power, i) < 20 && minutes >= NIGHT[0] && minutes < NIGHT[1];
    if (quiet && Number.isFinite(valueAt(temperature, i))) start = start < 0 ? i : start;
    else if (start >= 0) close(i - 1);
  }
  const loss = median(falls);
  return falls.length >= 5 && Number.isFinite(loss) ? Math.max(0, loss) : 0.004;
}

function fitHeating(h: History, part: TankPart, train: Train): Omit<Params, "lossPerK" | "learned"> | undefined {
  const power = seriesOf(h, part.power);
  const temperature = seriesOf(h, part.temperature);
  const hours = hoursOf(h);
  const heatW = quantile(
    Array.from(power).filter((w) => w > 200),
    0.9,
  );
  if (!Number.isFinite(heatW)) return undefined;
  const rises: number[] = [];
  const ends: number[] = [];
  const begins: number[] = [];
  for (let i = train.from + 2; i < train.to - 1; i++) {
    const w = valueAt(power, i);
    const [past, now] = [valueAt(temperature, i - 1), valueAt(temperature, i)];
    const change = now - past;
    if (!Number.isFinite(w + change)) continue;
    const before = valueAt(power, i - 1);
    if (w > 0.97 * heatW && before > 0.97 * heatW && change > 0) rises.push(change / ((w * hours) / 1000));
    if (before > 0.2 * heatW && w < 0.02 * heatW) ends.push(past);
    if (before < 0.02 * heatW && w > 0.2 * heatW) begins.push(past);
  }
  if (rises.length < 10 || ends.length < 5) return undefined;
  // Draws only ever slow the rise, so that its upper part shows the tank alone.
  const kwhPerK = 1 / quantile(rises, 0.75);
  const offAt = quantile(ends, 0.6);
  // It begins somewhere within the step: only the lowest temperatures just before are near to where it begins.
  const onAt = Math.min(offAt - 0.5, quantile(begins, 0.15));
  return { heatW, kwhPerK, offAt, onAt };
}

/** kWh drawn by people in each step: what is missing in the balance, noise carried on so that the sum stays true. */
function drawsOf(h: History, part: TankPart, p: Params): Float64Array {
  const power = seriesOf(h, part.power);
  const temperature = seriesOf(h, part.temperature);
  const hours = hoursOf(h);
  const draws = new Float64Array(h.steps);
  let carried = 0;
  for (let i = 1; i < h.steps; i++) {
    const past = valueAt(temperature, i - 1);
    const change = valueAt(temperature, i) - past;
    const w = valueAt(power, i);
    if (!Number.isFinite(change + w)) continue;
    carried += (w * hours) / 1000 - p.kwhPerK * change - p.lossPerK * (past - SURROUNDINGS_C) * hours;
    carried = Math.max(carried, -0.3);
    if (carried < DRAW_KWH) continue;
    draws[i] = carried;
    carried = 0;
  }
  return draws;
}

function run(h: History, part: TankPart, p: Params, draws: Float64Array, from: number, comfort: Comfort): Running {
  const hours = hoursOf(h);
  const begin = valueAt(seriesOf(h, part.temperature), Math.max(0, from - 1));
  const least = comfort.tank.get(part.node) ?? 40;
  let temperature = Number.isFinite(begin) ? begin : p.offAt;
  let on = true;
  let heating = valueAt(seriesOf(h, part.power), from) > 0.3 * p.heatW;
  let watts = 0;
  let lost = 0;
  /** Hours that a boost has still to go. */
  let boostH = 0;
  return {
    node: part.node,
    show(values) {
      if (part.boost) values.set(part.boost, boostH > 0 ? "active" : "inactive");
      if (part.lacks) values.set(part.lacks, Math.max(0, (p.offAt - temperature) * p.kwhPerK));
      if (part.temperature) values.set(part.temperature, temperature);
      if (part.relay) values.set(part.relay, on);
      if (part.power) values.set(part.power, watts);
    },
    act(action: RuleAction) {
      if (action.capability === "waterHeaterManagement") {
        const before = boostH > 0;
        if (action.command === "cancelBoost") boostH = 0;
        else if (!before) boostH = Number(action.args.duration) / 3600;
        return before !== boostH > 0;
      }
      if (action.capability !== "onOff") return false;
      const changed = on !== (action.command === "on");
      on = action.command === "on";
      return changed;
    },
    step(i) {
      const draw = valueAt(draws, i) || 0;
      const loss = p.lossPerK * (temperature - SURROUNDINGS_C) * hours;
      if (draw > DRAW_KWH && temperature < least - 0.5) lost += hours * 60;
      if (temperature < p.onAt || boostH > 0) heating = true;
      boostH = Math.max(0, boostH - hours);
      const missing = (p.offAt - temperature) * p.kwhPerK + loss + draw;
      const kwh = on && heating ? Math.min((p.heatW * hours) / 1000, Math.max(0, missing)) : 0;
      temperature += (kwh - loss - draw) / p.kwhPerK;
      if (temperature >= p.offAt - 0.05) {
        heating = false;
        boostH = 0;
      }
      watts = (kwh * 1000) / hours;
      return watts;
    },
    lost: () => lost,
    stored: () => (temperature - SURROUNDINGS_C) * p.kwhPerK,
  };
}

/** Water that is never drawn cold; what people drew is drawn. */
function storeOf(h: History, part: TankPart, p: Params, draws: Float64Array, over: Train, comfort: Comfort): Store {
  const [steps, hours] = [over.to - over.from, hoursOf(h)];
  const begin = valueAt(seriesOf(h, part.temperature), Math.max(0, over.from - 1));
  const start = Number.isFinite(begin) ? begin : p.offAt;
  const least = comfort.tank.get(part.node) ?? 40;
  const draw = Float64Array.from({ length: steps }, (_, t) => valueAt(draws, over.from + t) || 0);
  return {
    start,
    keep: 1 - (p.lossPerK * hours) / p.kwhPerK,
    gain: new Float64Array(steps).fill(1 / p.kwhPerK),
    drift: draw.map((kwh) => (p.lossPerK * SURROUNDINGS_C * hours - kwh) / p.kwhPerK),
    leastKwh: 0,
    mostKwh: new Float64Array(steps).fill((p.heatW * hours) / 1000),
    // As it is looked at: warm enough before the water is drawn.
    low: draw.map((_, t) => ((draw[t + 1] ?? 0) > DRAW_KWH ? least - 0.5 : 0)),
    high: new Float64Array(steps).fill(Math.max(p.offAt, start)),
    worthKwh: p.kwhPerK,
  };
}

const ASKS_NOTHING: Comfort = { room: new Map(), tank: new Map(), car: new Map(), appliance: new Map() };

/** Energy of the heater through a day, kWh by step, where people draw what they drew. */
function heatingOf(h: History, part: TankPart, p: Params, draws: Float64Array, day: Train): Foretold {
  const running = run(h, part, p, draws, day.from, ASKS_NOTHING);
  const kwh = (watts: number) => (watts * hoursOf(h)) / 1000;
  const predicted = Float64Array.from({ length: day.to - day.from }, (_, k) => kwh(running.step(day.from + k, 0)));
  return { predicted, measured: seriesOf(h, part.power).slice(day.from, day.to).map(kwh) };
}

/** Mean kWh that people draw in each local hour of the day: `draw0` to `draw23`. */
function drawnByHour(h: History, draws: Float64Array): Record<string, number> {
  const sums = Array.from({ length: 24 }, () => 0);
  draws.forEach((kwh, i) => {
    const hour = Math.floor(localTime(timeOf(h, i), h.timeZone).minutes / 60);
    sums[hour] = (sums[hour] ?? 0) + kwh;
  });
  const days = Math.max(1, (h.steps * hoursOf(h)) / 24);
  return Object.fromEntries(sums.map((sum, hour) => [`draw${hour}`, sum / days]));
}

function model(h: History, part: TankPart, p: Params, fit: Fit): Model {
  const draws = drawsOf(h, part, p);
  const drawn = draws.reduce((a, b) => a + b, 0);
  const days = (h.steps * hoursOf(h)) / 24;
  return {
    node: part.node,
    name: part.name,
    kind: "tank",
    fit,
    recorded: seriesOf(h, part.power),
    asked: draws,
    facts: {
      heatW: p.heatW,
      kwhPerK: p.kwhPerK,
      learnedLitres: p.learned / KWH_PER_LITRE_K,
      offAt: p.offAt,
      onAt: p.onAt,
      lossKwhPerDay: p.lossPerK * (p.offAt - SURROUNDINGS_C) * 24,
      drawnKwhPerDay: drawn / Math.max(1, days),
      ...drawnByHour(h, draws),
    },
    test: {
      what: "what it takes in a day",
      unit: "kWh",
      by: "day",
      limit: { share: 0.3 },
      day: (day) => heatingOf(h, part, p, draws, day),
    },
    store: (over, comfort) => storeOf(h, part, p, draws, over, comfort),
    start: (i, comfort) => run(h, part, p, draws, i, comfort),
    onto: (next) => model(next, part, p, fit),
  };
}

/** Fits a hot water tank; needs its power and its temperature. Yields between its steps. */
export function* fittingTank(h: History, part: TankPart, train: Train): Generator<number, Model | Fit> {
  if (!part.power || !part.temperature)
    return noFit(
      `${part.name} reports no power or no temperature`,
      "a thermometer on the tank and a meter on its heater",
    );
  const heating = fitHeating(h, part, train);
  yield 0.3;
  const loss = lossShare(h, seriesOf(h, part.power), seriesOf(h, part.temperature), train);
  yield 0.7;
  const litresSaid = part.told?.tankLitres;
  const kwhPerK = litresSaid === undefined ? heating?.kwhPerK : litresSaid * KWH_PER_LITRE_K;
  const learned = heating?.kwhPerK ?? Number.NaN;
  const params = heating && kwhPerK && { ...heating, kwhPerK, learned, lossPerK: loss * kwhPerK };
  if (!params) return noFit(`${part.name} heated too seldom to learn from`, "a week or two of ordinary use");
  if (params.kwhPerK > 3 || params.kwhPerK < 0.01)
    return noFit(`${part.name}: temperature and power do not fit together`, "a look at where the thermometer sits");
  const litres = Math.round((params.kwhPerK * 3600) / 4.186);
  return model(h, part, params, { ok: true, note: `about ${litres} l, heats to ${params.offAt.toFixed(0)} °C` });
}
