/**
 * A past of the simulated family home with a known truth: the simulator's own world, whose physics the twin does not
 * share, lived through with and without somebody steering. Each seed is another home: other sizes, other people's days.
 */
import { homes } from "../../firmware-sim/homes/index.ts";
import { World } from "../../firmware-sim/world.ts";
import type { HomeParams, MeterName, WorldState } from "../../firmware-sim/world-state.ts";
import type { Bucket } from "../../hub/twin/history.ts";
import { pathOf } from "./demo-home.ts";
import { randomFrom } from "./synthetic.ts";

const QUARTER = 15 * 60_000;
const STEP_S = 15;
const POWER = "electricalPowerMeasurement.activePower";

/** Sets what a plan would set, before each quarter hour; `minutes` by the clock on the wall. */
export type Steering = (state: WorldState, minutes: number) => void;

export interface Lived {
  readonly buckets: ReadonlyMap<string, readonly Bucket[]>;
  /** Grid energy of each quarter hour from `from` on, kWh in and out. */
  readonly imported: Float64Array;
  readonly exported: Float64Array;
  /** What is in store at the end, kWh of electricity that it took: battery as it would give, car and tank as they took. */
  readonly stored: number;
}

/** The demo home with sizes of its own. */
function variantOf(seed: number): HomeParams {
  const home = homes.get("demo");
  if (!home) throw new Error("there is no simulated home");
  const random = randomFrom(seed * 7919);
  const vary = (value: number) => value * (0.75 + 0.5 * random());
  const { params: p } = home;
  return {
    ...p,
    baseLoad: vary(p.baseLoad),
    battery: { ...p.battery, capacity: vary(p.battery.capacity), roundTrip: 0.8 + 0.15 * random() },
    car: { ...p.car, capacity: vary(p.car.capacity) },
    tank: { ...p.tank, litres: vary(p.tank.litres), lossPerK: vary(p.tank.lossPerK) },
    solar: { ...p.solar, kilowattPeak: vary(p.solar.kilowattPeak) },
    house: { ...p.house, airToOutside: vary(p.house.airToOutside) },
  };
}

/** Names of the metered devices, with the simulator's words for their meters. */
export const METERS: readonly (readonly [string, MeterName])[] = [
  ["House meter", "grid"],
  ["Solar", "solar"],
  ["Heat pump", "heatPump"],
  ["Water heater", "waterHeater"],
  ["Dishwasher", "dishwasher"],
  ["TV corner", "tv"],
  ["Fridge", "fridge"],
  ["EV charger", "charger"],
  ["Home battery", "battery"],
];

const rounded = (value: number, step: number): number => Math.round(value / step) * step;

/** What the devices tell of themselves at the end of a quarter hour, as coarse as they tell it. */
function told(world: World): readonly (readonly [string, string, number])[] {
  const { state: s, params: p } = world;
  return [
    ["EV charger", "energyEvse.stateOfCharge", rounded((100 * s.car.kwh) / p.car.capacity, 1)],
    ["Home battery", "powerSource.batPercentRemaining", rounded((100 * s.battery.kwh) / p.battery.capacity, 1)],
    ["Water heater", "temperatureMeasurement.measuredValue", rounded(s.tank.temperature, 0.1)],
    ["Living room thermostat", "thermostat.localTemperature", rounded(s.house.air, 0.01)],
    ["Living room thermostat", "thermostat.occupiedHeatingSetpoint", s.thermostat.setpoint],
    ["Outdoor sensor", "temperatureMeasurement.measuredValue", rounded(world.weather.outdoor, 0.1)],
    ["Hallway motion", "occupancySensing.occupancy", s.people > 0 ? 1 : 0],
    ["Water heater", "onOff.onOff", s.heaterAllowed ? 1 : 0],
    ["Dishwasher", "onOff.onOff", s.dishwasher.plugOn ? 1 : 0],
    ["TV corner", "onOff.onOff", s.tv.plugOn ? 1 : 0],
  ];
}

const storedIn = ({ state: s, params: p }: World): number =>
  s.battery.kwh * Math.sqrt(p.battery.roundTrip) +
  s.car.kwh / p.car.efficiency +
  (s.tank.temperature * p.tank.litres * 4186) / 3_600_000;

function letGo(s: WorldState): void {
  s.charger.on = true;
  s.heaterAllowed = true;
  s.battery.mode = "follow_load";
  s.thermostat.setpoint = 21;
  s.dishwasher.plugOn = true;
  s.tv.plugOn = true;
}

/** Lives from `from` for `days`; between two moments the steering has its say, after them all is as it was left by default. */
export function live(
  seed: number,
  from: number,
  days: number,
  steering?: Steering,
  steeredFrom = from,
  steeredTo = Number.POSITIVE_INFINITY,
): Lived {
  const world = new World(seed, variantOf(seed), from);
  const buckets = new Map<string, Bucket[]>();
  const steps = days * 96;
  const imported = new Float64Array(steps);
  const exported = new Float64Array(steps);
  const put = (device: string, attribute: string, at: number, value: number) => {
    const key = pathOf(device, attribute);
    const list = buckets.get(key) ?? [];
    buckets.set(key, list);
    list.push({ at, mean: value, last: value });
  };
  for (let i = 0; i < steps; i++) {
    const at = from + i * QUARTER;
    if (at >= steeredTo) letGo(world.state);
    else if (steering && at >= steeredFrom) steering(world.state, Math.round(world.clock.hourOfDay(at) * 60));
    const before = METERS.map(([, meter]) => ({ ...world.state.meters[meter] }));
    while (world.at < at + QUARTER) world.step(Math.min(STEP_S, (at + QUARTER - world.at) / 1000));
    METERS.forEach(([device, meter], k) => {
      const now = world.state.meters[meter];
      const wh = [now.importedWh - (before[k]?.importedWh ?? 0), now.exportedWh - (before[k]?.exportedWh ?? 0)];
      put(device, POWER, at, ((wh[0] ?? 0) - (wh[1] ?? 0)) * 4);
      if (meter !== "grid") return;
      imported[i] = (wh[0] ?? 0) / 1000;
      exported[i] = (wh[1] ?? 0) / 1000;
    });
    for (const [device, attribute, value] of told(world)) put(device, attribute, at, value);
  }
  return { buckets, imported, exported, stored: storedIn(world) };
}
