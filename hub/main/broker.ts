import { createHash, timingSafeEqual } from "node:crypto";
import { startBroker } from "../broker/start.ts";
import type { BrokerSettings, Log } from "../ports.ts";
import { openBrokerStore } from "../storage/broker-store.ts";
import { OWN_BROKER } from "./brokers.ts";
import type { HubSettings } from "./settings.ts";

export interface Broker {
  /** For people and devices. */
  readonly url: string;
  /** For the hub itself, with its own credentials where the broker asks for some. */
  readonly own: BrokerSettings;
  /** The same with the credentials in it, for a simulated home. */
  readonly ownUrl: string;
  stop(): Promise<void>;
}

/** Compares in constant time, by hash, so that no answer tells how much of a guess was right. */
const same = (given: string, secret: string): boolean =>
  timingSafeEqual(createHash("sha256").update(given).digest(), createHash("sha256").update(secret).digest());

/** The embedded broker with its memory on disk. */
export async function openBroker(settings: HubSettings, log: Log): Promise<Broker> {
  const { mqttHost: host, mqttUser: user, mqttPassword: password } = settings;
  const store = openBrokerStore(settings.data, log);
  try {
    const authenticate =
      user && password ? { authenticate: (u: string, p: string) => same(u, user) && same(p, password) } : {};
    const broker = await startBroker({ host, port: settings.mqttPort, store, log, ...authenticate });
    const own = host === "0.0.0.0" || host === "::" ? "127.0.0.1" : host;
    const url = `mqtt://${own}:${broker.port}`;
    const credentials = user && password ? `${encodeURIComponent(user)}:${encodeURIComponent(password)}@` : "";
    return {
      url,
      ownUrl: `mqtt://${credentials}${own}:${broker.port}`,
      own: { name: OWN_BROKER, url, ...(user && password ? { username: user, password } : {}) },
      async stop() {
        await broker.stop();
        store.close();
      },
    };
  } catch (error) {
    store.close();
    throw error;
  }
}
