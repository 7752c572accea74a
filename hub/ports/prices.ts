/** Prices over time: where they come from, and what the hub keeps of them. Interfaces only. */
import type { Bill } from "../model/bill.ts";
import type { FileUnit, PriceFilePreview, PricePoint, SeriesFacts, StoredSeries } from "../model/price-series.ts";
import type { Contract, LocalDate, Series, TariffBook, TariffComponent } from "../model/tariff-book.ts";

/** A public service that says what energy will cost. It builds a request and reads an answer; the hub does the rest. */
export interface PriceService {
  readonly id: string;
  readonly name: string;
  readonly source: string;
  readonly licence: string;
  /** Without a key of the person's own it answers nothing. */
  readonly keyNeeded: boolean;
  readonly unit: SeriesFacts["unit"];
  readonly zones: readonly { readonly id: string; readonly name: string; readonly currency: string }[];
  /** The only host that is asked, over TLS. */
  readonly host: string;
  /** Path and query for a stretch of time (epoch ms) of one of its zones. */
  path(zone: string, from: number, to: number, key: string): string;
  /** The answer's points, in money (or g) per kWh; throws RangeError saying what does not fit. */
  read(text: string): readonly PricePoint[];
}

/** What the store keeps of prices. Each change is committed before the call returns. */
export interface PriceStore {
  /** Adds to a series, newer values over older ones; makes it where there is none. At most 16 series of 8,000 days. */
  put(facts: SeriesFacts, points: readonly PricePoint[], publishedAt: number): void;
  read(id: string, from: number, to: number): Series;
  list(): readonly StoredSeries[];
  remove(id: string): boolean;
}

export interface PriceServiceSettings {
  /** Nothing leaves the house while it is off. */
  readonly on: boolean;
  readonly service: string;
  readonly zone: string;
  readonly series: string;
}

export interface PriceServiceStatus extends PriceServiceSettings {
  /** A key is kept; it is never shown. */
  readonly hasKey: boolean;
  readonly askedAt?: number | undefined;
  readonly knownUntil?: number | undefined;
  readonly problem?: string | undefined;
}

export interface NewPriceFile {
  readonly series: string;
  readonly name: string;
  readonly text: string;
  readonly currency: string;
  readonly source: string;
  /** Left out: guessed from the file, and shown in the preview. */
  readonly unit?: FileUnit | undefined;
  readonly timeColumn?: string | undefined;
  readonly valueColumn?: string | undefined;
  /** Of times without one of their own. */
  readonly timeZone?: string | undefined;
}

export interface PricePicture {
  /** Each holds until the next; money per kWh. */
  readonly prices: readonly {
    readonly from: number;
    readonly importPerKwh: number;
    readonly exportPerKwh: number;
    readonly guess: boolean;
  }[];
  readonly to: number;
}

export interface ComparedBill {
  readonly contract: string;
  readonly name: string;
  readonly bill: Bill;
}

export interface TariffFormView {
  readonly id: string;
  readonly country: string;
  readonly name: string;
  readonly words: string;
  readonly currency: string;
  readonly holidayCountry?: string | undefined;
  readonly dayLists?: readonly string[] | undefined;
  readonly components: readonly TariffComponent[];
}

/** What the http room may ask about tariffs, bills and prices. Expected refusals are RangeErrors that name the field. */
export interface Money {
  /** The book; a simple tariff is shown as a book of one contract. */
  book(): TariffBook;
  setBook(book: TariffBook, by: string): TariffBook;
  forms(): readonly TariffFormView[];
  holidayCountries(): readonly string[];
  /** What a contract's kWh costs from a local day on, quarter by quarter; at most 14 days. */
  picture(contract: Contract, day: LocalDate, days: number): PricePicture;
  /** From local day to local day, the latter not in it; at most 366 days. */
  bill(from: LocalDate, to: LocalDate): Promise<Bill>;
  /** What the same energy would have cost under each of these contracts alone, and under the book. */
  compare(from: LocalDate, to: LocalDate, contracts: readonly Contract[]): Promise<readonly ComparedBill[]>;
  series(): readonly StoredSeries[];
  previewFile(file: NewPriceFile): PriceFilePreview;
  importFile(file: NewPriceFile, by: string): PriceFilePreview;
  removeSeries(id: string, by: string): boolean;
  services(): readonly Omit<PriceService, "path" | "read" | "host">[];
  service(): PriceServiceStatus;
  /** An absent key stays as it is; an empty one is forgotten. */
  setService(settings: PriceServiceSettings & { readonly key?: string | undefined }, by: string): PriceServiceStatus;
  /** Asks the service now. */
  fetchPrices(by: string): Promise<PriceServiceStatus>;
}
