import { createConnection } from "node:net";
import mqtt from "mqtt";
import { generate, type Packet } from "mqtt-packet";
import { afterEach, expect, test, vi } from "vitest";
import { startBroker } from "../../hub/broker/start.ts";
import { openBrokerStore } from "../../hub/storage/broker-store.ts";
import { temporaryFolder } from "../journeys/support/demo-hub.ts";

const quiet = { info() {}, warn() {}, error() {} };
const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.reverse().splice(0)) await end();
});

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

  const publish = (topic: string, retain: boolean, qos: 0 | 1 = 0): Packet => ({
    cmd: "publish",
    topic,
    payload: topic,
    qos,
    retain,
    dup: false,
    ...(qos ? { messageId: 7 } : {}),
  });
  const sent = [
    publish("lwt", true),
    publish("state", false),
    publish("config", true),
    publish("q1", false, 1),
    publish("sensor", false),
  ];
  const connect: Packet = {
    cmd: "connect",
    protocolId: "MQTT",
    protocolVersion: 4,
    clean: true,
    clientId: "d",
    keepalive: 60,
  };
  const socket = createConnection(broker.port, "127.0.0.1");
  ends.push(() => socket.destroy());
  socket.write(generate(connect));
  await new Promise((resolve) => socket.once("data", resolve));
  // One write, so that all of it is one chunk on the wire.
  socket.write(Buffer.concat(sent.map((p) => generate(p))));
  await vi.waitFor(() => expect(seen).toHaveLength(sent.length), 3000);
  // Order is promised within one QoS (MQTT 3.1.1, section 4.6).
  expect(seen.filter((topic) => topic !== "q1")).toEqual(["lwt", "state", "config", "sensor"]);
  expect(seen).toContain("q1");
});
