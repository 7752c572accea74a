import { connect as connectSocket } from "node:net";
import { connect, connectAsync, type IClientOptions, type MqttClient } from "mqtt";
import { onTestFinished } from "vitest";
import { type BrokerOptions, type RunningBroker, startBroker } from "../../hub/broker/start.ts";
import { openBrokerStore } from "../../hub/storage/broker-store.ts";
import { listeningLog } from "../storage/support.ts";

export async function brokerIn(folder: string, options: Partial<BrokerOptions> = {}): Promise<RunningBroker> {
  const log = listeningLog();
  const store = openBrokerStore(folder, log);
  const broker = await startBroker({ port: 0, store, log, ...options });
  let ended: Promise<void> | undefined;
  const stop = () => {
    ended ??= broker.stop().then(() => store.close());
    return ended;
  };
  onTestFinished(stop);
  return { ...broker, stop };
}

/** A client that does not connect again by itself. */
export async function clientOf(port: number, options: IClientOptions = {}): Promise<MqttClient> {
  const client = await connectAsync(`mqtt://127.0.0.1:${port}`, {
    reconnectPeriod: 0,
    connectTimeout: 5000,
    ...options,
  });
  // What is sent into a connection that the broker closes is no failure of the test.
  client.on("error", () => {});
  onTestFinished(() => {
    client.end(true);
  });
  return client;
}

/** A client that is not connected yet, so that listeners can be set before the first message. */
export function sleepingClient(port: number, clientId: string): MqttClient {
  const options = { clientId, clean: false, manualConnect: true, reconnectPeriod: 0 };
  const client = connect(`mqtt://127.0.0.1:${port}`, options);
  client.on("error", () => {});
  onTestFinished(() => {
    client.end(true);
  });
  return client;
}

/** All messages that a new client gets for a filter, by topic; waits for the last retained one by a message of its own. */
export async function retainedOf(port: number, filter: string): Promise<Map<string, string>> {
  const client = await clientOf(port);
  const found = new Map<string, string>();
  const end = `end/${Math.floor(performance.now() * 1000)}`;
  const done = new Promise<void>((resolve) => {
    client.on("message", (topic, payload) => {
      if (topic === end) resolve();
      else found.set(topic, payload.toString());
    });
  });
  await client.publishAsync(end, "x", { qos: 1, retain: true });
  // One SUBSCRIBE: its retained messages come in the order of its filters.
  await client.subscribeAsync([filter, end]);
  await done;
  await client.publishAsync(end, "", { retain: true });
  await client.endAsync();
  return found;
}

/** Sends raw bytes; resolves when the broker closes the connection, with what it answered. */
export function rawExchange(port: number, bytes: Buffer): Promise<Buffer> {
  return new Promise((resolve) => {
    const socket = connectSocket(port, "127.0.0.1", () => socket.write(bytes));
    const got: Buffer[] = [];
    socket.on("data", (chunk) => got.push(chunk));
    socket.on("error", () => {});
    socket.on("close", () => resolve(Buffer.concat(got)));
    onTestFinished(() => {
      socket.destroy();
    });
  });
}
