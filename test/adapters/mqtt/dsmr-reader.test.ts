import { describe, expect, test } from "vitest";
import { home, whole } from "./fixtures/dsmr-reader.ts";
import { Listener } from "./listener.ts";

const meter = "dsmr-reader-dsmr";

describe("DSMR-reader", () => {
  test("tariffs are one counter, and what is given is negative power", () => {
    const l = new Listener().hear(...home);
    expect(l.endpoint(meter, 1).deviceTypes[0]).toBe("electricalMeter");
    expect(l.values()).toMatchObject({
      [`${meter}/1/electricalEnergyMeasurement.cumulativeEnergyImported`]: 3000.75,
      [`${meter}/1/electricalEnergyMeasurement.cumulativeEnergyExported`]: 30.5,
      [`${meter}/1/electricalPowerMeasurement.activePower`]: -1250,
      [`${meter}/91/electricalPowerMeasurement.activePower`]: 200,
      [`${meter}/91/electricalPowerMeasurement.voltage`]: 231.5,
      [`${meter}/1/vendor.extra_device_delivered`]: 777.123,
    });
    expect(l.problems).toEqual([]);
  });

  test("sums of the day and the month stay the maker's own", () => {
    const l = new Listener().hear(...home);
    expect(l.value(`${meter}/1/vendor.day-consumption.electricity_merged`)).toBe(7.5);
    const { vendor } = l.endpoint(meter, 1).capabilities;
    expect(vendor?.attributes["current-month.electricity_returned_merged"]?.type).toMatchObject({ unit: "kWh" });
    expect(vendor?.attributes["day-consumption.total_cost"]?.label).toContain("EUR");
  });

  test("a whole telegram on any topic, with numbers as text; null is no value", () => {
    const l = new Listener().hear(whole);
    expect(l.value("dsmr-reader-house-telegram/1/electricalPowerMeasurement.activePower")).toBe(300);
    expect(l.value("dsmr-reader-house-telegram/92/electricalPowerMeasurement.voltage")).toBeUndefined();
  });

  test("sums alone show a base of any name; others' consumption does not", () => {
    const l = new Listener().hear(["p1/day-consumption/electricity1", "3.5"], ["shop/consumption", "5"]);
    expect([...l.nodes.keys()]).toEqual(["dsmr-reader-p1"]);
  });
});
