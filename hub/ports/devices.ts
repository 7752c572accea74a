/** Adapters: the ways out to devices. Implemented by shells; nothing here does anything. */
import type { Command } from "../model/command.ts";
import type { Problem } from "../model/finding.ts";
import type { NodeDescription } from "../model/node.ts";
import type { NodeId } from "../model/path.ts";
import type { Reading } from "../model/reading.ts";

/** What an adapter tells the core. `at` is epoch ms. */
export type AdapterInput =
  | { readonly kind: "nodeFound"; readonly node: NodeDescription; readonly at: number }
  /** Removed by its maker or bridge; its history stays. */
  | { readonly kind: "nodeGone"; readonly node: NodeId; readonly at: number }
  | { readonly kind: "reachable"; readonly node: NodeId; readonly reachable: boolean; readonly at: number }
  | { readonly kind: "readings"; readonly readings: readonly Reading[] }
  | { readonly kind: "problem"; readonly problem: Problem; readonly at: number };

export type Sink = (input: AdapterInput) => void;

/** The device or its broker took the command, or refused it. Taken is not done: only a reading confirms. */
export type SendResult = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export interface Adapter {
  readonly name: "mqtt" | "matter";
  start(sink: Sink): Promise<void>;
  /** Resolves within 10 s. Never throws for a device's fault. */
  send(command: Command, node: NodeDescription): Promise<SendResult>;
  stop(): Promise<void>;
}

/** Commissioning of Matter nodes: a job with steps. */
export interface PairingJob {
  readonly id: string;
  readonly state: "running" | "done" | "failed";
  /** Step by step, in words. */
  readonly step: string;
  /** For `failed`: why and what to try. */
  readonly problem?: string;
  readonly node?: NodeId;
}

export interface Pairing {
  /** Starts at once; the code (manual or QR) is never logged. */
  start(code: string): PairingJob;
  jobs(): readonly PairingJob[];
  /** Leaves the fabric on the device where it can be reached, and forgets it. */
  remove(node: NodeId): Promise<void>;
}
