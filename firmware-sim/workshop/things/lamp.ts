import { clamp } from "../firmware.ts";

/** A lamp that fades. Level 0 to 1; colour by hue (degrees) and saturation (0 to 1) or white tone (mired). */
export class Lamp {
  /** As it was switched; a lamp that fades out is off at once for all who ask, as makers report it. */
  on = false;
  mired = 300;
  hue = 30;
  saturation = 0.8;
  mode: "white" | "colour" = "white";
  private goal = 0.6;
  private at = 0.6;
  private rate = Number.POSITIVE_INFINITY;
  private leaving = false;

  /** Where it is now. */
  get level(): number {
    return this.at;
  }

  /** Where it is going: what most makers report at once. */
  get wanted(): number {
    return this.goal;
  }

  /** Light still comes from it. */
  get lit(): boolean {
    return this.on || this.leaving;
  }

  get fading(): boolean {
    return this.at !== this.goal || this.leaving;
  }

  /** Fades to `level` in `seconds`; a lamp that was off comes on. */
  dim(level: number, seconds = 0): void {
    if (!this.lit) this.at = 0;
    this.on = true;
    this.leaving = false;
    this.aim(clamp(level, 0.004, 1), seconds);
  }

  /** Switches; going off with a fade keeps the level for the next time. */
  turn(on: boolean, seconds = 0): void {
    if (on && !this.on) this.dim(this.goal, seconds);
    else if (!on && seconds > 0 && this.on) {
      this.leaving = true;
      this.on = false;
      this.rate = Math.max(0.01, this.at) / seconds;
    } else if (!on) {
      this.on = false;
      this.leaving = false;
      this.at = this.goal;
    }
  }

  white(mired: number): void {
    this.mired = Math.round(mired);
    this.mode = "white";
  }

  colour(hue: number, saturation: number): void {
    this.hue = ((hue % 360) + 360) % 360;
    this.saturation = clamp(saturation, 0, 1);
    this.mode = "colour";
  }

  /** True when a fade has just come to its end. */
  step(seconds: number): boolean {
    if (!this.fading) return false;
    const end = this.leaving ? 0 : this.goal;
    const move = this.rate * seconds;
    if (Math.abs(end - this.at) > move) {
      this.at += Math.sign(end - this.at) * move;
      return false;
    }
    this.at = this.goal;
    this.leaving = false;
    return true;
  }

  /** W of a lamp that takes `full` at full level. */
  watts(full: number): number {
    return this.lit ? 0.4 + full * this.at : 0;
  }

  private aim(level: number, seconds: number): void {
    this.goal = level;
    this.rate = seconds > 0 ? Math.max(0.001, Math.abs(level - this.at)) / seconds : Number.POSITIVE_INFINITY;
    if (seconds <= 0) this.at = level;
  }
}

/** Red, green and blue, 0 to 255 at full brightness, of a hue (degrees) and saturation (0 to 1). */
export function toRgb(hue: number, saturation: number): [number, number, number] {
  const part = (n: number): number => {
    const k = (n + hue / 60) % 6;
    return Math.round(255 * (1 - saturation * Math.max(0, Math.min(k, 4 - k, 1))));
  };
  return [part(5), part(3), part(1)];
}

/** Hue in degrees and saturation 0 to 1 of red, green and blue in any common scale. */
export function fromRgb(red: number, green: number, blue: number): [number, number] {
  const max = Math.max(red, green, blue);
  const spread = max - Math.min(red, green, blue);
  if (max <= 0 || spread <= 0) return [0, 0];
  const sector =
    max === red ? (green - blue) / spread : max === green ? 2 + (blue - red) / spread : 4 + (red - green) / spread;
  return [(((sector * 60) % 360) + 360) % 360, spread / max];
}
