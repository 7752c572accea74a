import { EARLIEST, standing, stepsOf } from "../energy/counters.ts";
import { estimated } from "../energy/estimate.ts";
import type { Limits, Step } from "../energy/hygiene/memory.ts";
import { type MeterData, type PowerPiece, powerTimes, slotsOf } from "../energy/integrate.ts";
import { piecesOf } from "../energy/power.ts";
import type { EnergySlots, Estimate, MeterRef } from "../model/energy.ts";
import type { Repair } from "../model/repair.ts";
import type { Stretch } from "../ports.ts";
import type { Reach } from "./changes.ts";
import type { Connection } from "./connect.ts";
import { EnergySource } from "./energy-source.ts";
import { FIVE_MINUTES, HOUR, type Points } from "./summary.ts";

/** So many meters and so many slots of each in one answer. */
const MAX_METERS = 250;
const MAX_SLOTS = 120_000;
/** W that a connection carries where nothing is said of it. */
export const LIMIT_W = 100_000;
/** To know what a reading was, some before and after it are looked at: at least this far, and until there is one. */
const AROUND_MS = 3 * HOUR;
const DAY = 24 * HOUR;
const AROUND = 12;
const FURTHER_MS: readonly number[] = [2 * DAY, 30 * DAY, 400 * DAY];

export interface EnergyRequest {
  readonly meters: readonly MeterRef[];
  readonly from: number;
  readonly to: number;
  readonly slotMs: number;
  readonly now: number;
  /** Readings that are not written yet, by text path. */
  readonly tails: ReadonlyMap<string, Points>;
}

/** The series of a meter. */
export const seriesOf = ({ imported, exported, net, power, estimate }: MeterRef): string[] =>
  [imported, exported, net, power, estimate?.on, estimate?.level].filter((key) => key !== undefined);

/** Says which field of a question is wrong, and what would do; undefined when none is. */
export function misfitOfEnergy({ meters, from, to, slotMs }: Omit<EnergyRequest, "now" | "tails">): string | undefined {
  if (meters.length > MAX_METERS) return `meters: at most ${MAX_METERS} at once`;
  if (!Number.isInteger(slotMs) || slotMs < FIVE_MINUTES || slotMs % FIVE_MINUTES !== 0 || DAY % slotMs !== 0)
    return "slotMs: must be a multiple of five minutes that divides a day";
  if (!Number.isFinite(from) || from < 0 || from % slotMs !== 0) return "from: must be epoch ms, a multiple of slotMs";
  if (!Number.isFinite(to) || to < from) return "to: must be epoch ms, not before from";
  if ((to - from) / slotMs > MAX_SLOTS) return `slotMs: too small for this range; at most ${MAX_SLOTS} slots`;
  return undefined;
}

/** Energy of meters in slots: the readings as stored, judged and repaired. One formula for all that shows kWh. */
export function readEnergy(db: Connection, request: EnergyRequest): EnergySlots[] {
  // One transaction: between two reads an hour may be rolled up, and would be seen twice or not at all.
  return db.transaction(() => {
    const source = new EnergySource(db, request.now, request.tails);
    return request.meters.map((meter) => energyOf(source, meter, request));
  })();
}

/** Energy in stretches of time, and how far was looked for each. */
export interface PieceOfEnergy {
  readonly meters: readonly EnergySlots[];
  readonly reach: readonly Reach[];
  /** From this moment (epoch ms) on the answer does not depend on what time it is. */
  readonly settledAt: number;
}

export interface PiecesRequest extends Omit<EnergyRequest, "from" | "to"> {
  readonly stretches: readonly Stretch[];
}

/** The same of several stretches of time, each as if it were asked for alone. */
export function readPieces(db: Connection, request: PiecesRequest): PieceOfEnergy[] {
  return db.transaction(() => {
    const source = new EnergySource(db, request.now, request.tails);
    return request.stretches.map(({ from, to }) => {
      const meters = request.meters.map((meter) => energyOf(source, meter, { ...request, from, to }));
      const reach = source.takeReach();
      const settledAt = Math.max(to + AROUND_MS, ...reach.map(({ heldTo }) => heldTo * HOUR));
      return { meters, reach, settledAt };
    });
  })();
}

function energyOf(source: EnergySource, meter: MeterRef, request: Omit<EnergyRequest, "tails">): EnergySlots {
  const { from, to, slotMs } = request;
  if (meter.estimate) return estimatedSlots(source, meter.estimate, from, to, slotMs);
  const limitW = meter.limitW ?? LIMIT_W;
  const stop = from + Math.ceil((to - from) / slotMs) * slotMs;
  const steps = (key: string | undefined, net = false) =>
    key === undefined ? undefined : counted(source, key, { limitW, net }, from, stop);
  const imported = steps(meter.imported);
  const exported = steps(meter.exported);
  const net = steps(meter.net, true);
  const counters = net ? [net] : [imported ?? [], exported ?? []];
  const power = meter.power === undefined ? undefined : powerOf(source, meter.power, limitW, counters, from, stop);
  const data: MeterData = {
    ...(imported && { imported }),
    ...(exported && { exported }),
    ...(net && { net }),
    ...(power && { power }),
  };
  const slots = slotsOf(data, limitW, from, to, slotMs);
  if (!meter.reversed) return slots;
  return { ...slots, importedKwh: slots.exportedKwh, exportedKwh: slots.importedKwh };
}

/** By what a person says of a device: its state holds until it tells another. */
function estimatedSlots(
  source: EnergySource,
  estimate: Estimate,
  from: number,
  to: number,
  slotMs: number,
): EnergySlots {
  const stop = Math.min(source.now, from + Math.ceil((to - from) / slotMs) * slotMs);
  const stateOf = (key: string | undefined) => {
    if (key === undefined) return undefined;
    const before = FURTHER_MS.map((ms) => source.stands(key, Math.max(EARLIEST, from - ms), from)).find(
      (s) => s.ats.length > 0,
    );
    return { held: before?.values.at(-1), summaries: source.summaries(key, from, stop, Number.MAX_VALUE) };
  };
  const power = estimated(estimate, stateOf(estimate.on), stateOf(estimate.level), from, stop, FIVE_MINUTES);
  return { ...slotsOf({ power }, Number.MAX_VALUE, from, to, slotMs), basis: "estimate" };
}

/** The steps of a counter that touch [from, to), with what lies around them. */
function counted(source: EnergySource, key: string, limits: Limits, from: number, to: number): Step[] {
  const near = source.stands(key, Math.max(EARLIEST, from - AROUND_MS), to + AROUND_MS);
  const stands = { ats: [...near.ats], values: [...near.values] };
  for (const further of FURTHER_MS) {
    if ((stands.ats[0] ?? to) <= from) break;
    const before = source.stands(key, Math.max(EARLIEST, from - further), from - AROUND_MS);
    stands.ats.unshift(...before.ats.slice(-AROUND));
    stands.values.unshift(...before.values.slice(-AROUND));
  }
  // Also where nothing is heard in the time itself: a long silence adds up to the same, asked for in whole or in parts.
  const last = stands.ats.at(-1);
  for (const further of FURTHER_MS) {
    if (last === undefined || last >= to || (stands.ats.at(-1) ?? 0) >= to || to + AROUND_MS > source.now) break;
    const after = source.stands(key, to + AROUND_MS, to + further);
    stands.ats.push(...after.ats.slice(0, AROUND));
    stands.values.push(...after.values.slice(0, AROUND));
  }
  const first = stands.ats[0];
  if (first === undefined) return [];
  return stepsOf(stands, around(source.repairs(key), first, stands.ats.at(-1) ?? first), limits);
}

/** Only what lies in the time that is looked at; the unit that was reached before it still holds. */
function around(repairs: readonly Repair[], first: number, last: number): readonly Repair[] {
  return repairs.filter((repair) => repair.from <= last && (repair.to >= first || repair.kind === "unit"));
}

/** The power in pieces, for as much of the time as the counters leave open or long steps need. */
function powerOf(
  source: EnergySource,
  key: string,
  limitW: number,
  counters: readonly (readonly Step[])[],
  from: number,
  to: number,
): PowerPiece[] {
  const { pins } = standing(source.repairs(key).filter((repair) => repair.state === "active"));
  // What is too much as told may be right in another unit, or is taken out by its repair, from raw readings as from rollups.
  const most = pins.length > 0 ? Number.POSITIVE_INFINITY : limitW;
  const pieces: PowerPiece[] = [];
  for (const [start, end] of powerTimes(counters, from, to))
    pieces.push(...piecesOf(source.summaries(key, start, end, most), pins, limitW));
  return pieces;
}
