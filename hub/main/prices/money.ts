import { priceServices } from "../../../adapters/prices/index.ts";
import { billOf } from "../../energy/bill/bill.ts";
import { holidayCountries } from "../../energy/bill/holidays.ts";
import { marginalAt } from "../../energy/bill/marginal.ts";
import { bookOf, summaryOf } from "../../energy/bill/simple.ts";
import { readPriceFile } from "../../energy/price-file.ts";
import { bookFaults, seriesOf } from "../../energy/tariff-check.ts";
import { tariffForms } from "../../energy/tariff-forms/index.ts";
import type { SeriesFacts } from "../../model/price-series.ts";
import type { PricedTariff, Tariff } from "../../model/tariff.ts";
import type { Contract, KnownSeries, TariffBook } from "../../model/tariff-book.ts";
import type { Clock, ComparedBill, Log, Money, NewPriceFile, PricePicture, Store } from "../../ports.ts";
import type { CoreState, Input } from "../../step.ts";
import { flatTariff } from "../defaults.ts";
import { contractsFor, energyFor, midnightOf } from "./energy.ts";
import type { Ask } from "./fetch.ts";
import { PriceWatch } from "./watch.ts";

const DAY = 86_400_000;
const QUARTER = 900_000;
/** Rules and plans look no further back or ahead. */
const MEMORY_DAYS = 400;
const MAX_PICTURE_DAYS = 14;

export interface MoneyParts {
  readonly state: CoreState;
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  readonly put: (input: Input) => boolean;
  /** Stands in for the world in tests. */
  readonly ask?: Ask;
}

/** Tariffs, bills and prices of this home. `start` gives the core its prices and begins to ask the service, if one is on. */
export function createMoney(parts: MoneyParts): Money & { start(): void; stop(): void } {
  const { state, store, clock } = parts;
  const zone = () => state.home.settings.timeZone;
  const kept = () => store.get<TariffBook>("tariff", "book");
  const simple = (): Tariff => store.get<Tariff>("tariff", "tariff") ?? flatTariff;
  const book = () => kept() ?? bookOf(simple(), state.home.settings.currency);
  const read = (ids: readonly string[], from: number, to: number): KnownSeries =>
    new Map(ids.map((id) => [id, store.prices.read(id, from, to)]));
  const audit = (by: string, what: string, subject: string, detail: string) =>
    store.appendAudit({ at: clock.now(), by, what, subject, detail });
  const changed = () => {
    const tariff = pricedTariff(kept(), simple(), read, clock.now(), zone());
    parts.put({ kind: "tariffSet", tariff });
  };
  const watch = new PriceWatch({ store, clock, log: parts.log, changed, ask: parts.ask });
  const billFor = async (of: TariffBook, from: string, to: string) => {
    const billed = await energyFor(parts, contractsFor(of, from, to), from, to);
    const known = read(idsOf(of), billed.grid.from - DAY, billed.to + DAY);
    return billOf(of, billed.grid, billed.from, billed.to, zone(), known);
  };
  return {
    book,
    setBook(given, by) {
      const fault = bookFaults(given)[0] ?? currencyFault(given, store.prices.list(), state.home.settings.currency);
      if (fault) throw new RangeError(`${fault.field}: ${fault.message}`);
      store.put("tariff", "book", given);
      audit(by, "tariff-set", "tariff", given.contracts.map((c) => `${c.name} from ${c.validFrom}`).join("; "));
      changed();
      return given;
    },
    forms: () => tariffForms,
    holidayCountries: () => holidayCountries,
    picture: (contract, day, days) =>
      pictureOf(only(book(), contract), midnightOf(day, zone(), "day"), days, read, zone()),
    bill: (from, to) => billFor(book(), from, to),
    async compare(from, to, contracts) {
      const all = [
        { contract: "book", name: "Your tariff", of: book() },
        ...contracts.map((c) => ({ contract: c.id, name: c.name, of: only(book(), c) })),
      ];
      const bills: ComparedBill[] = [];
      // One after the other: the loop goes on between them.
      for (const { contract, name, of } of all) bills.push({ contract, name, bill: await billFor(of, from, to) });
      return bills;
    },
    ...createPricePart(store, watch, { zone, audit, changed, now: () => clock.now() }),
    start() {
      changed();
      watch.start();
    },
    stop: () => watch.stop(),
  };
}

/** As {@link createMoney}, begun; it ends with the hub. */
export function startMoney(parts: MoneyParts, onEnd: (end: () => unknown) => void): Money {
  const money = createMoney(parts);
  onEnd(() => money.stop());
  money.start();
  return money;
}

interface Around {
  readonly zone: () => string;
  readonly audit: (by: string, what: string, subject: string, detail: string) => void;
  readonly changed: () => void;
  readonly now: () => number;
}

type PricePart = "series" | "previewFile" | "importFile" | "removeSeries" | "services" | "service" | "setService";

/** Kept prices, files of them, and the service that is asked. */
function createPricePart(store: Store, watch: PriceWatch, around: Around): Pick<Money, PricePart | "fetchPrices"> {
  const { zone, audit, changed } = around;
  return {
    series: () => store.prices.list(),
    previewFile: (file) => readFile(file, zone()).preview,
    importFile(file, by) {
      const { preview, points } = readFile(file, zone());
      store.prices.put(factsOf(file, preview.unit === "gPerKwh"), points, around.now());
      audit(by, "prices-imported", file.series, `${preview.rows} prices from ${file.source || "a file"}`);
      changed();
      return preview;
    },
    removeSeries(id, by) {
      const removed = store.prices.remove(id);
      if (removed) audit(by, "prices-removed", id, "");
      if (removed) changed();
      return removed;
    },
    services: () => priceServices.map(({ path: _, read: __, host: ___, ...service }) => service),
    service: () => watch.status(),
    setService(given, by) {
      watch.set(given);
      audit(by, "price-service-set", given.service, given.on ? `on, ${given.zone}` : "off");
      return watch.status();
    },
    async fetchPrices(by) {
      await watch.fetch();
      audit(by, "prices-fetched", watch.status().service, watch.status().problem ?? "");
      return watch.status();
    },
  };
}

type Read = (ids: readonly string[], from: number, to: number) => KnownSeries;

const idsOf = (book: TariffBook): string[] => [
  ...seriesOf(book.contracts),
  ...(book.co2.series === undefined ? [] : [book.co2.series]),
];

/** The tariff as rules, plans and the energy view reckon with it. */
function pricedTariff(
  book: TariffBook | undefined,
  simple: Tariff,
  read: Read,
  now: number,
  zone: string,
): PricedTariff {
  if (!book) return simple;
  const series = read(idsOf(book), now - MEMORY_DAYS * DAY, now + MEMORY_DAYS * DAY);
  return { ...summaryOf(book, series, now, zone), priced: { book, series } };
}

/** A contract as if it had always been the only one. */
const only = (book: TariffBook, contract: Contract): TariffBook => ({
  ...book,
  contracts: [{ ...contract, validFrom: "1970-01-01" }],
  offers: [],
});

function pictureOf(book: TariffBook, from: number, days: number, read: Read, zone: string): PricePicture {
  // An hour more for a day of 25 hours.
  const to = from + Math.min(MAX_PICTURE_DAYS, Math.max(1, days)) * DAY;
  const series = read(idsOf(book), from - 15 * DAY, to);
  const prices: PricePicture["prices"][number][] = [];
  for (let at = from; at < to; at += QUARTER) {
    const price = marginalAt(book, series, at, zone);
    const last = prices.at(-1);
    const same =
      last?.importPerKwh === price.importPerKwh &&
      last.exportPerKwh === price.exportPerKwh &&
      last.guess === price.guess;
    if (!same) prices.push({ from: at, ...price });
  }
  return { prices, to };
}

const readFile = (file: NewPriceFile, zone: string) => {
  const { unit, timeColumn, valueColumn, timeZone = zone } = file;
  return readPriceFile(file.text, { unit, timeColumn, valueColumn, timeZone });
};

const factsOf = ({ series, name, currency, source }: NewPriceFile, grams: boolean): SeriesFacts => ({
  id: series,
  name,
  unit: grams ? "gPerKwh" : "perKwh",
  currency: grams ? "" : currency,
  source,
  licence: "",
});

/** Prices in another currency than the book's would be added as if they were the same. */
function currencyFault(book: TariffBook, stored: readonly SeriesFacts[], home: string) {
  if (book.currency !== home) return { field: "currency", message: `is ${book.currency}, but the home's is ${home}` };
  const foreign = stored.find((s) => seriesOf(book.contracts).includes(s.id) && s.currency !== book.currency);
  return foreign
    ? {
        field: "currency",
        message: `is ${book.currency}, but the prices ${foreign.id} are in ${foreign.currency || "g CO2"}`,
      }
    : undefined;
}
