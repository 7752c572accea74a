/** What it is when a counter has left its course and stays away. */
import type { Stand } from "../../model/repair.ts";
import type { Judged, Limits, Memory, Suspect } from "./memory.ts";
import { allowed, ROUNDING_KWH, spreadFrom } from "./plausible.ts";
import { overTheEnd } from "./rollover.ts";
import { otherUnit } from "./unit-flip.ts";

/** A counter comes back to where it was within this time, or it is another one. */
const BACK_WITHIN_MS = 7 * 24 * 3_600_000;

/** kWh since the counter left its course, if it is on it again; undefined where it is not. */
function onItsCourse(memory: Memory, first: Stand, limits: Limits): number | undefined {
  const { turn } = memory;
  if (!turn || turn.scale !== memory.scale || first.at - turn.from.at > BACK_WITHIN_MS) return undefined;
  const kwh = (first.kwh - turn.from.kwh) * turn.scale;
  const most = allowed({ ...memory, good: turn.from, movedAt: turn.from.at }, first, limits);
  if (kwh < -ROUNDING_KWH || kwh > most) return undefined;
  // Two registers in turn (day and night): what the other one counted is no mistake.
  return turn.counted > Math.max(0, kwh) + ROUNDING_KWH ? undefined : Math.max(0, kwh);
}

type Turned = Extract<Judged, { what: "turned" }>;

function turnedTo(
  memory: Memory,
  suspect: Suspect,
  limits: Limits,
): Pick<Turned, "kind" | "scale"> & { kwh: number | null } {
  const { first, last, below } = suspect;
  const { scale } = memory;
  const over = below && !limits.net ? overTheEnd(memory, first, limits) : undefined;
  if (over !== undefined) return { kind: "rollover", kwh: over, scale };
  const unit = limits.net ? undefined : otherUnit(memory, first, last, limits);
  if (unit) return { kind: "unit", ...unit };
  if (!below) return { kind: "jump", kwh: null, scale };
  const sinceZero = first.kwh * scale;
  if (!limits.net && sinceZero <= allowed(memory, first, limits)) return { kind: "reset", kwh: sinceZero, scale };
  return { kind: "replaced", kwh: null, scale };
}

/** Settles a suspicion that has been confirmed; changes the memory. */
export function settle(memory: Memory, suspect: Suspect, limits: Limits): Judged {
  const { first, last } = suspect;
  const { good, turn } = memory;
  const back = onItsCourse(memory, first, limits);
  memory.suspect = undefined;
  const after = (scale: number) => (last.kwh - first.kwh) * scale;
  if (turn && back !== undefined) {
    const step = { from: turn.from, to: first, since: turn.from.at, kwh: back };
    Object.assign(memory, { good: last, movedAt: last.at, turn: undefined });
    return { what: "back", kind: turn.below ? "dip" : "spike", step, told: turn.told + turn.counted + suspect.told };
  }
  const { kind, kwh, scale } = turnedTo(memory, suspect, limits);
  const since = kwh === null ? good.at : spreadFrom(memory, first, kwh, limits);
  const mayReturn = kind === "reset" || kind === "replaced" || kind === "jump";
  const told = Math.max(0, first.kwh - good.kwh) * memory.scale;
  memory.turn = mayReturn
    ? { from: good, scale: memory.scale, below: suspect.below, counted: after(scale), told }
    : undefined;
  Object.assign(memory, { good: last, movedAt: last.at, scale });
  return { what: "turned", kind, step: { from: good, to: first, since, kwh }, told, scale };
}
