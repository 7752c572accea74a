/** One broker's side of the ingest: remembers whose a topic is, and keeps what nobody understood yet, because descriptions may come after states. */
import type { Decoded, MqttMessage } from "./dialect.ts";
import type { Filling, Lane } from "./lane.ts";
import { Rests } from "./rests.ts";
import { isTold } from "./told.ts";

/** Bodies beyond this are not read. */
const MAX_PAYLOAD = 4 * 1024 * 1024;
const MAX_TOPIC = 1024;
/** No message has such a topic (MQTT 3.1.1, 4.7.1 and 4.7.3); what is made of topics must not get any of these. */
const NO_TOPIC = /[#+\0]/;
/** Topics whose dialect is remembered; the oldest is asked anew. */
const MAX_CLAIMS = 20_000;
/** Messages of topics that no dialect knows yet; the oldest are dropped. */
const MAX_WAITING = 10_000;
const MAX_WAITING_CHARS = 8 * 1024 * 1024;
const MAX_WAITING_PAYLOAD = 256 * 1024;

interface Waiting {
  readonly payload: string;
  readonly retained: boolean;
  readonly at: number;
  /** Messages of this topic since it waits. */
  readonly count: number;
}

/** The last message of a topic that no dialect reads. */
export interface Unread extends MqttMessage {
  readonly count: number;
}

/** Hands what a session understood on; returns whether a node came that was not known before. */
type Take = (lane: Lane, decoded: Decoded, retained: boolean, at: number, into: Filling) => boolean;

const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/** The text of a body, or undefined for binary. */
function textOf(payload: string | Uint8Array): string | undefined {
  if (typeof payload === "string") return payload;
  try {
    return utf8.decode(payload);
  } catch {
    return undefined;
  }
}

/** So many waiting messages cost as much as one piece of a long list. */
const A_REST = 250;

/** How far what is left has come. */
export interface Progress {
  /** Nothing is left. */
  readonly done: boolean;
  /** Only such is left as can wait for the end of a burst. */
  readonly idle: boolean;
  /** When a dialect will take what it leaves to others until then; epoch ms. */
  readonly due: number | undefined;
}

/** One dialect's going through what waits. */
interface Pass {
  readonly lane: Lane;
  readonly topics: readonly string[];
  next: number;
}

export class Side {
  readonly #lanes: readonly Lane[];
  /** Those that leave messages to others for a while; each is asked at every message. */
  readonly #patient: readonly Lane[];
  readonly #take: Take;
  readonly #inPieces: boolean;
  readonly #rests = new Rests();
  readonly #claims = new Map<string, Lane>();
  readonly #waiting = new Map<string, Waiting>();
  /** Dialects that have not seen what waits since they met a new device. */
  readonly #behind = new Set<Lane>();
  #pass: Pass | undefined;
  #waitingChars = 0;

  constructor(lanes: readonly Lane[], take: Take, inPieces: boolean) {
    this.#lanes = lanes;
    this.#patient = lanes.filter(({ session }) => session.due !== undefined);
    this.#take = take;
    this.#inPieces = inPieces;
  }

  receive(topic: string, body: string | Uint8Array, retained: boolean, at: number, into: Filling): void {
    if (topic.length === 0 || topic.length > MAX_TOPIC || NO_TOPIC.test(topic)) return;
    if (body.length > MAX_PAYLOAD) {
      const message = `a message of ${body.length} bytes is too large to be read; at most ${MAX_PAYLOAD}`;
      into.inputs.push({ kind: "problem", problem: { code: "message-too-large", message, topic }, at });
      return;
    }
    const payload = textOf(body);
    if (payload === undefined) return;
    const found = this.#offer(topic, payload, retained, at, into);
    if (found) {
      // What waits of this topic is older.
      this.#drop(topic);
      this.#met(found);
    } else this.#keep(topic, payload, retained, at);
    if (!this.#inPieces) this.catchUp(Number.POSITIVE_INFINITY, at, into);
  }

  /** Takes in what changed in sessions whose devices people describe, and offers them what waits. */
  reread(at: number, into: Filling): void {
    for (const lane of this.#lanes) {
      const { session } = lane;
      if (!isTold(session)) continue;
      const { decoded, again } = session.changed();
      this.#take(lane, decoded, false, at, into);
      for (const m of again) {
        this.#claims.delete(m.topic);
        if (!this.#waiting.has(m.topic)) this.#keep(m.topic, m.payload, m.retained, m.at);
      }
      // At most 10,000 topics, each looked up once.
      for (const topic of [...this.#waiting.keys()]) this.#offerWaiting(lane, topic, into);
    }
  }

  /** What no dialect reads, the newest first. */
  *unread(): Generator<Unread> {
    for (const [topic, waiting] of [...this.#waiting].reverse()) yield { topic, ...waiting };
  }

  /** The last message of a topic that waits, or that a person's mapping reads. */
  last(topic: string): MqttMessage | undefined {
    const waiting = this.#waiting.get(topic);
    if (waiting) return { topic, ...waiting };
    return this.#lanes.flatMap(({ session }) => (isTold(session) ? (session.last(topic) ?? []) : []))[0];
  }

  /** Offers at most `budget` waiting messages, in the order in which they came. Not `calm`: leaves what can wait. */
  catchUp(budget: number, at: number, into: Filling, calm = true): Progress {
    const due = this.#ripen(at);
    this.#read(budget, into, calm);
    const idle = this.#behind.size === 0 && !this.#pass && !this.#rests.hasSoon;
    return { done: idle && !this.#rests.hasLater, idle: idle && this.#rests.hasLater, due };
  }

  /** Notes who takes now what it left to others for a while; when the next will. */
  #ripen(now: number): number | undefined {
    let next: number | undefined;
    for (const lane of this.#patient) {
      const due = lane.session.due?.(now);
      if (due === undefined) continue;
      if (due <= now) this.#behind.add(lane);
      next = Math.min(next ?? due, due);
    }
    return next;
  }

  #read(budget: number, into: Filling, calm: boolean): void {
    let left = budget;
    for (; left > 0 && (this.#rests.hasSoon || (calm && this.#rests.hasLater)); left -= A_REST) this.#goOn(into, calm);
    while (left > 0) {
      this.#pass ??= this.#nextPass();
      const pass = this.#pass;
      if (!pass) return;
      for (; left > 0 && pass.next < pass.topics.length; left -= 1) {
        this.#offerWaiting(pass.lane, pass.topics[pass.next] ?? "", into);
        pass.next += 1;
      }
      if (pass.next >= pass.topics.length) this.#pass = undefined;
    }
  }

  #met({ lane, fresh }: { lane: Lane; fresh: boolean }): void {
    if (!fresh) return;
    // A device that another program described may be known to its own dialect from now on.
    this.#claims.clear();
    this.#behind.add(lane);
  }

  #goOn(into: Filling, calm: boolean): void {
    const rest = this.#rests.next(calm);
    if (!rest) return;
    const { lane, more, retained, at } = rest;
    try {
      this.#met({ lane, fresh: this.#hand(lane, more(), retained, at, into) });
    } catch (error) {
      into.inputs.push({
        kind: "problem",
        problem: { code: "dialect-failed", message: String(error).slice(0, 200) },
        at,
      });
    }
  }

  /** Hands on what was understood, and notes what is left of it; returns whether it makes more readable. */
  #hand(lane: Lane, decoded: Decoded, retained: boolean, at: number, into: Filling): boolean {
    this.#rests.note(lane, decoded, retained, at);
    return this.#take(lane, decoded, retained, at, into) || decoded.listens === true;
  }

  #nextPass(): Pass | undefined {
    const lane = this.#behind.values().next().value;
    if (!lane) return undefined;
    this.#behind.delete(lane);
    return { lane, topics: [...this.#waiting.keys()], next: 0 };
  }

  #decode(
    { session }: Lane,
    topic: string,
    payload: string,
    retained: boolean,
    at: number,
    into: Filling,
  ): Decoded | undefined {
    try {
      return session.decode({ topic, payload, retained, at });
    } catch (error) {
      // A dialect must not throw; if one does, its message is lost and the house goes on.
      into.inputs.push({
        kind: "problem",
        problem: { code: "dialect-failed", message: String(error).slice(0, 200), topic },
        at,
      });
      return undefined;
    }
  }

  /** Returns whose message it was, and whether it makes more readable. */
  #offer(
    topic: string,
    payload: string,
    retained: boolean,
    at: number,
    into: Filling,
  ): { lane: Lane; fresh: boolean } | undefined {
    const claimed = this.#claims.get(topic);
    const own = claimed && this.#decode(claimed, topic, payload, retained, at, into);
    if (own) return { lane: claimed, fresh: this.#hand(claimed, own, retained, at, into) };
    for (const lane of this.#lanes) {
      if (lane === claimed) continue;
      const decoded = this.#decode(lane, topic, payload, retained, at, into);
      if (!decoded) continue;
      this.#claim(topic, lane);
      return { lane, fresh: this.#hand(lane, decoded, retained, at, into) };
    }
    this.#claims.delete(topic);
    return undefined;
  }

  #claim(topic: string, lane: Lane): void {
    if (this.#claims.size >= MAX_CLAIMS) {
      const oldest = this.#claims.keys().next().value;
      if (oldest !== undefined) this.#claims.delete(oldest);
    }
    this.#claims.set(topic, lane);
  }

  #keep(topic: string, payload: string, retained: boolean, at: number): void {
    const count = (this.#waiting.get(topic)?.count ?? 0) + 1;
    this.#drop(topic);
    if (payload.length === 0 || payload.length > MAX_WAITING_PAYLOAD) return;
    this.#waiting.set(topic, { payload, retained, at, count });
    this.#waitingChars += payload.length + topic.length;
    while (this.#waiting.size > MAX_WAITING || this.#waitingChars > MAX_WAITING_CHARS) {
      const oldest = this.#waiting.keys().next().value;
      if (oldest === undefined) return;
      this.#drop(oldest);
    }
  }

  #drop(topic: string): void {
    const waiting = this.#waiting.get(topic);
    if (!waiting) return;
    this.#waiting.delete(topic);
    this.#waitingChars -= waiting.payload.length + topic.length;
  }

  #offerWaiting(lane: Lane, topic: string, into: Filling): void {
    const waiting = this.#waiting.get(topic);
    if (!waiting) return;
    const { payload, retained, at } = waiting;
    const decoded = this.#decode(lane, topic, payload, retained, at, into);
    if (!decoded) return;
    this.#drop(topic);
    this.#claim(topic, lane);
    // A device may make another readable; each time one message fewer waits, so that this ends.
    if (this.#hand(lane, decoded, retained, at, into)) this.#behind.add(lane);
  }
}
