import type { Money } from "../../../hub/ports.ts";

const off = { on: false, service: "energy-charts", zone: "DE-LU", series: "day-ahead", hasKey: false };

/** A home that was never told what energy costs. */
export const noMoney: Money = {
  book: () => ({ currency: "EUR", contracts: [], offers: [], dayLists: [], co2: { bands: [], gPerKwh: 400 } }),
  setBook: (book) => book,
  forms: () => [],
  holidayCountries: () => [],
  picture: (_, day) => {
    throw new RangeError(`day: ${day} is not known`);
  },
  bill: async () => {
    throw new RangeError("from: there is no house meter; give a meter this role on its page");
  },
  compare: async () => [],
  series: () => [],
  previewFile: () => {
    throw new RangeError("text: no row of the file could be read");
  },
  importFile: () => {
    throw new RangeError("text: no row of the file could be read");
  },
  removeSeries: () => false,
  services: () => [],
  service: () => off,
  setService: () => off,
  fetchPrices: async () => off,
};
