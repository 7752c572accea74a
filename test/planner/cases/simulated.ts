/** The simulated family home as a hub sees it: what its devices tell each minute, and what they do when they are told. */

import { World } from "../../../firmware-sim/world.ts";
import type { MeterName, WorldState } from "../../../firmware-sim/world-state.ts";
import type { Value } from "../../../hub/model/capability.ts";
import type { Command } from "../../../hub/model/command.ts";
import type { HistoryBucket } from "../../../hub/ports.ts";
import { idOf, pathOf } from "../demo-home.ts";
import { METERS } from "../simulated-home.ts";

export const MINUTE = 60_000;
export const QUARTER = 15 * MINUTE;
const STEP_S = 15;
const POWER = "electricalPowerMeasurement.activePower";

const MODES = { follow_load: "followLoad", hold: "hold", charge_from_grid: "chargeFromGrid" } as const;
const CHARGER = {
  not_connected: "notPluggedIn",
  ready: "pluggedInDemand",
  charging: "pluggedInCharging",
  finished: "pluggedInNoDemand",
} as const;

const rounded = (value: number, step: number): number => Math.round(value / step) * step;

/** What the devices tell of themselves now, as coarse as they tell it. */
export function told({ state: s, params: p, weather }: World): readonly (readonly [string, Value])[] {
  return [
    ...METERS.map(([device, meter]) => [pathOf(device, POWER), rounded(s.meters[meter].power, 0.1)] as const),
    [pathOf("EV charger", "energyEvse.stateOfCharge"), rounded((100 * s.car.kwh) / p.car.capacity, 1)],
    [pathOf("EV charger", "energyEvse.state"), CHARGER[s.charger.status]],
    [pathOf("EV charger", "energyEvse.maximumChargeCurrent"), s.charger.amps],
    [pathOf("EV charger", "energyEvse.supplyState"), s.charger.on ? "chargingEnabled" : "disabled"],
    [pathOf("Home battery", "powerSource.batPercentRemaining"), rounded((100 * s.battery.kwh) / p.battery.capacity, 1)],
    [pathOf("Home battery", "batteryControl.mode"), MODES[s.battery.mode]],
    [pathOf("Solar", "solarControl.limit"), 100 * (s.solarLimit ?? 1)],
    [pathOf("Water heater", "temperatureMeasurement.measuredValue"), rounded(s.tank.temperature, 0.1)],
    [pathOf("Water heater", "onOff.onOff"), s.heaterAllowed],
    [pathOf("Living room thermostat", "thermostat.localTemperature"), rounded(s.house.air, 0.01)],
    [pathOf("Living room thermostat", "thermostat.occupiedHeatingSetpoint"), s.thermostat.setpoint],
    [pathOf("Outdoor sensor", "temperatureMeasurement.measuredValue"), rounded(weather.outdoor, 0.1)],
    [pathOf("Hallway motion", "occupancySensing.occupancy"), s.people > 0],
    [pathOf("Dishwasher", "onOff.onOff"), s.dishwasher.plugOn],
    [pathOf("TV corner", "onOff.onOff"), s.tv.plugOn],
  ];
}

/** A device does as it is told; false where it knows no such thing. */
export function obey(s: WorldState, { target, command, args }: Command): boolean {
  switch (target.node) {
    case idOf("EV charger"):
      s.charger.on = command === "enableCharging";
      if (typeof args.maximumChargeCurrent === "number") s.charger.amps = Math.min(16, args.maximumChargeCurrent);
      return true;
    case idOf("Home battery"): {
      const mode = (["follow_load", "hold", "charge_from_grid"] as const).find((m) => MODES[m] === args.mode);
      if (mode) s.battery.mode = mode;
      return mode !== undefined;
    }
    case idOf("Water heater"):
      s.heaterAllowed = command === "on";
      return true;
    case idOf("Living room thermostat"):
      if (typeof args.occupiedHeatingSetpoint === "number") s.thermostat.setpoint = args.occupiedHeatingSetpoint;
      return true;
    case idOf("Solar"):
      s.solarLimit = Number(args.limit ?? 100) / 100;
      return true;
    case idOf("Dishwasher"):
      s.dishwasher.plugOn = command === "on";
      return true;
    default:
      return false;
  }
}

/** What people would miss, minutes. */
export interface Missed {
  room: number;
  tank: number;
  car: number;
  machine: number;
  /** In which at least one of them was missed, and all that were lived through. */
  any: number;
  all: number;
}

export interface Wanted {
  readonly roomC: number;
  readonly carPercent: number;
  /** Minutes of the day: by when the car is charged and the dishes are done. */
  readonly byMinutes: number;
}

/** Water is mixed to this; from a colder tank it comes colder. */
const SHOWER_C = 40;
/** A thermometer shows tenths, and people feel less. */
const FELT_K = 0.2;

/** A world that is lived through minute by minute, with its meter read and its comfort watched. */
export class Life {
  readonly world: World;
  readonly missed: Missed = { room: 0, tank: 0, car: 0, machine: 0, any: 0, all: 0 };
  /** By text path, a bucket each quarter hour. */
  readonly buckets: Map<string, HistoryBucket[]>;
  /** kWh of each quarter hour since `from`. */
  readonly imported: number[] = [];
  readonly exported: number[] = [];
  readonly #wanted: Wanted;
  #before: Readonly<Record<MeterName, { importedWh: number; exportedWh: number }>>;

  constructor(world: World, wanted: Wanted, buckets = new Map<string, HistoryBucket[]>()) {
    this.world = world;
    this.#wanted = wanted;
    this.buckets = buckets;
    this.#before = structuredClone(world.state.meters);
  }

  /** The same home in the same state, to be lived on in another way. The past up to here is shared. */
  fork(): Life {
    const { seed, params, state } = this.world;
    const past = new Map([...this.buckets].map(([key, list]) => [key, [...list]]));
    return new Life(new World(seed, params, structuredClone(state)), this.#wanted, past);
  }

  /** One minute. Call it on whole minutes. */
  minute(): void {
    const { world } = this;
    const end = world.at + MINUTE;
    while (world.at < end) world.step(Math.min(STEP_S, (end - world.at) / 1000));
    this.#watch();
    if (end % QUARTER === 0) this.#read(end - QUARTER);
  }

  /** kWh of electricity in battery, car and tank: as it would give, as they took. */
  stored(): number {
    const { state: s, params: p } = this.world;
    const water = (s.tank.temperature * p.tank.litres * 4186) / 3_600_000;
    return s.battery.kwh * Math.sqrt(p.battery.roundTrip) + s.car.kwh / p.car.efficiency + water;
  }

  #watch(): void {
    const { state: s, params: p, clock } = this.world;
    const minutes = Math.round(clock.hourOfDay(s.at) * 60) % 1440;
    const { roomC, carPercent, byMinutes } = this.#wanted;
    const lacks = {
      room: s.house.air < roomC - FELT_K,
      tank: s.tank.temperature < SHOWER_C,
      // From when it is to be ready until it is, or has left.
      car:
        minutes >= byMinutes && minutes < 12 * 60 && s.car.home && (100 * s.car.kwh) / p.car.capacity < carPercent - 1,
      machine: minutes >= byMinutes && minutes < 17 * 60 && s.dishwasher.progress !== null,
    };
    this.missed.all++;
    if (Object.values(lacks).some(Boolean)) this.missed.any++;
    for (const what of ["room", "tank", "car", "machine"] as const) if (lacks[what]) this.missed[what]++;
  }

  #put(key: string, at: number, value: number): void {
    const bucket = { at, mean: value, last: value, min: value, max: value, count: 1, coverage: 1 };
    const list = this.buckets.get(key);
    if (list) list.push(bucket);
    else this.buckets.set(key, [bucket]);
  }

  #read(at: number): void {
    const { meters } = this.world.state;
    for (const [device, meter] of METERS) {
      const into = meters[meter].importedWh - this.#before[meter].importedWh;
      const out = meters[meter].exportedWh - this.#before[meter].exportedWh;
      const watts = (into - out) * 4;
      this.#put(pathOf(device, POWER), at, watts);
      if (meter !== "grid") continue;
      this.imported.push(into / 1000);
      this.exported.push(out / 1000);
    }
    for (const [key, value] of told(this.world)) {
      const number = typeof value === "boolean" ? Number(value) : value;
      if (!key.endsWith(POWER) && typeof number === "number") this.#put(key, at, number);
    }
    this.#before = structuredClone(meters);
  }
}
