import { describe, expect, test } from "vitest";
import { curtain, finger, gateway, heard, home, slats, system, thermometer } from "./fixtures/openmqttgateway.ts";
import { Listener } from "./listener.ts";

const idOf = (mac: string): string => `mac-${mac.replaceAll(":", "").toLowerCase()}`;
const attic = "mac-246f280a0b0c";

describe("what a Bluetooth gateway hears becomes devices of the house", () => {
  test("a thermometer: Celsius once, battery in percent and volts, its own model and address", () => {
    const l = new Listener().hear(...home);
    const id = idOf(thermometer);
    expect(Object.fromEntries(Object.entries(l.values()).filter(([key]) => key.startsWith(id)))).toEqual({
      [`${id}/1/powerSource.batPercentRemaining`]: 90,
      [`${id}/1/powerSource.batVoltage`]: 2.95,
      [`${id}/1/relativeHumidityMeasurement.measuredValue`]: 48,
      [`${id}/1/temperatureMeasurement.measuredValue`]: 21.5,
      [`${id}/1/vendor.rssi.attic`]: -71,
    });
    expect(l.nodes.get(id)).toMatchObject({
      name: "Sensor 0001",
      vendor: "Acme",
      model: "ACM-THB",
      addresses: ["mac:a4c138000001"],
      silentAfterS: 3 * 3600,
    });
  });

  test("parts of a device come in frames of their own and are one device", () => {
    const mac = "C4:7C:8D:00:01:00";
    const l = new Listener().hear(
      system,
      heard(mac, "PLANT", { moi: 30 }),
      heard(mac, "PLANT", { tempc: 19 }),
      heard(mac, "PLANT", { fer: 200 }),
    );
    expect(l.value(`${idOf(mac)}/1/soilMeasurement.soilMoistureMeasuredValue`)).toBe(30);
    expect(l.value(`${idOf(mac)}/1/temperatureMeasurement.measuredValue`)).toBe(19);
    expect(l.value(`${idOf(mac)}/1/vendor.fer`)).toBe(200);
  });

  test("two gateways hear one sensor: the newer value stands, each tells its own signal", () => {
    const l = new Listener().hear(...home, heard(thermometer, "THB", { tempc: 22, rssi: -40 }, "home/cellar"));
    const id = idOf(thermometer);
    expect(l.value(`${id}/1/temperatureMeasurement.measuredValue`)).toBe(22);
    expect(l.value(`${id}/1/vendor.rssi.attic`)).toBe(-71);
    expect(l.value(`${id}/1/vendor.rssi.cellar`)).toBe(-40);
    l.hear([`${gateway}/LWT`, "offline", true]);
    expect(l.reachable.get(idOf(curtain))).toBe(false);
    expect(l.reachable.get(id)).not.toBe(false);
  });

  test("phones and watches that pass by, and what nobody could decode, are no devices", () => {
    const l = new Listener().hear(
      system,
      heard("6D:E3:2C:00:00:01", "RMAC", { device: "beacon" }),
      heard("5D:E3:2C:00:00:02", "TRACK", { prmac: true, unlocked: true }),
      [`${gateway}/BTtoMQTT/7A0000000003`, { id: "7A:00:00:00:00:03", mac_type: 1, rssi: -80 }],
    );
    expect([...l.nodes.keys()]).toEqual([attic]);
  });

  test("a beacon is who it says it is, whatever address it has today", () => {
    const beacon = { model_id: "IBEACON", uuid: "aabbccddeeff00112233445566778899", major: 1, minor: 2, batt: 80 };
    const l = new Listener().hear(
      heard("58:78:20:00:00:01", "BCON", beacon),
      heard("52:10:A8:00:00:02", "BCON", { ...beacon, batt: 70 }),
    );
    expect(l.nodes.size).toBe(1);
    expect(Object.values(l.values())).toContain(70);
  });

  test("an open door is no closed contact; words of doors mean the same", () => {
    const door = "C4:7C:8D:00:02:00";
    const l = new Listener().hear(...home, heard(door, "CTMO", { contact: "timeout not closed", motion: true }));
    expect(l.value(`${idOf("C4:7C:8D:00:00:07")}/1/booleanState.stateValue`)).toBe(false);
    expect(l.value(`${idOf(door)}/1/booleanState.stateValue`)).toBe(false);
    expect(l.value(`${idOf(door)}/1/vendor.contact`)).toBe("timeout not closed");
    l.hear(heard(door, "CTMO", { contact: "closed", motion: false }));
    expect(l.value(`${idOf(door)}/1/booleanState.stateValue`)).toBe(true);
  });

  test("units that stand in another field are applied: pounds, kilowatts; tyres are told in bar", () => {
    const l = new Listener().hear(...home);
    expect(l.value(`${idOf("C4:7C:8D:00:00:08")}/1/vendor.weight`)).toBeCloseTo(68.04, 2);
    const meter = idOf("C4:7C:8D:00:00:0A");
    expect(l.value(`${meter}/1/electricalPowerMeasurement.activePower`)).toBe(1500);
    expect(l.value(`${meter}/1/electricalEnergyMeasurement.cumulativeEnergyImported`)).toBe(420.5);
    expect(l.value(`${idOf("C4:7C:8D:00:00:0B")}/1/pressureMeasurement.measuredValue`)).toBe(2300);
  });

  test("what one shower took is no lifetime counter", () => {
    const mac = "C4:7C:8D:00:03:00";
    const l = new Listener().hear(heard(mac, "ENRG", { session: 5, litres: 40, tempc: 38, energy: 1.2 }));
    expect(l.value(`${idOf(mac)}/1/vendor.energy`)).toBe(1.2);
  });

  test("probes of a grill stand apart", () => {
    const l = new Listener().hear(...home);
    const grill = idOf("C4:7C:8D:00:00:06");
    expect(l.value(`${grill}/2/temperatureMeasurement.measuredValue`)).toBe(80);
    expect(l.endpoint(grill, 3)).toMatchObject({ label: "Probe 2", deviceTypes: ["temperatureSensor"] });
  });

  test("a press repeated under one packet number is one press", () => {
    const button = "C4:7C:8D:00:00:09";
    const l = new Listener().hear(...home, heard(button, "BTN", { packet: 5, button: 1 }));
    const presses = (): number => l.readings.get(`${idOf(button)}/1/vendor.button`)?.at ?? 0;
    const first = presses();
    l.hear(heard(button, "BTN", { packet: 5, button: 1 }));
    expect(presses()).toBe(first);
    l.hear(heard(button, "BTN", { packet: 6, button: 1 }));
    expect(presses()).toBeGreaterThan(first);
  });

  test("a value outside its range is a finding, and the rest of the frame is kept", () => {
    const mac = "C4:7C:8D:00:04:00";
    const l = new Listener().hear(heard(mac, "THB", { hum: 127.5, tempc: 20 }));
    expect(l.problems).toMatchObject([{ code: "value-out-of-range", field: "hum", node: idOf(mac) }]);
    expect(l.value(`${idOf(mac)}/1/temperatureMeasurement.measuredValue`)).toBe(20);
  });
});

describe("what an OpenMQTTGateway can be asked", () => {
  test("a curtain counts how far it is closed", () => {
    const l = new Listener().hear(...home);
    expect(l.value(`${idOf(curtain)}/1/windowCovering.currentPositionLiftPercentage`)).toBe(70);
    expect(l.ask(idOf(curtain), 1, "windowCovering.goToLiftPercentage", { liftPercent: 90 })).toEqual([
      `${gateway}/commands/MQTTtoBT {"model_id":"ACM-WCVR","position":10,"id":"${curtain}"}`,
    ]);
    expect(l.ask(idOf(curtain), 1, "windowCovering.stopMotion")).toEqual([
      `${gateway}/commands/MQTTtoBT {"model_id":"ACM-WCVR","position":"stop","id":"${curtain}"}`,
    ]);
    expect(l.ask(idOf(slats), 1, "windowCovering.goToTiltPercentage", { tiltPercent: 100 })).toEqual([
      `${gateway}/commands/MQTTtoBT {"model_id":"ACM-WCVR","tilt":50,"id":"${slats}"}`,
    ]);
  });

  test("a finger that presses a switch", () => {
    const l = new Listener().hear(...home);
    expect(l.ask(idOf(finger), 1, "onOff.on")).toEqual([
      `${gateway}/commands/MQTTtoBT {"model_id":"ACM-ACTR","cmd":"on","id":"${finger}"}`,
    ]);
  });

  test("the gateway's own settings, by its own names", () => {
    const l = new Listener().hear(...home);
    expect(l.nodes.get(attic)).toMatchObject({ name: "attic", model: "esp32-board", firmware: "v1.9.0" });
    expect(l.ask(attic, 1, "vendor.set", { discovery: false })).toEqual([
      `${gateway}/commands/MQTTtoSYS/config {"discovery":false}`,
    ]);
    expect(l.ask(attic, 1, "vendor.set", { interval: 60 })).toEqual([
      `${gateway}/commands/MQTTtoBT/config {"interval":60000}`,
    ]);
  });
});

describe("radio sensors and codes", () => {
  test("a weather sensor by model, channel and id; units stand in the names of its fields", () => {
    const l = new Listener().hear(...home);
    const id = [...l.nodes.keys()].find((key) => key.startsWith("rtl433")) ?? "";
    expect(l.nodes.get(id)?.name).toBe("Acme TH 1 77");
    expect(l.value(`${id}/1/temperatureMeasurement.measuredValue`)).toBe(4.5);
    expect(l.value(`${id}/1/powerSource.batChargeLevel`)).toBe("ok");
    expect(l.value(`${id}/1/vendor.wind_avg_km_h`)).toBe(12);
  });

  test("a code is a happening at the gateway; before the gateway has said who it is, it is not kept for later", () => {
    const l = new Listener().hear([`${gateway}/433toMQTT`, { value: 1 }], system);
    expect(l.value(`${attic}/1/vendor.433.value`)).toBeUndefined();
    l.hear([`${gateway}/433toMQTT`, { value: 5393 }]);
    expect(l.value(`${attic}/1/vendor.433.value`)).toBe(5393);
    expect(l.value(`${attic}/2/temperatureMeasurement.measuredValue`)).toBeUndefined();
  });
});
