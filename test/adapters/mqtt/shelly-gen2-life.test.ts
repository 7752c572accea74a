import { describe, expect, test } from "vitest";
import {
  answer,
  charger,
  company,
  full,
  home,
  info,
  part,
  plug,
  press,
  setUp,
  virtualCharger,
  virtualThermostat,
} from "./fixtures/shelly-gen2.ts";
import { Listener, type Message } from "./listener.ts";

const node = `mac-${plug.slice(-12)}`;
const sent = (messages: readonly { payload: string }[]): { id: number; method: string; params?: unknown }[] =>
  messages.map((m) => JSON.parse(m.payload) as { id: number; method: string });
/** The number of the last question of a method. */
const asked = (l: Listener, method: string): number => sent(l.questions).findLast((q) => q.method === method)?.id ?? -1;
const methods = (l: Listener): string[] => sent(l.questions).map((q) => q.method);

describe("a device that says too little", () => {
  const deaf = (): Listener => new Listener().hear(setUp(plug, { rpc_ntf: false, status_ntf: false }));

  test("is a finding with a remedy, and the hub turns nothing on by itself", () => {
    const l = deaf();
    expect(l.problems).toMatchObject([{ code: "notes-turned-off", node, remedy: { command: { command: "set" } } }]);
    expect(methods(l).filter((m) => m.includes("Set"))).toEqual([]);
    expect(l.value(`${node}/1/vendor.mqtt.rpc_ntf`)).toBe(false);
  });

  test("the remedy sets it up, restarts the device because it must be, and is confirmed by what it tells then", () => {
    const l = deaf();
    const command = l.problems[0]?.remedy?.command;
    const encoded = command ? l.ingest.encode(command) : undefined;
    const [call] = encoded?.ok ? sent(encoded.publish) : [];
    expect(call).toMatchObject({ method: "Mqtt.SetConfig", params: { config: { rpc_ntf: true } } });
    l.hear(answer(plug, { restart_required: true }, call?.id));
    expect(methods(l)).toEqual(["Shelly.Reboot"]);
    l.hear([`${plug}/online`, "false"], [`${plug}/online`, "true"]);
    l.hear(setUp(plug, { rpc_ntf: true, status_ntf: false }, {}, asked(l, "Shelly.GetConfig")));
    expect(l.value(`${node}/1/vendor.mqtt.rpc_ntf`)).toBe(true);
    expect(l.problems).toHaveLength(1);
  });

  test("another hub's answer restarts nothing", () => {
    const l = deaf().hear(answer(plug, { restart_required: true }, 4711));
    expect(methods(l)).not.toContain("Shelly.Reboot");
  });

  test("two settings of one call go together", () => {
    const [call = ""] = deaf().ask(node, 1, "vendor.set", { "mqtt.rpc_ntf": true, "mqtt.status_ntf": true });
    expect(call).toContain('"params":{"config":{"rpc_ntf":true,"status_ntf":true}}');
  });

  test("one that tells its statuses misses its presses alone", () => {
    const l = new Listener().hear(setUp(plug, { rpc_ntf: false, status_ntf: true }));
    expect(l.problems).toMatchObject([{ message: expect.stringContaining("buttons") }]);
  });
});

describe("what is wrong and what is new", () => {
  test("too hot is a finding of that component; not calibrated yet is none, but is kept", () => {
    const l = new Listener().hear(
      full(plug, {
        "switch:0": { id: 0, output: false, errors: ["overtemp"] },
        "cover:0": { errors: ["not_calibrated"] },
      }),
      part(plug, { "em:0": { errors: ["a_overvoltage"] } }),
    );
    expect(l.problems.map((p) => [p.code, p.field, p.node])).toEqual([
      ["device-fault", "switch:0.errors.overtemp", node],
      ["device-fault", "em:0.errors.a_overvoltage", node],
    ]);
    expect(JSON.stringify(Object.values(l.values()))).toContain("not_calibrated");
  });

  test("a newer firmware is told until it is no longer offered; other clockwork is not", () => {
    const sys = { mac: "AABBCC000001", uptime: 5, ram_free: 7, cfg_rev: 3, restart_required: false };
    const l = new Listener().hear([`${plug}/online`, "true"]);
    const status = {
      sys: { ...sys, available_updates: { stable: { version: "1.8.0" } } },
      "switch:0": { output: true },
    };
    l.hear(answer(plug, status, asked(l, "Shelly.GetStatus")));
    expect(l.value(`${node}/1/vendor.sys.available_updates.stable.version`)).toBe("1.8.0");
    expect(Object.keys(l.values()).filter((k) => k.includes(".sys."))).toHaveLength(2);
    l.hear([`${plug}/online`, "true"]);
    l.hear(answer(plug, { ...status, sys }, asked(l, "Shelly.GetStatus")));
    const kept = Object.keys(l.endpoint(node, 1).capabilities.vendor?.attributes ?? {});
    expect(kept).toContain("sys.restart_required");
    expect(kept).not.toContain("sys.available_updates.stable.version");
  });
});

describe("presses", () => {
  test("of inputs, user-made buttons and BLU devices are happenings: a kept one is over", () => {
    const l = new Listener().hear(press(plug, "bthomedevice:200", "double_push"), press(plug, "input:0", "btn_down"));
    expect(l.value(`${node}/7200/vendor.event`)).toBe("double_push");
    expect(l.value(`${node}/51/vendor.event`)).toBe("btn_down");
    const kept = new Listener().hear(press(plug, "bthomedevice:200", "double_push", {}, true));
    expect(kept.values()).toEqual({});
  });

  test("a user-made button can be pressed from here", () => {
    const l = new Listener().hear(
      full(plug, { "button:200": { id: 200, value: null } }),
      press(plug, "button:200", "single_push"),
    );
    expect(l.value(`${node}/5200/vendor.event`)).toBe("single_push");
    expect(l.ask(node, 5200, "vendor.set", { trigger: "long_push" })).toEqual([
      expect.stringContaining('"method":"Button.Trigger","params":{"id":200,"event":"long_push"}'),
    ]);
  });
});

describe("products made of user-made values", () => {
  test("a charger is one endpoint with its state, limit and session, in the maker's range", () => {
    const l = new Listener().hear(virtualCharger);
    const id = `mac-${charger.slice(-12)}`;
    expect(l.endpoint(id, 200).deviceTypes).toEqual(["energyEvse"]);
    expect(l.value(`${id}/200/energyEvse.state`)).toBe("pluggedInCharging");
    expect(l.value(`${id}/200/vendor.work_state`)).toBe("charger_charging");
    expect(l.value(`${id}/200/energyEvse.sessionEnergyCharged`)).toBe(3.5);
    expect(l.value(`${id}/200/vendor.odd_role`)).toBe(4);
    expect(l.ask(id, 200, "energyEvse.set", { userMaximumChargeCurrent: 12 })).toEqual([
      expect.stringContaining('"method":"Number.Set","params":{"id":200,"value":12}'),
    ]);
    expect(l.ask(id, 200, "energyEvse.disable")).toEqual([expect.stringContaining('"value":false')]);
    expect(l.ask(id, 200, "energyEvse.set", { userMaximumChargeCurrent: 32 })).toContain("between 6 and 16");
  });

  test("a thermostat too; what only its maker knows keeps its role as name", () => {
    const l = new Listener().hear(virtualThermostat);
    const id = "mac-aabbcc000007";
    expect(l.values()).toEqual({
      [`${id}/200/relativeHumidityMeasurement.measuredValue`]: 45,
      [`${id}/200/thermostat.localTemperature`]: 19.5,
      [`${id}/200/thermostat.occupiedHeatingSetpoint`]: 21,
      [`${id}/200/thermostat.systemMode`]: "heat",
      [`${id}/200/vendor.child_lock`]: false,
    });
    expect(l.ask(id, 200, "thermostat.set", { occupiedHeatingSetpoint: 22 })).toEqual([
      expect.stringContaining('"method":"Number.Set","params":{"id":202,"value":22}'),
    ]);
  });

  test("a value of a person's own with such a name is none", () => {
    const config = { id: 200, role: "target_temperature", owner: "" };
    const l = new Listener().hear(
      answer(plug, { components: [{ key: "number:200", config, status: { value: 21 } }], total: 1 }),
    );
    expect(l.values()).toEqual({ [`${node}/2200/vendor.value`]: 21 });
  });

  test("a scent diffuser's vials are set one by one, and someone in a zone is an occupied one", () => {
    const l = new Listener().hear(...company);
    const id = "mac-aabbcc000008";
    expect(l.value(`${id}/11200/occupancySensing.occupancy`)).toBe(true);
    expect(l.value(`${id}/1/vendor.media.playback.volume`)).toBe(3);
    const cury = l.nodes.get(id)?.endpoints.find((e) => e.capabilities.vendor?.attributes["slots.left.on"]);
    expect(l.ask(id, cury?.number ?? 0, "vendor.set", { "slots.left.intensity": 50 })).toEqual([
      expect.stringContaining('"method":"Cury.Set","params":{"id":0,"slot":"left","intensity":50}'),
    ]);
  });
});

describe("the life of a device", () => {
  const online = (now: string, prefix = plug): Message => [`${prefix}/online`, now, true];

  test("dead and back, renamed, moved to another prefix: the same node", () => {
    const l = new Listener().hear(...home, online("false"));
    expect(l.reachable.get(node)).toBe(false);
    l.hear(
      online("true"),
      info(plug, "Toaster", "X"),
      full(plug, { "switch:0": { output: false } }, "kitchen/toaster"),
    );
    expect(l.reachable.get(node)).toBe(true);
    expect([...l.nodes.values()].map((n) => n.name)).toEqual(["Toaster"]);
    expect(l.ask(node, 1, "onOff.on")).toEqual([expect.stringMatching(/^kitchen\/toaster\/rpc /)]);
    l.hear([`${plug}/status/switch:0`, { id: 0, output: true }]);
  });

  test("a cleared retained presence removes it, and it may come again", () => {
    const l = new Listener().hear(...home, online(""));
    expect(l.nodes.size).toBe(0);
    l.hear(...home);
    expect([...l.nodes.keys()]).toEqual([node]);
  });

  test("another profile takes the old components away and asks for the new ones", () => {
    const two = "shellyplus2pm-aabbcc000003";
    const id = `mac-${two.slice(-12)}`;
    const profile = (name: string): Message =>
      answer(two, { sys: { device: { name: "Two", profile: name } }, mqtt: { topic_prefix: two } });
    const l = new Listener().hear(
      profile("switch"),
      full(two, { "switch:0": { output: true }, "switch:1": { output: true } }),
    );
    l.hear(profile("cover"), full(two, { "cover:0": { id: 0, state: "open", current_pos: 100 } }));
    expect(methods(l).filter((m) => m === "Shelly.GetStatus").length).toBeGreaterThan(0);
    expect(l.nodes.get(id)?.endpoints.map((e) => [e.number, e.deviceTypes])).toEqual([[1, ["windowCovering"]]]);
    expect(l.ask(id, 1, "onOff.on")).toBe("this device has no command onOff.on");
  });

  test("a user-made value that was deleted goes, told by an event or by the list", () => {
    const made = (key: string): object => ({ key, config: { id: 200 }, status: { value: true } });
    const list = (question: number, ...keys: string[]): Message =>
      answer(plug, { components: keys.map(made), total: keys.length, offset: 0 }, question);
    const l = new Listener().hear(online("true"));
    l.hear(...home, list(asked(l, "Shelly.GetComponents"), "boolean:200", "boolean:201"));
    const numbers = (): number[] => l.nodes.get(node)?.endpoints.map((e) => e.number) ?? [];
    expect(numbers()).toEqual([1, 1200, 1201]);
    l.hear(press(plug, "sys", "component_removed", { target: "boolean:201" }), online("true"));
    l.hear(part(plug, { "switch:0": { output: true } }));
    expect(numbers()).toEqual([1, 1200]);
    l.hear(list(asked(l, "Shelly.GetComponents")));
    expect(numbers()).toEqual([1]);
  });

  test("a long list of components is asked for page by page", () => {
    const l = new Listener().hear(online("true"));
    const page = { components: [{ key: "boolean:200", config: {}, status: { value: true } }], total: 2, offset: 0 };
    l.hear(answer(plug, page, asked(l, "Shelly.GetComponents")));
    expect(sent(l.questions).at(-1)).toMatchObject({ method: "Shelly.GetComponents", params: { offset: 1 } });
  });
});
