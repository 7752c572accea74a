/** What the hub and the Matter process say to each other over the IPC channel of a forked process. */
import type { Command } from "../../hub/model/command.ts";
import type { Problem } from "../../hub/model/finding.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { AttributePath, NodeId } from "../../hub/model/path.ts";
import type { Reading } from "../../hub/model/reading.ts";
import type { BadUpdateFile, DeviceUpdate, MatterNode, MatterShare, SendResult } from "../../hub/ports.ts";

export interface ProcessOptions {
  readonly storage: string;
  readonly fabricLabel: string;
  /** Where a person puts root certificates (.pem, .der) and `revoked.json`. */
  readonly trustFolder: string;
  /** Where a person puts update files (.ota), and where those from the ledger are kept; `<storage>-updates` else. */
  readonly updateFolder?: string;
  /** Whether the public ledger may be asked; nothing else ever leaves the home. */
  readonly online: boolean;
  /** Devices with test certificates are taken without a question: a simulated home has no others. */
  readonly acceptTestDevices: boolean;
}

/** What an administrator of a device may wish; answered by {@link Managed}. */
export type ManageWish =
  | { readonly what: "read" }
  | { readonly what: "share" }
  | { readonly what: "endShare" }
  | { readonly what: "rename"; readonly label: string }
  | { readonly what: "removeFabric"; readonly index: number }
  | UpdateWish;

/** Of a device's firmware. `update` is a person's yes to that version. */
export type UpdateWish =
  | { readonly what: "lookForUpdate" }
  | { readonly what: "update"; readonly version: number }
  | { readonly what: "stopUpdate" };

export const isOfUpdates = (wish: ManageWish): wish is UpdateWish =>
  wish.what === "lookForUpdate" || wish.what === "update" || wish.what === "stopUpdate";

export type Managed =
  | {
      readonly ok: true;
      readonly node?: MatterNode;
      readonly share?: MatterShare;
      readonly facts?: { readonly roots: number; readonly bluetooth: boolean };
    }
  /** `absent`: not one of this hub's nodes. */
  | { readonly ok: false; readonly reason: string; readonly absent?: true };

export type ToProcess =
  /** Always first. `storage` is the process's own folder; its sibling `<storage>-backup` holds the last good copy. */
  | ({ readonly kind: "configure" } & ProcessOptions)
  /** `searchMs`: how long to look for the device. Code and password are secrets. */
  | {
      readonly kind: "commission";
      readonly job: string;
      readonly code: string;
      readonly searchMs: number;
      readonly wifi?: { readonly ssid: string; readonly password: string };
    }
  /** A person's word on what a job asked. */
  | { readonly kind: "decide"; readonly job: string; readonly accept: boolean }
  | { readonly kind: "cancel"; readonly job: string }
  | { readonly kind: "online"; readonly online: boolean }
  | { readonly kind: "facts"; readonly request: number }
  | { readonly kind: "manage"; readonly request: number; readonly node: NodeId; readonly wish: ManageWish }
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
  | { readonly kind: "unset"; readonly node: NodeId; readonly attributes: readonly Omit<AttributePath, "node">[] }
  | { readonly kind: "problem"; readonly problem: Problem }
  | { readonly kind: "step"; readonly job: string; readonly step: string; readonly done: number }
  /** A device that did not prove what it is; waits for `decide` until `until` (epoch ms). */
  | {
      readonly kind: "asking";
      readonly job: string;
      readonly findings: readonly string[];
      readonly until: number;
    }
  | { readonly kind: "commissioned"; readonly job: string; readonly node: NodeId }
  | { readonly kind: "failed"; readonly job: string; readonly problem: string; readonly cancelled?: true }
  /** What is known of a device's updates, whenever that changes. */
  | { readonly kind: "update"; readonly node: NodeId; readonly update: DeviceUpdate }
  | { readonly kind: "badUpdateFiles"; readonly files: readonly BadUpdateFile[] }
  | { readonly kind: "answer"; readonly request: number; readonly result: SendResult }
  | { readonly kind: "managed"; readonly request: number; readonly result: Managed }
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
  "unset",
  "problem",
  "step",
  "asking",
  "commissioned",
  "failed",
  "update",
  "badUpdateFiles",
  "answer",
  "managed",
  "log",
] satisfies FromProcess["kind"][]);

/** Whether a message of the channel is one of the process's own: both sides are built together, so the kind tells. */
export const isFromProcess = (message: unknown): message is FromProcess =>
  typeof message === "object" && message !== null && kinds.has(String(Reflect.get(message, "kind")));
