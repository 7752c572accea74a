import { expect, test } from "vitest";
import { parseHash } from "../../dashboard/router.ts";
import { amount, money, power, startOfDay } from "../../dashboard/words/format.ts";
import { goalWords } from "../../dashboard/words/goal.ts";
import { byCoverage, onGrid, summed, together } from "../../dashboard/words/series.ts";
import { mainOf, toldWords } from "../../dashboard/words/values.ts";
import type { Known, NodeView } from "../../hub/http/schemas.ts";
import { fakeNodes } from "./support/fake-home.ts";

const NOW = Date.UTC(2025, 10, 20, 12);
const nodes = fakeNodes(NOW);
const bucket = (at: number, mean: number) => ({
  at,
  min: mean - 1,
  mean,
  max: mean + 1,
  last: mean,
  count: 3,
  coverage: 1,
});
const known = (value: number | boolean | string): Known => ({ status: "known", value, at: NOW, source: "x" });

function told(id: string, value: Known): string {
  const node: NodeView | undefined = nodes.find((n) => n.id === id);
  const main = node && mainOf(node);
  return main ? toldWords(main, value) : "nothing";
}

test("a gap in the history stays a gap, and states hold their last value over it", () => {
  const grid = onGrid([bucket(0, 20), bucket(60_000, 21), bucket(300_000, 22)], 60_000);
  expect(grid.mean).toEqual([20, 21, null, 22]);
  expect(grid.held).toEqual([20, 21, 21, 22]);
  expect(grid.at).toEqual([0, 60_000, 120_000, 300_000]);
});

test("an hour of which little is known is drawn apart from the others, and joined to them", () => {
  const at = (hour: number, coverage: number) => ({ ...bucket(hour * 3_600_000, hour), coverage });
  const grid = onGrid([at(1, 1), at(2, 0.4), at(3, 0.9), at(4, 1), at(6, 0.2)], 3_600_000);
  expect(byCoverage(grid, 3_600_000)).toEqual({
    well: [1, null, 3, 4, null, null],
    poorly: [1, 2, 3, null, null, 6],
    poor: 2,
  });
  // Of five minutes, what is missing shows as a gap.
  expect(byCoverage(grid, 300_000).poor).toBe(0);
});

test("two meters on one axis keep their own gaps", () => {
  const { at, means } = together([[bucket(0, 1), bucket(60, 2)], [bucket(60, 5)]]);
  expect(at).toEqual([0, 60]);
  expect(means).toEqual([
    [1, 2],
    [null, 5],
  ]);
});

test("two roofs are one sun, and where one of them is not known there is a gap, not a dip", () => {
  const roof = (means: readonly [number, number][]) => ({
    ...{ key: "k", bucketMs: 60 },
    buckets: means.map(([at, mean]) => bucket(at, mean)),
  });
  expect(
    summed([
      roof([
        [0, -1],
        [60, -2],
        [120, -3],
      ]),
      roof([
        [0, -10],
        [120, -30],
      ]),
    ]),
  ).toEqual({
    steps: [
      { at: 0, mean: -11 },
      { at: 120, mean: -33 },
    ],
  });
});

test("amounts read as people say them", () => {
  expect(power(-1834.2)).toBe("−1.83 kW");
  expect(power(13.6)).toBe("14 W");
  expect(power(0.94)).toBe("0.9 W");
  expect(amount(20.75, "degC", "°C")).toBe("20.8 °C");
  expect(amount(62, "%", "%")).toBe("62 %");
  expect(money(-0.154, "EUR")).toBe("−€0.15");
  expect(money(1, "nonsense")).toBe("1.00 nonsense");
});

test("the home's day begins at its own midnight, also on the days the clock changes", () => {
  const zone = "Europe/Berlin";
  expect(startOfDay(Date.UTC(2025, 10, 20, 12, 34, 5), zone)).toBe(Date.UTC(2025, 10, 19, 23));
  expect(startOfDay(Date.UTC(2025, 2, 30, 12), zone)).toBe(Date.UTC(2025, 2, 29, 23));
  expect(startOfDay(Date.UTC(2025, 9, 26, 12), zone)).toBe(Date.UTC(2025, 9, 25, 22));
});

test("signs become words: the sun makes, the battery charges, the window is closed", () => {
  expect(told("solar", known(-3120))).toBe("3.12 kW made");
  expect(told("meter", known(-500))).toBe("500 W to the grid");
  expect(told("window", known(true))).toBe("closed");
  expect(told("blinds", known(62))).toBe("62 % open");
  expect(told("lamp", { status: "unknown", reason: "never reported" })).toBe("unknown");
});

test("how a wish was read is said in words", () => {
  expect(goalWords({ kind: "readyBy", node: "car", what: "stateOfCharge", target: 80, by: "07:00" }, nodes)).toBe(
    "Car at 80 % by 07:00",
  );
  expect(goalWords({ kind: "comfort", room: "Living room", minC: 19 }, nodes)).toBe("Living room never below 19 °C");
});

test("an address typed by anyone is read without harm", () => {
  expect(parseHash("#/node/z2m-0x01")).toEqual({ view: "node", id: "z2m-0x01" });
  expect(parseHash("")).toEqual({ view: "home", id: undefined });
  expect(parseHash("#/node/%E0%A4%A")).toEqual({ view: "node", id: "%E0%A4%A" });
});
