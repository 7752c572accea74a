/** A hub's ear on a bench: hears simulated devices through the real ingest, and holds everything against the model. */
import type { Value } from "../../hub/model/capability.ts";
import type { Command } from "../../hub/model/command.ts";
import type { Problem } from "../../hub/model/finding.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import { type NodeId, pathKey } from "../../hub/model/path.ts";
import type { Reading } from "../../hub/model/reading.ts";
import type { Dialect, MqttPublish } from "../mqtt/dialect.ts";
import { createIngest, type Ingest, type Received, type Routed } from "../mqtt/ingest.ts";
import { parseJson } from "../mqtt/json.ts";
import {
  type Body,
  type Device,
  type Firmware,
  type Question,
  type Report,
  type Said,
  type Truth,
  wireText,
} from "./firmware.ts";
import { descriptionFaults, type Ledger, publishFaults, readingFault } from "./invariants.ts";

/** How the hub calls itself here. */
export const HUB_ID = "kit";
const START = 1_767_225_600_000;
const SECOND = 1000;
/** Questions may lead to answers and those to questions; more than this is a loop. */
const MAX_ROUNDS = 40;

/** What one or several messages led to. */
export interface Heard {
  readonly nodes: readonly NodeDescription[];
  readonly gone: readonly NodeId[];
  readonly readings: readonly Reading[];
  readonly reachable: readonly { readonly node: NodeId; readonly reachable: boolean }[];
  readonly problems: readonly Problem[];
}

type Filling = { -readonly [K in keyof Heard]: Heard[K][number][] };
const empty = (): Filling => ({ nodes: [], gone: [], readings: [], reachable: [], problems: [] });

export interface Manner {
  /** Instead of what each message says. */
  readonly retained?: boolean;
  /** Epoch ms; otherwise a second after the last. */
  readonly at?: number;
  /** The device does not answer questions this time. */
  readonly mute?: true;
}

export class Bench {
  readonly nodes = new Map<NodeId, NodeDescription>();
  /** By text path. */
  readonly values = new Map<string, Reading>();
  readonly reachable = new Map<NodeId, boolean>();
  readonly #gone = new Set<NodeId>();
  readonly #ingest: Ingest;
  readonly #firmware: Firmware;
  readonly #ledger: Ledger;
  readonly #label: string;
  #plugged: readonly Device[] = [];
  #at = START;
  /** When more of what waits will be read though nobody speaks. */
  #due: number | undefined;

  constructor(dialect: Dialect, firmware: Firmware, ledger: Ledger, label: string) {
    this.#firmware = firmware;
    this.#ledger = ledger;
    this.#label = label;
    this.#ingest = createIngest([dialect], HUB_ID);
  }

  /** What the devices and their bridge say when they come up; from now on these are the ones that answer. */
  announcement(devices: readonly Device[]): readonly Said[] {
    this.#plugged = devices;
    return [...(this.#firmware.bridge?.(cardsOf(devices)) ?? []), ...devices.flatMap((d) => d.announce)];
  }

  /** They are there no more, and answer no questions. */
  unplug(): void {
    this.#plugged = [];
  }

  plug(...devices: readonly Device[]): Heard {
    return this.hear(this.announcement(devices));
  }

  hear(messages: readonly Said[], manner: Manner = {}): Heard {
    const into = empty();
    for (const { topic, body, retained = false } of messages) {
      this.#at = manner.at ?? this.#at + SECOND;
      this.#receive(topic, wireText(body), manner.retained ?? retained, into, manner.mute);
    }
    this.#pause(into, manner.mute);
    return into;
  }

  /** A body that is no message of a device any more: cut off, mistyped, hostile. */
  hearText(topic: string, payload: string, retained = false): Heard {
    const into = empty();
    this.#at += SECOND;
    this.#receive(topic, payload, retained, into);
    return into;
  }

  encode(node: NodeId, path: string, args: Readonly<Record<string, Value>> = {}): Routed {
    const [, endpoint = "0", capability = "", command = ""] = /^(\d+)\/([^.]*)\.(.*)$/.exec(path) ?? [];
    const target = { node, endpoint: Number(endpoint) };
    const encoded = this.#encode({ target, capability, command, args });
    if (encoded.ok)
      this.#ledger.note("commands.careful", publishFaults(encoded.publish, true), `${this.#label}: ${path}`);
    else if (encoded.reason.startsWith("its dialect failed"))
      this.#ledger.note("robust.no-throw", [encoded.reason], `${this.#label}: ${path}`);
    return encoded;
  }

  /** What has no road is refused here as in the hub, whose checks come before the ingest. */
  #encode(command: Command): Routed {
    try {
      return this.#ingest.encode(command);
    } catch (error) {
      return { ok: false, reason: `it can't be routed: ${String(error)}` };
    }
  }

  /** The nodes without those that come along with the devices. */
  get devices(): ReadonlyMap<NodeId, NodeDescription> {
    return devicesOf(this.nodes, this.#firmware);
  }

  /** The node of a device: by name, or the only one there is. */
  nodeOf(device: Device): NodeId | undefined {
    const { devices } = this;
    const named = [...devices.values()].filter((n) => n.name === device.name);
    if (named.length > 0) return named[0]?.id;
    return devices.size === 1 ? [...devices.keys()][0] : undefined;
  }

  value(node: NodeId, attribute: string): Value | undefined {
    return this.values.get(`${node}/${attribute}`)?.value;
  }

  #receive(topic: string, payload: string, retained: boolean, into: Filling, mute = false): void {
    const questions = this.#take(this.#ingest.receive(topic, payload, retained, this.#at), into, `${topic} ${payload}`);
    questions.push(...this.#catchUp(into, topic));
    this.#answer(questions, into, mute);
  }

  /** Nobody says more for as long as the dialect leaves something to others. */
  #pause(into: Filling, mute = false): void {
    for (let round = 0; this.#due !== undefined && round < MAX_ROUNDS; round += 1) {
      this.#at = Math.max(this.#at, this.#due);
      this.#answer(this.#catchUp(into, "a pause"), into, mute);
    }
  }

  #answer(questions: MqttPublish[], into: Filling, mute: boolean): void {
    for (let round = 0; questions.length > 0 && round < MAX_ROUNDS; round += 1) {
      const question = questions.shift();
      if (!question || mute) break;
      const body: Body = parseJson(question.payload) ?? question.payload;
      for (const said of answersOf(this.#firmware, this.#plugged, { topic: question.topic, body })) {
        const received = this.#ingest.receive(said.topic, wireText(said.body), false, this.#at);
        questions.push(...this.#take(received, into, said.topic), ...this.#catchUp(into, said.topic));
      }
    }
  }

  /** What waited for a description is read now, as the link does between other work. */
  #catchUp(into: Filling, cause: string): MqttPublish[] {
    const questions: MqttPublish[] = [];
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const { done, due, ...received } = this.#ingest.catchUp(1000, this.#at);
      this.#due = due;
      questions.push(...this.#take(received, into, cause));
      if (done) break;
    }
    return questions;
  }

  #take(received: Received, into: Filling, cause: string): MqttPublish[] {
    const evidence = `${this.#label}: ${cause.slice(0, 300)}`;
    for (const input of received.inputs) {
      switch (input.kind) {
        case "nodeFound":
          this.#ledger.note("discovery.sound", descriptionFaults(input.node), evidence);
          this.nodes.set(input.node.id, input.node);
          this.#gone.delete(input.node.id);
          into.nodes.push(input.node);
          break;
        case "nodeGone":
          this.nodes.delete(input.node);
          this.#gone.add(input.node);
          for (const key of this.values.keys()) if (key.startsWith(`${input.node}/`)) this.values.delete(key);
          into.gone.push(input.node);
          break;
        case "reachable":
          this.reachable.set(input.node, input.reachable);
          into.reachable.push(input);
          break;
        case "problem":
          if (input.problem.code === "dialect-failed")
            this.#ledger.note("robust.no-throw", [input.problem.message], evidence);
          into.problems.push(input.problem);
          break;
        case "unset":
          break;
        default:
          for (const reading of input.readings) this.#reading(reading, into, evidence);
      }
    }
    this.#ledger.note("commands.careful", publishFaults(received.publish, false), evidence);
    return [...received.publish];
  }

  #reading(reading: Reading, into: Filling, evidence: string): void {
    const fault = readingFault(this.nodes.get(reading.path.node), reading);
    // Late words of a device that is gone are dropped by the house; the rule for removal looks at them.
    const late = this.#gone.has(reading.path.node);
    if (fault !== undefined && !late) this.#ledger.note("values.fit", [fault], evidence);
    this.values.set(pathKey(reading.path), reading);
    into.readings.push(reading);
  }
}

const cardsOf = (devices: readonly Device[]): readonly Body[] =>
  devices.flatMap((d) => (d.card === undefined ? [] : [d.card]));

/** What these devices and their bridge answer. */
export const answersOf = (firmware: Firmware, devices: readonly Device[], question: Question): readonly Said[] => [
  ...(firmware.answer?.(question, cardsOf(devices)) ?? []),
  ...devices.flatMap((d) => d.answer?.(question) ?? []),
];

/** Nodes without the firmware's company, of which each may be there once. */
export function devicesOf(
  nodes: ReadonlyMap<NodeId, NodeDescription>,
  { company }: Firmware,
): ReadonlyMap<NodeId, NodeDescription> {
  const along = new Set(company);
  return new Map([...nodes].filter(([, { name }]) => !along.delete(name)));
}

/** Everything that reports say together; later ones win. */
export const truthOf = (reports: readonly Report[]): Truth =>
  Object.assign({}, ...reports.flatMap((r) => Object.values(r.says)));

/** Numbers may differ by binary noise, not by more. */
export const sameValue = (a: Value | undefined, b: Value | undefined): boolean =>
  typeof a === "number" && typeof b === "number" ? Math.abs(a - b) <= 1e-6 * Math.max(1, Math.abs(b)) : a === b;

/** Readings of a node by attribute; the last of each. */
export function readingsOf(heard: Heard, node: NodeId): Map<string, Reading> {
  const mine = heard.readings.filter((r) => r.path.node === node);
  return new Map(mine.map((r) => [pathKey(r.path).slice(node.length + 1), r]));
}
