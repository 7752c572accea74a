/** Recorded messages through the dialects: each row of a corpus on an ingest of its own, one JSON line a row. */
import { capabilities, VENDOR } from "../../hub/model/capabilities/index.ts";
import type { Problem } from "../../hub/model/finding.ts";
import type { EndpointDescription, NodeDescription } from "../../hub/model/node.ts";
import { type NodeId, pathKey } from "../../hub/model/path.ts";
import type { Reading } from "../../hub/model/reading.ts";
import { units } from "../../hub/model/units.ts";
import type { AdapterInput } from "../../hub/ports.ts";
import { dialects } from "./dialects/index.ts";
import { createIngest } from "./ingest.ts";
import { get, type Json, listOf, parseObject } from "./json.ts";

/** The name under which the corpus' hub asked its questions; answers came to it. */
const CORPUS_HUB = "hub";

interface Heard {
  readonly nodes: Map<NodeId, NodeDescription>;
  readonly reachable: Map<NodeId, boolean>;
  /** By path, then by the source that carried it: several topics may carry one attribute. */
  readonly values: Map<string, Map<string, Reading>>;
  readonly problems: Problem[];
}

function apply(heard: Heard, input: AdapterInput): void {
  switch (input.kind) {
    case "nodeFound":
      heard.nodes.set(input.node.id, input.node);
      return;
    case "nodeGone":
      heard.nodes.delete(input.node);
      return;
    case "reachable":
      heard.reachable.set(input.node, input.reachable);
      return;
    case "problem":
      heard.problems.push(input.problem);
      return;
    case "readings":
      for (const reading of input.readings) {
        const key = pathKey(reading.path);
        const bySource = heard.values.get(key) ?? new Map<string, Reading>();
        heard.values.set(key, bySource.set(reading.source, reading));
      }
  }
}

function unitOf(capability: string, attribute: string, endpoint: EndpointDescription): string | null {
  const own = endpoint.capabilities[capability]?.attributes[attribute]?.type;
  const type = capability === VENDOR ? own : capabilities[capability]?.attributes[attribute];
  return type?.type === "number" ? units[type.unit] : null;
}

/** An attribute once for each source that carried it, with the last value from there; once without a value if none did. */
function attributesOf(node: NodeDescription, endpoint: EndpointDescription, heard: Heard): readonly object[] {
  return Object.entries(endpoint.capabilities).flatMap(([capability, instance]) =>
    Object.entries(instance.attributes).flatMap(([attribute, { source }]): readonly object[] => {
      const path = `${capability}.${attribute}`;
      const unit = unitOf(capability, attribute, endpoint);
      const key = pathKey({ node: node.id, endpoint: endpoint.number, capability, attribute });
      const readings = [...(heard.values.get(key)?.values() ?? [])];
      if (readings.length === 0) return [{ path, value: null, unit, source }];
      return readings.map((r) => ({ path, value: r.value, unit, source: r.source }));
    }),
  );
}

const commandsOf = (endpoint: EndpointDescription): object[] =>
  Object.entries(endpoint.capabilities).flatMap(([capability, instance]) =>
    Object.entries(instance.commands).map(([command, { source }]) => ({ path: `${capability}.${command}`, source })),
  );

function lineOf(id: Json | undefined, heard: Heard, threw: boolean): object {
  const nodes = [...heard.nodes.values()].map((node) => ({
    id: node.id,
    name: node.name,
    vendor: node.vendor ?? null,
    model: node.model ?? null,
    reachable: heard.reachable.get(node.id) ?? null,
    endpoints: node.endpoints.map((endpoint) => ({
      number: endpoint.number,
      deviceTypes: endpoint.deviceTypes,
      attributes: attributesOf(node, endpoint, heard),
      commands: commandsOf(endpoint),
    })),
  }));
  const problems = heard.problems.map(({ code, topic, field, message }) => ({
    code,
    topic: topic ?? null,
    field: field ?? null,
    message,
  }));
  return { id: id ?? null, nodes, problems, threw };
}

/** More pauses than any dialect makes. */
const MAX_PAUSES = 20;

/** One row: its messages in order, requests to devices left out, as a fresh subscriber would get them, and then silence. */
function replayRow(text: string): object {
  const row = parseObject(text);
  const heard: Heard = { nodes: new Map(), reachable: new Map(), values: new Map(), problems: [] };
  const ingest = createIngest(dialects, CORPUS_HUB);
  let at = 0;
  for (const message of listOf(row, "messages")) {
    const [topic, payload] = [get(message, "topic"), get(message, "payload")];
    if (typeof topic !== "string" || typeof payload !== "string" || get(message, "dir") === "to-device") continue;
    at += 1000;
    for (const input of ingest.receive(topic, payload, get(message, "retain") === true, at).inputs) apply(heard, input);
  }
  for (let pause = 0; pause < MAX_PAUSES; pause += 1) {
    const { inputs, due } = ingest.catchUp(Number.POSITIVE_INFINITY, at);
    for (const input of inputs) apply(heard, input);
    if (due === undefined) break;
    at = Math.max(at, due);
  }
  return lineOf(
    get(row, "id"),
    heard,
    heard.problems.some((p) => p.code === "dialect-failed"),
  );
}

/** Reads a corpus (JSON lines, format of the rows as in its README) and writes one JSON line, without its end, for each row. */
export async function replayCorpus(lines: AsyncIterable<string>, write: (line: string) => void): Promise<void> {
  for await (const line of lines) if (line.trim()) write(JSON.stringify(replayRow(line)));
}
