/** One counter as its readings come in: judged at once, and what was repaired told. */
import type { Mask, Pin, Repair, Stand } from "../../model/repair.ts";
import { EARLIEST } from "../counters.ts";
import { BEHIND_MS, inTime, isPast, leapsOf, live, type Timed, type Times } from "./clock.ts";
import { belongs, type Fact, repairOf, together } from "./facts.ts";
import { judge } from "./judge.ts";
import { fillIn, GAP_KWH, GAP_MS, withPins } from "./late.ts";
import { type Judged, type Limits, type Memory, remember, type Step } from "./memory.ts";
import { dated, further, type Undated, undatedOf } from "./undated.ts";

export interface Meter extends Times {
  readonly key: string;
  limits: Limits;
  memory: Memory;
  /** Of the suspicion, and of the last time that the counter left its course. */
  watching?: Repair | undefined;
  turn?: string | undefined;
  undated?: Undated | undefined;
  /** The very first stand with a time, where it was heard since the hub started. */
  fresh?: Stand;
}

/** `late`: only less is known to be wrong than before. */
export type Change = { readonly put: Repair; readonly late?: true } | { readonly drop: string };

/**
 * A counter goes on after a restart of the hub: from the last that was stored of it, and its repairs (the oldest first). From `heard`, the
 * first that is heard now, where that last was told while the clock was ahead.
 */
export function resumed(key: string, stored: Stand, heard: Stand, repairs: readonly Repair[], limits: Limits): Meter {
  const clocks = repairs.filter(({ kind, state }) => kind === "clock" && state === "active");
  const isAhead = ({ at }: Stand) =>
    clocks.some(({ masks }) => masks.some(({ from, to, over }) => over < 0 && at >= from && at <= to));
  const after = clocks.flatMap(({ evidence }) => evidence).filter((stand) => stand.at >= EARLIEST && !isAhead(stand));
  const last = isAhead(stored) ? after.reduce((newer, e) => (e.at > newer.at ? e : newer), after[0] ?? heard) : stored;
  const pins = repairs.filter((r) => r.state !== "undone" && r.kind !== "gap").flatMap((r) => r.pins);
  const scale = pins.toSorted((a, b) => a.to.at - b.to.at).findLast((pin) => pin.scale !== undefined)?.scale ?? 1;
  const end = pins.reduce<Stand>((newest, { to }) => (to.at > newest.at ? to : newest), last);
  const meter: Meter = { key, limits, memory: remember(end, scale), leaps: leapsOf(repairs, scale) };
  const clock = repairs.findLast((r) => r.kind === "clock" && r.state === "active");
  const lived = clock?.masks.findLast((mask) => mask.over >= 0 && mask.to === end.at);
  if (clock && lived && clock.pins.at(-1)?.since !== lived.from)
    meter.relived = { first: lived.from, over: lived.over };
  const watching = repairs.findLast((r) => r.kind === "watching");
  const [good, first] = watching?.evidence ?? [];
  if (!watching || !good || !first) return meter;
  const below = first.kwh < good.kwh;
  meter.memory = remember(good, scale);
  meter.memory.suspect = { first, last: last.at > first.at ? last : first, count: 1, below, told: 0, worst: first };
  meter.watching = watching;
  return meter;
}

/** One reading of a counter; `repairs` are those of its series, the oldest first. `now`: the hub's clock as it is heard, epoch ms. */
export function hear(meter: Meter, to: Stand, repairs: readonly Repair[], now = to.at): Change[] {
  const { memory, limits } = meter;
  if (!isPast(to, now)) live(meter, to);
  if (memory.good.at < EARLIEST && isPast(to, now)) return [];
  if (memory.good.at < EARLIEST) return undated(meter, to, repairs);
  if (to.at < EARLIEST) return [];
  if (!meter.began && to.at === memory.good.at && repairs.length === 0) meter.fresh = memory.good;
  const timed = inTime(memory, meter, to, limits, now);
  if (timed.what === "late") return fillIn(repairs, to, memory.scale, limits.limitW);
  if (timed.what === "set") return clockSet(meter, timed, to, repairs);
  if (timed.what === "caughtUp") return [...unwatched(meter), ...fact(meter, "clock", timed.pin, repairs)];
  return told(meter, judge(memory, to, limits), to, repairs);
}

/** Nothing of the counter is known yet but from before the clock was set. */
function undated(meter: Meter, to: Stand, repairs: readonly Repair[]): Change[] {
  const before = meter.undated ?? undatedOf(repairs);
  if (to.at < EARLIEST) {
    meter.undated = further(before, to);
    const { first } = meter.undated;
    if (first === before?.first) return [];
    // Kept, so that it is known after a restart too.
    const pin = { from: first, to: first, kwh: 0, told: 0 };
    return [...forgotten(repairs), { put: repairOf({ key: meter.key, kind: "clock", pin, limitW: 0 }) }];
  }
  const pin = dated(before ?? further(undefined, meter.memory.good), to, meter.memory, meter.limits);
  meter.undated = undefined;
  meter.fresh = to;
  meter.memory = remember(to, meter.memory.scale, meter.memory.step);
  return [...forgotten(repairs), ...(pin ? fact(meter, "clock", pin, []) : [])];
}

/** The clock was ahead from the first reading on: what was counted by then lies right before it was put right. */
function beganAhead(meter: Meter, to: Stand, began: Stand, mask: Mask, repairs: readonly Repair[]): Change[] {
  const { key, memory, limits } = meter;
  const undatedBefore = repairs.find((r) => r.kind === "clock" && r.pins[0]?.to.at === began.at);
  const first = undatedBefore?.pins[0]?.from ?? began;
  const pin = dated({ first, lastAt: mask.to, livedMs: mask.to - first.at }, to, memory, limits);
  const next = repairOf({
    key,
    kind: "clock",
    pin: pin ?? { from: to, to, kwh: 0, told: 0 },
    masks: [mask],
    limitW: 0,
  });
  const dropped = undatedBefore && undatedBefore.masks.length === 0 ? [{ drop: undatedBefore.id }] : [];
  return [...dropped, { put: { ...next, pins: pin ? [pin] : [] } }];
}

const forgotten = (repairs: readonly Repair[]): Change[] =>
  repairs.filter((r) => r.kind === "clock" && r.to < EARLIEST).map(({ id }) => ({ drop: id }));

/** The hub's clock was set back, and this reading shows it. */
function clockSet(
  meter: Meter,
  timed: Extract<Timed, { what: "set" }>,
  to: Stand,
  before: readonly Repair[],
): Change[] {
  const { ahead, began, relived, pin } = timed;
  const changes = unwatched(meter);
  // Repairs of one series follow on each other: each sees what the one before it made of them.
  let repairs = before;
  const then = (next: readonly Change[]) => {
    changes.push(...next);
    repairs = applied(repairs, next);
  };
  if (ahead && began && began.at === meter.fresh?.at) {
    then(beganAhead(meter, to, began, ahead, repairs));
  } else if (ahead) {
    then(takenBack(meter, repairs, (pin) => pin.to.at < ahead.from));
    then(masked(meter, to, ahead, repairs));
    // What is told after the clock was put right counts like any other.
    if (pin) then(fact(meter, "clock", pin, repairs));
    else if (to.at > meter.memory.good.at) then(told(meter, judge(meter.memory, to, meter.limits), to, repairs));
  }
  if (relived) then(masked(meter, to, relived, repairs));
  return changes;
}

function applied(repairs: readonly Repair[], changes: readonly Change[]): readonly Repair[] {
  return changes.reduce<readonly Repair[]>((list, change) => {
    const others = list.filter(({ id }) => id !== ("put" in change ? change.put.id : change.drop));
    return "put" in change ? [...others, change.put].sort((a, b) => a.from - b.from) : others;
  }, repairs);
}

const pinOf = ({ from, to, kwh, since }: Step, told: number): Pin => ({
  from,
  to,
  kwh,
  told,
  ...(since < from.at ? { since } : {}),
});

function told(meter: Meter, judged: Judged, to: Stand, repairs: readonly Repair[]): Change[] {
  switch (judged.what) {
    case "rise": {
      const { step } = judged;
      const ms = step.to.at - step.from.at;
      if (ms <= BEHIND_MS && (ms < GAP_MS || Math.abs(step.kwh ?? 0) < GAP_KWH)) return [];
      return fact(meter, "gap", pinOf(step, step.kwh ?? 0), repairs);
    }
    case "held": {
      if (!judged.begun) return [];
      const from = meter.memory.good;
      const pin = { from, to, kwh: null, told: 0 };
      meter.watching = repairOf({ key: meter.key, kind: "watching", pin, worst: to, limitW: meter.limits.limitW });
      return [{ put: meter.watching }];
    }
    case "returned": {
      const pin = pinOf(judged.step, judged.told);
      return [...unwatched(meter), ...fact(meter, judged.kind, pin, repairs, judged.worst)];
    }
    case "turned": {
      const scale = judged.kind === "unit" ? { scale: judged.scale } : {};
      const changes = fact(meter, judged.kind, { ...pinOf(judged.step, judged.told), ...scale }, repairs);
      meter.turn = changes.flatMap((c) => ("put" in c ? [c.put.id] : [])).at(-1);
      return [...unwatched(meter), ...changes];
    }
    case "back": {
      const worst = meter.watching?.evidence[0] ?? to;
      const pin = pinOf(judged.step, judged.told);
      return [
        ...unwatched(meter),
        ...takenBack(meter, repairs, (pin) => pin.from.at < judged.step.from.at),
        ...fact(meter, judged.kind, pin, [], worst),
      ];
    }
  }
}

/** The pins of a course that was none go. */
function takenBack(meter: Meter, repairs: readonly Repair[], isKept: (pin: Pin) => boolean): Change[] {
  return repairs.flatMap((repair): Change[] => {
    if (repair.state !== "active") return [];
    const pins = repair.pins.filter(isKept);
    if (pins.length === repair.pins.length) return [];
    if (repair.masks.length > 0) return [{ put: { ...repair, pins } }];
    const rest = withPins(repair, pins, meter.limits.limitW);
    return ["put" in rest ? { put: rest.put } : rest];
  });
}

function unwatched(meter: Meter): Change[] {
  const { watching } = meter;
  meter.watching = undefined;
  return watching ? [{ drop: watching.id }] : [];
}

function fact(meter: Meter, kind: Fact["kind"], pin: Pin, repairs: readonly Repair[], worst?: Stand): Change[] {
  const base = { key: meter.key, kind, pin, limitW: meter.limits.limitW };
  const next = repairOf(worst ? { ...base, worst } : base);
  // A clock's pin belongs to its masks.
  const repair = kind === "clock" ? { ...next, pins: [pin] } : next;
  const before = repairs.findLast((r) => belongs(r, repair));
  if (!before) return [{ put: repair }];
  const both = together(before, repair);
  return [{ put: kind === "clock" ? { ...both, times: before.times, reason: before.reason } : both }];
}

function masked(meter: Meter, to: Stand, mask: Repair["masks"][number], repairs: readonly Repair[]): Change[] {
  const { good } = meter.memory;
  const pin = { from: { at: mask.to, kwh: good.kwh }, to, kwh: 0, told: 0 };
  const next = repairOf({ key: meter.key, kind: "clock", pin, masks: [mask], limitW: meter.limits.limitW });
  const before = repairs.findLast((r) => belongs(r, next));
  if (!before) return [{ put: { ...next, evidence: [pin.from, to] } }];
  const same = before.masks.some((m) => m.from <= mask.from && m.to >= mask.to && m.over <= mask.over);
  if (same) return [];
  const masks = before.masks.filter((m) => !(m.to === mask.to && m.over === mask.over));
  return [
    {
      put: {
        ...before,
        evidence: [...before.evidence, to].slice(-8),
        from: Math.min(before.from, mask.from),
        to: Math.max(before.to, mask.to),
        masks: [...masks, mask].slice(-24),
      },
    },
  ];
}
