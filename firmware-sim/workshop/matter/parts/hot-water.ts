import type { Endpoint } from "@matter/main";
import type { Moment } from "../../firmware.ts";
import { Tank } from "../physics/tank.ts";
import { type Birth, type Memory, numberIn, type Values } from "../product.ts";
import { Counter, showEnergy, showPower } from "./electrical.ts";
import { type Block, optOutBy, PowerEsa } from "./power-esa.ts";

/** It heats again when it is so much below the setpoint, K. */
const band = 4;
/** Nothing heats beyond it, degC; nothing that manages it may hold it off below the floor. */
const ceiling = 75;
const floor = 40;

interface Boost {
  readonly until: number;
  readonly degrees: number;
  readonly oneShot: boolean;
  readonly emergency: boolean;
}

/** A tank, its rod, its boost and its manager. */
export class HotWater {
  readonly tank: Tank;
  readonly esa: PowerEsa;
  on = true;
  setpoint: number;
  /** W that the rod draws now. */
  watts = 0;
  private readonly rod: number;
  private readonly counter: Counter;
  private heating = false;
  private boosted: Boost | undefined;
  private elapsed = 0;

  constructor({ seed, memory, now }: Birth, liters: number, watts: number, setpoint: number) {
    this.tank = new Tank(seed, liters, memory.temperature ?? setpoint - 1);
    this.rod = watts;
    this.setpoint = setpoint;
    this.counter = new Counter(memory.imported ?? 0);
    const range = { minW: 0, maxW: watts, minSeconds: 60, maxSeconds: 7200 };
    this.esa = new PowerEsa(
      now,
      () => (this.on ? range : null),
      () => this.ahead(),
    );
  }

  get state(): Values {
    const { temperature } = this.tank;
    return { temperature, watts: this.watts, boosting: this.boosting, imported: this.counter.imported / 1000 };
  }

  get boosting(): boolean {
    return this.boosted !== undefined;
  }

  /** Hot water in percent of a tank at its setpoint. */
  get percent(): number {
    return Math.round(Math.max(0, Math.min(100, (100 * (this.tank.temperature - 25)) / (this.setpoint - 25))));
  }

  /** Wh to its goal. */
  get required(): number {
    return this.tank.missing(this.goal);
  }

  boost(asked: {
    duration: number;
    oneShot: boolean;
    emergency: boolean;
    degrees: number | undefined;
    percent: number | undefined;
  }): void {
    const share = asked.percent === undefined ? undefined : 25 + ((this.setpoint - 25) * asked.percent) / 100;
    const degrees = Math.min(ceiling, asked.degrees ?? share ?? this.setpoint);
    this.boosted = {
      until: this.elapsed + asked.duration,
      degrees,
      oneShot: asked.oneShot,
      emergency: asked.emergency,
    };
    this.heating = true;
  }

  endBoost(): void {
    this.boosted = undefined;
  }

  set(values: Values): void {
    optOutBy(this.esa, values.optOut);
    this.tank.temperature = numberIn(values, "temperature") ?? this.tank.temperature;
  }

  step(seconds: number, { elapsed }: Moment): void {
    this.elapsed = elapsed;
    this.control();
    this.tank.step(seconds, this.watts, elapsed);
    this.counter.add(this.watts, seconds);
    this.esa.count((this.watts * seconds) / 3600);
  }

  async showMeter(endpoint: Endpoint, now: Moment): Promise<void> {
    await showPower(endpoint, this.watts, 230);
    await showEnergy(endpoint, this.counter, now);
  }

  memory(): Memory {
    return { temperature: this.tank.temperature, imported: this.counter.imported };
  }

  private get goal(): number {
    return this.boosted?.degrees ?? this.setpoint;
  }

  /** What the rod does now: safety, then a boost, then the manager, then the thermostat. */
  private control(): void {
    const { temperature } = this.tank;
    if (
      this.boosted &&
      (this.elapsed >= this.boosted.until || (this.boosted.oneShot && temperature >= this.boosted.degrees))
    )
      this.boosted = undefined;
    if (temperature >= this.goal) this.heating = false;
    else if (temperature < this.goal - band) this.heating = true;
    const own = (this.on || this.boosted?.emergency === true) && this.heating ? this.rod : 0;
    const told = this.boosted ? undefined : this.esa.told;
    this.watts = told === undefined || (temperature < floor && told < own) ? own : told;
    if (temperature >= ceiling) this.watts = 0;
  }

  private ahead(): readonly Block[] {
    const needed = this.required;
    if (!this.on || !(this.heating || this.watts > 0) || needed < 20) return [];
    const watts = this.watts > 0 ? this.watts : this.rod;
    return [{ watts, minW: 0, maxW: this.rod, seconds: (needed / watts) * 3600 }];
  }
}
