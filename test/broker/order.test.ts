import { createConnection } from "node:net";
import mqtt from "mqtt";
import { afterEach, expect, test, vi } from "vitest";
import { startBroker } from "../../hub/broker/start.ts";
import { openBrokerStore } from "../../hub/storage/broker-store.ts";
import { temporaryFolder } from "../journeys/support/demo-hub.ts";

const quiet = { info() {}, warn() {}, error() {} };
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.reverse().splice(0)) await end();
});

/** CONNECT of a clean session named `d` (MQTT 3.1.1, section 3.1). */
const connect = Buffer.from([0x10, 13, 0, 4, ...Buffer.from("MQTT"), 4, 2, 0, 60, 0, 1, ...Buffer.from("d")]);

/** PUBLISH whose payload is its topic (MQTT 3.1.1, section 3.3); flags 1 is retained, 2 is QoS 1. */
function publish(topic: string, flags: number): Buffer {
  const id = flags === 2 ? [0, 7] : [];
  const body = [0, topic.length, ...Buffer.from(topic), ...id, ...Buffer.from(topic)];
  return Buffer.from([0x30 | flags, body.length, ...body]);
}

test("a device that sends all it has at once loses nothing: retained and other messages arrive, in order", async () => {
  const folder = temporaryFolder();
  ends.push(() => folder.remove());
  const store = openBrokerStore(folder.path, quiet);
  ends.push(() => store.close());
  const broker = await startBroker({ port: 0, store, log: quiet });
  ends.push(() => broker.stop());
  const listener = await mqtt.connectAsync(`mqtt://127.0.0.1:${broker.port}`);
  ends.push(() => listener.endAsync());
  await listener.subscribeAsync("#");
  const seen: string[] = [];
  listener.on("message", (topic) => seen.push(topic));

  const sent = [publish("lwt", 1), publish("state", 0), publish("config", 1), publish("q1", 2), publish("sensor", 0)];
  const socket = createConnection(broker.port, "127.0.0.1");
  ends.push(() => socket.destroy());
  socket.write(connect);
  await new Promise((resolve) => socket.once("data", resolve));
  // One write, so that all of it is one chunk on the wire.
  socket.write(Buffer.concat(sent));
  await vi.waitFor(() => expect(seen).toHaveLength(sent.length), 3000);
  // Order is promised within one QoS (MQTT 3.1.1, section 4.6).
  expect(seen.filter((topic) => topic !== "q1")).toEqual(["lwt", "state", "config", "sensor"]);
  expect(seen).toContain("q1");
});
