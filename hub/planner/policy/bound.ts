/**
 * The least that a stretch of the past could have cost with all of it known: every device a store that may be filled at any time, no
 * mode and no switch in the way, nothing lost that people must not lose. One linear programme: no plan can be cheaper, and few could be as cheap.
 * Where the way that is judged went beyond a bound itself (a cold bath, a car left half empty), the bound gives way to it.
 */
import type { LinearModel } from "../../model/linear.ts";
import { levelsOf, type Store } from "../../twin/store.ts";
import { ModelBuilder } from "../schedule/model.ts";

/** A device with what it took in the way that is judged, kWh by step, given below zero. */
export interface Moved {
  readonly store: Store;
  readonly kwh: Float64Array;
}

/** The stretch by step. */
export interface Known {
  /** All that no store stands for, kWh; 0 where nobody knows. */
  readonly baseKwh: Float64Array;
  /** Currency per kWh; 0 for both in steps that do not count. */
  readonly price: Float64Array;
  readonly exportPrice: Float64Array;
  readonly devices: readonly Moved[];
  /** Electricity in store at the end, kWh, of the way that is judged beyond the home left to itself. */
  readonly storedMore: number;
  /** What a kWh more in store at the end is worth, and one less costs; currency. */
  readonly more: number;
  readonly less: number;
}

/** Room for the solver's tolerance. */
const SLACK = 1e-6;

interface Columns {
  readonly take: number[];
  readonly give: number[];
  readonly last: readonly (readonly [column: number, worthKwh: number])[];
}

/** A store's columns and its rows. Gives besides what it was worth at the end in the way that is judged, kWh. */
function buildStore(m: ModelBuilder, { store, kwh }: Moved): Columns & { readonly ownKwh: number } {
  const own = levelsOf(store, kwh);
  const columns: { take: number[]; give: number[] } = { take: [], give: [] };
  let [level, beside] = [-1, -1];
  kwh.forEach((moved, t) => {
    const now = own.level[t] ?? 0;
    const take = m.column(0, Math.min(store.leastKwh, Math.max(0, moved)), Math.max(store.mostKwh[t] ?? 0, moved));
    const give = m.column(0, 0, Math.max(store.gives?.mostKwh ?? 0, -moved));
    const next = m.column(0, Math.min(store.low[t] ?? 0, now) - SLACK, Math.max(store.high[t] ?? 0, now) + SLACK);
    const known = (level < 0 ? store.keep * store.start : 0) + (store.drift[t] ?? 0);
    const pulled = store.beside && beside < 0 ? store.beside.pull * store.beside.start : 0;
    const row = m.row(known + pulled, known + pulled, [
      [next, 1],
      [take, -(store.gain[t] ?? 0)],
      [give, store.gives?.loss ?? 0],
    ]);
    if (level >= 0) m.term(row, level, -store.keep);
    if (beside >= 0) m.term(row, beside, -(store.beside?.pull ?? 0));
    if (store.beside) beside = buildBeside(m, store.beside, beside, next);
    level = next;
    columns.take.push(take);
    columns.give.push(give);
  });
  const last: [number, number][] = level < 0 ? [] : [[level, store.worthKwh]];
  if (store.beside && beside >= 0) last.push([beside, store.beside.worthKwh]);
  const ownKwh = (own.level.at(-1) ?? 0) * store.worthKwh + (own.beside.at(-1) ?? 0) * (store.beside?.worthKwh ?? 0);
  return { ...columns, last, ownKwh };
}

/** The walls at the end of a step whose room ends at `level`. */
function buildBeside(m: ModelBuilder, beside: NonNullable<Store["beside"]>, before: number, level: number): number {
  const after = m.column(0, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY);
  const known = before < 0 ? (1 - beside.follows) * beside.start : 0;
  const row = m.row(known, known, [
    [after, 1],
    [level, -beside.follows],
  ]);
  if (before >= 0) m.term(row, before, beside.follows - 1);
  return after;
}

/** The house in a step: what is imported less what is exported is what all take; no battery gives more than the house uses. */
function buildStep(m: ModelBuilder, known: Known, devices: readonly Columns[], t: number): void {
  const base = known.baseKwh[t] ?? 0;
  const most = known.devices.reduce((sum, { store, kwh }) => sum + Math.max(store.mostKwh[t] ?? 0, kwh[t] ?? 0), 0);
  const imported = m.column(known.price[t] ?? 0, 0, Math.max(0, base) + most + SLACK);
  const exported = m.column(-(known.exportPrice[t] ?? 0), 0, Math.max(0, -base) + SLACK);
  const balance = m.row(base, base, [
    [imported, 1],
    [exported, -1],
  ]);
  const batteries = known.devices.filter((d) => d.store.gives).length;
  const [giving, several] = [batteries > 0, batteries > 1];
  const inside = giving ? m.row(Number.NEGATIVE_INFINITY, Math.max(0, base) + SLACK) : -1;
  devices.forEach(({ take, give }, k) => {
    const gives = known.devices[k]?.store.gives !== undefined;
    m.term(balance, take[t] ?? 0, -1);
    if (gives) {
      m.term(balance, give[t] ?? 0, 1);
      m.term(inside, give[t] ?? 0, 1);
    }
    // One battery may give what another takes.
    if (giving && (!gives || several)) m.term(inside, take[t] ?? 0, -1);
  });
}

/** The programme; its least cost is the least that the stretch could have cost, what is in store at the end beyond the home left to itself taken off. */
export function boundModel(known: Known): LinearModel {
  const m = new ModelBuilder();
  const devices = known.devices.map((moved) => buildStore(m, moved));
  known.baseKwh.forEach((_, t) => {
    buildStep(m, known, devices, t);
  });
  const more = m.column(-known.more);
  const less = m.column(Math.max(known.more, known.less));
  const own = devices.reduce((sum, d) => sum + d.ownKwh, 0);
  const row = m.row(known.storedMore - own, known.storedMore - own, [
    [more, 1],
    [less, -1],
  ]);
  for (const { last } of devices) for (const [column, worthKwh] of last) m.term(row, column, -worthKwh);
  return m.build();
}
