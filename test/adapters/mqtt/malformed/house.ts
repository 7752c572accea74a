/** A house that hears broken messages twice: by one dialect alone, and as it would with all of them. */
import type { Chance } from "../../../../adapters/kit/chance.ts";
import { descriptionFaults, publishFaults, readingFault } from "../../../../adapters/kit/invariants.ts";
import type { Decoded, DecodedReading, Dialect, DialectSession } from "../../../../adapters/mqtt/dialect.ts";
import { createIngest, type Ingest } from "../../../../adapters/mqtt/ingest.ts";
import { capabilities, VENDOR } from "../../../../hub/model/capabilities/index.ts";
import type { Value } from "../../../../hub/model/capability.ts";
import type { Command } from "../../../../hub/model/command.ts";
import type { Problem } from "../../../../hub/model/finding.ts";
import type { NodeDescription } from "../../../../hub/model/node.ts";
import { parsePath, pathKey } from "../../../../hub/model/path.ts";
import type { AdapterInput } from "../../../../hub/ports.ts";
import type { Broken } from "./mutations.ts";

/** Far more than the homes here hold; each dialect has a limit of its own below it. */
const MOST_NODES = 2500;
const MOST_WAITING = 10_000;
const MOST_WAITING_CHARS = 8 * 1024 * 1024;
const MOST_WORDS = 2000;
/** Most commands tried in one house. */
const MOST_COMMANDS = 60;

const values: readonly [Value, ...Value[]] = [
  0,
  1,
  -1,
  50,
  250,
  1e9,
  Number.NaN,
  true,
  false,
  "ON",
  "",
  "__proto__",
  "{",
];

type Nodes = Map<string, NodeDescription>;

const hasAttribute = (nodes: Nodes, { path }: DecodedReading): boolean =>
  nodes.get(path.node)?.endpoints.find((e) => e.number === path.endpoint)?.capabilities[path.capability]?.attributes[
    path.attribute
  ] !== undefined;

export class House {
  readonly #session: DialectSession;
  readonly #ingest: Ingest;
  readonly #alone: Nodes = new Map();
  readonly #together: Nodes = new Map();
  readonly #faults: string[] = [];
  #at = 1_767_225_600_000;

  constructor(dialect: Dialect, all: readonly Dialect[]) {
    this.#session = dialect.open("hub");
    this.#ingest = createIngest(all, "hub");
  }

  hear(message: Broken): void {
    this.#at += 1000;
    const { topic, payload, retained } = message;
    const text = typeof payload === "string" ? payload : Buffer.from(payload).toString("utf8");
    const where = `${message.how}: ${topic} ${text.slice(0, 300)}`;
    // The ingest lets no other topics through to a dialect.
    if (topic !== "" && topic.length <= 1024 && !/[#+\0]/.test(topic)) this.#byOne(message, text, where);
    try {
      const { inputs, publish } = this.#ingest.receive(topic, payload, retained, this.#at);
      for (const input of inputs) this.#input(input, where);
      this.#all(publishFaults(publish, false), where);
    } catch (error) {
      this.#fault(`the ingest threw ${String(error)}`, where);
    }
  }

  #byOne(message: Broken, text: string, where: string): void {
    try {
      let decoded = this.#session.decode({
        topic: message.topic,
        payload: text,
        retained: message.retained,
        at: this.#at,
      });
      for (let pieces = 0; decoded && pieces < 100; pieces += 1, decoded = decoded.more?.()) {
        this.#decoded(decoded, where);
        if (message.cut) this.#believed(message.topic, decoded.readings, where);
      }
    } catch (error) {
      this.#fault(`threw ${String(error)}`, where);
    }
  }

  /** Commands that are offered, with arguments of all kinds: none throws, and none leads to a message that can't be sent. */
  ask(chance: Chance): void {
    for (const [nodes, encode] of [
      [this.#alone, (c: Command) => this.#session.encode(c)],
      [this.#together, (c: Command) => this.#ingest.encode(c)],
    ] as const) {
      const commands = [...nodes.values()].flatMap(commandsOf);
      for (let i = 0; i < Math.min(MOST_COMMANDS, commands.length); i += 1) {
        const one = commands[chance.below(commands.length)];
        if (!one) continue;
        const args = Object.fromEntries(one.names.map((name) => [name, chance.pick(values)]));
        const where = `${one.capability}.${one.command} ${JSON.stringify(args)} to ${one.target.node}`;
        try {
          const encoded = encode({ ...one, args });
          if (encoded.ok) this.#all(publishFaults(encoded.publish, true), where);
          else if (encoded.reason.startsWith("its dialect failed")) this.#fault(encoded.reason, where);
        } catch (error) {
          this.#fault(`a command threw ${String(error)}`, where);
        }
      }
    }
  }

  /** What was found, and whether too much is remembered. */
  faults(): readonly string[] {
    if (this.#alone.size > MOST_NODES || this.#together.size > MOST_NODES)
      this.#fault(`${this.#alone.size} nodes alone, ${this.#together.size} together`, "memory");
    const waiting = [...this.#ingest.unread()];
    const chars = waiting.reduce((sum, m) => sum + m.topic.length + m.payload.length, 0);
    if (waiting.length > MOST_WAITING || chars > MOST_WAITING_CHARS)
      this.#fault(`${waiting.length} messages of ${chars} characters wait`, "memory");
    return this.#faults;
  }

  #fault(words: string, where: string): void {
    if (this.#faults.length < 50) this.#faults.push(`${words} | ${where}`);
  }

  #all(words: readonly string[], where: string): void {
    for (const one of words) this.#fault(one, where);
  }

  #decoded(decoded: Decoded, where: string): void {
    for (const node of decoded.nodes) this.#found(this.#alone, node, where);
    for (const id of decoded.gone) this.#alone.delete(id);
    // What was never announced the core refuses at its door (hub/step/readings.ts).
    for (const reading of decoded.readings)
      if (hasAttribute(this.#alone, reading)) this.#read(this.#alone, reading, where);
    for (const problem of decoded.problems) this.#problem(problem, where);
    this.#all(publishFaults(decoded.publish, false), where);
  }

  #input(input: AdapterInput, where: string): void {
    const nodes = this.#together;
    if (input.kind === "nodeFound") this.#found(nodes, input.node, `together, ${where}`);
    else if (input.kind === "nodeGone") nodes.delete(input.node);
    else if (input.kind === "problem") this.#problem(input.problem, where);
    else if (input.kind === "readings")
      for (const reading of input.readings)
        if (hasAttribute(nodes, reading)) this.#read(nodes, reading, `together, ${where}`);
  }

  #found(nodes: Nodes, node: NodeDescription, where: string): void {
    this.#all(descriptionFaults(node), where);
    nodes.set(node.id, node);
  }

  #read(nodes: Nodes, reading: DecodedReading, where: string): void {
    const { path } = reading;
    const wrong = readingFault(nodes.get(path.node), { ...reading, at: this.#at });
    if (wrong !== undefined) this.#fault(wrong, where);
    const key = pathKey(path);
    const again = parsePath(key);
    if (!again || pathKey(again) !== key) this.#fault(`${key.slice(0, 200)} can't be taken apart again`, where);
  }

  /** A structure that was cut off says nothing: a value of a meaning out of it is a guess. */
  #believed(topic: string, readings: readonly DecodedReading[], where: string): void {
    for (const { path, value, source } of readings)
      if (path.capability !== VENDOR && source.startsWith(`${topic}#`))
        this.#fault(`${pathKey(path)} = ${String(value)} out of a cut message`, where);
  }

  #problem({ code, message }: Problem, where: string): void {
    if (code === "dialect-failed") this.#fault(message, where);
    if (code === "" || message === "" || message.length > MOST_WORDS)
      this.#fault(`a finding of odd words (${code})`, where);
  }
}

interface Offered {
  readonly target: Command["target"];
  readonly capability: string;
  readonly command: string;
  readonly names: readonly string[];
}

const commandsOf = (node: NodeDescription): readonly Offered[] =>
  node.endpoints.flatMap((endpoint) =>
    Object.entries(endpoint.capabilities).flatMap(([capability, { attributes, commands }]) =>
      Object.keys(commands).map((command) => ({
        target: { node: node.id, endpoint: endpoint.number },
        capability,
        command,
        names:
          command === "set"
            ? Object.entries(attributes)
                .flatMap(([name, a]) => (a.writable ? [name] : []))
                .slice(0, 1)
            : Object.keys(capabilities[capability]?.commands[command]?.args ?? {}),
      })),
    ),
  );
