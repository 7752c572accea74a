import { type Act, asPayload, forever, type Moment, type Said, Station } from "../firmware.ts";
import type { Entry } from "../kind.ts";

/** One component of a node with its topics. */
export interface Component {
  /** `sensor`, `switch`, `light` …: the part of the topic; text sensors are announced as `sensor`. */
  readonly type: string;
  readonly id: string;
  readonly name: string;
  /** What discovery says of it beside name, topics and device; `%` at the start stands for the component's own topic. */
  readonly config: Readonly<Record<string, unknown>>;
  /** Its state: one text, or several under their topic's tail. */
  state(now: Moment): string | Readonly<Record<string, string>>;
  /** `tail` is what stands before `command`, empty for the one. False: the node ignored it. */
  command?(payload: string, tail: string, now: Moment): boolean;
  /** Only told in events, never kept: no state topic of its own at the start. */
  readonly event?: boolean;
}

/** What one product adds to the firmware. */
export interface EsphomeProduct {
  readonly board: string;
  readonly platform: "ESP32" | "ESP8266";
  readonly components: readonly Component[];
  /** The ids of components whose states are to be told now. */
  step(seconds: number, now: Moment): readonly string[];
  reset?(): void;
  /** Deep sleep: s asleep after s awake. */
  readonly sleeps?: { readonly awake: number; readonly asleep: number };
}

const version = "2026.6.5";
const discoveryPrefix = "homeassistant";
const commandDelay = 0.02;

/** A node name as the compiler demands it: lower case letters, digits and hyphens. */
export const slug = (name: string): string =>
  name
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .slice(0, 31) || "node";

const under = (text: string): string => slug(text).replaceAll("-", "_");

/** A node: discovery and states retained at QoS 0, presence by last will, its log on `debug` (ESPHome, MQTT client component). */
export class Esphome extends Station {
  readonly clientId: string;
  private readonly product: EsphomeProduct;
  private readonly mac: string;
  private readonly seed: number;
  private node: string;
  private friendly: string;
  private awakeUntil = Number.POSITIVE_INFINITY;

  constructor(entry: Entry, product: EsphomeProduct) {
    super(entry.name);
    this.product = product;
    this.mac = entry.id.toLowerCase();
    this.seed = entry.seed;
    this.node = slug(entry.name);
    this.friendly = entry.name;
    this.clientId = `${this.node}-${this.mac}`;
  }

  will(): Said {
    return this.own("status", "offline", true);
  }

  subscriptions(): readonly string[] {
    return [`${this.node}/+/+/command`, `${this.node}/+/+/+/command`, "esphome/discover", `esphome/ping/${this.node}`];
  }

  connected(now: Moment): Said[] {
    const { sleeps, components } = this.product;
    if (sleeps) this.awakeUntil = now.elapsed + sleeps.awake;
    return [
      this.own("status", "online", true),
      this.hello(),
      this.log("C", "mqtt.client:069", `Log Topic: ${this.node}/debug`),
      ...components.flatMap((one) => [this.discovery(one), ...(one.event ? [] : this.states(one, now))]),
    ];
  }

  step(seconds: number, now: Moment): Said[] {
    const ids = this.product.step(seconds, now);
    if (this.product.sleeps && now.elapsed >= this.awakeUntil) {
      this.awakeUntil = Number.POSITIVE_INFINITY;
      this.leave(this.product.sleeps.asleep, true);
      return [this.own("status", "offline", true)];
    }
    return this.tell(ids, now);
  }

  receive(topic: string, payload: string, now: Moment): Said[] {
    if (topic === "esphome/discover" || topic === `esphome/ping/${this.node}`) return [this.hello()];
    const [type, id, tail = "", last] = topic.slice(this.node.length + 1).split("/");
    const component = this.product.components.find((one) => one.type === type && one.id === id);
    if (!component) return [];
    const done = component.command?.(payload, last === undefined ? "" : tail, now);
    if (!done)
      return [this.log("W", component.type, `'${component.name}': Unrecognized value ${payload.slice(0, 80)}`)];
    return this.tell([component.id], now).map((said) => ({ ...said, after: commandDelay }));
  }

  act(_name: string, act: Act, now: Moment): Said[] {
    if (act === "counter") this.product.reset?.();
    if (act === "reboot") {
      this.leave(6, true);
      return [this.own("status", "offline", true)];
    }
    if (act === "offline") this.leave(forever, false);
    // A new name is a new firmware: the old node's retained topics stay unless someone clears them.
    if (act === "rename") {
      this.leave(20, true);
      const said = [this.own("status", "offline", true)];
      this.node = `${this.node}-2`;
      this.friendly = `${this.friendly} 2`;
      return said;
    }
    // `esphome clean-mqtt` clears what the node left on the broker.
    if (act === "remove") {
      this.leave(forever, true);
      const topics = this.connected(now).filter(({ retain }) => retain);
      return topics.map((said) => ({ ...said, payload: "" }));
    }
    return [];
  }

  private tell(ids: readonly string[], now: Moment): Said[] {
    return this.product.components.filter(({ id }) => ids.includes(id)).flatMap((one) => this.states(one, now));
  }

  private states(component: Component, now: Moment): Said[] {
    const state = component.state(now);
    const base = `${component.type}/${component.id}`;
    const retain = !component.event;
    if (typeof state === "string") return [this.own(`${base}/state`, state, retain)];
    return Object.entries(state).map(([tail, text]) =>
      this.own(tail === "" ? `${base}/state` : `${base}/${tail}/state`, text, retain),
    );
  }

  private discovery(component: Component): Said {
    const base = `${this.node}/${component.type}/${component.id}`;
    const own = Object.entries(component.config).map(([key, value]) => [
      key,
      typeof value === "string" && value.startsWith("%/") ? `${base}${value.slice(1)}` : value,
    ]);
    const body = {
      ...Object.fromEntries(own),
      name: component.name,
      avty_t: `${this.node}/status`,
      uniq_id: `ESP${component.type}${component.id}`,
      dev: {
        ids: this.mac,
        name: this.friendly,
        sw: `${version} (config hash 0x${(this.seed >>> 0).toString(16).padStart(8, "0")})`,
        mdl: this.product.board,
        mf: "Espressif",
        cns: [["mac", this.mac]],
      },
    };
    return this.raw(
      `${discoveryPrefix}/${component.type}/${this.node}/${component.id}/config`,
      JSON.stringify(body),
      true,
    );
  }

  private hello(): Said {
    const { platform, board } = this.product;
    const body = {
      ip: `192.168.1.${20 + (this.seed % 200)}`,
      name: this.node,
      friendly_name: this.friendly,
      port: 6053,
      version,
      mac: this.mac,
      platform,
      board,
      network: "wifi",
    };
    return this.raw(`esphome/discover/${this.node}`, JSON.stringify(body), true);
  }

  /** The log as the node prints it, with the colours of a terminal: nothing to be read by machines. */
  private log(level: string, tag: string, text: string): Said {
    return this.own("debug", `\u001b[0;36m[${level}][${tag}]: ${text}\u001b[0m`, false);
  }

  private own(tail: string, payload: string, retain: boolean): Said {
    return this.raw(`${this.node}/${tail}`, payload, retain);
  }

  private raw(topic: string, payload: string, retain: boolean): Said {
    return { topic, payload: asPayload(payload), retain, qos: 0, from: this.name };
  }
}

/** A sensor with the accuracy that its configuration gives it. */
export function sensor(
  name: string,
  value: (now: Moment) => number,
  digits: number,
  about: { readonly unit: string; readonly device: string; readonly state?: string },
): Component {
  return {
    type: "sensor",
    id: under(name),
    name,
    config: {
      sug_dsp_prc: digits,
      unit_of_meas: about.unit,
      stat_cla: about.state ?? "measurement",
      dev_cla: about.device,
      stat_t: "%/state",
    },
    // What is not a number is told as such.
    state: (now) => (Number.isFinite(value(now)) ? value(now).toFixed(digits) : "nan"),
  };
}

/** ON and OFF as the node reads them: TOGGLE too, in any case. */
export function switched(payload: string, now: boolean): boolean | undefined {
  const word = payload.toUpperCase();
  if (word === "ON" || word === "OFF") return word === "ON";
  return word === "TOGGLE" ? !now : undefined;
}
