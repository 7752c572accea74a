import { describe, expect, test } from "vitest";
import { home } from "./fixtures/opendtu.ts";
import { Listener } from "./listener.ts";

const garage = "serial-116190000001";

describe("OpenDTU", () => {
  const l = new Listener().hear(...home);

  test("each inverter is a solar device that exports, and its strings have people's names", () => {
    expect(l.nodes.get(garage)).toMatchObject({ name: "Garage HM-800", model: "HM-800", vendor: "Hoymiles" });
    expect(l.endpoint(garage, 1).deviceTypes[0]).toBe("solarPower");
    expect(l.endpoint(garage, 2).label).toBe("South");
    expect(l.values()).toMatchObject({
      [`${garage}/1/electricalPowerMeasurement.activePower`]: -410.5,
      [`${garage}/1/vendor.0.power`]: 410.5,
      [`${garage}/1/electricalEnergyMeasurement.cumulativeEnergyExported`]: 1234.567,
      [`${garage}/1/vendor.0.yieldday`]: 2.1,
      [`${garage}/2/electricalPowerMeasurement.activePower`]: -210.5,
    });
    expect(l.problems).toEqual([]);
  });

  test("the radio's sums are its own, so that no yield is counted twice", () => {
    expect(l.value("opendtu-roof/1/vendor.ac.power")).toBe(512.5);
    expect(Object.keys(l.endpoint("opendtu-roof", 1).capabilities)).toEqual(["vendor"]);
  });

  test("one inverter out of reach is not the others; a dead radio is all of them", () => {
    const dead = new Listener().hear(...home);
    expect([dead.reachable.get(garage), dead.reachable.get("serial-138290000002")]).toEqual([true, false]);
    dead.hear(["roof/dtu/status", "offline", true]);
    expect(dead.reachable.get(garage)).toBe(false);
  });

  test("limits go to the commands that do not wear the inverter's memory, within their range", () => {
    expect(l.ask(garage, 1, "solarControl.set", { limit: 50 })).toEqual([
      "roof/116190000001/cmd/limit_nonpersistent_relative 50",
    ]);
    expect(l.ask(garage, 1, "vendor.set", { "cmd.power": false })).toEqual(["roof/116190000001/cmd/power 0"]);
    expect(l.ask(garage, 1, "solarControl.set", { limit: 101 })).toContain("limit");
  });

  test("sums of strangers without an inverter are not taken", () => {
    expect(new Listener().hear(["shed/ac/power", "5"], ["shed/dtu/status", "online"]).nodes.size).toBe(0);
  });
});
