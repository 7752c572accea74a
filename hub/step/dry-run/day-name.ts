import { localTime, nextLocalMinutes, startOfLocalDay } from "../../energy/clock.ts";

/** Names local days (YYYY-MM-DD) of moments that mostly follow each other: a day is worked out once. */
export function dayNamer(timeZone: string): (at: number) => string {
  let day = { from: 0, to: 0, name: "" };
  return (at) => {
    if (at < day.from || at >= day.to) {
      const { day: name } = localTime(at, timeZone);
      day = { from: startOfLocalDay(at, timeZone), to: nextLocalMinutes(at, 0, timeZone), name };
    }
    return day.name;
  };
}
