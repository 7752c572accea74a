import { describe, expect, test } from "vitest";
import { boiler, config, home } from "./fixtures/tasmota.ts";
import { Listener } from "./listener.ts";

const mac = "DC4F220000AA";
const node = "mac-dc4f220000aa";
const lights = (rl: number[], lt_st: number, so: object = {}): Listener =>
  new Listener().hear(config(mac, "lamp", { rl, lt_st, so }));

describe("what Tasmota says becomes the house's words", () => {
  test("a boiler's relay carries its meter, and the tank sensor stands beside it in Celsius", () => {
    const l = new Listener().hear(...home);
    const id = `mac-${boiler.toLowerCase()}`;
    expect(l.endpoint(id, 1).deviceTypes).toEqual(["onOffPlugInUnit", "electricalSensor"]);
    expect(l.value(`${id}/1/onOff.onOff`)).toBe(true);
    expect(l.value(`${id}/1/electricalPowerMeasurement.activePower`)).toBe(1834);
    expect(l.value(`${id}/1/electricalPowerMeasurement.powerFactor`)).toBe(98);
    expect(l.value(`${id}/1/electricalEnergyMeasurement.cumulativeEnergyImported`)).toBe(100.5);
    expect(l.value(`${id}/1/vendor.ENERGY.Today`)).toBe(1.5);
    const tank = l.nodes.get(id)?.endpoints.find((e) => e.deviceTypes.includes("temperatureSensor"));
    expect(l.value(`${id}/${tank?.number}/temperatureMeasurement.measuredValue`)).toBe(55);
    expect(l.reachable.get(id)).toBe(true);
    expect(l.nodes.get(id)).toMatchObject({ addresses: ["mac:dc4f22000001"], silentAfterS: 900, model: "Test module" });
  });

  test("a sensor keeps its endpoint when another is added", () => {
    const first = new Listener().hear(config(mac, "s", { rl: [] }), [
      "tele/s/SENSOR",
      { "DS18B20-2": { Temperature: 20 } },
    ]);
    const both = new Listener().hear(config(mac, "s", { rl: [] }), [
      "tele/s/SENSOR",
      { "DS18B20-1": { Temperature: 19 }, "DS18B20-2": { Temperature: 20 } },
    ]);
    const [key = ""] = Object.keys(first.values());
    expect(both.value(key)).toBe(20);
  });

  test("phases come as lists, and a list that becomes a number leaves no phases behind", () => {
    const energy = (Power: unknown): object => ({ ENERGY: { Power, Total: 5 } });
    const l = new Listener().hear(config(mac, "m"), ["tele/m/SENSOR", energy([10, -20, 30])]);
    expect(l.value(`${node}/92/electricalPowerMeasurement.activePower`)).toBe(-20);
    l.hear(["tele/m/SENSOR", energy(418)]);
    expect(l.value(`${node}/1/electricalPowerMeasurement.activePower`)).toBe(418);
    expect(l.nodes.get(node)?.endpoints.map((e) => e.number)).toEqual([1]);
  });

  test("what Tasmota tells of other devices is no measurement of its own", () => {
    const l = new Listener().hear(config(mac, "z", { rl: [] }), [
      "tele/z/SENSOR",
      { ZbReceived: { "0x4773": { Power: 1, Temperature: 20 } } },
    ]);
    expect(Object.keys(l.values()).every((key) => key.includes("/vendor."))).toBe(true);
  });

  test("a light that its owner marked, and lights by their channels", () => {
    const type = (l: Listener): readonly string[] => l.endpoint(node, 1).deviceTypes;
    expect(type(lights([1], 0, { "30": 1 }))).toEqual(["onOffLight"]);
    expect(type(lights([2], 1))).toEqual(["dimmableLight"]);
    expect(type(lights([2], 2))).toEqual(["colorTemperatureLight"]);
    const colour = lights([2], 5).hear([
      "stat/lamp/RESULT",
      { POWER: "ON", Dimmer: 40, HSBColor: "120,80,40", CT: 300 },
    ]);
    expect(type(colour)).toEqual(["extendedColorLight"]);
    expect(colour.values()).toMatchObject({
      [`${node}/1/levelControl.currentLevel`]: 40,
      [`${node}/1/colorControl.currentHue`]: 120,
      [`${node}/1/colorControl.currentSaturation`]: 80,
      [`${node}/1/colorControl.colorTemperatureMireds`]: 300,
    });
  });

  test("an inverted shutter is turned the right way", () => {
    const l = new Listener().hear(config(mac, "b", { rl: [3, 3], sho: [1] }), [
      "stat/b/RESULT",
      { Shutter1: { Position: 30, Direction: -1 } },
    ]);
    expect(l.value(`${node}/1/windowCovering.currentPositionLiftPercentage`)).toBe(70);
    expect(l.value(`${node}/1/windowCovering.operationalStatus`)).toBe("closing");
    expect(l.ask(node, 1, "windowCovering.goToLiftPercentage", { liftPercent: 70 })).toEqual([
      "cmnd/b/ShutterPosition1 30",
    ]);
    expect(l.ask(node, 1, "windowCovering.stopMotion")).toEqual(["cmnd/b/ShutterStop1 "]);
  });
});

describe("topics, words and commands as they were set up", () => {
  const custom = {
    ft: "home/%topic%/%prefix%/",
    tp: ["c", "s", "t"],
    state: ["aus", "an", "um", "halt"],
    onln: "da",
    ofln: "weg",
  };

  test("own topics and words are read and written", () => {
    const l = new Listener().hear(config(mac, "x/y", custom), ["home/x/y/s/POWER", "an"], ["home/x/y/t/LWT", "weg"]);
    expect(l.value(`${node}/1/onOff.onOff`)).toBe(true);
    expect(l.reachable.get(node)).toBe(false);
    expect(l.ask(node, 1, "onOff.off")).toEqual(["home/x/y/c/POWER aus"]);
    expect(l.ask(node, 1, "onOff.toggle")).toEqual(["home/x/y/c/POWER um"]);
  });

  test("one of several relays is named by its number; a dimmer takes whole percent only", () => {
    const two = new Listener().hear(config(mac, "two", { rl: [1, 1] }), ["stat/two/POWER2", "ON"]);
    expect(two.value(`${node}/2/onOff.onOff`)).toBe(true);
    expect(two.ask(node, 2, "onOff.on")).toEqual(["cmnd/two/POWER2 ON"]);
    expect(two.endpoint(node, 2).label).toBe("Two");
    const lamp = lights([2], 2);
    expect(lamp.ask(node, 1, "levelControl.moveToLevel", { level: 33.4 })).toEqual(["cmnd/lamp/Dimmer 33"]);
    expect(lamp.ask(node, 1, "colorControl.moveToColorTemperature", { colorTemperatureMireds: 150 })).toBe(
      "colorTemperatureMireds must be between 153 and 500 mired",
    );
  });

  test("an unknown version is refused, an empty discovery removes the device", () => {
    const l = new Listener().hear(config(mac, "v", { ver: 2 }));
    expect(l.nodes.size).toBe(0);
    expect(l.problems.map((p) => p.code)).toEqual(["discovery-refused"]);
    l.hear(config(mac, "v"), [`tasmota/discovery/${mac}/config`, ""]);
    expect(l.nodes.size).toBe(0);
  });

  test("the device is asked when it is found and when it comes back, not twice at once", () => {
    const l = new Listener().hear(...home);
    expect(l.questions.map((q) => q.topic)).toEqual(["cmnd/boiler/STATUS"]);
    l.hear(["tele/boiler/LWT", "Offline"], ["tele/boiler/LWT", "Online"]);
    expect(l.questions).toHaveLength(2);
  });
});
