import { describe, expect, test } from "vitest";
import {
  solaredgeAddressOfTopic,
  solaredgeSite,
  solaredgeWord,
} from "../../../adapters/mqtt/dialects/solaredge2mqtt/words.ts";
import { battery, controls, home, inverter, meter, powerflow, wallbox } from "./fixtures/solaredge2mqtt.ts";
import { Listener } from "./listener.ts";

const sun = "serial-7e00aa01";
const grid = "serial-60aa0002";

describe("SolarEdge's devices in the house's signs and units", () => {
  const l = new Listener().hear(...home);

  test("an inverter exports what it makes, in watts and kilowatt-hours, with its phases beside", () => {
    expect(l.nodes.get(sun)).toMatchObject({ vendor: "SolarEdge", model: "SE5K", addresses: ["serial:7E00AA01"] });
    expect(l.endpoint(sun, 1).deviceTypes[0]).toBe("solarPower");
    expect(l.values()).toMatchObject({
      [`${sun}/1/electricalPowerMeasurement.activePower`]: -2100,
      [`${sun}/1/vendor.ac.power.actual`]: 2100,
      [`${sun}/1/electricalEnergyMeasurement.cumulativeEnergyExported`]: 12345.678,
      [`${sun}/1/electricalPowerMeasurement.powerFactor`]: -99.7,
      [`${sun}/2/electricalPowerMeasurement.voltage`]: 231.5,
      [`${sun}/4/electricalPowerMeasurement.activeCurrent`]: 3,
      [`${sun}/5/electricalPowerMeasurement.voltage`]: 760,
      [`${sun}/1/vendor.ac.voltage.l1`]: 400.5,
      [`${sun}/1/temperatureMeasurement.measuredValue`]: 41.5,
    });
    expect(Object.keys(l.values()).some((key) => key.includes("timestamp"))).toBe(false);
  });

  test("a grid meter counts what is fed in as positive; the house counts it as exported", () => {
    expect(l.endpoint(grid, 1).deviceTypes[0]).toBe("electricalMeter");
    expect(l.values()).toMatchObject({
      [`${grid}/1/electricalPowerMeasurement.activePower`]: 1500,
      [`${grid}/1/electricalPowerMeasurement.activeCurrent`]: 3.1,
      [`${grid}/1/electricalEnergyMeasurement.cumulativeEnergyImported`]: 5,
      [`${grid}/1/electricalEnergyMeasurement.cumulativeEnergyExported`]: 2,
    });
  });

  test("a battery that charges imports, and knows its size", () => {
    expect(l.endpoint("serial-ba0003", 1).deviceTypes[0]).toBe("batteryStorage");
    expect(l.values()).toMatchObject({
      "serial-ba0003/1/electricalPowerMeasurement.activePower": 1000,
      "serial-ba0003/1/powerSource.batPercentRemaining": 64.5,
      "serial-ba0003/1/powerSource.batCapacity": 9.7,
    });
  });

  test("a wallbox knows whether a car is there", () => {
    expect(l.value("serial-wb0004/1/energyEvse.state")).toBe("pluggedInNoDemand");
    expect(l.value("serial-wb0004/1/electricalPowerMeasurement.activePower")).toBe(3600);
  });

  test("sums of all of them are the maker's own, so that nothing is counted twice", () => {
    const site = "solaredge2mqtt-solaredge";
    expect(l.value(`${site}/1/vendor.powerflow.grid.power`)).toBe(-1500);
    expect(Object.keys(l.endpoint(site, 1).capabilities)).toEqual(["vendor"]);
    l.hear(["solaredge/energy/today", { pv_production: 12.5, inverter: {}, grid: { delivery: 3 } }]);
    expect(l.value(`${site}/1/vendor.energy.today.grid.delivery`)).toBe(3);
  });
});

describe("what differs between homes", () => {
  test("an inverter of one phase has its voltage under another name", () => {
    const ac = { current: { actual: 5, l1: 5 }, voltage: { l1: 231 }, power: { actual: 900 }, frequency: 50 };
    const l = new Listener().hear(inverter({ ac }, { sunspec_type: "Single Phase Inverter" }));
    expect(l.value(`${sun}/1/electricalPowerMeasurement.voltage`)).toBe(231);
  });

  test("a meter of production is no grid meter, and its power is not counted beside the inverter's", () => {
    const l = new Listener().hear(meter({ option: "Production" }));
    expect(l.endpoint(grid, 1).deviceTypes).not.toContain("electricalMeter");
    expect(l.value(`${grid}/1/vendor.power.actual`)).toBe(-1500);
    expect(l.endpoint(grid, 1).capabilities).not.toHaveProperty("electricalPowerMeasurement");
  });

  test("several inverters in a row are several devices", () => {
    const [, body] = inverter();
    const l = new Listener().hear(inverter(), [
      "solaredge/modbus/follower1/inverter",
      { ...(body as object), info: { manufacturer: "SolarEdge", serialnumber: "7E00AA09" } },
    ]);
    expect([...l.nodes.keys()].sort()).toEqual([sun, "serial-7e00aa09"]);
  });

  test("a device without a serial number is known by its topic", () => {
    const [, body] = inverter();
    const l = new Listener().hear([
      "a/b/modbus/inverter",
      { ...(body as object), info: { manufacturer: "SolarEdge" } },
    ]);
    expect([...l.nodes.keys()]).toEqual(["solaredge2mqtt-a_b_modbus_inverter"]);
  });

  test("another's topics are not taken", () => {
    const l = new Listener().hear(
      ["x/modbus/inverter", { power: 5 }],
      ["x/modbus/meter", "12"],
      ["x/powerflow", { a: 1 }],
      ["x/status/modbus", "online"],
    );
    expect(l.nodes.size).toBe(0);
  });
});

describe("life and commands", () => {
  test("each service tells for its own devices, and the program's end ends all", () => {
    const l = new Listener().hear(...home);
    expect(l.reachable.get(sun)).toBe(true);
    l.hear(["solaredge/status/modbus", "offline", true]);
    expect([l.reachable.get(sun), l.reachable.get(grid), l.reachable.get("serial-wb0004")]).toEqual([
      false,
      false,
      true,
    ]);
    l.hear(["solaredge/status", "online", true]);
    expect(l.reachable.get(sun)).toBe(false);
    l.hear(["solaredge/status/modbus", "online", true], ["solaredge/status", "offline", true]);
    expect(l.reachable.get(sun)).toBe(false);
  });

  test("the power limit is set in whole percent, where the inverter offers it", () => {
    const limit = { limit: 60 };
    expect(new Listener().hear(inverter(controls)).ask(sun, 1, "solarControl.set", limit)).toEqual([
      "solaredge/modbus/inverter/advanced_power_controls/active_power_limit 60",
    ]);
    expect(new Listener().hear(inverter()).ask(sun, 1, "solarControl.set", limit)).toContain("no command");
  });

  test("null and words in place of numbers are no values", () => {
    const l = new Listener()
      .hear(battery, powerflow, wallbox)
      .hear([battery[0], { ...(battery[1] as object), power: null, state_of_charge: 250 }]);
    expect(l.value("serial-ba0003/1/electricalPowerMeasurement.activePower")).toBe(1000);
    expect(l.problems.map((p) => [p.code, p.field])).toEqual([["value-out-of-range", "state_of_charge"]]);
  });
});

test("sums have one address, whichever road tells of them", () => {
  expect(solaredgeAddressOfTopic("my/solar/leader/powerflow")).toBe(solaredgeSite("my/solar"));
  expect(solaredgeAddressOfTopic("my/solar/energy/today")).toBe(solaredgeSite("my/solar"));
  expect(solaredgeAddressOfTopic("my/solar/modbus/inverter")).toBeUndefined();
  expect(solaredgeWord("powerflow", "grid.power")).toEqual({ endpoint: 1, unit: "W" });
  expect(solaredgeWord("constructor", "toString")).toBeUndefined();
});
