import { connectAsync } from "mqtt";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { findAdapter } from "../../adapters/kit/find.ts";
import { createForeignAdapter } from "../../adapters/kit/foreign/adapter.ts";
import type { BenchBroker } from "../../adapters/kit/trial.ts";
import { openBenchBroker } from "../../hub/cli/kit/bench-broker.ts";
import { oneMqtt } from "../../hub/main/one-mqtt.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { Adapter, AdapterInput } from "../../hub/ports.ts";
import { quietLog } from "../llm/quiet-log.ts";
import { openWorkshop, type Workshop } from "./workshop.ts";

let workshop: Workshop;
let broker: BenchBroker;
const ending: (() => Promise<unknown>)[] = [];

beforeAll(async () => {
  workshop = await openWorkshop();
  broker = await openBenchBroker();
}, 90_000);
afterAll(async () => {
  await broker.stop();
  workshop.remove();
});
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

const node = (id: string, more = ""): string =>
  `{ id: ${JSON.stringify(id)}, name: "Thing", adapter: "matter", dialect: "zigbee2mqtt", addresses: [],
     endpoints: [{ number: 1, deviceTypes: ["onOffPlugInUnit"], capabilities: { onOff: { attributes: { onOff: { source: "x#on" } }, commands: { on: { source: "x#on" } } } } }] ${more} }`;
const said = (parts: string): string =>
  `return { nodes: [], gone: [], readings: [], reachable: [], problems: [], publish: [], ${parts} };`;
const reading = (id: string): string =>
  `{ path: { node: "${id}", endpoint: 1, capability: "onOff", attribute: "onOff" }, value: true, source: "x#on" }`;

interface House {
  readonly adapter: Adapter;
  readonly inputs: AdapterInput[];
  say(topic: string, payload: string): Promise<void>;
  problems(code: string): readonly string[];
  node(id: string): NodeDescription | undefined;
}

async function house(name: string, decode: string, own?: Adapter): Promise<House> {
  const place = findAdapter(workshop.adapter(name, decode), "/");
  const foreign = createForeignAdapter({
    place,
    entry: workshop.processEntry,
    own: { name: "kit", url: broker.url },
    others: [],
    log: quietLog(),
    clock: { now: () => Date.now() },
    retryMs: 50,
    silentMs: 3000,
  });
  const adapter = own ? oneMqtt(own, [foreign]) : foreign;
  const inputs: AdapterInput[] = [];
  ending.push(() => adapter.stop());
  await adapter.start((input) => inputs.push(input));
  const client = await connectAsync(broker.url);
  ending.push(() => client.endAsync(true));
  return {
    adapter,
    inputs,
    async say(topic, payload) {
      await client.publishAsync(topic, payload, { qos: 1 });
    },
    problems: (code) =>
      inputs.flatMap((i) => (i.kind === "problem" && i.problem.code === code ? [i.problem.message] : [])),
    node: (id) => inputs.flatMap((i) => (i.kind === "nodeFound" && i.node.id === id ? [i.node] : [])).at(-1),
  };
}

/** The process listens some moments after it is ready: messages are repeated until they are heard. */
const repeat = (say: () => Promise<void>, seen: () => void): Promise<void> =>
  vi.waitFor(
    async () => {
      await say();
      seen();
    },
    { timeout: 45_000, interval: 100 },
  );

describe("a maker's adapter in a process of its own", () => {
  test("brings its devices and values into the house, and takes commands to them", async () => {
    const h = await house(
      "good",
      `if (message.topic !== "good/a") return undefined; ${said(`nodes: [${node("good-a")}], readings: [${reading("good-a")}], reachable: [{ node: "good-a", reachable: true }]`)}`,
    );
    await repeat(
      () => h.say("good/a", "hello"),
      () => expect(h.inputs.some((i) => i.kind === "readings")).toBe(true),
    );
    // Whose adapter it is, is known by the hub and not said by the stranger.
    expect(h.node("good-a")).toMatchObject({ adapter: "mqtt", dialect: "good", name: "Thing" });
    const found = h.node("good-a");
    if (!found) throw new Error("no node");
    const command = { target: { node: "good-a", endpoint: 1 }, capability: "onOff", command: "on", args: {} };
    expect(await h.adapter.send(command, found)).toEqual({ ok: true });
  });

  test("has none of the hub's environment, can read nothing but itself, write nothing and start nothing", async () => {
    process.env.INGLENOOK_SECRET_OF_TEST = "s3cret";
    const h = await house(
      "spy",
      `const tried = [Object.keys(process.env).filter((n) => !["TZ", "LANG"].includes(n)).join()];
       const fs = process.getBuiltinModule("fs"); const cp = process.getBuiltinModule("child_process");
       for (const act of [() => fs.readFileSync("/etc/hostname"), () => fs.writeFileSync("/tmp/kit-spy", ""), () => cp.spawnSync("true")])
         try { act(); tried.push("done"); } catch (error) { tried.push(error.code); }
       ${said(`problems: [{ code: "spy", message: JSON.stringify(tried) }]`)}`,
    );
    await repeat(
      () => h.say("spy/a", "hello"),
      () => expect(h.problems("spy")[0]).toBe('["","ERR_ACCESS_DENIED","ERR_ACCESS_DENIED","ERR_ACCESS_DENIED"]'),
    );
    delete process.env.INGLENOOK_SECRET_OF_TEST;
  });

  test("says nothing that the house could not have heard from its own: no odd ids, no others' values, no remedies", async () => {
    const h = await house(
      "liar",
      said(
        `nodes: [${node("../../etc")}, ${node("liar-a").replace("onOffPlugInUnit", "__proto__")}, ${node("liar-b")}],
         readings: [${reading("somebody-else")}, ${reading("liar-b").replace("value: true", "value: { a: 1 }")}],
         gone: ["somebody-else"], reachable: [{ node: "somebody-else", reachable: false }],
         problems: [{ code: "liar-problem", message: "m", node: "somebody-else", remedy: { label: "x", command: {} } }]`,
      ),
    );
    await repeat(
      () => h.say("liar/a", "hello"),
      () => expect(h.problems("liar-problem").length).toBeGreaterThan(0),
    );
    expect(h.problems("adapter-node-refused").length).toBeGreaterThan(1);
    const kinds = h.inputs.map((i) => (i.kind === "nodeFound" ? i.node.id : i.kind));
    expect(new Set(kinds)).toEqual(new Set(["problem", "liar-b"]));
    const told = h.inputs.find((i) => i.kind === "problem" && i.problem.code === "liar-problem");
    expect(told).toMatchObject({ problem: { code: "liar-problem", message: "m" } });
    expect(JSON.stringify(told)).not.toMatch(/remedy|somebody/);
  });

  test.each([
    ["crashes", "process.exit(7);", "exit code 7"],
    ["hangs", "for (;;);", "it hung"],
    ["says too much", said(`problems: [{ code: "long", message: "x".repeat(3_000_000) }]`), "a line of"],
    ["eats memory", "const all = []; for (;;) all.push(new Array(100_000).fill(message.topic + all.length));", "ended"],
  ])(
    "one that %s is ended, is a finding, and is started again",
    async (how, fault, why) => {
      const h = await house(
        "bad",
        `if (message.topic === "bad/break") { ${fault} } ${said(`nodes: [${node("bad-a")}], reachable: [{ node: "bad-a", reachable: true }]`)}`,
      );
      await repeat(
        () => h.say("bad/a", how),
        () => expect(h.node("bad-a")).toBeDefined(),
      );
      await repeat(
        () => h.say("bad/break", ""),
        () => expect(h.problems("adapter-ended")[0]).toContain(why),
      );
      // Its devices are out of reach until it is back.
      expect(h.inputs).toContainEqual(expect.objectContaining({ kind: "reachable", node: "bad-a", reachable: false }));
      const before = h.inputs.length;
      await repeat(
        () => h.say("bad/a", "again"),
        () => expect(h.inputs.slice(before).some((i) => i.kind === "nodeFound")).toBe(true),
      );
    },
    40_000,
  );

  test("one that can't be loaded is a finding in words, and the house starts without it", async () => {
    const h = await house("broken", "return }{");
    await vi.waitFor(() => expect(h.problems("adapter-ended")[0]).toContain("can't be loaded"), { timeout: 30_000 });
    const command = { target: { node: "x", endpoint: 1 }, capability: "onOff", command: "on", args: {} };
    const nobody: NodeDescription = { id: "x", name: "x", adapter: "mqtt", dialect: "x", addresses: [], endpoints: [] };
    expect(await h.adapter.send(command, nobody)).toMatchObject({ ok: false });
  });

  test("can't take a device from the hub's own dialects", async () => {
    const sent: string[] = [];
    const taken: NodeDescription = {
      id: "taken-a",
      name: "Ours",
      adapter: "mqtt",
      dialect: "ours",
      addresses: [],
      endpoints: [],
    };
    const own: Adapter = {
      name: "mqtt",
      start: async (sink) => sink({ kind: "nodeFound", node: taken, at: 1 }),
      send: async (command) => {
        sent.push(command.target.node);
        return { ok: true };
      },
      stop: () => Promise.resolve(),
    };
    const h = await house(
      "thief",
      said(`nodes: [${node("taken-a")}, ${node("thief-b")}], readings: [${reading("taken-a")}], gone: ["taken-a"]`),
      own,
    );
    await repeat(
      () => h.say("thief/a", "hello"),
      () => expect(h.problems("adapter-node-taken").length).toBeGreaterThan(0),
    );
    expect(h.node("taken-a")).toMatchObject({ name: "Ours" });
    expect(h.node("thief-b")).toMatchObject({ dialect: "thief" });
    expect(h.inputs.some((i) => i.kind === "readings" || i.kind === "nodeGone")).toBe(false);
    await h.adapter.send(
      { target: { node: "taken-a", endpoint: 1 }, capability: "onOff", command: "on", args: {} },
      taken,
    );
    expect(sent).toEqual(["taken-a"]);
  });
});
