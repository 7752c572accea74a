import { expect, test } from "vitest";
import { holdsAt } from "../../hub/planner/policy/when.ts";
import type { History } from "../../hub/twin/history.ts";
import { presenceOf, usuallyHome } from "../../hub/twin/presence.ts";
import { gridOf, MONDAY, ZONE } from "../planner/bench.ts";
import { randomFrom } from "../planner/synthetic.ts";

const HOUR = 3_600_000;
const SEEN = "hall/1/occupancySensing.occupancy";
const DAYS = 42;
const known = MONDAY + DAYS * 24 * HOUR;

/** Quarter hours of six weeks in which somebody moves, or not. */
const lived = (moves: (day: number, hour: number) => boolean): History => {
  const grid = gridOf(MONDAY, DAYS);
  const values = Float64Array.from({ length: grid.steps }, (_, i) =>
    moves(Math.floor(i / 96), Math.floor((i % 96) / 4)) ? 1 : 0,
  );
  return { ...grid, series: new Map([[SEEN, values]]) };
};
const home = (h: History) => presenceOf(h, [SEEN]);
const works = (day: number, hour: number) => day % 7 < 5 && hour >= 8 && hour < 17;
/** At work on weekdays, out once in ten evenings, asleep and unseen from 23 to 6. */
const household = (seed = 3) => {
  const random = randomFrom(seed);
  const out = Array.from({ length: DAYS }, () => random() < 0.1);
  return lived((day, hour) => hour >= 6 && hour < 23 && !works(day, hour) && !(out[day] && hour >= 18 && hour < 22));
};
const at = (day: number, hour: number) => MONDAY + (day * 24 + hour) * HOUR;

test("who was seen in the evening is home at night, and nobody is where no sensor is", () => {
  const series = home(household());
  expect(series?.kwh.slice(24, 30)).toEqual(new Float64Array(6).fill(1));
  expect(series?.kwh[24 + 10]).toBe(0);
  expect(presenceOf(household(), [])).toBeUndefined();
});

test("a household that works on weekdays is foreseen gone then, home in the evening and at the weekend", () => {
  const usually = usuallyHome(home(household()), known);
  if (!usually) throw new Error("no habit");
  expect(usually(at(DAYS, 11)), "Monday at 11").toBeLessThan(0.2);
  expect(usually(at(DAYS, 19)), "Monday at 19").toBeGreaterThan(0.7);
  expect(usually(at(DAYS + 5, 11)), "Saturday at 11").toBeGreaterThan(0.7);
});

test("a household whose comings and goings follow nothing is not foreseen at all, nor is one of a week", () => {
  const random = randomFrom(8);
  const gone = Array.from({ length: DAYS }, () => random() < 0.5);
  expect(usuallyHome(home(lived((day) => !gone[day])), known)).toBeUndefined();
  expect(usuallyHome(home(household()), MONDAY + 7 * 24 * HOUR)).toBeUndefined();
});

test("sensors that see too little of the house in the evening tell nobody gone", () => {
  const hallOnly = lived((day, hour) => hour === 7 || (hour === 19 && day % 2 === 0));
  expect(usuallyHome(home(hallOnly), known)).toBeUndefined();
});

test("what is foreseen knows nothing that came later", () => {
  const early = MONDAY + 28 * 24 * HOUR;
  const later = lived((day, hour) => (day < 28 ? hour >= 6 && hour < 23 && !works(day, hour) : works(day, hour)));
  const without = lived((day, hour) => hour >= 6 && hour < 23 && !works(day, hour));
  expect(usuallyHome(home(later), early)?.(at(29, 11))).toBe(usuallyHome(home(without), early)?.(at(29, 11)));
});

test("a comfort wished while somebody is home holds when they usually come, not while they are usually at work", () => {
  const usually = usuallyHome(home(household()), known);
  const around = { timeZone: ZONE, home: false, at: at(DAYS, 9), ...(usually ? { usually } : {}) };
  const wished = { presence: "home" } as const;
  expect(holdsAt(wished, at(DAYS, 10), around), "now nobody is home").toBe(false);
  expect(holdsAt(wished, at(DAYS, 14), around), "they work").toBe(false);
  expect(holdsAt(wished, at(DAYS, 18), around), "they are back").toBe(true);
  const nothing = { timeZone: ZONE, home: false, at: at(DAYS, 9) };
  expect(holdsAt(wished, at(DAYS, 14), nothing), "where no habit is known, people are taken to be home").toBe(true);
});
