import { describe, expect, test } from "vitest";
import { dialects } from "../../../adapters/mqtt/dialects/index.ts";
import { createIngest } from "../../../adapters/mqtt/ingest.ts";
import { choice, company, device, home, lamp, listOf, numeric, relay } from "./fixtures/zigbee2mqtt.ts";
import { Listener, type Message } from "./listener.ts";

const here = company.slice(0, 5);
const group = "ha-zigbee2mqtt_1221051039810110150109113116116_3";
const answered = (what: string, data: object, status = "ok", more: object = {}): Message => [
  `zigbee2mqtt/bridge/response/${what}`,
  { data, status, ...more },
];

describe("groups are nodes of their own", () => {
  test("a group can do what its members can do together, at its own topic, and counts no energy", () => {
    const l = new Listener().hear(...here);
    expect(l.endpoint(group, 1).deviceTypes).toEqual(["extendedColorLight"]);
    expect(l.nodes.get(group)).toMatchObject({ name: "Living/all", model: "Group" });
    expect(l.value(`${group}/1/levelControl.currentLevel`)).toBe(50);
    expect(l.value(`${group}/1/onOff.onOff`)).toBe(true);
    expect(l.value(`${group}/1/vendor.color_mode`)).toBe("xy");
    expect(l.ask(group, 1, "levelControl.moveToLevel", { level: 100, transitionTime: 3 })).toEqual([
      'zigbee2mqtt/Living/all/set {"brightness":254,"transition":3}',
    ]);
    const types = [...l.nodes.values()].filter((n) => n.model === "Group").flatMap((n) => n.endpoints);
    expect(types.flatMap((e) => e.deviceTypes)).not.toContain("electricalSensor");
  });

  test("a gang of a member is the plain state of its group, and a group that can do nothing is not shown", () => {
    const l = new Listener().hear(...here);
    const air = group.replace(/3$/, "5");
    expect([...l.nodes.values()].map((n) => n.name)).not.toContain("Empty");
    expect(l.ask(air, 1, "onOff.off")).toEqual(['zigbee2mqtt/Air/set {"state":"OFF"}']);
  });

  test("a group changes with its list and its members, and goes with them", () => {
    const l = new Listener().hear(...here, listOf(device("0x11", "Left", [relay()])));
    expect(l.endpoint(group, 1).deviceTypes).toEqual(["mountedOnOffControl"]);
    expect(l.nodes.has(group.replace(/3$/, "5"))).toBe(false);
    l.hear(["zigbee2mqtt/bridge/groups", [], true]);
    expect([...l.nodes.keys()]).toEqual(["z2m-0x11"]);
  });

  test("a group that the bridge also announces to Home Assistant is one node", () => {
    const codes = [..."zigbee2mqtt"].map((letter) => letter.charCodeAt(0)).join("");
    const l = new Listener().hear(
      [
        `homeassistant/light/${codes}_3/light/config`,
        {
          unique_id: "3_light_zigbee2mqtt",
          schema: "json",
          state_topic: "zigbee2mqtt/Living/all",
          command_topic: "zigbee2mqtt/Living/all/set",
          device: { identifiers: [`zigbee2mqtt_${codes}_3`], name: "Living/all", model: "Group" },
          origin: { name: "Zigbee2MQTT" },
        },
        true,
      ],
      ...here,
    );
    const all = [...l.nodes.values()].filter((n) => n.name === "Living/all");
    expect(all).toMatchObject([{ id: group, dialect: "zigbee2mqtt", alsoBy: ["ha-discovery"] }]);
  });

  test("groups that are told before the devices are known wait for them", () => {
    const [list, groups] = here;
    const l = new Listener().hear(...(groups && list ? [groups, list] : []));
    expect(l.nodes.get(group)?.name).toBe("Living/all");
  });
});

describe("scenes, options and firmware", () => {
  test("a scene is recalled by its name, in a group and on a lamp", () => {
    const l = new Listener().hear(...here);
    expect(l.ask(group, 1, "vendor.set", { scene: "Film" })).toEqual(['zigbee2mqtt/Living/all/set {"scene_recall":2}']);
    expect(l.ask("z2m-0x11", 1, "vendor.set", { scene: "Reading" })).toEqual([
      'zigbee2mqtt/Left/set {"scene_recall":4}',
    ]);
    expect(l.ask(group, 1, "vendor.set", { scene: "Party" })).toBe("scene must be one of Cosy, Film");
  });

  test("scenes of a device's second endpoint are told apart", () => {
    const endpoints = { "1": { scenes: [{ id: 1, name: "A" }] }, "2": { name: "l2", scenes: [{ id: 1, name: "B" }] } };
    const l = new Listener().hear(listOf(device("0x1", "Two", [relay("l1"), relay("l2")], { endpoints })));
    expect(l.ask("z2m-0x1", 3, "vendor.set", { scene_l2: "B" })).toEqual(['zigbee2mqtt/Two/set {"scene_recall_l2":1}']);
  });

  test("an option is read from the bridge's info, set by a request to the bridge and confirmed by its answer", () => {
    const l = new Listener().hear(...here);
    expect(l.value("z2m-0x11/1/vendor.options.transition")).toBe(2);
    expect(l.value("z2m-0x11/1/vendor.options.invert")).toBe(true);
    expect(l.ask("z2m-0x11", 1, "vendor.set", { "options.transition": 5, "options.power_calibration": 1.5 })).toEqual([
      'zigbee2mqtt/bridge/request/device/options {"id":"0x11","options":{"transition":5,"power_calibration":1.5}}',
    ]);
    l.hear(answered("device/options", { id: "0x11", from: { transition: 2 }, to: { transition: 5 } }));
    expect(l.value("z2m-0x11/1/vendor.options.transition")).toBe(5);
  });

  test("options that were told before the device are not lost, and a refusal is told", () => {
    const [list, , info] = here;
    const l = new Listener().hear(...home, ...(info && list ? [info, list] : []));
    expect(l.value("z2m-0x11/1/vendor.options.transition")).toBe(2);
    l.hear(answered("device/options", {}, "error", { error: "Device does not exist" }));
    expect(l.problems).toMatchObject([
      { code: "request-refused", message: expect.stringContaining("Device does not exist") },
    ]);
  });

  test("a newer firmware is told, not installed", () => {
    const l = new Listener().hear(...here);
    expect(l.value("z2m-0x11/1/vendor.update.state")).toBe("available");
    expect(l.value("z2m-0x11/1/vendor.update.latest_version")).toBe(17);
    expect(l.endpoint("z2m-0x11", 1).capabilities.vendor?.attributes["update.state"]?.writable).toBeUndefined();
  });
});

describe("what the bridge tells of its work", () => {
  test("a rename counts at once, a removal too", () => {
    const l = new Listener().hear(...here, answered("device/rename", { from: "Right", to: "Far" }), [
      "zigbee2mqtt/Far",
      { state: "ON" },
    ]);
    expect(l.nodes.get("z2m-0x12")?.name).toBe("Far");
    expect(l.value("z2m-0x12/1/onOff.onOff")).toBe(true);
    l.hear(answered("device/remove", { id: "Far" }), answered("device/remove", { id: "0x13" }));
    expect([l.nodes.has("z2m-0x12"), l.nodes.has("z2m-0x13")]).toEqual([false, false]);
  });

  test("a name that is taken is not given twice", () => {
    const l = new Listener().hear(...here, answered("device/rename", { from: "Right", to: "Left" }), [
      "zigbee2mqtt/Left",
      { state: "OFF" },
    ]);
    expect(l.value("z2m-0x11/1/onOff.onOff")).toBe(false);
    expect(l.nodes.get("z2m-0x12")?.name).toBe("Right");
  });

  test("who joins, leaves or fails its interview is a finding, once and not when the broker kept it", () => {
    const event = (type: string, data: object, retained = false): Message => [
      "zigbee2mqtt/bridge/event",
      { type, data },
      retained,
    ];
    const l = new Listener().hear(
      ...here,
      event("device_joined", { friendly_name: "0x99", ieee_address: "0x99" }),
      event("device_interview", { friendly_name: "0x99", ieee_address: "0x99", status: "failed" }),
      event("device_interview", { friendly_name: "0x99", ieee_address: "0x99", status: "successful" }),
      event("device_leave", { friendly_name: "Left", ieee_address: "0x11" }),
      event("device_leave", { friendly_name: "Right", ieee_address: "0x12" }, true),
      event("device_announce", { friendly_name: "Left", ieee_address: "0x11" }),
    );
    expect(l.problems.map((p) => [p.code, p.field, p.node])).toEqual([
      ["device-joined", "0x99", undefined],
      ["interview-failed", "0x99", undefined],
      ["device-left", "0x11", "z2m-0x11"],
    ]);
  });

  test("a device that its owner disabled is told as such", () => {
    const l = new Listener().hear(listOf(device("0x1", "Off", [relay()], { disabled: true })));
    expect(l.nodes.size).toBe(0);
    expect(l.problems).toMatchObject([{ code: "device-not-supported", fix: expect.stringContaining("Enable") }]);
  });

  test("exposes that changed with a firmware replace the old ones on the same node", () => {
    const l = new Listener().hear(
      listOf(device("0x1", "P", [relay(), numeric("power", 1, "W")])),
      listOf(device("0x1", "P", [relay()])),
    );
    expect(Object.keys(l.endpoint("z2m-0x1", 1).capabilities)).toEqual(["onOff"]);
  });
});

describe("other forms of states", () => {
  test("attributes in topics of their own, parts of a colour joined by a hyphen, unannounced ones too", () => {
    const l = new Listener().hear(
      listOf(device("0x1", "Lamp", [lamp])),
      ["zigbee2mqtt/Lamp/state", "ON"],
      ["zigbee2mqtt/Lamp/brightness", "127"],
      ["zigbee2mqtt/Lamp/color-hue", "120"],
      ["zigbee2mqtt/Lamp/color_mode", "hs"],
      ["zigbee2mqtt/Lamp/update", { state: "idle" }],
    );
    expect(l.values()).toEqual({
      "z2m-0x1/1/colorControl.currentHue": 120,
      "z2m-0x1/1/levelControl.currentLevel": 50,
      "z2m-0x1/1/onOff.onOff": true,
      "z2m-0x1/1/vendor.color_mode": "hs",
    });
  });

  test("the old bodies: availability as a word, an action that is over as empty text, null before the first report", () => {
    const l = new Listener().hear(
      listOf(device("0x1", "B", [choice("action", ["single"]), numeric("battery", 1, "%")])),
      ["zigbee2mqtt/B/availability", "offline"],
      ["zigbee2mqtt/B", { action: "", battery: null }],
      ["zigbee2mqtt/B/availability", { state: "online" }],
    );
    expect(l.values()).toEqual({});
    expect(l.problems).toEqual([]);
    expect(l.reachable.get("z2m-0x1")).toBe(true);
  });

  test("a value that nobody announced is kept, also when it is a structure", () => {
    const l = new Listener().hear(listOf(device("0x1", "S", [relay()])), [
      "zigbee2mqtt/S",
      { state: "ON", week: { monday: "06:00" }, counts: [1, 2], device: { ieeeAddr: "0x1" } },
    ]);
    expect(l.value("z2m-0x1/1/vendor.week")).toBe('{"monday":"06:00"}');
    expect(l.value("z2m-0x1/1/vendor.counts")).toBe("[1,2]");
    expect(Object.keys(l.values()).some((key) => key.includes("device"))).toBe(false);
  });
});

test("a base topic that was changed: the device goes with its new base, and the old list ending does not take it away", () => {
  const plug = device("0x1", "Plug", [numeric("power", 1, "W")]);
  const at = (base: string, ...all: object[]): [string, string] => [`${base}/bridge/devices`, JSON.stringify(all)];
  const l = new Listener().hear(at("old", plug), ["old/Plug", { power: 1, extra: "x" }]);
  l.hear(at("zigbee2mqtt", plug), at("old"));
  expect([...l.nodes.keys()]).toEqual(["z2m-0x1"]);
  l.hear(["zigbee2mqtt/Plug", { power: 5, extra: "y" }]);
  expect(l.values()).toMatchObject({
    "z2m-0x1/1/electricalPowerMeasurement.activePower": 5,
    "z2m-0x1/1/vendor.extra": "y",
  });
});

test("a list of devices that comes while an older one is still being read is the one that counts", () => {
  const plugs = Array.from({ length: 12 }, (_, n) => device(`0x${n + 1}`, `Plug ${n + 1}`, [numeric("power", 1, "W")]));
  const ingest = createIngest(dialects, "hub", true);
  const l = new Listener(ingest);
  const newcomer = device("0xff", "Newcomer", [numeric("power", 1, "W")]);
  l.hear(listOf(...plugs), listOf(newcomer, ...plugs.slice(0, 11)));
  for (let left = 100; left > 0; left -= 1) l.take(ingest.catchUp(4, 0));
  expect([...l.nodes.keys()].sort()).toEqual(
    ["z2m-0xff", ...plugs.slice(0, 11).map((_, n) => `z2m-0x${n + 1}`)].sort(),
  );
});
