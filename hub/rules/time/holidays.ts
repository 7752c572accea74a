import { holidaysOf } from "../../energy/bill/holidays.ts";
import type { CalendarSpan } from "../../model/rule/time.ts";
import { DAY, dayAt, momentOf } from "./day.ts";

const held = new Map<string, readonly CalendarSpan[]>();
/** Questions that are remembered, as each tick asks the same one for a day; then the memory starts over. */
const MAX_HELD = 64;

/**
 * The public holidays of a country or region (one of `holidayRegions`) that touch [from, to), as entries `holiday` of a
 * calendar: from the first moment of the local day to the end of the last one of a row, so that two holidays side by
 * side begin and end once. None for a region that is not known. Throws RangeError for an unknown time zone.
 */
export function holidaySpans(region: string, from: number, to: number, timeZone: string): readonly CalendarSpan[] {
  const [first, last] = [dayAt(from, timeZone), dayAt(to - 1, timeZone)];
  const key = `${region} ${timeZone} ${first} ${last}`;
  const known = held.get(key);
  if (known) return known;
  if (held.size >= MAX_HELD) held.clear();
  const spans = found(region, first, last, timeZone);
  held.set(key, spans);
  return spans;
}

function found(region: string, first: number, last: number, timeZone: string): CalendarSpan[] {
  const spans: CalendarSpan[] = [];
  const is = (day: number): boolean => isHoliday(region, day);
  for (let day = first; day <= last; day++) {
    if (!is(day)) continue;
    let begin = day;
    while (is(begin - 1)) begin--;
    while (is(day + 1)) day++;
    spans.push({ entry: "holiday", from: momentOf(begin, 0, timeZone), to: momentOf(day + 1, 0, timeZone) });
  }
  return spans;
}

function isHoliday(region: string, day: number): boolean {
  const text = new Date(day * DAY).toISOString().slice(0, 10);
  return holidaysOf(region, Number(text.slice(0, 4))).has(text);
}
