import { describe, expect, test } from "vitest";
import { markOrders } from "../../adapters/kit/record/orders.ts";
import type { Recorded, Recording } from "../../adapters/kit/recording.ts";
import { learn } from "../../adapters/kit/twin/learn.ts";
import { pageOf } from "../../adapters/kit/twin/page.ts";
import { TwinState } from "../../adapters/kit/twin/state.ts";
import { makers } from "../../firmware-sim/workshop/makers.ts";
import type { Value } from "../../hub/model/capability.ts";
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
    expect([...home.readings.keys()].sort()).toEqual([...ear.readings.keys()].sort());
    expect(home.problems).toEqual([]);
    expect(pageOf(plan)).toContain("Announces");
  });

  test("obeys in its own topics, and stays as it was told to be", () => {
    const tried: string[] = [];
    for (const node of home.nodes.values())
      for (const { number } of node.endpoints)
        for (const [path, args, proof, value] of orders) {
          const sent = home.ask(node.id, number, path, args);
          if (typeof sent === "string") continue;
          tried.push(path);
          for (const text of sent) {
            const cut = text.indexOf(" ");
            const { replies } = state.order(text.slice(0, cut), text.slice(cut + 1));
            for (const reply of replies) home.hear([reply.topic, reply.payload]);
          }
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
