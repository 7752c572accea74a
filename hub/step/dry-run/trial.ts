/** What a rule is tried on: a past, and the home as it is described now. */
import type { HomeSettings, NodeState } from "../../model/home.ts";
import type { Scene } from "../../model/house.ts";
import type { PastStretch } from "../../model/past.ts";
import type { NodeId } from "../../model/path.ts";
import type { HomeRule } from "../../model/rule/rule.ts";
import type { PricedTariff } from "../../model/tariff.ts";
import type { Reads } from "../../rules/dry-run/reads.ts";
import type { PastView } from "../../rules/dry-run/view.ts";
import type { InUse } from "./devices.ts";
import type { Warmed } from "./warmth.ts";

/** Something that somebody else asked a device for, as the audit log has it. */
export interface Deed {
  readonly at: number;
  /** A person's name, `plan:<id>` or `rule:<id>`. */
  readonly by: string;
  readonly kind: "person" | "plan" | "rule";
  /** What it was about, as arbitration counts it; undefined: the hands on the whole device were taken off. */
  readonly target: string | undefined;
  readonly node: NodeId;
  /** Text paths with the values that it wanted. */
  readonly wants: Readonly<Record<string, number | boolean | string>>;
  readonly words: string;
}

export interface Trial {
  readonly rule: HomeRule;
  /** Rules that it starts; nothing else starts them here. */
  readonly called: readonly HomeRule[];
  /** Rules that it switches on or off: here they do nothing, because all that they hear is not in this past. */
  readonly switched: readonly HomeRule[];
  readonly scenes: readonly Scene[];
  readonly reads: Reads;
  readonly view: PastView;
  readonly nodes: ReadonlyMap<NodeId, NodeState>;
  readonly settings: HomeSettings;
  readonly tariff: PricedTariff;
  /** Of the devices that it commands; rising. */
  readonly deeds: readonly Deed[];
  /** Of what it switches: what people use, by text path. */
  readonly uses: ReadonlyMap<string, InUse>;
  /** Of what it heats: what a model tells the warmth of. */
  readonly warmed: readonly Warmed[];
  /** When nothing was heard of any device. */
  readonly off: readonly PastStretch[];
}
