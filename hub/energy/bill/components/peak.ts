import type { PeakPower } from "../../../model/tariff-book.ts";
import { type Calendar, type CalendarDay, eachBand } from "../calendar.ts";
import { exact } from "../exact.ts";
import type { ComponentKind } from "./kind.ts";

/** The mean kW of each window that is wholly known, as far as it counts, by day; windows begin with the local day. */
function windowsOf(component: PeakPower, calendar: Calendar): Float64Array[] {
  const { days, slotMs, importedKwh } = calendar;
  const shares = new Float64Array(importedKwh.length).fill(component.outside);
  if (component.bands.length > 0)
    eachBand(calendar, component.bands, (_, slot, band) => {
      shares[slot] = component.bands[band]?.share ?? component.outside;
    });
  const size = Math.max(1, Math.round((component.windowMinutes * 60_000) / slotMs));
  const hours = (size * slotMs) / 3_600_000;
  return days.map((day) => {
    const windows: number[] = [];
    for (let first = day.first; first + size <= day.end; first += size) {
      let kwh = 0;
      // A slot that is not known makes the whole window unknown.
      for (let slot = first; slot < first + size; slot++)
        kwh += (importedKwh[slot] ?? Number.NaN) * (shares[slot] ?? 0);
      if (kwh >= 0) windows.push(kwh / hours);
    }
    // Typed arrays are sorted as numbers, the lowest first.
    return Float64Array.from(windows).sort();
  });
}

/** The mean of the highest windows of a month; undefined where none is known. */
function peakOf(days: readonly Float64Array[], { highest, onDifferentDays }: PeakPower): number | undefined {
  const best = days.flatMap((windows) => [...windows.slice(onDifferentDays ? -1 : -highest)]);
  const taken = Float64Array.from(best).sort().slice(-highest);
  return taken.length === 0 ? undefined : taken.reduce((sum, kw) => sum + kw, 0) / taken.length;
}

const groupByMonth = (days: readonly CalendarDay[]): Map<string, number[]> => {
  const months = new Map<string, number[]>();
  days.forEach((day, d) => {
    const list = months.get(day.month);
    if (list) list.push(d);
    else months.set(day.month, [d]);
  });
  return months;
};

/** Billed kW of each month: of so many months up to it as are known, at most `months`. */
function billedKw(component: PeakPower, calendar: Calendar): Map<string, number> {
  const windows = windowsOf(component, calendar);
  const peaks: number[] = [];
  const billed = new Map<string, number>();
  for (const [month, days] of groupByMonth(calendar.days)) {
    const peak = peakOf(
      days.flatMap((d) => windows[d] ?? new Float64Array()),
      component,
    );
    peaks.push(Math.max(component.atLeastKw, peak ?? 0));
    const last = peaks.slice(-Math.max(1, component.months));
    billed.set(month, last.reduce((sum, kw) => sum + kw, 0) / last.length);
  }
  return billed;
}

/** A charge on peak power: worked out for each month of what is known of it, and spread evenly over its days. */
export const peak: ComponentKind<PeakPower> = {
  bill(component, calendar) {
    const { label, per, perKw, steps } = component;
    const kw = billedKw(component, calendar);
    const yearly = per === "year" && !steps;
    const shares = calendar.days.map((d) => d.share / (yearly ? d.yearDays : d.monthDays));
    const ofMonth = (power: number): number =>
      steps ? (steps.find((step) => power <= (step.upToKw ?? Number.POSITIVE_INFINITY))?.perMonth ?? 0) : power * perKw;
    const each = (value: (power: number) => number) =>
      Float64Array.from(calendar.days, (d, i) => exact(value(kw.get(d.month) ?? 0) * (shares[i] ?? 0)));
    const coarse = calendar.measuredMs > component.windowMinutes * 60_000;
    const over = component.months > 1 ? `mean of the last ${component.months} months as far as they are known` : "";
    const notes = [
      "worked out for whole months, as far as they are known",
      over,
      coarse
        ? `from energy of ${calendar.measuredMs / 60_000} minutes: the true peak of ${component.windowMinutes} minutes may be higher`
        : "",
    ];
    return [
      {
        label,
        role: "grid",
        unit: yearly ? "kW years" : "kW months",
        rate: steps ? undefined : perKw,
        quantity: each((power) => power),
        amount: each(ofMonth),
        note: notes.filter(Boolean).join("; "),
      },
    ];
  },
  marginal: () => [],
};
