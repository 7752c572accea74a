/** A schedule in which the battery does what was decided for the present hour. */
import { account } from "../../schedule/account.ts";
import type { Decision } from "../../schedule/build.ts";
import { modelled } from "../../schedule/devices/index.ts";
import type { Battery, Problem } from "../../schedule/problem.ts";
import type { Block, PlannedDevice, PlannedSlot, Reason, Schedule } from "../../schedule/schedule.ts";
import { act, type StorageLimits } from "../../storage/battery.ts";
import { factsOf, type Piece } from "./question.ts";

/** What the battery is told for a piece of the hour. */
export interface Told {
  readonly piece: Piece;
  /** Epoch ms. */
  readonly to: number;
  readonly limits: StorageLimits;
  readonly reason: Reason;
}

/** Nearer to empty than this share of the battery is empty: no limit is told. */
const NEAR = 0.02;

/** What the slots' own foreseen load and sun make the battery do in the told pieces; after them what was planned, as far as it still can. */
function courseOf(problem: Problem, schedule: Schedule, d: Battery, told: readonly Told[]) {
  const wanted = problem.slots.map((_, t) => schedule.devices.find((p) => p.id === d.id)?.slots[t]?.kwh ?? 0);
  let storedKwh = d.storedKwh;
  for (const { piece, limits } of told)
    for (let t = piece.first; t <= piece.last; t++) {
      const slot = problem.slots[t];
      if (!slot) continue;
      const flex = (piece.flexKwh * slot.hours) / piece.hours;
      const flow = act(factsOf(d), limits, storedKwh, slot.loadKwh - slot.pvKwh + flex, slot.hours);
      wanted[t] = flow.chargeKwh - flow.dischargeKwh;
      storedKwh = flow.storedKwh;
    }
  return modelled(d).follow(problem, wanted);
}

function limitOf(d: Battery, { mode, chargeToKwh, dischargeToKwh }: StorageLimits): { limit?: number } {
  if (mode === "hold") return {};
  if (mode === "chargeFromGrid") return { limit: chargeToKwh };
  const low = d.emptyKwh + NEAR * (d.fullKwh - d.emptyKwh);
  return dischargeToKwh > low ? { limit: dischargeToKwh } : {};
}

/** The told pieces as blocks, and what is left of those that were planned after them. */
function blocksOf(
  problem: Problem,
  schedule: Schedule,
  d: Battery,
  told: readonly Told[],
  slots: readonly PlannedSlot[],
) {
  const kwhOf = (first: number, last: number) => slots.slice(first, last + 1).reduce((sum, s) => sum + s.kwh, 0);
  const now = told.map(({ piece: { first, last }, to, limits, reason }): Block => {
    const from = problem.slots[first]?.from ?? 0;
    return {
      ...{ device: d.id, first, last, from, to, mode: limits.mode, kwh: kwhOf(first, last), reason },
      ...limitOf(d, limits),
    };
  });
  const [end, next] = [now.at(-1)?.to ?? 0, (now.at(-1)?.last ?? -1) + 1];
  const later = schedule.blocks
    .filter((b) => b.device === d.id && b.to > end)
    .map((b) => {
      const first = Math.max(b.first, next);
      return { ...b, first, from: Math.max(b.from, end), kwh: kwhOf(first, b.last) };
    });
  return [...now, ...later];
}

/** All that was decided, with the battery's course in place of the planned one. */
function decided(problem: Problem, schedule: Schedule, d: Battery, kwh: readonly number[]): Decision {
  return new Map(
    problem.devices.map((device) => {
      const slots = schedule.devices.find((p) => p.id === device.id)?.slots ?? [];
      const own = slots.map((s, t) => s.kwh + (device.kind === "solar" ? (device.yieldKwh[t] ?? 0) : 0));
      return [device.id, [device.id === d.id ? kwh : own]] as const;
    }),
  );
}

/** Puts what was decided into the schedule, with its books made anew. */
export function settled(problem: Problem, schedule: Schedule, d: Battery, told: readonly Told[]): Schedule {
  const course = courseOf(problem, schedule, d, told);
  const modes = new Map(
    told.flatMap(({ piece, limits }) =>
      Array.from({ length: piece.last - piece.first + 1 }, (_, k) => [piece.first + k, limits.mode] as const),
    ),
  );
  const battery = (device: PlannedDevice): PlannedSlot[] =>
    device.slots.map((slot, t) => ({
      ...slot,
      mode: modes.get(t) ?? slot.mode,
      kwh: course.kwh[t] ?? 0,
      level: course.level?.[t] ?? 0,
    }));
  const devices = schedule.devices.map((p) => (p.id === d.id ? { ...p, slots: battery(p) } : p));
  const slots = devices.find((p) => p.id === d.id)?.slots ?? [];
  const own = blocksOf(problem, schedule, d, told, slots);
  const first = schedule.blocks.findIndex((b) => b.device === d.id);
  const others = schedule.blocks.filter((b) => b.device !== d.id);
  const books = account(problem, decided(problem, schedule, d, course.kwh));
  const kw = course.kwh.map((kwh, t) => kwh / (problem.slots[t]?.hours ?? 1));
  return {
    ...schedule,
    devices,
    blocks: [...others.slice(0, Math.max(0, first)), ...own, ...others.slice(Math.max(0, first))],
    costs: books.costs,
    broken: books.broken,
    importKwh: books.importKwh,
    exportKwh: books.exportKwh,
    before: { ...schedule.before, kw: { ...schedule.before.kw, [d.id]: kw } },
  };
}
