import { connect as connectSocket, type Socket } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { temporaryFolder } from "../storage/support.ts";
import { connectPacket, packet, text } from "./packets.ts";
import { brokerIn, clientOf } from "./support.ts";

const COUNT = 2000;
/** Will, not retained, QoS 0 (MQTT 3.1.1, section 3.1.2.5). */
const hello = connectPacket("meter", { flags: 0x06, tail: Buffer.concat([text("out/will"), text("gone")]) });

/** PUBLISH of one size, numbered by its topic. */
const publish = (i: number, qos: 0 | 1 | 2 = 0): Buffer => {
  const id = qos === 0 ? [] : [i >> 8, i & 255];
  return packet(0x30 | (qos << 1), text(`out/${i}`), id, Buffer.alloc(150, "x"));
};
const numbers = (count: number): number[] => Array.from({ length: count }, (_, i) => i + 1);

/** A publisher's socket after its CONNACK. */
async function publisher(port: number): Promise<Socket> {
  const socket = connectSocket(port, "127.0.0.1");
  socket.on("error", () => {});
  onTestFinished(() => {
    socket.destroy();
  });
  socket.write(hello);
  await new Promise((resolve) => socket.once("data", resolve));
  return socket;
}

async function house() {
  const broker = await brokerIn(temporaryFolder());
  const listener = await clientOf(broker.port);
  const topics: string[] = [];
  listener.on("message", (topic) => topics.push(topic));
  await listener.subscribeAsync("out/#", { qos: 1 });
  /** Short, so that a failure does not list thousands. */
  const heard = () => ({
    first: topics[0],
    last: topics.at(-1),
    inOrder: topics.filter((t, i) => t === all[i]).length,
  });
  const willed = () => vi.waitFor(() => expect(topics).toContain("out/will"), { timeout: 30_000 });
  return { broker, topics, heard, willed };
}

const all = numbers(COUNT).map((i) => `out/${i}`);

describe("a device that sends all it has and is gone, without a DISCONNECT", () => {
  test("has said all of it, in order, and then its last will", { timeout: 60_000 }, async () => {
    const { broker, heard, willed } = await house();
    const bytes = Buffer.concat(numbers(COUNT).map((i) => publish(i)));
    expect(bytes.length).toBeGreaterThan(256 * 1024);
    const socket = await publisher(broker.port);
    socket.end(bytes);
    await willed();
    expect(heard()).toEqual({ first: "out/1", last: "out/will", inOrder: COUNT });
    await vi.waitFor(() => expect(broker.stats().clients).toBe(1));
    await vi.waitFor(() => expect(socket.closed).toBe(true));
  });

  test("may do so with its very first bytes", { timeout: 60_000 }, async () => {
    const { broker, heard, willed } = await house();
    const socket = connectSocket(broker.port, "127.0.0.1");
    socket.on("error", () => {});
    socket.end(Buffer.concat([hello, ...numbers(COUNT).map((i) => publish(i))]));
    await willed();
    expect(heard()).toEqual({ first: "out/1", last: "out/will", inOrder: COUNT });
  });

  test("is heard whatever the QoS, and whether or not it waits for an answer", { timeout: 60_000 }, async () => {
    const { broker, topics, willed } = await house();
    const bytes = Buffer.concat(numbers(300).map((i) => publish(i, i % 3 === 0 ? 1 : i % 3 === 1 ? 2 : 0)));
    const socket = await publisher(broker.port);
    socket.write(bytes, () => socket.destroy());
    await willed();
    expect(topics.at(-1)).toBe("out/will");
    expect(new Set(topics).size).toBe(301);
    expect(topics).toHaveLength(301);
  });

  test("no longer has its socket held open, even when it never said who it is or stopped in the middle", async () => {
    const { broker, willed } = await house();
    const mute = connectSocket(broker.port, "127.0.0.1");
    const gone = new Promise((resolve) => mute.once("close", resolve));
    mute.end();
    mute.resume();
    await gone;
    const socket = await publisher(broker.port);
    socket.end(publish(1).subarray(0, 50));
    await willed();
    await vi.waitFor(() => expect(broker.stats()).toMatchObject({ clients: 1, refused: 0 }));
  });

  test("leaves its will unsaid when it did say goodbye behind all the rest", { timeout: 60_000 }, async () => {
    const { broker, topics, heard } = await house();
    const socket = await publisher(broker.port);
    socket.end(Buffer.concat([...numbers(COUNT).map((i) => publish(i)), Buffer.from([0xe0, 0])]));
    await vi.waitFor(() => expect(broker.stats().clients).toBe(1), { timeout: 30_000 });
    const other = await publisher(broker.port);
    other.end(publish(COUNT + 1));
    await vi.waitFor(() => expect(topics).toContain("out/will"));
    expect(topics.indexOf("out/will")).toBe(COUNT + 1);
    expect(heard()).toMatchObject({ inOrder: COUNT });
  });
});
