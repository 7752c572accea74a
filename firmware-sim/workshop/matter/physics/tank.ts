import { unit } from "../../../random.ts";

/** Wh that one litre needs for one kelvin. */
const whPerLiterKelvin = 1.163;
const cold = 12;
const room = 20;

/** Well mixed water that people draw from. degC. */
export class Tank {
  temperature: number;
  readonly liters: number;
  private readonly seed: number;

  constructor(seed: number, liters: number, temperature: number) {
    this.seed = seed;
    this.liters = liters;
    this.temperature = temperature;
  }

  /** Wh from here to `degrees`. */
  missing(degrees: number): number {
    return Math.max(0, (degrees - this.temperature) * this.liters * whPerLiterKelvin);
  }

  /** `elapsed`: s on its clock; showers come in the morning and in the evening. */
  step(seconds: number, watts: number, elapsed: number): void {
    const drawn = ((this.drawPerHour(elapsed) * seconds) / 3600) * (this.liters / 200);
    const loss = 1.4 * (this.temperature - room) * Math.sqrt(this.liters / 200);
    const wh = ((watts - loss) * seconds) / 3600;
    this.temperature += wh / (this.liters * whPerLiterKelvin);
    this.temperature -= (Math.min(drawn, this.liters) / this.liters) * Math.max(0, this.temperature - cold);
  }

  /** Litres an hour, by the quarter of an hour. */
  private drawPerHour(elapsed: number): number {
    const quarter = Math.floor(elapsed / 900);
    const hour = (quarter / 4) % 24;
    const often = hour > 6 && hour < 9 ? 0.5 : hour > 18 && hour < 22 ? 0.35 : hour > 9 ? 0.08 : 0;
    return unit(this.seed, 31, quarter) < often ? 100 + 120 * unit(this.seed, 32, quarter) : 0;
  }
}
