/** Repairs out of what the judge says, and repeats put together. */
import type { Mask, Pin, Repair, RepairKind, Stand } from "../../model/repair.ts";
import { ofMany, reasonOf, silences } from "./words.ts";

/** Of one repair: further pins push out the oldest, which the judge then settles anew from what is stored. */
const MAX_PINS = 24;
const MAX_EVIDENCE = 8;
/** Repeats of one kind within a day are one repair, silences within a week. */
const TOGETHER_MS = 24 * 3_600_000;
const GAPS_TOGETHER_MS = 7 * TOGETHER_MS;

export interface Fact {
  readonly key: string;
  readonly kind: RepairKind;
  readonly pin: Pin;
  readonly masks?: readonly Mask[];
  /** The farthest from the course, where there is one. */
  readonly worst?: Stand;
  readonly limitW: number;
}

/** A short name of a text and a time; two of one home do not collide in practice (FNV-1a, twice 32 bits). */
function nameOf(text: string): string {
  let a = 0x811c9dc5;
  let b = 0x1b873593;
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193);
    b = Math.imul(b ^ text.charCodeAt(i), 0x85ebca6b);
  }
  return `${(a >>> 0).toString(36)}-${(b >>> 0).toString(36)}`;
}

/** A repair of its own. */
export function repairOf({ key, kind, pin, masks = [], worst = pin.to, limitW }: Fact): Repair {
  const { from, to } = pin;
  const between = worst === to || worst === from ? [] : [worst];
  return {
    id: nameOf(`${key} ${kind} ${from.at}`),
    key,
    kind,
    state: "active",
    from: Math.min(from.at, to.at),
    to: Math.max(from.at, to.at),
    times: 1,
    kwh: pin.kwh ?? 0,
    effectKwh: (pin.kwh ?? 0) - pin.told,
    reason: reasonOf(kind, pin, worst, limitW),
    evidence: [from, ...between, to],
    pins: kind === "watching" || kind === "clock" ? [] : [pin],
    masks,
  };
}

/** Of what was told, what still belongs to these pins: their ends and what lies between. */
export function evidenceOf(pins: readonly Pin[], before: readonly Stand[]): readonly Stand[] {
  const between = before.filter(({ at }) => pins.some(({ from, to }) => at > from.at && at < to.at));
  const all = [...pins.flatMap(({ from, to }) => [from, to]), ...between].sort((a, b) => a.at - b.at);
  return all.filter((stand, i) => i === 0 || stand.at !== all[i - 1]?.at).slice(-MAX_EVIDENCE);
}

/** Whether a repair goes on in another. */
export const belongs = (before: Repair, next: Repair): boolean =>
  before.kind === next.kind &&
  before.state === "active" &&
  before.kind !== "watching" &&
  next.from - before.to <= (next.kind === "gap" ? GAPS_TOGETHER_MS : TOGETHER_MS);

/** Both as one; its words are those of the last time, for silences those of all. */
export function together(before: Repair, next: Repair): Repair {
  const pins = [...before.pins, ...next.pins];
  const times = before.times + 1;
  const kwh = before.kwh + next.kwh;
  const kept = pins.slice(-MAX_PINS);
  return {
    ...next,
    id: before.id,
    from: Math.min(before.from, next.from),
    to: Math.max(before.to, next.to),
    times,
    kwh,
    effectKwh: before.effectKwh + next.effectKwh,
    evidence: [...before.evidence, ...next.evidence].slice(-MAX_EVIDENCE),
    reason: next.kind === "gap" ? silences(kept, times, kwh) : ofMany(next.reason, times),
    pins: kept,
    masks: [...before.masks, ...next.masks].slice(-MAX_PINS),
  };
}
