import { describe, expect, test } from "vitest";
import { first, second } from "./fixtures/go-e.ts";
import { Listener } from "./listener.ts";

const [old, young] = ["go-e-100001", "go-e-200001"];

describe("go-e chargers", () => {
  test("generation 2, with a slash before its base: state, energies, phases", () => {
    const l = new Listener().hear(...second);
    expect(l.nodes.get(young)).toMatchObject({ name: "Carport", firmware: "055.7" });
    expect(l.endpoint(young, 1).deviceTypes[0]).toBe("energyEvse");
    expect(l.values()).toMatchObject({
      [`${young}/1/energyEvse.state`]: "pluggedInCharging",
      [`${young}/1/energyEvse.supplyState`]: "chargingEnabled",
      [`${young}/1/energyEvse.sessionEnergyCharged`]: 4.3215,
      [`${young}/1/electricalEnergyMeasurement.cumulativeEnergyImported`]: 1234.567,
      [`${young}/1/electricalPowerMeasurement.activePower`]: 8931,
      [`${young}/93/electricalPowerMeasurement.activeCurrent`]: 12.5,
    });
    expect(Object.keys(l.values()).some((key) => key.includes("trx"))).toBe(false);
  });

  test("generation 1: one body of texts, with scales of its own", () => {
    const l = new Listener().hear(first());
    expect(l.values()).toMatchObject({
      [`${old}/1/energyEvse.sessionEnergyCharged`]: 1,
      [`${old}/1/electricalEnergyMeasurement.cumulativeEnergyImported`]: 123.4,
      [`${old}/1/electricalPowerMeasurement.activePower`]: 6900,
      [`${old}/91/electricalPowerMeasurement.activePower`]: 2300,
      [`${old}/92/electricalPowerMeasurement.activeCurrent`]: 10.1,
    });
  });

  test.each([
    ["1", "notPluggedIn"],
    ["3", "pluggedInDemand"],
    ["4", "pluggedInNoDemand"],
  ])("car %s is %s", (car, state) => {
    expect(new Listener().hear(first({ car })).value(`${old}/1/energyEvse.state`)).toBe(state);
  });

  test("keys of the home's network are never shown", () => {
    expect(JSON.stringify(new Listener().hear(...second, first()).values())).not.toContain("secret");
  });

  test("generation 2 is forced, since it cannot be allowed; its current is a key", () => {
    const l = new Listener().hear(...second);
    const base = "/go-eCharger/200001";
    expect(l.ask(young, 1, "energyEvse.enableCharging")).toEqual([`${base}/frc/set 2`]);
    expect(l.ask(young, 1, "energyEvse.disable")).toEqual([`${base}/frc/set 1`]);
    expect(l.ask(young, 1, "vendor.set", { frc: "0" })).toEqual([`${base}/frc/set 0`]);
    expect(l.ask(young, 1, "energyEvse.set", { userMaximumChargeCurrent: 10 })).toEqual([`${base}/amp/set 10`]);
    expect(l.ask(young, 1, "energyEvse.set", { userMaximumChargeCurrent: 40 })).toContain("userMaximumChargeCurrent");
  });

  test("generation 1 takes requests", () => {
    const l = new Listener().hear(first());
    const request = "go-eCharger/100001/cmd/req";
    expect(l.ask(old, 1, "energyEvse.set", { userMaximumChargeCurrent: 10 })).toEqual([`${request} amx=10`]);
    expect(l.ask(old, 1, "energyEvse.disable")).toEqual([`${request} alw=0`]);
    // It has no word for giving, so that nobody is offered it.
    const offered = Object.keys(l.endpoint(old, 1).capabilities.energyEvse?.commands ?? {});
    expect(offered.sort()).toEqual(["disable", "enableCharging", "set"]);
  });
});
