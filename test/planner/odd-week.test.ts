import { expect, test } from "vitest";
import { oddWeek } from "../../hub/planner/odd-week.ts";

const days = (n: number, value: number) => Array.from({ length: n }, () => value);

test("a saving that is there on all days is a promise, also where days differ", () => {
  expect(oddWeek(days(28, 1))).toBeUndefined();
  expect(oddWeek([...days(28, 0)].map((_, i) => (i % 7 > 4 ? 3 : 0.6)))).toBeUndefined();
});

test("one that is there in one week alone is none, wherever that week lies", () => {
  for (const first of [0, 3, 10, 21]) {
    const odd = [...days(first, 0), ...days(7, 9), ...days(21 - first, 0)];
    expect(oddWeek(odd)).toMatch(/one odd week/);
    expect(oddWeek(odd.map((x) => x + 0.2))).toMatch(/hardly anything/);
    expect(oddWeek(odd.map((x) => x - 0.1))).toMatch(/nothing would have been saved/);
  }
});

test("one that hangs on a few days is none either", () => {
  expect(oddWeek([50, ...days(13, -0.1)])).toMatch(/odd days/);
});
