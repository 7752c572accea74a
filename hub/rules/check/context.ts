import type { Home, NodeState } from "../../model/home.ts";
import type { HouseState, Scene } from "../../model/house.ts";
import type { NodeId } from "../../model/path.ts";
import type { Rule } from "../../model/plan.ts";
import type { HomeRule } from "../../model/rule/rule.ts";

/** The home that a rule is checked against. */
export interface CheckContext {
  readonly home: Home;
  /** Finds the device that an id means now: also of one that became part of another. */
  readonly find: (id: NodeId) => NodeState | undefined;
  readonly house: HouseState;
  readonly scenes: readonly Scene[];
  /** The other rules of people. */
  readonly rules: readonly HomeRule[];
  /** Rules of running plans. */
  readonly planRules: readonly Rule[];
  /** Epoch ms. */
  readonly now: number;
}
