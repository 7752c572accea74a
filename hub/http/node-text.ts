/** All devices with their values as JSON text: what a description says is written out once, only what changes is written anew. */
import { setImmediate } from "node:timers/promises";
import { knownOf, type NodeState } from "../model/home.ts";
import type { NodeDescription, NodeSettings } from "../model/node.ts";
import type { NodeId } from "../model/path.ts";
import type { Hub } from "../ports.ts";
import { nodeView } from "./view.ts";

/** A large home has thousands of attributes: others get their turn after so long. */
const SLICE_MS = 5;

type Told = Pick<Hub, "home" | "clock" | "subscribe">;

/** The text of a node's endpoints, cut where a value stands. */
interface Words {
  readonly settings: NodeSettings;
  /** One more than keys. */
  readonly pieces: readonly string[];
  readonly keys: readonly string[];
}

/** A home has at most 20,000 attributes of some 300 characters. */
const kept = new WeakMap<NodeDescription, Words>();

/** An object's text without its end, for more to follow. */
const opened = (object: object): string => `${JSON.stringify(object).slice(0, -1)},`;

function wordsOf(node: NodeState): Words {
  const { description, settings } = node;
  const before = kept.get(description);
  if (before?.settings === settings) return before;
  const [pieces, keys]: [string[], string[]] = [[], []];
  let text = '"endpoints":[';
  for (const [i, { attributes, ...rest }] of nodeView(node, 0).endpoints.entries()) {
    text += `${i > 0 ? "," : ""}${opened(rest)}"attributes":[`;
    for (const [j, { known: _, ...fixed }] of attributes.entries()) {
      pieces.push(`${text}${j > 0 ? "," : ""}${opened(fixed)}"known":`);
      keys.push(fixed.key);
      text = "}";
    }
    text += "]}";
  }
  pieces.push(`${text}]}`);
  const words = { settings, pieces, keys };
  kept.set(description, words);
  return words;
}

function textOf(node: NodeState, now: number): string {
  const { pieces, keys } = wordsOf(node);
  const { endpoints: _, ...head } = nodeView({ ...node, description: { ...node.description, endpoints: [] } }, now);
  let text = opened(head);
  for (const [i, key] of keys.entries()) text += `${pieces[i]}${JSON.stringify(knownOf(node, key, now))}`;
  return `${text}${pieces.at(-1)}`;
}

/** The body of the answer that lists all devices. */
export interface NodesText {
  /** Values of one moment. Those who ask while it is being written get the same one. */
  read(): Promise<string>;
}

async function written({ home: { nodes }, clock, subscribe }: Told): Promise<string> {
  const changed = new Set<NodeId>();
  const unsubscribe = subscribe((event) => {
    if (event.type === "node") changed.add(event.id);
    else if (event.type === "value") changed.add(event.key.slice(0, event.key.indexOf("/")));
  });
  try {
    const texts = new Map<NodeId, string>();
    let from = performance.now();
    for (const [id, node] of [...nodes]) {
      texts.set(id, textOf(node, clock.now()));
      if (performance.now() - from < SLICE_MS) continue;
      await setImmediate();
      from = performance.now();
    }
    // What changed meanwhile is written again, all in one turn: nobody is told an older value than the stream has told.
    const now = clock.now();
    const last = [...nodes].map(([id, node]) => (changed.has(id) ? undefined : texts.get(id)) ?? textOf(node, now));
    return `{"nodes":[${last.join(",")}]}`;
  } finally {
    unsubscribe();
  }
}

export function createNodesText(hub: Told): NodesText {
  let running: Promise<string> | undefined;
  return {
    read() {
      running ??= written(hub).finally(() => {
        running = undefined;
      });
      return running;
    },
  };
}
