/** What the hub and the Matter process say to each other over the IPC channel of a forked process. */
import type { Command } from "../../hub/model/command.ts";
import type { Problem } from "../../hub/model/finding.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { NodeId } from "../../hub/model/path.ts";
import type { Reading } from "../../hub/model/reading.ts";
import type { SendResult } from "../../hub/ports.ts";

export type ToProcess =
  /** Always first. `storage` is the process's own folder; its sibling `<storage>-backup` holds the last copy. */
  | { readonly kind: "configure"; readonly storage: string; readonly fabricLabel: string }
  /** `searchMs`: how long to look for the device. The code is a secret until the device is paired. */
  | { readonly kind: "commission"; readonly job: string; readonly code: string; readonly searchMs: number }
  | { readonly kind: "remove"; readonly request: number; readonly node: NodeId }
  | { readonly kind: "send"; readonly request: number; readonly command: Command }
  | { readonly kind: "stop" };

export type FromProcess =
  /** The store was read and the network is open. */
  | { readonly kind: "ready" }
  /** Every few seconds: the process is alive. `rss` in bytes. */
  | { readonly kind: "alive"; readonly rss: number }
  | { readonly kind: "nodeFound"; readonly node: NodeDescription }
  | { readonly kind: "nodeGone"; readonly node: NodeId }
  | { readonly kind: "reachable"; readonly node: NodeId; readonly reachable: boolean }
  | { readonly kind: "readings"; readonly readings: readonly Reading[] }
  | { readonly kind: "problem"; readonly problem: Problem }
  | { readonly kind: "step"; readonly job: string; readonly step: string }
  | { readonly kind: "commissioned"; readonly job: string; readonly node: NodeId }
  | { readonly kind: "failed"; readonly job: string; readonly problem: string }
  | { readonly kind: "answer"; readonly request: number; readonly result: SendResult }
  | { readonly kind: "log"; readonly level: "info" | "warn" | "error"; readonly message: string };

/** The process says `alive` this often. */
export const ALIVE_MS = 5000;

const kinds = new Set<string>([
  "ready",
  "alive",
  "nodeFound",
  "nodeGone",
  "reachable",
  "readings",
  "problem",
  "step",
  "commissioned",
  "failed",
  "answer",
  "log",
] satisfies FromProcess["kind"][]);

/** Whether a message of the channel is one of the process's own: both sides are built together, so the kind tells. */
export const isFromProcess = (message: unknown): message is FromProcess =>
  typeof message === "object" && message !== null && kinds.has(String(Reflect.get(message, "kind")));
