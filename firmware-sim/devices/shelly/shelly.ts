import { noise } from "../../random.ts";
import type { World } from "../../world.ts";
import { isObject, type Message, type MqttDevice, parseObject } from "../device.ts";

/** How one Shelly was set up: data of the home. */
export interface ShellyConfig {
  readonly name: string;
  /** Device id, also its topic prefix: `shellypro3em-0123456789ab`. */
  readonly id: string;
  readonly ip: string;
}

export type Components = Readonly<Record<string, Record<string, unknown>>>;

/** What one product adds to the firmware: its components, their configuration, and the methods they take. */
export interface ShellyProduct {
  readonly model: string;
  readonly app: string;
  readonly gen: number;
  readonly profile?: string;
  readonly configs: Components;
  readonly uiData?: object;
  status(world: World): Components;
  /** The components (whole or in part) that are to be notified now; empty when nothing is due. */
  notify(seconds: number, world: World): Components;
  /** A component method such as `Switch.Set`; undefined when the product does not know it. */
  call(method: string, params: Readonly<Record<string, unknown>>, world: World): CallResult | undefined;
}

export type CallResult =
  | { readonly result: unknown; readonly notify?: Components }
  | { readonly error: { readonly code: number; readonly message: string } };

/** JSON-RPC answers over MQTT are at most this long in a `src` we would publish to. */
const longestSource = 128;
const version = "1.7.5";

/** The refusal for a missing or impossible argument (Shelly API, Common Errors). */
export function badArgument(name: string, value: unknown): CallResult {
  return { error: { code: -105, message: `Argument '${name}', value ${JSON.stringify(value)} not found!` } };
}

/** Firmware of the second and later generations over MQTT: RPC, notifications, presence (Shelly API docs, gen2, Mqtt). */
export class ShellyDevice implements MqttDevice {
  readonly clientId: string;
  readonly qos = 1;
  readonly names: readonly string[];
  readonly will: Message;
  readonly subscriptions: readonly string[];
  private readonly config: ShellyConfig;
  private readonly product: ShellyProduct;
  private readonly mac: string;

  constructor(config: ShellyConfig, product: ShellyProduct) {
    this.config = config;
    this.product = product;
    this.clientId = config.id;
    this.mac = (config.id.split("-")[1] ?? "").toUpperCase();
    this.names = [config.name];
    this.will = this.say(`${config.id}/online`, "false", true);
    this.subscriptions = [`${config.id}/rpc`];
  }

  announce(world: World): Message[] {
    return [
      this.say(`${this.config.id}/online`, "true", true),
      this.event("NotifyFullStatus", this.status(world), world),
    ];
  }

  /** What the device answers a hub named `hub` that asks who it is and how it is set up. */
  introduce(hub: string, world: World): Message[] {
    return ["Shelly.GetDeviceInfo", "Shelly.GetConfig"].flatMap((method, i) =>
      this.receive(`${this.config.id}/rpc`, JSON.stringify({ id: i + 1, src: hub, method }), world),
    );
  }

  step(seconds: number, world: World): Message[] {
    const changed = this.product.notify(seconds, world);
    return Object.keys(changed).length > 0 ? [this.event("NotifyStatus", changed, world)] : [];
  }

  receive(_topic: string, payload: string, world: World): Message[] {
    const request = parseObject(payload);
    const { id, src, method, params } = request ?? {};
    // Without a method or a return address there is nothing to do and nobody to tell.
    if (typeof method !== "string") return [];
    const called = this.call(method, isObject(params) ? params : {}, world);
    const messages: Message[] = [];
    if (typeof src === "string" && src !== "" && src.length <= longestSource && !/[#+]/.test(src)) {
      const answer = "error" in called ? { error: called.error } : { result: called.result };
      messages.push(this.say(`${src}/rpc`, { id: id ?? null, src: this.config.id, dst: src, ...answer }, false));
    }
    if (!("error" in called) && called.notify) messages.push(this.event("NotifyStatus", called.notify, world));
    return messages;
  }

  private call(method: string, params: Readonly<Record<string, unknown>>, world: World): CallResult {
    switch (method) {
      case "Shelly.GetDeviceInfo":
        return { result: this.info() };
      case "Shelly.GetConfig":
        return { result: this.settings() };
      case "Shelly.GetStatus":
        return { result: this.status(world) };
      case "Shelly.GetComponents":
        return { result: { components: [], cfg_rev: 21, offset: 0, total: 0 } };
      case "Sys.GetStatus":
        return { result: this.sys(world) };
      default: {
        const [type = "", verb = ""] = method.split(".");
        if (verb === "GetStatus" || verb === "GetConfig") return this.component(type, verb, params, world);
        const answer = this.product.call(method, params, world);
        return answer ?? { error: { code: 404, message: `No handler for ${method}` } };
      }
    }
  }

  private component(type: string, verb: string, params: Readonly<Record<string, unknown>>, world: World): CallResult {
    const key = `${type.toLowerCase()}:${String(params.id)}`;
    const all = verb === "GetStatus" ? this.product.status(world) : this.product.configs;
    const found = Object.hasOwn(all, key) ? all[key] : undefined;
    return found ? { result: found } : badArgument("id", params.id ?? null);
  }

  private info(): object {
    return {
      name: this.config.name,
      id: this.config.id,
      mac: this.mac,
      slot: 0,
      model: this.product.model,
      gen: this.product.gen,
      fw_id: "20260311-095857/1.7.5-g9979d16",
      ver: version,
      app: this.product.app,
      auth_en: false,
      auth_domain: null,
      ...(this.product.profile ? { profile: this.product.profile } : {}),
    };
  }

  private settings(): object {
    const { id, name } = this.config;
    return {
      ...this.product.configs,
      mqtt: {
        enable: true,
        server: "hub.local:1883",
        client_id: id,
        user: null,
        ssl_ca: null,
        topic_prefix: id,
        rpc_ntf: true,
        status_ntf: false,
        use_client_cert: false,
        enable_rpc: true,
        enable_control: true,
      },
      sys: {
        device: { name, mac: this.mac, fw_id: "20260311-095857/1.7.5-g9979d16", discoverable: true, eco_mode: false },
        location: { tz: "Europe/Berlin", lat: 54, lon: 10.2 },
        debug: {
          level: 2,
          file_level: null,
          mqtt: { enable: false },
          websocket: { enable: false },
          udp: { addr: null },
        },
        ui_data: this.product.uiData ?? {},
        rpc_udp: { dst_addr: null, listen_port: null },
        cfg_rev: 21,
      },
    };
  }

  private status(world: World): Components {
    return {
      ble: {},
      cloud: { connected: false },
      mqtt: { connected: true },
      ...this.product.status(world),
      sys: this.sys(world),
      wifi: {
        sta_ip: this.config.ip,
        status: "got ip",
        ssid: "inglenook",
        rssi: Math.round(-58 + 6 * noise(world.seed, 61, world.at / 1000, 5000)),
      },
      ws: { connected: false },
    };
  }

  private sys(world: World): Record<string, unknown> {
    const unix = Math.floor(world.at / 1000);
    return {
      mac: this.mac,
      restart_required: false,
      time: world.clock.iso(world.at).slice(11, 16),
      unixtime: unix,
      last_sync_ts: unix - (unix % 3600),
      uptime: unix % 5_000_000,
      ram_size: 260_000,
      ram_free: 131_000,
      ram_min_free: 98_000,
      fs_size: 1_048_576,
      fs_free: 540_000,
      cfg_rev: 21,
      kvs_rev: 0,
      schedule_rev: 0,
      webhook_rev: 0,
      available_updates: {},
      reset_reason: 3,
      utc_offset: world.clock.offset(world.at) / 1000,
    };
  }

  private event(method: string, components: Components, world: World): Message {
    const { id } = this.config;
    const params = { ts: Math.round(world.at / 10) / 100, ...components };
    return this.say(`${id}/events/rpc`, { src: id, dst: `${id}/events`, method, params }, false);
  }

  private say(topic: string, body: object | string, retain: boolean): Message {
    return { topic, payload: typeof body === "string" ? body : JSON.stringify(body), retain, from: this.config.name };
  }
}
