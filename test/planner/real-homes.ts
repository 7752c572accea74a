/** Measured homes of ../shared/data/energy as the hub would have stored them, with savings and a battery put in whose truth is known. */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { localTime } from "../../hub/energy/clock.ts";
import { exportPriceAt, priceAt } from "../../hub/energy/tariff.ts";
import type { History } from "../../hub/twin/history.ts";
import { demoTariff, pathOf } from "./demo-home.ts";

const FOLDER = join(import.meta.dirname, "../../../shared/data/energy");
const HOUR = 3_600_000;
const FROM = Date.parse("2016-08-01T00:00:00-08:00");
/** Local standard time without daylight saving, as the data are. */
const REAL_ZONE = "Etc/GMT+8";
const POWER = "electricalPowerMeasurement.activePower";

export const realThere = existsSync(join(FOLDER, "building_1.csv"));

export interface RealHome {
  readonly name: string;
  /** kWh by hour. */
  readonly load: Float64Array;
  readonly sun: Float64Array;
}

/** The three homes; the first row of the data belongs to the day before and is left out. */
export const realHomes = (): RealHome[] =>
  [1, 2, 3].map((home) => {
    const rows = readFileSync(join(FOLDER, `building_${home}.csv`), "utf8")
      .trim()
      .split("\n")
      .slice(2);
    const column = (k: number) => Float64Array.from(rows, (row) => Number(row.split(",")[k]));
    return { name: `home ${home}`, load: column(3), sun: column(4) };
  });

const clockAt = (i: number): number => localTime(FROM + i * HOUR, REAL_ZONE).minutes / 60;

/** What a kWh net of an hour costs, in currency; what is given back earns the export price. */
const costOf = (kwh: number, i: number): number =>
  kwh * (kwh < 0 ? exportPriceAt : priceAt)(demoTariff, FROM + i * HOUR, REAL_ZONE);

/** What hours `from` to `to` of a net series cost. */
export const costOver = (net: Float64Array, from: number, to: number): number =>
  net.subarray(from, to).reduce((sum, kwh, k) => sum + costOf(kwh, from + k), 0);

/** Changes of a load whose saving is exactly known. */
export const CHANGES: Readonly<Record<string, (load: Float64Array) => Float64Array>> = {
  "nobody steered": (load) => load.slice(),
  "four tenths of the evening eight hours later": (load) => {
    const moved = load.slice();
    load.forEach((kwh, i) => {
      if (clockAt(i) < 17 || clockAt(i) >= 21 || i + 8 >= load.length) return;
      moved[i] = (moved[i] ?? 0) - 0.4 * kwh;
      moved[i + 8] = (moved[i + 8] ?? 0) + 0.4 * kwh;
    });
    return moved;
  },
  "3 kWh less each evening": (load) =>
    load.map((kwh, i) => (clockAt(i) >= 18 && clockAt(i) < 21 ? Math.max(0, kwh - 1) : kwh)),
};

export interface Stored {
  readonly net: Float64Array;
  readonly sun: Float64Array;
  readonly battery?: { readonly watts: Float64Array; readonly percent: Float64Array };
}

/** Hours `from` to `to` as the twin gets them. */
export function historyOf({ net, sun, battery }: Stored, from: number, to: number): History {
  const watts = (kwh: Float64Array, sign = 1) => kwh.slice(from, to).map((v) => v * 1000 * sign);
  const series = new Map([
    [pathOf("House meter", POWER), watts(net)],
    [pathOf("Solar", POWER), watts(sun, -1)],
  ]);
  if (battery) {
    series.set(pathOf("Home battery", POWER), battery.watts.slice(from, to));
    series.set(
      pathOf("Home battery", "powerSource.batPercentRemaining"),
      battery.percent.slice(from, to).map(Math.round),
    );
  }
  return { from: FROM + from * HOUR, stepMs: HOUR, steps: to - from, timeZone: REAL_ZONE, series };
}

const KWH = 6.4;
const MOST_KW = 3;
/** One way, and a little lost by just standing there: nothing that the twin knows of. */
const ONE_WAY = 0.94;
const STANDING_KWH = 0.004;

/** A battery of its own equations on a home: it follows the load, and from hour `from` on is filled at night where `atNight`. */
export function withBattery({ load, sun }: RealHome, atNight: boolean, from: number): Stored {
  let held = 3;
  const watts = new Float64Array(load.length);
  const percent = new Float64Array(load.length);
  const net = load.map((kwh, i) => {
    const rest = kwh - (sun[i] ?? 0);
    const fills = atNight && i >= from && clockAt(i) >= 2 && clockAt(i) < 5;
    const wanted = fills ? MOST_KW : Math.max(-MOST_KW, Math.min(MOST_KW, -rest));
    const flow = wanted > 0 ? Math.min(wanted, (KWH - held) / ONE_WAY) : Math.max(wanted, -held * ONE_WAY);
    held = Math.max(0, held + (flow > 0 ? flow * ONE_WAY : flow / ONE_WAY) - STANDING_KWH);
    watts[i] = flow * 1000;
    percent[i] = (held / KWH) * 100;
    return rest + flow;
  });
  return { net, sun, battery: { watts, percent } };
}
