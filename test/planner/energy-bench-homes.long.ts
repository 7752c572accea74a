/**
 * The battery's planning on the measured homes of ../shared/data/energy: one home a tariff, about 20 s each on a quiet machine.
 * All homes on all tariffs: ENERGY_BENCH=all npx vitest run -c vitest.long.config.ts test/planner/energy-bench-homes.long.ts
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { readHome } from "../../hub/cli/energy-bench/home.ts";
import { pricesOf } from "../../hub/cli/energy-bench/prices.ts";
import { reportOf } from "../../hub/cli/energy-bench/report.ts";
import { runHome } from "../../hub/cli/energy-bench/run.ts";
import { battery } from "./energy-bench-homes.ts";

const FOLDER = join(import.meta.dirname, "../../../shared/data/energy");
const homeFile = (home: number) => join(FOLDER, `building_${home}.csv`);
const there = existsSync(homeFile(1));
if (!there) console.warn(`SKIPPED: no measured homes at ${FOLDER}, so the battery's planning is not judged on them`);

/** Export unpaid but on the flat tariff, where it earns 0.08. */
const tariffs = {
  "its own tariff": { adder: 0, publishHour: 13, exportPrice: 0 },
  "day-ahead prices": { file: join(FOLDER, "spot_de_lu_2023_24.csv"), adder: 0.15, publishHour: 13, exportPrice: 0 },
  "one price": { flat: 0.3, adder: 0, publishHour: 13, exportPrice: 0.08 },
} as const;
type Tariff = keyof typeof tariffs;

/** Bills stated with the data: no battery, left to itself, everything known; and the least share of the optimum to be reached. */
const cases: readonly (readonly [number, Tariff, readonly [number, number, number] | undefined, number])[] = [
  [1, "its own tariff", [2250.9, 1444.3, 1337.8], 0.985],
  [2, "its own tariff", [1966.1, 1332.7, 1177.5], 0.97],
  [3, "its own tariff", [1315.5, 739.5, 656.9], 0.97],
  [1, "day-ahead prices", [1667.4, 1219.6, 1155.7], 0.96],
  [2, "day-ahead prices", [1532.4, 1133.8, 1073.7], 0.945],
  [3, "day-ahead prices", [1067.9, 666.3, 626.8], 0.955],
  [1, "one price", undefined, 0.999],
  [2, "one price", undefined, 0.999],
  [3, "one price", undefined, 0.999],
];
/** The home that is hardest on each tariff. */
const few = (home: number, tariff: Tariff) => home === (tariff === "day-ahead prices" ? 2 : 3);
const chosen = cases.filter(([home, tariff]) => process.env.ENERGY_BENCH === "all" || few(home, tariff));

describe.runIf(there)("a battery planned hour by hour over a measured year", () => {
  test.each(chosen)(
    "home %i on %s comes near the optimum and is never dearer than a battery left to itself",
    (number, tariff, stated, least) => {
      const home = readHome(homeFile(number));
      const prices = pricesOf(home, homeFile(number), tariffs[tariff]);
      const usual = battery(6.4, 5, 0.9);
      const report = reportOf(
        home,
        prices,
        usual,
        0,
        runHome(home, prices, usual, 0, () => {}),
      );
      console.log(
        `home ${number}, ${tariff}: ${((report.share ?? 0) * 100).toFixed(2)} % of the optimum (left to itself ${((report.share_self_consumption ?? 0) * 100).toFixed(2)}), ${report.seconds.toFixed(0)} s`,
      );
      if (stated)
        expect([report.none, report.self_consumption, report.optimum].map((v) => Math.round(v * 10) / 10)).toEqual(
          stated,
        );
      expect(report.share).toBeGreaterThan(least);
      expect(report.bill).toBeLessThanOrEqual(report.self_consumption + 1e-6);
    },
    600_000,
  );
});
