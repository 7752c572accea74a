import { describe, expect, test } from "vitest";
import { emsWord } from "../../../adapters/mqtt/dialects/ems-esp/words.ts";
import { boiler, heartbeat, home, thermostat } from "./fixtures/ems-esp.ts";
import { Listener } from "./listener.ts";

const id = (device: string): string => `ems-esp-ems-esp-${device}`;
const reading = (l: Listener, device: string, path: string) => l.value(`${id(device)}/${path}`);

describe("a heating plant becomes devices of the house", () => {
  const l = new Listener().hear(...home);

  test("one node for each device on the bus and one for the gateway", () => {
    expect([...l.nodes.keys()].sort()).toEqual(
      [
        "ems-esp-ems-esp",
        ...["boiler", "mixer", "pool", "solar", "temperaturesensor", "thermostat", "ventilation"].map(id),
      ].sort(),
    );
    expect(l.nodes.get("ems-esp-ems-esp")).toMatchObject({ model: "EMS-ESP", firmware: "3.8.0" });
    expect(l.nodes.get(id("boiler"))?.addresses).toEqual(["own:ems-esp/ems-esp-boiler"]);
    expect([...l.reachable.values()].every((reachable) => reachable)).toBe(true);
  });

  test("each heating circuit is a thermostat of its own, with the maker's mode beside the house's", () => {
    expect(l.endpoint(id("thermostat"), 2).label).toBe("Heating circuit 1");
    expect(l.endpoint(id("thermostat"), 3).deviceTypes).toEqual(["thermostat"]);
    expect(reading(l, "thermostat", "2/thermostat.occupiedHeatingSetpoint")).toBe(21.5);
    expect(reading(l, "thermostat", "2/thermostat.localTemperature")).toBe(20.9);
    expect(reading(l, "thermostat", "2/thermostat.systemMode")).toBe("auto");
    expect(reading(l, "thermostat", "3/thermostat.systemMode")).toBe("heat");
    expect(reading(l, "thermostat", "3/vendor.hc2.mode")).toBe("manual");
  });

  test("a boiler with a compressor is a heat pump with its meter, its tank a water heater", () => {
    expect(l.endpoint(id("boiler"), 1).deviceTypes).toEqual(["heatPump", "electricalSensor"]);
    expect(reading(l, "boiler", "1/electricalPowerMeasurement.activePower")).toBe(850);
    expect(reading(l, "boiler", "1/electricalEnergyMeasurement.cumulativeEnergyImported")).toBe(1234.5);
    expect(l.endpoint(id("boiler"), 11)).toMatchObject({ label: "Hot water" });
    expect(l.endpoint(id("boiler"), 11).deviceTypes[0]).toBe("waterHeater");
    expect(reading(l, "boiler", "11/temperatureMeasurement.measuredValue")).toBe(47.5);
    expect(reading(l, "boiler", "11/thermostat.occupiedHeatingSetpoint")).toBe(50);
    expect(reading(l, "boiler", "11/waterHeaterManagement.heatDemand")).toBe(false);
    expect(reading(l, "boiler", "11/waterHeaterManagement.boostState")).toBe("active");
  });

  test("heat is no electricity: only the meter of what the compressor takes counts as energy", () => {
    expect(reading(l, "boiler", "1/vendor.nrgtotal")).toBe(5678.9);
    expect(reading(l, "boiler", "1/vendor.hppower")).toBe(3200);
    expect(reading(l, "boiler", "11/vendor.dhw.nrg")).toBe(900.1);
  });

  test("what it measures beside stands on endpoints of its own, the rest is kept with the unit its name tells", () => {
    expect(reading(l, "boiler", "41/temperatureMeasurement.measuredValue")).toBe(4.2);
    expect(reading(l, "boiler", "43/temperatureMeasurement.measuredValue")).toBe(30.1);
    expect(reading(l, "boiler", "1/vendor.syspress")).toBe(1600);
    expect(reading(l, "mixer", "3/temperatureMeasurement.measuredValue")).toBe(29.5);
    expect(reading(l, "pool", "1/temperatureMeasurement.measuredValue")).toBe(24.5);
    expect(reading(l, "ventilation", "1/relativeHumidityMeasurement.measuredValue")).toBe(41);
    const sensors = l.nodes.get(id("temperaturesensor"))?.endpoints[0];
    expect(sensors).toMatchObject({ deviceTypes: ["temperatureSensor"], label: "cellar" });
  });
});

describe("settings of the gateway change the form, not the meaning", () => {
  const said = (l: Listener): object => {
    const keep = /\/11\/(temperatureMeasurement|thermostat|waterHeater)/;
    return Object.fromEntries(Object.entries(l.values()).filter(([key]) => keep.test(key)));
  };
  const dhw = { seltemp: 50, curtemp: 47.5, charging: "off", onetime: "on" };
  const nested = said(new Listener().hear(["ems-esp/boiler_data", { dhw }]));

  test("circuits in topics of their own, and every value in one", () => {
    expect(Object.keys(nested)).toHaveLength(4);
    expect(said(new Listener().hear(["ems-esp/boiler_data_dhw", dhw]))).toEqual(nested);
    const single = Object.entries(dhw).map(
      ([name, value]) => [`ems-esp/boiler_data/dhw/${name}`, String(value)] as const,
    );
    expect(said(new Listener().hear(heartbeat, ...single))).toEqual(nested);
  });

  test("the names of hot water before 3.7", () => {
    expect(said(new Listener().hear(["ems-esp/boiler_data", { ww: dhw }]))).toEqual(nested);
    const old = Object.fromEntries(Object.entries(dhw).map(([name, value]) => [`ww${name}`, value]));
    expect(said(new Listener().hear(["ems-esp/boiler_data_ww", old]))).toEqual(nested);
  });

  test("on and off as words, capitals, digits or JSON's own", () => {
    for (const [off, on] of [
      ["off", "on"],
      ["OFF", "ON"],
      ["false", "true"],
      [false, true],
      ["0", "1"],
      [0, 1],
    ]) {
      const l = new Listener().hear(["x/y/boiler_data", { dhw: { ...dhw, charging: off, onetime: on } }]);
      expect(l.value("ems-esp-x_y-boiler/11/waterHeaterManagement.heatDemand")).toBe(false);
      expect(l.value("ems-esp-x_y-boiler/11/waterHeaterManagement.boostState")).toBe("active");
    }
  });

  test("a mode told as a number means nothing without its list, and is kept", () => {
    const l = new Listener().hear(["ems-esp/thermostat_data", { hc1: { seltemp: 20, currtemp: 19, mode: 2 } }]);
    expect(l.value(`${id("thermostat")}/2/vendor.hc1.mode`)).toBe(2);
    expect(l.endpoint(id("thermostat"), 2).capabilities.thermostat?.attributes).not.toHaveProperty("systemMode");
    expect(l.problems).toEqual([]);
  });
});

describe("what is no value, and what cannot be", () => {
  test("a sensor that is not there is told as 0x8000, and says nothing", () => {
    const l = new Listener().hear([
      "ems-esp/boiler_data",
      { outdoortemp: -3276.8, rettemp: 30, dhw: { curtemp: -32768 } },
    ]);
    expect(Object.keys(l.values()).filter((key) => key.includes("temperature"))).toEqual([
      `${id("boiler")}/43/temperatureMeasurement.measuredValue`,
    ]);
    expect(l.problems).toEqual([]);
  });

  test("what is beyond nature is a finding, and the rest of the message is read", () => {
    const hc1 = { seltemp: -617, currtemp: 20.5 };
    const l = new Listener().hear(
      ["ems-esp/thermostat_data", { hc1 }],
      ["ems-esp/ventilation_data", { airhumidity: 244 }],
    );
    expect(l.problems.map((p) => [p.code, p.field])).toEqual([
      ["value-out-of-range", "hc1.seltemp"],
      ["value-out-of-range", "airhumidity"],
    ]);
    expect(l.value(`${id("thermostat")}/2/thermostat.localTemperature`)).toBe(20.5);
  });

  test("a word that turns out to be none of on and off is text from then on", () => {
    const l = new Listener().hear(
      ["ems-esp/thermostat_data", { hc1: { currtemp: 20, reducemode: "off" } }],
      ["ems-esp/thermostat_data", { hc1: { currtemp: 20, reducemode: "outdoor" } }],
    );
    expect(l.value(`${id("thermostat")}/2/vendor.hc1.reducemode`)).toBe("outdoor");
    expect(l.problems).toEqual([]);
  });

  test("another's messages are not taken: a status without a gateway, data that is no JSON, strange devices", () => {
    const l = new Listener().hear(["x/status", "online"], ["x/boiler_data", "5"], ["x/mower_data", { a: 1 }]);
    expect(l.nodes.size).toBe(0);
  });
});

describe("commands to the plant", () => {
  const l = new Listener().hear(...home);

  test("a circuit's setpoint and mode, within the documented range", () => {
    const set = (args: Record<string, string | number>) => l.ask(id("thermostat"), 2, "thermostat.set", args);
    expect(set({ occupiedHeatingSetpoint: 22.5 })).toEqual(["ems-esp/thermostat/hc1/seltemp 22.5"]);
    expect(set({ occupiedHeatingSetpoint: 35 })).toContain("between 5 and 30");
    expect(set({ systemMode: "heat" })).toEqual(["ems-esp/thermostat/hc1/mode heat"]);
    expect(l.ask(id("thermostat"), 2, "vendor.set", { "hc1.manualtemp": 19 })).toEqual([
      "ems-esp/thermostat/hc1/manualtemp 19",
    ]);
  });

  test("hot water: its setpoint, once more, and its pump", () => {
    expect(l.ask(id("boiler"), 11, "thermostat.set", { occupiedHeatingSetpoint: 55 })).toEqual([
      "ems-esp/boiler/dhw/seltemp 55",
    ]);
    expect(l.ask(id("boiler"), 11, "vendor.set", { "dhw.onetime": true })).toEqual(["ems-esp/boiler/dhw/onetime on"]);
  });

  test("what an installer sets is only read", () => {
    expect(l.ask(id("boiler"), 1, "vendor.set", { selflowtemp: 40 })).toContain("selflowtemp cannot be set");
  });

  test("a command on the broker is no value", () => {
    const before = new Listener().hear(...home, ["ems-esp/thermostat/hc1/seltemp", "25"]);
    expect(before.value(`${id("thermostat")}/2/thermostat.occupiedHeatingSetpoint`)).toBe(21.5);
  });
});

describe("life of the gateway", () => {
  test("its will takes all its devices with it, and brings them back", () => {
    const l = new Listener().hear(thermostat, boiler, ["ems-esp/status", "offline", true]);
    expect([...l.reachable.values()]).toEqual([false, false]);
    l.hear(["ems-esp/status", "online", true]);
    expect([...l.reachable.values()]).toEqual([true, true]);
  });
});

describe("the same plant by Home Assistant's discovery", () => {
  const config = (more: object): object => ({
    ...{ "~": "ems-esp", uniq_id: "thermostat_hc1_seltemp", name: "hc1 Selected room temperature" },
    ...{ stat_t: "~/thermostat_data", val_tpl: "{{value_json['hc1']['seltemp']}}", unit_of_meas: "°C" },
    ...{ avty: [{ t: "~/status" }], o: { name: "EMS-ESP" } },
    dev: { ids: ["ems-esp-thermostat"], name: "ems-esp Thermostat", mdl: "RC310" },
    ...more,
  });

  test("is the same node, whichever comes first, and its model is known from there", () => {
    const discovery = ["homeassistant/sensor/ems-esp/seltemp/config", config({}), true] as const;
    for (const messages of [
      [discovery, thermostat],
      [thermostat, discovery],
    ]) {
      const l = new Listener().hear(...messages);
      expect([...l.nodes.keys()]).toEqual([id("thermostat")]);
      expect(l.nodes.get(id("thermostat"))).toMatchObject({ dialect: "ems-esp", model: "RC310" });
      expect(reading(l, "thermostat", "2/thermostat.occupiedHeatingSetpoint")).toBe(21.5);
    }
  });

  test("the gateway's heartbeat says that it is there, where another road took its will", () => {
    const l = new Listener().hear(thermostat, heartbeat);
    expect([...l.reachable.values()]).toEqual([true, true]);
    const kept = new Listener().hear(thermostat, [heartbeat[0], heartbeat[1], true]);
    expect(kept.reachable.size).toBe(0);
  });
});

test("a name means the same for whoever asks, and prototypes are no devices", () => {
  expect(emsWord("thermostat", "hc3.seltemp")).toEqual({ endpoint: 4, word: "occupied_heating_setpoint", unit: "C" });
  expect(emsWord("boiler", "ww.curtemp")).toEqual(emsWord("boiler", "dhw.curtemp"));
  expect(emsWord("boiler", "wwcurtemp")).toEqual(emsWord("boiler", "dhw.curtemp"));
  expect(emsWord("constructor", "toString")).toEqual({ endpoint: 1 });
  expect(emsWord("boiler", "curburnpow")).toEqual({ endpoint: 1, unit: "%" });
});
