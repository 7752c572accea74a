import { describe, expect, test } from "vitest";
import { everything, gateway, gatewayStatus, home, info, list, says, value } from "./fixtures/zwave-js-ui.ts";
import { Listener } from "./listener.ts";

const at = (number: number): string => `zwave-${home}-${number}`;

describe("what a Z-Wave node says becomes the house's words", () => {
  const l = new Listener().hear(...everything);

  test("a plug with a meter: the key tells kilowatt-hours, watts, volts and amperes apart", () => {
    const plug = at(2);
    expect(l.nodes.get(plug)).toMatchObject({
      name: "Plug",
      vendor: "Hearth Works",
      model: "HW-P",
      addresses: [`own:zwave-${home}/2`],
    });
    expect(l.endpoint(plug, 1).deviceTypes).toEqual(["onOffPlugInUnit", "electricalSensor"]);
    expect(l.value(`${plug}/1/onOff.onOff`)).toBe(true);
    expect(l.value(`${plug}/1/electricalEnergyMeasurement.cumulativeEnergyImported`)).toBe(12.5);
    expect(l.value(`${plug}/1/electricalPowerMeasurement.activePower`)).toBe(140);
    expect(l.value(`${plug}/1/electricalPowerMeasurement.voltage`)).toBe(231);
    expect(l.value(`${plug}/1/electricalPowerMeasurement.activeCurrent`)).toBe(0.6);
    expect(l.value(`${plug}/1/vendor.configuration.LED_function`)).toBe(2);
    expect(l.reachable.get(plug)).toBe(true);
  });

  test("a dimmer's 99 is all, and its colour is one text", () => {
    expect(l.value(`${at(3)}/1/levelControl.currentLevel`)).toBe(51);
    expect(l.value(`${at(3)}/1/onOff.onOff`)).toBe(true);
    expect(l.value(`${at(3)}/1/colorControl.currentHue`)).toBe(240);
    expect(l.endpoint(at(3), 1).deviceTypes).toEqual(["extendedColorLight"]);
  });

  test("a multilevel switch is a blind where it goes up and down, and a valve beside a thermostat", () => {
    expect(l.value(`${at(4)}/2/windowCovering.currentPositionLiftPercentage`)).toBe(100);
    expect(l.endpoint(at(4), 2).capabilities.levelControl).toBeUndefined();
    const valve = at(5);
    expect(l.value(`${valve}/1/thermostat.piHeatingDemand`)).toBe(40);
    expect(l.value(`${valve}/1/thermostat.systemMode`)).toBe("heat");
    expect(l.value(`${valve}/1/thermostat.occupiedHeatingSetpoint`)).toBe(21);
    expect(l.value(`${valve}/1/thermostat.localTemperature`)).toBe(19.5);
    expect(l.value(`${valve}/1/thermostat.thermostatRunningMode`)).toBe("heat");
    expect(l.value(`${valve}/1/powerSource.batPercentRemaining`)).toBe(80);
    expect(l.endpoint(valve, 1).capabilities.levelControl).toBeUndefined();
  });

  test("a lock, its door and its times; people's door codes are never read", () => {
    expect(l.value(`${at(6)}/1/doorLock.lockState`)).toBe("locked");
    expect(l.value(`${at(6)}/1/booleanState.stateValue`)).toBe(true);
    expect(l.value(`${at(6)}/1/vendor.door_lock.duration`)).toBe(5);
    expect(JSON.stringify([...l.nodes.values(), l.values()])).not.toContain("4711");
    expect(JSON.stringify([...l.nodes.values()])).not.toContain("userCode");
  });

  test("what a node gives back is told with minus", () => {
    const solar = new Listener().hear(...gateway, info("Sun", 8, "HW-S", "Meter"));
    solar.hear(...says("Sun", { "Meter/endpoint_0/value/66050": 300, "Meter/endpoint_0/value/65538": 7 }));
    expect(solar.value(`${at(8)}/1/electricalPowerMeasurement.activePower`)).toBe(-300);
    expect(solar.value(`${at(8)}/1/electricalEnergyMeasurement.cumulativeEnergyExported`)).toBe(7);
  });

  test("sensors, alarms and doors by the standard's numbers, in each of the gateway's forms", () => {
    const own = new Listener().hear(...gateway, info("Multi", 9, "HW-M", "Sensor"));
    own.hear(
      ...says("Multi", { "Notification/endpoint_0/Home_Security/Motion_sensor_status": 8 }),
      ["zwave/Multi/Notification/endpoint_0/Access_Control/Door_state", "22"],
      ["zwave/Multi/Notification/endpoint_0/Smoke_Alarm/Sensor_status", "2"],
      ["zwave/Multi/Multilevel_Sensor/endpoint_0/Humidity", "55"],
      [
        "zwave/Multi/Multilevel_Sensor/endpoint_0/Air_temperature",
        value(9, 49, "Air temperature", 68, { unit: "°F", label: "Air temperature" }),
      ],
      ["zwave/Multi/Multilevel_Sensor/endpoint_0/Illuminance", { time: 1, value: 90 }],
    );
    expect(own.value(`${at(9)}/1/occupancySensing.occupancy`)).toBe(true);
    expect(own.value(`${at(9)}/1/booleanState.stateValue`)).toBe(false);
    expect(own.value(`${at(9)}/1/smokeCoAlarm.smokeState`)).toBe("critical");
    expect(own.value(`${at(9)}/1/relativeHumidityMeasurement.measuredValue`)).toBe(55);
    expect(own.value(`${at(9)}/1/temperatureMeasurement.measuredValue`)).toBe(20);
    expect(own.value(`${at(9)}/1/illuminanceMeasurement.measuredValue`)).toBe(90);
  });

  test("where no unit is told, a room of seventy degrees is one in Fahrenheit, and so is its setpoint", () => {
    const own = new Listener().hear(...gateway, info("Hall", 11, "HW-T", "Thermostat"));
    own.hear(
      ...says("Hall", {
        "Thermostat_Setpoint/endpoint_0/setpoint/1": 68,
        "Multilevel_Sensor/endpoint_0/Air_temperature": 50,
      }),
    );
    expect(own.value(`${at(11)}/1/thermostat.occupiedHeatingSetpoint`)).toBe(20);
    expect(own.value(`${at(11)}/1/thermostat.localTemperature`)).toBe(10);
    expect(own.ask(at(11), 1, "thermostat.set", { occupiedHeatingSetpoint: 25 })).toEqual([
      "zwave/Hall/Thermostat_Setpoint/endpoint_0/setpoint/1/set 77",
    ]);
  });

  test("a scene is a press, each button a switch; one that the broker kept is over", () => {
    const own = new Listener().hear(...gateway, info("Remote", 10, "HW-R", "Remote"));
    own.hear(...says("Remote", { "Central_Scene/endpoint_0/scene/002": 0 }));
    expect(own.value(`${at(10)}/202/vendor.event`)).toBeUndefined();
    own.hear(["zwave/Remote/Central_Scene/endpoint_0/scene/002", { time: 2, value: 3 }]);
    expect(own.value(`${at(10)}/202/vendor.event`)).toBe("pressed2x");
    own.readings.clear();
    own.hear(["zwave/Remote/Central_Scene/endpoint_0/scene/002", { time: 3, value: null }]);
    expect(own.readings.size).toBe(0);
  });
});

describe("a Z-Wave node is told what to do", () => {
  const l = new Listener().hear(...everything);

  test("the wish goes to the target beside the current value, by the topics that it speaks on", () => {
    expect(l.ask(at(2), 1, "onOff.off")).toEqual(["zwave/hall/Plug/Binary_Switch/endpoint_0/targetValue/set false"]);
    expect(l.ask(at(3), 1, "onOff.on")).toEqual(["zwave/3/38/0/targetValue/set 255"]);
    expect(l.ask(at(3), 1, "levelControl.moveToLevel", { level: 100, transitionTime: 4 })).toEqual([
      'zwave/3/38/0/targetValue/set {"value":99,"options":{"transitionDuration":"4s"}}',
    ]);
    expect(l.ask(at(3), 1, "colorControl.moveToHueAndSaturation", { hue: 120, saturation: 100 })).toEqual([
      "zwave/3/51/0/hexColor/set 00ff00",
    ]);
    expect(l.ask(at(6), 1, "doorLock.unlockDoor")).toEqual([expect.stringMatching(/Door_Lock.*targetMode\/set 0$/)]);
    expect(l.ask(at(5), 1, "thermostat.set", { occupiedHeatingSetpoint: 19 })).toEqual([
      "zwave/Valve/thermostat_setpoint/endpoint_0/setpoint/1/set 19",
    ]);
    expect(l.ask(at(5), 1, "thermostat.set", { systemMode: "off" })).toEqual([
      "zwave/Valve/thermostat_mode/endpoint_0/mode/set 0",
    ]);
  });

  test("a blind opens to its end and stops when the key is let go", () => {
    expect(l.ask(at(4), 2, "windowCovering.upOrOpen")).toEqual([
      "zwave/Blind/Multilevel_Switch/endpoint_1/targetValue/set 99",
    ]);
    expect(l.ask(at(4), 2, "windowCovering.stopMotion")).toEqual([
      "zwave/Blind/Multilevel_Switch/endpoint_1/Up/set false",
    ]);
    expect(l.ask(at(7), 1, "windowCovering.downOrClose")).toEqual([
      "zwave/Gate/Barrier_Operator/endpoint_0/targetState/set 0",
    ]);
  });
});

describe("the life of a Z-Wave network", () => {
  const node = {
    id: 2,
    name: "Plug",
    loc: "hall",
    manufacturer: "Hearth Works",
    productLabel: "HW-P",
    status: "Alive",
  };
  const mode = value(2, 112, 5, 1, {
    ...{ propertyName: "LED function", label: "LED", type: "number", writeable: true, min: 0, max: 1 },
    states: [
      { text: "Off", value: 0 },
      { text: "On", value: 1 },
    ],
  });

  test("a gateway is asked for its network and its nodes when it shows itself, and again when it is back", () => {
    const l = new Listener().hear(...gateway);
    const apis = (): string[] => l.questions.map((q) => q.topic.slice(q.topic.lastIndexOf("/api/") + 5));
    expect(apis()).toEqual(["getInfo/set", "getNodes/set"]);
    expect(l.questions[1]?.payload).toBe('{"args":[]}');
    l.hear(gatewayStatus(false), gatewayStatus(true));
    expect(apis()).toHaveLength(4);
  });

  test("the list alone makes nodes, with words for numbers, that are reached through the gateway", () => {
    const l = new Listener().hear(...gateway, list({ id: 1, isControllerNode: true }, { ...node, values: [mode] }));
    expect([...l.nodes.keys()]).toEqual([at(2)]);
    expect(l.value(`${at(2)}/1/vendor.configuration.5`)).toBe("On");
    expect(l.ask(at(2), 1, "vendor.set", { "configuration.5": "Off" })).toEqual([
      expect.stringMatching(/\/api\/writeValue\/set .*"commandClass":112,"endpoint":0,"property":5},0\]/),
    ]);
    l.hear(info("hall/Plug", 2, "HW-P", "Plug"), ...says("hall/Plug", { "Configuration/endpoint_0/LED_function": 0 }));
    expect(l.value(`${at(2)}/1/vendor.configuration.5`)).toBe("Off");
    expect(l.ask(at(2), 1, "vendor.set", { "configuration.5": "On" })).toEqual([
      "zwave/hall/Plug/Configuration/endpoint_0/LED_function/set 1",
    ]);
  });

  test("values that come before the node are read when it is known, and a silent gateway is not waited for", () => {
    const early = says("hall/Plug", { "Binary_Switch/endpoint_0/currentValue": true });
    const l = new Listener().hear(...early, ...gateway, info("hall/Plug", 2, "HW-P", "Plug"));
    expect(l.value(`${at(2)}/1/onOff.onOff`)).toBe(true);
    const mute = new Listener().hear(gateway[0] ?? ["", ""], ...early, info("Plug", 2, "HW-P", "Plug"));
    expect(mute.nodes.size).toBe(0);
    mute.hear(["zwave/Plug/status", "true"], info("Plug", 2, "HW-P", "Plug"));
    expect([...mute.nodes.keys()]).toEqual(["zwave-zwave-2"]);
  });

  test("with a gateway that never spoke, its nodes are shown after a while by what they say themselves", () => {
    const l = new Listener().hear(info("Plug", 2, "HW-P", "Smart Plug"));
    for (let n = 0; n < 4; n += 1) l.hear(...says("Plug", { "Meter/endpoint_0/value/66049": n }));
    expect(l.nodes.get("zwave-zwave-2")).toMatchObject({ model: "HW-P" });
    expect(l.value("zwave-zwave-2/1/electricalPowerMeasurement.activePower")).toBe(3);
  });

  test("a renamed node is the same on other topics; one that the list lacks is gone", () => {
    const l = new Listener().hear(...everything, ["zwave/hall/Plug/nodeinfo", "", true]);
    expect(l.nodes.has(at(2))).toBe(true);
    expect(l.questions.at(-1)?.topic).toMatch(/getNodes\/set$/);
    l.hear(
      info("attic/Lamp", 2, "HW-P", "Smart Plug", "Lamp"),
      ...says("attic/Lamp", { "Binary_Switch/endpoint_0/currentValue": false }),
    );
    expect(l.value(`${at(2)}/1/onOff.onOff`)).toBe(false);
    expect(l.ask(at(2), 1, "onOff.on")).toEqual(["zwave/attic/Lamp/Binary_Switch/endpoint_0/targetValue/set true"]);
    l.hear(list({ ...node, values: [] }));
    expect([...l.nodes.keys()]).toEqual([at(2)]);
  });

  test("what came before it was known where a listed node speaks is read then, and nodes need no second word", () => {
    const early = says("hall/Plug", { "Binary_Switch/endpoint_0/currentValue": true });
    const about = info("hall/Plug", 2, "HW-P", "Plug");
    const l = new Listener().hear(...early, ...gateway, list({ ...node, values: [] }), about);
    expect(l.value(`${at(2)}/1/onOff.onOff`)).toBe(true);
    const quiet = new Listener().hear(about, ...early);
    const { due = 0 } = quiet.ingest.catchUp(100, 0);
    quiet.take(quiet.ingest.catchUp(100, due));
    expect(quiet.value("zwave-zwave-2/1/onOff.onOff")).toBe(true);
  });

  test("the last node that leaves is gone: the list holds the controller alone; an empty list says nothing", () => {
    const l = new Listener().hear(...gateway, list({ ...node, values: [mode] }), list());
    expect([...l.nodes.keys()]).toEqual([at(2)]);
    l.hear(list({ id: 1, isControllerNode: true }));
    expect([...l.nodes.keys()]).toEqual([]);
  });

  test("a node's own topic says how it is, whatever a kept description said before", () => {
    const dead = ["zwave/hall/Plug/status", { time: 1, value: false, status: "Dead", nodeId: 2 }, true] as const;
    const l = new Listener().hear(...gateway, dead, info("hall/Plug", 2, "HW-P", "Plug"));
    expect(l.reachable.get(at(2))).toBe(false);
  });

  test("a topic that ends with a slash is no value", () => {
    const l = new Listener().hear(...gateway, info("hall/Plug", 2, "HW-P", "Plug"), ["zwave/hall/Plug/", { value: 1 }]);
    expect(l.readings.size).toBe(0);
  });

  test("asleep is reachable, dead is not, and with the gateway all are out of reach", () => {
    const l = new Listener().hear(...everything, [
      "zwave/3/status",
      { time: 1, value: true, status: "Asleep", nodeId: 3 },
    ]);
    expect(l.reachable.get(at(3))).toBe(true);
    l.hear(["zwave/3/status", { time: 1, value: false, status: "Dead", nodeId: 3 }]);
    expect([l.reachable.get(at(2)), l.reachable.get(at(3))]).toEqual([true, false]);
    l.hear(gatewayStatus(false));
    expect([...l.reachable.values()]).not.toContain(true);
  });
});
