/**
 * A measured year through the hub's own storage: hourly counters and powers of three homes go in as readings, and the energy that comes
 * out, hour by hour and in sum, is the data's own. The data lie beside the project (../shared/data/energy); without them
 * the test says so and is skipped.
 */
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import type { EnergySlots } from "../../hub/model/energy.ts";
import { openStore } from "../../hub/storage/open.ts";
import { listeningLog, reading, temporaryFolder } from "../storage/support.ts";

const FOLDER = join(import.meta.dirname, "../../../shared/data/energy");
const HOUR = 3_600_000;
/** The year itself does not matter; a hub takes readings of before its own time for those of a clock that was not set. */
const FROM = Date.parse("2025-07-31T23:00:00-08:00");
const there = existsSync(join(FOLDER, "building_1.csv"));
if (!there) console.warn(`SKIPPED: no measured homes at ${FOLDER}, so their yearly totals are not checked`);

const total = (kwh: ArrayLike<number>): number =>
  Array.from(kwh).reduce((sum, v) => sum + (Number.isNaN(v) ? 0 : v), 0);

describe.runIf(there)("a measured year", () => {
  test.each([1, 2, 3])("of home %i comes out of the store as it went in, to a thousandth", async (home) => {
    const rows = readFileSync(join(FOLDER, `building_${home}.csv`), "utf8")
      .trim()
      .split("\n")
      .slice(1);
    const load = rows.map((row) => Number(row.split(",")[3]));
    const sun = rows.map((row) => Number(row.split(",")[4]));
    const to = FROM + rows.length * HOUR;
    const store = openStore(temporaryFolder(), { log: listeningLog(), clock: { now: () => to + HOUR } });
    onTestFinished(() => store.close());
    const counter = (name: string, way: string) => `${name}/1/electricalEnergyMeasurement.cumulativeEnergy${way}`;
    const grid = "grid/1/electricalPowerMeasurement.activePower";
    let [used, made] = [1000, 2000];
    const readings = [
      reading(FROM, used, counter("load", "Imported")),
      reading(FROM, made, counter("sun", "Exported")),
    ];
    for (const [i, kwh] of load.entries()) {
      used += kwh;
      made += sun[i] ?? 0;
      const at = FROM + (i + 1) * HOUR;
      readings.push(reading(at, used, counter("load", "Imported")), reading(at, made, counter("sun", "Exported")));
      // A meter of power alone that tells every ten minutes.
      for (let k = 0; k < 6; k++) readings.push(reading(at - HOUR + k * 600_000, (kwh - (sun[i] ?? 0)) * 1000, grid));
    }
    readings.sort((a, b) => a.at - b.at);
    for (let i = 0; i < readings.length; i += 5000) {
      store.appendReadings(readings.slice(i, i + 5000));
      store.flush();
    }
    const meters = [
      { imported: counter("load", "Imported") },
      { exported: counter("sun", "Exported") },
      { power: grid },
    ];
    const began = performance.now();
    const [loads, suns, net] = await store.energy(meters, FROM, to, HOUR);
    const took = performance.now() - began;
    if (!loads || !suns || !net) throw new Error("no energy");
    const netTruth = load.map((kwh, i) => kwh - (sun[i] ?? 0));
    const sums: [string, number, number][] = [
      ["load", total(loads.importedKwh), total(load)],
      ["sun", total(suns.exportedKwh), total(sun)],
      ["bought", total(net.importedKwh), total(netTruth.map((v) => Math.max(0, v)))],
      ["sold", total(net.exportedKwh), total(netTruth.map((v) => Math.max(0, -v)))],
    ];
    const words = sums.map(
      ([what, out, truth]) =>
        `${what} ${out.toFixed(1)} of ${truth.toFixed(1)} kWh (${((out / truth - 1) * 100).toFixed(3)} %)`,
    );
    console.log(`home ${home}: ${words.join(", ")}; read in ${took.toFixed(0)} ms`);
    for (const [what, out, truth] of sums) expect(Math.abs(out / truth - 1), what).toBeLessThan(0.001);
    const off = (slots: EnergySlots) => Math.max(...load.map((kwh, i) => Math.abs((slots.importedKwh[i] ?? 0) - kwh)));
    expect(off(loads)).toBeLessThan(0.01);
  });
});
