import { describe, expect, test } from "vitest";
import {
  binary,
  blind,
  choice,
  deadbolt,
  device,
  home,
  lamp,
  listOf,
  numeric,
  plugged,
  radiator,
  relay,
} from "./fixtures/zigbee2mqtt.ts";
import { Listener } from "./listener.ts";

const said = (body: object, ...exposes: Record<string, unknown>[]): Listener =>
  new Listener().hear(listOf(device("0x1", "Thing", exposes)), ["zigbee2mqtt/Thing", body]);
const types = (l: Listener, n = 1): readonly string[] => l.endpoint("z2m-0x1", n).deviceTypes;

describe("what Zigbee2MQTT says becomes the house's words", () => {
  test("a plug is a plug with a meter, in the units of the house", () => {
    const l = new Listener().hear(...home);
    expect(l.endpoint("z2m-0xab01", 1).deviceTypes).toEqual(["onOffPlugInUnit", "electricalSensor"]);
    expect(l.value("z2m-0xab01/1/electricalPowerMeasurement.activePower")).toBe(12.5);
    expect(l.value("z2m-0xab01/1/electricalPowerMeasurement.activeCurrent")).toBe(0.054);
    expect(l.value("z2m-0xab01/1/electricalEnergyMeasurement.cumulativeEnergyImported")).toBe(3.25);
    expect(l.value("z2m-0xab01/1/vendor.linkquality")).toBe(99);
    expect(l.readings.get("z2m-0xab01/1/onOff.onOff")?.source).toBe("zigbee2mqtt/Desk/plug ü#state");
    expect(l.nodes.get("z2m-0xab01")).toMatchObject({
      name: "Desk/plug ü",
      model: "PLUG-1",
      addresses: ["ieee:0xab01"],
    });
  });

  test("a closed window is true, its cell's millivolts are no mains voltage, and tampering stays the maker's own", () => {
    const l = new Listener().hear(...home);
    expect(l.endpoint("z2m-0xab02", 1).deviceTypes).toEqual(["contactSensor", "powerSource"]);
    expect(l.value("z2m-0xab02/1/booleanState.stateValue")).toBe(true);
    expect(l.value("z2m-0xab02/1/powerSource.batVoltage")).toBe(2.9);
    expect(l.value("z2m-0xab02/1/vendor.tamper")).toBe(false);
    l.hear(["zigbee2mqtt/Window", { contact: false }]);
    expect(l.value("z2m-0xab02/1/booleanState.stateValue")).toBe(false);
  });

  test("a leak is an alarm when true, smoke is critical, and a nearly empty cell says so", () => {
    expect(
      said({ water_leak: true }, binary("water_leak", true, false)).value("z2m-0x1/1/booleanState.stateValue"),
    ).toBe(true);
    const smoke = said(
      { smoke: true, battery_low: true, test: false },
      binary("smoke", true, false),
      binary("battery_low", true, false),
      binary("test", true, false),
    );
    expect(smoke.value("z2m-0x1/1/smokeCoAlarm.smokeState")).toBe("critical");
    expect(smoke.value("z2m-0x1/1/smokeCoAlarm.testInProgress")).toBe(false);
    expect(smoke.value("z2m-0x1/1/powerSource.batChargeLevel")).toBe("critical");
  });

  test("units beside the value are trusted, and a bare number that needs one stays the maker's own", () => {
    expect(
      said({ temperature: 212 }, numeric("temperature", 1, "℉")).value(
        "z2m-0x1/1/temperatureMeasurement.measuredValue",
      ),
    ).toBe(100);
    expect(
      said({ pressure: 101.3 }, numeric("pressure", 1, "kPa")).value("z2m-0x1/1/pressureMeasurement.measuredValue"),
    ).toBe(1013);
    const raw = said({ illuminance: 7 }, numeric("illuminance", 1));
    expect(raw.value("z2m-0x1/1/illuminanceMeasurement.measuredValue")).toBeUndefined();
    expect(raw.value("z2m-0x1/1/vendor.illuminance")).toBe(7);
  });

  test("each gang is an endpoint, and phases stand apart", () => {
    const gangs = said({ state_l1: "ON", state_l2: "OFF" }, relay("l1"), relay("l2"));
    expect([gangs.value("z2m-0x1/2/onOff.onOff"), gangs.value("z2m-0x1/3/onOff.onOff")]).toEqual([true, false]);
    expect(types(gangs, 2)).toEqual(["mountedOnOffControl"]);
    const meter = said({ power: 10, power_phase_b: -20 }, numeric("power", 1, "W"), numeric("power_phase_b", 1, "W"));
    expect(meter.value("z2m-0x1/92/electricalPowerMeasurement.activePower")).toBe(-20);
  });

  test("a charger is known by its ev_ words, a home battery by its charge", () => {
    const charger = said(
      { state: "ON", ev_status: "charging", charge_limit: 10, ev_connected: true },
      ...[
        relay(),
        binary("ev_connected", true, false),
        choice("ev_status", ["not_connected", "ready", "charging", "finished"]),
      ],
      numeric("charge_limit", 7, "A", { value_min: 6, value_max: 16 }),
    );
    expect(types(charger)).toEqual(["energyEvse"]);
    expect(charger.value("z2m-0x1/1/energyEvse.state")).toBe("pluggedInCharging");
    expect(charger.value("z2m-0x1/1/energyEvse.supplyState")).toBe("chargingEnabled");
    expect(charger.ask("z2m-0x1", 1, "energyEvse.disable")).toEqual(['zigbee2mqtt/Thing/set {"state":"OFF"}']);
    expect(charger.ask("z2m-0x1", 1, "energyEvse.set", { userMaximumChargeCurrent: 8 })).toEqual([
      'zigbee2mqtt/Thing/set {"charge_limit":8}',
    ]);
    expect(charger.ask("z2m-0x1", 1, "energyEvse.set", { userMaximumChargeCurrent: 20 })).toBe(
      "userMaximumChargeCurrent must be between 6 and 16 A",
    );
    const battery = said(
      { battery_mode: "charge_from_grid", state_of_charge: 55, battery_capacity: 6.4, produced_energy: 2 },
      ...[choice("battery_mode", ["follow_load", "hold", "charge_from_grid"], 7), numeric("state_of_charge", 1, "%")],
      ...[numeric("battery_capacity", 1, "kWh"), numeric("produced_energy", 1, "kWh")],
    );
    expect(types(battery)).toEqual(["batteryStorage", "electricalSensor"]);
    expect(battery.value("z2m-0x1/1/batteryControl.mode")).toBe("chargeFromGrid");
    expect(battery.value("z2m-0x1/1/powerSource.batPercentRemaining")).toBe(55);
    expect(battery.value("z2m-0x1/1/electricalEnergyMeasurement.cumulativeEnergyExported")).toBe(2);
    expect(battery.ask("z2m-0x1", 1, "batteryControl.set", { mode: "hold" })).toEqual([
      'zigbee2mqtt/Thing/set {"battery_mode":"hold"}',
    ]);
  });

  test("null is no value, an unknown word and an impossible number are problems, and the rest is kept", () => {
    const l = said(
      { power: null, state: "MAYBE", humidity: 140, battery: 50 },
      relay(),
      numeric("power", 1, "W"),
      numeric("humidity", 1, "%"),
      numeric("battery", 1, "%"),
    );
    expect(l.values()).toEqual({ "z2m-0x1/1/powerSource.batPercentRemaining": 50 });
    expect(l.problems.map((p) => [p.code, p.field])).toEqual([
      ["value-not-understood", "state"],
      ["value-out-of-range", "humidity"],
    ]);
  });

  test("composites, lists, write-only and unannounced values are all there", () => {
    const l = said(
      { schedule: { monday: "06:00" }, mystery: 5 },
      { type: "composite", name: "schedule", property: "schedule", access: 3, features: [numeric("monday", 3)] },
      choice("effect", ["blink", "okay"], 2),
    );
    expect(l.value("z2m-0x1/1/vendor.schedule")).toBe('{"monday":"06:00"}');
    expect(l.value("z2m-0x1/1/vendor.mystery")).toBe(5);
    expect(l.ask("z2m-0x1", 1, "vendor.set", { effect: "blink" })).toEqual([
      'zigbee2mqtt/Thing/set {"effect":"blink"}',
    ]);
    expect(l.ask("z2m-0x1", 1, "vendor.set", { effect: "explode" })).toBe("effect must be one of blink, okay");
    expect(l.ask("z2m-0x1", 1, "vendor.set", { schedule: '{"monday":"07:00"}' })).toEqual([
      'zigbee2mqtt/Thing/set {"schedule":{"monday":"07:00"}}',
    ]);
  });
});

describe("commands go out in Zigbee2MQTT's form", () => {
  const l = new Listener().hear(
    listOf(
      device("0x1", "Lamp", [lamp]),
      device("0x2", "Blind", [blind]),
      device("0x3", "Door", [deadbolt]),
      device("0x4", "Radiator", [radiator]),
    ),
  );

  test("light", () => {
    expect(l.ask("z2m-0x1", 1, "onOff.toggle")).toEqual(['zigbee2mqtt/Lamp/set {"state":"TOGGLE"}']);
    expect(l.ask("z2m-0x1", 1, "levelControl.moveToLevel", { level: 50, transitionTime: 2 })).toEqual([
      'zigbee2mqtt/Lamp/set {"brightness":127,"transition":2}',
    ]);
    expect(l.ask("z2m-0x1", 1, "colorControl.moveToHueAndSaturation", { hue: 120, saturation: 80 })).toEqual([
      'zigbee2mqtt/Lamp/set {"color":{"hue":120,"saturation":80}}',
    ]);
    expect(l.ask("z2m-0x1", 1, "colorControl.moveToColorTemperature", { colorTemperatureMireds: 400 })).toBe(
      "colorTemperatureMireds must be between 153 and 370 mired",
    );
    expect(l.ask("z2m-0x1", 1, "levelControl.moveToLevel", { level: 101 })).toBe("level must be between 0 and 100 %");
  });

  test("a level that was set is the level that comes back", () => {
    for (let level = 0; level <= 100; level += 1) {
      const [sent = ""] = l.ask("z2m-0x1", 1, "levelControl.moveToLevel", { level });
      l.hear(["zigbee2mqtt/Lamp", sent.slice(sent.indexOf(" ") + 1)]);
      expect(l.value("z2m-0x1/1/levelControl.currentLevel")).toBe(level);
    }
    // The dimmest step that is on is not "off".
    expect(l.hear(["zigbee2mqtt/Lamp", { brightness: 1 }]).value("z2m-0x1/1/levelControl.currentLevel")).toBe(1);
  });

  test("cover, lock and thermostat", () => {
    expect(l.ask("z2m-0x2", 1, "windowCovering.upOrOpen")).toEqual(['zigbee2mqtt/Blind/set {"state":"OPEN"}']);
    expect(l.ask("z2m-0x2", 1, "windowCovering.stopMotion")).toEqual(['zigbee2mqtt/Blind/set {"state":"STOP"}']);
    expect(l.ask("z2m-0x2", 1, "windowCovering.goToLiftPercentage", { liftPercent: 30 })).toEqual([
      'zigbee2mqtt/Blind/set {"position":30}',
    ]);
    expect(l.ask("z2m-0x3", 1, "doorLock.lockDoor")).toEqual(['zigbee2mqtt/Door/set {"state":"LOCK"}']);
    expect(l.ask("z2m-0x4", 1, "thermostat.set", { occupiedHeatingSetpoint: 21.5, systemMode: "heat" })).toEqual([
      'zigbee2mqtt/Radiator/set {"occupied_heating_setpoint":21.5,"system_mode":"heat"}',
    ]);
    expect(l.ask("z2m-0x4", 1, "thermostat.set", { occupiedHeatingSetpoint: 31 })).toBe(
      "occupiedHeatingSetpoint must be between 5 and 30 °C",
    );
    expect(l.ask("z2m-0x4", 1, "thermostat.set", { localTemperature: 20 })).toBe(
      "localTemperature cannot be set on this device",
    );
    expect(l.ask("z2m-0x4", 1, "onOff.on")).toBe("this device has no command onOff.on");
  });
});

describe("devices come, go and change their names", () => {
  test("a rename keeps the node and moves its topics", () => {
    const l = new Listener().hear(...home, listOf({ ...plugged, friendly_name: "Shelf" }), [
      "zigbee2mqtt/Shelf",
      { power: 1 },
    ]);
    expect(l.nodes.get("z2m-0xab01")?.name).toBe("Shelf");
    expect(l.value("z2m-0xab01/1/electricalPowerMeasurement.activePower")).toBe(1);
    expect(l.ask("z2m-0xab01", 1, "onOff.on")).toEqual(['zigbee2mqtt/Shelf/set {"state":"ON"}']);
  });

  test("two that swap their names keep their own values", () => {
    const [a, b] = [device("0x1", "A", [relay()]), device("0x2", "B", [relay()])];
    const l = new Listener().hear(
      listOf(a, b),
      listOf({ ...a, friendly_name: "B" }, { ...b, friendly_name: "A" }),
      ["zigbee2mqtt/A", { state: "ON" }],
      ["zigbee2mqtt/B", { state: "OFF" }],
    );
    expect([l.value("z2m-0x1/1/onOff.onOff"), l.value("z2m-0x2/1/onOff.onOff")]).toEqual([false, true]);
  });

  test("what is no longer in the list is gone, and what is not ready is told but not shown", () => {
    const l = new Listener().hear(
      ...home,
      listOf(plugged, device("0x9", "New", [relay()], { interview_state: "PENDING" })),
    );
    expect([...l.nodes.keys()]).toEqual(["z2m-0xab01"]);
    expect(l.problems.map((p) => p.code)).toEqual(["device-not-supported"]);
  });

  test("a bridge that is offline takes its devices with it and gives them back", () => {
    const l = new Listener().hear(...home, ["zigbee2mqtt/bridge/state", { state: "offline" }]);
    expect(l.reachable.get("z2m-0xab01")).toBe(false);
    expect(l.reachable.get("z2m-0xab02")).toBe(false);
    l.hear(["zigbee2mqtt/bridge/state", "online"], ["zigbee2mqtt/Desk/plug ü/availability", "offline"]);
    expect([l.reachable.get("z2m-0xab01"), l.reachable.get("z2m-0xab02")]).toEqual([false, true]);
  });

  test("a press that the broker kept is over, and a mains switch is asked once for its state", () => {
    const action = choice("action", ["single", "double"]);
    const l = new Listener().hear(listOf(device("0x1", "Button", [action])), [
      "zigbee2mqtt/Button",
      { action: "single" },
      true,
    ]);
    expect(l.values()).toEqual({});
    expect(l.hear(["zigbee2mqtt/Button", { action: "single" }]).value("z2m-0x1/1/vendor.action")).toBe("single");
    expect(new Listener().hear(...home, ...home).questions.map((q) => q.topic)).toEqual([
      "zigbee2mqtt/Desk/plug ü/get",
    ]);
  });
});
