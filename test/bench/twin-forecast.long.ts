/**
 * The day-ahead error of the twin on measured homes, beside naive guesses. Prints a table. The data lie beside the
 * project (../shared/data/energy); without them the test says so and is skipped.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { NetPaths } from "../../hub/twin/forecast/net-paths.ts";
import { forecaster } from "../../hub/twin/forecast.ts";

const FOLDER = join(import.meta.dirname, "../../../shared/data/energy");
const HOUR = 3_600_000;
/** Local standard time without daylight saving, as the data are. */
const ZONE = "Etc/GMT+8";
const FIRST_DAY = 8;

interface Series {
  readonly name: string;
  readonly kwh: Float64Array;
}

const there = existsSync(join(FOLDER, "building_1.csv"));
if (!there) console.warn(`SKIPPED: no measured homes at ${FOLDER}, so the twin's day-ahead error is not stated`);

const FROM = Date.parse("2016-08-01T00:00:00-08:00");

function seriesOfHomes(): Series[] {
  return [1, 2, 3].flatMap((home) => {
    const rows = readFileSync(join(FOLDER, `building_${home}.csv`), "utf8")
      .trim()
      .split("\n")
      .slice(2);
    const column = (k: number) => Float64Array.from(rows, (row) => Number(row.split(",")[k]));
    return [
      { name: `home ${home} load`, kwh: column(3) },
      { name: `home ${home} sun`, kwh: column(4) },
    ];
  });
}

type Guess = (y: Float64Array, at: number, k: number) => number;
const back =
  (days: number): Guess =>
  (y, at, k) =>
    y[at + k - days * 24] ?? Number.NaN;
const sevenDays: Guess = (y, at, k) => [1, 2, 3, 4, 5, 6, 7].reduce((sum, d) => sum + back(d)(y, at, k), 0) / 7;
/** The seven days' mean with the last hour's error, fading by 0.6 an hour. */
const fading: Guess = (y, at, k) => sevenDays(y, at, k) + 0.6 ** (k + 1) * ((y[at - 1] ?? 0) - sevenDays(y, at - 1, 0));

interface Scored {
  readonly error: number;
  readonly inside: number;
  readonly bias: number;
}

function score(
  y: Float64Array,
  day: (at: number) => ArrayLike<number>,
  band?: (at: number) => [Float64Array, Float64Array],
): Scored {
  let [error, n, inside, bias] = [0, 0, 0, 0];
  for (let at = FIRST_DAY * 24; at + 24 <= y.length; at += 24) {
    const made = day(at);
    const [low, high] = band?.(at) ?? [];
    for (let k = 0; k < 24; k++) {
      const truth = y[at + k] ?? 0;
      error += Math.abs((made[k] ?? Number.NaN) - truth);
      bias += (made[k] ?? Number.NaN) - truth;
      if (truth >= (low?.[k] ?? 0) - 1e-9 && truth <= (high?.[k] ?? 0) + 1e-9) inside++;
      n++;
    }
  }
  return { error: error / n, inside: inside / n, bias: bias / n };
}

describe.runIf(there)("a day ahead on measured homes", () => {
  const lines: string[] = [];
  test.each(there ? seriesOfHomes() : [])(
    "$name is foreseen better than by the same hour last week",
    ({ name, kwh }) => {
      const began = performance.now();
      const made = forecaster({ from: FROM, kwh, timeZone: ZONE });
      const days = new Map<number, ReturnType<typeof made.ahead>>();
      for (let at = FIRST_DAY * 24; at + 24 <= kwh.length; at += 24) days.set(at, made.ahead(at, 24));
      const seconds = (performance.now() - began) / 1000;
      const ours = score(
        kwh,
        (at) => days.get(at)?.likely ?? [],
        (at) => {
          const day = days.get(at);
          return [day?.low ?? new Float64Array(), day?.high ?? new Float64Array()];
        },
      );
      const naive = (guess: Guess) => score(kwh, (at) => Array.from({ length: 24 }, (_, k) => guess(kwh, at, k)));
      const expected = score(kwh, (at) => days.get(at)?.expected ?? []);
      const mean = kwh.reduce((a, b) => a + b, 0) / kwh.length;
      const share = (s: Scored) => (s.error / mean).toFixed(3);
      const [week, yesterday, seven, faded] = [back(7), back(1), sevenDays, fading].map(naive);
      if (!week || !yesterday || !seven || !faded) throw new Error("no guesses");
      lines.push(
        [
          name.padEnd(12),
          ours.error.toFixed(3),
          share(ours),
          share(week),
          share(yesterday),
          share(seven),
          share(faded),
          `${(ours.inside * 100).toFixed(0)} %`,
          `${((ours.bias / mean) * 100).toFixed(0)} %`,
          `${((expected.bias / mean) * 100).toFixed(0)} %`,
          `${seconds.toFixed(1)} s`,
        ].join("  "),
      );
      if (lines.length === 6)
        console.log(
          [
            "series: MAE kWh/h, MAE/mean | last week, yesterday, 7-day, 7-day+last error | in band, bias likely, bias mean, a year in",
            ...lines,
          ].join("\n"),
        );
      expect(ours.error).toBeLessThan(week.error);
      expect(ours.error).toBeLessThan(yesterday.error);
      expect(ours.error).toBeLessThan(faded.error);
      expect(Math.abs(expected.bias)).toBeLessThan(0.05 * mean);
      expect(ours.inside).toBeGreaterThan(0.7);
    },
  );

  test("uses nothing that was not known yet", () => {
    const [first] = seriesOfHomes();
    if (!first) throw new Error("no home");
    const at = 100 * 24;
    const known = first.kwh.map((v, i) => (i < at ? v : Number.NaN));
    const rose = first.kwh.map((v, i) => (i < at ? v : v + 5));
    const of = (kwh: Float64Array) => forecaster({ from: FROM, kwh, timeZone: ZONE }).ahead(at, 24).likely;
    expect(of(known)).toEqual(of(first.kwh));
    expect(of(rose)).toEqual(of(first.kwh));
    const noon = at + 12;
    const later = (kwh: Float64Array) =>
      forecaster({ from: FROM + 0 * HOUR, kwh, timeZone: ZONE }).ahead(noon, 24).likely;
    expect(later(first.kwh.map((v, i) => (i < noon ? v : 9)))).toEqual(later(first.kwh));
  });

  test("hour by hour, use and sun are foreseen better than by the last days' mean, an hour ahead and a day ahead", () => {
    const series = seriesOfHomes();
    const table = [1, 2, 3].flatMap((home) => {
      const [load, sun] = [series[2 * home - 2]?.kwh, series[2 * home - 1]?.kwh];
      if (!load || !sun) throw new Error("no home");
      const net = new NetPaths(24);
      const errors = { load: [0, 0], sun: [0, 0] };
      const naive = { load: [0, 0], sun: [0, 0] };
      const hours = [0, 0];
      load.forEach((kwh, t) => {
        const seen = net.likely(24 * 17_014 + t);
        if (seen && t >= FIRST_DAY * 24 && t + 24 <= load.length)
          [1, t % 24 === 0 ? 24 : 0].forEach((count, which) => {
            hours[which] = (hours[which] ?? 0) + count;
            for (let k = 0; k < count; k++)
              for (const [name, made, truth] of [
                ["load", seen.load, load],
                ["sun", seen.sun, sun],
              ] as const) {
                const is = truth[t + k] ?? 0;
                errors[name][which] = (errors[name][which] ?? 0) + Math.abs((made[k] ?? 0) - is);
                naive[name][which] = (naive[name][which] ?? 0) + Math.abs(sevenDays(truth, t, k) - is);
              }
          });
        net.put(24 * 17_014 + t, kwh, sun[t] ?? 0);
      });
      return (["load", "sun"] as const).map((name) => {
        const per = (sums: number[]) => sums.map((sum, which) => sum / (hours[which] || 1));
        return { what: `home ${home} ${name}`, ours: per(errors[name]), mean: per(naive[name]) };
      });
    });
    const both = (pair: readonly number[]) => pair.map((kwh) => kwh.toFixed(3)).join(" / ");
    console.log(
      ["mean error in kWh an hour, next hour / day ahead: learned, 7-day mean"]
        .concat(table.map(({ what, ours, mean }) => `${what.padEnd(12)} ${both(ours)}  ${both(mean)}`))
        .join("\n"),
    );
    for (const { ours, mean } of table) for (const which of [0, 1]) expect(ours[which]).toBeLessThan(mean[which] ?? 0);
  });
});
