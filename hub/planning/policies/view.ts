/** A schedule as people see it. */

import type { Steered } from "../../planner/policy/devices.ts";
import type { PosedProblem } from "../../planner/policy/pose/index.ts";
import type { Problem } from "../../planner/schedule/problem.ts";
import type { PlannedDevice, Schedule } from "../../planner/schedule/schedule.ts";
import { blockInWords, brokenInWords, type Words } from "../../planner/schedule/words.ts";
import type { ScheduledDevice, ScheduleView } from "../../ports/policies.ts";

/** Percent of a battery or a car, degC of a tank or a room. */
function levelsOf(device: PlannedDevice, steered: Steered | undefined): Pick<ScheduledDevice, "levels" | "unit"> {
  const levels = device.slots.map((s) => s.level);
  if (!steered || levels.some((l) => l === undefined)) return {};
  const { capacityKwh = 0, kwhPerPercent = 0 } = steered.model?.facts ?? {};
  const perPercent = steered.kind === "battery" ? capacityKwh / 100 : kwhPerPercent;
  const warm = steered.kind === "tank" || steered.kind === "room";
  if (!warm && !(perPercent > 0)) return {};
  return { levels: levels.map((l) => (warm ? (l ?? 0) : (l ?? 0) / perPercent)), unit: warm ? "°C" : "%" };
}

/** What is shown of a schedule. */
export function viewOf(
  schedule: Schedule,
  { problem, aside }: PosedProblem,
  devices: readonly Steered[],
  words: Words,
): ScheduleView {
  return {
    at: schedule.at,
    end: schedule.end,
    madeBy: schedule.madeBy,
    ...(schedule.fallback === undefined ? {} : { fallback: schedule.fallback }),
    slots: slotsOf(schedule, problem),
    devices: schedule.devices.map((device) => ({
      node: device.id,
      name: words.nameOf(device.id),
      kind: device.kind,
      blocks: schedule.blocks
        .filter((block) => block.device === device.id)
        .map((block) => ({
          from: block.from,
          to: block.to,
          mode: block.mode,
          kwh: block.kwh,
          words: blockInWords(block, words, device.kind),
          ...(block.reason?.extraCost === undefined ? {} : { extraCost: block.reason.extraCost }),
        })),
      ...levelsOf(
        device,
        devices.find((d) => d.part.node === device.id),
      ),
    })),
    aside: aside.map(({ name, reason }) => ({ name, reason })),
    broken: schedule.broken.map((wish) => brokenInWords(wish, words)),
    cost: schedule.costs.total,
    solveMs: schedule.solveMs,
  };
}

const slotsOf = (schedule: Schedule, problem: Problem): ScheduleView["slots"] =>
  problem.slots.map((slot, t) => ({
    from: slot.from,
    price: slot.importPrice,
    exportPrice: slot.exportPrice,
    priceKnown: slot.priceKnown,
    loadKwh: slot.loadKwh,
    pvKwh: slot.pvKwh,
    importKwh: schedule.importKwh[t] ?? 0,
    exportKwh: schedule.exportKwh[t] ?? 0,
  }));
