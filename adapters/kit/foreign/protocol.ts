/** What the hub and the process of a maker's adapter say to each other: JSON texts, one a line, over a pipe of their own. */
import type { Command } from "../../../hub/model/command.ts";
import type { NodeDescription } from "../../../hub/model/node.ts";
import type { AdapterInput, BrokerSettings, SendResult } from "../../../hub/ports.ts";

export type ToAdapter =
  /** Always first. Credentials come this way alone: neither arguments nor the environment hold them. */
  | {
      readonly kind: "configure";
      readonly dialect: string;
      readonly own: BrokerSettings | undefined;
      readonly others: readonly BrokerSettings[];
    }
  /** A broker was added, or is to be reached another way than the one of this name before. */
  | { readonly kind: "connect"; readonly broker: BrokerSettings }
  | { readonly kind: "disconnect"; readonly name: string }
  | { readonly kind: "send"; readonly request: number; readonly command: Command; readonly node: NodeDescription }
  | { readonly kind: "stop" };

export type FromAdapter =
  | { readonly kind: "ready"; readonly name: string }
  /** Can't begin: why, and what to do. */
  | { readonly kind: "unfit"; readonly message: string; readonly fix: string }
  | { readonly kind: "alive" }
  | { readonly kind: "inputs"; readonly inputs: readonly AdapterInput[] }
  | { readonly kind: "answer"; readonly request: number; readonly result: SendResult };

/** The process says that it lives this often; a dialect that hangs says nothing any more. */
export const ALIVE_MS = 2000;
