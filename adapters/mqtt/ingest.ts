/** All brokers' messages to one model: which dialect's session reads a message, and which road leads to a device. Pure. */
import type { Command } from "../../hub/model/command.ts";
import type { Reading } from "../../hub/model/reading.ts";
import type { AdapterInput } from "../../hub/ports.ts";
import type { Decoded, Dialect, MqttMessage, MqttPublish } from "./dialect.ts";
import type { Filling, Lane } from "./lane.ts";
import { Roads } from "./roads.ts";
import { type Progress, Side, type Unread } from "./side.ts";

export interface Received {
  readonly inputs: readonly AdapterInput[];
  readonly publish: readonly MqttPublish[];
}

export interface CaughtUp extends Received, Progress {}

/** A command in its device's own topics and payloads, and the broker that leads to it. */
export type Routed =
  | { readonly ok: true; readonly publish: readonly MqttPublish[]; readonly broker: string }
  | { readonly ok: false; readonly reason: string };

export interface Ingest {
  /**
   * `at` is epoch ms; retained means that the broker kept it, so that its age is not known; `broker` is a name of the
   * caller's. What is to be published in answer goes to the same broker. Never throws.
   */
  receive(topic: string, payload: string | Uint8Array, retained: boolean, at: number, broker?: string): Received;
  /**
   * A new device can make many messages readable that came before it, and one message may list hundreds of devices. What
   * is too much for one go is read here, at most `budget` waiting messages a call, so that nothing else is held up. So is
   * what others might have described and did not by now, `at`; `due` is when to call again for more of that. Both epoch ms.
   * Not `calm`: a burst of messages goes on, and what can wait for its end does. `idle`: only such work is left.
   */
  catchUp(budget: number, at: number, broker?: string, calm?: boolean): CaughtUp;
  /** Never throws. */
  encode(command: Command): Routed;
  /** People's mappings changed: takes that in on all brokers. `at` is epoch ms. */
  reread(at: number): readonly AdapterInput[];
  /** The last messages of topics that no dialect reads, those of each broker the newest first. */
  unread(): Iterable<Unread & { readonly broker: string }>;
  /** The last message of a topic that no dialect reads but, at most, a person's mapping. */
  last(topic: string): MqttMessage | undefined;
}

/** Brokers told apart; more share the last one's memory. */
const MAX_BROKERS = 8;

class Room implements Ingest {
  readonly #dialects: readonly Dialect[];
  readonly #hubId: string;
  readonly #sides = new Map<string, Side>();
  readonly #roads = new Roads<Lane>();
  readonly #inPieces: boolean;

  constructor(dialects: readonly Dialect[], hubId: string, inPieces: boolean) {
    this.#dialects = dialects;
    this.#hubId = hubId;
    this.#inPieces = inPieces;
  }

  receive(topic: string, body: string | Uint8Array, retained: boolean, at: number, broker = ""): Received {
    const into: Filling = { inputs: [], publish: [] };
    this.#side(broker).receive(topic, body, retained, at, into);
    return into;
  }

  catchUp(budget: number, at: number, broker = "", calm = true): CaughtUp {
    const into: Filling = { inputs: [], publish: [] };
    return { ...into, ...this.#side(broker).catchUp(budget, at, into, calm) };
  }

  encode(command: Command): Routed {
    const lane = this.#roads.forCommand(command);
    if (!lane) return { ok: false, reason: `${command.target.node} has not been heard of on MQTT` };
    try {
      const encoded = lane.session.encode(command);
      return encoded.ok ? { ...encoded, broker: lane.broker } : encoded;
    } catch (error) {
      return { ok: false, reason: `its dialect failed: ${String(error)}` };
    }
  }

  reread(at: number): readonly AdapterInput[] {
    const into: Filling = { inputs: [], publish: [] };
    for (const side of this.#sides.values()) side.reread(at, into);
    return into.inputs;
  }

  *unread(): Generator<Unread & { readonly broker: string }> {
    for (const [broker, side] of this.#sides) for (const message of side.unread()) yield { ...message, broker };
  }

  last(topic: string): MqttMessage | undefined {
    for (const side of this.#sides.values()) {
      const found = side.last(topic);
      if (found) return found;
    }
    return undefined;
  }

  #side(broker: string): Side {
    const known = this.#sides.get(broker);
    if (known) return known;
    const name = this.#sides.size < MAX_BROKERS ? broker : ([...this.#sides.keys()].at(-1) ?? broker);
    const lanes = this.#dialects.map((d, rank) => ({ broker: name, session: d.open(this.#hubId), rank }));
    const take = (lane: Lane, decoded: Decoded, retained: boolean, at: number, into: Filling): boolean =>
      this.#take(lane, decoded, retained, at, into);
    const side = this.#sides.get(name) ?? new Side(lanes, take, this.#inPieces);
    this.#sides.set(name, side);
    return side;
  }

  /** Returns whether a node came that was not known on this road before. */
  #take(lane: Lane, decoded: Decoded, retained: boolean, at: number, into: Filling): boolean {
    let fresh = false;
    for (const node of decoded.nodes) {
      fresh ||= !this.#roads.has(node.id, lane);
      into.inputs.push({ kind: "nodeFound", node: this.#roads.describe(node, lane, lane.rank), at });
    }
    for (const id of decoded.gone) {
      const rest = this.#roads.end(id, lane);
      into.inputs.push(rest ? { kind: "nodeFound", node: rest, at } : { kind: "nodeGone", node: id, at });
    }
    for (const { node, reachable } of decoded.reachable) {
      const now = this.#roads.reachable(node, lane, reachable);
      if (now !== undefined) into.inputs.push({ kind: "reachable", node, reachable: now, at });
    }
    const readings: Reading[] = [];
    for (const { path, value, source, kept } of decoded.readings)
      if (this.#roads.tells(path, lane))
        readings.push(retained || kept ? { path, value, at, source, ageUnknown: true } : { path, value, at, source });
    if (readings.length > 0) into.inputs.push({ kind: "readings", readings });
    for (const problem of decoded.problems) into.inputs.push({ kind: "problem", problem, at });
    into.publish.push(...decoded.publish);
    return fresh;
  }
}

/**
 * `hubId` names the hub in request topics, `[a-z0-9-]+`. With `inPieces` the caller takes the rest of long work by
 * `catchUp`; without, `receive` does all of it.
 */
export const createIngest = (dialects: readonly Dialect[], hubId: string, inPieces = false): Ingest =>
  new Room(dialects, hubId, inPieces);
