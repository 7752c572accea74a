import { describe, expect, test } from "vitest";
import { counters, flat, phases, power, prices, raw, single } from "./fixtures/amsreader.ts";
import { Listener } from "./listener.ts";

const han = "mac-aabbcc000011";

describe("HAN readers with amsreader", () => {
  test("short and long lists are one meter; a short one clears nothing", () => {
    const l = new Listener().hear(phases, counters, power);
    expect(l.endpoint(han, 1).deviceTypes[0]).toBe("electricalMeter");
    expect(l.nodes.get(han)).toMatchObject({ vendor: "Aidon", model: "6525", serial: "7350000000000001" });
    expect(l.values()).toMatchObject({
      [`${han}/1/electricalPowerMeasurement.activePower`]: 1500,
      [`${han}/1/electricalEnergyMeasurement.cumulativeEnergyImported`]: 12345.678,
      [`${han}/91/electricalEnergyMeasurement.cumulativeEnergyImported`]: 4000,
      [`${han}/91/electricalPowerMeasurement.voltage`]: 231.5,
      [`${han}/1/vendor.realtime.d`]: 4.1,
    });
  });

  test("what is given is negative, of the whole and of each phase", () => {
    const l = new Listener().hear(phases);
    expect(l.value(`${han}/1/electricalPowerMeasurement.activePower`)).toBe(-850);
    expect(l.value(`${han}/91/electricalPowerMeasurement.activePower`)).toBe(-500);
    expect(l.value(`${han}/93/electricalPowerMeasurement.activePower`)).toBe(150);
    expect(l.value(`${han}/1/electricalPowerMeasurement.reactivePower`)).toBe(-120);
  });

  test("the first short list is a meter already, and a missing sensor is no temperature", () => {
    const l = new Listener().hear(power);
    expect(l.value(`${han}/1/electricalPowerMeasurement.activePower`)).toBe(1500);
    expect(l.value(`${han}/1/vendor.temp`)).toBeUndefined();
    l.hear(prices);
    expect(l.value(`${han}/1/vendor.prices.import.1`)).toBe(1.05);
  });

  test("the raw list of a Kamstrup has hundredths of an ampere", () => {
    const l = new Listener().hear(raw);
    expect(l.value("amsreader-han-raw/1/electricalPowerMeasurement.activePower")).toBe(325);
    expect(l.value("amsreader-han-raw/91/electricalPowerMeasurement.activeCurrent")).toBe(1.41);
    expect(l.value("amsreader-han-raw/91/electricalPowerMeasurement.voltage")).toBe(231);
  });

  test("a topic a value, and a body without parts, say the same", () => {
    const l = new Listener().hear(...single, flat);
    expect(l.value("amsreader-ams/1/electricalPowerMeasurement.activePower")).toBe(600);
    expect(l.value("amsreader-ams/1/electricalEnergyMeasurement.cumulativeEnergyImported")).toBe(5000.25);
    expect(l.value("mac-aabbcc000022/1/electricalPowerMeasurement.activePower")).toBe(321);
    expect(l.value("mac-aabbcc000022/1/vendor.realtime.h")).toBe(0.5);
  });

  test("half a list and other hexadecimal text are nobody's", () => {
    const [topic, list] = raw;
    const half = typeof list === "string" ? list.slice(0, 60) : "";
    expect(new Listener().hear([topic, half], ["x/y", "0201"], ["x/z", { data: { P: 1 } }]).nodes.size).toBe(0);
  });
});
