import { dialects } from "../../../adapters/mqtt/dialects/index.ts";
import { createIngest, type Ingest, type Received } from "../../../adapters/mqtt/ingest.ts";
import type { Value } from "../../../hub/model/capability.ts";
import type { Problem } from "../../../hub/model/finding.ts";
import type { EndpointDescription, NodeDescription } from "../../../hub/model/node.ts";
import { pathKey } from "../../../hub/model/path.ts";
import type { Reading } from "../../../hub/model/reading.ts";
import type { AdapterInput } from "../../../hub/ports.ts";

export type Message = readonly [topic: string, body: string | object, retained?: boolean];

/** Hears a broker through an ingest and keeps what the core would keep. */
export class Listener {
  readonly nodes = new Map<string, NodeDescription>();
  readonly readings = new Map<string, Reading>();
  readonly reachable = new Map<string, boolean>();
  readonly problems: Problem[] = [];
  readonly questions: { topic: string; payload: string }[] = [];
  readonly ingest: Ingest;
  #at = 1_000_000;

  constructor(ingest = createIngest(dialects, "hub")) {
    this.ingest = ingest;
  }

  hear(...messages: readonly Message[]): this {
    for (const [topic, body, retained = false] of messages) {
      this.#at += 1000;
      const payload = typeof body === "string" ? body : JSON.stringify(body);
      this.take(this.ingest.receive(topic, payload, retained, this.#at));
    }
    return this;
  }

  take(received: Received): void {
    this.questions.push(...received.publish);
    for (const input of received.inputs) this.#input(input);
  }

  #input(input: AdapterInput): void {
    if (input.kind === "nodeFound") this.nodes.set(input.node.id, input.node);
    else if (input.kind === "nodeGone") this.nodes.delete(input.node);
    else if (input.kind === "reachable") this.reachable.set(input.node, input.reachable);
    else if (input.kind === "problem") this.problems.push(input.problem);
    else if (input.kind === "readings")
      for (const reading of input.readings) this.readings.set(pathKey(reading.path), reading);
  }

  /** By `node/endpoint/capability.attribute`. */
  value(key: string): Value | undefined {
    return this.readings.get(key)?.value;
  }

  values(): Record<string, Value> {
    return Object.fromEntries([...this.readings].map(([key, r]) => [key, r.value]).sort());
  }

  endpoint(node: string, number: number): EndpointDescription {
    const found = this.nodes.get(node)?.endpoints.find((e) => e.number === number);
    if (!found) throw new Error(`no endpoint ${number} of ${node}; there are ${[...this.nodes.keys()].join(", ")}`);
    return found;
  }

  /** Sends a command; the messages as `topic payload`, or the refusal. */
  ask(node: string, endpoint: number, path: string, args: Record<string, Value> = {}): readonly string[] | string {
    const [capability = "", command = ""] = path.split(".");
    const encoded = this.ingest.encode({ target: { node, endpoint }, capability, command, args });
    return encoded.ok ? encoded.publish.map((p) => `${p.topic} ${p.payload}`) : encoded.reason;
  }
}
