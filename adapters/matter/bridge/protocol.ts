/** What the hub and the bridge's process say to each other over the IPC channel of a forked process. */
import type { Value } from "../../../hub/model/capability.ts";
import type { Problem } from "../../../hub/model/finding.ts";
import type { EndpointDescription } from "../../../hub/model/node.ts";
import type { NodeId } from "../../../hub/model/path.ts";
import type { Ask } from "./table.ts";

export interface BridgeConfig {
  readonly id: string;
  /** What controllers show as the bridge's name; at most 32 characters. */
  readonly name: string;
  readonly port: number;
  /** Marks of the bridge itself; Matter wants two texts that differ (11.1.5.19). */
  readonly uniqueId: string;
  readonly serial: string;
}

/** A device as it goes to the process, which plans its endpoints by the same code as the hub's preview. */
export interface OutDevice {
  readonly node: NodeId;
  readonly name: string;
  readonly vendor?: string;
  readonly model?: string;
  readonly firmware?: string;
  readonly uniqueId: string;
  readonly serial: string;
  readonly endpoints: readonly EndpointDescription[];
  /** Device types by endpoint number, a person's role first. */
  readonly kinds: Readonly<Record<string, readonly string[]>>;
}

/** What is known of a device now. Values by `endpoint/capability.attribute`; null: nothing is known any more. */
export interface Told {
  readonly node: NodeId;
  readonly reachable: boolean;
  readonly values: Readonly<Record<string, Value | null>>;
  /** What happened just now and is no state, such as presses of a button, in its order. */
  readonly happened?: readonly (readonly [key: string, value: Value])[];
}

export interface Fabric {
  readonly index: number;
  /** What its owner called it. */
  readonly label: string;
  readonly vendorId: number;
}

/** What a bridge says of itself. The codes are for people only: never logged. */
export interface BridgeNews {
  readonly online: boolean;
  readonly qrCode?: string;
  readonly manualCode?: string;
  readonly fabrics: readonly Fabric[];
  /** Epoch ms until when a controller may pair; 0: closed. */
  readonly openUntil: number;
  /** Why it is not running. */
  readonly problem?: string;
}

export type Answer =
  | { readonly state: "done" }
  /** On its way: what became of it follows as `settled`. */
  | { readonly state: "taken" }
  | { readonly state: "refused"; readonly reason: string };

export type ToBridge =
  /** Always first. */
  | { readonly kind: "configure"; readonly storage: string }
  | { readonly kind: "bridge"; readonly bridge: BridgeConfig; readonly open: number }
  /** A person removed the bridge: its fabrics and numbers go. */
  | { readonly kind: "forget"; readonly bridge: string }
  /** All devices of a bridge; those not named are taken off it. */
  | { readonly kind: "devices"; readonly bridge: string; readonly devices: readonly OutDevice[] }
  | { readonly kind: "device"; readonly bridge: string; readonly device: OutDevice }
  | { readonly kind: "leave"; readonly bridge: string; readonly node: NodeId }
  | { readonly kind: "told"; readonly told: readonly Told[] }
  /** Opens the bridge for pairing, or closes it (0 s). */
  | { readonly kind: "window"; readonly bridge: string; readonly seconds: number }
  | { readonly kind: "removeFabric"; readonly bridge: string; readonly fabric: number }
  | { readonly kind: "answer"; readonly request: number; readonly answer: Answer }
  | { readonly kind: "settled"; readonly request: number }
  | { readonly kind: "stop" };

export type FromBridge =
  | { readonly kind: "ready" }
  | { readonly kind: "alive"; readonly rss: number }
  | { readonly kind: "news"; readonly bridge: string; readonly news: BridgeNews }
  /** An ecosystem asks for something. `fabric` is its label. */
  | {
      readonly kind: "asked";
      readonly request: number;
      readonly bridge: string;
      readonly fabric: Fabric;
      readonly node: NodeId;
      readonly endpoint: number;
      readonly asks: readonly Ask[];
    }
  | { readonly kind: "problem"; readonly problem: Problem }
  | { readonly kind: "log"; readonly level: "info" | "warn" | "error"; readonly message: string };

const kinds = new Set<string>(["ready", "alive", "news", "asked", "problem", "log"] satisfies FromBridge["kind"][]);

/** Whether a message of the channel is one of the process's own: both sides are built together, so the kind tells. */
export const isFromBridge = (message: unknown): message is FromBridge =>
  typeof message === "object" && message !== null && kinds.has(String(Reflect.get(message, "kind")));
