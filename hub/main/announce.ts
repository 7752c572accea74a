import { config, configTopic } from "../../adapters/mqtt/announce/home-assistant.ts";
import {
  DOMAIN,
  description,
  deviceTopic,
  ROOT,
  rootDescription,
  valueTopic,
} from "../../adapters/mqtt/announce/homie.ts";
import { type Announced, announcedOf, readAs } from "../../adapters/mqtt/announce/settable.ts";
import type { Announcing, MqttAdapter } from "../../adapters/mqtt/link.ts";
import type { Command, Origin } from "../model/command.ts";
import { type Home, knownOf, type NodeState, nameOf } from "../model/home.ts";
import { type NodeId, parsePath, pathKey } from "../model/path.ts";
import type { Announcements, AnnounceSettings, HubEvent, Store } from "../ports.ts";

/** Devices of changed description are told anew together, ms. */
const GATHER_MS = 500;
/** Most devices that are announced; further ones are not. */
const MAX_NODES = 500;

export interface AnnounceParts {
  readonly home: Home;
  readonly store: Store;
  readonly mqtt: Pick<MqttAdapter, "announce" | "reconnect">;
  readonly now: () => number;
  readonly subscribe: (listener: (event: HubEvent) => void) => () => void;
  readonly command: (command: Command, origin: Origin) => Promise<unknown>;
}

/** What is announced of a device: by the topic of each value. */
interface Said {
  readonly byTopic: ReadonlyMap<string, Announced>;
  readonly topicOf: ReadonlyMap<string, string>;
  readonly configs: readonly string[];
}

const nothing: AnnounceSettings = { homie: false, homeAssistant: false };

export interface Announcer extends Announcements, Announcing {
  start(parts: AnnounceParts): void;
  stop(): void;
}

/** Tells others of the hub's devices, and carries out what they ask; off unless a person turned it on. */
export class MqttAnnouncer implements Announcer {
  readonly prefix = `${DOMAIN}/5/`;
  readonly #said = new Map<NodeId, Said>();
  readonly #changed = new Set<NodeId>();
  #parts: AnnounceParts | undefined;
  #settings = nothing;
  #timer: NodeJS.Timeout | undefined;
  #unsubscribe: () => void = () => undefined;

  start(parts: AnnounceParts): void {
    this.#parts = parts;
    this.#settings = parts.store.get<AnnounceSettings>("announce", "announce") ?? nothing;
    this.#unsubscribe = parts.subscribe((event) => this.#heard(event));
    if (this.#on) parts.mqtt.reconnect();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#unsubscribe();
    if (this.#on) this.#tell(`${ROOT}/$state`, "disconnected");
  }

  settings(): AnnounceSettings {
    return this.#settings;
  }

  set(settings: AnnounceSettings, by: string): void {
    const { store, mqtt, now } = this.#need();
    store.put("announce", "announce", settings);
    const said = [settings.homie ? "Homie" : "", settings.homeAssistant ? "Home Assistant" : ""].filter(Boolean);
    store.appendAudit({ at: now(), by, what: "announcing-set", subject: "mqtt", detail: said.join(", ") || "off" });
    for (const node of [...this.#said.keys()]) this.#withdraw(node);
    if (this.#on) for (const part of ["$state", "$description"]) this.#tell(`${ROOT}/${part}`, "");
    this.#settings = settings;
    // The will goes with the connection; what is announced follows when it is there.
    mqtt.reconnect();
  }

  will() {
    return this.#on ? { topic: `${ROOT}/$state`, payload: "lost", qos: 1 as const } : undefined;
  }

  connected(): void {
    if (!this.#on || !this.#parts) return;
    for (const id of this.#parts.home.nodes.keys()) this.#changed.add(id);
    this.#gather();
  }

  asked(topic: string, payload: string): void {
    if (!this.#on || !topic.endsWith("/set")) return;
    const of = topic.slice(0, -4);
    for (const { byTopic } of this.#said.values()) {
      const a = byTopic.get(of);
      const value = a?.set && readAs(a.type, payload);
      const command = value === undefined ? undefined : a?.set?.(value);
      if (!command) continue;
      const origin = { rank: "person", by: "mqtt", reason: `asked over MQTT on ${of}` } as const;
      void this.#need().command(command, origin);
      return;
    }
  }

  get #on(): boolean {
    return this.#settings.homie || this.#settings.homeAssistant;
  }

  #need(): AnnounceParts {
    if (!this.#parts) throw new Error("announcing has not begun");
    return this.#parts;
  }

  #tell(topic: string, payload: string, qos: 0 | 1 = 1): void {
    this.#need().mqtt.announce({ topic, payload, qos }, true);
  }

  #heard(event: HubEvent): void {
    if (!this.#on) return;
    if (event.type === "node") {
      this.#changed.add(event.id);
      this.#gather();
    } else if (event.type === "value" && event.known.status === "known") {
      const topic = this.#said.get(parsePath(event.key)?.node ?? "")?.topicOf.get(event.key);
      if (topic) this.#tell(topic, String(event.known.value), 0);
    }
  }

  #gather(): void {
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      for (const id of this.#changed) this.#announce(id);
      this.#changed.clear();
      if (this.#settings.homie) this.#tell(`${ROOT}/$description`, rootDescription([...this.#said.keys()]));
      this.#tell(`${ROOT}/$state`, "ready");
    }, GATHER_MS);
  }

  #withdraw(id: NodeId): void {
    const said = this.#said.get(id);
    if (!said) return;
    for (const topic of [...said.configs, ...said.byTopic.keys()]) this.#tell(topic, "");
    this.#said.delete(id);
  }

  #announce(id: NodeId): void {
    const { home } = this.#need();
    const node = home.nodes.get(id);
    if (!node) {
      this.#withdraw(id);
      return;
    }
    if (!this.#said.has(id) && this.#said.size >= MAX_NODES) return;
    const { description: d } = node;
    const roads = [d.dialect, ...(d.alsoBy ?? [])];
    const homie = this.#settings.homie && !roads.includes("homie");
    const homeAssistant = this.#settings.homeAssistant && !roads.includes("ha-discovery");
    if (!homie && !homeAssistant) {
      this.#withdraw(id);
      return;
    }
    const all = announcedOf(d);
    const base = deviceTopic(id);
    const state = `${base}/$state`;
    const configs = [state, ...(homie ? [`${base}/$description`] : []), ...(homeAssistant ? [configTopic(id)] : [])];
    const byTopic = new Map(all.map((a) => [valueTopic(id, a), a]));
    const topicOf = new Map([...byTopic].map(([topic, a]) => [keyOf(id, a), topic]));
    for (const old of this.#said.get(id)?.byTopic.keys() ?? []) if (!byTopic.has(old)) this.#tell(old, "");
    this.#said.set(id, { byTopic, topicOf, configs });
    if (homie) this.#tell(`${base}/$description`, description(d, nameOf(node), all));
    if (homeAssistant) this.#tell(configTopic(id), config(d, nameOf(node), node.settings.room, all));
    this.#tell(state, node.reachable === false ? "lost" : "ready");
    this.#values(node, topicOf);
  }

  #values(node: NodeState, topics: ReadonlyMap<string, string>): void {
    const now = this.#need().now();
    for (const [key, topic] of topics) {
      const known = knownOf(node, key, now);
      if (known.status === "known") this.#tell(topic, String(known.value), 0);
    }
  }
}

const keyOf = (node: NodeId, a: Announced): string =>
  pathKey({ node, endpoint: a.endpoint.number, capability: a.capability, attribute: a.attribute });
