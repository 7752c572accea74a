import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { dialects } from "../../../adapters/mqtt/dialects/index.ts";
import { createIngest } from "../../../adapters/mqtt/ingest.ts";
import { blinds, full, meter, home as shelly } from "./fixtures/shelly-gen2.ts";
import { home as tasmota } from "./fixtures/tasmota.ts";
import { home as zigbee } from "./fixtures/zigbee2mqtt.ts";
import { Listener, type Message } from "./listener.ts";

const everything: readonly Message[] = [
  ...zigbee,
  ...tasmota,
  ...shelly,
  full(meter, { "em:0": { id: 0, total_act_power: 5 } }),
  full(blinds, { "cover:0": { id: 0, current_pos: 10 } }),
];

/** Ids, kinds and attributes of all nodes, without what only says where it was first seen. */
const shape = (l: Listener): object =>
  [...l.nodes.values()]
    .map((n) => [
      n.id,
      n.name,
      n.model ?? null,
      n.endpoints.map((e) => [e.number, e.deviceTypes, Object.keys(e.capabilities).sort()]),
    ])
    .sort((a, b) => String(a[0]).localeCompare(String(b[0])));

describe("the ingest", () => {
  test("any order of the same messages gives the same house", () => {
    const inOrder = new Listener().hear(...everything);
    expect(inOrder.nodes.size).toBe(6);
    fc.assert(
      fc.property(fc.shuffledSubarray([...everything], { minLength: everything.length }), (shuffled) => {
        const l = new Listener().hear(...shuffled);
        expect(l.values()).toEqual(inOrder.values());
        expect(shape(l)).toEqual(shape(inOrder));
        expect([...l.reachable].sort()).toEqual([...inOrder.reachable].sort());
      }),
      { numRuns: 150 },
    );
  });

  test("what the broker kept has no age", () => {
    const l = new Listener().hear(...tasmota, ["tele/boiler/SENSOR", { ENERGY: { Power: 5 } }, true]);
    const key = "mac-dc4f22000001/1/electricalPowerMeasurement.activePower";
    expect(l.readings.get(key)).toMatchObject({ value: 5, ageUnknown: true });
    expect(l.hear(["tele/boiler/SENSOR", { ENERGY: { Power: 6 } }]).readings.get(key)?.ageUnknown).toBeUndefined();
  });

  test("a reading that waited for its description keeps its own time", () => {
    const ingest = createIngest(dialects, "hub");
    const [, [topic, config]] = [0, tasmota[1] ?? ["", ""]];
    ingest.receive("tele/boiler/SENSOR", '{"ENERGY":{"Power":7}}', false, 5000);
    const inputs = ingest.receive(topic, JSON.stringify(config), true, 9000).inputs;
    expect(inputs.flatMap((i) => (i.kind === "readings" ? i.readings.map((r) => r.at) : []))).toEqual([5000]);
  });

  test("binary and oversized bodies are not read, and other topics are nobody's", () => {
    const ingest = createIngest(dialects, "hub");
    expect(ingest.receive("camera/picture", new Uint8Array([0xff, 0xd8, 0xff]), false, 1)).toEqual({
      inputs: [],
      publish: [],
    });
    expect(ingest.receive("a", "x".repeat(5_000_000), false, 1).inputs).toMatchObject([
      { kind: "problem", problem: { code: "message-too-large" } },
    ]);
    expect(ingest.receive("weather/now", '{"temperature":20}', false, 1)).toEqual({ inputs: [], publish: [] });
    expect(
      ingest.encode({ target: { node: "z2m-0x1", endpoint: 1 }, capability: "onOff", command: "on", args: {} }).ok,
    ).toBe(false);
  });

  test("a flood of unknown topics is forgotten oldest first", () => {
    const l = new Listener();
    const [, , list, , state] = zigbee;
    if (!list || !state) throw new Error("the fixture has changed");
    l.hear(state);
    for (let i = 0; i < 10_000; i += 1) l.hear([`noise/${i}`, "1"]);
    l.hear(["zigbee2mqtt/Desk/plug ü", { power: 8 }], ...zigbee.slice(0, 2));
    expect(l.value("z2m-0xab02/1/booleanState.stateValue")).toBeUndefined();
    expect(l.value("z2m-0xab01/1/electricalPowerMeasurement.activePower")).toBe(8);
  });
});
