import { noise } from "../../random.ts";
import type { World } from "../../world.ts";
import { type Cadence, type Message, type MqttDevice, round } from "../device.ts";
import { type Status, statusAnswers } from "./status.ts";

/** How one Tasmota device was set up: data of the home. */
export interface TasmotaConfig {
  readonly name: string;
  readonly topic: string;
  /** 12 hex digits. */
  readonly mac: string;
  readonly ip: string;
}

/** What one product adds to the firmware. */
export interface TasmotaProduct {
  readonly model: string;
  /** SetOption30: show the relay as a light. */
  readonly isLight: boolean;
  relay(world: World): boolean;
  setRelay(on: boolean, world: World): void;
  /** Sensors of SENSOR and STATUS10, without Time; empty when there are none. */
  sensors(world: World): Record<string, unknown>;
  /** W, for PowerDelta: a jump is reported at once. */
  power(world: World): number;
}

const firmware = "15.1.0";
const powerDelta = 60;

/** The firmware: discovery, telemetry, commands and their answers (tasmota documentation, MQTT and Commands). */
export class TasmotaDevice implements MqttDevice {
  readonly clientId: string;
  readonly qos = 0;
  readonly names: readonly string[];
  readonly will: Message;
  readonly subscriptions: readonly string[];
  private readonly config: TasmotaConfig;
  private readonly product: TasmotaProduct;
  private readonly period: number;
  private nextTele = 0;
  private relay = false;
  private power = 0;

  constructor(config: TasmotaConfig, product: TasmotaProduct, cadence: Cadence) {
    this.config = config;
    this.product = product;
    this.period = cadence.telePeriod * 1000;
    this.clientId = `DVES_${config.mac.slice(-6)}`;
    this.names = [config.name];
    this.will = this.say(`tele/${config.topic}/LWT`, "Offline", true);
    this.subscriptions = [`cmnd/${config.topic}/#`, "cmnd/tasmotas/#"];
  }

  announce(world: World): Message[] {
    const { topic, mac } = this.config;
    const discovery = `tasmota/discovery/${mac}`;
    this.relay = this.product.relay(world);
    this.nextTele = world.at + this.period;
    return [
      this.say(`tele/${topic}/LWT`, "Online", true),
      this.say(`${discovery}/config`, this.description(), true),
      this.say(`${discovery}/sensors`, { sn: this.snapshot(world), ver: 1 }, true),
      ...this.telemetry(world),
      ...this.relayResult(world),
    ];
  }

  step(_seconds: number, world: World): Message[] {
    const messages: Message[] = [];
    if (this.product.relay(world) !== this.relay) messages.push(...this.relayResult(world));
    const jumped = Math.abs(this.product.power(world) - this.power) >= powerDelta;
    if (world.at >= this.nextTele) {
      // Periods stay on their grid, as the firmware's own timer does.
      this.nextTele += Math.max(1, Math.ceil((world.at - this.nextTele + 1) / this.period)) * this.period;
      messages.push(...this.telemetry(world));
    } else if (jumped) {
      messages.push(this.sensorMessage(world));
    }
    return messages;
  }

  receive(topic: string, payload: string, world: World): Message[] {
    const command = topic.split("/")[2]?.toUpperCase() ?? "";
    if (/^POWER[01]?$/.test(command)) return this.switchRelay(payload.trim().toUpperCase(), world);
    if (command === "STATE") return [this.result(this.state(world))];
    if (command === "STATUS" || command === "STATUS0") {
      const which = command === "STATUS0" ? 0 : Number(payload.trim() || "99");
      return statusAnswers(which, this.status(world)).map(([name, body]) => this.stat(name, body));
    }
    if (command === "TELEPERIOD") return [this.result({ TelePeriod: this.period / 1000 })];
    return [this.result({ Command: "Unknown" })];
  }

  private switchRelay(word: string, world: World): Message[] {
    const now = this.product.relay(world);
    if (word === "ON" || word === "1" || word === "TRUE") this.product.setRelay(true, world);
    else if (word === "OFF" || word === "0" || word === "FALSE") this.product.setRelay(false, world);
    else if (word === "TOGGLE" || word === "2") this.product.setRelay(!now, world);
    else if (word !== "") return [this.result({ Command: "Error" })];
    return this.relayResult(world);
  }

  private relayResult(world: World): Message[] {
    this.relay = this.product.relay(world);
    const word = this.relay ? "ON" : "OFF";
    return [this.result({ POWER: word }), this.say(`stat/${this.config.topic}/POWER`, word, false)];
  }

  private telemetry(world: World): Message[] {
    const state = this.say(`tele/${this.config.topic}/STATE`, this.state(world), false);
    return this.hasSensors(world) ? [state, this.sensorMessage(world)] : [state];
  }

  private hasSensors(world: World): boolean {
    return Object.keys(this.product.sensors(world)).length > 0;
  }

  private sensorMessage(world: World): Message {
    this.power = this.product.power(world);
    return this.say(`tele/${this.config.topic}/SENSOR`, this.snapshot(world), false);
  }

  private snapshot(world: World): object {
    return { Time: world.clock.iso(world.at), ...this.product.sensors(world) };
  }

  private state(world: World): object {
    const signal = Math.round(-62 + 5 * noise(world.seed, 60, world.at / 1000 + this.config.mac.length, 4000));
    const uptime = Math.floor((world.at / 1000) % 8_000_000);
    const rest = uptime % 86_400;
    const clock = new Date(rest * 1000).toISOString().slice(11, 19);
    return {
      Time: world.clock.iso(world.at),
      Uptime: `${Math.floor(uptime / 86_400)}T${clock}`,
      UptimeSec: uptime,
      Heap: 27,
      SleepMode: "Dynamic",
      Sleep: 50,
      LoadAvg: 19,
      MqttCount: 1,
      POWER: this.product.relay(world) ? "ON" : "OFF",
      Wifi: {
        AP: 1,
        SSId: "inglenook",
        BSSId: "02:00:00:00:00:01",
        Channel: 6,
        Mode: "11n",
        RSSI: Math.min(100, 2 * (signal + 100)),
        Signal: signal,
        LinkCount: 1,
        Downtime: "0T00:00:03",
      },
    };
  }

  private status(world: World): Status {
    const { topic, name, ip, mac } = this.config;
    return {
      topic,
      name,
      ip,
      mac,
      firmware,
      model: this.product.model,
      relay: this.product.relay(world),
      clientId: this.clientId,
      time: world.clock.iso(world.at),
      sensors: this.snapshot(world),
      state: this.state(world),
    };
  }

  private result(body: object): Message {
    return this.stat("RESULT", body);
  }

  private stat(name: string, body: object): Message {
    return this.say(`stat/${this.config.topic}/${name}`, body, false);
  }

  private say(topic: string, body: object | string, retain: boolean): Message {
    return { topic, payload: typeof body === "string" ? body : JSON.stringify(body), retain, from: this.config.name };
  }

  private description(): object {
    const { name, topic, mac, ip } = this.config;
    const none = Array.from({ length: 31 }, () => 0);
    const list = <T>(first: T, fill: T, length: number): T[] => [
      first,
      ...Array.from({ length: length - 1 }, () => fill),
    ];
    return {
      ip,
      dn: name,
      fn: list<string | null>(name, null, 8),
      hn: `${topic}-${Number.parseInt(mac.slice(-4), 16) & 0x1fff}`,
      mac,
      md: this.product.model,
      ty: 0,
      if: 0,
      cam: 0,
      ofln: "Offline",
      onln: "Online",
      state: ["OFF", "ON", "TOGGLE", "HOLD"],
      sw: firmware,
      t: topic,
      ft: "%prefix%/%topic%/",
      tp: ["cmnd", "stat", "tele"],
      rl: [1, ...none],
      swc: list(-1, -1, 28),
      swn: list<string | null>(null, null, 28),
      btn: [0, ...none],
      so: {
        4: 0,
        11: 0,
        13: 0,
        17: 0,
        20: 0,
        30: this.product.isLight ? 1 : 0,
        68: 0,
        73: 0,
        82: 0,
        114: 0,
        117: 0,
      },
      lk: 0,
      lt_st: 0,
      bat: 0,
      dslp: 0,
      sho: [],
      sht: [],
      ver: 1,
    };
  }
}

/** Day counters as the firmware keeps them: Today and Yesterday fall at local midnight, Total never. */
export class EnergyLog {
  private day = Number.NaN;
  private dayStart = 0;
  private yesterday = 0;
  private last = 0;

  /** The ENERGY object for a load of `watts` that has taken `totalWh` in its life. */
  read(world: World, totalWh: number, watts: number, factor: number): object {
    const day = world.clock.day(world.at);
    if (day !== this.day) {
      this.yesterday = Number.isNaN(this.day) ? 0 : this.last - this.dayStart;
      this.dayStart = Number.isNaN(this.day) ? totalWh : this.last;
      this.day = day;
    }
    this.last = totalWh;
    const { volts } = world.state;
    const apparent = watts / factor;
    return {
      TotalStartTime: "2025-03-01T10:12:00",
      Total: round(totalWh / 1000, 3),
      Yesterday: round(this.yesterday / 1000, 3),
      Today: round((totalWh - this.dayStart) / 1000, 3),
      Power: round(watts, 0),
      ApparentPower: round(apparent, 0),
      ReactivePower: round(Math.sqrt(Math.max(0, apparent ** 2 - watts ** 2)), 0),
      Factor: factor,
      Voltage: round(volts, 0),
      Current: round(apparent / volts, 3),
    };
  }
}
