import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Numbers } from "../../../adapters/matter/bridge/numbers.ts";
import { type EndpointPlan, planOf } from "../../../adapters/matter/bridge/plan.ts";
import { isAnyMark, isOwnMark, markOf } from "../../../adapters/matter/own-mark.ts";
import type { NodeDescription } from "../../../hub/model/node.ts";
import { Room } from "../../firmware-sim/room.ts";
import { Listener } from "../mqtt/listener.ts";

const golden = join(import.meta.dirname, "bridge-numbers.golden.json");
const HUB = "0123456789abcdef0123456789abcdef";

/** Written down, so that a new kind in the workshop changes nothing here. */
const kinds = [
  ...["zigbee2mqtt/light", "zigbee2mqtt/plug", "zigbee2mqtt/valve", "zigbee2mqtt/cover", "zigbee2mqtt/climate-sensor"],
  ...["ha-discovery/light", "ha-discovery/heat-pump", "ha-discovery/lock", "esphome/plug", "esphome/climate"],
  ...["tasmota/plug", "tasmota/light", "tasmota/shutter", "tasmota/sensor", "shelly-gen1/em", "shelly-gen1/roller"],
  ...["shelly-gen2/plug", "shelly-gen2/dimmer", "shelly-gen2/cover", "shelly-gen2/meter", "homie/thermostat"],
  ...["zwave-js-ui/plug", "zwave-js-ui/dimmer", "zwave-js-ui/door"],
];

/** A house with one device of each kind, in the order of their addresses. */
function house(): NodeDescription[] {
  const room = new Room(kinds.map((kind) => ({ kind, name: `A ${kind.replace("/", " ")}` })));
  const ear = new Listener();
  room.onMessage(({ topic, payload, retain }) => {
    const received = ear.ingest.receive(topic, payload, retain, 1_000_000 + room.at * 1000);
    ear.take(received);
    for (const question of received.publish) room.say(question.topic, question.payload);
  });
  room.run(60);
  return [...ear.nodes.values()].sort((one, other) => (one.id < other.id ? -1 : 1));
}

type Numbered = Record<string, { id: string; uniqueId: string; endpoints: Record<string, string> }>;

function numbered(numbers: Numbers, nodes: readonly NodeDescription[], role: Record<string, string> = {}): Numbered {
  const walk = (node: string, plan: EndpointPlan): [string, string][] => [
    [String(numbers.numberOf("1", node, plan.key)), plan.types.join("+")],
    ...plan.children.flatMap((child) => walk(node, child)),
  ];
  const all: Numbered = {};
  for (const node of nodes) {
    const own = role[node.id];
    const { top } = planOf(node, (e) => (own ? [own, ...e.deviceTypes] : e.deviceTypes));
    if (top)
      all[node.id] = {
        id: numbers.idOf("1", node.id),
        uniqueId: markOf(HUB, node.id),
        endpoints: Object.fromEntries(walk(node.id, top)),
      };
  }
  numbers.save();
  return all;
}

describe("endpoint numbers", () => {
  const nodes = house();
  const folder = mkdtempSync(join(tmpdir(), "inglenook-numbers-"));

  test("are those of the golden file: a change here makes strangers of the devices in every home", () => {
    const now = numbered(new Numbers(folder), nodes);
    if (!existsSync(golden)) writeFileSync(golden, `${JSON.stringify(now, undefined, 2)}\n`);
    expect(now).toEqual(JSON.parse(readFileSync(golden, "utf8")));
  });

  test("outlive a restart, another order, an absence and a new name", () => {
    const before = numbered(new Numbers(folder), nodes);
    numbered(new Numbers(folder), nodes.slice(5, 12));
    const renamed = [...nodes].reverse().map((node) => ({ ...node, name: "Another name" }));
    expect(numbered(new Numbers(folder), renamed)).toEqual(before);
  });

  test("stay with a device that becomes of another kind, and go to no other device", () => {
    const before = numbered(new Numbers(folder), nodes);
    const plug = nodes.find((n) => n.endpoints[0]?.deviceTypes.includes("onOffPlugInUnit"));
    const { id = "" } = plug ?? {};
    const after = numbered(new Numbers(folder), nodes, { [id]: "mountedOnOffControl" });
    const [number = ""] = Object.keys(before[id]?.endpoints ?? {});
    expect(before[id]?.endpoints[number]).toContain("OnOffPlugInUnit");
    expect(after[id]?.endpoints[number]).toContain("MountedOnOffControl");
    expect({ ...after, [id]: undefined }).toEqual({ ...before, [id]: undefined });
    const stranger: NodeDescription = { ...nodes[0], id: "mqtt-stranger" } as NodeDescription;
    const [taken = ""] = Object.keys(numbered(new Numbers(folder), [stranger])["mqtt-stranger"]?.endpoints ?? {});
    const used = Object.values(before).flatMap((node) => Object.keys(node.endpoints));
    expect(used).not.toContain(taken);
  });

  test("come back from their twin, and from the store's copy without giving a number twice", () => {
    const place = join(mkdtempSync(join(tmpdir(), "inglenook-numbers-")), "matter-bridge");
    for (const path of [place, `${place}-backup`]) mkdirSync(path);
    const before = numbered(new Numbers(place), nodes);
    copyFileSync(join(place, "numbers.json"), join(`${place}-backup`, "numbers.json"));
    writeFileSync(join(place, "numbers.json"), "");
    const twin = new Numbers(place);
    expect(twin.restored).toBe("twin");
    expect(numbered(twin, nodes)).toEqual(before);
    for (const name of ["numbers.json", "numbers-twin.json"]) writeFileSync(join(place, name), '{"version":1,');
    const copy = new Numbers(place);
    expect(copy.restored).toBe("copy");
    expect(numbered(copy, nodes)).toEqual(before);
    expect(copy.numberOf("1", "mqtt-stranger", "top")).toBeGreaterThan(1000);
    expect(new Numbers(place).restored).toBeUndefined();
  });

  test("are never made up anew when their file can't be read", () => {
    const broken = mkdtempSync(join(tmpdir(), "inglenook-numbers-"));
    writeFileSync(join(broken, "numbers.json"), '{"version":1,"bri');
    expect(() => new Numbers(broken)).toThrow();
    writeFileSync(join(broken, "numbers.json"), '{"version":2}');
    expect(() => new Numbers(broken)).toThrow(/not a list of endpoint numbers/);
  });
});

test("a mark tells its own hub, fits Matter's texts, and gives neither hub nor device away", () => {
  const mark = markOf(HUB, "mqtt-lamp");
  expect(mark).toHaveLength(32);
  expect(isOwnMark(HUB, mark)).toBe(true);
  expect(isOwnMark(HUB, `serial:${mark} by another hub`)).toBe(true);
  expect(isOwnMark("another hub", mark)).toBe(false);
  expect(isAnyMark(mark)).toBe(true);
  expect(isAnyMark("0x00158d0001a2b3c4")).toBe(false);
  expect(markOf(HUB, "mqtt-plug")).not.toBe(mark);
  expect(mark).not.toContain("lamp");
});
