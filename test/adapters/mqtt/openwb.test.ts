import { describe, expect, test } from "vitest";
import { home, old, older, told } from "./fixtures/openwb.ts";
import { Listener } from "./listener.ts";

const point = "openwb-openwb-chargepoint-3";
const power = "electricalPowerMeasurement.activePower";

describe("openWB, software 2", () => {
  test("charge point, meters, roof, battery and plan are nodes under their own names", () => {
    const l = new Listener().hear(...home);
    expect([...l.nodes].map(([id, n]) => `${id}: ${n.name}`).sort()).toEqual([
      "openwb-openwb-bat-2: Cellar battery",
      `${point}: Barn`,
      "openwb-openwb-counter-0: Grid meter",
      "openwb-openwb-counter-6: Meter 6",
      "openwb-openwb-pv-1: Solar 1",
      "openwb-openwb-system: openWB",
      "openwb-openwb-template-2: Sun",
    ]);
    expect(l.problems).toEqual([]);
    expect(l.nodes.get("openwb-openwb-system")).toMatchObject({ serial: "sn77", firmware: "2.1.9" });
  });

  test("a charge point: state, energies in kilowatt-hours, phases, the car's charge", () => {
    const l = new Listener().hear(...home);
    expect(l.endpoint(point, 1).deviceTypes).toEqual(["energyEvse", "electricalSensor"]);
    expect(l.value(`${point}/1/energyEvse.state`)).toBe("pluggedInCharging");
    expect(l.value(`${point}/1/energyEvse.supplyState`)).toBe("chargingEnabled");
    expect(l.value(`${point}/1/energyEvse.stateOfCharge`)).toBe(64);
    expect(l.value(`${point}/1/electricalEnergyMeasurement.cumulativeEnergyImported`)).toBe(5000.5);
    expect(l.value(`${point}/1/vendor.daily_imported`)).toBe(4.2);
    expect(l.value(`${point}/4/${power}`)).toBe(300);
    expect(l.value(`${point}/1/vendor.fault_str`)).toBe("Keine Störung.");
    expect(l.value(`${point}/1/vendor.rfid`)).toBeUndefined();
  });

  test("a roof is negative while it yields, as in the house; a charging battery is positive", () => {
    const l = new Listener().hear(...home);
    expect(l.value(`openwb-openwb-pv-1/1/${power}`)).toBe(-4200);
    expect(l.value("openwb-openwb-pv-1/1/vendor.production")).toBe(4200);
    expect(l.value("openwb-openwb-pv-1/1/electricalEnergyMeasurement.cumulativeEnergyExported")).toBe(21_000);
    expect(l.value(`openwb-openwb-bat-2/1/${power}`)).toBe(900);
    expect(l.value("openwb-openwb-bat-2/1/powerSource.batPercentRemaining")).toBe(55);
  });

  test("the first meter of the hierarchy is the one at the grid; sums are no second meters", () => {
    const l = new Listener().hear(
      ...told("counter", { "get/hierarchy": [{ id: 6, type: "counter" }] }),
      ...home.slice(0, 4),
      ...told("counter/6/get", { power: 5 }),
      ...told("counter/0/get", { power: 6 }),
    );
    l.hear(
      ...told("counter", { "get/hierarchy": [{ id: 6, type: "counter" }] }),
      ...told("counter/6/get", { power: 5 }),
    );
    expect(l.endpoint("openwb-openwb-counter-6", 1).deviceTypes[0]).toBe("electricalMeter");
    const all = new Listener().hear(...home);
    const system = all.nodes.get("openwb-openwb-system");
    expect(system?.endpoints.flatMap((e) => Object.keys(e.capabilities))).toEqual(["vendor"]);
    expect(all.value("openwb-openwb-system/1/vendor.pv.get.power")).toBe(-4200);
    expect(all.value("openwb-openwb-system/1/vendor.counter.set.home_consumption")).toBe(480);
    expect(all.endpoint("openwb-openwb-counter-6", 1).deviceTypes).toEqual(["electricalSensor"]);
  });

  test("a fault is a finding in the maker's words, its values are stale until it is over", () => {
    const l = new Listener().hear(
      ...home,
      ...told("bat/2/get", { fault_state: 2, fault_str: "No answer from the inverter" }),
    );
    expect(l.problems.at(-1)).toMatchObject({ code: "device-fault", node: "openwb-openwb-bat-2" });
    expect(l.problems.at(-1)?.message).toContain("No answer from the inverter");
    expect(l.reachable.get("openwb-openwb-bat-2")).toBe(false);
    expect(l.value(`openwb-openwb-bat-2/1/${power}`)).toBe(900);
    l.hear(...told("bat/2/get", { fault_state: 1 }));
    expect(l.reachable.get("openwb-openwb-bat-2")).toBe(true);
  });

  test("commands stand below set, texts in quotes", () => {
    const l = new Listener().hear(...home);
    expect(l.ask(point, 1, "energyEvse.disable")).toEqual(["openWB/set/chargepoint/3/set/manual_lock true"]);
    expect(l.ask(point, 1, "energyEvse.enableCharging")).toEqual(["openWB/set/chargepoint/3/set/manual_lock false"]);
    expect(l.ask(point, 1, "vendor.set", { chargemode: "instant_charging" })).toEqual([
      'openWB/set/vehicle/template/charge_template/2/chargemode/selected "instant_charging"',
    ]);
    const plan = "openwb-openwb-template-2";
    expect(l.ask(plan, 1, "vendor.set", { "chargemode.instant_charging.current": 16 })).toEqual([
      "openWB/set/vehicle/template/charge_template/2/chargemode/instant_charging/current 16",
    ]);
    expect(l.ask(plan, 1, "vendor.set", { "chargemode.instant_charging.current": 40 })).toMatch(/between 6 and 32 A/);
  });

  test("any root; what others ask of openWB is not read", () => {
    const l = new Listener().hear(
      ...told("pv/1/get", { power: -10 }, "garage/box"),
      ["garage/box/set/chargepoint/1/set/manual_lock", "true"],
      ["lamp/pv/W", "5"],
      ["lamp/system/version", '"1"'],
    );
    expect([...l.nodes.keys()]).toEqual(["openwb-garage-box-pv-1"]);
  });
});

describe("openWB, software 1.9", () => {
  test("names and units of its own, the same meaning", () => {
    const l = new Listener().hear(...old);
    const lp = "openwb-openwb-chargepoint-1";
    expect(l.value(`${lp}/1/${power}`)).toBe(3680);
    expect(l.value(`${lp}/1/electricalEnergyMeasurement.cumulativeEnergyImported`)).toBe(1234.5);
    expect(l.value(`${lp}/1/energyEvse.sessionEnergyCharged`)).toBe(6.5);
    expect(l.value(`${lp}/1/energyEvse.state`)).toBe("pluggedInNoDemand");
    expect(l.value(`${lp}/2/electricalPowerMeasurement.voltage`)).toBe(231);
    expect(l.value(`openwb-openwb-counter-0/1/${power}`)).toBe(-500);
    expect(l.value("openwb-openwb-counter-0/1/electricalEnergyMeasurement.cumulativeEnergyExported")).toBe(15_000);
    expect(l.value(`openwb-openwb-pv-0/1/${power}`)).toBe(-4100);
    expect(l.value(`openwb-openwb-pv-0/2/${power}`)).toBe(-3000);
    expect(l.value(`openwb-openwb-bat-0/1/${power}`)).toBe(-800);
    expect(l.value("openwb-openwb-system/1/vendor.ChargeMode")).toBe("pv");
  });

  test("it publishes places for eight charge points: only those in use are devices", () => {
    const l = new Listener().hear(...old);
    expect(l.nodes.has("openwb-openwb-chargepoint-2")).toBe(false);
    l.hear(...older("lp/2", { "%Soc": 40, boolChargePointConfigured: 1, W: 0 }));
    expect(l.value(`openwb-openwb-chargepoint-2/1/${power}`)).toBe(0);
    expect(l.value("openwb-openwb-chargepoint-2/1/energyEvse.stateOfCharge")).toBe(40);
  });

  test("commands of its own", () => {
    const l = new Listener().hear(...old);
    const lp = "openwb-openwb-chargepoint-1";
    expect(l.ask(lp, 1, "energyEvse.disable")).toEqual(["openWB/set/lp1/ChargePointEnabled 0"]);
    expect(l.ask(lp, 1, "energyEvse.set", { userMaximumChargeCurrent: 10 })).toEqual([
      "openWB/set/lp1/DirectChargeAmps 10",
    ]);
    expect(l.ask("openwb-openwb-system", 1, "vendor.set", { ChargeMode: "stop" })).toEqual(["openWB/set/ChargeMode 3"]);
  });
});
