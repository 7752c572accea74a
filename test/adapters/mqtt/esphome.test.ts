import { describe, expect, test } from "vitest";
import { namedEndpoint } from "../../../adapters/mqtt/draft.ts";
import { hello, home, later, mac, says, states } from "./fixtures/esphome.ts";
import { Listener } from "./listener.ts";

const node = `mac-${mac}`;
const at = (entity: string): number => namedEndpoint(entity);

describe("an ESPHome node that nobody describes is read by its topics", () => {
  const l = new Listener().hear(...home);

  test("it is known by its address, and reachable as it says", () => {
    expect([...l.nodes.keys()]).toEqual([node]);
    expect(l.nodes.get(node)).toMatchObject({ name: "hall", addresses: [`mac:${mac}`], dialect: "esphome" });
    expect(l.reachable.get(node)).toBe(true);
    expect(l.problems).toEqual([]);
  });

  test("what a name says is believed only where no unit can be wrong", () => {
    expect(l.value(`${node}/1/relativeHumidityMeasurement.measuredValue`)).toBe(48.5);
    expect(l.value(`${node}/1/occupancySensing.occupancy`)).toBe(true);
    expect(l.value(`${node}/1/vendor.hall_temperature`)).toBe(21.3);
    expect(l.value(`${node}/1/vendor.hall_door`)).toBe(false);
    expect(l.endpoint(node, 1).capabilities.temperatureMeasurement).toBeUndefined();
  });

  test("each component says what it is", () => {
    expect(l.value(`${node}/${at("switch/pump")}/onOff.onOff`)).toBe(true);
    expect(l.value(`${node}/${at("light/shelf")}/levelControl.currentLevel`)).toBe(50);
    expect(l.value(`${node}/${at("light/shelf")}/colorControl.currentHue`)).toBe(240);
    expect(l.value(`${node}/${at("cover/blind")}/windowCovering.currentPositionLiftPercentage`)).toBe(40);
    expect(l.value(`${node}/${at("climate/room")}/thermostat.occupiedHeatingSetpoint`)).toBe(21);
    expect(l.value(`${node}/${at("climate/room")}/thermostat.thermostatRunningMode`)).toBe("heat");
    expect(l.value(`${node}/${at("fan/attic")}/vendor.speed_level`)).toBe(2);
    expect(l.value(`${node}/${at("lock/gate")}/doorLock.lockState`)).toBe("locked");
    expect(l.value(`${node}/1/vendor.limit`)).toBe(6);
  });

  test("a lock between its states is neither; a press that was kept by the broker is over", () => {
    const gate = `${node}/${at("lock/gate")}/doorLock.lockState`;
    const bell = `${node}/${at("event/bell")}/vendor.event`;
    const own = new Listener().hear(...home);
    expect(own.value(bell)).toBeUndefined();
    own.hear(["hall/lock/gate/state", "UNLOCKING"], ["hall/event/bell/state", { event_type: "press" }]);
    expect(own.value(gate)).toBe("notFullyLocked");
    expect(own.value(bell)).toBe("press");
  });

  test("it is told what to do on the topic of each component", () => {
    expect(l.ask(node, at("switch/pump"), "onOff.toggle")).toEqual(["hall/switch/pump/command TOGGLE"]);
    expect(l.ask(node, at("lock/gate"), "doorLock.unlockDoor")).toEqual(["hall/lock/gate/command UNLOCK"]);
    expect(l.ask(node, at("cover/blind"), "windowCovering.goToLiftPercentage", { liftPercent: 10 })).toEqual([
      "hall/cover/blind/position/command 10",
    ]);
    expect(l.ask(node, at("climate/room"), "thermostat.set", { systemMode: "auto" })).toEqual([
      expect.stringMatching(/^hall\/climate\/room\/mode\/command (auto|heat_cool)$/),
    ]);
    expect(l.ask(node, at("light/shelf"), "levelControl.moveToLevel", { level: 40, transitionTime: 3 })).toEqual([
      'hall/light/shelf/command {"brightness":102,"state":"ON","transition":3}',
    ]);
    expect(l.ask(node, at("light/shelf"), "colorControl.moveToHueAndSaturation", { hue: 0, saturation: 100 })).toEqual([
      'hall/light/shelf/command {"color":{"r":255,"g":0,"b":0},"state":"ON"}',
    ]);
    expect(l.ask(node, 1, "vendor.set", { limit: 7 })).toEqual(["hall/number/limit/command 7"]);
  });
});

describe("which topics are ESPHome's", () => {
  const config = (entity: string, prefix = "hall"): [string, object, boolean] => [
    `homeassistant/${entity.replace("/", "/hall/")}/config`,
    {
      name: "Pump",
      stat_t: `${prefix}/${entity}/state`,
      cmd_t: `${prefix}/${entity}/command`,
      avty_t: `${prefix}/status`,
      uniq_id: `ESP${entity}`,
      dev: { ids: mac, name: "Hall" },
    },
    true,
  ];

  test("an entity that Home Assistant's discovery describes is left to it, whichever comes first", () => {
    for (const order of [0, 1]) {
      const parts = [[config("switch/pump")], says("hall", { "switch/pump": "ON" })];
      const l = new Listener().hear(["hall/status", "online", true], ...(order ? parts.reverse() : parts).flat());
      expect([...l.nodes.values()].map((n) => n.dialect)).toEqual(["ha-discovery"]);
    }
  });

  test("an entity left out of the description joins the same node", () => {
    const l = new Listener().hear(
      ["hall/status", "online", true],
      config("switch/pump"),
      ...later,
      ...says("hall", { "switch/pump": "ON", "number/limit": "5" }),
    );
    expect([...l.nodes.keys()]).toEqual([node]);
    expect(Object.entries(l.values()).filter(([key]) => key.endsWith("vendor.limit"))).toHaveLength(1);
  });

  test("a node of an unknown address is asked for it once, and the log is never read", () => {
    const log = "\u001b[0;35m[C][mqtt.client:069]: Log Topic: attic/debug\u001b[0m";
    const l = new Listener().hear(["attic/debug", log], ["attic/debug", log]);
    expect(l.questions).toEqual([expect.objectContaining({ topic: "esphome/discover", payload: "" })]);
    l.hear(hello("attic-000002", "a4cf12000002"), ...later, ...says("attic", { "switch/pump": "OFF" }));
    expect([...l.nodes.keys()]).toEqual(["mac-a4cf12000002"]);
    expect(l.readings.size).toBe(1);
  });

  test("a quiet node shows itself with its log, and what it said once is heard", () => {
    const log = "[12:00:00][D][light:036]: nothing new";
    const l = new Listener().hear(hello("hall"), ["hall/debug", log], ...says("hall", { "switch/pump": "ON" }));
    expect(l.nodes.size).toBe(0);
    l.hear(...later, ["hall/debug", log]);
    expect(l.value(`${node}/${at("switch/pump")}/onOff.onOff`)).toBe(true);
  });

  test("all that a node said while it was waited for is read when the wait is over", () => {
    const l = new Listener().hear(["hall/status", "online"], hello("hall"), ...says("hall", { "switch/pump": "ON" }));
    l.hear(...later, ...says("hall", { "number/limit": "5" }));
    expect(l.value(`${node}/${at("switch/pump")}/onOff.onOff`)).toBe(true);
    expect(l.reachable.get(node)).toBe(true);
  });

  test("and also when nobody says another word, no sooner and only once", () => {
    const l = new Listener().hear(
      ...says("hall", { "switch/pump": "ON" }),
      ["hall/status", "online", true],
      hello("hall"),
    );
    const { due = 0 } = l.ingest.catchUp(100, 0);
    l.take(l.ingest.catchUp(100, due - 1));
    expect(l.nodes.size).toBe(0);
    l.take(l.ingest.catchUp(100, due));
    expect(l.value(`${node}/${at("switch/pump")}/onOff.onOff`)).toBe(true);
    expect(l.reachable.get(node)).toBe(true);
    expect(l.ingest.catchUp(100, due + 60_000).inputs).toEqual([]);
    expect(l.ingest.catchUp(100, due + 60_000).due).toBeUndefined();
  });

  test("a prefix with slashes and no address goes by its prefix", () => {
    const l = new Listener().hear(["house/cellar/esp1/status", "online"], ...later);
    l.hear(...says("house/cellar/esp1", { "switch/pump": "ON" }));
    expect([...l.nodes.keys()]).toEqual(["esphome-house-cellar-esp1"]);
  });

  test("Home Assistant's own copies of states and strangers' topics are no ESPHome", () => {
    const l = new Listener().hear(
      ["homeassistant/status", "online"],
      ["ems-esp/status", "online"],
      ...later,
      ["homeassistant/switch/kitchen/state", "on"],
      ["somewhere/switch/kitchen/state", "on"],
    );
    expect(l.nodes.size).toBe(0);
  });

  test("a node on a battery is not lost when it sleeps", () => {
    const l = new Listener().hear(...home, ["hall/status", "offline"]);
    expect(l.reachable.get(node)).toBe(true);
    const { "sensor/hall_battery_level": _, ...mains } = states;
    const other = new Listener().hear(["hall/status", "online"], hello("hall"), ...later, ...says("hall", mains));
    other.hear(["hall/status", "offline"]);
    expect(other.reachable.get(node)).toBe(false);
  });
});
