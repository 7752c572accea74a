import { describe, expect, test } from "vitest";
import { carport, home, loadpoint, site, texts } from "./fixtures/evcc.ts";
import { Listener } from "./listener.ts";

const lp = "evcc-evcc-loadpoints-1";
const boiler = "evcc-evcc-loadpoints-2";

describe("what evcc says becomes devices that a person would name", () => {
  test("the site, its meter, roof, battery, charger, heat pump and car are nodes of their own", () => {
    const l = new Listener().hear(...home);
    expect([...l.nodes].map(([id, n]) => `${id}: ${n.name}`).sort()).toEqual([
      "evcc-evcc-aux-1: Meter 1",
      "evcc-evcc-battery-1: Cellar",
      "evcc-evcc-grid: Grid meter",
      `${lp}: Carport`,
      `${boiler}: Boiler`,
      "evcc-evcc-pv-1: Solar 1",
      "evcc-evcc-site: Mill Lane",
      "evcc-evcc-vehicles-golf: Blue car",
    ]);
    expect(l.problems).toEqual([]);
  });

  test("signs: the grid imports with plus, a roof exports, a battery that charges is plus", () => {
    const l = new Listener().hear(...home);
    expect(l.value("evcc-evcc-grid/1/electricalPowerMeasurement.activePower")).toBe(-320);
    expect(l.value("evcc-evcc-grid/2/electricalPowerMeasurement.activeCurrent")).toBe(-1.4);
    expect(l.value("evcc-evcc-pv-1/1/electricalPowerMeasurement.activePower")).toBe(-5100);
    expect(l.value("evcc-evcc-pv-1/1/electricalEnergyMeasurement.cumulativeEnergyExported")).toBe(42000);
    expect(l.value("evcc-evcc-battery-1/1/electricalPowerMeasurement.activePower")).toBe(900);
    expect(l.value("evcc-evcc-site/1/vendor.batteryCharging")).toBe(900);
  });

  test("sums of the site are shown and are no second meters", () => {
    const l = new Listener().hear(...home);
    const names = l.nodes.get("evcc-evcc-site")?.endpoints.flatMap((e) => Object.keys(e.capabilities));
    expect(names).toEqual(["vendor"]);
    expect(l.value("evcc-evcc-site/1/vendor.pvPower")).toBe(5100);
    expect(l.value("evcc-evcc-site/1/vendor.battery.power")).toBe(-900);
  });

  test("names of older versions mean the same", () => {
    const l = new Listener().hear(
      ...site({ gridPower: 700, "gridCurrents/l1": 3, batteryPower: 200, prioritySoC: 30 }),
      ...loadpoint({ mode: "now", vehicleSoC: 44 }),
    );
    expect(l.value("evcc-evcc-grid/1/electricalPowerMeasurement.activePower")).toBe(700);
    expect(l.value("evcc-evcc-grid/2/electricalPowerMeasurement.activeCurrent")).toBe(3);
    expect(l.value("evcc-evcc-site/1/vendor.batteryCharging")).toBe(-200);
    expect(l.value("evcc-evcc-site/1/vendor.prioritySoc")).toBe(30);
    expect(l.value(`${lp}/1/energyEvse.stateOfCharge`)).toBe(44);
    expect(l.ask("evcc-evcc-site", 1, "vendor.set", { prioritySoc: 50 })).toEqual(["evcc/site/prioritySoC/set 50"]);
  });

  test("any root; a status of another program is left alone", () => {
    const l = new Listener().hear(
      ["cellar/status", "online", true],
      ["lamp/site/power", "5"],
      ["lamp/status", "online"],
    );
    expect(l.nodes.size).toBe(0);
    l.hear(...loadpoint({ mode: "off" }, 1, "home/charging"));
    expect(l.ask("evcc-home-charging-loadpoints-1", 1, "vendor.set", { mode: "pv" })).toEqual([
      "home/charging/loadpoints/1/mode/set pv",
    ]);
  });
});

describe("a car's charger", () => {
  test("state, session, counters, phases", () => {
    const l = new Listener().hear(...home);
    expect(l.endpoint(lp, 1).deviceTypes).toEqual(["energyEvse", "electricalSensor"]);
    expect(l.value(`${lp}/1/energyEvse.state`)).toBe("pluggedInCharging");
    expect(l.value(`${lp}/1/energyEvse.supplyState`)).toBe("chargingEnabled");
    expect(l.value(`${lp}/1/energyEvse.sessionEnergyCharged`)).toBe(5.3);
    expect(l.value(`${lp}/1/electricalEnergyMeasurement.cumulativeEnergyImported`)).toBe(1234.5);
    expect(l.value(`${lp}/2/electricalPowerMeasurement.voltage`)).toBe(231);
    expect(l.value(`${lp}/3/electricalPowerMeasurement.activeCurrent`)).toBe(10.5);
  });

  test("durations in nanoseconds and in seconds are both seconds", () => {
    const l = new Listener().hear(...carport);
    expect(l.value(`${lp}/1/vendor.chargeDuration`)).toBe(3600);
    expect(l.value(`${lp}/1/vendor.connectedDuration`)).toBe(7200);
  });

  test("the price of the session shows that a version counts kilowatt-hours", () => {
    const l = new Listener().hear(
      ...loadpoint({ mode: "pv", sessionPricePerKWh: 0.3, sessionPrice: 1.5, sessionEnergy: 5 }),
    );
    expect(l.value(`${lp}/1/energyEvse.sessionEnergyCharged`)).toBe(5);
    const inWh = new Listener().hear(
      ...loadpoint({ mode: "pv", sessionPricePerKWh: 0.3, sessionPrice: 1.5, sessionEnergy: 5000 }),
    );
    expect(inWh.value(`${lp}/1/energyEvse.sessionEnergyCharged`)).toBe(5);
  });

  test.each([
    [{ connected: false, charging: false, enabled: false }, "notPluggedIn"],
    [{ connected: true, charging: false, enabled: true }, "pluggedInNoDemand"],
    [{ connected: true, charging: false, enabled: false }, "pluggedInDemand"],
    [{ connected: true, charging: true, enabled: true }, "pluggedInCharging"],
  ])("%j is %s", (values, state) => {
    expect(new Listener().hear(...loadpoint({ mode: "pv", ...values })).value(`${lp}/1/energyEvse.state`)).toBe(state);
  });

  test("a charge of zero is not known, and no car is said to be empty", () => {
    const l = new Listener().hear(...loadpoint({ mode: "off", vehicleSoc: 0, vehicleName: "" }));
    expect(l.value(`${lp}/1/energyEvse.stateOfCharge`)).toBeUndefined();
  });

  test("commands go to the field's own topic, within the maker's ranges", () => {
    const l = new Listener().hear(...home, ...texts);
    expect(l.ask(lp, 1, "energyEvse.enableCharging")).toEqual(["evcc/loadpoints/1/mode/set now"]);
    expect(l.ask(lp, 1, "energyEvse.disable")).toEqual(["evcc/loadpoints/1/mode/set off"]);
    expect(l.ask(lp, 1, "vendor.set", { mode: "minpv" })).toEqual(["evcc/loadpoints/1/mode/set minpv"]);
    expect(l.ask(lp, 1, "vendor.set", { mode: "turbo" })).toMatch(/off, pv, minpv, now/);
    expect(l.ask(lp, 1, "vendor.set", { limitSoc: 90 })).toEqual(["evcc/loadpoints/1/limitSoc/set 90"]);
    expect(l.ask(lp, 1, "vendor.set", { limitSoc: 190 })).toMatch(/100 %/);
    expect(l.ask(lp, 1, "energyEvse.set", { userMaximumChargeCurrent: 12 })).toEqual([
      "evcc/loadpoints/1/maxCurrent/set 12",
    ]);
    expect(l.ask(lp, 1, "vendor.set", { phasesConfigured: "3" })).toEqual(["evcc/loadpoints/1/phasesConfigured/set 3"]);
    expect(l.ask(lp, 1, "vendor.set", { smartCostLimit: "none" })).toEqual([
      "evcc/loadpoints/1/smartCostLimit/set none",
    ]);
    expect(l.ask(lp, 1, "vendor.set", { vehicleName: "-" })).toEqual(["evcc/loadpoints/1/vehicle/set -"]);
    expect(l.ask("evcc-evcc-site", 1, "vendor.set", { batteryMode: "hold" })).toEqual([
      "evcc/site/batteryMode/set hold",
    ]);
    expect(l.ask("evcc-evcc-vehicles-golf", 1, "vendor.set", { minSoc: 25 })).toEqual([
      "evcc/vehicles/golf/minSoc/set 25",
    ]);
  });
});

describe("a heater behind a loadpoint", () => {
  test("its charge is a temperature, its limit a setpoint, and it is no car's charger", () => {
    const l = new Listener().hear(...home, ...texts);
    expect(l.endpoint(boiler, 1).deviceTypes).toEqual(["heatPump", "thermostat", "electricalSensor"]);
    expect(l.value(`${boiler}/1/thermostat.localTemperature`)).toBe(48);
    expect(l.value(`${boiler}/1/thermostat.occupiedHeatingSetpoint`)).toBe(55);
    expect(Object.keys(l.endpoint(boiler, 1).capabilities)).not.toContain("energyEvse");
    expect(l.ask(boiler, 1, "thermostat.set", { occupiedHeatingSetpoint: 60 })).toEqual([
      "evcc/loadpoints/2/limitSoc/set 60",
    ]);
  });

  test("also when it says so last", () => {
    const l = new Listener().hear(
      ...loadpoint({ title: "Rod", mode: "pv", vehicleSoc: 51, connected: true, charging: true, enabled: true }),
    );
    expect(l.endpoint(lp, 1).deviceTypes).toContain("energyEvse");
    l.hear(...loadpoint({ chargerIcon: "waterheater", chargerFeatureHeating: true }));
    expect(l.endpoint(lp, 1).deviceTypes).toContain("waterHeater");
    expect(l.endpoint(lp, 1).deviceTypes).not.toContain("energyEvse");
    expect(l.value(`${lp}/1/thermostat.localTemperature`)).toBe(51);
    expect(l.value(`${lp}/1/thermostat.thermostatRunningMode`)).toBe("heat");
  });

  test("a device that is always connected is no charger either", () => {
    const l = new Listener().hear(
      ...loadpoint({ chargerFeatureIntegratedDevice: true, chargerIcon: "generic", chargePower: 60 }),
    );
    expect(l.endpoint(lp, 1).deviceTypes).toEqual(["electricalSensor"]);
  });
});

describe("when evcc stops", () => {
  test("its will makes all of its devices unreachable, and back", () => {
    const l = new Listener().hear(...home, ["evcc/status", "offline", true]);
    expect([...l.nodes.keys()].map((id) => l.reachable.get(id))).toEqual([...l.nodes.keys()].map(() => false));
    l.hear(["evcc/status", "online", true]);
    expect(l.reachable.get(lp)).toBe(true);
  });

  test("emptied topics leave the devices and set nothing to zero", () => {
    const l = new Listener().hear(...home, ["evcc/status", "offline", true]);
    const before = l.values();
    l.hear(...home.map(([topic]) => [topic, "", true] as const));
    expect(l.values()).toEqual(before);
    expect(l.problems).toEqual([]);
  });

  test("a hub that comes later still sees that it is away", () => {
    const l = new Listener().hear(["evcc/status", "offline", true]);
    expect(l.reachable.get("evcc-evcc-site")).toBe(false);
  });
});
