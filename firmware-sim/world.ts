import { type Act, type DayPlan, planDay, running } from "./habits.ts";
import { LocalTime } from "./local-time.ts";
import { programmePower, programmeSeconds, stepFridge } from "./physics/appliances.ts";
import { stepBattery } from "./physics/battery.ts";
import { stepCar } from "./physics/car.ts";
import { heatDemand, runHeatPump } from "./physics/heat-pump.ts";
import { stepHouse } from "./physics/house.ts";
import { solarPower } from "./physics/solar.ts";
import { onPlane } from "./physics/sun.ts";
import { stepTank } from "./physics/tank.ts";
import { saturation, type Weather, weatherAt } from "./physics/weather.ts";
import { noise } from "./random.ts";
import { type HomeParams, initialState, type MeterName, type WorldState } from "./world-state.ts";

/** The longest step that keeps the controllers honest. */
export const maxStepSeconds = 15;

const blindsSeconds = 42;

/** One house with its people, sun and weather. Time is passed in; nothing here reads a clock. */
export class World {
  readonly seed: number;
  readonly params: HomeParams;
  readonly clock: LocalTime;
  state: WorldState;
  weather: Weather;
  private readonly plans = new Map<number, DayPlan>();

  constructor(seed: number, params: HomeParams, start: number | WorldState) {
    this.seed = seed;
    this.params = params;
    this.clock = new LocalTime(params.timeZone);
    this.state = typeof start === "number" ? initialState(start, params) : start;
    this.weather = weatherAt(this.state.at, params.site, seed);
  }

  get at(): number {
    return this.state.at;
  }

  /** Moves the house on by at most `maxStepSeconds`. */
  step(seconds: number): void {
    const s = this.state;
    const next = s.at + Math.round(seconds * 1000);
    const plan = this.plan(this.clock.day(s.at));
    this.live(s.at, next, plan);
    const nextPlan = this.plan(this.clock.day(next));
    if (nextPlan !== plan) this.live(s.at, next, nextPlan);
    this.weather = weatherAt(s.at, this.params.site, this.seed);
    s.volts = 231 + 2.4 * noise(this.seed, 30, s.at / 1000, 2600) + 0.8 * noise(this.seed, 31, s.at / 1000, 70);
    this.runMachines(seconds, plan);
    this.runHeating(seconds, plan);
    this.balance(seconds);
    s.at = next;
  }

  /** Steps without talking until `until`. */
  forwardTo(until: number): void {
    // The world counts whole ms: part of one would never be reached.
    const end = Math.round(until);
    while (this.state.at < end) this.step(Math.min(maxStepSeconds, (end - this.state.at) / 1000));
  }

  /** Relative humidity indoors: outdoor vapour plus what people add, at room temperature. Percent. */
  indoorHumidity(): number {
    const vapour = (this.weather.humidity / 100) * saturation(this.weather.outdoor);
    const people = 2.4 + 1.1 * noise(this.seed, 32, this.at / 1000, 7000);
    return Math.max(20, Math.min(95, (100 * (vapour + people)) / saturation(this.state.house.air)));
  }

  private plan(day: number): DayPlan {
    let plan = this.plans.get(day);
    if (!plan) {
      plan = planDay(this.seed, day, this.clock, this.params.site);
      this.plans.set(day, plan);
      this.plans.delete(day - 3);
    }
    return plan;
  }

  private live(from: number, to: number, plan: DayPlan): void {
    for (const { at, act } of plan.acts) {
      if (at > to) break;
      if (at > from) this.perform(act, at);
    }
  }

  private perform(act: Act, at: number): void {
    const s = this.state;
    switch (act.kind) {
      case "light": {
        const lamp = s.lights[act.light];
        lamp.on = act.on;
        if (act.on) lamp.level = Math.round(act.level);
        break;
      }
      case "tv":
        // Whoever wants to watch presses the plug's button first.
        if (act.watching) s.tv.plugOn = true;
        s.tv.watching = act.watching;
        break;
      case "dishwasher":
        s.dishwasher.progress ??= 0;
        break;
      case "carLeaves":
        s.car.home = false;
        s.car.tripKwh = act.kwh;
        s.charger.sessionWh = 0;
        break;
      case "carReturns":
        // A car that would not make it back charges on the road, up to a tenth.
        if (!s.car.home) s.car.kwh = Math.max(this.params.car.capacity * 0.1, s.car.kwh - s.car.tripKwh);
        s.car.home = true;
        break;
      case "blinds":
        s.blinds.target = act.position;
        break;
      case "window":
        s.windowOpen = act.open;
        break;
      case "motion":
        if (s.people > 0) s.motionUntil = at + 90_000;
        break;
      case "people":
        s.people = act.atHome;
    }
  }

  private runMachines(seconds: number, plan: DayPlan): void {
    const s = this.state;
    const washer = s.dishwasher;
    let washing = 0;
    if (washer.plugOn && washer.progress !== null) {
      washing = programmePower(washer.progress);
      washer.progress += seconds;
      if (washer.progress >= programmeSeconds) washer.progress = null;
    }
    this.draws("dishwasher", washer.plugOn ? washing + 0.9 : 0, seconds);
    if (!s.tv.plugOn) s.tv.watching = false;
    const picture = 116 + 14 * noise(this.seed, 33, s.at / 1000, 40);
    const standby = 13.8 + 0.6 * noise(this.seed, 34, s.at / 1000, 900);
    this.draws("tv", s.tv.plugOn ? (s.tv.watching ? picture + 14 : standby) : 0, seconds);

    const opened = s.people * (s.motionUntil > s.at ? 25 : 4);
    const fridge = stepFridge(s.fridge, s.fridge.plugOn, s.house.air - 0.5, opened, seconds);
    s.fridge = { inside: fridge.inside, compressor: fridge.compressor, plugOn: s.fridge.plugOn };
    this.draws("fridge", fridge.power, seconds);

    const car = stepCar(s.car.kwh, s.car.home, s.charger, s.volts, this.params.car, seconds);
    s.car.kwh = car.kwh;
    s.charger.status = car.status;
    s.charger.sessionWh += (car.power * seconds) / 3600;
    this.draws("charger", car.power + (car.status === "charging" ? 0 : 2.8), seconds);

    const way = s.blinds.target - s.blinds.position;
    const travel = (100 * seconds) / blindsSeconds;
    s.blinds.position = Math.abs(way) <= travel ? s.blinds.target : s.blinds.position + Math.sign(way) * travel;
    this.draws("blinds", way === 0 ? 0 : 118, seconds);
    this.runLights(seconds);
    const hum = this.params.baseLoad * (1 + 0.12 * noise(this.seed, 35, s.at / 1000, 1100));
    this.draws("base", hum + running(plan.loads, s.at), seconds);
  }

  private runLights(seconds: number): void {
    const { lights } = this.state;
    const watts = this.params.lightWatts;
    const dimmed = (on: boolean, level: number, full: number): number => (on ? 0.4 + full * (level / 254) ** 1.3 : 0.3);
    this.draws("livingLight", dimmed(lights.living.on, lights.living.level, watts.living), seconds);
    this.draws("bedroomLight", dimmed(lights.bedroom.on, lights.bedroom.level, watts.bedroom), seconds);
    this.draws("kitchenLight", lights.kitchen.on ? watts.kitchen : 0.6, seconds);
    this.draws("officeLight", lights.office.on ? watts.office : 0, seconds);
  }

  private runHeating(seconds: number, plan: DayPlan): void {
    const s = this.state;
    const { params, weather } = this;
    const cold = 9.5 + 0.18 * weather.outdoor;
    const draw = running(plan.draws, s.at);
    const tank = stepTank(
      s.tank,
      { allowed: s.heaterAllowed, volts: s.volts, draw, wanted: 40, cold, ambient: 18 },
      params.tank,
      seconds,
    );
    s.tank = { temperature: tank.temperature, calling: tank.calling };
    this.draws("waterHeater", tank.power + (s.heaterAllowed ? 0.7 : 0.5), seconds);

    const demand = heatDemand(s.thermostat.mode, s.thermostat.setpoint, s.house.air);
    const pump = runHeatPump(s.heatPump, demand, weather.outdoor, params.heatPump);
    s.heatPump = { running: pump.running, demand: pump.demand };
    this.draws("heatPump", pump.electric, seconds);

    const glass = onPlane(weather.sun, weather.light, Math.PI / 2, 0) * params.house.windowArea;
    const solar = glass * (0.15 + 0.85 * (s.blinds.position / 100));
    const indoors = this.indoorLoads() * 0.8 + s.people * 85 + tank.lost / seconds;
    const house = stepHouse(
      s.house,
      { outdoor: weather.outdoor, heating: pump.heat, internal: indoors, solar, windowOpen: s.windowOpen },
      params.house,
      seconds,
    );
    s.house = { air: house.air, mass: house.mass };
  }

  /** W of electricity that ends as heat in the rooms. */
  private indoorLoads(): number {
    const m = this.state.meters;
    const lamps = m.livingLight.power + m.bedroomLight.power + m.kitchenLight.power + m.officeLight.power;
    return m.base.power + m.tv.power + m.fridge.power + m.dishwasher.power + lamps;
  }

  /** Lets the battery answer and reads the grid meter: grid = loads - solar + battery. */
  private balance(seconds: number): void {
    const s = this.state;
    const most = (s.solarLimit ?? 1) * this.params.solar.kilowattPeak * 1000;
    this.draws("solar", -Math.min(most, solarPower(this.weather, this.params.solar)), seconds);
    let rest = 0;
    for (const name of loadNames) rest += s.meters[name].power;
    // The inverter's own measurement of the grid is never exact.
    const error = 9 * noise(this.seed, 36, s.at / 1000, 25);
    const step = stepBattery(s.battery.kwh, s.battery.mode, -rest + error, this.params.battery, seconds);
    s.battery.kwh = step.kwh;
    this.draws("battery", step.power, seconds);
    this.draws("grid", rest + step.power, seconds);
  }

  private draws(name: MeterName, power: number, seconds: number): void {
    const meter = this.state.meters[name];
    const wh = (power * seconds) / 3600;
    meter.power = power;
    if (wh > 0) meter.importedWh += wh;
    else meter.exportedWh -= wh;
  }
}

/** Everything behind the grid meter but the battery; solar counts with its sign. */
const loadNames: readonly MeterName[] = [
  "solar",
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
];
