import type { Value } from "./capability.ts";
import type { EndpointPath } from "./path.ts";

/** `set` writes writable attributes; any other name is a command of the capability. */
export interface Command {
  readonly target: EndpointPath;
  readonly capability: string;
  readonly command: string;
  readonly args: Readonly<Record<string, Value>>;
}

/** Who asks, highest rank first. */
export const ranks = ["safety", "person", "plan", "rule"] as const;
export type Rank = (typeof ranks)[number];

export interface Origin {
  readonly rank: Rank;
  /** A person's name, a plan's or rule's id. */
  readonly by: string;
  /** Why, in words. */
  readonly reason: string;
}

/** MQTT gives no answer: only a later reading confirms. */
export type Outcome =
  | { readonly state: "refused"; readonly reason: string }
  | { readonly state: "accepted" }
  | { readonly state: "confirmed"; readonly afterMs: number }
  | { readonly state: "unconfirmed"; readonly reason: string };
