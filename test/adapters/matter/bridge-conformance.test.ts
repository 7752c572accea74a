import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dialects } from "../../../adapters/mqtt/dialects/index.ts";
import { createIngest } from "../../../adapters/mqtt/ingest.ts";
import { makers } from "../../../firmware-sim/workshop/makers.ts";
import type { Value } from "../../../hub/model/capability.ts";
import { Room } from "../../firmware-sim/room.ts";
import { Listener } from "../mqtt/listener.ts";
import { openShelf, type Shelf } from "./bridge-shelf.ts";

let shelf: Shelf;
beforeAll(async () => {
  shelf = await openShelf();
});
afterAll(() => shelf?.close());

/** As the bridge gets them: by endpoint and attribute. */
function valuesOf(ear: Listener, node: string): Record<string, Value> {
  const own = Object.entries(ear.values()).filter(([key]) => key.startsWith(`${node}/`));
  return Object.fromEntries(own.map(([key, value]) => [key.slice(node.length + 1), value]));
}

/** What brings other devices and is none itself. */
const carriers = new Set(["zigbee2mqtt/bridge", "zigbee2mqtt/group", "zwave-js-ui/gateway"]);
const kinds = makers
  .flatMap((maker) => maker.kinds.map((kind) => `${maker.name}/${kind.name}`))
  .filter((kind) => !carriers.has(kind));

describe("every kind of device that can be simulated", () => {
  test.each(kinds)("%s is a Matter device without a gap", async (kind) => {
    const room = new Room([{ kind, name: "Test thing" }]);
    const ear = new Listener();
    room.onMessage(({ topic, payload, retain }) => {
      const received = ear.ingest.receive(topic, payload, retain, 1_000_000 + room.at * 1000);
      ear.take(received);
      for (const question of received.publish) room.say(question.topic, question.payload);
    });
    room.run(120);
    expect(ear.nodes.size).toBeGreaterThan(0);
    for (const node of ear.nodes.values()) {
      const { gaps, types } = await shelf.check(node, valuesOf(ear, node.id));
      expect(gaps, `${kind} as ${types.join(", ")}`).toEqual([]);
    }
  });
});

const corpus = join(import.meta.dirname, "../../../../shared/data/mqtt");
const absent = !existsSync(corpus);
if (absent) console.warn(`SKIPPED: the recorded messages of real products are not at ${corpus}`);

interface Row {
  readonly messages: readonly {
    readonly topic: string;
    readonly payload: string;
    readonly dir?: string;
    readonly retain?: boolean;
  }[];
}

describe.skipIf(absent)("recorded devices of real products", () => {
  const files = absent ? [] : readdirSync(corpus).filter((file) => file.endsWith(".jsonl"));
  test.each(files)(
    "of %s are Matter devices without a gap",
    async (file) => {
      let shown = 0;
      const seen = new Set<string>();
      const wrong: string[] = [];
      for (const line of readFileSync(join(corpus, file), "utf8").split("\n").filter(Boolean)) {
        const { messages }: Row = JSON.parse(line);
        const ear = new Listener(createIngest(dialects, "hub"));
        for (const { topic, payload, dir, retain } of messages)
          if (dir !== "to-device") ear.take(ear.ingest.receive(topic, payload, retain ?? false, 1_000_000));
        // Some dialects wait for the rest of what a device says before they describe it.
        for (let pause = 0, due: number | undefined = 1_000_000; pause < 20 && due !== undefined; pause++) {
          const more = ear.ingest.catchUp(Number.POSITIVE_INFINITY, due);
          ear.take({ inputs: more.inputs, publish: [] });
          due = more.due;
        }
        for (const node of ear.nodes.values()) {
          // Many rows are of one product: its shape is checked once.
          const shape = JSON.stringify(
            node.endpoints.map((e) => [e.deviceTypes, e.partOf, Object.keys(e.capabilities)]),
          );
          if (seen.has(shape)) continue;
          seen.add(shape);
          const { gaps, types } = await shelf.check(node, valuesOf(ear, node.id));
          if (types.length > 0) shown++;
          if (gaps.length > 0) wrong.push(`${node.name} as ${types.join(", ")}: ${[...new Set(gaps)].join("; ")}`);
        }
      }
      expect(wrong).toEqual([]);
      expect(shown).toBeGreaterThan(0);
    },
    120_000,
  );
});
