import { describe, expect, test } from "vitest";
import { later } from "./fixtures/esphome.ts";
import { home, planD, whole } from "./fixtures/p1-dongle.ts";
import { Listener } from "./listener.ts";

const dongle = "mac-aabbcc000033";
const power = "electricalPowerMeasurement.activePower";

describe("P1 dongles", () => {
  test("field by field: tariffs are summed, what is given is negative", () => {
    const l = new Listener().hear(...home);
    expect([...l.nodes.keys()]).toEqual([dongle]);
    expect(l.nodes.get(dongle)).toMatchObject({ model: "P1 Dongle Pro", firmware: "4.9.1" });
    expect(l.value(`${dongle}/1/electricalEnergyMeasurement.cumulativeEnergyImported`)).toBe(1500.75);
    expect(l.value(`${dongle}/1/${power}`)).toBe(-1500);
    expect(l.value(`${dongle}/91/${power}`)).toBe(100);
    expect(l.value(`${dongle}/1/vendor.gas_delivered`)).toBe(321.5);
  });

  test("its will counts, though its number was told later", () => {
    const l = new Listener().hear(...home);
    expect(l.reachable.get(dongle)).toBe(true);
    l.hear(["P1-Dongle-Pro/LWT", "Offline", true]);
    expect(l.reachable.get(dongle)).toBe(false);
  });

  test("all in one body, and each in a list of the older logger", () => {
    const l = new Listener().hear(whole, [
      "logger/power_delivered",
      { power_delivered: [{ value: 0.25, unit: "kW" }] },
    ]);
    expect(l.value(`p1-dongle-meterkast/1/${power}`)).toBe(400);
    expect(l.value(`p1-dongle-logger/1/${power}`)).toBe(250);
  });

  test("Plan-D: consumption less injection, in the unit of the body", () => {
    const node = "p1-dongle-data-devices-utility_meter";
    const l = new Listener().hear(...planD);
    expect(l.value(`${node}/1/${power}`)).toBe(-500);
    expect(l.value(`${node}/1/electricalEnergyMeasurement.cumulativeEnergyImported`)).toBe(345.6);
    expect(l.reachable.get(node)).toBe(true);
    const net = new Listener().hear(["data/devices/utility_meter/total_active_power", { unit: "kW", value: 1.5 }]);
    expect(net.value(`${node}/1/${power}`)).toBe(1500);
  });

  test("a number of noughts is no address", () => {
    const l = new Listener().hear(["a/p1_version", "50"], ["a/mac", "00:00:00:00:00:00"], ...later);
    expect([...l.nodes.keys()]).toEqual(["p1-dongle-a"]);
  });

  test("what comes before its address is known waits for it, and is read", () => {
    const l = new Listener().hear(["a/voltage_l1", "231.5"], ["a/power_delivered", "1.5"]);
    expect(l.nodes.size).toBe(0);
    l.hear(["a/mac", "AA:BB:CC:00:00:33"]);
    expect([...l.nodes.keys()]).toEqual([dongle]);
    expect(l.value(`${dongle}/91/electricalPowerMeasurement.voltage`)).toBe(231.5);
    expect(l.value(`${dongle}/1/${power}`)).toBe(1500);
  });
});
