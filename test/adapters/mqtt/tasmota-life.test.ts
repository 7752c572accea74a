import { describe, expect, test } from "vitest";
import { company, config, status, wifi } from "./fixtures/tasmota.ts";
import { Listener, type Message } from "./listener.ts";

const mac = "DC4F220000AA";
const node = "mac-dc4f220000aa";
const group = "tasmota-group-cmnd-evening";
const inGroup = (topic: string, name: string): Message => [
  `stat/${topic}/STATUS1`,
  { StatusPRM: { GroupTopic: name } },
];

describe("a life with its discovery", () => {
  test("a rename keeps the node, a moved topic is heard and commanded at its new place alone", () => {
    const l = new Listener().hear(config(mac, "a"), config(mac, "b", { dn: "Cellar" }), ["stat/b/POWER", "ON"]);
    expect([...l.nodes.keys()]).toEqual([node]);
    expect(l.nodes.get(node)?.name).toBe("Cellar");
    expect(l.value(`${node}/1/onOff.onOff`)).toBe(true);
    expect(l.ask(node, 1, "onOff.off")).toEqual(["cmnd/b/POWER OFF"]);
    l.hear(["stat/a/POWER", "OFF"]);
    expect(l.value(`${node}/1/onOff.onOff`)).toBe(true);
  });

  test("a device that was replaced takes its topics along; the old one goes when its discovery does", () => {
    const other = "DC4F220000BB";
    const l = new Listener().hear(config(mac, "a"), config(other, "a"), ["stat/a/POWER", "ON"]);
    expect(l.value("mac-dc4f220000bb/1/onOff.onOff")).toBe(true);
    expect(l.value(`${node}/1/onOff.onOff`)).toBeUndefined();
    l.hear([`tasmota/discovery/${mac}/config`, ""], ["stat/a/POWER", "OFF"]);
    expect([...l.nodes.keys()]).toEqual(["mac-dc4f220000bb"]);
    expect(l.value("mac-dc4f220000bb/1/onOff.onOff")).toBe(false);
  });

  test("dead and back, and a firmware that makes a lamp of the relay", () => {
    const l = new Listener().hear(config(mac, "a"), ["tele/a/LWT", "Online"], ["tele/a/LWT", "Offline"]);
    expect(l.reachable.get(node)).toBe(false);
    l.hear(["tele/a/LWT", "Online"], config(mac, "a", { rl: [2], lt_st: 1 }));
    expect(l.reachable.get(node)).toBe(true);
    expect(l.endpoint(node, 1).deviceTypes).toEqual(["dimmableLight"]);
  });
});

describe("a life without discovery", () => {
  const old = "mac-dc4f22000013";
  const state = (uptime: string): Message => [
    "tele/old/STATE",
    { Uptime: uptime, POWER: "ON", Dimmer: 20, Wifi: wifi },
  ];

  test("a strange STATE is asked about at its second time, and the answers make a node with its address", () => {
    const l = new Listener().hear(state("1"));
    expect(l.questions).toEqual([]);
    l.hear(state("2"), state("3"));
    expect(l.questions).toEqual([{ topic: "cmnd/old/STATUS", payload: "0", qos: 1 }]);
    expect(l.nodes.size).toBe(0);
    l.hear(["tele/old/LWT", "Online", true], ...status("old", "DC4F22000013", { POWER: "ON", Dimmer: 20 }));
    expect(l.nodes.get(old)).toMatchObject({ name: "Old old", firmware: "9.1.0", addresses: ["mac:dc4f22000013"] });
    expect(l.endpoint(old, 1).deviceTypes).toEqual(["dimmableLight", "electricalSensor"]);
    expect(l.value(`${old}/1/levelControl.currentLevel`)).toBe(20);
    expect(l.value(`${old}/1/electricalPowerMeasurement.activePower`)).toBe(7);
    expect(l.reachable.get(old)).toBe(true);
    expect(l.ask(old, 1, "onOff.off")).toEqual(["cmnd/old/POWER OFF"]);
  });

  test("the prefix may stand behind the name, and relays, shutters and colours are told from the state", () => {
    const l = new Listener();
    const said = (mac: string, topic: string, body: object): Listener =>
      l.hear(
        [`${topic}/tele/STATE`, { Uptime: "1", Wifi: wifi }],
        [`${topic}/tele/STATE`, { Uptime: "2", Wifi: wifi }],
        ...status(topic, mac, body).map(([t, b]): Message => [t.replace(`stat/${topic}`, `${topic}/stat`), b]),
      );
    said("DC4F22000021", "two", { POWER1: "ON", POWER2: "OFF" });
    said("DC4F22000022", "rgb", { POWER: "ON", HSBColor: "1,2,3", CT: 200, Dimmer: 3 });
    said("DC4F22000023", "blind", { POWER1: "OFF", POWER2: "OFF", Shutter1: { Position: 40 } });
    expect(l.ask("mac-dc4f22000021", 2, "onOff.on")).toEqual(["two/cmnd/POWER2 ON"]);
    expect(l.endpoint("mac-dc4f22000022", 1).deviceTypes[0]).toBe("extendedColorLight");
    expect(l.value("mac-dc4f22000023/1/windowCovering.currentPositionLiftPercentage")).toBe(40);
  });

  test("what another program told of is left to it", () => {
    const light = { unique_id: "old-1", name: "Old", state_topic: "tele/old/STATE", command_topic: "cmnd/old/POWER" };
    const l = new Listener().hear(
      ["homeassistant/switch/old/config", { ...light, value_template: "{{ value_json.POWER }}" }, true],
      state("1"),
      state("2"),
      state("3"),
    );
    expect([...l.nodes.values()].map((n) => n.dialect)).toEqual(["ha-discovery"]);
    expect(l.questions).toEqual([]);
  });

  test("a body that only looks like one, or an answer that nobody asked for, makes nothing", () => {
    const l = new Listener().hear(
      ["tele/x/STATE", { Wifi: "on", Uptime: "1" }],
      ["tele/x/STATE", { Wifi: "on", Uptime: "1" }],
      ["STATE", { Wifi: wifi, Uptime: "1" }],
      ["STATE", { Wifi: wifi, Uptime: "1" }],
      ...status("x", mac, { POWER: "ON" }),
    );
    expect([l.nodes.size, l.questions.length]).toEqual([0, 0]);
  });
});

describe("groups", () => {
  test("devices of one group topic make a node that does what any of them can, commanded at that topic", () => {
    const l = new Listener().hear(...company);
    expect(l.nodes.get(group)).toMatchObject({ name: "evening", model: "Group" });
    expect(l.endpoint(group, 1).deviceTypes).toEqual(["colorTemperatureLight"]);
    expect(l.ask(group, 1, "levelControl.moveToLevel", { level: 40 })).toEqual(["cmnd/evening/Dimmer 40"]);
    expect(l.value(`${group}/1/levelControl.currentLevel`)).toBe(30);
  });

  test("it is on while one member is", () => {
    const l = new Listener().hear(...company, ["stat/far/POWER", "OFF"]);
    expect(l.value(`${group}/1/onOff.onOff`)).toBe(true);
    l.hear(["stat/near/POWER", "OFF"]);
    expect(l.value(`${group}/1/onOff.onOff`)).toBe(false);
  });

  test("the factory's group is none, and a group ends with its last but one member", () => {
    const l = new Listener().hear(
      config(mac, "a"),
      config("DC4F220000BB", "b"),
      inGroup("a", "tasmotas"),
      inGroup("b", "tasmotas"),
    );
    expect(l.nodes.size).toBe(2);
    l.hear(...company, inGroup("far", "other"));
    expect(l.nodes.has(group)).toBe(false);
    expect(l.ask(group, 1, "onOff.on")).toContain(group);
  });

  test("a group stays the same when a member is announced anew, and loses one that was removed", () => {
    const l = new Listener().hear(...company, config("DC4F22000012", "far", { rl: [2], lt_st: 3 }), [
      "stat/far/POWER",
      "ON",
    ]);
    expect(l.endpoint(group, 1).deviceTypes).toEqual(["extendedColorLight"]);
    l.hear(["tasmota/discovery/DC4F22000012/config", ""]);
    expect(l.nodes.has(group)).toBe(false);
  });
});

describe("lamps, slats and other devices' words", () => {
  test("a transition is one fade of this command alone", () => {
    const l = new Listener().hear(...company);
    expect(l.ask("mac-dc4f22000011", 1, "levelControl.moveToLevel", { level: 60, transitionTime: 3 })).toEqual([
      "cmnd/near/Backlog0 Fade2 1;Speed2 6;Dimmer 60",
    ]);
    expect(l.ask("mac-dc4f22000011", 1, "vendor.set", { Speed: 10, Fade: false })).toEqual([
      "cmnd/near/Speed 10",
      "cmnd/near/Fade OFF",
    ]);
    expect(l.value("mac-dc4f22000011/1/vendor.Fade")).toBe(true);
  });

  test("slats are told in degrees between the ends that were set", () => {
    const l = new Listener().hear(config(mac, "s", { rl: [3, 3], sht: [[-90, 90, 20]] }), [
      "stat/s/RESULT",
      { Shutter1: { Position: 10, Direction: 0, Target: 10, Tilt: -45 } },
    ]);
    expect(l.value(`${node}/1/windowCovering.currentPositionTiltPercentage`)).toBe(25);
    expect(l.value(`${node}/1/vendor.Shutter1.Target`)).toBe(10);
    expect(l.ask(node, 1, "windowCovering.goToTiltPercentage", { tiltPercent: 50 })).toEqual(["cmnd/s/ShutterTilt1 0"]);
  });

  test("channels apart have a level each, and answers in topics of their own are read", () => {
    const l = new Listener().hear(
      config(mac, "c", { rl: [2, 2], lt_st: 2, so: { "68": 1 } }),
      ["stat/c/POWER2", { POWER2: "ON" }],
      ["stat/c/CHANNEL2", { POWER2: "ON", Channel2: 35 }],
    );
    expect(l.value(`${node}/2/levelControl.currentLevel`)).toBe(35);
    expect(l.value(`${node}/2/onOff.onOff`)).toBe(true);
    expect(l.problems).toEqual([]);
  });

  test("codes that a radio heard are happenings, Zigbee devices behind a bridge stay its own words", () => {
    const code: Message = ["tele/r/RESULT", { RfReceived: { Data: "0x1", Bits: 24 } }];
    const l = new Listener().hear(config(mac, "r"), [code[0], code[1], true]);
    expect(l.values()).toEqual({});
    l.hear(code, ["tele/r/4773/SENSOR", { ZbReceived: { "0x4773": { Temperature: 20 } } }]);
    const values = Object.entries(l.values()).filter(([key]) => key.includes("/vendor."));
    expect(values.map(([, value]) => value)).toEqual(expect.arrayContaining(["0x1", 24, 20]));
    expect(l.nodes.get(node)?.endpoints.flatMap((e) => e.deviceTypes)).not.toContain("temperatureSensor");
  });
});
