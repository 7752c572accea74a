import { noise } from "../../random.ts";
import { clamp, type Moment } from "../firmware.ts";

/** A room with a heater (or cooler) and its controller. degC. */
export class Room {
  temperature: number;
  setpoint: number;
  active = true;
  private readonly seed: number;

  constructor(seed: number, setpoint = 21) {
    this.seed = seed;
    this.setpoint = setpoint;
    this.temperature = setpoint - 0.8;
  }

  /** Share of full heat that the controller asks for, 0 to 1. */
  get demand(): number {
    return this.active ? clamp((this.setpoint - this.temperature) * 0.8 + 0.1, 0, 1) : 0;
  }

  step(seconds: number, now: Moment): void {
    const outdoor = 8 + 4 * noise(this.seed, 5, now.elapsed, 20_000);
    // Time constants of a radiator in a lived-in room: half an hour to be felt, half a day to cool down.
    const change = this.demand * 0.0018 - (this.temperature - outdoor) / 43_000;
    this.temperature += clamp(change * seconds, -1, 1);
  }
}
