import type { Prediction } from "../../model/learned.ts";
import type { Twin } from "../../twin/fit.ts";
import { Habit } from "../../twin/forecast/habit.ts";
import type { HourSeries } from "../../twin/hours.ts";
import { presenceOf, usuallyHome } from "../../twin/presence.ts";
import { predicted, scored, type Told, testedDays } from "./scored.ts";

const HOUR = 3_600_000;

/** Each tested day as its habit foretold it from the days before, and the mean of those days beside it. */
export function byHabit(series: HourSeries): Told {
  const habit = new Habit(series);
  const made = new Float64Array(series.kwh.length).fill(Number.NaN);
  const plain = made.slice();
  for (const { from, to } of testedDays(series)) {
    const mean = habit.meanBefore(from);
    for (let i = from; i < to; i++) {
      made[i] = habit.at(i, from, mean);
      plain[i] = mean;
    }
  }
  return { made, plain, came: series.kwh };
}

/** How often somebody was there where it was said to be likely, and where to be unlikely; percent, in words. */
function calibration({ made, came }: Told): string {
  const share = (within: (p: number) => boolean): string | undefined => {
    let [there, hours] = [0, 0];
    made.forEach((p, i) => {
      const is = came[i] ?? Number.NaN;
      if (!within(p) || !Number.isFinite(is)) return;
      there += is;
      hours++;
    });
    return hours >= 12 ? `${Math.round((100 * there) / hours)} %` : undefined;
  };
  const [likely, unlikely] = [share((p) => p >= 0.8), share((p) => p <= 0.2)];
  return [
    ...(likely ? [`somebody was seen in ${likely} of the hours that it called likely (80 % and more)`] : []),
    ...(unlikely ? [`in ${unlikely} of those that it called unlikely (20 % and less)`] : []),
  ].join(", ");
}

/** Whether somebody is home, by the habit of each weekday and hour. */
export function presence(twin: Twin): Prediction | undefined {
  const { history, parts } = twin;
  const series = presenceOf(
    history,
    parts.occupancy.map((o) => o.path),
  );
  if (!series) return undefined;
  const told = byHabit(series);
  const found = scored(series, told, 100);
  const used = usuallyHome(series, series.from + series.kwh.length * HOUR) !== undefined;
  const tells = calibration(told);
  const note = `From the rooms' sensors, by weekday and hour${tells ? `: ${tells}` : ""}. ${
    used
      ? "Goals that hold while somebody is home plan with it for the hours beyond the next two."
      : "Nothing is planned by it: it tells no more than the mean of all hours, or the sensors see too little of the house. People are taken to be home."
  }`;
  return predicted("presence", "%", "the mean of all hours", found, { used, note });
}
