import { connect as connectSocket } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { BrokerError } from "../../hub/broker/error.ts";
import { startBroker } from "../../hub/broker/start.ts";
import { listeningLog, temporaryFolder } from "../storage/support.ts";
import { connectPacket, text } from "./packets.ts";
import { brokerIn, clientOf, rawExchange, retainedOf } from "./support.ts";

const empty = { load: () => [], write: () => {} };

describe("the broker's door", () => {
  test("says which port is taken and what to do", async () => {
    const first = await brokerIn(temporaryFolder());
    const second = startBroker({ port: first.port, store: empty, log: listeningLog() });
    await expect(second).rejects.toThrow(BrokerError);
    await expect(second).rejects.toMatchObject({ code: "port-taken", fix: expect.stringContaining("--mqtt-port") });
    const nowhere = startBroker({ port: 0, host: "192.0.2.1", store: empty, log: listeningLog() });
    await expect(nowhere).rejects.toMatchObject({ code: "no-such-address" });
  });

  test("closes at once on a header that claims more than is taken, before and after CONNECT", async () => {
    const broker = await brokerIn(temporaryFolder(), { limits: { packet: 100_000 } });
    const claim = Buffer.from([0x30, 0xff, 0xff, 0xff, 0x7f]);
    await rawExchange(broker.port, claim);
    await rawExchange(broker.port, Buffer.from([0x10, 0x81, 0x20]));
    expect([...(await rawExchange(broker.port, Buffer.concat([connectPacket("a"), claim])))]).not.toContain(0x30);
    expect(broker.stats()).toMatchObject({ refused: 3, clients: 0 });
    const client = await clientOf(broker.port);
    const closed = new Promise<void>((resolve) => client.once("close", () => resolve()));
    client.publish("big", Buffer.alloc(100_001));
    await closed;
    expect(broker.stats().refused).toBe(4);
  });

  test("takes a device list of some mebibytes, in pieces, and keeps it", async () => {
    const broker = await brokerIn(temporaryFolder());
    const client = await clientOf(broker.port);
    const list = "x".repeat(3 * 1_048_576);
    await client.publishAsync("zigbee2mqtt/bridge/devices", list, { qos: 1, retain: true });
    expect((await retainedOf(broker.port, "#")).get("zigbee2mqtt/bridge/devices")?.length).toBe(list.length);
  });

  test("closes on unfinished packets that together are too large", async () => {
    const broker = await brokerIn(temporaryFolder(), { limits: { packet: 50_000, unfinished: 100_000 } });
    const half = Buffer.concat([connectPacket("a"), Buffer.from([0x30, 0xc0, 0xb8, 0x02]), Buffer.alloc(39_990)]);
    const sockets = [1, 2, 3].map((n) => {
      const socket = connectSocket(broker.port, "127.0.0.1", () => {
        half[14] = 96 + n;
        socket.write(Buffer.from(half));
      });
      socket.resume();
      socket.on("error", () => {});
      onTestFinished(() => {
        socket.destroy();
      });
      return socket;
    });
    await vi.waitFor(() => expect(sockets.filter((socket) => socket.closed)).toHaveLength(1), { timeout: 15_000 });
    expect(broker.stats().refused).toBe(1);
  });

  test("closes on packets that break the protocol, and serves everybody else meanwhile", async () => {
    const broker = await brokerIn(temporaryFolder());
    const bystander = await clientOf(broker.port);
    const got: string[] = [];
    bystander.on("message", (_topic, payload) => got.push(payload.toString()));
    await bystander.subscribeAsync("ok/#", { qos: 1 });
    const hello = connectPacket("bad");
    const bad: [string, Buffer][] = [
      ["no CONNECT first", Buffer.from([0xc0, 0])],
      ["NUL in the client id", connectPacket("a\0b")],
      ["reserved connect flag", connectPacket("c", { flags: 3 })],
      ["password without a user", connectPacket("d", { flags: 0x42, tail: text("x") })],
      ["wildcard in a topic", Buffer.concat([hello, Buffer.from([0x30, 3, 0, 1, 0x23])])],
      ["half a surrogate in a topic", Buffer.concat([hello, Buffer.from([0x30, 5, 0, 3, 0xed, 0xa0, 0x80])])],
      ["packet id 0", Buffer.concat([hello, Buffer.from([0x32, 5, 0, 1, 0x61, 0, 0])])],
      ["QoS 3", Buffer.concat([hello, Buffer.from([0x36, 5, 0, 1, 0x61, 0, 1])])],
      ["SUBSCRIBE to nothing", Buffer.concat([hello, Buffer.from([0x82, 2, 0, 1])])],
      ["malformed filter", Buffer.concat([hello, Buffer.from([0x82, 7, 0, 1, 0, 2, 0x61, 0x23, 0])])],
      ["PINGREQ with a body", Buffer.concat([hello, Buffer.from([0xc0, 1, 0])])],
      ["a packet for clients", Buffer.concat([hello, Buffer.from([0x20, 2, 0, 0])])],
      ["length of five bytes", Buffer.concat([hello, Buffer.from([0x30, 0xff, 0xff, 0xff, 0xff, 1])])],
    ];
    for (const [what, bytes] of bad) {
      await rawExchange(broker.port, bytes);
      await bystander.publishAsync("ok/x", what, { qos: 1 });
    }
    expect(broker.stats().refused).toBe(bad.length);
    await vi.waitFor(() => expect(got).toHaveLength(bad.length));
  });

  test("asks for the right password where one is set, and lets this machine in without a name", async () => {
    const authenticate = (user: string, password: string) => user === "hub" && password === "secret";
    const broker = await brokerIn(temporaryFolder(), { authenticate });
    await expect(clientOf(broker.port, { username: "hub", password: "guess" })).rejects.toThrow(
      /Bad username or password/i,
    );
    await (await clientOf(broker.port, { username: "hub", password: "secret" })).endAsync();
    await (await clientOf(broker.port)).endAsync();
  });

  test("has room for so many connections and no more", async () => {
    const broker = await brokerIn(temporaryFolder(), { limits: { connections: 5 } });
    for (let i = 0; i < 5; i++) await clientOf(broker.port, { clientId: `c${i}` });
    await rawExchange(broker.port, connectPacket("one-too-many"));
    expect(broker.stats()).toMatchObject({ clients: 5, refused: 1 });
  });

  test("stays open when the disk takes nothing: messages go on, and the log says what that means", async () => {
    const log = listeningLog();
    const write = () => {
      throw new Error("no room");
    };
    const broker = await startBroker({ port: 0, store: { load: () => [], write }, log });
    onTestFinished(() => broker.stop());
    const client = await clientOf(broker.port);
    await client.publishAsync("a", "b", { qos: 1, retain: true });
    await client.publishAsync("a", "c", { qos: 2, retain: true });
    expect((await retainedOf(broker.port, "#")).get("a")).toBe("c");
    expect(log.lines.filter(({ level }) => level === "error")).toHaveLength(1);
  });
});
