import { type Act, asPayload, clockText, Every, forever, type Moment, type Said, Station } from "../firmware.ts";
import type { Entry } from "../kind.ts";
import { rssi } from "../things/air.ts";

/** A topic below the device's own, with its text. */
export type Topic = readonly [tail: string, payload: string];

/** What one product adds to the firmware of the first generation. */
export interface Gen1Product {
  /** `SHPLG-S` and the name of the type in ids: `shellyplug-s`. */
  readonly model: string;
  readonly type: string;
  readonly mode?: string;
  /** Every topic of its state. */
  topics(now: Moment): readonly Topic[];
  /** The part of `/status` that `info` carries. */
  info(now: Moment): object;
  /** The topics that are to be told now: changes of state, not measurements. */
  step(seconds: number, now: Moment): readonly Topic[];
  /** A command below the device's topic; undefined: the product has no such topic. */
  command?(tail: string, payload: string, now: Moment): readonly Topic[] | undefined;
  /** Puts its counters to zero. */
  reset?(): void;
  /** Battery devices: how long they sleep and what they say when they wake. */
  readonly sleeps?: { readonly seconds: number };
}

/** Seconds between two reports of everything (settings: mqtt_update_period), and for a command to work. */
const updatePeriod = 30;
const commandDelay = 0.08;
const awakeSeconds = 3;
const firmware = "20230913-112003/v1.14.0-gcb84623";

/**
 * Firmware of the first generation over MQTT, QoS 0, states not retained (the maker's defaults).
 * Source: Shelly Gen1 API reference, MQTT sections of each device.
 */
export class ShellyGen1 extends Station {
  readonly clientId: string;
  private readonly product: Gen1Product;
  private readonly mac: string;
  private readonly seed: number;
  private readonly update = new Every(updatePeriod);
  private id: string;
  private awakeUntil = Number.POSITIVE_INFINITY;

  constructor(entry: Entry, product: Gen1Product) {
    super(entry.name);
    this.product = product;
    this.mac = entry.id.toUpperCase();
    this.seed = entry.seed;
    this.id = `${product.type}-${this.mac.slice(-6)}`;
    this.clientId = this.id;
  }

  will(): Said {
    return this.own("online", "false", true);
  }

  subscriptions(): readonly string[] {
    const own = `shellies/${this.id}`;
    return ["shellies/command", `${own}/command`, `${own}/+/+/command/#`, `${own}/+/+/set`];
  }

  connected(now: Moment): Said[] {
    if (this.product.sleeps) this.awakeUntil = now.elapsed + awakeSeconds;
    return [this.own("online", "true", true), ...this.announce(), ...this.everything(now)];
  }

  step(seconds: number, now: Moment): Said[] {
    const changed = this.product.step(seconds, now);
    const { sleeps } = this.product;
    if (sleeps && now.elapsed >= this.awakeUntil) {
      this.awakeUntil = Number.POSITIVE_INFINITY;
      // The radio just stops: the broker finds out by itself.
      this.leave(sleeps.seconds, false);
      return [];
    }
    const due = !sleeps && this.update.due(now);
    return due ? this.everything(now) : this.tell(changed);
  }

  receive(topic: string, payload: string, now: Moment): Said[] {
    const own = `shellies/${this.id}/`;
    const tail = topic.startsWith(own) ? topic.slice(own.length) : "";
    if (topic === "shellies/command" || tail === "command") {
      if (payload === "announce") return this.announce();
      // A firmware update is not simulated: the device answers that it has none.
      if (payload === "update" || payload === "update_fw") return this.everything(now);
      return [];
    }
    if (tail === "" || (!tail.includes("/command") && !tail.endsWith("/set"))) return [];
    return this.tell(this.product.command?.(tail, payload, now) ?? [], commandDelay);
  }

  act(_name: string, act: Act, _now: Moment): Said[] {
    if (act === "counter") this.product.reset?.();
    if (act === "reboot") {
      this.product.reset?.();
      this.leave(4, false);
    }
    // The id in the topics can be set (mqtt_id); what the old one left behind stays on the broker.
    if (act === "rename") {
      this.id = `${this.id}-2`;
      this.leave(4, false);
    }
    if (act === "remove" || act === "offline") this.leave(forever, false);
    return [];
  }

  private announce(): Said[] {
    const { model, mode } = this.product;
    const ip = `192.168.1.${20 + (this.seed % 200)}`;
    const body = { id: this.id, model, mac: this.mac, ip, new_fw: false, fw_ver: firmware, ...(mode ? { mode } : {}) };
    const said = this.own("announce", JSON.stringify(body), false);
    return [{ ...said, topic: "shellies/announce" }, said];
  }

  private everything(now: Moment): Said[] {
    return this.tell([["info", JSON.stringify(this.info(now))], ...this.product.topics(now)]);
  }

  private info(now: Moment): object {
    return {
      wifi_sta: {
        connected: true,
        ssid: "workshop",
        ip: `192.168.1.${20 + (this.seed % 200)}`,
        rssi: rssi(this.seed, now),
      },
      cloud: { enabled: false, connected: false },
      mqtt: { connected: true },
      time: clockText(now.wall).slice(11, 16),
      unixtime: Math.floor(now.wall / 1000),
      serial: 1,
      has_update: false,
      mac: this.mac,
      cfg_changed_cnt: 0,
      actions_stats: { skipped: 0 },
      ...this.product.info(now),
      update: { status: "idle", has_update: false, new_version: firmware, old_version: firmware },
      ram_total: 52_056,
      ram_free: 39_000,
      fs_size: 233_681,
      fs_free: 150_600,
      uptime: Math.floor(now.elapsed),
    };
  }

  private tell(topics: readonly Topic[], after?: number): Said[] {
    return topics.map(([tail, payload]) => ({ ...this.own(tail, payload, false), ...(after ? { after } : {}) }));
  }

  private own(tail: string, payload: string, retain: boolean): Said {
    return { topic: `shellies/${this.id}/${tail}`, payload: asPayload(payload), retain, qos: 0, from: this.name };
  }
}

/** `on`, `off` and `toggle`, as the maker writes them; undefined for anything else, which the device ignores. */
export function turned(payload: unknown, now: boolean): boolean | undefined {
  if (payload === "on") return true;
  if (payload === "off") return false;
  return payload === "toggle" ? !now : undefined;
}

export const onOff = (on: boolean): string => (on ? "on" : "off");

/** Watt-minutes, the unit of `energy` topics: a counter that begins anew with each start. */
export const wattMinutes = (wh: number): string => String(Math.floor(wh * 60));
