import { connectAsync } from "mqtt";
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from "vitest";
import { findAdapter } from "../../adapters/kit/find.ts";
import { createForeignAdapter } from "../../adapters/kit/foreign/adapter.ts";
import { createMqtt } from "../../adapters/mqtt/link.ts";
import type { RunningBroker } from "../../hub/broker/start.ts";
import { createBrokers, keptBrokers } from "../../hub/main/brokers.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { AdapterInput } from "../../hub/ports.ts";
import { openStore } from "../../hub/storage/open.ts";
import { brokerIn } from "../broker/support.ts";
import { listeningLog, temporaryFolder } from "../storage/support.ts";
import { openWorkshop, type Workshop } from "./workshop.ts";

let workshop: Workshop;
beforeAll(async () => {
  workshop = await openWorkshop();
}, 90_000);
afterAll(() => workshop.remove());

/** A maker's adapter whose device is named by its topic, and that breaks down when it is told to. */
const DECODE = `
  if (message.topic === "good/break") process.exit(7);
  const id = message.topic.replace("good/", "good-");
  return { gone: [], problems: [], publish: [], reachable: [{ node: id, reachable: true }],
    nodes: [{ id, name: "Thing", adapter: "mqtt", dialect: "good", addresses: [], endpoints: [{ number: 1, deviceTypes: ["onOffPlugInUnit"],
      capabilities: { onOff: { attributes: { onOff: { source: "x#on" } }, commands: { on: { source: "x#on" } } } } }] }],
    readings: [{ path: { node: id, endpoint: 1, capability: "onOff", attribute: "onOff" }, value: true, source: "x#on" }] };`;

const clock = { now: () => Date.now() };
const urlOf = (broker: RunningBroker): string => `mqtt://127.0.0.1:${broker.port}`;
const patient = { timeout: 60_000, interval: 100 };

/** The hub's brokers as the dashboard sets them: the hub's own link and a maker's process both listen. */
async function hubOf() {
  const own = await brokerIn(temporaryFolder());
  const log = listeningLog();
  const store = openStore(temporaryFolder(), { log, clock });
  onTestFinished(() => store.close());
  const settings = { name: "inglenook", url: urlOf(own) };
  const mqtt = createMqtt({ hubId: "hub", dialects: [], log, clock, own: settings });
  const foreign = createForeignAdapter({
    place: findAdapter(workshop.adapter("good", DECODE), "/"),
    entry: workshop.processEntry,
    ...{ own: settings, others: [], log, clock, retryMs: 50 },
  });
  const inputs: AdapterInput[] = [];
  onTestFinished(() => Promise.all([mqtt.stop(), foreign.stop()]).then(() => undefined));
  const brokers = createBrokers({ mqtt, foreign: [foreign] }, store, [], clock.now);
  const nodes = () => inputs.flatMap((i) => (i.kind === "nodeFound" ? [i.node.id] : []));
  return {
    brokers,
    foreign,
    nodes,
    store,
    start: () => Promise.all([mqtt.start(() => undefined), foreign.start((input) => inputs.push(input))]),
    /** The device speaks there until the maker's adapter has found it anew. */
    async heard(broker: RunningBroker, device: string): Promise<void> {
      const client = await connectAsync(urlOf(broker));
      const before = nodes().length;
      await vi.waitFor(async () => {
        await client.publishAsync(`good/${device}`, "hello", { qos: 1 });
        expect(nodes().slice(before)).toContain(`good-${device}`);
      }, patient);
      await client.endAsync();
    },
    said: async (broker: RunningBroker, topic: string) => {
      const client = await connectAsync(urlOf(broker));
      await client.publishAsync(topic, "hello", { qos: 1 });
      await client.endAsync();
    },
  };
}

const listeners = (broker: RunningBroker, count: number): Promise<void> =>
  vi.waitFor(() => expect(broker.stats().clients).toBe(count), patient);

describe("a maker's adapter listens where the house listens, without a restart", { timeout: 180_000 }, () => {
  test("to a broker added from the dashboard, to its new place, and no more once it is removed", async () => {
    const hub = await hubOf();
    const [attic, loft] = [await brokerIn(temporaryFolder()), await brokerIn(temporaryFolder())];
    await hub.start();
    hub.brokers.set({ name: "attic", url: urlOf(attic) }, "anna");
    await hub.heard(attic, "a");
    await listeners(attic, 2);
    hub.brokers.set({ name: "attic", url: urlOf(loft) }, "anna");
    await listeners(attic, 0);
    await hub.heard(loft, "b");
    await listeners(loft, 2);
    const command = { target: { node: "good-b", endpoint: 1 }, capability: "onOff", command: "on", args: {} };
    const node: NodeDescription = {
      ...{ id: "good-b", name: "Thing", adapter: "mqtt", dialect: "good", addresses: [], endpoints: [] },
    };
    expect(await hub.foreign.send(command, node)).toEqual({ ok: true });
    expect(hub.brokers.remove("attic", "anna")).toBe(true);
    await listeners(loft, 0);
    expect(keptBrokers(hub.store)).toEqual([]);
    expect(await hub.foreign.send(command, node)).toEqual({
      ok: false,
      reason: "the MQTT broker attic is no longer set up",
    });
  });

  test("with the password that the broker asks for, also when it is set before the adapter has started", async () => {
    const hub = await hubOf();
    const asked: string[] = [];
    const authenticate = (user: string, password: string) => {
      asked.push(`${user} ${password}`);
      return user === "hub" && password === "s3cret";
    };
    const attic = await brokerIn(temporaryFolder(), { authenticate });
    const started = hub.start();
    // Its process runs already, but its dialect is still being loaded.
    hub.brokers.set({ name: "attic", url: urlOf(attic), username: "hub", password: "s3cret" }, "anna");
    await started;
    await hub.heard(attic, "a");
    await listeners(attic, 2);
    expect(new Set(asked)).toEqual(new Set(["hub s3cret"]));
  });

  test("and does so again after it broke down: to those there are now", async () => {
    const hub = await hubOf();
    const [attic, loft] = [await brokerIn(temporaryFolder()), await brokerIn(temporaryFolder())];
    await hub.start();
    hub.brokers.set({ name: "attic", url: urlOf(attic) }, "anna");
    hub.brokers.set({ name: "loft", url: urlOf(loft) }, "anna");
    await hub.heard(attic, "a");
    await hub.heard(loft, "b");
    hub.brokers.remove("loft", "anna");
    await listeners(loft, 0);
    await hub.said(attic, "good/break");
    await hub.heard(attic, "c");
    await listeners(attic, 2);
    expect(loft.stats().clients).toBe(0);
  });
});
