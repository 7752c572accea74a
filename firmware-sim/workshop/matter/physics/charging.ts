/** A car and the cable to it. Pure: W, Wh, A, s. */
const volts = 230;
const usual = 0.93;

export class Charging {
  soc: number;
  readonly capacityWh: number;
  readonly phases: number;
  plugged = true;
  /** The car has enough at this charge, percent. */
  limit = 100;
  /** Wh from the grid since the car was plugged in, and seconds. */
  session = { id: 1, wh: 0, seconds: 0 };

  constructor(capacityWh: number, soc: number, phases: number) {
    this.capacityWh = capacityWh;
    this.soc = soc;
    this.phases = phases;
  }

  plug(plugged: boolean): void {
    if (plugged && !this.plugged) this.session = { id: this.session.id + 1, wh: 0, seconds: 0 };
    this.plugged = plugged;
  }

  get wants(): boolean {
    return this.plugged && this.soc < this.limit - 0.01;
  }

  /** What the car takes of an offer of `amps`: nothing below 6 A, less and less above 85 percent. */
  takes(amps: number): number {
    if (!this.wants || amps < 6) return 0;
    const taper = this.soc <= 85 ? 1 : Math.max(0.12, 1 - (this.soc - 85) / 17);
    return Math.min(amps, 32 * taper) * volts * this.phases;
  }

  step(seconds: number, watts: number): void {
    if (this.plugged) this.session.seconds += seconds;
    const wh = (watts * seconds) / 3600;
    this.session.wh += wh;
    this.soc = Math.min(100, this.soc + ((wh * usual) / this.capacityWh) * 100);
  }

  /** Wh from the grid until `soc` percent. */
  missing(soc: number): number {
    return (Math.max(0, soc - this.soc) / 100) * (this.capacityWh / usual);
  }
}
