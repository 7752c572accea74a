import { readFileSync } from "node:fs";
import { connect as connectSocket } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { startBroker } from "../../hub/broker/start.ts";
import { listeningLog, temporaryFolder } from "../storage/support.ts";
import { connectPacket, packet, text } from "./packets.ts";
import { brokerIn, clientOf, rawExchange, sleepingClient } from "./support.ts";

const nothing = { load: () => [], write: () => {} };

async function leaveSession(port: number, clientId: string): Promise<void> {
  const client = await clientOf(port, { clientId, clean: false });
  await client.subscribeAsync("t", { qos: 1 });
  await client.endAsync();
}

describe("what the broker keeps is bounded", () => {
  test("aedes is 1.2.0 or newer: before, unfinished QoS 2 messages fill the memory (GHSA-5jvp-3p2v-5qgf)", () => {
    const file = new URL("../../node_modules/aedes/package.json", import.meta.url);
    const installed: { version: string } = JSON.parse(readFileSync(file, "utf8"));
    const [major = 0, minor = 0] = installed.version.split(".").map(Number);
    expect(major * 1000 + minor).toBeGreaterThanOrEqual(1002);
  });

  test("256 MiB that a header claims are not waited for", async () => {
    const broker = await brokerIn(temporaryFolder());
    const claim = Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]);
    for (let i = 0; i < 20; i++) await rawExchange(broker.port, Buffer.concat([connectPacket(`c${i}`), claim]));
    expect(broker.stats()).toMatchObject({ refused: 20, clients: 0 });
  });

  test("messages for one that sleeps, by their bytes: the oldest go", async () => {
    const broker = await brokerIn(temporaryFolder(), { limits: { queuedBytes: 50_000 } });
    await leaveSession(broker.port, "sleeper");
    const device = await clientOf(broker.port);
    for (let i = 0; i < 10; i++) await device.publishAsync("t", `${i}`.padEnd(10_000), { qos: 1 });
    expect(broker.stats()).toMatchObject({ queued: 4, dropped: 6 });
    const got: string[] = [];
    const awake = sleepingClient(broker.port, "sleeper");
    awake.on("message", (_topic, payload) => got.push(payload.toString().trim()));
    awake.connect();
    await vi.waitFor(() => expect(got).toEqual(["6", "7", "8", "9"]));
  });

  test("sessions: the one away longest ends, with what waits for it, and never one whose client is there", async () => {
    const broker = await brokerIn(temporaryFolder(), { limits: { sessions: 2 } });
    const here = await clientOf(broker.port, { clientId: "here", clean: false });
    await here.subscribeAsync("t", { qos: 1 });
    for (const id of ["first", "second"]) await leaveSession(broker.port, id);
    await here.publishAsync("t", "x", { qos: 1 });
    await vi.waitFor(() => expect(broker.stats()).toMatchObject({ sessions: 2, queued: 1 }));
    const present = await Promise.all(
      ["first", "second"].map((id) => {
        const client = sleepingClient(broker.port, id);
        client.connect();
        return new Promise((resolve) => client.once("connect", (ack) => resolve(ack.sessionPresent)));
      }),
    );
    expect(present).toEqual([false, true]);
  });

  test("retained messages: beyond, a topic is delivered and not kept, and is counted", async () => {
    const broker = await brokerIn(temporaryFolder(), { limits: { retainedMessages: 3 } });
    const device = await clientOf(broker.port);
    const seen: string[] = [];
    device.on("message", (topic) => seen.push(topic));
    await device.subscribeAsync("r/#");
    for (const topic of ["r/1", "r/2", "r/3", "r/4", "r/1"])
      await device.publishAsync(topic, "x", { qos: 1, retain: true });
    await vi.waitFor(() => expect(seen).toEqual(["r/1", "r/2", "r/3", "r/4", "r/1"]));
    expect(broker.stats()).toMatchObject({ retained: 3, dropped: 1 });
    await device.publishAsync("r/2", "", { qos: 1, retain: true });
    await device.publishAsync("r/4", "y", { qos: 1, retain: true });
    const later = await clientOf(broker.port);
    const kept: string[] = [];
    later.on("message", (topic) => kept.push(topic));
    await later.subscribeAsync("r/#");
    await vi.waitFor(() => expect(kept.sort()).toEqual(["r/1", "r/3", "r/4"]));
  });

  test("topic filters of a client: beyond, a subscription is refused", async () => {
    const broker = await brokerIn(temporaryFolder(), { limits: { subscriptions: 2 } });
    const client = await clientOf(broker.port);
    await client.subscribeAsync(["a", "b"]);
    await expect(client.subscribeAsync("c")).rejects.toThrow();
    await client.unsubscribeAsync("a");
    await client.subscribeAsync("c");
  });

  test("QoS 2 messages that nobody finishes: of clients that left, the oldest are forgotten", async () => {
    const kept = new Set<string>();
    const store = {
      load: () => [],
      write: (changes: readonly { kind: string; key: string; value: Uint8Array | undefined }[]) => {
        for (const { kind, key, value } of changes)
          if (kind === "incoming" && value) kept.add(key);
          else kept.delete(key);
      },
    };
    const broker = await startBroker({ port: 0, store, log: listeningLog(), limits: { sessions: 3 } });
    onTestFinished(() => broker.stop());
    const message = packet(0x34, text("t"), [0, 5], Buffer.from("x"));
    for (let i = 0; i < 10; i++)
      // The DISCONNECT comes with the rest: the broker closes the connection after its answer.
      await rawExchange(broker.port, Buffer.concat([connectPacket(`c${i}`, { flags: 0 }), message, packet(0xe0)]));
    await vi.waitFor(() => expect([...kept]).toEqual(["5 c7", "5 c8", "5 c9"]), { timeout: 9000 });
  });
});

describe("a client that does not read", () => {
  /** Subscribes to `t`, and then never reads again. */
  async function stuckOn(port: number, name: string) {
    const stuck = connectSocket(port, "127.0.0.1");
    onTestFinished(() => {
      stuck.destroy();
    });
    stuck.on("error", () => {});
    stuck.write(Buffer.concat([connectPacket(name), packet(0x82, [0, 1], text("t"), 0)]));
    await new Promise<void>((resolve) => {
      let length = 0;
      stuck.on("data", (data) => {
        length += data.length;
        if (length >= 9) resolve();
      });
    });
    stuck.pause();
    return stuck;
  }

  const payload = Buffer.alloc(200_000, "x");

  test("holds up nobody else for long, and gets all of it when it reads again", async () => {
    const broker = await brokerIn(temporaryFolder());
    const stuck = await stuckOn(broker.port, "stuck");
    const other = await clientOf(broker.port);
    let others = 0;
    other.on("message", () => others++);
    await other.subscribeAsync("t");
    // More than what fits into the sockets and the hundred messages that aedes has under way.
    const state = Buffer.alloc(50_000, "x");
    for (let i = 0; i < 330; i++) other.publish("t", state);
    await vi.waitFor(() => expect(others).toBe(330), { timeout: 15_000 });
    let length = 0;
    stuck.on("data", (data: Buffer) => {
      length += data.length;
    });
    stuck.resume();
    await vi.waitFor(() => expect(length).toBeGreaterThan(330 * state.length), { timeout: 15_000 });
    expect(broker.stats()).toMatchObject({ clients: 2, refused: 0 });
  });

  test("is closed when it is owed too much, alone or together with others", async () => {
    for (const limits of [{ unread: 3_000_000 }, { unreadTogether: 3_000_000 }]) {
      const log = listeningLog();
      const broker = await startBroker({ port: 0, store: nothing, log, limits });
      onTestFinished(() => broker.stop());
      await stuckOn(broker.port, "stuck");
      const other = await clientOf(broker.port);
      let others = 0;
      other.on("message", () => others++);
      await other.subscribeAsync("t");
      for (let i = 0; i < 100; i++) other.publish("t", payload);
      await vi.waitFor(() => expect(broker.stats()).toMatchObject({ clients: 1, refused: 1 }), { timeout: 15_000 });
      await vi.waitFor(() => expect(others).toBe(100), { timeout: 15_000 });
    }
  });
});

describe("the log of the broker", () => {
  test("says once to whom MQTT 5 is refused and what to do, however often the client tries", async () => {
    const lines: object[] = [];
    const log = { info() {}, warn: (fields: object) => lines.push(fields), error() {} };
    const broker = await startBroker({ port: 0, store: nothing, log });
    onTestFinished(() => broker.stop());
    const hello = connectPacket("kitchen", { level: 5 });
    for (let i = 0; i < 5; i++) expect([...(await rawExchange(broker.port, hello))]).toEqual([0x20, 2, 0, 1]);
    await expect(clientOf(broker.port, { clientId: "hall", protocolVersion: 5 })).rejects.toThrow(
      /Unacceptable protocol version/,
    );
    const told = lines.map((fields) => JSON.stringify(fields));
    expect(told).toHaveLength(2);
    for (const [i, name] of ["kitchen", "hall"].entries()) {
      expect(told[i]).toContain(name);
      expect(told[i]).toContain("external broker");
    }
  });
});
