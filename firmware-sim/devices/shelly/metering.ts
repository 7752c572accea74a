import type { World } from "../../world.ts";
import type { Meter } from "../../world-state.ts";
import { round } from "../device.ts";

/** Wh of a lifetime counter, with the last three whole minutes in mWh. */
class MinuteLog {
  private minute = Number.NaN;
  private atStart = 0;
  private readonly minutes: [number, number, number] = [0, 0, 0];

  read(at: number, totalWh: number): object {
    const minute = Math.floor(at / 60_000);
    if (minute !== this.minute) {
      const whole = Number.isNaN(this.minute) ? 0 : (totalWh - this.atStart) / Math.max(1, minute - this.minute);
      this.minutes.pop();
      this.minutes.unshift(round(whole * 1000, 3));
      this.minute = minute;
      this.atStart = totalWh;
    }
    return { total: round(totalWh, 3), by_minute: [...this.minutes], minute_ts: minute * 60 };
  }
}

/** What every one-phase metering component reports; returned energy only where the product counts it. */
export class PowerMeter {
  private readonly imported = new MinuteLog();
  private readonly exported = new MinuteLog();

  read(world: World, meter: Meter): Record<string, unknown> {
    const { volts } = world.state;
    return {
      voltage: round(volts, 1),
      current: round(Math.abs(meter.power) / volts, 3),
      apower: round(meter.power, 1),
      freq: 50,
      aenergy: this.imported.read(world.at, meter.importedWh),
      ret_aenergy: this.exported.read(world.at, meter.exportedWh),
    };
  }
}
