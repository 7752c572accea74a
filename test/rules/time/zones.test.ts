import { describe, expect, test } from "vitest";
import { stretchAt } from "../../../hub/energy/zone.ts";
import {
  asTemporal,
  changesByTemporal,
  changesOf,
  followsTheClock,
  neverApart,
  onceADay,
  splitsAnywhere,
} from "./zone-laws.ts";

/**
 * Zones that are odd: changes at midnight, by half an hour, by two and three hours, over the date line, at one minute
 * past, by 44 minutes and 30 seconds, within a week of each other, and twice a year by the moon. All zones: zones.long.ts.
 */
const zones = [
  ...["Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo", "America/Havana", "America/St_Johns"],
  ...["Pacific/Apia", "Pacific/Kwajalein", "Pacific/Kiritimati", "Antarctica/Casey", "Antarctica/Troll", "Asia/Gaza"],
  ...["Africa/Monrovia", "America/Noronha", "Africa/Casablanca", "Europe/Dublin"],
];
const DAY = 86_400_000;
const changes = zones.flatMap(changesOf);

describe("a change of the clock, from 1970 to 2035 in zones of every oddness", () => {
  test("is known to the second, and none is missed", () => {
    expect(changes.length).toBeGreaterThan(1000);
    for (const change of changes) asTemporal(change);
    for (const zone of zones) expect(changesOf(zone).map(({ at }) => at)).toEqual(changesByTemporal(zone));
  });

  test("is remembered for two months, over the edges of what is held at once", () => {
    for (const { zone, at } of changes) {
      const next = changes.find((change) => change.zone === zone && change.at > at)?.at ?? Number.POSITIVE_INFINITY;
      for (const days of [1, 20, 40, 60].filter((days) => at + days * DAY < next))
        if (stretchAt(at + days * DAY, zone).from !== at) expect.fail(`${zone} ${new Date(at).toISOString()}`);
    }
  });

  test("leaves a time of day once each day", () => {
    for (const change of changes) onceADay(change);
  });

  test("does not keep “every n minutes” away for longer than it says", () => {
    for (const change of changes) for (const minutes of [7, 45, 60, 120, 500]) neverApart(change, minutes);
  });

  test("is followed by cron with an open hour", () => {
    for (const change of changes) followsTheClock(change);
  });

  test("does not matter to how the question is cut into parts", () => {
    for (const change of changes) splitsAnywhere(change);
  });
});
