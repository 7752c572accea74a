/** Sunrise and its like at the home's place, after Meeus, Astronomical Algorithms, chapters 15 and 25 (suncalc). */
import { getTimes } from "suncalc";
import type { SunMoment } from "../../model/rule/condition.ts";
import { type Place, type SunEvent, type SunTrigger, sunEvents } from "../../model/rule/time.ts";
import { DAY, dayAt, MINUTE, momentOf, msOf, partsOf } from "./day.ts";

/** Epoch ms of each event of one solar day; undefined where the sun does not cross that height that day. */
export type SunDay = Readonly<Record<SunEvent, number | undefined>>;

/** A home whose place is not known has no sun. */
const unknown: SunDay = { sunrise: undefined, sunset: undefined, dawn: undefined, dusk: undefined, noon: undefined };

const places = new Map<string, Map<number, SunDay>>();
/** Places and days that are remembered; then the memory starts over. */
const MAX_PLACES = 4;
const MAX_DAYS = 4_000;

/** The sun on the solar day whose noon at the place is nearest to that of the day (days since 1970-01-01). */
export function sunDay(day: number, { latitude, longitude }: Pick<Place, "latitude" | "longitude">): SunDay {
  if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return unknown;
  const key = `${latitude} ${longitude}`;
  let days = places.get(key);
  if (!days) {
    if (places.size >= MAX_PLACES) places.clear();
    days = new Map();
    places.set(key, days);
  }
  const known = days.get(day);
  if (known) return known;
  if (days.size >= MAX_DAYS) days.clear();
  const found = timesOf(day, latitude, longitude);
  days.set(day, found);
  return found;
}

/** The sun of the day that the clock shows at a moment (epoch ms): of the solar day whose noon lies in it. */
export function sunOfLocalDay(at: number, place: Place): SunDay {
  const day = dayAt(at, place.timeZone);
  // Where the zone is far from the place's own longitude, the solar day has another number.
  const near = [day, day - 1, day + 1].map((one) => sunDay(one, place));
  return near.find(({ noon }) => noon !== undefined && dayAt(noon, place.timeZone) === day) ?? unknown;
}

/** The moment itself on a day, epoch ms; undefined where the sun does not do it that day. */
export const sunMomentOn = (day: SunDay, { event, offsetMinutes = 0 }: SunMoment): number | undefined => {
  const at = day[event];
  return at === undefined ? undefined : at + offsetMinutes * MINUTE;
};

/** Whether a part of the day by the sun runs over midnight: it begins with what comes later in a day than its end. */
export const isOverMidnight = (from: SunMoment, to: SunMoment): boolean =>
  sunEvents.indexOf(from.event) > sunEvents.indexOf(to.event);

function timesOf(day: number, latitude: number, longitude: number): SunDay {
  // The mean noon of the place: what getTimes rounds to a day, so that no place lies at the edge of the rounding.
  const noon = new Date((day + 0.5 - longitude / 360) * DAY);
  const { sunrise, sunset, dawn, dusk, solarNoon } = getTimes(noon, latitude, longitude);
  const at = (time: Date | null) => (time === null ? undefined : Math.round(time.getTime() / 1000) * 1000);
  return { sunrise: at(sunrise), sunset: at(sunset), dawn: at(dawn), dusk: at(dusk), noon: at(solarNoon) };
}

/**
 * The trigger's moments in (after, to], rising: one for each solar day on which the sun does it. Weekday and the limits
 * by the clock are those of the local day of that solar day's noon, so that a sunset after midnight is still that day's.
 */
export function* sunMoments(trigger: SunTrigger, after: number, to: number, place: Place): Generator<number> {
  let done = after;
  for (let day = Math.floor(after / DAY) - 3; day <= to / DAY + 3; day++) {
    const at = sunMoment(trigger, sunDay(day, place), place);
    if (at === undefined || at <= done || at > to) continue;
    done = at;
    yield at;
  }
}

function sunMoment(trigger: SunTrigger, sun: SunDay, { timeZone }: Place): number | undefined {
  const event = sun[trigger.event];
  if (event === undefined || sun.noon === undefined) return undefined;
  const day = dayAt(sun.noon, timeZone);
  if (trigger.weekdays && !trigger.weekdays.includes(partsOf(day).weekday)) return undefined;
  let at = event + (trigger.offsetMinutes ?? 0) * MINUTE;
  if (trigger.notBefore !== undefined) at = Math.max(at, momentOf(day, msOf(trigger.notBefore), timeZone));
  if (trigger.notAfter !== undefined) at = Math.min(at, momentOf(day, msOf(trigger.notAfter), timeZone));
  return at;
}
