import type { DynamicPrice } from "../../../model/tariff-book.ts";
import { exact } from "../exact.ts";
import { valueAt, valueOrGuess } from "../series.ts";
import type { ComponentKind } from "./kind.ts";

/** The price per kWh that a published value leads to. */
export function priceFrom(component: DynamicPrice, published: number): number {
  const { factor, perKwh, floor, ceiling, above } = component;
  const held = Math.min(ceiling ?? Number.POSITIVE_INFINITY, Math.max(floor ?? Number.NEGATIVE_INFINITY, published));
  return factor * (above === undefined ? held : Math.max(0, held - above)) + perKwh;
}

const QUARTER = 900_000;

/** A published price: each slot at its own. Energy of hours whose price is not known is not charged but said. */
export const dynamic: ComponentKind<DynamicPrice> = {
  bill(component, calendar) {
    const { direction, role, label } = component;
    const energy = direction === "import" ? calendar.importedKwh : calendar.exportedKwh;
    const series = calendar.series.get(component.series);
    const count = calendar.days.length;
    const quantity = new Float64Array(count);
    const amount = new Float64Array(count);
    const unpricedKwh = new Float64Array(count);
    calendar.days.forEach((day, d) => {
      let kwh = 0;
      let money = 0;
      let unpriced = 0;
      let quarter = -1;
      let price: number | undefined;
      for (let slot = day.first; slot < day.end; slot++) {
        const value = energy[slot] ?? Number.NaN;
        if (!(value > 0)) continue;
        const now = Math.floor(calendar.at(slot) / QUARTER);
        if (now !== quarter) {
          quarter = now;
          const published = series && valueAt(series, calendar.at(slot));
          price = published === undefined ? undefined : priceFrom(component, published);
        }
        if (price === undefined) unpriced += value;
        else {
          kwh += value;
          money += value * price;
        }
      }
      quantity[d] = exact(kwh);
      amount[d] = exact(direction === "import" ? money : -money);
      unpricedKwh[d] = exact(unpriced);
    });
    return [{ label, role, unit: "kWh", rate: undefined, quantity, amount, unpricedKwh }];
  },
  marginal(component, { at, series }) {
    const { role, direction } = component;
    const held = series.get(component.series);
    const found = held && valueOrGuess(held, at);
    if (!found) return [{ role, direction, perKwh: component.perKwh, guess: true }];
    return [{ role, direction, perKwh: priceFrom(component, found.value), guess: found.guess }];
  },
};
