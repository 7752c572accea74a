/** What a rule asks of chargers and of appliances is worked out from what they say, prices and the sun. */
import { describe, expect, test } from "vitest";
import type { Value } from "../../hub/model/capability.ts";
import type { Computed, RuleAction } from "../../hub/model/plan.ts";
import { resolve } from "../../hub/rules/computed.ts";
import type { Picture } from "../../hub/rules/evaluate.ts";

/** 18:00 UTC; the night's price begins at 22:00. */
const NOW = Date.parse("2026-11-22T18:00:00Z");
const S = NOW / 1000;
const POWER = "box/2/electricalPowerMeasurement.activePower";

interface Sky {
  readonly surplus?: number;
  readonly power?: number;
  readonly now?: number;
}

const pictureOf = (capability: string, told: Readonly<Record<string, Value>>, sky: Sky): Picture => ({
  now: sky.now ?? NOW,
  timeZone: "UTC",
  memory: new Map(),
  price: (at) => (new Date(at).getUTCHours() >= 22 || new Date(at).getUTCHours() < 6 ? 0.18 : 0.34),
  exportPrice: 0.08,
  co2: (at) => (new Date(at).getUTCHours() < 4 ? 100 : 400),
  surplusW: () => sky.surplus,
  known: (key) => {
    const value = key === POWER ? sky.power : told[key.replace(`box/1/${capability}.`, "")];
    return value === undefined
      ? { status: "unknown", reason: "never reported" }
      : { status: "known", value, at: NOW, source: "test" };
  },
});

function asked(computed: Computed, of: [string, string], told: Readonly<Record<string, Value>>, sky: Sky = {}) {
  const action: RuleAction = { node: "box", endpoint: 1, capability: of[0], command: of[1], args: {}, computed };
  const found = resolve(action, pictureOf(of[0], told, sky));
  if (!found) throw new Error("it is computed");
  return "none" in found ? found.none : { command: found.action.command, args: found.action.args, why: found.reason };
}

describe("a car's charger", () => {
  const car = {
    ...{ state: "pluggedInDemand", supplyState: "disabled", circuitCapacity: 16 },
    ...{ nextChargeTargetTime: S + 13 * 3600, nextChargeRequiredEnergy: 10 },
  };
  const charge = (told: Readonly<Record<string, Value>>, sky: Sky = {}) =>
    asked({ kind: "charge", power: POWER, kw: 3.6, phases: 1 }, ["energyEvse", "enableCharging"], told, sky);

  test("waits for the night when there is time, and charges then", () => {
    expect(charge(car)).toMatchObject({
      command: "disable",
      why: expect.stringContaining("10.0 kWh are needed by 07:00"),
    });
    expect(charge(car, { now: NOW + 4 * 3_600_000 })).toMatchObject({
      command: "enableCharging",
      args: { maximumChargeCurrent: 16 },
    });
  });

  test("charges at any price when time runs out", () => {
    expect(charge({ ...car, nextChargeTargetTime: S + 3 * 3600 })).toMatchObject({
      command: "enableCharging",
      why: expect.stringContaining("takes all the time that is left"),
    });
  });

  test("takes the sun with as much current as there is, no more than its circuit carries, and not too little", () => {
    expect(charge(car, { surplus: 2500, power: 0 })).toMatchObject({ args: { maximumChargeCurrent: 10 } });
    expect(charge(car, { surplus: 9000, power: 0 })).toMatchObject({ args: { maximumChargeCurrent: 16 } });
    expect(charge(car, { surplus: 1000, power: 0 })).toMatchObject({ command: "disable" });
    // Its own power is part of the sun that it may take; a small cloud changes nothing, a large one ends it.
    const charging = { ...car, supplyState: "chargingEnabled", maximumChargeCurrent: 10 };
    expect(charge(charging, { surplus: 200, power: 2300 })).toMatchObject({ args: { maximumChargeCurrent: 10 } });
    expect(charge(charging, { surplus: -800, power: 2300 })).toMatchObject({ args: { maximumChargeCurrent: 6 } });
    expect(charge(charging, { surplus: -1500, power: 2300 })).toMatchObject({ command: "disable" });
  });

  test("is left alone without a car, without a target, and with a fault", () => {
    expect(charge({ ...car, state: "notPluggedIn" })).toBe("no car is plugged in");
    expect(charge({ ...car, state: "fault" })).toBe("the charger has a fault");
    expect(charge({ state: "pluggedInDemand", supplyState: "disabled" })).toBe("no charging target is set");
    expect(charge({})).toBe("no car is plugged in");
  });

  test("is set free without a limit when its plan ends", () => {
    const free = (told: Readonly<Record<string, Value>>) =>
      asked({ kind: "release" }, ["energyEvse", "enableCharging"], told);
    expect(free(car)).toMatchObject({ command: "enableCharging", args: { maximumChargeCurrent: 16 } });
    const charging = { ...car, supplyState: "chargingEnabled", maximumChargeCurrent: 6 };
    expect(free(charging)).toMatchObject({ args: { maximumChargeCurrent: 16 } });
    expect(free({ ...charging, maximumChargeCurrent: 16 })).toBe("nothing stands to be taken back");
  });

  test("counts what a plan wants by a time of day, less what this session has brought", () => {
    const plan: Computed = { kind: "charge", power: POWER, kw: 3.6, phases: 1, by: "07:00", kwh: 10 };
    const told = { state: "pluggedInCharging", supplyState: "chargingEnabled", sessionEnergyCharged: 10 };
    expect(asked(plan, ["energyEvse", "enableCharging"], told)).toMatchObject({ why: "waits: its target is reached" });
  });
});

describe("an appliance that waits", () => {
  const waiting = {
    ...{ esaState: "online", optOutState: "noOptOut", forecastAvailable: true },
    ...{ forecastStartTime: S + 2 * 3600, forecastEndTime: S + 3 * 3600, forecastEarliestStartTime: S },
    ...{ forecastLatestEndTime: S + 12 * 3600, forecastProfile: "3600x1000" },
  };
  const of: [string, string] = ["deviceEnergyManagement", "startTimeAdjustRequest"];

  test("begins at once while the sun bears it, for that earns less than the night costs", () => {
    const start: Computed = { kind: "bestStart", by: "cost" };
    expect(asked(start, of, waiting, { surplus: 1500 })).toMatchObject({
      args: { requestedStartTime: S + 60 },
      why: "starts at 18:01, while 1500 W leave the house",
    });
    expect(asked(start, of, waiting, { surplus: 100 })).toMatchObject({ args: { requestedStartTime: S + 4 * 3600 } });
  });

  test("begins when it causes least CO2, where that is the aim", () => {
    expect(asked({ kind: "bestStart", by: "co2" }, of, waiting)).toMatchObject({
      args: { requestedStartTime: S + 6 * 3600 },
      why: "starts at 00:00, when a kWh causes 100 g of CO2 instead of 400 at 20:00",
    });
  });

  test("takes the sun's power within what it offers, and nothing in the dark", () => {
    const offer = {
      ...{ esaState: "online", optOutState: "noOptOut", powerAdjustAvailable: true, powerAdjustMinPower: 500 },
      ...{ powerAdjustMaxPower: 2000, powerAdjustMinDuration: 60, powerAdjustMaxDuration: 600 },
    };
    const ask: [string, string] = ["deviceEnergyManagement", "powerAdjustRequest"];
    const sun: Computed = { kind: "sunPower", power: POWER };
    expect(asked(sun, ask, offer, { surplus: 3000, power: 100 })).toMatchObject({
      args: { power: 2000, duration: 600 },
    });
    expect(asked(sun, ask, offer, { surplus: -100, power: 100 })).toBe("no power leaves the house that it could take");
    expect(asked(sun, ask, offer, { power: 100 })).toBe("the house meter is unknown");
    expect(asked(sun, ask, { ...offer, optOutState: "optOut" }, { surplus: 3000, power: 100 })).toContain(
      "no requests",
    );
  });
});
