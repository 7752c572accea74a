/** Readings that come late: the past of a home after its present, or a message that was held up. They show what a repair did not know. */
import type { Pin, Repair, Stand } from "../../model/repair.ts";
import { evidenceOf } from "./facts.ts";
import { stepOf } from "./memory.ts";
import { reasonOfAll } from "./words.ts";

/** Silence of so long, with at least so much counted in it, is told. */
export const GAP_MS = 3 * 3_600_000;
export const GAP_KWH = 0.1;
/** Of one repair; beyond it those with the least energy go, which the stored readings settle all the same. */
const MAX_LEFT = 60;

const MS_PER_KWH_PER_W = 3_600_000_000;
const LATE_MS = 60_000;

/** What became of a repair. */
export type Rest = { readonly put: Repair; readonly late: true } | { readonly drop: string };

/** A pin that a late stand falls into. */
interface Open {
  readonly repair: Repair;
  readonly pin: Pin;
  /** kWh of one step of the counter's numbers before and after it. */
  readonly before: number;
  readonly after: number;
  readonly limitW: number;
}

const holds = ({ from, to }: Pin, at: number): boolean => at > from.at && at < to.at;

/**
 * What is left of the repairs of a counter now that a stand of the past is known: a silence is none where something was heard, and
 * a counter left its course between the two readings that lie closest. Where a person has said how much it was, that stands, and
 * what is left is kept beside it. `scale`: kWh of one step of its numbers now. Only what changes.
 */
export function fillIn(repairs: readonly Repair[], stand: Stand, scale: number, limitW: number): Rest[] {
  return repairs.flatMap((repair): Rest[] => {
    if (repair.kind === "watching" || repair.kind === "clock") return [];
    const before = repair.left ?? repair.pins;
    if (!before.some((pin) => holds(pin, stand.at))) return [];
    const open = (pin: Pin): Open => ({ repair, pin, ...scalesOf(pin, scale), limitW });
    const pins = before.flatMap((pin) => (holds(pin, stand.at) ? closer(open(pin), stand) : [pin]));
    const same = pins.length === before.length && pins.every((pin, i) => pin === before[i]);
    return same ? [] : [withPins(repair, pins, limitW)];
  });
}

/** A repair of what is left of it, in words that say no more than that; without anything it is none. */
export function withPins(repair: Repair, all: readonly Pin[], limitW: number): Rest {
  const pins = fewer(all);
  if (repair.state === "adjusted")
    return { late: true, put: { ...repair, left: pins, reason: reasonOfAll(repair, limitW) + SINCE } };
  const [first] = pins;
  const last = pins.at(-1);
  if (!first || !last) return { drop: repair.id };
  const { left: _, ...rest } = repair;
  const kwh = pins.reduce((sum, pin) => sum + (pin.kwh ?? 0), 0);
  const effectKwh = pins.reduce((sum, pin) => sum + (pin.kwh ?? 0) - pin.told, 0);
  const evidence = evidenceOf(pins, repair.evidence);
  const next: Repair = {
    ...rest,
    pins,
    evidence,
    kwh,
    effectKwh,
    from: first.from.at,
    to: last.to.at,
    times: pins.length,
  };
  return { late: true, put: { ...next, reason: reasonOfAll(next, limitW) } };
}

const SINCE = " Readings of that time have come since; what a person said of it stands.";

function fewer(pins: readonly Pin[]): readonly Pin[] {
  if (pins.length <= MAX_LEFT) return pins;
  const least = pins.toSorted((a, b) => (a.kwh ?? 0) - (b.kwh ?? 0)).slice(0, pins.length - MAX_LEFT);
  return pins.filter((pin) => !least.includes(pin));
}

/** A pin that goes on in the course that it left says its unit itself. */
function scalesOf({ from, to, kwh, scale }: Pin, now: number): { readonly before: number; readonly after: number } {
  if (scale !== undefined && from.kwh > 0 && kwh !== null)
    return { before: (to.kwh * scale - kwh) / from.kwh, after: scale };
  const own = kwh !== null && kwh > 0 && to.kwh > from.kwh ? kwh / (to.kwh - from.kwh) : now;
  return { before: own, after: scale ?? own };
}

/** The pin, or what of it lies on one side of a stand within its time. */
function closer(open: Open, stand: Stand): readonly Pin[] {
  const { pin, repair } = open;
  const { from, to } = pin;
  const between = stand.kwh >= Math.min(from.kwh, to.kwh) && stand.kwh <= Math.max(from.kwh, to.kwh);
  switch (repair.kind) {
    case "gap":
      // What is no stand on the way says that nothing is known of this silence.
      return between ? [until(open, stand), since(open, stand)].filter(isSilence) : [];
    case "dip":
    case "spike": {
      const fault = repair.evidence.find(({ at }) => holds(pin, at));
      if (!between || !fault || fault.at === stand.at) return [pin];
      return [stand.at < fault.at ? since(open, stand) : until(open, stand)];
    }
    default: {
      const follows = isCourse(from, stand, open.before, open.limitW);
      if (follows === isCourse(stand, to, open.after, open.limitW)) return [pin];
      return [follows ? since(open, stand) : until(open, stand)];
    }
  }
}

const isSilence = ({ from, to, kwh }: Pin): boolean => to.at - from.at >= GAP_MS && Math.abs(kwh ?? 0) >= GAP_KWH;

/** Whether a counter can have come from one stand to the other. */
function isCourse(from: Stand, to: Stand, scale: number, limitW: number): boolean {
  const kwh = (to.kwh - from.kwh) * scale;
  const carried = (limitW * (to.at - from.at + LATE_MS)) / MS_PER_KWH_PER_W;
  return kwh >= 0 && kwh <= Math.max(carried, stepOf(to.kwh) * scale);
}

/** The part before the stand. */
function until({ pin, after, repair }: Open, to: Stand): Pin {
  const moved = (pin.to.kwh - to.kwh) * after;
  const told = Math.max(0, pin.told - moved);
  const kwh = pin.kwh === null ? null : Math.max(0, pin.kwh - moved);
  return repair.kind === "gap" ? { ...pin, to, kwh, told: kwh ?? 0 } : { ...pin, to, kwh, told };
}

/** The part after it. A counter that began again has counted what it says since zero. */
function since({ pin, before, repair }: Open, from: Stand): Pin {
  const { since: _, ...rest } = pin;
  const moved = (from.kwh - pin.from.kwh) * before;
  const kwh = pin.kwh === null || repair.kind === "reset" ? pin.kwh : Math.max(0, pin.kwh - moved);
  return { ...rest, from, kwh, told: Math.max(0, pin.told - moved) };
}
