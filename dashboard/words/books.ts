import type { LedgerRow } from "../../hub/http/schemas.ts";

/** A stretch of the calendar that people look at, and the rows that it is drawn in. */
export const spans = [
  { by: "day", label: "Day", rows: "hour" },
  { by: "week", label: "Week", rows: "day" },
  { by: "month", label: "Month", rows: "day" },
  { by: "year", label: "Year", rows: "month" },
] as const;
export type Span = (typeof spans)[number];

const LOCALE = "en-GB";

/** What a stretch is called: `Friday 20 November`, `16 to 22 November`, `November 2026`, `2026`. */
export function spanWords(by: Span["by"], from: number, to: number, timeZone: string | undefined): string {
  const words = (at: number, options: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(LOCALE, { ...options, ...(timeZone ? { timeZone } : {}) }).format(at);
  switch (by) {
    case "day":
      return words(from, { weekday: "long", day: "numeric", month: "long" });
    case "week":
      return `${words(from, { day: "numeric", month: "long" })} to ${words(to - 1, { day: "numeric", month: "long" })}`;
    case "month":
      return words(from, { month: "long", year: "numeric" });
    case "year":
      return words(from, { year: "numeric" });
  }
}

/** What a row is called under its bar: the hour, the day, the month. */
export function rowWords(rows: Span["rows"], from: number, timeZone: string | undefined): string {
  const options: Record<Span["rows"], Intl.DateTimeFormatOptions> = {
    hour: { hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
    day: { weekday: "short", day: "numeric", month: "short" },
    month: { month: "short" },
  };
  return new Intl.DateTimeFormat(LOCALE, { ...options[rows], ...(timeZone ? { timeZone } : {}) }).format(from);
}

/** The sources (above the line) and what was put away (below it) of a row, kWh. */
export function stackOf(row: LedgerRow) {
  return {
    up: [
      { tone: "solar", kwh: row.solarKwh ?? 0 },
      { tone: "battery", kwh: row.dischargedKwh ?? 0 },
      { tone: "grid", kwh: row.importedKwh ?? 0 },
    ],
    down: [
      { tone: "battery", kwh: row.chargedKwh ?? 0 },
      { tone: "grid", kwh: row.exportedKwh ?? 0 },
    ],
  } as const;
}
