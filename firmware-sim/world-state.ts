import type { LightName } from "./habits.ts";
import type { FridgeState } from "./physics/appliances.ts";
import type { BatteryMode, BatteryParams } from "./physics/battery.ts";
import type { CarParams, ChargerStatus } from "./physics/car.ts";
import type { HeatPumpParams, HeatPumpState } from "./physics/heat-pump.ts";
import type { HouseParams, HouseState } from "./physics/house.ts";
import type { SolarParams } from "./physics/solar.ts";
import type { TankParams, TankState } from "./physics/tank.ts";
import type { Site } from "./physics/weather.ts";

export const meterNames = [
  "grid",
  "solar",
  "battery",
  "base",
  "heatPump",
  "waterHeater",
  "charger",
  "dishwasher",
  "tv",
  "fridge",
  "livingLight",
  "bedroomLight",
  "kitchenLight",
  "officeLight",
  "blinds",
] as const;

export type MeterName = (typeof meterNames)[number];

/** W now (positive = imported by the thing) and lifetime Wh in each direction. */
export interface Meter {
  power: number;
  importedWh: number;
  exportedWh: number;
}

export interface Light {
  on: boolean;
  /** 1 to 254. */
  level: number;
  mired: number;
}

/** Everything about the house that changes and that a restart must remember. Plain JSON. */
export interface WorldState {
  /** Epoch ms. */
  at: number;
  volts: number;
  house: HouseState;
  tank: TankState;
  heaterAllowed: boolean;
  heatPump: HeatPumpState;
  thermostat: { mode: "off" | "heat"; setpoint: number };
  battery: { kwh: number; mode: BatteryMode };
  /** What the inverter may give at most, as a share of the panels' peak; absent: all of it. */
  solarLimit?: number;
  car: { kwh: number; home: boolean; tripKwh: number };
  charger: { on: boolean; amps: number; status: ChargerStatus; sessionWh: number };
  /** `progress`: seconds into the programme, null when empty or done. */
  dishwasher: { plugOn: boolean; progress: number | null };
  tv: { plugOn: boolean; watching: boolean };
  fridge: FridgeState & { plugOn: boolean };
  lights: Record<LightName, Light>;
  /** 100 = open. */
  blinds: { position: number; target: number };
  windowOpen: boolean;
  /** Epoch ms until when the hallway sensor holds its detection. */
  motionUntil: number;
  people: number;
  meters: Record<MeterName, Meter>;
}

/** What stays the same: the house as built. */
export interface HomeParams {
  readonly site: Site;
  readonly timeZone: string;
  readonly house: HouseParams;
  readonly tank: TankParams;
  readonly heatPump: HeatPumpParams;
  readonly solar: SolarParams;
  readonly battery: BatteryParams;
  readonly car: CarParams;
  /** W that never go off and no plug measures. */
  readonly baseLoad: number;
  readonly lightWatts: Readonly<Record<LightName, number>>;
  /** Wh on the counters when the home was put up, imported and exported. */
  readonly counters: Readonly<Partial<Record<MeterName, readonly [number, number]>>>;
}

/** The home as it stands before anyone planned anything. */
export function initialState(at: number, params: HomeParams): WorldState {
  const meters = Object.fromEntries(
    meterNames.map((name): [MeterName, Meter] => {
      const [importedWh, exportedWh] = params.counters[name] ?? [0, 0];
      return [name, { power: 0, importedWh, exportedWh }];
    }),
  ) as Record<MeterName, Meter>;
  const lamp = (): Light => ({ on: false, level: 180, mired: 370 });
  return {
    at,
    volts: 230,
    house: { air: 20.8, mass: 20.5 },
    tank: { temperature: 53.5, calling: false },
    heaterAllowed: true,
    heatPump: { running: false, demand: 0 },
    thermostat: { mode: "heat", setpoint: 21 },
    battery: { kwh: params.battery.capacity * 0.4, mode: "follow_load" },
    car: { kwh: params.car.capacity * 0.8, home: true, tripKwh: 0 },
    charger: { on: true, amps: 16, status: "ready", sessionWh: 0 },
    dishwasher: { plugOn: true, progress: null },
    tv: { plugOn: true, watching: false },
    fridge: { inside: 5, compressor: false, plugOn: true },
    lights: { living: lamp(), bedroom: lamp(), kitchen: lamp(), office: lamp() },
    blinds: { position: 100, target: 100 },
    windowOpen: false,
    motionUntil: 0,
    people: 2,
    meters,
  };
}
