/** What each message is to the hub: whose it is, what it says, what is wrong with it. */
import { capabilities, VENDOR } from "../../../hub/model/capabilities/index.ts";
import type { Value } from "../../../hub/model/capability.ts";
import type { Problem } from "../../../hub/model/finding.ts";
import type { NodeDescription } from "../../../hub/model/node.ts";
import type { AttributePath } from "../../../hub/model/path.ts";
import { units } from "../../../hub/model/units.ts";
import type { Dialect, MqttPublish } from "../../mqtt/dialect.ts";
import { createIngest } from "../../mqtt/ingest.ts";

export interface ReadValue {
  readonly node: string;
  readonly name: string;
  readonly endpoint: number;
  /** `capability.attribute` */
  readonly path: string;
  readonly value: Value;
  /** As people read it; empty for words and bare numbers. */
  readonly unit: string;
  /** `topic#field`; another topic than the message's where an older message became readable with it. */
  readonly source: string;
}

export interface ReadMessage {
  readonly at: string;
  readonly topic: string;
  readonly bytes: number;
  readonly retained: boolean;
  /** Undefined: nobody reads it. */
  readonly dialect?: string;
  readonly found: readonly { readonly node: string; readonly name: string; readonly types: readonly string[] }[];
  readonly gone: readonly string[];
  readonly reachable: readonly { readonly node: string; readonly reachable: boolean }[];
  readonly readings: readonly ReadValue[];
  readonly problems: readonly Problem[];
}

const MAX_NODES = 10_000;

/** Reads messages one after the other through the given dialects; `asked` gets what they want to know of devices. */
export class MessageReader {
  readonly #nodes = new Map<string, NodeDescription>();
  readonly #ingest: ReturnType<typeof createIngest>;
  readonly #asked: (question: MqttPublish) => void;
  /** The dialect that understood the message under way, by its topic. */
  #by: string | undefined;
  #topic = "";

  constructor(dialects: readonly Dialect[], asked: (question: MqttPublish) => void = () => undefined) {
    this.#ingest = createIngest(
      dialects.map((dialect) => this.#watched(dialect)),
      "kit-live",
    );
    this.#asked = asked;
  }

  read(topic: string, body: Uint8Array, retained: boolean, at: number): ReadMessage {
    this.#topic = topic;
    this.#by = undefined;
    const { inputs, publish } = this.#ingest.receive(topic, body, retained, at);
    for (const question of publish) this.#asked(question);
    const found: NodeDescription[] = inputs.flatMap((i) => (i.kind === "nodeFound" ? [i.node] : []));
    for (const node of found) if (this.#nodes.size < MAX_NODES) this.#nodes.set(node.id, node);
    return {
      at: new Date(at).toISOString(),
      topic,
      bytes: body.length,
      retained,
      ...(this.#by === undefined ? {} : { dialect: this.#by }),
      found: found.map((n) => ({ node: n.id, name: n.name, types: n.endpoints.flatMap((e) => e.deviceTypes) })),
      gone: inputs.flatMap((i) => (i.kind === "nodeGone" ? [i.node] : [])),
      reachable: inputs.flatMap((i) => (i.kind === "reachable" ? [{ node: i.node, reachable: i.reachable }] : [])),
      readings: inputs.flatMap((i) =>
        i.kind === "readings" ? i.readings.map((r) => this.#value(r.path, r.value, r.source)) : [],
      ),
      problems: inputs.flatMap((i) => (i.kind === "problem" ? [i.problem] : [])),
    };
  }

  #watched(dialect: Dialect): Dialect {
    return {
      name: dialect.name,
      open: (hubId) => {
        const session = dialect.open(hubId);
        return {
          decode: (message) => {
            const decoded = session.decode(message);
            if (decoded && message.topic === this.#topic) this.#by = dialect.name;
            return decoded;
          },
          encode: (command) => session.encode(command),
        };
      },
    };
  }

  #value(path: AttributePath, value: Value, source: string): ReadValue {
    const node = this.#nodes.get(path.node);
    const own = node?.endpoints.find((e) => e.number === path.endpoint)?.capabilities[path.capability]?.attributes[
      path.attribute
    ];
    const type = path.capability === VENDOR ? own?.type : capabilities[path.capability]?.attributes[path.attribute];
    return {
      node: path.node,
      name: node?.name ?? path.node,
      endpoint: path.endpoint,
      path: `${path.capability}.${path.attribute}`,
      value,
      unit: type?.type === "number" ? units[type.unit] : "",
      source,
    };
  }
}
