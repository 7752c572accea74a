import { ratesOf } from "../../energy/flexible.ts";
import { marginalPrice, priceAt } from "../../energy/tariff.ts";
import type { Tariff } from "../../model/tariff.ts";
import type { Hub } from "../../ports.ts";
import type { FacadeParts } from "../facade.ts";

/** What the hub says of its tariff, and how the simple one is set. */
export function createTariffPart(parts: FacadeParts): Pick<Hub, "money" | "tariff" | "setTariff" | "prices"> {
  const { state, store, clock } = parts;
  return {
    money: parts.money,
    tariff() {
      const { priced: _, ...tariff } = state.tariff;
      return tariff;
    },
    setTariff(tariff: Tariff, by) {
      if (store.get("tariff", "book"))
        throw new RangeError("body: this home has contracts; change them at /api/tariffs");
      store.put("tariff", "tariff", tariff);
      store.appendAudit({ at: clock.now(), by, what: "tariff-set", subject: "tariff", detail: tariff.name });
      parts.put({ kind: "tariffSet", tariff });
    },
    prices(from, to) {
      const { timeZone } = state.home.settings;
      const rates = ratesOf((at) => priceAt(state.tariff, at, timeZone), from, to);
      return rates.map(({ from, rate }) => {
        const { guess } = marginalPrice(state.tariff, from, timeZone);
        return guess ? { from, perKwh: rate, guess } : { from, perKwh: rate };
      });
    },
  };
}
