import type { Value } from "../model/capability.ts";
import type { HouseState } from "../model/house.ts";
import type { NodeId } from "../model/path.ts";
import type { Known } from "../model/reading.ts";
import type { Condition } from "../model/rule/condition.ts";
import type { Target } from "../model/rule/target.ts";
import type { SunDay } from "./time/sun.ts";

/** One endpoint that is meant by a target. */
export interface Spot {
  readonly node: NodeId;
  readonly endpoint: number;
}

/** What started a rule, for its conditions and formulas. */
export interface Started {
  /** The trigger's name, if it has one. */
  readonly id?: string | undefined;
  readonly value?: Value | undefined;
  readonly before?: Value | undefined;
}

/** A frozen view of the home, real or simulated, that conditions are evaluated on. */
export interface Picture {
  /** Epoch ms. */
  readonly now: number;
  /** IANA zone. */
  readonly timeZone: string;
  /** What people call a device; reasons name it so. Undefined where nobody reads them. */
  name?(node: string): string;
  /** What is known under a text path. */
  known(key: string): Known;
  /** Import price per kWh at a moment, in the home's currency. */
  price(at: number): number;
  /** What exported energy earns, per kWh; undefined where nobody asks. */
  readonly exportPrice?: number;
  /** Grid intensity at a moment, g CO2 per imported kWh. */
  co2?(at: number): number;
  /** Power in W that leaves the house now (positive: surplus); undefined when the house meter is unknown. */
  surplusW(): number | undefined;
  /** The endpoints that are meant now and have the capability, in a lasting order; undefined where nobody can tell. */
  select?(target: Target, capability: string): readonly Spot[];
  /** Modes, people and days of the house; undefined where nobody can tell. */
  readonly house?: HouseState | undefined;
  /** Whether now is a public holiday here. */
  isHoliday?(): boolean;
  /** The sun's height in degrees at a moment; below 0 it is down. */
  sunElevation?(at: number): number;
  /** When the sun rises, sets and so on, on the day that the clock shows at a moment; without a noon where the place is not known. */
  sunDay?(at: number): SunDay;
  /** Variables of the run that asks. */
  readonly variables?: ReadonlyMap<string, Value> | undefined;
  readonly started?: Started | undefined;
  /** Since when a lasting condition has held, epoch ms; kept by the caller from one evaluation to the next. */
  readonly memory: Map<string, number>;
}

/** What came out of a condition, with the values seen, in words. */
export interface Truth {
  readonly holds: boolean | "unknown";
  readonly reason: string;
}

export type Evaluate = (condition: Condition, picture: Picture, scope: string) => Truth;

export const truth = (holds: boolean | "unknown", reason: string): Truth => ({ holds, reason });
