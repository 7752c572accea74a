/** One connection to a broker for a command of the kit. */
import { connect, type IClientOptions, type MqttClient } from "mqtt";
import type { BrokerSettings } from "../../../hub/ports.ts";
import { RecordingFault } from "../recording.ts";

const CONNECT_TIMEOUT_MS = 10_000;
const RETRY_MS = 1000;

/** MQTT 3.1.1, which every broker speaks. Lost connections come back by themselves; the first one must stand. Rejects with RecordingFault. */
export function openClient(
  { url, username, password }: BrokerSettings,
  more: IClientOptions = {},
): Promise<MqttClient> {
  const client = connect(url, {
    protocolVersion: 4,
    clean: true,
    connectTimeout: CONNECT_TIMEOUT_MS,
    reconnectPeriod: RETRY_MS,
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password }),
    ...more,
  });
  return new Promise((resolve, reject) => {
    const fail = (error: Error): void => {
      client.end(true);
      const why = error.message || ("code" in error ? String(error.code) : "it does not answer");
      reject(
        new RecordingFault(
          "no-broker",
          `--mqtt: the broker ${url} can't be reached: ${why.slice(0, 200)}.`,
          "check that it runs, its address and port, and the name and password it asks for",
        ),
      );
    };
    client.once("connect", () => {
      client.off("error", fail);
      client.on("error", () => undefined);
      resolve(client);
    });
    client.on("error", fail);
  });
}

/** Subscribes; rejects with RecordingFault when the broker refuses a filter. */
export async function listenTo(client: MqttClient, topics: readonly string[]): Promise<void> {
  const granted = await client.subscribeAsync([...topics], { qos: 1 }).catch(() => []);
  const refused = topics.find((topic) => !granted.some((g) => g.topic === topic && g.qos <= 1));
  if (granted.length > 0 && refused === undefined) return;
  client.end(true);
  throw new RecordingFault(
    "no-subscription",
    `--topics: the broker does not let this user read ${refused ?? topics[0]}.`,
    "choose other topics, or give this user the right to read them",
  );
}
