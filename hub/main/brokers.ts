import type { MqttAdapter } from "../../adapters/mqtt/link.ts";
import type { BrokerSettings, Brokers, Store } from "../ports.ts";

/** Everybody who listens to brokers. */
interface Listeners {
  readonly mqtt: MqttAdapter;
  /** Makers' adapters, which have connections of their own. */
  readonly foreign: readonly Pick<MqttAdapter, "connect" | "disconnect">[];
}

/** The embedded broker's name among the others. */
export const OWN_BROKER = "inglenook";

/** More would only be a mistake: each is a connection that hears everything. */
const MAX_BROKERS = 7;
const MAX_PEM = 64 * 1024;
const SCHEMES: ReadonlySet<string> = new Set(["mqtt:", "mqtts:", "ws:", "wss:"]);

/** Throws RangeError naming the field and the fix. */
export function checkBroker(broker: BrokerSettings): void {
  if (!/^[a-z0-9][a-z0-9-]{0,39}$/.test(broker.name))
    throw new RangeError("name: must be 1 to 40 small letters, digits or dashes, such as kitchen-pi");
  if (broker.name === OWN_BROKER)
    throw new RangeError(`name: ${OWN_BROKER} is the hub's own broker; choose another name`);
  checkUrl(broker.url);
  for (const field of ["ca", "cert", "key"] as const) {
    const text = broker[field];
    if (text !== undefined && (text.length > MAX_PEM || !text.includes("-----BEGIN ")))
      throw new RangeError(`${field}: must be PEM text that begins with -----BEGIN`);
  }
  if ((broker.cert === undefined) !== (broker.key === undefined))
    throw new RangeError("key: a certificate and its key come together");
  if (broker.password !== undefined && broker.username === undefined)
    throw new RangeError("username: a password needs a name beside it");
}

function checkUrl(text: string): void {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (!url || !SCHEMES.has(url.protocol) || url.hostname === "" || text.length > 300)
    throw new RangeError(
      "url: must be like mqtt://192.168.1.20:1883 (mqtts:// with TLS, ws:// or wss:// over the web)",
    );
  if (url.username || url.password)
    throw new RangeError("url: leave the name and password out of the address; give them as username and password");
}

/** `mqtt://name:password@host:1883` as a person types it, as settings; the name is made of the host. Throws RangeError. */
export function brokerOf(text: string): BrokerSettings {
  if (!URL.canParse(text)) checkUrl(text);
  const url = new URL(text);
  const { username, password } = url;
  url.username = "";
  url.password = "";
  const name = `${url.hostname}-${url.port || "default"}`
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  const broker: BrokerSettings = {
    name: name.slice(0, 40),
    url: url.href,
    ...(username ? { username: decodeURIComponent(username) } : {}),
    ...(password ? { password: decodeURIComponent(password) } : {}),
  };
  checkBroker(broker);
  return broker;
}

/** The brokers that a person set up, kept over restarts. */
export const keptBrokers = (store: Store): readonly BrokerSettings[] => store.list<BrokerSettings>("broker");

/**
 * `given` are those of the command line and the configuration file: they can't be removed from the dashboard. What is set
 * and removed reaches everybody who listens, at once.
 */
export function createBrokers(
  { mqtt, foreign }: Listeners,
  store: Store,
  given: readonly BrokerSettings[],
  now: () => number,
): Brokers {
  const audit = (by: string, what: string, name: string, detail: string) =>
    store.appendAudit({ at: now(), by, what, subject: name, detail });
  const refuseGiven = (name: string): void => {
    if (name === OWN_BROKER || given.some((b) => b.name === name))
      throw new RangeError(`name: ${name} was set at the hub's start; change it there`);
  };
  const status = (name: string) => mqtt.brokers().find((b) => b.name === name);
  return {
    list: () => mqtt.brokers(),
    set(settings, by) {
      checkBroker(settings);
      refuseGiven(settings.name);
      if (!status(settings.name) && mqtt.brokers().length > MAX_BROKERS)
        throw new RangeError(`name: the hub listens to at most ${MAX_BROKERS} other brokers; remove one first`);
      store.put("broker", settings.name, settings);
      for (const listener of [mqtt, ...foreign]) listener.connect(settings);
      audit(by, "broker-set", settings.name, settings.url);
      const now = status(settings.name);
      if (!now) throw new RangeError("name: the broker could not be set up");
      return now;
    },
    remove(name, by) {
      refuseGiven(name);
      if (!status(name)) return false;
      store.remove("broker", name);
      for (const listener of [mqtt, ...foreign]) listener.disconnect(name);
      audit(by, "broker-removed", name, "");
      return true;
    },
  };
}
