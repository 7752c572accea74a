import { onPlane } from "./sun.ts";
import type { Weather } from "./weather.ts";

export interface SolarParams {
  readonly kilowattPeak: number;
  /** Radians; facing from south, west positive. */
  readonly tilt: number;
  readonly facing: number;
  /** W the inverter takes at night. */
  readonly standby: number;
}

/** AC power of the roof in W, positive = produced; negative is the inverter's own standby. */
export function solarPower(weather: Weather, params: SolarParams): number {
  const plane = onPlane(weather.sun, weather.light, params.tilt, params.facing);
  const cell = weather.outdoor + plane * 0.028;
  const dc = params.kilowattPeak * plane * (1 - 0.0038 * (cell - 25)) * 0.9;
  const ac = Math.min(params.kilowattPeak * 950, dc * 0.965 - 12);
  return ac > 5 ? ac : -params.standby;
}
