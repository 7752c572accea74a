import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { energyOfCounter } from "../../hub/energy/counters.ts";
import { energyNow } from "../../hub/energy/flow.ts";
import { energyOfPower } from "../../hub/energy/integrate.ts";
import { partsOf } from "../../hub/energy/parts.ts";
import { cheapestHours, co2At, priceAt } from "../../hub/energy/tariff.ts";
import { billed } from "../../hub/energy/totals.ts";
import { demoHome, demoTariff, idOf, pathOf } from "../planner/demo-home.ts";

const BERLIN = "Europe/Berlin";
const HOUR = 3_600_000;
const at = (iso: string) => Date.parse(iso);

describe("power becomes energy", () => {
  test("weighted by time, imports and exports apart", () => {
    const samples = [
      { at: 0, watts: 1000 },
      { at: HOUR / 2, watts: -500 },
    ];
    expect(energyOfPower(samples, 0, HOUR, HOUR)).toEqual({ importedKwh: 0.5, exportedKwh: 0.25, coverage: 1 });
  });

  test("a gap stays a gap and is said", () => {
    const { importedKwh, coverage } = energyOfPower([{ at: 0, watts: 1000 }], 0, 4 * HOUR, HOUR);
    expect(importedKwh).toBeCloseTo(1);
    expect(coverage).toBe(0.25);
  });

  test("two halves of a period add up to the whole, whatever the samples", () => {
    const sample = fc.record({
      at: fc.integer({ min: 0, max: 10 * HOUR }),
      watts: fc.integer({ min: -5000, max: 5000 }),
    });
    fc.assert(
      fc.property(fc.array(sample, { maxLength: 40 }), fc.integer({ min: 1, max: 10 * HOUR - 1 }), (samples, cut) => {
        const of = (from: number, to: number) => energyOfPower(samples, from, to, HOUR);
        const sum = of(0, cut).importedKwh + of(cut, 10 * HOUR).importedKwh;
        expect(sum).toBeCloseTo(of(0, 10 * HOUR).importedKwh, 9);
        expect(of(0, 10 * HOUR).coverage).toBeLessThanOrEqual(1 + 1e-12);
      }),
      { seed: 1 },
    );
  });
});

describe("a lifetime counter", () => {
  test("that restarts at zero counts on", () => {
    const samples = [100, 101, 102, 0.2, 1.2].map((kwh, i) => ({ at: i * HOUR, kwh }));
    expect(energyOfCounter(samples, 0, 5 * HOUR)).toMatchObject({ resets: 1, coverage: 0.8 });
    expect(energyOfCounter(samples, 0, 5 * HOUR).kwh).toBeCloseTo(3.2);
  });

  test("that dips by rounding is not counted twice", () => {
    const samples = [10, 10.02, 10.01, 10.03].map((kwh, i) => ({ at: i * HOUR, kwh }));
    expect(energyOfCounter(samples, 0, 4 * HOUR).kwh).toBeCloseTo(0.03);
  });

  test("seen once says nothing, and no sequence is ever negative", () => {
    expect(energyOfCounter([{ at: 0, kwh: 5 }], 0, HOUR).kwh).toBeUndefined();
    const samples = fc.array(
      fc.record({ at: fc.integer({ min: 0, max: 100 }), kwh: fc.double({ min: -10, max: 1000 }) }),
    );
    fc.assert(
      fc.property(samples, (list) => {
        const { kwh, coverage } = energyOfCounter(list, 0, 100);
        expect(kwh === undefined || kwh >= 0).toBe(true);
        expect(coverage).toBeGreaterThanOrEqual(0);
      }),
      { seed: 2 },
    );
  });
});

describe("a tariff", () => {
  test("has its bands by the clock on the wall", () => {
    expect(priceAt(demoTariff, at("2026-11-20T21:00:00Z"), BERLIN)).toBe(0.22);
    expect(priceAt(demoTariff, at("2026-11-20T16:00:00Z"), BERLIN)).toBe(0.42);
    expect(priceAt(demoTariff, at("2026-11-20T11:00:00Z"), BERLIN)).toBe(0.31);
    expect(co2At(demoTariff, at("2026-11-20T11:00:00Z"), BERLIN)).toBe(220);
  });

  test("of equal prices the earliest hours are the cheapest", () => {
    const found = cheapestHours(demoTariff, BERLIN, at("2026-11-20T12:00+01:00"), at("2026-11-21T07:00+01:00"), 3);
    expect(found).toEqual([{ from: at("2026-11-20T22:00+01:00"), to: at("2026-11-21T01:00+01:00") }]);
  });

  test("the night of the longer day has nine cheap hours, and all of them are found", () => {
    const found = cheapestHours(demoTariff, BERLIN, at("2026-10-24T22:00+02:00"), at("2026-10-25T06:00+01:00"), 12);
    expect(found).toEqual([{ from: at("2026-10-24T22:00+02:00"), to: at("2026-10-25T06:00+01:00") }]);
    expect((found[0]?.to ?? 0) - (found[0]?.from ?? 0)).toBe(9 * HOUR);
  });

  test("what is exported is paid at the export price and causes no CO2", () => {
    expect(billed(-1000, 2, { price: 0.3, exportPrice: 0.08, co2GPerKwh: 400 })).toMatchObject({
      exportedKwh: 2,
      cost: -0.16,
      co2Kg: 0,
    });
  });
});

describe("the flow of energy now", () => {
  const power = "electricalPowerMeasurement.activePower";
  const report = (home: ReturnType<typeof demoHome>, name: string, watts: number, ageUnknown = false) =>
    home.nodes.get(idOf(name))?.values.set(pathOf(name, power), { value: watts, at: 0, source: "t", ageUnknown });

  test("adds up: grid is loads, less sun, with the battery, and a remainder", () => {
    const home = demoHome();
    report(home, "House meter", 500);
    report(home, "Solar", -2000);
    report(home, "Home battery", 800);
    report(home, "Fridge", 70);
    report(home, "EV charger", 1400);
    const now = energyNow(home, demoTariff, 1000);
    expect(now).toMatchObject({ grid: 500, solar: -2000, battery: 800, unmetered: 230 });
    expect(now.loads.map((l) => l.watts).sort((a, b) => a - b)).toEqual([70, 1400]);
  });

  test("without the sun's meter the remainder is unknown, not a load that is not there", () => {
    const home = demoHome();
    report(home, "House meter", 500);
    report(home, "Home battery", 0);
    report(home, "Solar", -2000, true);
    expect(energyNow(home, demoTariff, 1000)).toMatchObject({ grid: 500, solar: undefined, unmetered: undefined });
  });

  test("every part is found by its role or its nature, once", () => {
    const parts = partsOf(demoHome());
    expect(parts.grid?.name).toBe("House meter");
    expect(parts.tanks[0]).toMatchObject({
      temperature: pathOf("Water heater", "temperatureMeasurement.measuredValue"),
    });
    expect(parts.others.map((p) => p.name)).toEqual(["Fridge"]);
    expect(parts.outdoor).toBe(pathOf("Outdoor sensor", "temperatureMeasurement.measuredValue"));
  });
});
