import type { ExportSeries, HistoryBucket } from "../ports.ts";
import type { ExportedReading } from "./export.ts";

/** First line of a file of buckets, and of one of single readings. */
export const BUCKET_HEAD = "key,name,unit,start,min,mean,max,last,coverage\r\n";
export const READING_HEAD = "key,name,unit,time,value\r\n";

/** Text of a foreign maker: a spreadsheet must not take it for a formula (OWASP: CSV injection), nor for the line's end. */
function cell(text: string): string {
  const safe = /^[=+\-@\t\r\n]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const iso = (at: number): string => new Date(at).toISOString();
/** Digits beyond the fifteenth are the arithmetic's, not the device's. */
const number = (value: number): string => String(Number(value.toPrecision(15)));
const headOf = ({ key, name, unit }: ExportSeries): string => `${cell(key)},${cell(name)},${cell(unit)},`;

/** Lines of RFC 4180; times in UTC, a bucket by its start, coverage 0 to 1. */
export function bucketLines(series: ExportSeries, buckets: readonly HistoryBucket[]): string {
  const head = headOf(series);
  return buckets
    .map(({ at, min, mean, max, last, coverage }) => {
      const values = [min, mean, max, last].map(number).join(",");
      return `${head}${iso(at)},${values},${Number(coverage.toFixed(4))}\r\n`;
    })
    .join("");
}

/** The same of single readings; booleans as true and false, text as it came. */
export function readingLines(series: ExportSeries, readings: readonly ExportedReading[]): string {
  const head = headOf(series);
  return readings
    .map(({ at, value }) => `${head}${iso(at)},${typeof value === "string" ? cell(value) : String(value)}\r\n`)
    .join("");
}
