import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { dialectsWith } from "../../adapters/mqtt/dialects/index.ts";
import { createIngest } from "../../adapters/mqtt/ingest.ts";
import { MappingDesk } from "../../hub/main/mappings.ts";
import { emptyHome, type Home } from "../../hub/model/home.ts";
import type { AdapterInput, Mapping, Store } from "../../hub/ports.ts";
import { openStore } from "../../hub/storage/open.ts";
import { listeningLog, temporaryFolder } from "../storage/support.ts";

function storeOf(): Store {
  const store = openStore(temporaryFolder(), { log: listeningLog(), clock: { now: () => 5000 } });
  onTestFinished(() => store.close());
  return store;
}

function folderOf(files: Readonly<Record<string, unknown>>): string {
  const folder = temporaryFolder();
  for (const [name, body] of Object.entries(files))
    writeFileSync(join(folder, name), typeof body === "string" ? body : JSON.stringify(body));
  return folder;
}

const box = (name: string, unit = "C"): Mapping => ({
  version: 1,
  name,
  values: [{ topic: "shed/box", field: "t", kind: "number", unit, means: "temperatureMeasurement.measuredValue" }],
});

const homeOf = (...dialects: readonly (readonly [id: string, dialect: string])[]) => {
  const home = emptyHome({ name: "H", timeZone: "Europe/Berlin", latitude: 52, longitude: 13, currency: "EUR" });
  for (const [id, dialect] of dialects)
    home.nodes.set(id, {
      description: { id, name: id, adapter: "mqtt", dialect, addresses: [], endpoints: [] },
      ...{ settings: {}, reachable: true, heardAt: 0, values: new Map() },
    });
  return home;
};

/** The desk with a real store and the real ingest behind it, and what the core is told. */
function hubOf(given: { folder?: string; store?: Store; home?: Home } = {}) {
  const { folder, store = storeOf(), home = homeOf() } = given;
  const told: AdapterInput[] = [];
  const desk = new MappingDesk({ store, folder, put: (input) => told.push(input), now: () => 5000 });
  const ingest = createIngest(dialectsWith(desk.registry), "hub");
  const link = {
    reread: () => void told.push(...ingest.reread(5000)),
    unread: () => ingest.unread(),
    last: (topic: string) => ingest.last(topic),
  };
  desk.start(link, home);
  const hear = (topic: string, payload: string) =>
    void told.push(...ingest.receive(topic, payload, false, 4000, "b").inputs);
  const findings = () =>
    told.flatMap((i) => (i.kind === "problem" ? [`${i.problem.field} | ${i.problem.message}`] : []));
  const gone = () => told.flatMap((i) => (i.kind === "nodeGone" ? [i.node] : []));
  const values = () => told.flatMap((i) => (i.kind === "readings" ? i.readings.map((r) => r.value) : []));
  return { desk, store, told, hear, findings, gone, values };
}

describe("devices that people described", () => {
  test("one outlives a restart, and is changed and removed with its device", () => {
    const { desk, store, hear, values, gone } = hubOf();
    hear("shed/box", '{"t": 50}');
    expect(desk.set("shed", box("Shed"), "Anna")).toMatchObject({ node: "generic-shed" });
    desk.set("shed", box("Shed", "F"), "Anna");
    expect(values()).toEqual([50, 10]);
    const again = hubOf({ store });
    again.hear("shed/box", '{"t": 68}');
    expect(again.values()).toEqual([20]);
    expect([again.desk.remove("shed", "Anna"), again.desk.remove("shed", "Anna")]).toEqual([true, false]);
    expect(new Set(again.gone())).toEqual(new Set(["generic-shed"]));
    expect(hubOf({ store }).desk.list()).toEqual([]);
    expect(gone()).toEqual([]);
    expect(store.audit({ limit: 9 }).map((e) => [e.what, e.by])).toEqual([
      ["mapping-removed", "Anna"],
      ["mapping-set", "Anna"],
      ["mapping-set", "Anna"],
    ]);
  });

  test("one that was not heard since the start goes all the same", () => {
    const { desk, gone } = hubOf();
    desk.set("shed", box("Shed"), "Anna");
    desk.remove("shed", "Anna");
    expect(gone()).toEqual(["generic-shed"]);
  });

  test("is refused where it does not fit, and where there are too many", () => {
    const { desk } = hubOf();
    expect(() => desk.set("Shed", box("S"), "A")).toThrow(/^id: must be/);
    expect(() => desk.set("shed", box("S", "kg"), "A")).toThrow(/^values.0.unit: kg can't be turned into/);
    for (let i = 0; i < 200; i += 1) desk.set(`m${i}`, box("S"), "A");
    expect(() => desk.set("m200", box("S"), "A")).toThrow(/there are 200 mappings/);
    expect(desk.set("m199", box("T"), "A").mapping.name).toBe("T");
  });

  test("files are read at the start; what does not fit is a finding that names file and field, and the rest is read", () => {
    const folder = folderOf({
      "shed.json": box("Shed"),
      "Shed!.json": box("Again"),
      "unit.json": box("U", "kg"),
      "field.json": { ...box("F"), colour: "red" },
      "old.json": { ...box("O"), version: 0 },
      "text.json": "{",
      "notes.txt": "no mapping",
    });
    const { desk, findings } = hubOf({ folder });
    expect(desk.list().map((m) => [m.id, m.file])).toEqual([["shed", "Shed!.json"]]);
    expect(findings()).toEqual([
      "field.json colour | field.json: colour is not known here",
      "old.json version | old.json: version must be 1",
      "shed.json | shed.json: must have another name: Shed!.json has the same letters and digits",
      "text.json | text.json: is no JSON",
      expect.stringMatching(/^unit\.json values\.0\.unit \| unit\.json: values\.0\.unit kg can't be turned into °C/),
    ]);
    expect(() => desk.set("shed", box("S"), "A")).toThrow(/read from Shed!\.json; change it there/);
    expect(() => desk.remove("shed", "A")).toThrow(/change it there/);
    expect(hubOf({ folder: join(folder, "none") }).findings()[0]).toMatch(/is no folder that can be read/);
  });

  test("a device whose file is gone goes at the start; others stay", () => {
    const home = homeOf(["generic-old", "generic"], ["generic-shed", "generic"], ["z2m-0x1", "zigbee2mqtt"]);
    expect(hubOf({ folder: folderOf({ "shed.json": box("S") }), home }).gone()).toEqual(["generic-old"]);
  });
});

describe("what nobody reads", () => {
  test("is found by topic and by message, newest first, and never by a secret", () => {
    const { desk, hear } = hubOf();
    for (let i = 0; i < 250; i += 1) hear(`many/${i}`, "x");
    hear("shed/box", '{"t": 20, "api_key": "hunter2"}');
    hear("shed/box", '{"t": 21, "api_key": "hunter2"}');
    expect(desk.unread("SHED").topics).toEqual([
      { topic: "shed/box", broker: "b", sample: '{"t":21,"api_key":"***"}', retained: false, count: 2, at: 4000 },
    ]);
    expect(desk.unread("api_key").topics.length).toBe(1);
    expect([desk.unread("hunter").topics, desk.unread("(.*").topics]).toEqual([[], []]);
    const all = desk.unread("");
    expect([all.topics.length, all.total]).toEqual([200, 251]);
    expect(desk.leaves("shed/box")?.map((l) => l.sample)).toEqual(["21", "***"]);
    expect(desk.leaves("nowhere")).toBeUndefined();
  });
});
