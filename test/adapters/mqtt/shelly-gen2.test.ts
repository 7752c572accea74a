import { describe, expect, test } from "vitest";
import { answer, blinds, full, home, info, meter, part, plug } from "./fixtures/shelly-gen2.ts";
import { Listener } from "./listener.ts";

const kettle = `mac-${plug.slice(-12)}`;

describe("what a Shelly says becomes the house's words", () => {
  test("a plug with a meter: watt-hours become kilowatt-hours, the firmware's clockwork is left out", () => {
    const l = new Listener().hear(...home);
    expect(l.endpoint(kettle, 1).deviceTypes).toEqual(["onOffPlugInUnit", "electricalSensor"]);
    expect(l.values()).toEqual({
      [`${kettle}/1/electricalEnergyMeasurement.cumulativeEnergyImported`]: 1.5,
      [`${kettle}/1/electricalPowerMeasurement.activeCurrent`]: 0.2,
      [`${kettle}/1/electricalPowerMeasurement.activePower`]: 42.5,
      [`${kettle}/1/electricalPowerMeasurement.voltage`]: 231,
      [`${kettle}/1/onOff.onOff`]: true,
      [`${kettle}/1/vendor.temperature.tC`]: 40,
      [`${kettle}/1/vendor.wifi.ssid`]: "x",
      [`${kettle}/1/vendor.wifi_rssi`]: -50,
    });
    expect(l.nodes.get(kettle)).toMatchObject({
      name: "Kettle",
      model: "SNPL-00112EU",
      firmware: "1.7.0",
      addresses: ["mac:aabbcc000001"],
    });
    expect(l.reachable.get(kettle)).toBe(true);
  });

  test("a partial note changes only what it names", () => {
    const l = new Listener().hear(...home, part(plug, { "switch:0": { id: 0, output: false } }));
    expect(l.value(`${kettle}/1/onOff.onOff`)).toBe(false);
    expect(l.value(`${kettle}/1/electricalPowerMeasurement.activePower`)).toBe(42.5);
  });

  test("it is asked who it is when it comes online, and its statuses alone make a node", () => {
    const l = new Listener().hear([`${plug}/online`, "true", true]);
    expect(l.questions.map((q) => (JSON.parse(q.payload) as { method: string }).method)).toEqual([
      "Shelly.GetDeviceInfo",
      "Shelly.GetConfig",
      "Shelly.GetStatus",
      "Shelly.GetComponents",
    ]);
    expect(l.nodes.size).toBe(0);
    l.hear([`${plug}/status/switch:0`, { id: 0, output: true }]);
    expect(l.readings.get(`${kettle}/1/onOff.onOff`)?.source).toBe(`${plug}/status/switch:0#output`);
  });

  test("a house meter imports with plus, exports with minus, and its phases stand apart", () => {
    const l = new Listener().hear(
      full(meter, {
        "em:0": { id: 0, a_act_power: -100, a_voltage: 230, total_act_power: -250.5 },
        "emdata:0": { id: 0, total_act: 5000, total_act_ret: 7000, a_total_act_energy: 1000 },
      }),
    );
    const id = `mac-${meter.slice(-12)}`;
    expect(l.value(`${id}/1/electricalPowerMeasurement.activePower`)).toBe(-250.5);
    expect(l.value(`${id}/1/electricalEnergyMeasurement.cumulativeEnergyImported`)).toBe(5);
    expect(l.value(`${id}/1/electricalEnergyMeasurement.cumulativeEnergyExported`)).toBe(7);
    expect(l.value(`${id}/91/electricalPowerMeasurement.activePower`)).toBe(-100);
    expect(l.value(`${id}/91/electricalEnergyMeasurement.cumulativeEnergyImported`)).toBe(1);
  });

  test("a prefix of the owner's choosing is learned from notes and from answers", () => {
    const l = new Listener().hear(["cellar/pump/online", "true", true]);
    const question = JSON.parse(l.questions[0]?.payload ?? "") as { id: number };
    expect(l.questions[0]?.topic).toBe("cellar/pump/rpc");
    l.hear(answer(plug, { id: plug, mac: "AABBCC000001", model: "X", gen: 2, name: "Pump" }, question.id), [
      "cellar/pump/status/switch:0",
      { id: 0, output: true },
    ]);
    expect(l.value(`${kettle}/1/onOff.onOff`)).toBe(true);
    expect(l.ask(kettle, 1, "onOff.off")).toEqual([
      expect.stringMatching(/^cellar\/pump\/rpc .*"method":"Switch.Set","params":\{"id":0,"on":false\}/),
    ]);
    const byNote = new Listener().hear(full(plug, { "switch:0": { id: 0, output: false } }, "cellar/pump"));
    expect(byNote.ask(kettle, 1, "onOff.toggle")).toEqual([expect.stringContaining('cellar/pump/rpc {"id":')]);
  });

  test("a relay that its owner calls a light is one; BLU sensors mean what their object id says", () => {
    const relay = "shelly1pmg3-aabbcc000009";
    const l = new Listener().hear(
      answer(relay, {
        sys: { device: { name: "Office" }, ui_data: { consumption_types: ["light"] } },
        "switch:0": { id: 0, name: "Lamp" },
      }),
      answer(relay, {
        components: [{ key: "bthomesensor:200", config: { id: 200, obj_id: 45 }, status: { id: 200, value: true } }],
      }),
      full(relay, { "switch:0": { id: 0, output: true } }),
    );
    const id = `mac-${relay.slice(-12)}`;
    expect(l.endpoint(id, 1)).toMatchObject({ deviceTypes: ["onOffLight"], label: "Lamp" });
    expect(l.nodes.get(id)?.name).toBe("Office");
    expect(l.value(`${id}/8200/booleanState.stateValue`)).toBe(false);
  });

  test("button presses are events: a kept one is over", () => {
    const press = (retained: boolean): Listener =>
      new Listener().hear(full(plug, { "input:0": { id: 0, state: null } }), [
        `${plug}/events/rpc`,
        { src: plug, method: "NotifyEvent", params: { events: [{ component: "input:0", event: "single_push" }] } },
        retained,
      ]);
    expect(press(false).value(`${kettle}/51/vendor.event`)).toBe("single_push");
    expect(press(true).value(`${kettle}/51/vendor.event`)).toBeUndefined();
  });

  test("the first generation's topics are left alone", () => {
    const l = new Listener().hear(
      ["shellies/shellyplug-s-AABBCC/online", "true"],
      ["shellies/shellyplug-s-AABBCC/relay/0", "on"],
    );
    expect([...l.nodes.values()].map((n) => n.dialect)).not.toContain("shelly-gen2");
    expect(l.questions.filter((q) => q.topic.endsWith("/rpc"))).toEqual([]);
  });
});

describe("commands go out as calls", () => {
  test("a blind opens by percent, its uncalibrated position is unknown", () => {
    const l = new Listener().hear(full(blinds, { "cover:0": { id: 0, state: "stopped", current_pos: null } }));
    const id = `mac-${blinds.slice(-12)}`;
    expect(l.value(`${id}/1/windowCovering.currentPositionLiftPercentage`)).toBeUndefined();
    expect(l.ask(id, 1, "windowCovering.goToLiftPercentage", { liftPercent: 40 })).toEqual([
      expect.stringContaining('"method":"Cover.GoToPosition","params":{"id":0,"pos":40}'),
    ]);
    expect(l.ask(id, 1, "windowCovering.downOrClose")).toEqual([
      expect.stringContaining('"method":"Cover.Close","params":{"id":0}'),
    ]);
    expect(l.ask(id, 1, "windowCovering.goToLiftPercentage", { liftPercent: 140 })).toBe(
      "liftPercent must be between 0 and 100 %",
    );
  });

  test("kelvin and red-green-blue are the maker's affair", () => {
    const l = new Listener().hear(
      full(plug, {
        "cct:0": { id: 0, output: true, brightness: 30, ct: 4000 },
        "rgb:0": { id: 0, output: true, rgb: [0, 255, 0] },
      }),
    );
    expect(l.value(`${kettle}/21/colorControl.colorTemperatureMireds`)).toBe(250);
    expect(l.value(`${kettle}/11/colorControl.currentHue`)).toBe(120);
    expect(l.ask(kettle, 21, "colorControl.moveToColorTemperature", { colorTemperatureMireds: 200 })).toEqual([
      expect.stringContaining('"params":{"id":0,"ct":5000}'),
    ]);
    expect(l.ask(kettle, 11, "colorControl.moveToHueAndSaturation", { hue: 240, saturation: 100 })).toEqual([
      expect.stringContaining('"method":"RGB.Set","params":{"id":0,"rgb":[0,0,255]}'),
    ]);
  });

  test("a refusal by the device is told", () => {
    const l = new Listener().hear(...home, info(plug, "Kettle", "X"));
    const sent = l.ask(kettle, 1, "onOff.on");
    const { id } = JSON.parse(String(sent[0]).replace(/^\S+ /, "")) as { id: number };
    l.hear(["hub/rpc", { id, src: plug, dst: "hub", error: { code: -103, message: "overpower" } }]);
    expect(l.problems).toMatchObject([
      { code: "request-refused", node: kettle, message: expect.stringContaining("overpower") },
    ]);
  });
});
