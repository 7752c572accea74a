import { describe, expect, test } from "vitest";
import { chanceOf } from "../../adapters/kit/chance.ts";
import { markOrders } from "../../adapters/kit/record/orders.ts";
import { scrub } from "../../adapters/kit/record/scrub.ts";
import type { Recorded, Recording } from "../../adapters/kit/recording.ts";
import { learn } from "../../adapters/kit/twin/learn.ts";
import { Numbers } from "../../adapters/kit/twin/numbers.ts";
import { pageOf } from "../../adapters/kit/twin/page.ts";
import { TwinState } from "../../adapters/kit/twin/state.ts";
import { makers } from "../../firmware-sim/workshop/makers.ts";
import type { Value } from "../../hub/model/capability.ts";
import { pathKey } from "../../hub/model/path.ts";
import { Listener } from "../adapters/mqtt/listener.ts";
import { Room } from "../firmware-sim/room.ts";

/** Set up bridges, and are no devices. */
const setUps = ["zigbee2mqtt/bridge", "zigbee2mqtt/group", "zwave-js-ui/gateway"];
const kinds = makers
  .flatMap((maker) => maker.kinds.map((kind) => `${maker.name}/${kind.name}`))
  .filter((kind) => !setUps.includes(kind));

/** A hub that hears a device, asks what it wants to know, and keeps what was said on the way. */
function recorded(kind: string): { readonly ear: Listener; readonly recording: Recording } {
  const room = new Room([{ kind, name: "Test thing" }]);
  const ear = new Listener();
  const messages: Recorded[] = [];
  room.onMessage(({ topic, payload, retain }) => {
    messages.push({ at: room.at, topic, payload, retain });
    ear.hear([topic, payload]);
    for (const one of ear.questions.splice(0)) room.say(one.topic, one.payload);
  });
  room.run(120);
  const head = {
    recording: 1 as const,
    made: "2026-03-01T10:00:00.000Z",
    topics: ["#"],
    seconds: 120,
    replaced: {},
    notes: [],
  };
  return { ear, recording: { head, messages: markOrders(messages) } };
}

/** What is known of each device now; what nobody described has its place by what came first. */
const known = ({ nodes, readings }: Listener): readonly string[] =>
  [...readings.values()]
    .filter(({ path: { node, endpoint, capability, attribute } }) => {
      const found = nodes.get(node)?.endpoints.find((e) => e.number === endpoint);
      return capability !== "vendor" && found?.capabilities[capability]?.attributes[attribute] !== undefined;
    })
    .map(({ path }) => pathKey(path))
    .sort();

const orders: readonly (readonly [path: string, args: Record<string, Value>, proof: string, value: Value])[] = [
  ["onOff.on", {}, "onOff.onOff", true],
  ["onOff.off", {}, "onOff.onOff", false],
  ["levelControl.moveToLevel", { level: 40 }, "levelControl.currentLevel", 40],
  ["windowCovering.goToLiftPercentage", { liftPercent: 40 }, "windowCovering.currentPositionLiftPercentage", 40],
  ["thermostat.set", { occupiedHeatingSetpoint: 22.5 }, "thermostat.occupiedHeatingSetpoint", 22.5],
  ["doorLock.unlockDoor", {}, "doorLock.lockState", "unlocked"],
];

describe.each(kinds)("a twin of %s", (kind) => {
  const { ear, recording } = recorded(kind);
  const plan = learn(recording);
  const state = new TwinState(plan);
  const home = new Listener();
  const hear = (): Listener => {
    for (const m of [...plan.announce, ...plan.tape]) home.hear([m.topic, state.tell(m.topic, m.payload, m.retain)]);
    return home;
  };

  test("is the same devices with the same attributes for a hub that never met the real one", () => {
    hear();
    // Whoever asks is answered; a plain listener is told the rest.
    for (let turn = 0; turn < 10 && home.questions.length > 0; turn += 1)
      for (const { topic, payload } of home.questions.splice(0))
        for (const reply of state.order(topic, payload).replies) home.hear([reply.topic, reply.payload]);
    const shape = (of: Listener) =>
      [...of.nodes.values()].map((n) => [
        n.id,
        n.endpoints.map((e) => [e.deviceTypes, Object.keys(e.capabilities).sort()]),
      ]);
    expect(shape(home)).toEqual(shape(ear));
    expect(known(home)).toEqual(known(ear));
    expect(home.problems).toEqual([]);
    expect(pageOf(plan)).toContain("Announces");
  });

  test("is read as the same kinds of devices when its addresses are made up", () => {
    const shape = (messages: readonly Recorded[]) => {
      const listener = new Listener();
      for (const m of messages) if (m.dir !== "to-device") listener.hear([m.topic, m.payload]);
      return [...listener.nodes.values()].map((n) => [
        n.addresses.map((a) => a.split(":")[0]),
        n.endpoints.map((e) => [e.deviceTypes, Object.keys(e.capabilities).sort()]),
      ]);
    };
    const { messages } = recording;
    const cleaned = scrub(messages, false).messages;
    expect(shape(cleaned)).toEqual(shape(messages));
    for (const node of ear.nodes.values())
      for (const address of node.addresses)
        if (/^(mac|ieee):/.test(address))
          expect(JSON.stringify(cleaned).toLowerCase()).not.toContain(address.split(":")[1]);
  });

  test("obeys in its own topics, and stays as it was told to be", () => {
    const tried: string[] = [];
    for (const node of home.nodes.values())
      for (const { number } of node.endpoints)
        for (const [path, args, proof, value] of orders) {
          const [capability = "", command = ""] = path.split(".");
          const target = { node: node.id, endpoint: number };
          const sent = home.ingest.encode({ target, capability, command, args });
          if (!sent.ok) continue;
          tried.push(path);
          for (const { topic, payload } of sent.publish)
            for (const reply of state.order(topic, payload).replies) home.hear([reply.topic, reply.payload]);
          const key = `${node.id}/${number}/${proof}`;
          expect([path, home.value(key)]).toEqual([path, value]);
          hear();
          expect([path, "a round later", home.value(key)]).toEqual([path, "a round later", value]);
        }
    const able = [...ear.nodes.values()].some((n) =>
      n.endpoints.some((e) =>
        orders.some(([path]) => e.capabilities[path.split(".")[0] ?? ""]?.commands[path.split(".")[1] ?? ""]),
      ),
    );
    expect(tried.length > 0).toBe(able);
  });
});

test("questions of JSON-RPC that were asked at once are each answered by their own answer, to whoever asks now", () => {
  const at = (topic: string, body: object, dir?: "to-device"): Recorded => ({
    at: 1,
    topic,
    payload: JSON.stringify(body),
    retain: false,
    ...(dir ? { dir } : {}),
  });
  const ask = (id: number, method: string) => at("unit-1/rpc", { id, src: "asker", method }, "to-device");
  const answer = (id: number, result: object) => at("asker/rpc", { id, src: "unit-1", dst: "asker", result });
  const messages = [ask(1, "A"), ask(2, "B"), answer(1, { a: 1 }), answer(2, { b: 2 })];
  const head = {
    recording: 1 as const,
    made: "2026-03-01T10:00:00.000Z",
    topics: ["#"],
    seconds: 2,
    replaced: {},
    notes: [],
  };
  const state = new TwinState(learn({ head, messages }));
  const told = state.order("unit-1/rpc", '{"id":77,"src":"hub","method":"A"}');
  expect(told).toMatchObject({ way: "as recorded", replies: [{ topic: "hub/rpc" }] });
  expect(JSON.parse(told.replies[0]?.payload ?? "")).toEqual({ id: 77, src: "unit-1", dst: "hub", result: { a: 1 } });
});

test("counters go on rising from round to round, and measurements stay within what was seen", () => {
  const messages = [10, 11, 13].map(
    (kwh, n): Recorded => ({
      at: n,
      topic: "odd/meter",
      payload: JSON.stringify({ energy_total: kwh, temp: 20 + n / 2, mode: "eco" }),
      retain: false,
    }),
  );
  const head = {
    recording: 1 as const,
    made: "2026-03-01T10:00:00.000Z",
    topics: ["#"],
    seconds: 3,
    replaced: {},
    notes: [],
  };
  const { series } = learn({ head, messages });
  const numbers = new Numbers(series, chanceOf(1));
  expect(numbers.at("odd/meter", '["energy_total"]', 10, 0)).toBeUndefined();
  expect(numbers.at("odd/meter", '["energy_total"]', 10, 1)).toBe(15);
  expect(numbers.at("odd/meter", '["mode"]', "eco", 1)).toBeUndefined();
  const wandered = Array.from({ length: 200 }, () => Number(numbers.at("odd/meter", '["temp"]', 20, 1)));
  expect(Math.min(...wandered)).toBeGreaterThanOrEqual(20);
  expect(Math.max(...wandered)).toBeLessThanOrEqual(21);
  expect(new Set(wandered).size).toBeGreaterThan(3);
});
