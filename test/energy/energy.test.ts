import { describe, expect, test } from "vitest";
import { energyNow } from "../../hub/energy/flow.ts";
import { partsOf } from "../../hub/energy/parts.ts";
import { cheapestHours, co2At, priceAt } from "../../hub/energy/tariff.ts";
import { billed } from "../../hub/energy/totals.ts";
import { demoHome, demoTariff, idOf, pathOf } from "../planner/demo-home.ts";

const BERLIN = "Europe/Berlin";
const HOUR = 3_600_000;
const at = (iso: string) => Date.parse(iso);

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
