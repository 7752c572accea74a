import { clamp } from "../firmware.ts";

/** A shutter, blind or door on a motor: 100 is open. */
export class Shutter {
  position: number;
  target: number;
  /** Seconds from one end to the other. */
  private readonly travel: number;

  constructor(travel: number, position = 100) {
    this.travel = travel;
    this.position = position;
    this.target = position;
  }

  get moving(): "opening" | "closing" | undefined {
    if (this.target === this.position) return undefined;
    return this.target > this.position ? "opening" : "closing";
  }

  go(target: number): void {
    this.target = clamp(target, 0, 100);
  }

  stop(): void {
    this.target = this.position;
  }

  /** True when it has just arrived. */
  step(seconds: number): boolean {
    const way = this.target - this.position;
    if (way === 0) return false;
    const move = (100 / this.travel) * seconds;
    if (Math.abs(way) > move) {
      this.position += Math.sign(way) * move;
      return false;
    }
    this.position = this.target;
    return true;
  }
}
