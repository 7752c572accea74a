import { type Act, asPayload, clamp, clockText, forever, type Moment, type Said, Station } from "../firmware.ts";
import type { Entry } from "../kind.ts";
import { type Description, describe } from "./discovery.ts";
import { runtime } from "./runtime.ts";
import { statusAnswers } from "./status.ts";

/** What a command did: the JSON for RESULT and the words for `stat/<topic>/POWER<n>`. */
export interface Outcome {
  readonly result: object;
  readonly power?: readonly (readonly [key: string, word: string])[];
}

/** What one product adds to the firmware. */
export interface TasmotaProduct extends Description {
  /** Its part of STATE, such as POWER and Dimmer. */
  state(): object;
  /** Sensors of SENSOR, without Time; empty when it has none. */
  sensors(now: Moment): Record<string, unknown>;
  /** What is to be told now, such as the progress of a shutter or a button. */
  step(seconds: number, now: Moment): readonly Outcome[];
  /** `index` is 1 where none was given. Undefined: no such command here; "error": an impossible value. */
  command(name: string, index: number, payload: string, now: Moment): Outcome | undefined | "error";
  /** W, for PowerDelta. */
  watts?(now: Moment): number;
  reset?(): void;
  /** Deep sleep: s asleep, after one telemetry. */
  readonly deepSleep?: number;
}

/** Seconds after the connection in which telemetry and discovery come, and for a command to be answered. */
const teleDelay = 5;
const discoveryDelay = 10;
const commandDelay = 0.05;
const powerDelta = 60;
const longestBacklog = 30;

/** The firmware: discovery, telemetry, commands and their answers (tasmota documentation: MQTT, Commands, Discovery). */
export class Tasmota extends Station {
  readonly clientId: string;
  private readonly product: TasmotaProduct;
  private readonly mac: string;
  private readonly seed: number;
  private topic: string;
  private deviceName: string;
  private period = 300;
  private nextTele = Number.POSITIVE_INFINITY;
  private discoverAt = Number.POSITIVE_INFINITY;
  private boots = 1;
  private watts = 0;

  constructor(entry: Entry, product: TasmotaProduct, topic?: string) {
    super(entry.name);
    this.product = product;
    this.mac = entry.id.toUpperCase();
    this.seed = entry.seed;
    this.deviceName = entry.name;
    this.topic = topic ?? `tasmota_${this.mac.slice(-6)}`;
    this.clientId = `DVES_${this.mac.slice(-6)}`;
  }

  will(): Said {
    return this.tele("LWT", "Offline", true);
  }

  subscriptions(): readonly string[] {
    return [`cmnd/${this.topic}/#`, "cmnd/tasmotas/#", `cmnd/${this.clientId}_fb/#`];
  }

  connected(now: Moment): Said[] {
    this.nextTele = now.elapsed + teleDelay;
    this.watts = this.product.watts?.(now) ?? 0;
    this.discoverAt = now.elapsed + (this.product.deepSleep === undefined ? discoveryDelay : 2);
    const ip = `192.168.1.${20 + (this.seed % 200)}`;
    const info = [
      {
        Info1: {
          Module: this.product.model,
          Version: "15.1.0(release-tasmota)",
          FallbackTopic: `cmnd/${this.clientId}_fb/`,
          GroupTopic: "cmnd/tasmotas/",
        },
      },
      { Info2: { WebServerMode: "Admin", Hostname: this.topic, IPAddress: ip } },
      { Info3: { RestartReason: "Software/System restart", BootCount: this.boots } },
    ];
    return [
      this.tele("LWT", "Online", true),
      this.say("cmnd", "POWER", "", false),
      ...info.map((body, i) => this.tele(`INFO${i + 1}`, body)),
      ...this.powerWords().flatMap(([key, word]) => [this.stat("RESULT", { [key]: word }), this.stat(key, word)]),
    ];
  }

  step(seconds: number, now: Moment): Said[] {
    const said = this.product.step(seconds, now).flatMap((outcome) => this.tell(outcome));
    if (now.elapsed >= this.discoverAt) {
      this.discoverAt = Number.POSITIVE_INFINITY;
      said.push(...this.discovery(now));
    }
    const jumped = Math.abs((this.product.watts?.(now) ?? 0) - this.watts) >= powerDelta;
    if (now.elapsed >= this.nextTele) {
      this.nextTele = this.period === 0 ? Number.POSITIVE_INFINITY : now.elapsed + this.period;
      said.push(...this.telemetry(now));
      if (this.product.deepSleep !== undefined) said.push(...this.fallAsleep(this.product.deepSleep, now));
    } else if (jumped && Number.isFinite(this.nextTele)) said.push(this.sensor(now));
    return said;
  }

  receive(topic: string, payload: string, now: Moment): Said[] {
    const name = topic.split("/").at(-1) ?? "";
    return this.run(name, payload.trim(), now).map((said) => ({ ...said, after: (said.after ?? 0) + commandDelay }));
  }

  act(_name: string, act: Act, now: Moment): Said[] {
    if (act === "counter") this.product.reset?.();
    if (act === "reboot") this.restart();
    if (act === "offline") this.leave(forever, false);
    if (act === "rename") return this.run("Topic", `${this.topic}_renamed`, now);
    if (act === "remove") return this.run("SetOption19", "1", now);
    return [];
  }

  private run(name: string, payload: string, now: Moment): Said[] {
    const [, word = "", index = ""] = /^([A-Za-z]+?)(\d*)$/.exec(name) ?? [];
    const command = word.toUpperCase();
    if (command === "BACKLOG") return this.backlog(payload, now);
    const own = this.housekeeping(command, index, payload, now);
    if (own) return own;
    const done = this.product.command(command, Number(index || "1"), payload, now);
    if (done === undefined) return [this.stat("RESULT", { Command: "Unknown", Input: name.slice(0, 64) })];
    if (done === "error") return [this.stat("RESULT", { Command: "Error", Input: payload.slice(0, 64) })];
    return this.tell(done);
  }

  /** Commands in a row, a fifth of a second apart. */
  private backlog(payload: string, now: Moment): Said[] {
    return payload
      .split(";")
      .slice(0, longestBacklog)
      .flatMap((line, i) => {
        const [name = "", ...rest] = line.trim().split(/\s+/);
        if (name === "" || /^backlog/i.test(name)) return [];
        return this.run(name, rest.join(" "), now).map((said) => ({ ...said, after: i * 0.2 }));
      });
  }

  private housekeeping(command: string, index: string, payload: string, now: Moment): Said[] | undefined {
    switch (command) {
      case "STATE":
        return [this.stat("RESULT", this.state(now))];
      case "STATUS":
        return this.status(Number(index || payload || "99"), now);
      case "TELEPERIOD":
        return [this.stat("RESULT", { TelePeriod: this.setPeriod(payload, now) })];
      case "DEVICENAME":
        if (payload !== "") this.deviceName = payload.slice(0, 32);
        return [this.stat("RESULT", { DeviceName: this.deviceName }), ...(payload === "" ? [] : this.discovery(now))];
      case "TOPIC":
        return this.rename(payload);
      case "RESTART":
        if (payload === "1") this.restart();
        return [this.stat("RESULT", { Restart: payload === "1" ? "Restarting" : "1 to restart" })];
      case "SETOPTION":
        return this.setOption(index, payload, now);
      default:
        return undefined;
    }
  }

  private setPeriod(payload: string, now: Moment): number {
    const seconds = Number(payload || "NaN");
    if (Number.isInteger(seconds) && seconds >= 0 && seconds <= 3600) {
      // 1 is the default again; 2 to 9 count as 10.
      this.period = seconds === 1 ? 300 : seconds === 0 ? 0 : clamp(seconds, 10, 3600);
      this.nextTele = this.period === 0 ? Number.POSITIVE_INFINITY : now.elapsed + this.period;
    }
    return this.period;
  }

  /** A new topic clears the old retained presence and restarts. */
  private rename(payload: string): Said[] {
    const wanted = payload.replace(/[^\w-]/g, "").slice(0, 32);
    if (wanted === "" || wanted === this.topic) return [this.stat("RESULT", { Topic: this.topic })];
    const said = [this.stat("RESULT", { Topic: wanted }), this.tele("LWT", "", true)];
    this.topic = wanted;
    this.restart();
    return said;
  }

  /** SetOption19 1 turns native discovery off: what was announced is cleared. */
  private setOption(index: string, payload: string, now: Moment): Said[] {
    const result = this.stat("RESULT", { [`SetOption${index}`]: payload === "1" ? "ON" : "OFF" });
    if (index !== "19" || payload === "") return [result];
    if (payload === "0") return [result, ...this.discovery(now)];
    return [
      result,
      ...["config", "sensors"].map((part) => this.raw(`tasmota/discovery/${this.mac}/${part}`, "", true)),
    ];
  }

  private restart(): void {
    this.boots += 1;
    this.leave(4, false);
  }

  private fallAsleep(seconds: number, now: Moment): Said[] {
    this.leave(seconds, true);
    const wake = now.wall + seconds * 1000;
    const body = { DeepSleep: { Time: clockText(wake), Epoch: Math.floor(wake / 1000) } };
    return [this.stat("DEEPSLEEP", body), this.tele("LWT", "Offline", true)];
  }

  private telemetry(now: Moment): Said[] {
    const state = this.tele("STATE", this.state(now));
    return Object.keys(this.product.sensors(now)).length > 0 ? [state, this.sensor(now)] : [state];
  }

  private sensor(now: Moment): Said {
    this.watts = this.product.watts?.(now) ?? 0;
    return this.tele("SENSOR", this.snapshot(now));
  }

  private snapshot(now: Moment): object {
    return { Time: clockText(now.wall), ...this.product.sensors(now) };
  }

  private powerWords(): readonly (readonly [string, string])[] {
    const found = Object.entries(this.product.state()).filter(([key]) => /^POWER\d?$/.test(key));
    return found.map(([key, word]) => [key, String(word)]);
  }

  private state(now: Moment): object {
    return runtime(this.seed, this.boots, now, this.product.state());
  }

  private discovery(now: Moment): Said[] {
    const address = {
      mac: this.mac,
      ip: `192.168.1.${20 + (this.seed % 200)}`,
      topic: this.topic,
      name: this.deviceName,
    };
    const base = `tasmota/discovery/${this.mac}`;
    return [
      this.raw(`${base}/config`, JSON.stringify(describe(address, this.product)), true),
      this.raw(`${base}/sensors`, JSON.stringify({ sn: this.snapshot(now), ver: 1 }), true),
    ];
  }

  private status(which: number, now: Moment): Said[] {
    const parts = {
      name: this.deviceName,
      friendly: this.product.friendly ?? [this.deviceName],
      topic: this.topic,
      mac: this.mac,
      ip: `192.168.1.${20 + (this.seed % 200)}`,
      model: this.product.model,
      clientId: this.clientId,
      time: clockText(now.wall),
      power: this.powerWords().map(([, word]) => word === "ON"),
      sensors: this.snapshot(now),
      state: this.state(now),
    };
    return statusAnswers(which, parts).map(([name, body]) => this.stat(name, body));
  }

  private tell({ result, power = [] }: Outcome): Said[] {
    return [this.stat("RESULT", result), ...power.map(([key, word]) => this.stat(key, word))];
  }

  private stat(tail: string, body: object | string): Said {
    return this.say("stat", tail, body, false);
  }

  private tele(tail: string, body: object | string, retain = false): Said {
    return this.say("tele", tail, body, retain);
  }

  private say(prefix: string, tail: string, body: object | string, retain: boolean): Said {
    return this.raw(`${prefix}/${this.topic}/${tail}`, asPayload(body), retain);
  }

  private raw(topic: string, payload: string, retain: boolean): Said {
    return { topic, payload, retain, qos: 0, from: this.name };
  }
}
