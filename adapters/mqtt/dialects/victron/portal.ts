/** One GX device: keeps it talking, and keeps back a service's messages until it is known who the service is. */
import type { MqttMessage, MqttPublish } from "../../dialect.ts";
import { get, parseJson } from "../../json.ts";
import { deviceKey, type Notice } from "./topic.ts";

/** It falls silent after 60 s without a request (dbus-flashmq, "Keep-alive"). */
const ASK_EVERY_MS = 30_000;
const LAPSED_MS = 60_000;
/** A service that names no serial number is taken as it is after this. */
const PATIENCE_MS = 30_000;
const MAX_SERVICES = 200;
const MAX_HELD = 600;

/** Several of these may share the serial number of the board that they are wired to. */
const wired = new Set(["tank", "temperature", "digitalinput", "pulsemeter", "switch"]);

interface Service {
  readonly since: number;
  readonly held: MqttMessage[];
  product: string | undefined;
}

export class Portal {
  readonly #portal: string;
  readonly #services = new Map<string, Service>();
  readonly #identities = new Map<string, string>();
  #asked: number | undefined;

  constructor(portal: string) {
    this.#portal = portal;
  }

  /** The request that is due now, if any: all values at first and after a lapse, else only to stay awake. */
  ask(prefix: string, at: number): readonly MqttPublish[] {
    const since = this.#asked === undefined ? Number.POSITIVE_INFINITY : Math.abs(at - this.#asked);
    if (since < ASK_EVERY_MS) return [];
    this.#asked = at;
    const payload = since > LAPSED_MS ? "" : '{"keepalive-options":["suppress-republish"]}';
    return [{ topic: `${prefix}R/${this.#portal}/keepalive`, payload, qos: 0 }];
  }

  /** `own:victron/…` of a device whose identity is settled. */
  identity(key: string): string {
    return this.#identities.get(key) ?? `own:victron/${key.replaceAll("/", "-")}`;
  }

  /** What can be read now: the message itself, or what was kept back until now, or nothing yet. */
  take(notice: Notice, message: MqttMessage): readonly MqttMessage[] {
    if (!notice.service) return notice.path === "full_publish_completed" ? this.#all() : this.#late(message.at);
    const key = deviceKey(notice);
    const late = this.#late(message.at);
    if (this.#identities.has(key)) return [...late, message];
    if (key.endsWith("/gx") || key.endsWith("/settings")) {
      this.#settle(key, key.slice(key.indexOf("/") + 1));
      return [...late, message];
    }
    if (this.#services.size >= MAX_SERVICES && !this.#services.has(key)) return late;
    const service = this.#services.get(key) ?? { since: message.at, held: [], product: undefined };
    this.#services.set(key, service);
    service.held.push(message);
    const value = get(parseJson(message.payload), "value");
    if (notice.path === "ProductId" && typeof value === "number") service.product = String(value);
    const serial = notice.path === "Serial" && typeof value === "string" ? value.trim() : "";
    if (serial && !wired.has(notice.service)) return [...late, ...this.#release(key, service, serial)];
    return service.held.length >= MAX_HELD ? [...late, ...this.#release(key, service)] : late;
  }

  #all(): readonly MqttMessage[] {
    return [...this.#services].flatMap(([key, service]) => this.#release(key, service));
  }

  #late(at: number): readonly MqttMessage[] {
    if (this.#services.size === 0) return [];
    const due = [...this.#services].filter(([, service]) => at - service.since > PATIENCE_MS);
    return due.flatMap(([key, service]) => this.#release(key, service));
  }

  #release(key: string, service: Service, serial?: string): readonly MqttMessage[] {
    this.#services.delete(key);
    const [, kind = "", instance = ""] = key.split("/");
    const name = `${kind}-${serial ?? (service.product === undefined ? instance : `${service.product}-${instance}`)}`;
    this.#settle(key, name);
    return service.held;
  }

  /** Two instances with one serial number are two things still. */
  #settle(key: string, name: string): void {
    const address = `own:victron/${this.#portal}-${name}`;
    const taken = [...this.#identities.values()].includes(address);
    this.#identities.set(key, taken ? `${address}-${key.slice(key.lastIndexOf("/") + 1)}` : address);
  }
}
