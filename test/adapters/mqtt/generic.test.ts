import { describe, expect, test } from "vitest";
import { mappingFaults } from "../../../adapters/mqtt/dialects/generic/check.ts";
import { leavesOf } from "../../../adapters/mqtt/dialects/generic/leaves.ts";
import { filled } from "../../../adapters/mqtt/dialects/generic/payload.ts";
import { pick } from "../../../adapters/mqtt/dialects/generic/pick.ts";
import { previewMapping } from "../../../adapters/mqtt/dialects/generic/preview.ts";
import { houseWords } from "../../../adapters/mqtt/dialects/generic/words.ts";
import type { Mapped } from "../../../adapters/mqtt/dialects/generic.ts";
import { dialectsWith } from "../../../adapters/mqtt/dialects/index.ts";
import { createIngest } from "../../../adapters/mqtt/ingest.ts";
import { maskedSample } from "../../../adapters/mqtt/mask.ts";
import type { MappedValue, Mapping } from "../../../hub/ports.ts";
import { charger, home, pump } from "./fixtures/generic.ts";
import { Listener } from "./listener.ts";

/** A house whose mappings may change, heard through all dialects. */
function house(...given: readonly Mapped[]) {
  let mappings = given;
  const ingest = createIngest(
    dialectsWith(() => mappings),
    "hub",
  );
  const listener = new Listener(ingest);
  return {
    listener,
    ingest,
    change(...now: readonly Mapped[]): void {
      mappings = now;
      listener.take({ inputs: ingest.reread(2_000_000), publish: [] });
    },
  };
}

const PUMP = "generic-cellar-pump";
const CHARGER = "generic-old-charger";

describe("a device that its owner described", () => {
  test("is a node with the house's words and units, and keeps what is its own", () => {
    const { listener } = house(pump, charger);
    listener.hear(...home);
    expect(listener.nodes.get(PUMP)).toMatchObject({
      ...{ name: "Cellar pump", vendor: "Homemade", model: "v2", silentAfterS: 600, dialect: "generic" },
      addresses: ["own:generic/cellar-pump"],
    });
    expect(listener.endpoint(PUMP, 1).deviceTypes).toEqual(["pump", "electricalSensor"]);
    expect(listener.values()).toEqual({
      [`${PUMP}/1/electricalPowerMeasurement.activePower`]: 850,
      [`${PUMP}/1/onOff.onOff`]: true,
      [`${PUMP}/1/vendor.litres`]: 1250.5,
      [`${PUMP}/1/vendor.hint`]: "clean the filter",
      [`${PUMP}/1/vendor.mode`]: "eco",
      [`${PUMP}/1/vendor.depth`]: 1.25,
      [`${CHARGER}/1/energyEvse.state`]: "pluggedInCharging",
      [`${CHARGER}/1/energyEvse.userMaximumChargeCurrent`]: 16,
      [`${CHARGER}/1/temperatureMeasurement.measuredValue`]: 10,
    });
    expect(listener.reachable.get(PUMP)).toBe(true);
    expect(listener.problems).toEqual([]);
    const power = listener.endpoint(PUMP, 1).capabilities.electricalPowerMeasurement?.attributes.activePower;
    expect(power?.source).toBe("cellar/pump/state#electric.p");
    expect(listener.readings.get(`${PUMP}/1/onOff.onOff`)?.source).toBe("cellar/pump/state#running");
  });

  test("is switched and set by the messages that its owner wrote, within its range", () => {
    const { listener } = house(pump, charger);
    listener.hear(...home);
    expect(listener.ask(PUMP, 1, "onOff.off")).toEqual(['cellar/pump/set {"run": "OFF"}']);
    expect(listener.ask(PUMP, 1, "vendor.set", { mode: "fast" })).toEqual(["cellar/pump/mode/set fast"]);
    expect(listener.ask(PUMP, 1, "vendor.set", { hint: 'say "no"' })).toEqual([
      'cellar/pump/set {"hint": "say \\"no\\""}',
    ]);
    expect(listener.ask(PUMP, 1, "vendor.set", { depth: 2.001 })).toEqual(["cellar/pump/depth/set 2000"]);
    expect(listener.ask(PUMP, 1, "vendor.set", { depth: 6 })).toMatch(/depth must be between 0 and 5 m/);
    expect(listener.ask(CHARGER, 1, "energyEvse.set", { userMaximumChargeCurrent: 10 })).toEqual([
      "garage/wb/set/amp 10000",
    ]);
    expect(listener.ask(CHARGER, 1, "energyEvse.enableCharging")).toMatch(/no command/);
  });

  test("says where it is not understood, and the rest is read", () => {
    const { listener } = house(pump, charger);
    listener.hear(
      ["cellar/pump/state", { electric: { p: "much" }, running: "maybe", litres: null, mode: "eco" }],
      ["cellar/pump/state", "no JSON at all"],
      ["cellar/pump/here", "dunno"],
      ["garage/wb", { st: "Z", amp: 900_000 }],
    );
    expect(listener.problems.map((p) => [p.node, p.code, p.field])).toEqual([
      [PUMP, "value-not-understood", "cellar/pump/state#electric.p"],
      [PUMP, "value-not-understood", "cellar/pump/state#running"],
      [PUMP, "message-not-understood", undefined],
      [CHARGER, "message-not-understood", undefined],
      [CHARGER, "value-not-understood", "garage/wb#st"],
      [CHARGER, "value-out-of-range", "garage/wb#amp"],
    ]);
    expect(listener.values()).toEqual({ [`${PUMP}/1/vendor.mode`]: "eco" });
    expect(listener.reachable.size).toBe(0);
  });

  test("goes and comes by its own word", () => {
    const { listener } = house(pump);
    listener.hear(["cellar/pump/here", "down"]);
    expect(listener.reachable.get(PUMP)).toBe(false);
    listener.hear(["cellar/pump/here", "UP"]);
    expect(listener.reachable.get(PUMP)).toBe(true);
  });

  test("never takes a topic that a maker's dialect reads", () => {
    const greedy: Mapped = {
      id: "greedy",
      mapping: { version: 1, name: "G", values: [{ topic: "tele/plug/LWT", kind: "text" }] },
    };
    const { listener } = house(greedy);
    listener.hear(
      [
        "tasmota/discovery/DC4F22000009/config",
        {
          ip: "192.168.1.9",
          dn: "Plug",
          fn: ["Plug"],
          mac: "DC4F22000009",
          md: "Plug",
          t: "plug",
          ft: "%prefix%/%topic%/",
          ofln: "Offline",
          onln: "Online",
          rl: [1],
          sw: "14.1.0",
          tp: ["cmnd", "stat", "tele"],
          ver: 1,
        },
        true,
      ],
      ["tele/plug/LWT", "Online", true],
    );
    expect([...listener.nodes.values()].map((n) => n.dialect)).toEqual(["tasmota"]);
  });
});

describe("mappings change while the hub runs", () => {
  test("what was heard before the mapping came is read at once, with its own time", () => {
    const { listener, change, ingest } = house();
    listener.hear(...home, ["cellar/pump/depth", "1300"]);
    expect(listener.nodes.size).toBe(0);
    const waiting = [...ingest.unread()];
    expect(waiting.map((m) => [m.topic, m.count])).toEqual([
      ["cellar/pump/depth", 2],
      ["garage/wb", 1],
      ["cellar/pump/hint", 1],
      ["cellar/pump/state", 1],
      ["cellar/pump/here", 1],
    ]);
    change(pump);
    expect(listener.value(`${PUMP}/1/vendor.depth`)).toBe(1.3);
    expect(listener.readings.get(`${PUMP}/1/onOff.onOff`)?.at).toBe(1_002_000);
    expect([...ingest.unread()].map((m) => m.topic)).toEqual(["garage/wb"]);
  });

  test("a changed mapping is read anew by the last messages; the node stays itself", () => {
    const { listener, change } = house(pump);
    listener.hear(...home);
    const values = pump.mapping.values.map((v) => (v.field === "electric.p" ? { ...v, unit: "W" } : v));
    change({ id: pump.id, mapping: { ...pump.mapping, name: "Sump", values } });
    expect(listener.nodes.get(PUMP)?.name).toBe("Sump");
    expect(listener.value(`${PUMP}/1/electricalPowerMeasurement.activePower`)).toBe(0.85);
  });

  test("with its mapping the device goes, its commands too, and its topics are unread again", () => {
    const { listener, change, ingest } = house(pump, charger);
    listener.hear(...home);
    change(charger);
    expect([...listener.nodes.keys()]).toEqual([CHARGER]);
    expect(listener.ask(PUMP, 1, "onOff.on")).toMatch(/has not been heard of/);
    expect([...ingest.unread()].map((m) => m.topic).sort()).toEqual([
      "cellar/pump/depth",
      "cellar/pump/here",
      "cellar/pump/hint",
    ]);
    expect(ingest.last("garage/wb")?.payload).toContain('"st"');
    change();
    expect(listener.nodes.size).toBe(0);
    expect(ingest.last("garage/wb")?.payload).toContain('"st"');
  });

  test("a device that was away is no longer away when nothing would ever say that it is back", () => {
    const { listener, change } = house(pump);
    listener.hear(["cellar/pump/here", "down"]);
    const { availability: _, ...rest } = pump.mapping;
    change({ id: pump.id, mapping: rest });
    expect(listener.reachable.get(PUMP)).toBe(true);
  });
});

describe("a mapping that does not fit is refused, naming the field and the way out", () => {
  const value = (v: Partial<MappedValue>): Mapping => ({
    version: 1,
    name: "X",
    values: [{ topic: "a/b", kind: "number", ...v }],
  });
  const power = "electricalPowerMeasurement.activePower";

  test.each<[Mapping, string, RegExp]>([
    [value({ means: power, unit: "l" }), "values.0.unit", /l can't be turned into W; use one of W, .*kW/],
    [value({ means: "no.such" }), "values.0.means", /no value of the house/],
    [value({ means: "__proto__.x" }), "values.0.means", /no value of the house/],
    [value({ means: power, kind: "text" }), "values.0.kind", /must be number/],
    [value({ means: power, set: { topic: "a/set", payload: "{value}" } }), "values.0.set", /nobody can set/],
    [value({ set: { topic: "a/b", payload: "{value}" } }), "values.0.set.topic", /hear itself/],
    [value({ set: { topic: "a/+", payload: "{value}" } }), "values.0.set.topic", /without \+ and #/],
    [value({ set: { topic: "a/set", payload: "on" } }), "values.0.set.payload", /\{value\}/],
    [value({ topic: "a/#" }), "values.0.topic", /without \+ and #/],
    [value({ topic: "$SYS/x" }), "values.0.topic", /broker's own/],
    [value({ scale: 0 }), "values.0.scale", /not be 0/],
    [value({ min: 5, max: 5 }), "values.0.max", /larger than min/],
    [value({ means: power, min: 2e9, max: 3e9 }), "values.0.min", /nothing of the range/],
    [value({ kind: "boolean", on: "x", off: "X" }), "values.0.off", /another word/],
    [value({ kind: "boolean", unit: "W" }), "values.0.unit", /belongs to kind number/],
    [value({ kind: "enum" }), "values.0.values", /name the words/],
    [value({ kind: "enum", means: "energyEvse.state" }), "values.0.words", /must say what each word/],
    [value({ kind: "enum", means: "energyEvse.state", words: { A: "gone" } }), "values.0.words.A", /notPluggedIn/],
    [value({ means: "levelControl.currentLevel" }), "values.0.unit", /max must say/],
    [value({ topic: "a/__proto__" }), "values.0.name", /another name/],
    [{ ...value({}), type: "constructor" }, "type", /no device type/],
    [{ ...value({}), availability: { topic: "x", online: "1", offline: "1" } }, "availability.offline", /another/],
    [{ version: 1, name: "X", values: [...value({}).values, ...value({}).values] }, "values.1.name", /another one/],
  ])("%j: %s", (mapping, field, words) => {
    expect(mappingFaults(mapping)).toEqual([{ field, message: expect.stringMatching(words) }]);
  });

  test("what fits is not refused: every word of the house, in every unit that it names", () => {
    const faults = houseWords().flatMap(({ means, kind, units, words }) =>
      (units.length > 0 ? units : [undefined]).flatMap((unit) =>
        mappingFaults(
          value({
            ...{ means, kind },
            ...(unit === undefined ? {} : { unit }),
            ...(kind === "enum" ? { words: Object.fromEntries(words.map((w) => [w, w])) } : {}),
          }),
        ),
      ),
    );
    expect(faults).toEqual([]);
    expect(mappingFaults(pump.mapping)).toEqual([]);
    expect(mappingFaults(charger.mapping)).toEqual([]);
    expect(mappingFaults(value({ means: "levelControl.currentLevel", max: 254 }))).toEqual([]);
  });
});

describe("before a mapping is kept", () => {
  test("a message's values are shown with what they may be", () => {
    const found = leavesOf(
      "shed/box",
      '{"temp": 21.5, "ENERGY": {"Power": 1834}, "relay": "ON", "wifi_password": "hunter2", "note": "hi"}',
    );
    expect(found.map(({ guess: { field, kind, means, unit } }) => [field, kind, means, unit])).toEqual([
      ["temp", "number", "temperatureMeasurement.measuredValue", "degC"],
      ["ENERGY.Power", "number", "electricalPowerMeasurement.activePower", "W"],
      ["relay", "boolean", "onOff.onOff", undefined],
      ["wifi_password", "text", undefined, undefined],
      ["note", "text", undefined, undefined],
    ]);
    expect(found[2]?.guess).toMatchObject({ on: "ON", off: "OFF" });
    expect(JSON.stringify(found)).not.toContain("hunter2");
    expect(found.filter((l) => l.secret).map((l) => l.guess.field)).toEqual(["wifi_password"]);
    for (const { guess } of found) expect(mappingFaults({ version: 1, name: "X", values: [guess] })).toEqual([]);
  });

  test("it is shown how the last messages would be read", () => {
    const last = (topic: string) => {
      const found = home.find(([t]) => t === topic);
      return found && { topic, payload: JSON.stringify(found[1]), retained: false, at: 0 };
    };
    const values: MappedValue[] = [
      ...pump.mapping.values.slice(0, 2),
      { topic: "cellar/pump/state", field: "mode", kind: "number" },
      { topic: "cellar/pump/state", field: "nothing", kind: "number", name: "n" },
      { topic: "never", kind: "number" },
    ];
    expect(previewMapping({ version: 1, name: "X", values }, last)).toEqual([
      { label: "Power", value: 850, unitText: "W" },
      { label: "On", value: true, unitText: "" },
      { label: "mode", unitText: "", problem: expect.stringContaining('says "eco", which is not understood') },
      { label: "n", unitText: "", problem: "the last message does not say it" },
      { label: "never", unitText: "", problem: "nothing was heard on this topic yet" },
    ]);
    const secret: Mapping = { version: 1, name: "X", values: [{ topic: "a", field: "token", kind: "text" }] };
    const said = previewMapping(secret, (topic) => ({ topic, payload: '{"token":"hunter2"}', retained: false, at: 0 }));
    expect(said[0]?.value).toBe("***");
  });

  test("secrets are never shown, wherever they stand", () => {
    const shown = [
      maskedSample("a/status", '{"wifi":{"ssid":"home","psk":"hunter2","auth_key":["hunter2"]},"n":1}', 500),
      maskedSample("a/password", "hunter2", 500),
      maskedSample("a/log", "joined with password=hunter2, ok", 500),
    ];
    expect(shown).toEqual([
      '{"wifi":{"ssid":"home","psk":"***","auth_key":"***"},"n":1}',
      "***",
      "joined with password=***, ok",
    ]);
    expect(maskedSample("a", "x".repeat(900), 500)).toHaveLength(500);
  });
});

test("a value stays in its place of a payload, whatever it is", () => {
  expect(filled("{value}", "$& x", true)).toBe("$& x");
  expect(filled('{"a": {value}, "b": "{value}!"}', 'x"}', true)).toBe('{"a": "x\\"}", "b": "x\\"}!"}');
  expect(filled('{"a": {value}}', 21.5, false)).toBe('{"a": 21.5}');
  expect(filled('{"a": {value}}', "true", false)).toBe('{"a": true}');
  expect(filled('{"a": {value}}', "ON", false)).toBe('{"a": "ON"}');
  expect(filled('{"a": {value}}', "12", true)).toBe('{"a": "12"}');
  expect(filled('{"q\\"": "{value}", "b": {value}}', "a", false)).toBe('{"q\\"": "a", "b": "a"}');
});

test("a path finds keys that hold dots, places of lists, and nothing that the body does not own", () => {
  const body = { a: { "b.c": [1, { d: 2 }] }, "a.x": 3 };
  expect(pick(body, "a.b.c.1.d")).toBe(2);
  expect(pick(body, "a.x")).toBe(3);
  expect([pick(body, "a.toString"), pick(body, "__proto__"), pick(body, "a.b.c.length")]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});
