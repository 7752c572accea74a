import { clockText } from "../../energy/clock.ts";
import type { Prediction } from "../../model/learned.ts";
import type { Twin } from "../../twin/fit.ts";
import { hoursOf } from "../../twin/history.ts";
import { type HourSeries, placeOf } from "../../twin/hours.ts";
import { mean, median } from "../../twin/numbers.ts";
import { awayByHour } from "./away.ts";
import { byHabit } from "./presence.ts";
import { predicted, scored, TESTED_DAYS } from "./scored.ts";

/** Arrivals of the series: local day, and minutes of the day at the end of the last hour away. */
function arrivals(series: HourSeries): { readonly day: number; readonly minutes: number }[] {
  const found: { day: number; minutes: number }[] = [];
  series.kwh.forEach((away, i) => {
    if (!(away > 0) || (series.kwh[i + 1] ?? 1) > 0) return;
    const { day, hour } = placeOf(series, i);
    found.push({ day, minutes: hour * 60 + Math.round(away * 60) });
  });
  return found;
}

/** Whether the car is gone, by the habit of each weekday and hour, and when it comes home. */
export function car(twin: Twin): Prediction | undefined {
  const model = twin.models.find((m) => m.kind === "car" && m.asked);
  if (!model?.asked) return undefined;
  const series = awayByHour(twin.history, model.asked, hoursOf(twin.history));
  const found = scored(series, byHabit(series), 100);
  const all = arrivals(series);
  const first = (placeOf(series, series.kwh.length).day ?? 0) - TESTED_DAYS;
  const off = all
    .filter((a) => a.day >= first)
    .map((a) => {
      const before = all.filter((b) => b.day < a.day).map((b) => b.minutes);
      return Math.abs(median(before) - a.minutes);
    });
  const usual = median(all.map((a) => a.minutes));
  const arrival = Number.isFinite(mean(off))
    ? `It usually comes home at about ${clockText(Math.round(usual))}; on the last ${off.length} drives that was off by ${Math.round(mean(off))} minutes. `
    : "";
  const note = `${arrival}Used to know when it can charge; while it is plugged in, it is there.`;
  return predicted("car", "%", "the mean of all hours", found, { used: true, note });
}
