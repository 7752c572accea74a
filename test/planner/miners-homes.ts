/**
 * Homes whose waste is known: each is lived through twice with the same weather and the same people, once as it was and once as it
 * could have been, by equations that the miners do not share. What the second takes less is the truth.
 */
import { localTime } from "../../hub/energy/clock.ts";
import { partsOf } from "../../hub/energy/parts.ts";
import { exportPriceAt, priceAt } from "../../hub/energy/tariff.ts";
import { type Home, nameOf } from "../../hub/model/home.ts";
import type { CapabilityInstance, EndpointDescription } from "../../hub/model/node.ts";
import type { Tariff } from "../../hub/model/tariff.ts";
import { mining } from "../../hub/planner/miners/index.ts";
import { mined } from "../../hub/planner/miners/mined.ts";
import { type Bucket, daysOf, layOut } from "../../hub/twin/history.ts";
import { studying } from "../../hub/twin/loads/study.ts";
import { loadInWords } from "../../hub/twin/loads/words.ts";
import { gridOf, MONDAY, run, STEP, ZONE } from "./bench.ts";
import { demoHome, demoTariff, idOf, pathOf } from "./demo-home.ts";
import { randomFrom } from "./synthetic.ts";

const H = 0.25;
const P = "electricalPowerMeasurement.activePower";

/** What is wrong with the home; each has its counterpart in which it is put right. */
export interface Waste {
  /** W that the television corner draws at rest. */
  readonly standbyW?: number;
  /** The office light stays on. */
  readonly lightLeftOn?: boolean;
  /** How the house is heated while nobody is home: let cool, kept warm, or warm again from noon. */
  readonly away?: "cool" | "warm" | "early";
  readonly windowOpen?: "heated" | "unheated";
  readonly roomC?: number;
  /** From which temperature on the tank heats; it stops 4 K above. */
  readonly tankC?: number;
  readonly fridgeC?: number;
  /** When the dishwasher and the car begin, minutes. */
  readonly machineAt?: number;
  readonly carAt?: number;
  readonly solar?: boolean;
  /** W more from the middle of the time on. */
  readonly riseW?: number;
  readonly baseW?: number;
  /** Put right: the television has no power by day and night while nobody ever uses it. */
  readonly standbyCut?: boolean;
}

export interface LivedHome {
  readonly buckets: ReadonlyMap<string, readonly Bucket[]>;
  /** From the house meter: kWh taken, and what they cost less what was given back earned. */
  readonly kwh: number;
  readonly cost: number;
}

interface Day {
  readonly away: boolean;
  readonly leaves: number;
  readonly returns: number;
  readonly cold: number;
  readonly sky: number;
  readonly tv: readonly [number, number];
  readonly office: readonly [number, number] | undefined;
  readonly forgets: boolean;
  readonly machine: boolean;
  readonly late: number;
  readonly trip: number;
}

function dayOf(random: () => number, weekday: number): Day {
  const r = Array.from({ length: 12 }, random);
  const v = (k: number) => r[k] ?? 0;
  return {
    away: weekday < 6,
    leaves: 475 + Math.floor(v(0) * 30),
    returns: 1020 + Math.floor(v(1) * 60),
    cold: -1 + v(2) * 8,
    sky: 0.5 + v(3) * 0.5,
    tv: [1155 + Math.floor(v(4) * 40), 1290 + Math.floor(v(5) * 60)],
    office: v(6) < 0.8 ? [1080 + Math.floor(v(7) * 60), 1170 + Math.floor(v(8) * 40)] : undefined,
    forgets: v(9) < 0.6,
    machine: v(10) < 0.8,
    late: Math.floor(v(11) * 20),
    trip: 6 + v(3) * 6,
  };
}

interface State {
  inside: number;
  tank: number;
  heating: boolean;
  car: number;
  machine: number;
  charging: boolean;
}

/** One quarter hour; W and degC by device. */
function quarter(s: State, d: Day, w: Waste, minutes: number, late: boolean) {
  const away = d.away && minutes >= d.leaves && minutes < d.returns;
  const outside = d.cold + 3 * Math.sin(((minutes - 540) / 1440) * 2 * Math.PI);
  const set = (w.roomC ?? 21) - (away && lets(w, d, minutes) ? 3 : 0);
  const open = w.windowOpen !== undefined && minutes >= 390 && minutes < 475;
  const asked = open && w.windowOpen === "unheated" ? 8 : set;
  const heat = Math.max(0, Math.min(2400, ((asked - s.inside) * 2.5 + (asked - outside) * 0.048) * 1000));
  const pump = heat < 80 ? 8 : heat;
  // Two hours and a half of warmth a kelvin of loss: an old house of about 40 h.
  s.inside += ((pump / 1000) * 3.1 - (0.15 + (open ? 0.22 : 0)) * (s.inside - outside) + 0.3) * (H / 6);
  const tankC = w.tankC ?? 51;
  // Heated by a clock in the cheap hours, or when somebody left it nothing.
  const allowed = minutes < 330 || s.tank < tankC - 12;
  if (s.tank < tankC && allowed) s.heating = true;
  if (s.tank > tankC + 4) s.heating = false;
  const tank = s.heating ? 2000 : 1;
  const drawn = minutes >= 420 && minutes < 435 ? 1.1 : 0;
  s.tank += ((tank / 1000) * H - drawn - 0.0028 * (s.tank - 18) * H) / 0.21;
  if (minutes === roundUp((w.machineAt ?? 1350) + d.late) && d.machine) s.machine = 6;
  const machine = s.machine > 0 ? ([300, 60, 2000, 100, 60, 1900][s.machine - 1] ?? 0) : 0.5;
  s.machine = Math.max(0, s.machine - 1);
  if (minutes === roundUp(d.returns) && d.away) s.car += d.trip;
  if (minutes === roundUp((w.carAt ?? 1335) + d.late)) s.charging = true;
  const ev = s.charging && s.car > 0 ? 3600 : 2;
  if (ev > 100) s.car = Math.max(0, s.car - 0.9 * 0.9);
  if (s.car <= 0) s.charging = false;
  const watching = minutes >= d.tv[0] && minutes < d.tv[1];
  const rest = w.standbyCut && (minutes >= 1440 - 5 || minutes < 1080) ? 0 : (w.standbyW ?? 0.4);
  const inOffice = d.office !== undefined && minutes >= d.office[0] && minutes < d.office[1];
  const burns = inOffice || (w.lightLeftOn && d.forgets && d.office && minutes >= d.office[0] && minutes < 1425);
  const fridgeC = w.fridgeC ?? 5;
  const solar =
    w.solar && minutes > 540 && minutes < 960 ? -4200 * d.sky * Math.sin(((minutes - 540) / 420) * Math.PI) : 0;
  return {
    ...{ pump, tank, machine, ev, solar, outside, away, open, inOffice, setpoint: asked },
    tv: watching ? 120 : rest,
    light: burns ? 60 : 0.3,
    fridge: 1.9 * (22 - fridgeC) * ((45 - fridgeC) / 40),
    fridgeC,
    base:
      (w.baseW ?? 110) +
      (d.late > 15 ? 45 : 0) +
      (late ? (w.riseW ?? 0) : 0) +
      (!away && minutes > 390 && minutes < 1380 ? 160 : 0),
  };
}

const prices = new Map<string, number>();

/** Prices of a week, looked up once. */
function priced(tariff: Tariff, at: number, minutes: number, gives: boolean): number {
  const key = `${tariff.name} ${minutes} ${gives}`;
  const known = prices.get(key) ?? (gives ? exportPriceAt : priceAt)(tariff, at, ZONE);
  prices.set(key, known);
  return known;
}

const times: ReturnType<typeof localTime>[] = [];
const timeAt = (i: number) => {
  times[i] ??= localTime(MONDAY + i * STEP, ZONE);
  return times[i];
};

const roundUp = (minutes: number): number => Math.ceil(minutes / 15) * 15;

/** Whether it is let cool at this time of an absence: from leaving to an hour before people come, or only in the morning. */
const lets = (w: Waste, d: Day, minutes: number): boolean =>
  (w.away ?? "cool") === "cool" ? minutes < d.returns - 60 : w.away === "early" && minutes < 720;

/** Lists of buckets, one for each attribute that somebody tells. */
function lists() {
  const buckets = new Map<string, Bucket[]>();
  const list = (device: string, attribute = P): Bucket[] => {
    const made: Bucket[] = [];
    buckets.set(pathOf(device, attribute), made);
    return made;
  };
  const devices = ["House meter", "Solar", "Heat pump", "Water heater", "Dishwasher", "TV corner", "Fridge"];
  const power = [...devices, "EV charger", "Office light"].map((device) => list(device));
  const more = [
    ["Water heater", "temperatureMeasurement.measuredValue"],
    ["Fridge", "temperatureMeasurement.measuredValue"],
    ["Living room thermostat", "thermostat.localTemperature"],
    ["Living room thermostat", "thermostat.occupiedHeatingSetpoint"],
    ["Outdoor sensor", "temperatureMeasurement.measuredValue"],
    ["Hallway motion", "occupancySensing.occupancy"],
    ["Office motion", "occupancySensing.occupancy"],
    ["Living room window", "booleanState.stateValue"],
  ].map(([device = "", attribute = ""]) => list(device, attribute));
  return { buckets, all: [...power, ...more] };
}

const fine = (value: number, parts: number): number => Math.round(value * parts) / parts;

/** Lives through so many days. */
export function livedHome(waste: Waste, seed: number, days: number, tariff: Tariff = demoTariff): LivedHome {
  const random = randomFrom(seed * 7919 + 3);
  const noise = randomFrom(seed * 31 + 5);
  const s: State = { inside: 21, tank: 53, heating: false, car: 0, machine: 0, charging: false };
  const { buckets, all } = lists();
  let [name, day] = ["", dayOf(random, 1)];
  let [kwh, cost] = [0, 0];
  for (let i = 0; i < days * 96; i++) {
    const at = MONDAY + i * STEP;
    const time = timeAt(i);
    if (time.day !== name) day = dayOf(random, time.weekday);
    name = time.day;
    const q = quarter(s, day, waste, time.minutes, i > days * 48);
    const grid =
      q.pump + q.tank + q.machine + q.ev + q.tv + q.light + q.fridge + q.base + q.solar + (noise() - 0.5) * 24;
    kwh += Math.max(0, grid / 1000) * H;
    cost += (grid / 1000) * H * priced(tariff, at, time.minutes, grid < 0);
    const up = !q.away && time.minutes >= 380 && time.minutes < 1380;
    const seen = up && (noise() < 0.7 || time.minutes % 60 === 0) ? 1 : 0;
    const power = [grid, q.solar, q.pump, q.tank, q.machine, q.tv, q.fridge, q.ev, q.light];
    const told = [fine(s.tank, 10), q.fridgeC + noise() - 0.5, fine(s.inside, 100), q.setpoint, fine(q.outside, 10)];
    const states = [seen, q.inOffice ? 1 : 0, q.open ? 0 : 1];
    let k = 0;
    for (const values of [power, told, states])
      for (const value of values) all[k++]?.push({ at, mean: value, last: value });
  }
  return { buckets, kwh, cost };
}

const told = (...names: string[]): CapabilityInstance => ({
  attributes: Object.fromEntries(names.map((name) => [name, { source: `test#${name}` }])),
  commands: {},
});

/** The demo home with the sensors that miners like to have. */
export function wastefulHome(rename: (name: string) => string = (name) => name, solar = false): Home {
  const home = demoHome(rename);
  if (!solar) home.nodes.delete(idOf("Solar"));
  home.nodes.delete(idOf("Home battery"));
  const add = (name: string, room: string, type: string, capabilities: EndpointDescription["capabilities"]) =>
    home.nodes.set(idOf(name), {
      description: {
        ...{ id: idOf(name), name: rename(name), adapter: "mqtt", dialect: "test", addresses: [] },
        endpoints: [{ number: 1, deviceTypes: [type], capabilities }],
      },
      ...{ settings: { room }, reachable: true, heardAt: 0, values: new Map() },
    });
  add("Office motion", "Office", "occupancySensor", { occupancySensing: told("occupancy") });
  add("Living room window", "Living room", "contactSensor", { booleanState: told("stateValue") });
  add("Fridge", "Kitchen", "refrigerator", {
    electricalPowerMeasurement: told("activePower"),
    temperatureMeasurement: told("measuredValue"),
  });
  return home;
}

/** What the miners find in a lived home. */
export function findsIn(lived: LivedHome, days: number, home: Home, tariff: Tariff = demoTariff) {
  const parts = partsOf(home);
  const { latitude, longitude } = home.settings;
  const h = { ...layOut(lived.buckets, gridOf(MONDAY, days)), place: { latitude, longitude } };
  const whole = daysOf(h);
  const held = whole[Math.floor(whole.length * 0.75)]?.from ?? h.steps;
  const loads = [...parts.corners, ...parts.appliances].flatMap((part) =>
    part.power ? [loadInWords(h, part, run(studying(h, part.power, held)))] : [],
  );
  const m = run(mined({ h, home, parts, loads, tariff }));
  return { ...run(mining(m)), names: [...home.nodes.values()].map(nameOf), m };
}
