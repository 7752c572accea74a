import type { Condition } from "../model/plan.ts";
import type { Known } from "../model/reading.ts";

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
