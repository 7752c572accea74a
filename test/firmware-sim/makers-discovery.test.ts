import { describe, expect, test } from "vitest";
import { Room } from "./room.ts";

const mac = "02a1b2c3d4e5";

describe("ESPHome", () => {
  test("keeps discovery and states on the broker and its log not", () => {
    const room = new Room([{ kind: "esphome/plug", name: "Büro plug", id: mac }]).run(1);
    expect(room.heard[0]).toMatchObject({ topic: "bu-ro-plug/status", payload: "online", retain: true });
    expect(room.retained.has("homeassistant/switch/bu-ro-plug/relay/config")).toBe(true);
    expect(room.retained.has("bu-ro-plug/sensor/power/state")).toBe(true);
    expect(room.retained.has("bu-ro-plug/debug")).toBe(false);
    expect(room.on("bu-ro-plug/sensor/energy/state")[0]).toMatch(/^\d+\.\d{3}$/);
  });

  test("tells who it is when somebody looks for nodes", () => {
    const room = new Room([{ kind: "esphome/cover", name: "Gate", id: mac }]).run(1);
    const mark = room.mark;
    room.say("esphome/discover", "").say("esphome/ping/gate", "");
    expect(room.json("esphome/discover/gate", mark)).toEqual([
      expect.objectContaining({ name: "gate", mac }),
      expect.objectContaining({ name: "gate", mac }),
    ]);
  });

  test("a door moves, is told on its way, and its end switch with it", () => {
    const room = new Room([{ kind: "esphome/cover", name: "Gate", id: mac, options: { seconds: 8 } }]).run(1);
    room.say("gate/cover/door/command", "OPEN").run(12);
    expect(room.on("gate/cover/door/state")).toContain("opening");
    expect(room.on("gate/cover/door/position/state").at(-1)).toBe("100");
    expect(room.on("gate/binary_sensor/closed_end/state")).toEqual(["OFF", "ON"]);
    const mark = room.mark;
    room.say("gate/cover/door/position/command", "140").run(2);
    expect(room.on("gate/cover/door/position/state", mark)).toEqual([]);
  });

  test("deep sleep is told by the node itself", () => {
    const room = new Room([{ kind: "esphome/soil", name: "Bed", id: mac, options: { sleep: 10 } }]).run(18);
    expect(room.on("bed/status")).toEqual(["online", "offline", "online"]);
  });
});

describe("Home Assistant discovery", () => {
  test("is repeated, with all states, when Home Assistant is born", () => {
    const room = new Room([{ kind: "ha-discovery/heat-pump", name: "Pump", id: mac }]).run(1);
    const topic = `homeassistant/device/aero_8_${mac}/config`;
    const mark = room.mark;
    room.say("homeassistant/status", "offline").run(3);
    expect(room.on(topic, mark)).toEqual([]);
    room.say("homeassistant/status", "online").run(3);
    expect(room.on(topic, mark)).toHaveLength(1);
    expect(room.on(`maker/aero_8_${mac}/state`, mark).length).toBeGreaterThan(0);
  });

  test("a lock tells its way, and its bell is kept by nobody", () => {
    const room = new Room([
      { kind: "ha-discovery/lock", name: "Door", id: mac, options: { seconds: 2, every: 3 } },
    ]).run(1);
    room.say(`maker/bolt_3_${mac}/lock/set`, "UNLOCK").run(5);
    expect(room.on(`maker/bolt_3_${mac}/lock`)).toEqual(["LOCKED", "UNLOCKING", "UNLOCKED"]);
    expect(room.on(`maker/bolt_3_${mac}/bell`).length).toBeGreaterThan(0);
    expect(room.retained.has(`maker/bolt_3_${mac}/bell`)).toBe(false);
  });

  test("a removed device takes its announcement back", () => {
    const room = new Room([{ kind: "ha-discovery/light", name: "L", id: mac }], ["L:remove@5"]).run(10);
    expect([...room.retained.keys()].filter((topic) => topic.startsWith("homeassistant/"))).toEqual([]);
    expect(room.on(`maker/strip_one_${mac}/status`).at(-1)).toBe("offline");
  });
});

describe("Homie", () => {
  const light = (version: string) =>
    new Room([{ kind: "homie/light", name: "Lamp", id: "lamp", options: { version } }]);

  test("is in init while it describes itself, then ready; everything is retained", () => {
    const room = light("4").run(2);
    const topics = room.heard.map(({ topic, payload }) => `${topic} ${payload}`);
    expect(topics[0]).toBe("homie/lamp/$state init");
    expect(topics.at(-1)).toBe("homie/lamp/$state ready");
    expect(topics).toContain("homie/lamp/light/brightness/$format 0:100");
    expect(room.heard.every(({ retain }) => retain)).toBe(true);
  });

  test("version 5 has one description and tells where a value is going", () => {
    const room = light("5").run(2);
    expect(room.json("homie/5/lamp/$description")[0]).toMatchObject({ homie: "5.0", version: 1, name: "Lamp" });
    expect(room.heard.every(({ qos }) => qos === 2)).toBe(true);
    room.say("homie/5/lamp/light/brightness/set", "20").run(3);
    expect(room.on("homie/5/lamp/light/brightness/$target")).toEqual(["20"]);
    expect(room.on("homie/5/lamp/light/brightness").at(-1)).toBe("20");
  });

  test("refuses what its format does not allow, without a word", () => {
    const room = light("4").run(2);
    const mark = room.mark;
    room.say("homie/lamp/light/brightness/set", "101").say("homie/lamp/light/on/set", "ON").run(2);
    expect(room.heard.slice(mark).filter(({ from }) => from !== "")).toEqual([]);
  });

  test("says sleeping before it sleeps, and lost is said by the broker alone", () => {
    const room = new Room([{ kind: "homie/sensor", name: "S", id: "s", options: { sleep: 10 } }]).run(25);
    expect(room.on("homie/s/$state")).toEqual(["init", "ready", "sleeping", "init", "ready"]);
    const dead = new Room([{ kind: "homie/sensor", name: "S", id: "s" }], ["S:offline@4"]).run(8);
    expect(dead.on("homie/s/$state")).toEqual(["init", "ready", "lost"]);
  });

  test("a new name is a new description of a higher version", () => {
    const room = new Room(
      [{ kind: "homie/light", name: "Lamp", id: "lamp", options: { version: "5" } }],
      ["Lamp:rename@3"],
    ).run(6);
    expect(room.json("homie/5/lamp/$description").map(({ name, version }) => `${name} ${version}`)).toEqual([
      "Lamp 1",
      "Lamp 2 2",
    ]);
  });
});

describe("Z-Wave JS UI", () => {
  const gateway = (options: object) => ({ kind: "zwave-js-ui/gateway", name: "hub", options });

  test.each([
    ["named", "zwave/Hall_lamp/switch_multilevel/endpoint_0/targetValue"],
    ["valueId", "zwave/9/38/0/targetValue"],
  ])("with %s topics a dimmer is written by targetValue and reports currentValue", (topics, topic) => {
    const room = new Room([gateway({ topics }), { kind: "zwave-js-ui/dimmer", name: "Hall lamp", id: "9" }]).run(1);
    room.say(`${topic}/set`, { value: 40 }).run(3);
    expect(room.json(topic.replace("target", "current")).at(-1)).toMatchObject({ value: 40 });
    const mark = room.mark;
    room.say(`${topic}/set`, "120").run(2);
    expect(room.on(topic, mark)).toEqual([]);
  });

  test.each([
    ["raw", /^[\d.]+$/],
    ["time-value", /^\{"time":\d+,"value":[\d.]+\}$/],
    ["full", /"commandClassName":"Meter".*"unit":"kWh"/],
  ])("values in the form %s", (payload, form) => {
    const room = new Room([gateway({ payload }), { kind: "zwave-js-ui/plug", name: "Plug", id: "4" }]).run(1);
    expect(room.on("zwave/Plug/meter/endpoint_0/value/65537")[0]).toMatch(form);
  });

  test("getNodes gives every value with what it means", () => {
    const room = new Room([gateway({}), { kind: "zwave-js-ui/thermostat", name: "T", id: "5" }]).run(1);
    room.say("zwave/_CLIENTS/ZWAVE_GATEWAY-hub/api/getNodes/set", { args: [] }).run(1);
    const [answer] = room.json("zwave/_CLIENTS/ZWAVE_GATEWAY-hub/api/getNodes");
    expect(answer).toMatchObject({
      success: true,
      result: [{ id: 5, values: { "67-0-setpoint-1": { unit: "°C", writeable: true } } }],
    });
  });

  test("a sleeping node tells its door at once and its status by name", () => {
    const room = new Room([
      gateway({}),
      { kind: "zwave-js-ui/door", name: "Door", id: "6", options: { sleep: 30 } },
    ]).run(120);
    const states = room.json("zwave/Door/status").map(({ status }) => status);
    expect(states.slice(0, 4)).toEqual(["Awake", "Asleep", "Awake", "Asleep"]);
    expect(room.on("zwave/Door/notification/endpoint_0/Access_Control/Door_state_simple").length).toBeGreaterThan(2);
  });

  test("a scene is kept by nobody", () => {
    const room = new Room([
      gateway({}),
      { kind: "zwave-js-ui/scene", name: "Wall", id: "7", options: { every: 3 } },
    ]).run(20);
    expect(room.heard.filter(({ topic }) => topic.includes("central_scene")).length).toBeGreaterThan(4);
    expect([...room.retained.keys()].filter((topic) => topic.includes("central_scene"))).toEqual([]);
  });
});
