import { describe, expect, test } from "vitest";
import {
  announce,
  at,
  blind,
  bulb,
  button,
  climate,
  colourBulb,
  gas,
  home,
  lampStatus,
  meter,
  plug,
  radiator,
  says,
  strip,
} from "./fixtures/shelly-gen1.ts";
import { Listener } from "./listener.ts";

const kettle = "mac-112233a0b1c2";
const stripNode = "mac-a0b1c2000004";
const bulbNode = "mac-a0b1c2000005";
const blindNode = "mac-a0b1c2000007";
const valveNode = "mac-a0b1c2000009";

describe("what an old Shelly says becomes the house's words", () => {
  test("a plug counts in watt-minutes, and its inside is no room temperature", () => {
    const l = new Listener().hear(...home);
    expect(l.endpoint(kettle, 1).deviceTypes).toEqual(["onOffPlugInUnit", "electricalSensor"]);
    expect(l.value(`${kettle}/1/onOff.onOff`)).toBe(true);
    expect(l.value(`${kettle}/1/electricalPowerMeasurement.activePower`)).toBe(42.5);
    expect(l.value(`${kettle}/1/electricalEnergyMeasurement.cumulativeEnergyImported`)).toBe(1);
    expect(l.value(`${kettle}/1/vendor.temperature`)).toBe(31.5);
    expect(l.nodes.get(kettle)).toMatchObject({
      name: plug,
      model: "SHPLG-S",
      firmware: "20230913-112003/v1.14.0-gcb84623",
      addresses: ["mac:112233a0b1c2"],
    });
    expect(l.reachable.get(kettle)).toBe(true);
  });

  test("a house meter counts in watt-hours, imports with plus and exports with minus, a phase an endpoint", () => {
    const l = new Listener().hear(...home, ...says(meter, { "emeter/2/power": "7", "emeter/2/energy": "60" }));
    const id = "mac-a0b1c2000008";
    expect(l.value(`${id}/91/electricalPowerMeasurement.activePower`)).toBe(-120.5);
    expect(l.value(`${id}/91/electricalEnergyMeasurement.cumulativeEnergyImported`)).toBe(5);
    expect(l.value(`${id}/91/electricalEnergyMeasurement.cumulativeEnergyExported`)).toBe(0.9);
    expect(l.value(`${id}/93/electricalPowerMeasurement.activePower`)).toBe(7);
    expect(l.value(`${id}/93/electricalEnergyMeasurement.cumulativeEnergyImported`)).toBeUndefined();
    expect(l.value(`${id}/93/vendor.energy`)).toBe(0.001);
  });

  test("a relay that was switched off by too much power is off, and says why", () => {
    const l = new Listener().hear(...home, at(plug, "relay/0", "overpower"));
    expect(l.value(`${kettle}/1/onOff.onOff`)).toBe(false);
    expect(l.value(`${kettle}/1/vendor.overpower`)).toBe(true);
    expect(l.problems).toEqual([]);
  });

  test("a blind that does not know where it is has no position; its motor's relays are no switches", () => {
    const l = new Listener().hear(...home);
    expect(l.value(`${blindNode}/1/windowCovering.currentPositionLiftPercentage`)).toBeUndefined();
    l.hear(at(blind, "info", { relays: [{ ison: true }], rollers: [{ state: "open", current_pos: 40, power: 90 }] }));
    expect(l.value(`${blindNode}/1/windowCovering.currentPositionLiftPercentage`)).toBe(40);
    expect(l.value(`${blindNode}/1/windowCovering.operationalStatus`)).toBe("opening");
    expect(l.endpoint(blindNode, 1).capabilities.onOff).toBeUndefined();
  });

  test("a colour strip's level is its gain, a white lamp's its brightness", () => {
    const l = new Listener().hear(...home);
    expect(l.endpoint(stripNode, 1).deviceTypes).toEqual(["extendedColorLight"]);
    expect(l.value(`${stripNode}/1/levelControl.currentLevel`)).toBe(40);
    expect(l.value(`${stripNode}/1/colorControl.currentHue`)).toBe(120);
    expect(l.endpoint(bulbNode, 1).deviceTypes).toEqual(["colorTemperatureLight"]);
    expect(l.value(`${bulbNode}/1/levelControl.currentLevel`)).toBe(30);
    expect(l.value(`${bulbNode}/1/colorControl.colorTemperatureMireds`)).toBe(370);
  });

  test("a radiator valve keeps its setpoint, its valve and its battery apart", () => {
    const l = new Listener().hear(...home);
    expect(l.value(`${valveNode}/1/thermostat.occupiedHeatingSetpoint`)).toBe(21.5);
    expect(l.value(`${valveNode}/1/thermostat.localTemperature`)).toBe(20.4);
    expect(l.value(`${valveNode}/1/thermostat.piHeatingDemand`)).toBe(35);
    expect(l.value(`${valveNode}/1/powerSource.batPercentRemaining`)).toBe(88);
    expect(l.value(`${valveNode}/1/vendor.window_open`)).toBe(false);
    l.hear(
      at(radiator, "status", { target_t: { enabled: true, value: 68, units: "F" }, tmp: { value: 20, units: "C" } }),
    );
    expect(l.value(`${valveNode}/1/thermostat.occupiedHeatingSetpoint`)).toBe(20);
  });

  test("door, motion, flood and smoke sensors keep their sense", () => {
    const l = new Listener().hear(
      ...announce("shellydw2-A1", "SHDW-2", "A0B1C20000A1"),
      ...says("shellydw2-A1", {
        "sensor/state": "open",
        "sensor/tilt": "-1",
        "sensor/lux": "12",
        "sensor/vibration": "1",
      }),
      ...announce("shellymotionsensor-A0B1C20000A2", "SHMOS-01", "A0B1C20000A2"),
      at("shellymotionsensor-A0B1C20000A2", "status", {
        motion: true,
        vibration: false,
        active: true,
        lux: 5,
        bat: 70,
      }),
      ...announce("shellyflood-A3", "SHWT-1", "A0B1C20000A3"),
      at("shellyflood-A3", "sensor/flood", "true"),
      ...announce("shellysmoke-A4", "SHSM-01", "A0B1C20000A4"),
      at("shellysmoke-A4", "sensor/smoke", "false"),
    );
    expect(l.value("mac-a0b1c20000a1/1/booleanState.stateValue")).toBe(false);
    expect(l.value("mac-a0b1c20000a1/1/vendor.state")).toBe("open");
    expect(l.value("mac-a0b1c20000a1/1/vendor.tilt")).toBeUndefined();
    expect(l.value("mac-a0b1c20000a1/1/vendor.vibration")).toBe(true);
    l.hear(at("shellydw2-A1", "info", { sensor: { state: "unknown" }, accel: { tilt: 1, vibration: 0 } }));
    expect(l.value("mac-a0b1c20000a1/1/vendor.tilt")).toBe(1);
    expect(l.value("mac-a0b1c20000a1/1/booleanState.stateValue")).toBe(false);
    expect(l.value("mac-a0b1c20000a1/1/illuminanceMeasurement.measuredValue")).toBe(12);
    expect(l.value("mac-a0b1c20000a1/1/vendor.vibration")).toBe(false);
    expect(l.value("mac-a0b1c20000a2/1/occupancySensing.occupancy")).toBe(true);
    expect(l.value("mac-a0b1c20000a2/1/powerSource.batPercentRemaining")).toBe(70);
    expect(l.value("mac-a0b1c20000a3/1/booleanState.stateValue")).toBe(true);
    expect(l.value("mac-a0b1c20000a4/1/smokeCoAlarm.smokeState")).toBe("normal");
  });
});

describe("temperatures come in the unit that the owner set", () => {
  const node = "mac-112233b00010";
  const key = `${node}/1/temperatureMeasurement.measuredValue`;
  const hello = announce(climate, "SHHT-1", "112233B00010");

  test("before the unit is told there is no value rather than a wrong one", () => {
    const l = new Listener().hear(...hello, at(climate, "sensor/temperature", "68.00"));
    expect(l.value(key)).toBeUndefined();
    l.hear(at(climate, "info", { tmp: { value: 68, units: "F", tC: 20, tF: 68, is_valid: true }, hum: { value: 50 } }));
    expect(l.value(key)).toBe(20);
    l.hear(at(climate, "sensor/temperature", "59.00"));
    expect(l.value(key)).toBe(15);
  });

  test("old firmware that never tells is in degrees Celsius; a probe that is not there has no temperature", () => {
    const l = new Listener().hear(
      ...hello,
      at(climate, "sensor/temperature", "20"),
      at(climate, "sensor/temperature", "21"),
    );
    expect(l.value(key)).toBe(21);
    l.hear(at(climate, "sensor/temperature", "999"));
    expect(l.value(key)).toBe(21);
    expect(l.problems).toEqual([]);
  });
});

describe("a press is told once", () => {
  const press = (count: number, event = "S") => at(strip, "input_event/0", { event, event_cnt: count });
  const seen = (l: Listener): number => {
    let told = 0;
    for (const count of [3, 4, 4, 5]) {
      l.readings.clear();
      l.hear(press(count));
      if (l.readings.has(`${stripNode}/51/vendor.event`)) told += 1;
    }
    return told;
  };

  test("the count tells a repeated press from a repeated message, and what was before the hub came is over", () => {
    expect(seen(new Listener().hear(...home))).toBe(2);
    const fresh = new Listener().hear(...announce(strip, "SHRGBW2", "A0B1C2000004"), press(9));
    expect(fresh.value(`${stripNode}/51/vendor.event`)).toBeUndefined();
  });

  test("a button that sleeps is heard at its first press; a retained press is over", () => {
    const l = new Listener().hear(...announce(button, "SHBTN-1", "112233B00011"));
    l.hear(at(button, "input_event/0", { event: "SS", event_cnt: 7 }, true));
    expect(l.value("mac-112233b00011/51/vendor.event")).toBeUndefined();
    l.hear(at(button, "input_event/0", { event: "SS", event_cnt: 8 }));
    expect(l.value("mac-112233b00011/51/vendor.event")).toBe("SS");
  });
});

describe("finding an old Shelly", () => {
  test("it is asked who it is at its first word, and its values wait for the answer", () => {
    const l = new Listener().hear(at(plug, "online", "true", true), at(plug, "relay/0", "on", true));
    expect(l.questions).toEqual(
      ["announce", "update"].map((payload) => expect.objectContaining({ topic: `shellies/${plug}/command`, payload })),
    );
    expect(l.nodes.size).toBe(0);
    l.hear(...announce(plug, "SHPLG-S", "112233A0B1C2"));
    expect([...l.nodes.keys()]).toEqual([kettle]);
    expect(l.value(`${kettle}/1/onOff.onOff`)).toBe(true);
    expect(l.reachable.get(kettle)).toBe(true);
  });

  test("one that never answers goes by its own id in the end", () => {
    const l = new Listener();
    for (let n = 0; n < 14; n += 1) l.hear(at(plug, "relay/0/power", String(n)));
    expect([...l.nodes.keys()]).toEqual(["shelly-shellyplug-s-a0b1c2"]);
  });

  test("a prefix and an id of the owner's choosing are learned from the announcement", () => {
    const hello = { id: "pump", model: "SHSW-1", mac: "A0B1C20000C1", fw_ver: "20230913/v1.14.0" };
    const l = new Listener().hear(["garden/announce", hello], ["garden/pump/relay/0", "off"]);
    expect(l.value("mac-a0b1c20000c1/1/onOff.onOff")).toBe(false);
    expect(l.ask("mac-a0b1c20000c1", 1, "onOff.on")).toEqual(["garden/pump/relay/0/command on"]);
  });

  test("what sleeps is not lost when it leaves, what hangs on the mains is", () => {
    const l = new Listener().hear(
      at(climate, "online", "true", true),
      ...announce(climate, "SHHT-1", "112233B00010"),
      at(climate, "online", "false"),
      ...home,
      at(plug, "online", "false"),
    );
    expect(l.reachable.get("mac-112233b00010")).toBe(true);
    expect(l.nodes.get("mac-112233b00010")?.silentAfterS).toBe(25 * 3600);
    expect(l.reachable.get(kettle)).toBe(false);
    expect(l.questions.some((q) => q.topic.includes(climate))).toBe(false);
  });

  test("later generations and strangers are left to their own dialects", () => {
    const l = new Listener().hear(
      ["shellies/shellyplus1-a0b1c2d3e4f5/online", "true", true],
      ["house/sensor/temperature", "20"],
      ["house/announce", { id: "x", mac: "A0B1C20000C1", gen: 2, fw_ver: "1" }],
    );
    expect([l.nodes.size, l.questions.filter((q) => q.payload === "announce").length]).toEqual([0, 0]);
  });
});

describe("an old Shelly is told what to do", () => {
  const l = new Listener().hear(...home, ...announce(colourBulb, "SHCB-1", "A0B1C2000006", "white"));
  l.hear(
    at(colourBulb, "white/0/status", {
      ...lampStatus,
      ...{ mode: "white", red: 1, green: 2, blue: 3, gain: 4, white: 0, temp: 4000, brightness: 50 },
    }),
  );

  test("relays, blinds and valves by plain words", () => {
    expect(l.ask(kettle, 1, "onOff.off")).toEqual([`shellies/${plug}/relay/0/command off`]);
    expect(l.ask(kettle, 1, "onOff.toggle")).toEqual([`shellies/${plug}/relay/0/command toggle`]);
    expect(l.ask(blindNode, 1, "windowCovering.goToLiftPercentage", { liftPercent: 30 })).toEqual([
      `shellies/${blind}/roller/0/command/pos 30`,
    ]);
    expect(l.ask(blindNode, 1, "windowCovering.stopMotion")).toEqual([`shellies/${blind}/roller/0/command stop`]);
    expect(l.ask(valveNode, 1, "thermostat.set", { occupiedHeatingSetpoint: 19.5 })).toEqual([
      `shellies/${radiator}/thermostat/0/command/target_t 19.5`,
    ]);
    expect(l.ask(valveNode, 1, "thermostat.set", { occupiedHeatingSetpoint: 40 })).toMatch(/between 4 and 31/);
    expect(l.ask(valveNode, 1, "vendor.set", { schedule: true })).toEqual([
      `shellies/${radiator}/thermostat/0/command/schedule 1`,
    ]);
    expect(l.ask("mac-a0b1c2000012", 1, "vendor.set", { alarm: "start_self_test" })).toEqual([
      `shellies/${gas}/sensor/start_self_test start`,
    ]);
  });

  test("lamps by one body, with the transition in milliseconds", () => {
    expect(l.ask(bulbNode, 1, "levelControl.moveToLevel", { level: 70, transitionTime: 2 })).toEqual([
      `shellies/${bulb}/light/0/set {"turn":"on","brightness":70,"transition":2000}`,
    ]);
    expect(l.ask(stripNode, 1, "levelControl.moveToLevel", { level: 70 })).toEqual([
      `shellies/${strip}/color/0/set {"turn":"on","gain":70}`,
    ]);
    expect(l.ask(stripNode, 1, "colorControl.moveToHueAndSaturation", { hue: 240, saturation: 100 })).toEqual([
      `shellies/${strip}/color/0/set {"red":0,"green":0,"blue":255}`,
    ]);
    expect(l.ask(bulbNode, 1, "colorControl.moveToColorTemperature", { colorTemperatureMireds: 250 })).toEqual([
      `shellies/${bulb}/light/0/set {"temp":4000}`,
    ]);
  });

  test("a bulb in white is put into colour by a colour", () => {
    expect(l.ask("mac-a0b1c2000006", 1, "colorControl.moveToHueAndSaturation", { hue: 0, saturation: 100 })).toEqual([
      `shellies/${colourBulb}/color/0/set {"mode":"color","red":255,"green":0,"blue":0}`,
    ]);
  });
});
