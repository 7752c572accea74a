import { describe, expect, test } from "vitest";
import { makers } from "../../firmware-sim/workshop/makers.ts";
import { Room } from "./room.ts";

const mac = "02a1b2c3d4e5";

describe("every maker", () => {
  test("has at least three kinds of devices", () => {
    for (const maker of makers) {
      const devices = maker.kinds.filter(({ name }) => !["bridge", "group", "gateway"].includes(name));
      expect([maker.name, devices.length >= 3]).toEqual([maker.name, true]);
    }
  });

  const all = makers.flatMap((maker) => maker.kinds.map((kind) => `${maker.name}/${kind.name}`));
  test.each(all)("%s says nothing that a broker would refuse, and never the words undefined or NaN", (kind) => {
    const room = new Room([{ kind, name: "Thing" }]);
    room.run(600);
    expect(room.heard.length).toBeGreaterThan(0);
    for (const { topic, payload, retain } of room.heard) {
      expect(topic).not.toMatch(/[+#\0]|^\/|undefined|NaN|\[object/);
      expect(payload).not.toMatch(/undefined|NaN|\[object/);
      // A retained command would switch by itself after each start.
      if (retain) expect(topic).not.toMatch(/\/set$|\/command$|^cmnd\//);
    }
  });

  test.each(all)("%s dies with its will, and is back when the connection is", (kind) => {
    const room = new Room([{ kind, name: "Thing" }], ["Thing:drop@2"]);
    const [session] = room.sessions;
    const will = session?.firmware.will();
    room.run(1.5);
    const alive = room.heard.findLast(({ topic }) => topic === will?.topic);
    expect(alive).toMatchObject({ retain: true });
    expect(alive?.payload).not.toBe(will?.payload);
    const mark = room.mark;
    room.run(1);
    expect(room.heard.slice(mark)).toContainEqual(expect.objectContaining({ ...will, retain: true }));
    room.run(30);
    expect(room.on(will?.topic ?? "", mark).some((payload) => payload !== will?.payload)).toBe(true);
  });

  test.each(all)("%s lives through nonsense on all its topics", (kind) => {
    const room = new Room([{ kind, name: "Thing" }], ["Thing:drop@14"]).run(12);
    const nonsense = [
      "",
      "{",
      "[]",
      "null",
      '{"__proto__":{"x":1}}',
      '"',
      "NaN",
      "-1",
      "1e999",
      "x".repeat(20_000),
      '{"id":{}}',
    ];
    const filters = room.sessions.flatMap((session) => [...session.firmware.subscriptions()]);
    for (const filter of filters) {
      for (const word of ["relay", "constructor", "0", "Light"]) {
        const topic = filter.replaceAll("+", word).replace("#", `${word}/command`);
        for (const payload of nonsense) room.say(topic, payload);
      }
    }
    const mark = room.mark;
    room.run(950);
    // It comes back from a lost connection and speaks, so it was not hurt.
    expect(room.heard.slice(mark).filter(({ from }) => from !== "").length).toBeGreaterThan(1);
  });
});

describe("Zigbee2MQTT", () => {
  const devices = [
    { kind: "zigbee2mqtt/light", name: "Lamp", id: "0x0200000000000001" },
    { kind: "zigbee2mqtt/light", name: "Shelf/lamp", id: "0x0200000000000002" },
    { kind: "zigbee2mqtt/remote", name: "Button", options: { every: 5 } },
    { kind: "zigbee2mqtt/group", name: "All lamps", options: { members: ["Lamp", "Shelf/lamp"] } },
  ];
  const lastOf = (room: Room, topic: string) => room.json(topic).at(-1);

  test("tells its own life, then devices and groups retained, then states that are not", () => {
    const room = new Room(devices).run(1);
    const topics = room.heard.map(({ topic }) => topic);
    expect(topics.slice(0, 4)).toEqual([
      "zigbee2mqtt/bridge/state",
      "zigbee2mqtt/bridge/info",
      "zigbee2mqtt/bridge/devices",
      "zigbee2mqtt/bridge/groups",
    ]);
    expect(room.retained.has("zigbee2mqtt/bridge/devices")).toBe(true);
    expect(room.retained.has("zigbee2mqtt/Lamp")).toBe(false);
    expect(JSON.parse(room.on("zigbee2mqtt/bridge/devices")[0] ?? "[]")).toHaveLength(4);
  });

  test("answers a set with the whole state, and a wrong value in its log alone", () => {
    const room = new Room(devices).run(1);
    room.say("zigbee2mqtt/Lamp/set", { state: "ON", brightness: 100, transition: 2 }).run(4);
    expect(lastOf(room, "zigbee2mqtt/Lamp")).toMatchObject({ state: "ON", brightness: 100, color_temp: 300 });
    const mark = room.mark;
    room.say("zigbee2mqtt/Lamp/set", { brightness: "much" }).run(1);
    expect(room.on("zigbee2mqtt/Lamp", mark)).toEqual([]);
    expect(room.on("zigbee2mqtt/bridge/logging", mark).join()).toContain("Brightness");
  });

  test("moves the members of a group, also those with a slash in their name, and tells the group", () => {
    const room = new Room(devices).run(1);
    room.say("zigbee2mqtt/All lamps/set", { state: "ON" }).run(1);
    for (const name of ["Lamp", "Shelf/lamp", "All lamps"])
      expect(lastOf(room, `zigbee2mqtt/${name}`)).toMatchObject({ state: "ON" });
    room.say("zigbee2mqtt/Shelf/lamp/set/state", "OFF").run(1);
    expect(lastOf(room, "zigbee2mqtt/Shelf/lamp")).toMatchObject({ state: "OFF" });
  });

  test("a group of somebody who is not there is told, with who is", () => {
    const group = { kind: "zigbee2mqtt/group", name: "G", options: { members: ["Lmp"] } };
    expect(() => new Room([...devices, group])).toThrow(/no Zigbee device "Lmp"\s+Fix: name one of Lamp, Shelf/);
  });

  test("stores a scene and recalls it", () => {
    const room = new Room(devices).run(1);
    room.say("zigbee2mqtt/Lamp/set", { state: "ON", brightness: 33 }).run(1);
    room.say("zigbee2mqtt/Lamp/set", { scene_store: 7 }).run(1);
    room.say("zigbee2mqtt/Lamp/set", { brightness: 200 }).run(1);
    room.say("zigbee2mqtt/Lamp/set", { scene_recall: 7 }).run(1);
    expect(lastOf(room, "zigbee2mqtt/Lamp")).toMatchObject({ state: "ON", brightness: 33 });
  });

  test("renames on request: the old presence is cleared, the new name speaks, the answer carries the transaction", () => {
    const room = new Room(devices).run(1);
    room.say("zigbee2mqtt/bridge/request/device/rename", { from: "Lamp", to: "Floor lamp", transaction: "t1" }).run(1);
    expect(room.retained.has("zigbee2mqtt/Lamp/availability")).toBe(false);
    expect(room.retained.has("zigbee2mqtt/Floor lamp/availability")).toBe(true);
    expect(lastOf(room, "zigbee2mqtt/bridge/response/device/rename")).toMatchObject({
      status: "ok",
      transaction: "t1",
    });
    room.say("zigbee2mqtt/bridge/request/device/rename", { from: "Lamp", to: "X" }).run(1);
    expect(lastOf(room, "zigbee2mqtt/bridge/response/device/rename")).toMatchObject({ status: "error" });
  });

  test("forgets a device on request", () => {
    const room = new Room(devices).run(1);
    room.say("zigbee2mqtt/bridge/request/device/remove", { id: "Lamp", force: true }).run(1);
    expect(room.on("zigbee2mqtt/bridge/devices").at(-1)).not.toContain('"Lamp"');
  });

  test("carries an action in one message and not in the next", () => {
    const room = new Room(devices).run(16);
    const said = room.json("zigbee2mqtt/Button");
    expect(said.filter((body) => "action" in body)).toHaveLength(3);
    room.say("zigbee2mqtt/Button/get", {}).run(1);
    expect(room.json("zigbee2mqtt/Button").at(-1)).not.toHaveProperty("action");
  });
});

describe("Tasmota", () => {
  const room = () => new Room([{ kind: "tasmota/plug", name: "Plug", id: mac, options: { topic: "plug" } }]);

  test("comes Online first, with telemetry after 5 s and retained discovery after 10 s", () => {
    const house = room().run(20);
    expect(house.heard[0]).toMatchObject({ topic: "tele/plug/LWT", payload: "Online", retain: true, qos: 0 });
    const first = (topic: string) => house.heard.find((said) => said.topic === topic)?.at;
    expect(first("tele/plug/STATE")).toBeCloseTo(5, 0);
    expect(first("tasmota/discovery/02A1B2C3D4E5/config")).toBeCloseTo(10, 0);
    expect(house.retained.has("tele/plug/SENSOR")).toBe(false);
  });

  test("answers a Backlog, words in any case, an unknown command and a wrong value", () => {
    const house = room().run(1);
    house.say("cmnd/plug/Backlog", "Power off; TelePeriod 15; Nonsense 1; Power perhaps").run(2);
    const results = house.json("stat/plug/RESULT").slice(2);
    expect(results).toEqual([
      { POWER: "OFF" },
      { TelePeriod: 15 },
      { Command: "Unknown", Input: "Nonsense" },
      { Command: "Error", Input: "perhaps" },
    ]);
    expect(house.on("stat/plug/POWER").at(-1)).toBe("OFF");
  });

  test("STATUS 0 gives every part; the group topic reaches it too", () => {
    const house = room().run(1);
    house.say("cmnd/tasmotas/STATUS", "0").run(1);
    for (const n of ["", 1, 2, 5, 6, 7, 10, 11]) expect(house.on(`stat/plug/STATUS${n}`)).toHaveLength(1);
    expect(house.json("stat/plug/STATUS10")[0]).toHaveProperty("StatusSNS.ENERGY.Total");
  });

  test("a new topic clears the old presence and begins anew under the new one", () => {
    const house = room().run(1);
    house.say("cmnd/plug/Topic", "desk").run(10);
    expect(house.on("tele/desk/LWT")).toEqual(["Online"]);
    expect(house.on("tele/plug/LWT")).toEqual(["Online", "", "Offline"]);
  });

  test("SetOption19 1 takes its discovery back", () => {
    const house = room().run(12);
    house.say("cmnd/plug/SetOption19", "1").run(1);
    expect([...house.retained.keys()].filter((topic) => topic.startsWith("tasmota/discovery"))).toEqual([]);
  });

  test("in deep sleep it says Offline itself and comes back by itself", () => {
    const house = new Room([{ kind: "tasmota/sensor", name: "S", id: mac, options: { sleep: 30 } }]).run(38);
    expect(house.on("tele/tasmota_C3D4E5/LWT")).toEqual(["Online", "Offline", "Online"]);
  });

  test("a shutter tells its way and refuses what lies beyond its end", () => {
    const house = new Room([{ kind: "tasmota/shutter", name: "S", id: mac, options: { seconds: 10 } }]).run(1);
    house.say("cmnd/tasmota_C3D4E5/ShutterPosition1", "140").say("cmnd/tasmota_C3D4E5/ShutterPosition1", "50").run(8);
    const told = house.json("stat/tasmota_C3D4E5/RESULT");
    expect(told).toContainEqual({ Command: "Error", Input: "140" });
    const way = told.flatMap((body) => ("Shutter1" in body ? [body.Shutter1 as { Position: number }] : []));
    expect(way.some(({ Position }) => Position > 50 && Position < 100)).toBe(true);
    expect(way.at(-1)).toMatchObject({ Position: 50, Direction: 0 });
  });
});

describe("Shelly, first generation", () => {
  test("announces itself on request, to everyone and on its own topic", () => {
    const room = new Room([{ kind: "shelly-gen1/plug", name: "P", id: mac }]).run(1);
    const mark = room.mark;
    room.say("shellies/command", "announce");
    const body = { id: "shellyplug-s-C3D4E5", model: "SHPLG-S", mac: mac.toUpperCase() };
    expect(room.json("shellies/announce", mark)).toEqual([expect.objectContaining(body)]);
    expect(room.json("shellies/shellyplug-s-C3D4E5/announce", mark)).toHaveLength(1);
  });

  test("only its presence is retained; energy is counted in watt-minutes", () => {
    const room = new Room([{ kind: "shelly-gen1/plug", name: "P", id: mac, options: { watts: 600 } }]).run(61);
    expect([...room.retained.keys()]).toEqual(["shellies/shellyplug-s-C3D4E5/online"]);
    const energy = Number(room.on("shellies/shellyplug-s-C3D4E5/relay/0/energy").at(-1));
    expect(energy).toBeGreaterThan(500);
    expect(energy).toBeLessThan(700);
  });

  test("ignores a word that it does not know", () => {
    const room = new Room([{ kind: "shelly-gen1/plug", name: "P", id: mac }]).run(1);
    const mark = room.mark;
    room.say("shellies/shellyplug-s-C3D4E5/relay/0/command", "ON").run(1);
    expect(room.on("shellies/shellyplug-s-C3D4E5/relay/0", mark)).toEqual([]);
    room.say("shellies/shellyplug-s-C3D4E5/relay/0/command", "off").run(1);
    expect(room.on("shellies/shellyplug-s-C3D4E5/relay/0", mark)).toEqual(["off"]);
  });

  test("a sleeping sensor is there for seconds, and the broker says when it has gone", () => {
    const room = new Room([{ kind: "shelly-gen1/ht", name: "H", id: mac, options: { sleep: 20 } }]).run(30);
    expect(room.on("shellies/shellyht-C3D4E5/online")).toEqual(["true", "false", "true", "false"]);
  });

  test("equal presses are told apart by their count", () => {
    const room = new Room([{ kind: "shelly-gen1/i3", name: "I", id: mac, options: { every: 2 } }]).run(29);
    const counts = [0, 1, 2].flatMap((i) =>
      room.json(`shellies/shellyix3-C3D4E5/input_event/${i}`).map((body) => `${i} ${body.event_cnt}`),
    );
    expect(new Set(counts).size).toBe(counts.length);
    expect(counts.length).toBeGreaterThan(14);
  });
});

describe("Shelly, later generations", () => {
  const id = `shellyplusplugs-${mac}`;
  const room = () => new Room([{ kind: "shelly-gen2/plug", name: "P", id: mac }]).run(1);

  test("answers a call at its sender, with the id of the call", () => {
    const house = room()
      .say(`${id}/rpc`, { id: 7, src: "me", method: "Switch.Set", params: { id: 0, on: false } })
      .run(1);
    expect(house.json("me/rpc")).toEqual([{ id: 7, src: id, dst: "me", result: { was_on: true } }]);
    expect(house.json(`${id}/events/rpc`).at(-1)).toMatchObject({
      method: "NotifyStatus",
      params: { "switch:0": { output: false } },
    });
  });

  test("refuses with its codes what it does not know", () => {
    const house = room();
    house.say(`${id}/rpc`, { id: 1, src: "me", method: "Light.Set", params: { id: 0, on: true } });
    house.say(`${id}/rpc`, { id: 2, src: "me", method: "Switch.Set", params: { id: 3, on: true } });
    house.say(`${id}/rpc`, { id: 3, src: "me", method: "Switch.Set", params: { id: 0, on: "yes" } }).run(1);
    expect(house.json("me/rpc").map((body) => (body.error as { code: number }).code)).toEqual([404, -105, -103]);
  });

  test("status topics come only when asked for, and a new prefix only with a restart", () => {
    const house = room();
    const set = (config: object) =>
      house.say(`${id}/rpc`, { id: 1, src: "me", method: "Mqtt.SetConfig", params: { config } }).run(1);
    expect(house.on(`${id}/status/switch:0`)).toEqual([]);
    set({ status_ntf: true });
    house.say(`${id}/command/switch:0`, "toggle").run(1);
    expect(house.json(`${id}/status/switch:0`).at(-1)).toMatchObject({ output: false, id: 0 });
    set({ topic_prefix: "attic/plug" });
    expect(house.json("me/rpc").at(-1)).toMatchObject({ result: { restart_required: true } });
    house.say(`${id}/rpc`, { id: 1, src: "me", method: "Shelly.Reboot" }).run(10);
    expect(house.on(`${id}/online`)).toEqual(["true", "false"]);
    expect(house.on("attic/plug/online")).toEqual(["true"]);
  });
});
