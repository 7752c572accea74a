/** Days of saving, put together into what a person is told. */
import type { NodeId } from "../model/path.ts";
import type { Measured, Rule } from "../model/plan.ts";
import type { Tariff } from "../model/tariff.ts";
import type { Comfort } from "../twin/device.ts";
import type { Twin } from "../twin/fit.ts";
import type { History } from "../twin/history.ts";

export interface MeasureInput {
  /** Fitted on history that ends before the plan began. */
  readonly twin: Twin;
  /** The time since. */
  readonly since: History;
  readonly tariff: Tariff;
  readonly comfort: Comfort;
  /** Rules that ran in that time, those of this plan left out. */
  readonly otherRules: readonly Rule[];
  /**
   * Devices that the plan steers; without it all are modelled. What others did is known, so that the twin's errors about them need
   * not come into it, least of all about those that other plans steer: the past holds no days of them like these.
   */
  readonly steered?: ReadonlySet<NodeId>;
  /** Rules that ran before the plan began. */
  readonly rulesBefore: readonly Rule[];
}

/** What a method of measuring found. */
export interface Counted {
  readonly daily: readonly { readonly day: string; readonly savedCost: number }[];
  readonly savedKwh: number;
  /** Half width of the 90 % band; not finite where the errors are too few. */
  readonly band: number;
  readonly most: number;
  readonly coverage: number;
  readonly method: string;
  readonly note: string;
}

/** Nothing can be said, and why. */
export const nothingMeasured = (since: History, refused: string): Measured => ({
  from: since.from,
  to: since.from + since.steps * since.stepMs,
  days: 0,
  savedCost: 0,
  savedKwh: 0,
  band: 0,
  coverage: 0,
  note: refused,
  refused,
});

/**
 * The sum of the days. A sum beyond what the steered devices can have saved is cut to that, day by day by the same share, so that
 * days and sum stay the same figure.
 */
export function summedUp(since: History, c: Counted): Measured {
  const empty = nothingMeasured(since, "the twin was tested on too few days to say how sure this is");
  if (!Number.isFinite(c.band)) return { ...empty, days: c.daily.length, coverage: c.coverage };
  const raw = c.daily.reduce((sum, d) => sum + d.savedCost, 0);
  const share = raw > c.most && raw > 0 ? c.most / raw : 1;
  const daily = c.daily.map((d) => ({ ...d, savedCost: d.savedCost * share }));
  const savedCost = daily.reduce((sum, d) => sum + d.savedCost, 0);
  const told = Math.abs(savedCost) > c.band;
  const words = [
    told ? "against the days as they would have been" : "no saving can be told from the days' own ups and downs yet",
    ...(share < 1 ? ["cut to the most that these devices can have saved"] : []),
    c.note,
  ];
  return {
    from: since.from,
    to: since.from + since.steps * since.stepMs,
    days: c.daily.length,
    savedCost,
    savedKwh: c.savedKwh,
    band: c.band,
    coverage: c.coverage,
    note: words.join("; "),
    daily,
    most: c.most,
    method: c.method,
  };
}
