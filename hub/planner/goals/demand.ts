/** What goals ask of devices and of the house, as data for whoever plans: wishes turned into limits, deadlines and weights. */
import type { Goal } from "../../model/goal/index.ts";
import type { NodeId } from "../../model/path.ts";
import type { ClockTime } from "../../model/plan.ts";

/** When a demand holds, by the home's clock; over midnight where `to` is not after `from`. Always where nothing is said. */
export interface When {
  readonly from?: ClockTime;
  readonly to?: ClockTime;
  /** 1 (Monday) to 7. */
  readonly days?: readonly number[];
  /** YYYY-MM-DD, both in it. */
  readonly firstDay?: string;
  readonly lastDay?: string;
  readonly presence?: "home" | "away";
}

export type Demand =
  /** Charged or hot at a time of day, on the days of `when`. */
  | {
      readonly kind: "storedBy";
      readonly node: NodeId;
      readonly amount: number;
      readonly unit: "%" | "km" | "kWh" | "degC";
      readonly by: ClockTime;
    }
  /** A room's temperature (degC) stays within. */
  | { readonly kind: "roomBand"; readonly room: string; readonly lowC?: number; readonly highC?: number }
  /** A device's own level stays within. */
  | {
      readonly kind: "levelBand";
      readonly node: NodeId;
      readonly unit: "%" | "degC";
      readonly low?: number;
      readonly high?: number;
    }
  /** A machine runs once, not before `notBefore`, done by `by`. */
  | { readonly kind: "runOnce"; readonly node: NodeId; readonly notBefore?: ClockTime; readonly by: ClockTime }
  /** Nobody but a person switches these; `act` only this way. */
  | { readonly kind: "blocked"; readonly nodes: readonly NodeId[]; readonly act?: "on" | "off" }
  /** Percent of the home battery that stays in it. */
  | { readonly kind: "reserve"; readonly percent: number }
  /** The house imports at most this, kW. */
  | { readonly kind: "importLimit"; readonly kw: number }
  /** Charged by the home's own solar power alone. */
  | { readonly kind: "ownPowerOnly"; readonly node: NodeId }
  /** Nothing is used where nobody is. */
  | {
      readonly kind: "nothingIdle";
      readonly what: "standby" | "lights" | "heating";
      readonly node?: NodeId;
      readonly room?: string;
    }
  /** What counts when there is a choice. */
  | { readonly kind: "least"; readonly what: "cost" | "co2" | "import" };

/** A demand, when it holds, and whose wish it is: given up from the least, 5 before 1. */
export interface Demanded {
  readonly demand: Demand;
  readonly when: When;
  /** Place of its goal in the list, from 0. */
  readonly goal: number;
  readonly priority: 1 | 2 | 3 | 4 | 5;
}

const MUSTS = [1, 2, 3] as const;
const WISHES = [4, 5] as const;

/** What savings are about gives way by itself; what people named must be kept. */
const YIELDS: ReadonlySet<Goal["kind"]> = new Set(["minimise", "reduceStandby", "offWhenEmpty"]);

/** How firmly a goal is meant: as said, else by its kind. */
export const strengthOf = (goal: Goal): "must" | "ifPossible" =>
  goal.strength ?? (YIELDS.has(goal.kind) ? "ifPossible" : "must");

/** 1 to 3 for what must be kept, 4 and 5 for what is kept as far as possible; in each the order of the list decides. */
export function prioritiesOf(goals: readonly Goal[]): readonly Demanded["priority"][] {
  const seen = { must: 0, ifPossible: 0 };
  return goals.map((goal) => {
    const strength = strengthOf(goal);
    const place = seen[strength]++;
    return strength === "must" ? (MUSTS[Math.min(place, 2)] ?? 3) : (WISHES[Math.min(place, 1)] ?? 5);
  });
}

/** The first and the last day of a goal, where it has them. */
export const datesOf = (goal: Goal): Pick<When, "firstDay" | "lastDay"> => ({
  ...("firstDay" in goal && goal.firstDay ? { firstDay: goal.firstDay } : {}),
  ...("lastDay" in goal && goal.lastDay ? { lastDay: goal.lastDay } : {}),
});

/** When a goal holds. */
export function whenOf(goal: Goal): When {
  const from = "from" in goal && goal.kind !== "applianceWindow" ? goal.from : undefined;
  const to = "to" in goal ? goal.to : undefined;
  const days = "days" in goal ? goal.days : undefined;
  const { firstDay, lastDay } = datesOf(goal);
  const presence = "presence" in goal ? goal.presence : undefined;
  return {
    ...(from ? { from } : {}),
    ...(to ? { to } : {}),
    ...(days ? { days } : {}),
    ...(firstDay ? { firstDay } : {}),
    ...(lastDay ? { lastDay } : {}),
    ...(presence ? { presence } : {}),
  };
}
