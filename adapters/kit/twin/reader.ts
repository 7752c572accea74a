/** A recording as the hub reads it: its devices, and which field of which topic carries which value. */
import type { Value } from "../../../hub/model/capability.ts";
import type { Command } from "../../../hub/model/command.ts";
import type { NodeDescription } from "../../../hub/model/node.ts";
import { type AttributePath, pathKey } from "../../../hub/model/path.ts";
import type { MqttPublish } from "../../mqtt/dialect.ts";
import { dialects } from "../../mqtt/dialects/index.ts";
import { createIngest } from "../../mqtt/ingest.ts";
import type { Recorded } from "../recording.ts";

/** How this hub names itself in questions; made up, so that it is found in them. */
export const READER_ID = "kit-reader-hub";

export interface Told {
  readonly path: AttributePath;
  readonly value: Value;
  readonly topic: string;
  readonly field: string;
}

interface Presence {
  readonly node: string;
  readonly reachable: boolean;
}

export class Reader {
  readonly nodes = new Map<string, NodeDescription>();
  /** The last value of each path, from what the device says by itself. */
  readonly values = new Map<string, Told>();
  readonly #said = new Set<string>();
  readonly #ingest = createIngest(dialects, READER_ID);
  #at = 0;

  /** What one message says; values of older messages that become readable with it are not among `told`. */
  hear({ topic, payload, kept }: Pick<Recorded, "topic" | "payload" | "kept">): {
    readonly told: readonly Told[];
    readonly presence: readonly Presence[];
  } {
    this.#at += 1000;
    const told: Told[] = [];
    const presence: Presence[] = [];
    for (const input of this.#ingest.receive(topic, payload, kept === true, this.#at).inputs) {
      if (input.kind === "nodeFound") this.nodes.set(input.node.id, input.node);
      else if (input.kind === "reachable") presence.push(input);
      else if (input.kind === "readings")
        for (const { path, value, source } of input.readings) {
          const cut = source.indexOf("#");
          const one = { path, value, topic: source.slice(0, cut), field: source.slice(cut + 1) };
          this.#said.add(one.topic);
          this.values.set(pathKey(path), one);
          if (one.topic === topic) told.push(one);
        }
    }
    if (presence.length > 0) this.#said.add(topic);
    return { told, presence };
  }

  /** Topics that carried values. */
  saidTopics(): Iterable<string> {
    return this.#said;
  }

  /** A command in the device's own words; empty when it can't be given. */
  wire(command: Command): readonly MqttPublish[] {
    const routed = this.#ingest.encode(command);
    return routed.ok ? routed.publish : [];
  }
}
