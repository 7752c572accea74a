import { noise } from "../../random.ts";
import type { Moment } from "../firmware.ts";

/** Mains voltage at a device, V. */
export const mains = (seed: number, { elapsed }: Moment): number =>
  230.6 + 2.2 * noise(seed, 1, elapsed, 1800) + 0.5 * noise(seed, 2, elapsed, 45);

/** Something that draws power behind a relay, and its lifetime counter. */
export class Load {
  on: boolean;
  /** Wh since the counter began. */
  wh: number;
  private readonly seed: number;
  private readonly nominal: number;

  /** `nominal`: W when it runs; it swings by a tenth. */
  constructor(seed: number, nominal: number, on = true) {
    this.seed = seed;
    this.nominal = nominal;
    this.on = on;
    this.wh = 1000 + (seed % 400_000);
  }

  /** W now, 0 when switched off. */
  watts(now: Moment): number {
    if (!this.on) return 0;
    const slow = noise(this.seed, 3, now.elapsed, 240);
    return this.nominal * (1 + 0.08 * slow + 0.02 * noise(this.seed, 4, now.elapsed, 12));
  }

  step(seconds: number, now: Moment): void {
    this.wh += (this.watts(now) * seconds) / 3600;
  }

  amps(now: Moment): number {
    return this.watts(now) / mains(this.seed, now);
  }

  volts(now: Moment): number {
    return mains(this.seed, now);
  }
}
