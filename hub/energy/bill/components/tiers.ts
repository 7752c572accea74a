import type { Tiers } from "../../../model/tariff-book.ts";
import { exact } from "../exact.ts";
import { periodDays, periodStart } from "../period.ts";
import type { ComponentKind, LineDays } from "./kind.ts";

/** kWh of a step that lie between two counts since the period began. */
const inStep = (low: number, high: number, from: number, to: number): number =>
  Math.max(0, Math.min(high, to) - Math.max(low, from));

/**
 * Prices by what was imported since the period began, of this one meter. It counts from the first day that is told of, so
 * that a bill for half a month is right only together with the energy before it.
 */
export const tiers: ComponentKind<Tiers> = {
  bill({ label, role, per, starts, steps, perDay }, calendar) {
    const count = calendar.days.length;
    const kwh = steps.map(() => new Float64Array(count));
    let period = "";
    let used = 0;
    calendar.days.forEach((day, d) => {
      const now = periodStart(day.facts.day, per, starts);
      if (now !== period) used = 0;
      period = now;
      const energy = day.importedKwh;
      const scale = perDay ? periodDays(now, per, starts) : 1;
      let low = 0;
      steps.forEach((step, s) => {
        const high = (step.upTo ?? Number.POSITIVE_INFINITY) * scale;
        const row = kwh[s];
        if (row) row[d] = inStep(low, high, used, used + energy);
        low = high;
      });
      used += energy;
    });
    return steps.map((step, s): LineDays => {
      const days = kwh[s] ?? new Float64Array(count);
      const end = step.upTo === undefined ? "beyond" : `up to ${step.upTo} kWh${perDay ? " a day" : ""}`;
      return {
        label: `${label}, ${end}`,
        role,
        unit: "kWh",
        rate: step.perKwh,
        quantity: days.map(exact),
        amount: days.map((value) => exact(value * step.perKwh)),
        ...(per === "day" ? {} : { note: `steps count from the beginning of the ${per}, or of what is known of it` }),
      };
    });
  },
  // Which step the month has reached is not known to the clock; the first one stands for it.
  marginal: ({ role, steps }) => [
    { role, direction: "import", perKwh: steps[0]?.perKwh ?? 0, guess: steps.length > 1 },
  ],
};
