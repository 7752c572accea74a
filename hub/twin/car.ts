/** A car at its charger: trips read from the falls of its charge, and charging at the power that was seen. */
import { atLocalMinutes, localTime } from "../energy/clock.ts";
import type { StoragePart } from "../energy/parts.ts";
import { enoughFor, habitsOf, type Trip } from "./car-habits.ts";
import { chargerOf } from "./charger.ts";
import type { Comfort, Foretold, Model, Running, Train } from "./device.ts";
import { type Fit, noFit, patience } from "./fit-note.ts";
import { type History, hoursOf, seriesOf, stepOf, timeOf, valueAt } from "./history.ts";
import { clamp, median, quantile } from "./numbers.ts";
import type { Store } from "./store.ts";

interface Params {
  /** kWh at the wall for one percent. */
  readonly kwhPerPercent: number;
  /** The same as the past alone says it. */
  readonly learned: number;
  readonly chargeW: number;
  /** Percent at which the car ends charging itself. */
  readonly full: number;
}

/** Percent that must fall to make a trip: less is the car's own standby. */
const TRIP_PERCENT = 3;
const CHARGING_W = 500;
/** Where the moment of leaving is not reported, people are taken to leave at this time of day. */
const LEAVES = 7 * 60 + 30;

/** Falls of the charge, those within an hour of each other taken together. What was charged in the very step of coming home hides part of the fall. */
function tripsOf(h: History, part: StoragePart, p: Params): Trip[] {
  const soc = seriesOf(h, part.stateOfCharge);
  const power = seriesOf(h, part.power);
  const hour = Math.round(1 / hoursOf(h));
  const falls: { from: number; to: number; used: number }[] = [];
  for (let i = 1; i < h.steps; i++) {
    const fall = valueAt(soc, i - 1) - valueAt(soc, i);
    if (!(fall > 0.4)) continue;
    const last = falls.at(-1);
    const hidden = ((valueAt(power, i) || 0) * hoursOf(h)) / 1000 / p.kwhPerPercent;
    if (last && i - last.to <= hour) {
      last.to = i;
      last.used += fall + hidden;
    } else falls.push({ from: i - 1, to: i, used: fall + hidden });
  }
  let charged = 0;
  return falls
    .filter((trip) => trip.used >= TRIP_PERCENT)
    .map((trip) => {
      for (let i = charged; i < trip.from; i++) if (valueAt(power, i) > CHARGING_W) charged = i + 1;
      return trip.to - trip.from > 1 ? trip : { ...trip, from: clamp(leaving(h, trip.to), charged, trip.to - 1) };
    });
}

/** The last usual time of leaving before step i. */
function leaving(h: History, i: number): number {
  const today = stepOf(h, atLocalMinutes(timeOf(h, i), LEAVES, h.timeZone));
  return today < i ? today : stepOf(h, atLocalMinutes(timeOf(h, i) - 86_400_000, LEAVES, h.timeZone));
}

function fitParams(h: History, part: StoragePart, train: Train): Params | undefined {
  const power = seriesOf(h, part.power);
  const soc = seriesOf(h, part.stateOfCharge);
  let kwh = 0;
  let percent = 0;
  const busy: number[] = [];
  for (let i = train.from + 1; i < train.to; i++) {
    const w = valueAt(power, i);
    const rise = valueAt(soc, i) - valueAt(soc, i - 1);
    if (!(w > CHARGING_W) || !(rise >= 0)) continue;
    kwh += (w * hoursOf(h)) / 1000;
    percent += rise;
    busy.push(w);
  }
  if (busy.length < 8 || percent < 20) return undefined;
  const strong = quantile(busy, 0.95) * 0.8;
  const chargeW = median(busy.filter((w) => w > strong));
  const learned = kwh / percent;
  const full = quantile(Array.from(soc), 0.98);
  const said = part.told?.carKwh;
  return { kwhPerPercent: said === undefined ? learned : said / 100, learned, chargeW, full };
}

interface Stay {
  percent: number;
  away: boolean;
  trip: number;
  lost: number;
  since: number;
}

function run(
  h: History,
  part: StoragePart,
  p: Params,
  trips: readonly Trip[],
  from: number,
  comfort: Comfort,
): Running {
  const hours = hoursOf(h);
  const soc = seriesOf(h, part.stateOfCharge);
  const want = comfort.car.get(part.node);
  const charger = chargerOf(part, p.chargeW);
  const s: Stay = { percent: p.full, away: false, trip: 0, lost: 0, since: from };
  while (trips[s.trip] && (trips[s.trip]?.to ?? 0) <= from) s.trip++;
  s.away = (trips[s.trip]?.from ?? Number.POSITIVE_INFINITY) < from;
  const now = valueAt(soc, Math.max(0, from - 1));
  if (Number.isFinite(now)) s.percent = now;
  const perStep = ((p.chargeW / 1000) * hours) / p.kwhPerPercent;
  const shortage = (goal: number, i: number) => {
    const possible = Math.min(goal, p.full, s.percent + Math.max(0, i - s.since) * perStep);
    return Math.max(0, possible - s.percent - 1);
  };
  const miss = (percent: number) => {
    s.lost += ((percent * p.kwhPerPercent) / (p.chargeW / 1000)) * 60;
  };
  const leave = (i: number, used: number) => {
    s.away = true;
    miss(shortage(enoughFor(used, p.full), i));
  };
  const travel = (i: number) => {
    const trip = trips[s.trip];
    if (!trip) return;
    if (!s.away && i > trip.from) leave(i, trip.used);
    if (i < trip.to) return;
    s.away = false;
    s.percent = Math.max(0, s.percent - trip.used);
    s.since = i;
    s.trip++;
  };
  return {
    node: part.node,
    show: (values) => charger.show(values, s.percent, s.away ? "away" : s.percent < p.full ? "here" : "full"),
    act: charger.act,
    step(i) {
      travel(i);
      if (want && !s.away) {
        const { minutes } = localTime(timeOf(h, i), h.timeZone);
        if (minutes >= want.byMinutes && minutes < want.byMinutes + hours * 60) miss(shortage(want.percent, i));
      }
      const gain = s.away || !charger.enabled ? 0 : clamp(p.full - s.percent, 0, perStep * charger.share);
      s.percent += gain;
      charger.watts = (gain * p.kwhPerPercent * 1000) / hours;
      return charger.watts;
    },
    lost: () => s.lost,
    stored: () => s.percent * p.kwhPerPercent,
  };
}

/** A car that is as full as it needs to be when it leaves, and by the time that people named; what it drove, it drives. */
function storeOf(
  h: History,
  part: StoragePart,
  p: Params,
  trips: readonly Trip[],
  over: Train,
  comfort: Comfort,
): Store {
  const [steps, hours] = [over.to - over.from, hoursOf(h)];
  const start = valueAt(seriesOf(h, part.stateOfCharge), Math.max(0, over.from - 1));
  const stepKwh = (p.chargeW / 1000) * hours;
  const want = comfort.car.get(part.node);
  const drift = new Float64Array(steps);
  const mostKwh = new Float64Array(steps).fill(stepKwh);
  const low = new Float64Array(steps);
  const raise = (t: number, percent: number) => {
    if (t >= 0 && t < steps) low[t] = Math.max(low[t] ?? 0, Math.min(percent, p.full) - 1);
  };
  for (const trip of trips) {
    const [from, to] = [trip.from - over.from, trip.to - over.from];
    if (to <= 0 || from >= steps) continue;
    raise(from, enoughFor(trip.used, p.full));
    // Gone from the step after it left; back, and emptier, at the beginning of the step in which it came.
    mostKwh.fill(0, Math.max(0, from + 1), Math.min(steps, to));
    if (to < steps) drift[to] = -trip.used;
  }
  if (want)
    for (let t = 0; t < steps; t++) {
      const { minutes } = localTime(timeOf(h, over.from + t), h.timeZone);
      if (minutes >= want.byMinutes && minutes < want.byMinutes + hours * 60 && (mostKwh[t] ?? 0) > 0)
        raise(t - 1, want.percent);
    }
  return {
    start: Number.isFinite(start) ? start : p.full,
    keep: 1,
    gain: new Float64Array(steps).fill(1 / p.kwhPerPercent),
    drift,
    leastKwh: 0,
    mostKwh,
    low,
    high: new Float64Array(steps).fill(p.full),
    worthKwh: p.kwhPerPercent,
  };
}

/** The charge through a day, percent, from that of its first step, the charger's power and what the trips took. */
function chargeOf(h: History, part: StoragePart, p: Params, day: Train): Foretold {
  const power = seriesOf(h, part.power);
  const measured = seriesOf(h, part.stateOfCharge).slice(day.from, day.to);
  let percent = valueAt(measured, 0);
  const predicted = measured.map((now, k) => {
    if (k === 0) return percent;
    const fall = valueAt(measured, k - 1) - now;
    const watts = valueAt(power, day.from + k) || 0;
    if (fall > 0.4) percent -= fall;
    else if (watts > CHARGING_W) percent += (watts * hoursOf(h)) / 1000 / p.kwhPerPercent;
    return percent;
  });
  return { predicted, measured };
}

function model(h: History, part: StoragePart, p: Params, fit: Fit): Model {
  const trips = tripsOf(h, part, p);
  return {
    node: part.node,
    name: part.name,
    kind: "car",
    fit,
    recorded: seriesOf(h, part.power),
    asked: Float64Array.from({ length: h.steps }, (_, i) => (trips.some((t) => i > t.from && i < t.to) ? 1 : 0)),
    facts: {
      chargeKw: p.chargeW / 1000,
      kwhPerPercent: p.kwhPerPercent,
      learnedKwh: p.learned * 100,
      full: p.full,
      ...habitsOf(h, trips),
    },
    test: {
      what: "the car's charge through a day",
      unit: "%",
      by: "step",
      limit: { value: 10 },
      day: (day) => chargeOf(h, part, p, day),
    },
    store: (over, comfort) => storeOf(h, part, p, trips, over, comfort),
    start: (i, comfort) => run(h, part, p, trips, i, comfort),
    onto: (next) => model(next, part, p, fit),
  };
}

/** Fits a car at its charger from power and charge; refuses where too few charges or trips were seen. */
export function fitCar(h: History, part: StoragePart, train: Train): Model | Fit {
  if (!part.power || !part.stateOfCharge)
    return noFit(`${part.name} reports no power or no charge of the car`, "a charger or a car that tells its charge");
  const params = fitParams(h, part, train);
  if (!params)
    return noFit(
      `${part.name} charged too little in the past to learn from`,
      "three or four charges from the home's charger",
    );
  const made = model(h, part, params, { ok: true, note: "" });
  const trips = made.facts.trips ?? 0;
  if (trips < 4)
    return noFit(
      `${part.name}: only ${trips} trips of the car were seen`,
      patience(trips, 4, (h.steps * hoursOf(h)) / 24),
    );
  const battery = (params.kwhPerPercent * 100).toFixed(0);
  return { ...made, fit: { ok: true, note: `${trips} trips, ${battery} kWh from empty to full` } };
}
