/** Adapters: the ways out to devices. Implemented by shells; nothing here does anything. */
import type { Command } from "../model/command.ts";
import type { Problem } from "../model/finding.ts";
import type { NodeDescription } from "../model/node.ts";
import type { AttributePath, NodeId } from "../model/path.ts";
import type { Reading } from "../model/reading.ts";

/** What an adapter tells the core. `at` is epoch ms. */
export type AdapterInput =
  | { readonly kind: "nodeFound"; readonly node: NodeDescription; readonly at: number }
  /** Removed by its maker or bridge; its history stays. */
  | { readonly kind: "nodeGone"; readonly node: NodeId; readonly at: number }
  | { readonly kind: "reachable"; readonly node: NodeId; readonly reachable: boolean; readonly at: number }
  | { readonly kind: "readings"; readonly readings: readonly Reading[] }
  /** The device says that it has no value there now: what it said before holds no more. All of one node. */
  | {
      readonly kind: "unset";
      readonly node: NodeId;
      readonly attributes: readonly Omit<AttributePath, "node">[];
      readonly at: number;
    }
  | { readonly kind: "problem"; readonly problem: Problem; readonly at: number };

export type Sink = (input: AdapterInput) => void;

/** The device or its broker took the command, or refused it. Taken is not done: only a reading confirms. */
export type SendResult = { readonly ok: true } | { readonly ok: false; readonly reason: string };

export interface Adapter {
  readonly name: NodeDescription["adapter"];
  start(sink: Sink): Promise<void>;
  /** Resolves within 10 s. Never throws for a device's fault. */
  send(command: Command, node: NodeDescription): Promise<SendResult>;
  stop(): Promise<void>;
}

/** A device that did not prove what it is: a person decides. */
export interface PairingQuestion {
  readonly text: string;
  /** What could not be proven, one sentence each. */
  readonly findings: readonly string[];
  /** Epoch ms; without an answer until then the device is refused. */
  readonly until: number;
}

/** Commissioning of Matter nodes: a job with steps. */
export interface PairingJob {
  readonly id: string;
  readonly state: "running" | "asking" | "done" | "failed" | "cancelled";
  /** Step by step, in words. */
  readonly step: string;
  /** 0..1, by the steps that pairing has. */
  readonly done: number;
  /** While `asking`. */
  readonly question?: PairingQuestion;
  /** For `failed`: why and what to try. */
  readonly problem?: string;
  readonly node?: NodeId;
}

/** The network a device is brought into that has none yet; for devices that are paired by Bluetooth. */
export interface Wifi {
  readonly ssid: string;
  readonly password: string;
}

export interface Pairing {
  /** Starts at once; the code (manual or QR) and the password are never logged. */
  start(code: string, wifi?: Wifi): PairingJob;
  jobs(): readonly PairingJob[];
  /** A person's word on a job's question; false where nothing is asked. */
  answer(job: string, accept: boolean): boolean;
  /** The device is left unpaired. False for a job that does not run. */
  cancel(job: string): boolean;
  /** Leaves the fabric on the device where it can be reached, and forgets it. */
  remove(node: NodeId): Promise<void>;
}
