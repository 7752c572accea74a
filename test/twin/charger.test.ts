import { expect, test } from "vitest";
import type { StoragePart } from "../../hub/energy/parts.ts";
import type { Value } from "../../hub/model/capability.ts";
import { chargerOf } from "../../hub/twin/charger.ts";

const part: StoragePart = {
  ...{ node: "car", endpoint: 1, name: "Car", room: undefined, types: [], power: "power", meter: {}, relay: undefined },
  ...{ stateOfCharge: "percent", control: "supply", target: undefined, state: "state", current: "amps" },
};
const told = (command: string, args: Readonly<Record<string, number>> = {}) => ({
  ...{ node: "car", endpoint: 1, capability: "energyEvse", command, args },
});
const shown = (charger: ReturnType<typeof chargerOf>, car: "away" | "full" | "here") => {
  const values = new Map<string, Value>();
  charger.show(values, 50, car);
  return Object.fromEntries(values);
};

test("a charger in a replay gives no more than the current it is told, on one phase or three", () => {
  const one = chargerOf(part, 3680);
  expect(one.act(told("enableCharging", { maximumChargeCurrent: 8 }))).toBe(true);
  expect(one.share).toBeCloseTo(0.5);
  const three = chargerOf(part, 11_040);
  three.act(told("enableCharging", { maximumChargeCurrent: 8 }));
  expect(three.share).toBeCloseTo(0.5);
});

test("what is told twice changes nothing, and a current holds until another is told", () => {
  const charger = chargerOf(part, 3680);
  expect(charger.act(told("enableCharging"))).toBe(false);
  charger.act(told("enableCharging", { maximumChargeCurrent: 6 }));
  expect(charger.act(told("disable"))).toBe(true);
  expect(charger.act(told("enableCharging"))).toBe(true);
  expect(shown(charger, "here").amps).toBeCloseTo(6);
});

test("rules see whether a car is there, and whether it takes anything", () => {
  const charger = chargerOf(part, 3680);
  expect(shown(charger, "away").state).toBe("notPluggedIn");
  expect(shown(charger, "full").state).toBe("pluggedInNoDemand");
  charger.watts = 1400;
  expect(shown(charger, "here")).toMatchObject({ state: "pluggedInCharging", power: 1400, supply: "chargingEnabled" });
});
