import { createServer, type Server } from "node:net";
import { Aedes, type AedesPublishPacket, type PublishPacket } from "aedes";
import { afterEach, describe, expect, test, vi } from "vitest";
import { dialects } from "../../../adapters/mqtt/dialects/index.ts";
import { createMqtt, type Ear, type MqttAdapter } from "../../../adapters/mqtt/link.ts";
import type { NodeDescription } from "../../../hub/model/node.ts";
import type { AdapterInput, Log } from "../../../hub/ports.ts";
import { home as tasmota } from "./fixtures/tasmota.ts";

const boiler = "mac-dc4f22000001";
const lines: string[] = [];
const log: Log = {
  info: (fields, message) => void lines.push(JSON.stringify(fields) + message),
  warn: (fields, message) => void lines.push(JSON.stringify(fields) + message),
  error: (fields, message) => void lines.push(JSON.stringify(fields) + message),
};

interface Broker {
  readonly aedes: Aedes;
  readonly server: Server;
  readonly port: number;
  readonly sent: AedesPublishPacket[];
}

async function openBroker(port = 0): Promise<Broker> {
  const aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle);
  await new Promise<void>((resolve) => server.listen(port, "127.0.0.1", resolve));
  const sent: AedesPublishPacket[] = [];
  aedes.on("publish", (packet, client) => {
    if (client) sent.push(packet);
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return { aedes, server, port: address.port, sent };
}

async function close({ aedes, server }: Broker): Promise<void> {
  await new Promise<void>((resolve) => aedes.close(() => resolve()));
  await new Promise<void>((resolve) => server.close(() => resolve()));
}

const say = (broker: Broker, topic: string, body: string | Buffer | object, retain = false): Promise<void> => {
  const payload = typeof body === "string" || Buffer.isBuffer(body) ? body : JSON.stringify(body);
  const packet: PublishPacket = { cmd: "publish", topic, payload, qos: 0, retain, dup: false };
  return new Promise((resolve, reject) => broker.aedes.publish(packet, (error) => (error ? reject(error) : resolve())));
};

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const end of ending.splice(0).reverse()) await end();
});

async function connected(broker: Broker, ear?: Ear): Promise<{ link: MqttAdapter; inputs: AdapterInput[] }> {
  const inputs: AdapterInput[] = [];
  const link = createMqtt({
    own: { name: "own", url: `mqtt://127.0.0.1:${broker.port}`, username: "hub", password: "s3cret" },
    hubId: "hub",
    dialects,
    log,
    clock: { now: () => Date.now() },
    retryMs: 20,
  });
  if (ear) link.hear(ear);
  ending.push(() => link.stop());
  await link.start((input) => inputs.push(input));
  return { link, inputs };
}

const nodeOf = (inputs: readonly AdapterInput[]): NodeDescription => {
  const found = inputs.find((i) => i.kind === "nodeFound" && i.node.id === boiler);
  if (found?.kind !== "nodeFound") throw new Error("the boiler has not been found");
  return found.node;
};
const command = (name: string) => ({
  target: { node: boiler, endpoint: 1 },
  capability: "onOff",
  command: name,
  args: {},
});

describe("the link to a broker", () => {
  test("hears what is kept and what is new, asks its questions, and sends commands that are not kept", async () => {
    const broker = await openBroker();
    ending.push(() => close(broker));
    for (const [topic, body, retained] of tasmota) if (retained) await say(broker, topic, body, true);
    const { link, inputs } = await connected(broker);
    await vi.waitFor(() => nodeOf(inputs));
    await say(broker, "camera/picture", Buffer.from([0xff, 0xd8, 0xff, 0xe0]));
    await say(broker, "stat/boiler/POWER", "ON");
    await vi.waitFor(() => expect(inputs).toContainEqual(expect.objectContaining({ kind: "readings" })));
    await vi.waitFor(() => expect(broker.sent.map((p) => p.topic)).toContain("cmnd/boiler/STATUS"));
    expect(await link.send(command("off"), nodeOf(inputs))).toEqual({ ok: true });
    await vi.waitFor(() => {
      const sent = broker.sent.find((p) => p.topic === "cmnd/boiler/POWER");
      expect([String(sent?.payload), sent?.qos, sent?.retain]).toEqual(["OFF", 1, false]);
    });
    expect(await link.send(command("explode"), nodeOf(inputs))).toEqual({
      ok: false,
      reason: "this device has no command onOff.explode",
    });
    expect(inputs.filter((i) => i.kind === "problem")).toEqual([]);
  });

  test("an ear takes topics for itself, is told what was only kept, and no dialect reads them", async () => {
    const broker = await openBroker();
    ending.push(() => close(broker));
    await say(broker, "house/ask/answer", "old", true);
    const heard: [string, string, boolean][] = [];
    const { link } = await connected(broker, (topic, payload, retained) => {
      if (topic !== "house/ask/answer") return false;
      heard.push([topic, Buffer.from(payload).toString(), retained]);
      return true;
    });
    await vi.waitFor(() => expect(heard).toEqual([["house/ask/answer", "old", true]]));
    await say(broker, "house/ask/answer", "new");
    await say(broker, "house/other", "21.5");
    await vi.waitFor(() => expect(link.last("house/other")).toBeDefined());
    expect(heard.slice(1)).toEqual([["house/ask/answer", "new", false]]);
    expect(link.last("house/ask/answer")).toBeUndefined();
  });

  test("makes a device of many announcements whole when they have all come, though nothing more is said", async () => {
    const broker = await openBroker();
    ending.push(() => close(broker));
    for (let n = 0; n < 60; n += 1) {
      const body = { dev: { ids: ["m"] }, uniq_id: `m${n}`, stat_t: `m/${n}`, unit_of_meas: "W" };
      await say(broker, `homeassistant/sensor/m${n}/config`, body, true);
    }
    const { inputs } = await connected(broker);
    const told = () => inputs.flatMap((i) => (i.kind === "nodeFound" ? [i.node] : []));
    await vi.waitFor(() => expect(JSON.stringify(told().at(-1)).match(/"m\/\d+#/g)).toHaveLength(60), {
      timeout: 45_000,
    });
  }, 60_000);

  test("comes back by itself when the broker does, and says so while it is away", async () => {
    const first = await openBroker();
    const { link, inputs } = await connected(first);
    for (const [topic, body] of tasmota) await say(first, topic, body);
    await vi.waitFor(() => nodeOf(inputs));
    await close(first);
    await vi.waitFor(async () =>
      expect(await link.send(command("on"), nodeOf(inputs))).toEqual({
        ok: false,
        reason: "the hub has no connection to the MQTT broker",
      }),
    );
    const again = await openBroker(first.port);
    ending.push(() => close(again));
    await vi.waitFor(async () => expect(await link.send(command("on"), nodeOf(inputs))).toEqual({ ok: true }), {
      timeout: 15_000,
    });
    const before = inputs.length;
    await vi.waitFor(async () => {
      await say(again, "stat/boiler/POWER", "OFF");
      expect(inputs.length).toBeGreaterThan(before);
    });
  });

  test("starts without a broker, and never logs a password", async () => {
    const gone = await openBroker();
    await close(gone);
    const { link, inputs } = await connected(gone);
    expect(inputs).toEqual([]);
    const late = await openBroker(gone.port);
    ending.push(() => close(late));
    await vi.waitFor(() => expect(late.aedes.connectedClients).toBe(1), { timeout: 15_000 });
    expect((await link.send(command("on"), { ...nodeStub })).ok).toBe(false);
    expect(lines.join("\n")).toContain("127.0.0.1");
    expect(lines.join("\n")).not.toContain("s3cret");
  });
});

const nodeStub: NodeDescription = {
  id: boiler,
  name: "Boiler",
  adapter: "mqtt",
  dialect: "tasmota",
  addresses: [],
  endpoints: [],
};
