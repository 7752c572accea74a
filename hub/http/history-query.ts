import { type CalendarUnit, usualMs } from "../model/calendar.ts";
import { parsePath } from "../model/path.ts";
import type { HistoryQuery } from "../ports.ts";
import type { FieldError } from "./problem.ts";

const MAX_BUCKETS = 5_000;
const MIN_BUCKET_MS = 60_000;
const MAX_BUCKET_MS = 366 * 86_400_000;
const unitMs: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 };
const calendarUnits = new Map<string, CalendarUnit>([
  ["1d", "day"],
  ["1w", "week"],
  ["1mo", "month"],
  ["1y", "year"],
]);

type Parsed =
  /** `usualMs` is the length of a bucket; of the calendar's, what they usually last. */
  | { readonly ok: true; readonly query: HistoryQuery; readonly usualMs: number }
  | { readonly ok: false; readonly errors: readonly FieldError[] };

/**
 * Reads a history request: times as ISO 8601 with a zone (a day alone is UTC) or epoch ms; buckets as 60s, 5m, 1h, 24h, or
 * as days, weeks, months and years of the home's calendar: 1d, 1w, 1mo, 1y.
 */
export function parseHistory(raw: { key: string; from: string; to: string; bucket: string }, timeZone: string): Parsed {
  const from = timeOf(raw.from);
  const to = timeOf(raw.to);
  const unit = calendarUnits.get(raw.bucket);
  const length = unit ? usualMs[unit] : bucketOf(raw.bucket);
  const errors: FieldError[] = [];
  if (!parsePath(raw.key))
    errors.push({ field: "key", message: "must be an attribute's key such as mqtt-1/1/onOff.onOff" });
  if (from === undefined) errors.push({ field: "from", message: TIME_WORDS });
  if (to === undefined) errors.push({ field: "to", message: TIME_WORDS });
  if (length === undefined)
    errors.push({
      field: "bucket",
      message: "must be a length such as 60s, 5m or 1h, at least 60s, or 1d, 1w, 1mo or 1y for the home's calendar",
    });
  if (from === undefined || to === undefined || length === undefined || errors.length > 0) return { ok: false, errors };
  if (to <= from) return { ok: false, errors: [{ field: "to", message: "must be later than from" }] };
  const buckets = Math.ceil((to - from) / length);
  if (buckets > MAX_BUCKETS) {
    const atLeast = Math.ceil((to - from) / MAX_BUCKETS / 60_000);
    const message = `must be at least ${atLeast}m for this range: ${buckets} buckets are more than ${MAX_BUCKETS}`;
    return { ok: false, errors: [{ field: "bucket", message }] };
  }
  const cut = unit ? { calendar: { unit, timeZone } } : { bucketMs: length };
  return { ok: true, query: { key: raw.key, from, to, ...cut }, usualMs: length };
}

export const TIME_WORDS = "must be a time such as 2026-03-01T00:00:00Z, or epoch ms";

/** Epoch ms of a time as people or programs write it; undefined for none. */
export function timeOf(text: string): number | undefined {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  // In a query string an unescaped + has become a space.
  const iso = text.replace(/ (?=\d\d:\d\d$)/, "+");
  if (!/^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/.test(iso)) return undefined;
  const ms = Date.parse(iso);
  return Number.isFinite(ms) ? ms : undefined;
}

function bucketOf(text: string): number | undefined {
  const [, count, unit] = /^(\d{1,9})([smh])$/.exec(text) ?? [];
  const ms = Number(count) * (unitMs[unit ?? ""] ?? Number.NaN);
  return ms >= MIN_BUCKET_MS && ms <= MAX_BUCKET_MS ? ms : undefined;
}
