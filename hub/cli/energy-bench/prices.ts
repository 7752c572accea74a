/** What each hour costs, and which of it is known when an hour begins. */
import { UsageError } from "../usage-error.ts";
import { type HomeHours, wallHour, whole } from "./home.ts";
import { readTable } from "./table.ts";

export interface Prices {
  /** Currency per kWh imported, by hour of the home. */
  readonly price: Float64Array;
  readonly exportPrice: Float64Array;
  /** How many hours from hour `t` on are published when it begins. */
  published(t: number): number;
}

export interface PriceChoice {
  /** File of day-ahead prices; with it `adder` (per kWh) and the hour from which tomorrow's are known. */
  readonly file?: string;
  readonly adder: number;
  readonly publishHour: number;
  /** The same price always. */
  readonly flat?: number;
  readonly exportPrice: number;
}

/** A tariff is known for as long as anyone looks ahead. */
const TARIFF_HOURS = 7 * 24;

/** Throws UsageError. */
export function pricesOf(home: HomeHours, file: string, choice: PriceChoice): Prices {
  const n = home.starts.length;
  const exportPrice = new Float64Array(n).fill(choice.exportPrice);
  const tariff = (t: number) => Math.min(n - t, TARIFF_HOURS);
  if (choice.flat !== undefined)
    return { price: new Float64Array(n).fill(choice.flat), exportPrice, published: tariff };
  if (choice.file !== undefined) return { ...dayAhead(home, choice, choice.file), exportPrice };
  if (!home.price)
    throw new UsageError(
      "no-price",
      `${file} has no column that begins with price.`,
      "add price_kwh, or give --price FILE or --flat P",
    );
  return { price: home.price, exportPrice, published: tariff };
}

/** Prices row by row beside the home's rows, published a day at a time by the price file's own clock. */
function dayAhead(home: HomeHours, { adder, publishHour }: PriceChoice, file: string): Omit<Prices, "exportPrice"> {
  const table = readTable("--price", file);
  const n = home.starts.length;
  const column = table.columns.find((name) => name.startsWith("spot"));
  if (column === undefined)
    throw new UsageError(
      "no-column",
      `${file} has no column that begins with spot; it has ${table.columns.join(", ").slice(0, 200)}.`,
      "name the column of prices per MWh spot_eur_mwh",
    );
  if (column.endsWith("_kwh"))
    throw new UsageError("wrong-unit", `${file}: ${column} says per kWh.`, "give prices per MWh, named spot_eur_mwh");
  if (table.rows < n)
    throw new UsageError(
      "wrong-length",
      `${file} has ${table.rows} hours, the home has ${n}.`,
      "give a price for each hour of the home, or a shorter home",
    );
  const price = whole(table, column)
    .subarray(0, n)
    .map((perMwh) => perMwh / 1000 + adder);
  const timed = table.columns.includes("local_time");
  const clock = timed ? home.hours.map((_, t) => wallHour(table, t, "local_time")) : home.hours;
  const dayOf = (t: number) => Math.floor((clock[t] ?? 0) / 24);
  return {
    price,
    published: (t) => {
      const last = dayOf(t) + ((clock[t] ?? 0) % 24 >= publishHour ? 1 : 0);
      let count = 1;
      while (t + count < n && dayOf(t + count) <= last) count++;
      return count;
    },
  };
}
