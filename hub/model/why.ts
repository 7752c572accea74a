/** The answer to "why is it so" and "why was it not": data, and one plain sentence for each part of it. */
import type { NodeId } from "./path.ts";

/** What something is asked to be. */
export type AskedState =
  | ("on" | "off" | "open" | "closed" | "locked" | "unlocked" | "occupied" | "clear")
  | ("charging" | "pluggedIn" | "running" | "alarm");

/**
 * Who or what: `person`, `plan`, `rule`, `safety`; `device`: the device itself or what speaks to it without the hub; `hub`.
 */
export const whyActors = ["person", "plan", "rule", "safety", "device", "hub"] as const;
export type WhyActor = (typeof whyActors)[number];

/**
 * What speaks. `asked`: somebody asked it. `changed`: it changed by itself. `keeps`: it is kept so. `held`: a person's hand keeps others
 * off. `refused`, `unconfirmed`, `lost`: it was asked and did not come to it. `nearMiss`: something spoke for it and was not
 * enough. `condition`, `trigger`, `moment`, `unknown`, `off`, `over`, `later`: what a rule lacked. `none`: nothing would have done it.
 */
export const whyKinds = [
  ...(["asked", "changed", "keeps", "held", "refused", "unconfirmed", "lost", "nearMiss", "running"] as const),
  ...(["condition", "trigger", "moment", "unknown", "off", "over", "later", "unreachable", "none"] as const),
] as const;
export type WhyKind = (typeof whyKinds)[number];

export interface Reason {
  readonly kind: WhyKind;
  /** One sentence. */
  readonly text: string;
  readonly by?: WhyActor;
  /** A rule's id, also of a plan's rule. */
  readonly rule?: string;
  /** The trace that tells more. */
  readonly trace?: string;
  /** Epoch ms. */
  readonly at?: number;
}

export interface RuleReasons {
  readonly rule: string;
  readonly title: string;
  /** The most telling first; at most 6. */
  readonly reasons: readonly Reason[];
}

export interface Why {
  readonly node: NodeId;
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** How it is now, in words; absent where that is not known. */
  readonly now?: string;
  /** What was asked of it or what it did by itself, the newest first; at most 20. */
  readonly did: readonly Reason[];
  /** What keeps it as it is; of now, or of the moment that was asked about. */
  readonly keeps: readonly Reason[];
  /** Rules that could have acted on it and did not, the most telling first; at most 30. */
  readonly not: readonly RuleReasons[];
  /** Nothing that anybody asks could make it so: no car is there, or the charger has a fault. */
  readonly impossible?: boolean;
  /** The answer in one to three sentences: why it is so. */
  readonly why: string;
  /** The same for: why was it not otherwise. */
  readonly whyNot: string;
}
