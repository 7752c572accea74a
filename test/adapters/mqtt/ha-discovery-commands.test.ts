import { describe, expect, test } from "vitest";
import { config, dev, everything } from "./fixtures/ha-discovery.ts";
import { Listener, type Message } from "./listener.ts";

const home = (): Listener => new Listener().hear(...everything);
const one = (component: string, body: object, ...more: readonly Message[]): Listener =>
  new Listener().hear(config(component, "x", { ...dev("x"), uniq_id: "x", cmd_t: "c", ...body }), ...more);

describe("lights", () => {
  test("in one JSON body: read and written, several values as one message", () => {
    const l = home();
    expect(l.endpoint("ha-lamp1", 1).deviceTypes).toEqual(["extendedColorLight"]);
    expect(l.value("ha-lamp1/1/levelControl.currentLevel")).toBe(50);
    expect(l.value("ha-lamp1/1/colorControl.colorTemperatureMireds")).toBe(250);
    expect(l.value("ha-lamp1/1/colorControl.currentX")).toBe(0.3);
    expect(l.ask("ha-lamp1", 1, "onOff.off")).toEqual(['l1/c {"state":"OFF"}']);
    expect(l.ask("ha-lamp1", 1, "levelControl.moveToLevel", { level: 100, transitionTime: 2 })).toEqual([
      'l1/c {"state":"ON","brightness":255,"transition":2}',
    ]);
    expect(l.ask("ha-lamp1", 1, "colorControl.moveToColor", { colorX: 0.1, colorY: 0.2 })).toEqual([
      'l1/c {"color":{"x":0.1,"y":0.2}}',
    ]);
  });

  test("topic by topic, with a scale of its own and kelvin", () => {
    const l = home().hear(["l2/k", "4000"]);
    expect(l.value("ha-lamp2/1/levelControl.currentLevel")).toBe(50);
    expect(l.value("ha-lamp2/1/colorControl.colorTemperatureMireds")).toBe(250);
    expect(l.ask("ha-lamp2", 1, "colorControl.moveToColorTemperature", { colorTemperatureMireds: 500 })).toEqual([
      "l2/k/set 2000",
    ]);
  });

  test("by templates both ways", () => {
    const l = home();
    expect(l.value("ha-lamp3/1/onOff.onOff")).toBe(true);
    expect(l.value("ha-lamp3/1/levelControl.currentLevel")).toBe(50);
    expect(l.ask("ha-lamp3", 1, "onOff.off")).toEqual(["l3/c off"]);
    expect(l.ask("ha-lamp3", 1, "levelControl.moveToLevel", { level: 20 })).toEqual(["l3/c on,51"]);
  });
});

describe("covers, climate, fans, locks", () => {
  test("a cover that counts the other way round is turned to open at 100", () => {
    const l = home();
    expect(l.value("ha-cover1/1/windowCovering.currentPositionLiftPercentage")).toBe(70);
    expect(l.ask("ha-cover1", 1, "windowCovering.goToLiftPercentage", { liftPercent: 10 })).toEqual(["c1/pos/set 90"]);
    expect(l.ask("ha-cover1", 1, "windowCovering.stopMotion")).toEqual(["c1/set STOP"]);
  });

  test("a cover without a position is open or closed, and may have no stop", () => {
    const l = one("cover", { stat_t: "s", pl_stop: null }, ["s", "opening"], ["s", "open"]);
    expect(l.value("ha-x/1/windowCovering.currentPositionLiftPercentage")).toBe(100);
    expect(l.ask("ha-x", 1, "windowCovering.stopMotion")).toContain("no command");
    expect(l.problems).toEqual([]);
  });

  test("a thermostat in Fahrenheit is read and set in Celsius", () => {
    const l = home().hear(["t1/mode", "cool"], ["t1/a", "heating"]);
    expect(l.value("ha-climate1/1/thermostat.occupiedHeatingSetpoint")).toBe(20);
    expect(l.value("ha-climate1/1/thermostat.systemMode")).toBe("cool");
    expect(l.value("ha-climate1/1/thermostat.thermostatRunningMode")).toBe("heat");
    expect(l.ask("ha-climate1", 1, "thermostat.set", { occupiedHeatingSetpoint: 25 })).toEqual(["t1/t/set 77"]);
    expect(l.ask("ha-climate1", 1, "thermostat.set", { occupiedHeatingSetpoint: 40 })).toContain("between 10 and");
    expect(l.ask("ha-climate1", 1, "vendor.set", { "one.preset_mode": "eco" })).toEqual(["t1/p/set eco"]);
  });

  test("a water heater keeps its own modes", () => {
    const l = home().hear(["wh/mode", "eco"], ["wh/temp", "48.5"]);
    expect(l.endpoint("ha-wh1", 1).deviceTypes).toContain("waterHeater");
    expect(l.value("ha-wh1/1/thermostat.localTemperature")).toBe(48.5);
    expect(l.value("ha-wh1/1/vendor.one.mode")).toBe("eco");
  });

  test("a fan's steps are percent here", () => {
    const l = home();
    expect(l.value("ha-fan1/1/fanControl.percentSetting")).toBe(50);
    expect(l.ask("ha-fan1", 1, "fanControl.set", { percentSetting: 75 })).toEqual(["f1/p/set 3"]);
    expect(l.ask("ha-fan1", 1, "vendor.set", { "one.oscillation": true })).toEqual(["f1/o/set oscillate_on"]);
  });

  test("a lock in its own words, jammed is not fully locked", () => {
    const l = one("lock", { stat_t: "s", pl_lock: "zu", stat_locked: "ist zu", stat_jam: "klemmt" }, ["s", "ist zu"]);
    expect(l.value("ha-x/1/doorLock.lockState")).toBe("locked");
    expect(l.hear(["s", "klemmt"]).value("ha-x/1/doorLock.lockState")).toBe("notFullyLocked");
    expect(l.ask("ha-x", 1, "doorLock.lockDoor")).toEqual(["c zu"]);
    expect(l.ask("ha-x", 1, "doorLock.unlockDoor")).toEqual(["c UNLOCK"]);
  });
});

describe("switches and what one only sends", () => {
  test("state words may differ from command words, also as numbers and booleans", () => {
    const l = one("switch", { stat_t: "s", pl_on: 1, pl_off: 0, stat_on: true, stat_off: false }, ["s", "true"]);
    expect(l.value("ha-x/1/onOff.onOff")).toBe(true);
    expect(l.ask("ha-x", 1, "onOff.off")).toEqual(["c 0"]);
  });

  test("a switch without a state can be switched; what is set stands in the command template", () => {
    const l = one("switch", { cmd_tpl: '{"relay": "{{ value }}"}' });
    expect(l.ask("ha-x", 1, "onOff.on")).toEqual(['c {"relay": "ON"}']);
  });

  test("a switch among the settings is the maker's own", () => {
    const l = one("switch", { stat_t: "s", ent_cat: "config" }, ["s", "ON"]);
    expect(l.values()).toEqual({ "ha-x/1/vendor.x": true });
  });

  test("a number keeps its range and step", () => {
    const l = home();
    expect(l.ask("ha-num1", 1, "vendor.set", { one: 2.4 })).toEqual(["n1/c 2.5"]);
    expect(l.ask("ha-num1", 1, "vendor.set", { one: 6 })).toContain("between 0 and 5");
  });

  test("a siren takes JSON, a valve its words, an alarm panel the known ones", () => {
    const l = home();
    expect(l.ask("ha-siren1", 1, "vendor.set", { one: true })).toEqual(['s1/c {"state":"ON"}']);
    expect(l.ask("ha-valve1", 1, "onOff.on")).toEqual(["a1/c OPEN"]);
    expect(l.ask("ha-alarm1", 1, "vendor.set", { "one.command": "ARM_AWAY" })).toEqual(["p1/c ARM_AWAY"]);
  });

  test("triggers of one topic are one happening in the words of their payloads", () => {
    expect(home().value("ha-num1/1/vendor.n6")).toBe("single");
  });
});

describe("colours that come as one text", () => {
  const lamp = (body: object, ...more: readonly Message[]): Listener => one("light", { stat_t: "s", ...body }, ...more);

  test("hue and saturation, read apart and sent together", () => {
    const l = lamp({ hs_stat_t: "hs", hs_cmd_t: "hs/set" }, ["hs", "120,50"]);
    expect(l.value("ha-x/1/colorControl.currentHue")).toBe(120);
    expect(l.value("ha-x/1/colorControl.currentSaturation")).toBe(50);
    expect(l.ask("ha-x", 1, "colorControl.moveToHueAndSaturation", { hue: 30, saturation: 90 })).toEqual([
      "hs/set 30,90",
    ]);
  });

  test("red, green and blue are a hue here, with a template and without", () => {
    const red = { hue: 0, saturation: 100 };
    const plain = lamp({ rgb_stat_t: "rgb", rgb_cmd_t: "rgb/set" }, ["rgb", "0,255,0"]);
    expect(plain.value("ha-x/1/colorControl.currentHue")).toBe(120);
    expect(plain.ask("ha-x", 1, "colorControl.moveToHueAndSaturation", red)).toEqual(["rgb/set 255,0,0"]);
    const shaped = lamp({ rgb_cmd_t: "rgb/set", rgb_cmd_tpl: "{{ '#%02x%02x%02x' | format(red, green, blue) }}" });
    expect(shaped.ask("ha-x", 1, "colorControl.moveToHueAndSaturation", red)).toEqual(["rgb/set #ff0000"]);
    const json = lamp({ schema: "json", sup_clrm: ["rgb"] }, ["s", { color: { r: 0, g: 0, b: 255 } }]);
    expect(json.value("ha-x/1/colorControl.currentHue")).toBe(240);
    expect(json.ask("ha-x", 1, "colorControl.moveToHueAndSaturation", red)).toEqual([
      'c {"color":{"r":255,"g":0,"b":0}}',
    ]);
  });
});
