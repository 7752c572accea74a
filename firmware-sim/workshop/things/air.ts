import { noise } from "../../random.ts";
import { clamp, type Moment } from "../firmware.ts";

/** Air at a sensor: degC and percent. */
export function air(seed: number, { elapsed }: Moment, mean: number): { temperature: number; humidity: number } {
  const temperature = mean + 1.8 * noise(seed, 6, elapsed, 5400) + 0.3 * noise(seed, 7, elapsed, 600);
  const humidity = clamp(52 - 2 * (temperature - mean) + 9 * noise(seed, 8, elapsed, 7200), 15, 95);
  return { temperature, humidity };
}

/** Percent left in a battery that lasts about two years. */
export const cell = (seed: number, { elapsed }: Moment): number =>
  Math.max(1, 98 - (seed % 30) - Math.floor(elapsed / 604_800));

/** Signal at a Wi-Fi station, dBm. */
export const rssi = (seed: number, { elapsed }: Moment): number =>
  Math.round(-58 - (seed % 12) + 5 * noise(seed, 9, elapsed, 900));
