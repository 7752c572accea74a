/** More homes than in rates.test.ts; those of the stated rates: INGLENOOK_CHECK_HOMES=400 npx vitest run -c vitest.long.config.ts test/rules/check/rates.long.ts */
import { expect, test } from "vitest";
import { faults } from "./faults.ts";
import { failing, measure, print } from "./rates.ts";

test("of each kind of fault at least 98 % are found, and at most 1 % of what is right is blamed", () => {
  const rates = measure(Number(process.env.INGLENOOK_CHECK_HOMES ?? 200));
  print(rates);
  expect(failing(rates)).toEqual([]);
  expect(rates.tally.size).toBe(faults.length);
  expect(rates.blamed).toBeLessThanOrEqual(0.01 * rates.harmless);
}, 1_800_000);
