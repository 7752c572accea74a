/** How warm people would have had it, against how warm they want it. */
import type { TrialRoom } from "../../model/rule-trial.ts";
import { dayNamer } from "./day-name.ts";
import type { Warmed, Warming } from "./warmth.ts";

export interface ComfortFound {
  readonly rooms: readonly TrialRoom[];
  /** Of what else it heats: why nothing can be told. */
  readonly untold: readonly string[];
  /** Minutes too cold or too warm beyond those that were, by local day; over all rooms. */
  readonly days: ReadonlyMap<string, number>;
}

interface Sum {
  was: number;
  would: number;
}

interface Day {
  readonly from: number;
  to: number;
  readonly below: Sum;
  readonly above: Sum;
  /** The most that it differs by, K. */
  most: number;
}

const MINUTE = 60_000;
/** Steps between two rests. */
const CHUNK = 512;

/** `to`: judged up to here, epoch ms. Yields so that a caller may let others run. */
export function* comfortOf(
  warmings: readonly Warming[],
  untold: readonly string[],
  span: { readonly from: number; readonly to: number; readonly timeZone: string },
): Generator<number, ComfortFound> {
  const days = new Map<string, number>();
  const rooms: TrialRoom[] = [];
  for (const warming of warmings) {
    const own = yield* daysOf(warming, span);
    for (const [day, { below, above }] of own) {
      const more = Math.max(0, below.would - below.was) + Math.max(0, above.would - above.was);
      if (more > 0) days.set(day, (days.get(day) ?? 0) + more);
    }
    rooms.push(roomOf(warming, own));
  }
  return { rooms, untold, days };
}

function* daysOf(
  { of, shiftK }: Warming,
  span: { readonly from: number; readonly to: number; readonly timeZone: string },
) {
  const dayAt = dayNamer(span.timeZone);
  const days = new Map<string, Day>();
  const minutes = of.stepMs / MINUTE;
  for (let i = Math.max(0, Math.ceil((span.from - of.from) / of.stepMs)); i < of.steps; i++) {
    const at = of.from + i * of.stepMs;
    if (at + of.stepMs > span.to) break;
    const name = dayAt(at);
    const day = days.get(name) ?? { from: i, to: i, below: { was: 0, would: 0 }, above: { was: 0, would: 0 }, most: 0 };
    if (day.to === i) days.set(name, day);
    day.to = i + 1;
    const was = of.measured[i] ?? Number.NaN;
    const would = was + (shiftK[i] ?? 0);
    day.most = Math.max(day.most, Math.abs(shiftK[i] ?? 0));
    const { low, high } = of.band(i) ?? {};
    if (low !== undefined) {
      if (was < low) day.below.was += minutes;
      if (would < low) day.below.would += minutes;
    }
    if (high !== undefined) {
      if (was > high) day.above.was += minutes;
      if (would > high) day.above.would += minutes;
    }
    if (i % CHUNK === 0) yield i / of.steps;
  }
  return days;
}

function roomOf(warming: Warming, days: ReadonlyMap<string, Day>): TrialRoom {
  const { of } = warming;
  const total = (which: "below" | "above"): Sum =>
    [...days.values()].reduce((sum, day) => ({ was: sum.was + day[which].was, would: sum.would + day[which].would }), {
      was: 0,
      would: 0,
    });
  const coldest = coldestOf(warming, days);
  const picture = pictureOf(warming, days);
  return {
    ...{ kind: of.kind, name: of.name, band: of.bandWords, error: of.error },
    ...{ below: total("below"), above: total("above") },
    ...(coldest ? { coldest } : {}),
    ...(picture ? { picture } : {}),
  };
}

function coldestOf({ of, shiftK }: Warming, days: ReadonlyMap<string, Day>): TrialRoom["coldest"] {
  let found: { day: string; i: number; is: number } | undefined;
  for (const [day, { from, to }] of days)
    for (let i = from; i < to; i++) {
      const is = (of.measured[i] ?? Number.NaN) + (shiftK[i] ?? 0);
      if (is < (found?.is ?? Number.POSITIVE_INFINITY)) found = { day, i, is };
    }
  if (!found) return undefined;
  const was = of.measured[found.i] ?? Number.NaN;
  return { at: of.from + (found.i + 1) * of.stepMs, day: found.day, c: rounded(found.is), was: rounded(was) };
}

const rounded = (c: number): number => Math.round(c * 100) / 100;
const plain = (c: number | undefined): number | null => (c !== undefined && Number.isFinite(c) ? rounded(c) : null);

/** The day with most minutes out of the band beyond those that were; where there is none, that on which it differs most. */
function pictureOf({ of, shiftK }: Warming, days: ReadonlyMap<string, Day>): TrialRoom["picture"] {
  const more = ({ below, above }: Day): number => below.would - below.was + (above.would - above.was);
  const [worst] = [...days]
    .filter(([, d]) => d.most > 0.05)
    .sort(([, a], [, b]) => more(b) - more(a) || b.most - a.most);
  if (!worst) return undefined;
  const [day, { from, to }] = worst;
  const by = <T>(make: (i: number) => T): T[] => Array.from({ length: to - from }, (_, k) => make(from + k));
  const band = (which: keyof NonNullable<ReturnType<Warmed["band"]>>) => by((i) => plain(of.band(i)?.[which]));
  return {
    ...{ day, from: of.from + from * of.stepMs, stepMs: of.stepMs },
    was: by((i) => plain(of.measured[i])),
    would: by((i) => plain((of.measured[i] ?? Number.NaN) + (shiftK[i] ?? 0))),
    ...{ low: band("low"), high: band("high") },
  };
}
