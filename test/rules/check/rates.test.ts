/** A short count; the whole one of at least 400 homes is in rates.long.ts. */
import { expect, test } from "vitest";
import { faults } from "./faults.ts";
import { failing, measure, print } from "./rates.ts";

test("of each kind of fault at least 98 % are found, and at most 1 % of what is right is blamed", () => {
  const rates = measure(40);
  print(rates);
  expect(failing(rates)).toEqual([]);
  expect(rates.tally.size).toBe(faults.length);
  expect(rates.blamed).toBeLessThanOrEqual(0.01 * rates.harmless);
}, 360_000);
