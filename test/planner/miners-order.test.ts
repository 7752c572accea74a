/** Finds in the order in which they serve a family's wishes, on the pairs of the bench, which were written before the rules. */
import { describe, expect, test } from "vitest";
import { ordered } from "../../hub/planner/miners/order.ts";
import { cases, homes, type Row } from "../bench/support/finds-cases.ts";

const likely = (value: number) => ({ likely: value, low: value, high: value });
const findsOf = (home: keyof typeof homes) =>
  Object.entries<Row>(homes[home]).map(([id, row]) => ({ ...row, id, kwh: likely(row.kwh), money: likely(row.money) }));

describe("finds are put in order by what is wished for", () => {
  test.each(cases)("$home: $wish", ({ home, goals, pairs }) => {
    const ids = ordered(findsOf(home), goals).finds.map((f) => f.id);
    for (const [first, then] of pairs)
      expect(ids.indexOf(first), `${first} before ${then} in ${ids.join()}`).toBeLessThan(ids.indexOf(then));
  });

  test("without a wish, or with one that says nothing of them, it is by saving, and said to be", () => {
    const bySaving = findsOf("flat")
      .toSorted((a, b) => b.money.likely - a.money.likely)
      .map((f) => f.id);
    for (const goals of [[], [{ kind: "batteryReserve", percent: 20 }] as const]) {
      const { finds, by } = ordered(findsOf("flat"), goals);
      expect([finds.map((f) => f.id), by]).toEqual([bySaving, "saving"]);
    }
  });

  test("none is lost, whatever is wished", () => {
    for (const { home, goals } of cases)
      expect(ordered(findsOf(home), goals).finds).toHaveLength(Object.keys(homes[home]).length);
  });
});
