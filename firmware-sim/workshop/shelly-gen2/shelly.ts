import { isObject, parseObject, round } from "../../devices/device.ts";
import { type Act, asPayload, clockText, forever, type Moment, type Said, Station } from "../firmware.ts";
import type { Entry } from "../kind.ts";
import { systemStatus, wifiStatus } from "./system.ts";

export type Components = Readonly<Record<string, Record<string, unknown>>>;

export type Answer =
  | { readonly result: unknown; readonly notify?: Components }
  | { readonly error: { readonly code: number; readonly message: string } };

export interface Gen2Event {
  readonly component: string;
  readonly event: string;
}

/** What one product adds to the firmware: components, their configuration and the methods they take. */
export interface Gen2Product {
  readonly model: string;
  readonly app: string;
  /** Of the device id: `shellyplusplugs`. */
  readonly type: string;
  readonly gen: 2 | 3 | 4;
  readonly profile?: string;
  configs(): Components;
  status(now: Moment): Components;
  /** What is to be notified now, whole or in part, and what was pressed. */
  step(seconds: number, now: Moment): { readonly notify?: Components; readonly events?: readonly Gen2Event[] };
  /** `Switch.Set` and the like; undefined: no such method here. */
  call?(method: string, params: Readonly<Record<string, unknown>>, now: Moment): Answer | undefined;
  /** Simple control by `<prefix>/command/<component>`: the method it stands for. */
  simple?(component: string, words: readonly string[]): readonly [method: string, params: object] | undefined;
  reset?(): void;
  /** Battery devices: s asleep. */
  readonly sleeps?: number;
}

/** RPC answers take about this long, s; and a battery device stays awake so long. */
const answerDelay = 0.05;
const awakeSeconds = 4;
const longestSource = 128;

export const badArgument = (name: string, value: unknown): Answer => ({
  error: { code: -105, message: `Argument '${name}', value ${JSON.stringify(value ?? null)} not found!` },
});

export const missing = (name: string): Answer => ({
  error: { code: -103, message: `Missing or bad argument '${name}'!` },
});

/** Firmware of the second and later generations over MQTT (Shelly API docs, Gen2: Mqtt, Notifications, Common services). */
export class ShellyGen2 extends Station {
  readonly clientId: string;
  private readonly product: Gen2Product;
  private readonly mac: string;
  private readonly seed: number;
  private prefix: string;
  private nextPrefix: string;
  private label: string;
  private statusNotes = false;
  private revision = 14;
  private awakeUntil = Number.POSITIVE_INFINITY;

  constructor(entry: Entry, product: Gen2Product) {
    super(entry.name);
    this.product = product;
    this.mac = entry.id.toUpperCase();
    this.seed = entry.seed;
    this.label = entry.name;
    this.clientId = `${product.type}-${entry.id.toLowerCase()}`;
    this.prefix = this.clientId;
    this.nextPrefix = this.prefix;
  }

  will(): Said {
    return this.own("online", "false", true);
  }

  subscriptions(): readonly string[] {
    return [`${this.prefix}/rpc`, `${this.prefix}/command`, `${this.prefix}/command/+`, "shellies/command"];
  }

  connected(now: Moment): Said[] {
    if (this.product.sleeps !== undefined) this.awakeUntil = now.elapsed + awakeSeconds;
    const full = this.note("NotifyFullStatus", this.status(now), now);
    return [this.own("online", "true", true), full, ...this.mirrored(this.status(now))];
  }

  step(seconds: number, now: Moment): Said[] {
    const { notify = {}, events = [] } = this.product.step(seconds, now);
    if (this.product.sleeps !== undefined && now.elapsed >= this.awakeUntil) {
      this.awakeUntil = Number.POSITIVE_INFINITY;
      this.leave(this.product.sleeps, false);
      return [];
    }
    const said =
      Object.keys(notify).length > 0 ? [this.note("NotifyStatus", notify, now), ...this.mirrored(notify, now)] : [];
    if (events.length > 0) {
      const ts = round(now.wall / 1000, 2);
      const list = events.map((one) => ({ ...one, id: Number(one.component.split(":")[1]), ts }));
      said.push(this.message("NotifyEvent", { ts, events: list }));
    }
    return said;
  }

  receive(topic: string, payload: string, now: Moment): Said[] {
    const said = topic === `${this.prefix}/rpc` ? this.rpc(payload, now) : this.control(topic, payload, now);
    return said.map((one) => ({ ...one, after: answerDelay }));
  }

  act(_name: string, act: Act, now: Moment): Said[] {
    if (act === "counter") this.product.reset?.();
    if (act === "reboot") this.leave(4, false);
    if (act === "remove" || act === "offline") this.leave(forever, false);
    if (act === "rename") {
      this.configure({ topic_prefix: `${this.prefix}-2` });
      this.call("Sys.SetConfig", { config: { device: { name: `${this.label} 2` } } }, now);
      this.leave(4, false);
    }
    return [];
  }

  override absence() {
    const away = super.absence();
    // A new prefix counts from the next start.
    if (away) this.prefix = this.nextPrefix;
    return away;
  }

  private rpc(payload: string, now: Moment): Said[] {
    const request = parseObject(payload);
    const { id, src, method, params } = request ?? {};
    if (typeof method !== "string") return [];
    const called = this.call(method, isObject(params) ? params : {}, now);
    const said: Said[] = [];
    // Without an address there is nobody to tell.
    if (typeof src === "string" && src !== "" && src.length <= longestSource && !/[#+]/.test(src)) {
      const body = "error" in called ? { error: called.error } : { result: called.result };
      said.push(this.raw(`${src}/rpc`, { id: id ?? null, src: this.clientId, dst: src, ...body }, false));
    }
    return [...said, ...this.after(called, now)];
  }

  /** `shellies/command`, `<prefix>/command` and `<prefix>/command/<component>` (enable_control). */
  private control(topic: string, payload: string, now: Moment): Said[] {
    const component = topic.startsWith(`${this.prefix}/command/`) ? topic.slice(this.prefix.length + 9) : undefined;
    if (component === undefined) {
      if (payload === "announce")
        return ["shellies", this.prefix].map((p) => this.raw(`${p}/announce`, this.info(), false));
      return payload === "status_update" ? this.whole(now) : [];
    }
    if (payload === "status_update") {
      const found = this.status(now)[component];
      return found ? [this.own(`status/${component}`, found, false)] : [];
    }
    const wish = this.product.simple?.(component, payload.split(","));
    return wish ? this.after(this.call(wish[0], { ...wish[1] }, now), now) : [];
  }

  private after(called: Answer, now: Moment): Said[] {
    if ("error" in called || !called.notify) return [];
    return [this.note("NotifyStatus", called.notify, now), ...this.mirrored(called.notify, now)];
  }

  private call(method: string, params: Readonly<Record<string, unknown>>, now: Moment): Answer {
    switch (method) {
      case "Shelly.GetDeviceInfo":
        return { result: this.info() };
      case "Shelly.GetConfig":
        return { result: this.configs() };
      case "Shelly.GetStatus":
        return { result: this.status(now) };
      case "Shelly.GetComponents":
        return { result: { components: [], cfg_rev: this.revision, offset: 0, total: 0 } };
      case "Shelly.Reboot":
        this.leave(4, false);
        return { result: null };
      case "Mqtt.SetConfig":
      case "MQTT.SetConfig":
        return this.configure(isObject(params.config) ? params.config : {});
      case "Sys.SetConfig":
        return this.rename(params);
      default:
        return this.component(method, params, now);
    }
  }

  private component(method: string, params: Readonly<Record<string, unknown>>, now: Moment): Answer {
    const [type = "", verb = ""] = method.split(".");
    if (verb !== "GetStatus" && verb !== "GetConfig")
      return this.product.call?.(method, params, now) ?? { error: { code: 404, message: `No handler for ${method}` } };
    const all: Components = verb === "GetStatus" ? this.status(now) : this.configs();
    const key = params.id === undefined ? type.toLowerCase() : `${type.toLowerCase()}:${String(params.id)}`;
    const found = Object.hasOwn(all, key) ? all[key] : undefined;
    return found ? { result: found } : badArgument("id", params.id);
  }

  private configure(config: Readonly<Record<string, unknown>>): Answer {
    const { topic_prefix: prefix, status_ntf: notes } = config;
    if (typeof notes === "boolean") this.statusNotes = notes;
    if (typeof prefix === "string") {
      if (prefix === "" || prefix.length > 300 || /[#+$?%]/.test(prefix)) return missing("topic_prefix");
      this.nextPrefix = prefix;
    }
    this.revision += 1;
    return { result: { restart_required: this.nextPrefix !== this.prefix } };
  }

  private rename(params: Readonly<Record<string, unknown>>): Answer {
    const config = isObject(params.config) ? params.config : {};
    const name = isObject(config.device) ? config.device.name : undefined;
    if (typeof name === "string") this.label = name.slice(0, 64);
    this.revision += 1;
    return { result: { restart_required: false } };
  }

  private info(): object {
    const { model, app, gen, profile } = this.product;
    return {
      name: this.label,
      id: this.clientId,
      mac: this.mac,
      slot: 0,
      model,
      gen,
      fw_id: "20260311-095857/1.7.5-g9979d16",
      ver: "1.7.5",
      app,
      auth_en: false,
      auth_domain: null,
      ...(profile ? { profile } : {}),
    };
  }

  private configs(): Components {
    return {
      ...this.product.configs(),
      mqtt: {
        enable: true,
        server: "broker:1883",
        client_id: this.clientId,
        user: null,
        ssl_ca: null,
        topic_prefix: this.nextPrefix,
        rpc_ntf: true,
        status_ntf: this.statusNotes,
        use_client_cert: false,
        enable_rpc: true,
        enable_control: true,
      },
      sys: {
        device: { name: this.label, mac: this.mac, fw_id: "20260311-095857/1.7.5-g9979d16", discoverable: true },
        location: { tz: "Europe/Berlin", lat: 52.5, lon: 13.4 },
        ui_data: {},
        cfg_rev: this.revision,
      },
    };
  }

  private status(now: Moment): Components {
    return {
      ble: {},
      cloud: { connected: false },
      mqtt: { connected: true },
      ...this.product.status(now),
      sys: systemStatus(this.mac, this.revision, clockText(now.wall).slice(11, 16), now),
      wifi: wifiStatus(this.seed, now),
    };
  }

  private whole(now: Moment): Said[] {
    return Object.entries(this.status(now)).map(([key, body]) => this.own(`status/${key}`, body, false));
  }

  /** With status_ntf on, each component is also told whole under `status/`; not retained. */
  private mirrored(changed: Components, now?: Moment): Said[] {
    if (!this.statusNotes) return [];
    const all = now ? this.status(now) : changed;
    return Object.keys(changed).map((key) => this.own(`status/${key}`, all[key] ?? {}, false));
  }

  private note(method: string, components: Components, now: Moment): Said {
    return this.message(method, { ts: round(now.wall / 1000, 2), ...components });
  }

  private message(method: string, params: object): Said {
    return this.own("events/rpc", { src: this.clientId, dst: `${this.prefix}/events`, method, params }, false);
  }

  private own(tail: string, body: object | string, retain: boolean): Said {
    return this.raw(`${this.prefix}/${tail}`, body, retain);
  }

  private raw(topic: string, body: object | string, retain: boolean): Said {
    return { topic, payload: asPayload(body), retain, qos: 1, from: this.name };
  }
}
