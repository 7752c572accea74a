/** The schedule: what each device does in each slot, why, and what could not be had. Units as in `problem.ts`. */
import type { Before, DeviceKind } from "./problem.ts";

/** `hold` takes sun but never gives. `dischargeToGrid` only where the battery may. */
export type BatteryMode = "chargeFromGrid" | "followLoad" | "hold" | "dischargeToGrid";
/** `sun`: what would be exported; `on`: at the planned power. */
export type LoadMode = "off" | "on" | "sun";
export type SolarMode = "free" | "curtailed";

export interface PlannedSlot {
  readonly mode: BatteryMode | LoadMode | SolarMode;
  /** Positive takes. A battery's is foreseen, not commanded: its mode and limits are. */
  readonly kwh: number;
  /** kWh stored, degC of tank or room, at the slot's end; absent where there is no store. */
  readonly level?: number;
  /** What to tell a thermostat, degC: tank and room. */
  readonly setpointC?: number;
}

/** Slots [first, last] in which a device does the same. */
export interface Block {
  readonly device: string;
  readonly first: number;
  readonly last: number;
  /** Epoch ms. */
  readonly from: number;
  readonly to: number;
  readonly mode: PlannedSlot["mode"];
  /** Positive takes. */
  readonly kwh: number;
  /** Battery: charge up to, or give down to (absent: until it is empty), kWh; car: kW at most; tank and room: degC to be set. */
  readonly limit?: number;
  /** A car that is off: up to so many kWh, what sun is over all the same is worth more in it than exported. */
  readonly sunUpTo?: number;
  readonly reason?: Reason;
}

export interface PlannedDevice {
  readonly id: string;
  readonly kind: DeviceKind;
  readonly slots: readonly PlannedSlot[];
}

/**
 * `price`: other hours cost more (or less); `sun`: own sun is there (or comes later); `deadline`, `comfort`, `reserve`: a wish would be broken;
 * `peak`, `fuse`, `limit`: too much power at once; `wear`: the battery's wear eats the gain; `co2`, `ownUse`: a weight that people set;
 * `tie`: it makes no difference; `blocked`: it may not run then; `away`: it is not there; `done`: there is nothing to do.
 * `stored`: what is in the battery is worth more, or less, than what the grid costs; `distrust`: planning has lately cost more than the
 * battery's own way.
 */
export type ReasonKind =
  | "price"
  | "sun"
  | "deadline"
  | "comfort"
  | "reserve"
  | "peak"
  | "fuse"
  | "limit"
  | "wear"
  | "co2"
  | "ownUse"
  | "tie"
  | "blocked"
  | "away"
  | "done"
  | "stored"
  | "distrust";

export interface Reason {
  readonly kind: ReasonKind;
  /** Currency: how much dearer all gets when the block must not be so. Below zero it would be cheaper, but break what is in `broken`. Absent: not asked. */
  readonly extraCost?: number;
  /** Wishes that would be broken otherwise. */
  readonly broken?: readonly BrokenWish[];
  /** Mean price in the block, and where its energy would go otherwise; currency per kWh. */
  readonly price?: number;
  readonly otherPrice?: number;
  /** The other price is not published yet. */
  readonly foreseen?: true;
  /** When it would be done otherwise, epoch ms. */
  readonly otherwise?: number;
  /** kWh of the block that come from own sun. */
  readonly sunKwh?: number;
  /** What one more stored kWh would spare, currency: the battery's shadow price. */
  readonly storedWorth?: number;
  /** What each other mode of the battery would cost more, currency. */
  readonly others?: Readonly<Partial<Record<BatteryMode, number>>>;
}

export type BrokenKind =
  | "ready"
  | "warmWater"
  | "tooCold"
  | "tooWarm"
  | "late"
  | "notRun"
  | "reserve"
  | "fuse"
  | "exportLimit"
  | "limit";

/** A wish that could not be had, and by how much: kWh missing, kelvin at worst, minutes late, kW too much. */
export interface BrokenWish {
  readonly kind: BrokenKind;
  readonly device?: string;
  readonly goal?: string;
  readonly by: number;
  readonly unit: "kWh" | "K" | "min" | "kW";
  /** Epoch ms of the worst. */
  readonly at: number;
}

/** Currency over all slots. `total` is what was minimised, without the small change that keeps the plan steady. */
export interface Costs {
  readonly energy: number;
  readonly peak: number;
  readonly wear: number;
  readonly co2: number;
  readonly ownUse: number;
  readonly broken: number;
  /** Worth of what is stored at the end, taken off. */
  readonly leftOver: number;
  readonly total: number;
}

/** Who made it: the solver, or what stood in for it because it gave nothing in time. */
export type MadeBy = "solver" | "lastPlan" | "greedy" | "selfConsumption";

export interface Schedule {
  readonly at: number;
  readonly madeBy: MadeBy;
  /** Why it is not the solver's own; a sentence. */
  readonly fallback?: string;
  readonly froms: readonly number[];
  readonly end: number;
  readonly devices: readonly PlannedDevice[];
  readonly blocks: readonly Block[];
  readonly broken: readonly BrokenWish[];
  readonly costs: Costs;
  /** kWh by slot, as expected. */
  readonly importKwh: readonly number[];
  readonly exportKwh: readonly number[];
  readonly gap: number;
  readonly solveMs: number;
  /** What the next solving is to know of this one. */
  readonly before: Before;
}

/** How long a schedule may take. */
export interface Haste {
  /** For the plan itself, ms. */
  readonly timeLimitMs: number;
  /** For its reasons afterwards, ms; 0: none. */
  readonly reasonsMs: number;
  readonly signal?: AbortSignal;
  /** Hears the plan before its reasons are asked for. */
  readonly onPlan?: (schedule: Schedule) => void;
}
