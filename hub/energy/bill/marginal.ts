/** What one more kWh costs or earns at a moment, taxes and fees in it. */
import type { KnownSeries, TariffBook } from "../../model/tariff-book.ts";
import { localTime } from "../clock.ts";
import { inForce } from "./bill.ts";
import { marginalOf } from "./components/index.ts";
import { dayBefore, dayFacts } from "./days.ts";
import { sum } from "./exact.ts";

export interface Marginal {
  /** Money per kWh. */
  readonly importPerKwh: number;
  readonly exportPerKwh: number;
  /** Some part is not published yet, or depends on what the month will bring. */
  readonly guess: boolean;
}

/**
 * The price of the next kWh by the contract in force at a moment; before the first one, by the first. A price that is not
 * published is guessed from the same hour of the last days. What only a month's end decides (peaks, caps, a higher
 * step) is not in it.
 */
export function marginalAt(book: TariffBook, series: KnownSeries, at: number, timeZone: string): Marginal {
  const { day, minutes } = localTime(at, timeZone);
  const contracts = inForce(book);
  const { contract } = contracts.findLast((c) => c.contract.validFrom <= day) ?? contracts[0] ?? {};
  const today = dayFacts(book, day);
  const yesterday = dayFacts(book, dayBefore(day));
  const parts = marginalOf(contract?.components ?? [], { at, minutes, today, yesterday, book, series });
  const of = (direction: "import" | "export") =>
    sum(parts.filter((part) => part.direction === direction).map((part) => part.perKwh));
  return { importPerKwh: of("import"), exportPerKwh: of("export"), guess: parts.some((part) => part.guess) };
}
