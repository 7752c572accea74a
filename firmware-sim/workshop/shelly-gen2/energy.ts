import { round } from "../../devices/device.ts";
import type { Moment } from "../firmware.ts";
import type { Load } from "../things/load.ts";

/** What metering components report: W, V, A, Wh, and mWh of the last three whole minutes. */
export class Metering {
  private minute = Number.NaN;
  private atStart = 0;
  private readonly minutes = [0, 0, 0];

  read(load: Load, now: Moment): Record<string, unknown> {
    const minute = Math.floor(now.wall / 60_000);
    if (minute !== this.minute) {
      this.minutes.pop();
      this.minutes.unshift(Number.isNaN(this.minute) ? 0 : round(Math.max(0, load.wh - this.atStart) * 1000, 3));
      this.minute = minute;
      this.atStart = load.wh;
    }
    return {
      apower: round(load.watts(now), 1),
      voltage: round(load.volts(now), 1),
      current: round(load.amps(now), 3),
      aenergy: { total: round(load.wh, 3), by_minute: [...this.minutes], minute_ts: minute * 60 },
    };
  }
}
