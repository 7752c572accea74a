/**
 * One broker's messages to one model: offers each message to the dialects, remembers whose a topic is, and keeps what
 * nobody understood yet, because descriptions may come after states. Pure: live, simulated past and replay use the same.
 */
import type { Command } from "../../hub/model/command.ts";
import type { NodeId } from "../../hub/model/path.ts";
import type { Reading } from "../../hub/model/reading.ts";
import type { AdapterInput } from "../../hub/ports.ts";
import type { Decoded, Dialect, DialectSession, Encoded, MqttPublish } from "./dialect.ts";

/** Bodies beyond this are not read. */
const MAX_PAYLOAD = 4 * 1024 * 1024;
const MAX_TOPIC = 1024;
/** Topics whose dialect is remembered; the oldest is asked anew. */
const MAX_CLAIMS = 20_000;
/** Messages of topics that no dialect knows yet; the oldest are dropped. */
const MAX_WAITING = 2_000;
const MAX_WAITING_CHARS = 8 * 1024 * 1024;
const MAX_WAITING_PAYLOAD = 256 * 1024;
/** A description may make another readable, and that one another; more than this is a loop. */
const MAX_ROUNDS = 8;

export interface Received {
  readonly inputs: readonly AdapterInput[];
  readonly publish: readonly MqttPublish[];
}

export interface Ingest {
  /** `at` is epoch ms; retained means that the broker kept it, so that its age is not known. Never throws. */
  receive(topic: string, payload: string | Uint8Array, retained: boolean, at: number): Received;
  /** A command in its device's own topics and payloads, or why it cannot be. Never throws. */
  encode(command: Command): Encoded;
}

interface Waiting {
  readonly payload: string;
  readonly retained: boolean;
  readonly at: number;
}

interface Filling {
  readonly inputs: AdapterInput[];
  readonly publish: MqttPublish[];
}

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

class Room implements Ingest {
  readonly #sessions: readonly { readonly name: string; readonly session: DialectSession }[];
  readonly #claims = new Map<string, DialectSession>();
  readonly #owners = new Map<NodeId, DialectSession>();
  readonly #waiting = new Map<string, Waiting>();
  #waitingChars = 0;

  constructor(dialects: readonly Dialect[], hubId: string) {
    this.#sessions = dialects.map((d) => ({ name: d.name, session: d.open(hubId) }));
  }

  receive(topic: string, body: string | Uint8Array, retained: boolean, at: number): Received {
    const into: Filling = { inputs: [], publish: [] };
    if (topic.length === 0 || topic.length > MAX_TOPIC) return into;
    if (body.length > MAX_PAYLOAD) {
      const message = `a message of ${body.length} bytes is too large to be read; at most ${MAX_PAYLOAD}`;
      into.inputs.push({ kind: "problem", problem: { code: "message-too-large", message, topic }, at });
      return into;
    }
    const payload = textOf(body);
    if (payload === undefined) return into;
    const found = this.#offer(topic, payload, retained, at, into);
    if (!found) this.#keep(topic, payload, retained, at);
    else if (found.fresh) this.#offerWaiting(found.session, into);
    return into;
  }

  encode(command: Command): Encoded {
    const owner = this.#owners.get(command.target.node);
    if (!owner) return { ok: false, reason: `${command.target.node} has not been heard of on MQTT` };
    try {
      return owner.encode(command);
    } catch (error) {
      return { ok: false, reason: `its dialect failed: ${String(error)}` };
    }
  }

  #decode(
    session: DialectSession,
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

  /** Returns whose message it was, and whether a node came that was not known before. */
  #offer(
    topic: string,
    payload: string,
    retained: boolean,
    at: number,
    into: Filling,
  ): { session: DialectSession; fresh: boolean } | undefined {
    const claimed = this.#claims.get(topic);
    const order = claimed
      ? [claimed, ...this.#sessions.map((s) => s.session).filter((s) => s !== claimed)]
      : this.#sessions.map((s) => s.session);
    for (const session of order) {
      const decoded = this.#decode(session, topic, payload, retained, at, into);
      if (!decoded) continue;
      if (session !== claimed) this.#claim(topic, session);
      return { session, fresh: this.#take(session, decoded, retained, at, into) };
    }
    this.#claims.delete(topic);
    return undefined;
  }

  #claim(topic: string, session: DialectSession): void {
    if (this.#claims.size >= MAX_CLAIMS) {
      const oldest = this.#claims.keys().next().value;
      if (oldest !== undefined) this.#claims.delete(oldest);
    }
    this.#claims.set(topic, session);
  }

  #take(session: DialectSession, decoded: Decoded, retained: boolean, at: number, into: Filling): boolean {
    let fresh = false;
    for (const node of decoded.nodes) {
      fresh ||= this.#owners.get(node.id) !== session;
      this.#owners.set(node.id, session);
      into.inputs.push({ kind: "nodeFound", node, at });
    }
    for (const node of decoded.gone) {
      this.#owners.delete(node);
      into.inputs.push({ kind: "nodeGone", node, at });
    }
    for (const { node, reachable } of decoded.reachable) into.inputs.push({ kind: "reachable", node, reachable, at });
    if (decoded.readings.length > 0) {
      const readings = decoded.readings.map((r): Reading => (retained ? { ...r, at, ageUnknown: true } : { ...r, at }));
      into.inputs.push({ kind: "readings", readings });
    }
    for (const problem of decoded.problems) into.inputs.push({ kind: "problem", problem, at });
    into.publish.push(...decoded.publish);
    return fresh;
  }

  #keep(topic: string, payload: string, retained: boolean, at: number): void {
    this.#drop(topic);
    if (payload.length === 0 || payload.length > MAX_WAITING_PAYLOAD) return;
    this.#waiting.set(topic, { payload, retained, at });
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

  /** A new node may make waiting messages readable, in the order in which they came. */
  #offerWaiting(session: DialectSession, into: Filling): void {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      let again = false;
      for (const [topic, { payload, retained, at }] of [...this.#waiting]) {
        const decoded = this.#decode(session, topic, payload, retained, at, into);
        if (!decoded) continue;
        this.#drop(topic);
        this.#claim(topic, session);
        again = this.#take(session, decoded, retained, at, into) || again;
      }
      if (!again) return;
    }
  }
}

/** `hubId` names the hub in request topics, `[a-z0-9-]+`. */
export const createIngest = (dialects: readonly Dialect[], hubId: string): Ingest => new Room(dialects, hubId);
