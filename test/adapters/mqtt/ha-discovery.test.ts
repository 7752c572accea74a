import { describe, expect, test } from "vitest";
import { config, dev, device, kitchen, kitchenNode, plug, plugNode, zigbee } from "./fixtures/ha-discovery.ts";
import { Listener, type Message } from "./listener.ts";

const hear = (...messages: readonly Message[]): Listener => new Listener().hear(...messages);
const codes = (l: Listener): string[] => l.problems.map((p) => p.code);
const sensor = (body: object, ...more: readonly Message[]): Listener =>
  hear(config("sensor", "s", { ...dev("s1"), name: "S", uniq_id: "s", stat_t: "s/state", ...body }), ...more);

describe("what programs announce becomes the house's words", () => {
  test("a plug behind Zigbee2MQTT is the node that Zigbee2MQTT's own list would make", () => {
    const l = hear(...plug);
    expect(l.nodes.get(plugNode)).toMatchObject({ name: "Plug", vendor: "Maker", model: "PLUG-1" });
    expect(l.nodes.get(plugNode)?.addresses).toEqual(["ieee:0x00158d0000000a0b"]);
    expect(l.values()).toEqual({
      [`${plugNode}/1/electricalEnergyMeasurement.cumulativeEnergyImported`]: 3.25,
      [`${plugNode}/1/electricalPowerMeasurement.activePower`]: 12.5,
      [`${plugNode}/1/onOff.onOff`]: true,
      [`${plugNode}/1/vendor.child_lock`]: false,
      [`${plugNode}/1/vendor.power_on_behavior`]: "on",
    });
    expect(l.ask(plugNode, 1, "onOff.off")).toEqual(["zigbee2mqtt/Plug/set OFF"]);
    expect(l.ask(plugNode, 1, "vendor.set", { child_lock: true })).toEqual(["zigbee2mqtt/Plug/set/child_lock LOCK"]);
  });

  test("an endpoint's name at the end of a field is the endpoint, and other endings are the maker's", () => {
    const field = (name: string, body: object = {}): Message =>
      zigbee("sensor", name, { value_template: `{{ value_json["${name}"] }}`, unit_of_measurement: "W", ...body });
    const l = hear(field("power_l2"), field("power_limit"), field("power_phase_b"), [
      "zigbee2mqtt/Plug",
      { power_l2: 5, power_limit: 7, power_phase_b: 9 },
    ]);
    expect(l.value(`${plugNode}/3/electricalPowerMeasurement.activePower`)).toBe(5);
    expect(l.value(`${plugNode}/92/electricalPowerMeasurement.activePower`)).toBe(9);
    expect(l.value(`${plugNode}/1/vendor.power_limit`)).toBe(7);
  });

  test("the device form, in short words, with an unknown component skipped alone", () => {
    const l = hear(...kitchen);
    expect(l.values()).toEqual({
      [`${kitchenNode}/1/booleanState.stateValue`]: false,
      [`${kitchenNode}/1/relativeHumidityMeasurement.measuredValue`]: 43.7,
      [`${kitchenNode}/1/temperatureMeasurement.measuredValue`]: 23.2,
    });
    expect(l.nodes.get(kitchenNode)).toMatchObject({ name: "Kitchen", vendor: "Maker", model: "Model 1" });
    expect(l.problems).toMatchObject([{ code: "component-not-carried", field: "beam" }]);
  });

  test("a device without identifiers or connections is none, and a config without a device is one of its own", () => {
    const l = hear(device("x", { dev: { name: "x" }, o: { name: "y" }, cmps: { t: { p: "sensor", stat_t: "a" } } }));
    expect([l.nodes.size, ...codes(l)]).toEqual([0, "device-without-identity"]);
    expect(l.problems[0]?.message).toContain("a device needs identifiers or connections");
    expect(hear(config("sensor", "lone", { name: "Lone", uniq_id: "u1", stat_t: "a" })).nodes.get("ha-u1")?.name).toBe(
      "Lone",
    );
  });

  test("the base topic stands in at both ends of topics and nowhere else", () => {
    const l = sensor({ "~": "base", stat_t: "~/x", val_tpl: "{{ '~' ~ value }}", avty: [{ t: "status/~" }] }, [
      "base/x",
      "1",
    ]);
    expect(l.value("ha-s1/1/vendor.s")).toBe("~1");
    expect(l.hear(["status/base", "offline"]).reachable.get("ha-s1")).toBe(false);
  });

  test("any prefix will do, and both signs for micro are one unit", () => {
    const pm = (id: string, unit: string): Message =>
      config("sensor", id, { uniq_id: id, stat_t: id, dev_cla: "pm25", unit_of_meas: unit }, "my/prefix");
    const l = hear(pm("a", "\u00b5g/m³"), pm("b", "\u03bcg/m³"), ["a", "8"], ["b", "11"]);
    expect(Object.values(l.values())).toEqual([8, 11]);
    expect(Object.keys(l.values())[1]).toContain("pm25ConcentrationMeasurement");
  });

  test("several of one meaning get endpoints of their own, the plainest leads whatever comes first", () => {
    const body = (id: string): object => ({ ...dev("t"), uniq_id: id, stat_t: id, dev_cla: "temperature" });
    const [plain, other] = [config("sensor", "temp", body("temp")), config("sensor", "temp_cellar", body("cellar"))];
    for (const order of [
      [plain, other],
      [other, plain],
    ]) {
      const l = hear(...order, ["temp", "20"], ["cellar", "9"]);
      expect(l.value("ha-t/1/temperatureMeasurement.measuredValue")).toBe(20);
      expect(Object.values(l.values()).sort()).toEqual([20, 9]);
    }
  });

  test("energy that leaves the device is exported, and a counter of the day is no meter", () => {
    const kwh = (id: string, more: object = {}): Message =>
      config("sensor", id, { ...dev("m"), uniq_id: id, stat_t: id, dev_cla: "energy", unit_of_meas: "Wh", ...more });
    const l = hear(
      kwh("import", { stat_cla: "total_increasing" }),
      kwh("export_total"),
      kwh("energy_today"),
      kwh("run", { stat_cla: "total", lrst_val_tpl: "{{ value }}" }),
      ...(["import", "export_total", "energy_today", "run"] as const).map((t): Message => [t, "1500"]),
    );
    expect(l.value("ha-m/1/electricalEnergyMeasurement.cumulativeEnergyImported")).toBe(1.5);
    expect(l.value("ha-m/1/electricalEnergyMeasurement.cumulativeEnergyExported")).toBe(1.5);
    expect(l.value("ha-m/1/vendor.energy_today")).toBe(1.5);
    expect(l.value("ha-m/1/vendor.run")).toBe(1.5);
  });

  test("no value is no value, and a number that nobody announced as one becomes one", () => {
    const l = sensor({ val_tpl: "{{ value_json.x }}" });
    for (const x of [null, "None", "nan", "", "unavailable"]) l.hear(["s/state", { x }]);
    expect(l.values()).toEqual({});
    expect(l.hear(["s/state", { x: 7 }]).value("ha-s1/1/vendor.x")).toBe(7);
    expect(l.problems).toEqual([]);
  });

  test("attributes beside the state are kept as the maker's own", () => {
    const l = sensor({ json_attr_t: "s/attr" }, ["s/attr", { rssi: -60, mode: "eco", list: [1] }]);
    expect(l.values()).toEqual({
      "ha-s1/1/vendor.s.list": "[1]",
      "ha-s1/1/vendor.s.mode": "eco",
      "ha-s1/1/vendor.s.rssi": -60,
    });
  });

  test("a class counts unless the name says that it is of something else", () => {
    const of = (id: string, dev_cla: string, unit_of_meas: string): Message =>
      config("sensor", id, { ...dev("w"), uniq_id: id, stat_t: id, dev_cla, unit_of_meas });
    const l = hear(
      of("illuminance", "illuminance", "lx"),
      of("cpu_temperature", "temperature", "°C"),
      of("pump_modulation", "power_factor", "%"),
      ["illuminance", "120"],
      ["cpu_temperature", "60"],
      ["pump_modulation", "80"],
    );
    expect(l.values()).toEqual({
      "ha-w/1/illuminanceMeasurement.measuredValue": 120,
      "ha-w/1/vendor.cpu_temperature": 60,
      "ha-w/1/vendor.pump_modulation": 80,
    });
  });

  test("a camera is there without its pictures, and that is said", () => {
    const l = hear(config("camera", "c", { ...dev("cam"), uniq_id: "c", t: "cam/jpg" }));
    expect(l.nodes.get("ha-cam")?.endpoints[0]?.deviceTypes).toEqual(["bridgedNode"]);
    expect(codes(l)).toEqual(["component-not-carried"]);
  });

  test("names that are shortened only at their end are understood", () => {
    const l = hear(
      config("climate", "c", { ...dev("c"), uniq_id: "c", preset_modes: ["eco"], preset_mode_stat_t: "p" }),
      ["p", "eco"],
    );
    expect(l.value("ha-c/1/vendor.c.preset_mode")).toBe("eco");
  });

  test("topics with wildcards are listened to", () => {
    const l = sensor({ stat_t: "+/+/BT/AABB", val_tpl: "{{ value_json.t }}", dev_cla: "temperature" }, [
      "home/gw/BT/AABB",
      { t: 4 },
    ]);
    expect(l.readings.get("ha-s1/1/temperatureMeasurement.measuredValue")).toMatchObject({
      value: 4,
      source: "home/gw/BT/AABB#t",
    });
  });

  test("a happening is no state: a retained one is over, and the same twice is two", () => {
    const event = config("event", "e", { ...dev("e"), uniq_id: "e", stat_t: "e/s", evt_typ: ["press", "hold"] });
    const l = hear(event, ["e/s", { event_type: "hold" }, true]);
    expect(l.values()).toEqual({});
    expect(l.hear(["e/s", { event_type: "press" }]).value("ha-e/1/vendor.e")).toBe("press");
    expect(l.endpoint("ha-e", 1).deviceTypes).toEqual(["genericSwitch"]);
  });
});

describe("templates", () => {
  test("a fallback for a missing key is no value of the device", () => {
    const l = sensor({ dev_cla: "temperature", val_tpl: "{{value_json['t'] if value_json['t'] is defined else 0}}" });
    expect(l.hear(["s/state", { other: 1 }]).values()).toEqual({});
    expect(l.hear(["s/state", { t: 21 }]).values()).toEqual({ "ha-s1/1/temperatureMeasurement.measuredValue": 21 });
    const words = "{% if value_json.a is undefined %}off{% else %}heat{% endif %}";
    expect(sensor({ val_tpl: words }, ["s/state", { b: 1 }]).values()).toEqual({});
  });

  test("one that fails keeps the last value and is a finding with its entity and its reason", () => {
    const l = sensor({ dev_cla: "power", unit_of_meas: "W", val_tpl: "{{ value_json.a / value_json.b }}" });
    l.hear(["s/state", { a: 10, b: 5 }], ["s/state", { a: 10, b: 0 }]);
    expect(l.value("ha-s1/1/electricalPowerMeasurement.activePower")).toBe(2);
    expect(l.problems).toMatchObject([{ code: "template-failed", node: "ha-s1", topic: "s/state" }]);
    expect(l.problems[0]?.message).toMatch(/S divides by zero/);
  });

  test("one that is not valid is said when it is announced, and its neighbours live", () => {
    const bad = config("sensor", "bad", {
      ...dev("s1"),
      uniq_id: "b",
      stat_t: "s/state",
      val_tpl: "{{ value_json.24_x }}",
    });
    const l = hear(
      bad,
      config("sensor", "ok", { ...dev("s1"), uniq_id: "o", stat_t: "s/state", val_tpl: "{{ value_json.k }}" }),
      ["s/state", { k: "fine" }],
    );
    expect(l.value("ha-s1/1/vendor.k")).toBe("fine");
    expect(codes(l)).toEqual(["template-not-valid", "template-failed"]);
  });
});

describe("the life of a device", () => {
  const one = (body: object = {}): Message =>
    config("sensor", "one", { ...dev("d"), uniq_id: "1", stat_t: "d/1", ...body });
  const two: Message = config("sensor", "two", { ...dev("d"), uniq_id: "2", stat_t: "d/2" });
  const attributes = (l: Listener): string[] =>
    Object.keys(l.endpoint("ha-d", 1).capabilities.vendor?.attributes ?? {});

  test("an empty config takes its entity away, and the last one the device", () => {
    const l = hear(one(), two);
    expect(attributes(l)).toEqual(["one", "two"]);
    expect(attributes(l.hear(["homeassistant/sensor/one/config", "", true]))).toEqual(["two"]);
    expect(l.hear(["homeassistant/sensor/two/config", "", true]).nodes.size).toBe(0);
  });

  test("a component with only its platform is removed, and one that is named no more as well", () => {
    const form = (cmps: object): Message => device("d", { ...dev("d"), o: { name: "x" }, stat_t: "d", cmps });
    const [a, b] = [
      { p: "sensor", uniq_id: "a" },
      { p: "sensor", uniq_id: "b" },
    ];
    const l = hear(form({ a, b }));
    expect(attributes(l)).toEqual(["a", "b"]);
    expect(attributes(l.hear(form({ a, b: { p: "sensor" } })))).toEqual(["a"]);
    expect(attributes(l.hear(form({ b })))).toEqual(["b"]);
    expect(l.hear(["homeassistant/device/d/config", "", true]).nodes.size).toBe(0);
  });

  test("moving to the device form loses nothing", () => {
    const l = hear(one(), ["homeassistant/sensor/one/config", { migrate_discovery: true }, true]);
    l.hear(device("d", { ...dev("d"), o: { name: "x" }, cmps: { one: { p: "sensor", uniq_id: "1", stat_t: "d/1" } } }));
    l.hear(["homeassistant/sensor/one/config", "", true]);
    expect(l.hear(["d/1", "hello"]).value("ha-d/1/vendor.one")).toBe("hello");
  });

  test("a moved topic is listened to instead of the old one, under another name it stays the same node", () => {
    const l = hear(one(), ["d/1", "old"], one({ stat_t: "d/new", dev: { ids: ["d"], name: "Renamed" } }));
    expect(l.hear(["d/1", "stray"], ["d/new", "new"]).value("ha-d/1/vendor.one")).toBe("new");
    expect([...l.nodes.values()].map((n) => n.name)).toEqual(["Renamed"]);
    expect(l.hear(["d/1", "stray"]).value("ha-d/1/vendor.one")).toBe("new");
  });

  test("states may come before their config, for the second entity of a topic as well", () => {
    const l = hear(["d/x", { a: 1, b: 2 }]);
    for (const key of ["a", "b"])
      l.hear(config("sensor", key, { ...dev("d"), uniq_id: key, stat_t: "d/x", val_tpl: `{{ value_json.${key} }}` }));
    expect(l.values()).toEqual({ "ha-d/1/vendor.a": 1, "ha-d/1/vendor.b": 2 });
  });

  test("the same announcement again says nothing new", () => {
    const l = hear(one());
    expect(l.ingest.receive("homeassistant/sensor/one/config", JSON.stringify(one()[1]), true, 1).inputs).toEqual([]);
  });

  test("an announcement that changes nothing of the device does not tell it again", () => {
    const l = hear(one(), two);
    const again = (body: object): number =>
      l.ingest.receive("homeassistant/sensor/one/config", JSON.stringify(one(body)[1]), true, 1).inputs.length;
    expect(again({ ic: "mdi:leaf" })).toBe(0);
    expect(again({ name: "New" })).toBe(1);
  });

  test("what this hub announced itself is not read", () => {
    expect(hear(one({ o: { name: "Inglenook" } })).nodes.size).toBe(0);
  });

  test("a MAC in connections is the address, a serial number goes with it", () => {
    const l = hear(one({ dev: { ids: "x", cns: [["mac", "AA:BB:CC:00:11:22"]], sn: "SN-12345" } }));
    expect([...l.nodes.keys()]).toEqual(["mac-aabbcc001122"]);
    expect([...l.nodes.values()][0]?.addresses).toEqual(["mac:aabbcc001122", "own:ha/x", "serial:SN-12345"]);
  });
});
