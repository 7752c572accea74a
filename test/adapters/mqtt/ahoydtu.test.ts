import { describe, expect, test } from "vitest";
import { bodies, home } from "./fixtures/ahoydtu.ts";
import { Listener } from "./listener.ts";

const roof = "ahoydtu-sun-hm-400";

describe("AhoyDTU", () => {
  test("an inverter exports what it makes; its yield of the day is no counter", () => {
    const l = new Listener().hear(...home);
    expect(l.nodes.get(roof)).toMatchObject({ vendor: "Hoymiles", model: "HM-400", firmware: "1.0.18" });
    expect(l.endpoint(roof, 1).deviceTypes[0]).toBe("solarPower");
    expect(l.values()).toMatchObject({
      [`${roof}/1/electricalPowerMeasurement.activePower`]: -301.5,
      [`${roof}/1/electricalPowerMeasurement.powerFactor`]: 98.2,
      [`${roof}/1/electricalEnergyMeasurement.cumulativeEnergyExported`]: 930.25,
      [`${roof}/1/vendor.ch0.YieldDay`]: 0.812,
      [`${roof}/2/electricalPowerMeasurement.activePower`]: -320,
    });
  });

  test("sums of all inverters stay the radio's own", () => {
    const l = new Listener().hear(...home);
    expect(l.value("ahoydtu-sun/1/vendor.total.P_AC")).toBe(301.5);
    expect(Object.keys(l.endpoint("ahoydtu-sun", 1).capabilities)).toEqual(["vendor"]);
  });

  test("the mode with one body a channel says the same", () => {
    const l = new Listener().hear(...bodies);
    expect(l.value("ahoydtu-dach-sued/1/electricalPowerMeasurement.activePower")).toBe(-300);
    expect(l.value("ahoydtu-dach-sued/2/electricalPowerMeasurement.voltage")).toBe(33);
    expect(l.value("ahoydtu-dach/1/vendor.total.YieldTotal")).toBe(77.5);
  });

  test("a night, and a dead radio, take the inverter out of reach", () => {
    const l = new Listener().hear(...home);
    expect(l.reachable.get(roof)).toBe(true);
    l.hear(["sun/HM-400/available", "0", true]);
    expect(l.reachable.get(roof)).toBe(false);
    l.hear(["sun/HM-400/available", "1", true], ["sun/mqtt", "not connected", true]);
    expect(l.reachable.get(roof)).toBe(false);
  });

  test("channels of another make are not taken", () => {
    expect(new Listener().hear(["x/y/ch0/Temp", "5"], ["x/y/ch1", { on: true }]).nodes.size).toBe(0);
  });
});
