import { describe, expect, test } from "vitest";
import { homie } from "../../../adapters/mqtt/dialects/homie.ts";
import { circuit, described, five, lugs, older, panel } from "./fixtures/homie.ts";
import { Listener, type Message } from "./listener.ts";

const house = "homie-house-one";

/** The endpoint of a node by its label. */
function at(l: Listener, label: string, node = house): number {
  const found = l.nodes.get(node)?.endpoints.find((e) => e.label === label);
  if (!found) throw new Error(`no endpoint ${label} of ${node}`);
  return found.number;
}
const typesOf = (l: Listener, label: string, node = house): readonly string[] =>
  l.endpoint(node, at(l, label, node)).deviceTypes;

describe("a device of Homie 5 is what its description says", () => {
  const l = new Listener().hear(...five);

  test("its nodes are endpoints, with the meaning that type, unit and name together give", () => {
    expect(typesOf(l, "lamp")).toEqual(["extendedColorLight"]);
    expect(l.value(`${house}/${at(l, "lamp")}/onOff.onOff`)).toBe(true);
    expect(l.value(`${house}/${at(l, "lamp")}/levelControl.currentLevel`)).toBe(50);
    expect(l.value(`${house}/${at(l, "lamp")}/colorControl.currentHue`)).toBe(120);
    expect(typesOf(l, "living-room")).toEqual(["thermostat"]);
    expect(l.value(`${house}/${at(l, "living-room")}/thermostat.localTemperature`)).toBe(20);
    expect(l.value(`${house}/${at(l, "station")}/temperatureMeasurement.measuredValue`)).toBe(-3.5);
    expect(typesOf(l, "plug")).toEqual(["onOffPlugInUnit", "electricalSensor"]);
  });

  test("units that nobody agreed upon are kept: gallons as litres, counts without a unit", () => {
    l.hear(["homie/5/house-one/station/tank", "10", true], ["homie/5/house-one/station/rain", "7", true]);
    expect(l.value(`${house}/${at(l, "station")}/vendor.station.tank`)).toBeCloseTo(37.85, 2);
    expect(l.value(`${house}/${at(l, "station")}/vendor.station.rain`)).toBe(7);
  });

  test("a lock is never guessed from a name, nor is a switch made of it", () => {
    expect(l.endpoint(house, at(l, "front")).capabilities).toHaveProperty("vendor.attributes");
    expect(l.endpoint(house, at(l, "front")).deviceTypes).toEqual([]);
  });

  test("an open window is no contact, whatever side the maker calls true", () => {
    l.hear(["homie/5/house-one/window/contact", "true", true]);
    expect(l.value(`${house}/${at(l, "window")}/booleanState.stateValue`)).toBe(false);
  });

  test("what is not retained is a happening: it counts when it comes, not when the broker kept it", () => {
    const path = `${house}/${at(l, "bell")}/vendor.bell.pressed`;
    l.hear(["homie/5/house-one/bell/pressed", "single", true]);
    expect(l.value(path)).toBeUndefined();
    l.hear(["homie/5/house-one/bell/pressed", "double"]);
    expect(l.value(path)).toBe("double");
  });

  test("a value beyond its announced range is a finding and no value", () => {
    const before = l.value(`${house}/${at(l, "station")}/vendor.station.wind`);
    l.hear(["homie/5/house-one/station/humidity", "250", true], ["homie/5/house-one/station/wind", "NaN", true]);
    expect(l.problems.map((p) => p.code)).toEqual(["value-out-of-range", "value-not-understood"]);
    expect(l.value(`${house}/${at(l, "station")}/vendor.station.wind`)).toBe(before);
  });

  test("a new description changes the device, and what was said before is read anew", () => {
    const again = new Listener().hear(...five, ["homie/5/house-one/cellar/temperature", "12", true]);
    again.hear(
      described("homie/5/house-one", { cellar: { properties: { temperature: { datatype: "float", unit: "°C" } } } }),
    );
    expect(again.nodes.get(house)?.endpoints.map((e) => e.label)).toEqual(["cellar"]);
    expect(again.value(`${house}/${at(again, "cellar")}/temperatureMeasurement.measuredValue`)).toBe(12);
  });

  test("values that came before their description are not lost", () => {
    const l2 = new Listener().hear(...[...five].reverse());
    expect(l2.value(`${house}/${at(l2, "station")}/temperatureMeasurement.measuredValue`)).toBe(-3.5);
  });

  test("an alert is a finding, a log is not, and a broken description leaves the last one", () => {
    const l3 = new Listener().hear(
      ...five,
      ["homie/5/house-one/$log/warn", "hm"],
      ["homie/5/house-one/$alert/frost", "Frost in the cellar", true],
      ["homie/5/house-one/$alert/frost", "", true],
      ["homie/5/house-one/$description", "{", true],
    );
    expect(l3.problems.map((p) => p.code)).toEqual(["device-alert", "description-not-understood"]);
    expect(l3.nodes.get(house)?.endpoints.length).toBeGreaterThan(5);
  });
});

describe("commands to Homie go to /set", () => {
  const l = new Listener().hear(...five);

  test("in the payload's own form and range", () => {
    expect(l.ask(house, at(l, "lamp"), "onOff.off")).toEqual(["homie/5/house-one/lamp/power/set false"]);
    expect(l.ask(house, at(l, "lamp"), "levelControl.moveToLevel", { level: 50 })).toEqual([
      "homie/5/house-one/lamp/brightness/set 128",
    ]);
    const heat = { occupiedHeatingSetpoint: 21.5 };
    expect(l.ask(house, at(l, "living-room"), "thermostat.set", heat)).toEqual([
      "homie/5/house-one/living-room/target/set 21.5",
    ]);
    expect(l.ask(house, at(l, "living-room"), "thermostat.set", { occupiedHeatingSetpoint: 45 })).toContain(
      "between 5 and 30",
    );
  });

  test("a colour is one message that keeps the brightness it had", () => {
    const colour = { hue: 240, saturation: 100 };
    expect(l.ask(house, at(l, "lamp"), "colorControl.moveToHueAndSaturation", colour)).toEqual([
      "homie/5/house-one/lamp/colour/set hsv,240,100,80",
    ]);
  });

  test("an empty text is one zero byte, which is no empty message", () => {
    expect(l.ask(house, at(l, "note"), "vendor.set", { "note.text": "" })).toEqual([
      "homie/5/house-one/note/text/set \0",
    ]);
  });
});

describe("states of Homie", () => {
  const state = (device: string, word: string): Message => [`ebus/5/${device}/$state`, word, true];

  test("asleep is not lost, disconnected is", () => {
    const l = new Listener().hear(...five, ["homie/5/house-one/$state", "sleeping", true]);
    expect(l.reachable.get(house)).toBe(true);
    l.hear(["homie/5/house-one/$state", "disconnected", true]);
    expect(l.reachable.get(house)).toBe(false);
    l.hear(["homie/5/house-one/$state", "sleeping", true]);
    expect(l.reachable.get(house)).toBe(true);
    l.hear(["homie/5/house-one/$state", "lost", true]);
    l.hear(["homie/5/house-one/$state", "init", true]);
    expect(l.reachable.get(house)).toBe(false);
  });

  test("children are lost with their root, and come back with it", () => {
    const l = new Listener().hear(...panel, state("panel-one", "lost"));
    expect([l.reachable.get("ebus-c1"), l.reachable.get("ebus-lugs-up")]).toEqual([false, false]);
    l.hear(state("panel-one", "ready"));
    expect(l.reachable.get("ebus-c1")).toBe(true);
  });

  test("an emptied state or description removes the device", () => {
    const l = new Listener().hear(...panel, ["ebus/5/c1/$state", "", true]);
    expect(l.nodes.has("ebus-c1")).toBe(false);
    l.hear(["ebus/5/lugs-up/$description", "", true]);
    expect(l.nodes.has("ebus-lugs-up")).toBe(false);
  });
});

describe("a panel's circuits in the house's signs", () => {
  test("what the panel exports, a load imports; the maker's own number stays beside it", () => {
    const l = new Listener().hear(...panel);
    expect(l.nodes.get("ebus-c1")?.name).toBe("Pool pump");
    expect(l.endpoint("ebus-c1", 1).deviceTypes).toEqual(["mountedOnOffControl", "electricalSensor"]);
    expect(l.values()).toMatchObject({
      "ebus-c1/1/electricalPowerMeasurement.activePower": 1230.5,
      "ebus-c1/1/vendor.meter.active-power": -1230.5,
      "ebus-c1/1/electricalEnergyMeasurement.cumulativeEnergyImported": 20.5,
      "ebus-c1/1/electricalEnergyMeasurement.cumulativeEnergyExported": 0.0125,
      "ebus-c1/1/onOff.onOff": true,
      "ebus-lugs-up/1/electricalPowerMeasurement.activePower": 2490.9,
      "ebus-lugs-up/1/electricalEnergyMeasurement.cumulativeEnergyImported": 35223.3425,
      "ebus-panel-one/2/electricalPowerMeasurement.voltage": 121.5,
    });
    expect(l.endpoint("ebus-lugs-up", 1).deviceTypes).toContain("electricalMeter");
  });

  test("lugs that feed another panel are no grid meter, and their sign turns when they say so", () => {
    const l = new Listener().hear(
      ...panel,
      lugs("lugs-dn"),
      ["ebus/5/lugs-dn/meter/active-power", "-500", true],
      ["ebus/5/lugs-dn/info/direction", "DOWNSTREAM", true],
    );
    expect(l.value("ebus-lugs-dn/1/electricalPowerMeasurement.activePower")).toBe(500);
    expect(l.endpoint("ebus-lugs-dn", 1).deviceTypes).toEqual(["electricalSensor"]);
  });

  test("a relay of which nothing is known is neither on nor off, and a locked one takes no command", () => {
    const l = new Listener().hear(...panel, ["ebus/5/c1/switch/relay", "UNKNOWN", true]);
    expect(l.value("ebus-c1/1/onOff.onOff")).toBe(true);
    expect(l.value("ebus-c1/1/vendor.switch.relay")).toBe("UNKNOWN");
    expect(l.problems).toEqual([]);
    expect(l.ask("ebus-c1", 1, "onOff.off")).toEqual(["ebus/5/c1/switch/relay/set OPEN"]);
    l.hear(["ebus/5/c1/switch/relay-controllable", "false", true]);
    expect(l.ask("ebus-c1", 1, "onOff.off")).toContain("no command");
  });

  test("a circuit that solar panels feed exports what it brings", () => {
    const l = new Listener().hear(
      circuit("c2"),
      ["ebus/5/c2/meter/active-power", "3400", true],
      ["ebus/5/c2/connection/feeds-device-type", "energy.ebus.device.pv", true],
    );
    expect(l.value("ebus-c2/1/electricalPowerMeasurement.activePower")).toBe(-3400);
    expect(l.endpoint("ebus-c2", 1).deviceTypes[0]).toBe("solarPower");
  });

  test("in its first version the panel's circuits are nodes of one device", () => {
    const properties = {
      "active-power": { datatype: "float", unit: "W" },
      "exported-energy": { datatype: "float", unit: "Wh" },
      relay: { datatype: "enum", format: "OPEN,CLOSED", settable: true },
    };
    const type = "energy.ebus.device.circuit";
    const l = new Listener().hear(
      described(
        "ebus/5/panel-old",
        { a1: { type, properties }, b2: { type, properties } },
        { type: "energy.ebus.device.distribution-enclosure" },
      ),
      ["ebus/5/panel-old/b2/active-power", "-80", true],
      ["ebus/5/panel-old/b2/relay", "OPEN", true],
    );
    const b2 = at(l, "b2", "ebus-panel-old");
    expect(l.value(`ebus-panel-old/${b2}/electricalPowerMeasurement.activePower`)).toBe(80);
    expect(l.value(`ebus-panel-old/${b2}/onOff.onOff`)).toBe(false);
    expect(l.nodes.get("ebus-panel-old")?.endpoints).toHaveLength(2);
  });

  test("a kind of the bus that nobody knows yet keeps its power as its own, for its sign would be a guess", () => {
    const meter = { "active-power": { datatype: "float", unit: "W" }, temperature: { datatype: "float", unit: "°C" } };
    const l = new Listener().hear(
      described("ebus/5/gen", { meter: { properties: meter } }, { type: "energy.ebus.device.generator" }),
      ["ebus/5/gen/meter/active-power", "700", true],
    );
    const number = at(l, "meter", "ebus-gen");
    expect(l.value(`ebus-gen/${number}/vendor.meter.active-power`)).toBe(700);
    expect(l.endpoint("ebus-gen", number).deviceTypes).toEqual(["temperatureSensor"]);
  });

  test("charger and battery speak the house's words, and the charger's plug lock stays the maker's own", () => {
    const l = new Listener().hear(
      ...panel,
      ["ebus/5/evse-one/status/status", "CHARGING", true],
      ["ebus/5/evse-one/switch/lock-state", "LOCKED", true],
      ["ebus/5/bess-one/storage/soc", "55.5", true],
      ["ebus/5/bess-one/storage/nameplate-capacity", "13500", true],
    );
    expect(l.values()).toMatchObject({
      "ebus-evse-one/1/energyEvse.state": "pluggedInCharging",
      "ebus-evse-one/1/vendor.switch.lock-state": "LOCKED",
      "ebus-bess-one/1/powerSource.batPercentRemaining": 55.5,
      "ebus-bess-one/1/powerSource.batCapacity": 13.5,
    });
    expect(l.ask("ebus-evse-one", 1, "energyEvse.set", { userMaximumChargeCurrent: 16 })).toEqual([
      "ebus/5/evse-one/config/user-max-charge-current/set 16",
    ]);
    expect(l.endpoint("ebus-bess-one", 1).capabilities).not.toHaveProperty("electricalPowerMeasurement");
  });
});

describe("Homie 2 to 4 describe themselves piece by piece", () => {
  const relays = "mac-aabbcc000001";

  test("in any order, under any base", () => {
    for (const messages of [older, [...older].reverse()]) {
      const l = new Listener().hear(...messages);
      expect([...l.nodes.keys()].sort()).toEqual(["home-devices-sensor2", relays]);
      expect(l.nodes.get(relays)).toMatchObject({ name: "Relay board", firmware: "1.2.3", dialect: "homie" });
      expect(l.value(`${relays}/${at(l, "Output", relays)}/onOff.onOff`)).toBe(false);
      expect(l.value(`${relays}/${at(l, "env", relays)}/temperatureMeasurement.measuredValue`)).toBe(21.5);
      expect(l.value(`${relays}/${at(l, "Device", relays)}/powerSource.batPercentRemaining`)).toBe(80);
      expect(l.value(`home-devices-sensor2/${at(l, "humid", "home-devices-sensor2")}/vendor.humid.value`)).toBe("55");
      expect([l.reachable.get(relays), l.reachable.get("home-devices-sensor2")]).toEqual([true, true]);
    }
  });

  test("commands of version 2 and 3 alike", () => {
    const l = new Listener().hear(...older);
    expect(l.ask(relays, at(l, "Output", relays), "onOff.on")).toEqual(["homie/relays/out/on/set true"]);
    const sensor = "home-devices-sensor2";
    expect(l.ask(sensor, at(l, "humid", sensor), "vendor.set", { "humid.led": "on" })).toEqual([
      "home/devices/sensor2/humid/led/set on",
    ]);
  });

  test("arrays of nodes are as many endpoints as they say", () => {
    const l = new Listener().hear(
      ["homie/strip/$homie", "3.0.1", true],
      ["homie/strip/$nodes", "led[]", true],
      ["homie/strip/led/$array", "0-2", true],
      ["homie/strip/led/$properties", "on", true],
      ["homie/strip/led/on/$datatype", "boolean", true],
      ["homie/strip/led/on/$settable", "true", true],
      ["homie/strip/led_2/$name", "Third", true],
      ["homie/strip/led_2/on", "true", true],
    );
    expect(l.nodes.get("homie-strip")?.endpoints).toHaveLength(3);
    expect(l.value(`homie-strip/${at(l, "Third", "homie-strip")}/onOff.onOff`)).toBe(true);
  });

  test("a large device that tells all at once is described few times, and wholly a second later", () => {
    const session = homie.open("hub");
    const ids = Array.from({ length: 40 }, (_, i) => `p${i}`);
    const messages: [string, string][] = [
      ["$homie", "4.0.0"],
      ["$nodes", "n"],
      ["n/$properties", ids.join(",")],
      ...ids.flatMap((id): [string, string][] => [
        [`n/${id}`, "5.5"],
        [`n/${id}/$datatype`, "float"],
        [`n/${id}/$unit`, "V"],
      ]),
    ];
    const tell = (tail: string, payload: string, at: number) =>
      session.decode({ topic: `homie/large/${tail}`, payload, retained: true, at });
    const told = messages.map(([tail, payload]) => tell(tail, payload, 5000)?.nodes.length ?? 0);
    expect(told.reduce((a, b) => a + b, 0)).toBeLessThan(messages.length / 2);
    const [last] = tell("n/p0", "6", 6000)?.nodes ?? [];
    const types = Object.values(last?.endpoints[0]?.capabilities.vendor?.attributes ?? {}).map((a) => a.type?.type);
    expect(types).toHaveLength(39);
    expect(new Set(types)).toEqual(new Set(["number"]));
  });

  test("lost by its will, alarmed by itself, gone when it is emptied", () => {
    const l = new Listener().hear(...older, ["homie/relays/$state", "lost", true]);
    expect(l.reachable.get(relays)).toBe(false);
    l.hear(["homie/relays/$state", "alert", true], ["home/devices/sensor2/$online", "false", true]);
    expect([l.reachable.get(relays), l.reachable.get("home-devices-sensor2")]).toEqual([true, false]);
    expect(l.problems.map((p) => p.code)).toEqual(["device-alert"]);
    l.hear(["homie/relays/$homie", "", true]);
    expect(l.nodes.has(relays)).toBe(false);
  });
});
