/** A battery behind an inverter. Charging is positive; W, Wh, percent. Pure. */
const oneWay = 0.955;
const resting = 8;

export class Store {
  soc: number;
  /** W at the cells. */
  inside = 0;
  private readonly capacity: number;

  constructor(capacityWh: number, soc: number) {
    this.capacity = capacityWh;
    this.soc = soc;
  }

  /** Wh that it holds, and that it has room for. */
  get wh(): number {
    return (this.soc / 100) * this.capacity;
  }
  get room(): number {
    return this.capacity - this.wh;
  }

  /** Lets `watts` flow for `seconds`, as far as it has room or holds something; what really flowed at its plug, W. */
  take(watts: number, seconds: number): number {
    const most = (this.room / seconds) * 3600;
    const least = -(this.wh / seconds) * 3600;
    const wanted = watts > 0 ? watts * oneWay : watts / oneWay;
    this.inside = Math.max(least, Math.min(most, wanted));
    this.soc = Math.max(0, Math.min(100, this.soc + ((this.inside * seconds) / 3600 / this.capacity) * 100));
    if (Math.abs(this.inside) < 1) return resting;
    return this.inside > 0 ? this.inside / oneWay : this.inside * oneWay;
  }
}
