import { describe, expect, test } from "vitest";
import { home, older } from "./fixtures/warp.ts";
import { Listener } from "./listener.ts";

const barn = "warp-warp3-abc";
const power = "electricalPowerMeasurement.activePower";

describe("WARP chargers", () => {
  test("state, session and the meter's values by the numbers of its list", () => {
    const l = new Listener().hear(...home);
    expect(l.nodes.get(barn)).toMatchObject({ name: "Barn", model: "WARP3 Charger Pro", firmware: "2.6.1" });
    expect(l.endpoint(barn, 1).deviceTypes[0]).toBe("energyEvse");
    expect(l.values()).toMatchObject({
      [`${barn}/1/energyEvse.state`]: "pluggedInCharging",
      [`${barn}/1/energyEvse.supplyState`]: "chargingEnabled",
      [`${barn}/1/energyEvse.sessionEnergyCharged`]: 23.25,
      [`${barn}/1/energyEvse.userMaximumChargeCurrent`]: 10,
      [`${barn}/1/${power}`]: 10800,
      [`${barn}/91/electricalPowerMeasurement.voltage`]: 231.5,
      [`${barn}/1/electricalEnergyMeasurement.cumulativeEnergyImported`]: 123.75,
    });
  });

  test("a second meter is the house's, not the charger's", () => {
    const l = new Listener().hear(...home);
    expect(l.endpoint(barn, 21)).toMatchObject({
      label: "House",
      deviceTypes: ["electricalMeter", "electricalSensor"],
    });
    expect(l.value(`${barn}/21/${power}`)).toBe(-1500);
  });

  test("values that came before their list are read when it comes", () => {
    const l = new Listener().hear(
      ["warp2/Q1/meters/0/values", [230, 5000]],
      ["warp2/Q1/meters/0/value_ids", [1, 74]],
      ["warp2/Q1/evse/state", { charger_state: 0 }],
    );
    expect(l.value(`warp-warp2-q1/1/${power}`)).toBe(5000);
    expect(l.value("warp-warp2-q1/1/energyEvse.state")).toBe("notPluggedIn");
  });

  test("the generation before: waiting for release, all values by place, no session", () => {
    const l = new Listener().hear(...older);
    const node = "warp-warp2-xyz";
    expect(l.value(`${node}/1/energyEvse.supplyState`)).toBe("disabled");
    expect(l.value(`${node}/1/electricalEnergyMeasurement.cumulativeEnergyImported`)).toBe(400.5);
    expect(l.value(`${node}/92/electricalPowerMeasurement.voltage`)).toBe(231);
    expect(l.value(`${node}/1/energyEvse.sessionEnergyCharged`)).toBeUndefined();
  });

  test("commands start, stop and limit in milliamperes", () => {
    const l = new Listener().hear(...home);
    expect(l.ask(barn, 1, "energyEvse.disable")).toEqual(["warp3/AbC/evse/stop_charging null"]);
    expect(l.ask(barn, 1, "energyEvse.set", { userMaximumChargeCurrent: 8 })).toEqual([
      'warp3/AbC/evse/external_current_update {"current":8000}',
    ]);
    expect(l.ask(barn, 1, "energyEvse.set", { userMaximumChargeCurrent: 33 })).toContain("userMaximumChargeCurrent");
  });
});
