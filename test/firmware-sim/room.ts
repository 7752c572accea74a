import { buildSessions } from "../../firmware-sim/workshop/build.ts";
import { parseFault } from "../../firmware-sim/workshop/faults.ts";
import type { Said } from "../../firmware-sim/workshop/firmware.ts";
import { type Home, readHome } from "../../firmware-sim/workshop/home.ts";
import type { Session } from "../../firmware-sim/workshop/session.ts";

/** MQTT's own matching of a topic with a filter. */
function matches(filter: string, topic: string): boolean {
  const [want, have] = [filter.split("/"), topic.split("/")];
  const end = want.indexOf("#");
  if (end < 0 && want.length !== have.length) return false;
  return want
    .slice(0, end < 0 ? undefined : end)
    .every((part, i) => have[i] !== undefined && (part === "+" || part === have[i]));
}

export interface Heard extends Said {
  /** s since the beginning. */
  readonly at: number;
}

const step = 0.25;

/** Devices and those who speak with them in one room, without a network: the same rules as on a broker, and no waiting. */
export class Room {
  readonly home: Home;
  readonly heard: Heard[] = [];
  readonly retained = new Map<string, Said>();
  readonly sessions: readonly Session[];
  at = 0;
  private readonly listeners: ((said: Said) => void)[] = [];
  private readonly wills = new Map<Session, Said>();

  constructor(devices: readonly object[], faults: readonly string[] = [], seed = 1) {
    const home = readHome(JSON.stringify({ devices, seed }));
    if (!("orders" in home)) throw new Error(home.map((one) => `${one.field}: ${one.message}. ${one.fix}`).join("; "));
    this.home = home;
    const meant = faults.map((text) => {
      const fault = parseFault(text, home.names);
      if (typeof fault === "string") throw new Error(fault);
      return fault;
    });
    this.sessions = buildSessions(home, meant, Date.parse("2026-03-01T10:00:00Z"));
  }

  onMessage(listener: (said: Said) => void): void {
    this.listeners.push(listener);
  }

  /** Lets `seconds` go by. */
  run(seconds: number): this {
    const end = this.at + seconds;
    while (this.at < end) {
      this.at += step;
      for (const session of this.sessions) {
        const will = this.wills.get(session);
        if (!session.up && will) {
          this.wills.delete(session);
          if (!session.orderly) this.publish(will);
        } else if (session.up && !will) {
          this.wills.set(session, session.firmware.will());
          for (const said of session.connected()) this.publish(said);
          for (const said of this.retained.values()) this.deliver(session, said);
        }
        for (const said of session.step(step)) this.publish(said);
      }
    }
    return this;
  }

  /** Somebody else publishes. */
  say(topic: string, payload: string | object): this {
    const text = typeof payload === "string" ? payload : JSON.stringify(payload);
    return this.publish({ topic, payload: text, retain: false, qos: 1, from: "" });
  }

  /** Payloads on a topic, in order; since a mark where one is given. */
  on(topic: string, since = 0): string[] {
    return this.heard.slice(since).flatMap((said) => (said.topic === topic ? [said.payload] : []));
  }

  json(topic: string, since = 0): Record<string, unknown>[] {
    return this.on(topic, since).map((payload) => JSON.parse(payload));
  }

  get mark(): number {
    return this.heard.length;
  }

  private publish(said: Said): this {
    this.heard.push({ ...said, at: this.at });
    if (said.retain) {
      if (said.payload === "") this.retained.delete(said.topic);
      else this.retained.set(said.topic, said);
    }
    for (const listener of this.listeners) listener(said);
    for (const session of this.sessions) this.deliver(session, said);
    return this;
  }

  private deliver(session: Session, { topic, payload }: Said): void {
    if (!session.firmware.subscriptions().some((filter) => matches(filter, topic))) return;
    for (const said of session.receive(topic, payload)) this.publish(said);
  }
}
