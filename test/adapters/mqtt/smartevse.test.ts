import { describe, expect, test } from "vitest";
import { home, newer } from "./fixtures/smartevse.ts";
import { Listener } from "./listener.ts";

const box = "smartevse-7001";

describe("SmartEVSE", () => {
  test("currents are tenths; the car's side is the charger's, the house's side its own", () => {
    const l = new Listener().hear(...home);
    expect(l.endpoint(box, 1).deviceTypes[0]).toBe("energyEvse");
    expect(l.values()).toMatchObject({
      [`${box}/1/energyEvse.state`]: "pluggedInCharging",
      [`${box}/1/energyEvse.supplyState`]: "chargingEnabled",
      [`${box}/1/energyEvse.sessionEnergyCharged`]: 4.2,
      [`${box}/1/electricalPowerMeasurement.activePower`]: 3050,
      [`${box}/91/electricalPowerMeasurement.activeCurrent`]: 13.2,
      [`${box}/1/vendor.MainsCurrentL1`]: -2.1,
    });
    expect(l.problems).toEqual([]);
  });

  test("an override of nought is none, and not a limit of nought", () => {
    const l = new Listener().hear(...home);
    expect(l.value(`${box}/1/energyEvse.userMaximumChargeCurrent`)).toBeUndefined();
    l.hear(["SmartEVSE-7001/ChargeCurrentOverride", "100"]);
    expect(l.value(`${box}/1/energyEvse.userMaximumChargeCurrent`)).toBe(10);
  });

  test("the newer prefix and the pause are known", () => {
    const l = new Listener().hear(...newer);
    expect(l.value("smartevse-7002/1/energyEvse.supplyState")).toBe("disabled");
    expect(l.value("smartevse-7002/1/energyEvse.state")).toBe("notPluggedIn");
  });

  test("its will counts", () => {
    expect(new Listener().hear(...home, ["SmartEVSE-7001/connected", "offline", true]).reachable.get(box)).toBe(false);
  });

  test("commands in the maker's tenths and words", () => {
    const l = new Listener().hear(...home);
    const set = "SmartEVSE-7001/Set";
    expect(l.ask(box, 1, "energyEvse.disable")).toEqual([`${set}/Mode Off`]);
    expect(l.ask(box, 1, "vendor.set", { Mode: "Smart" })).toEqual([`${set}/Mode Smart`]);
    expect(l.ask(box, 1, "energyEvse.set", { userMaximumChargeCurrent: 12.5 })).toEqual([`${set}/CurrentOverride 125`]);
    expect(l.ask(box, 1, "vendor.set", { Mode: "Turbo" })).toContain("Mode");
  });
});
