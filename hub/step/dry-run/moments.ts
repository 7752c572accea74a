/** When the rule has to be looked at: what starts it, and what may change its condition. All else changes nothing for it. */
import type { PastColumn } from "../../model/past.ts";
import { pathKey } from "../../model/path.ts";
import { isTimed, type Place } from "../../model/rule/time.ts";
import type { Trigger } from "../../model/rule/trigger.ts";
import { trackOf } from "../../rules/dry-run/leaves.ts";
import { houseMarks } from "../../rules/dry-run/marks.ts";
import { changesOf, NO, type Track, UNKNOWN } from "../../rules/dry-run/track.ts";
import { indexAt, once, type PastView, toldAt } from "../../rules/dry-run/view.ts";
import { MAX_OCCURRENCES, occurrences } from "../../rules/time/occurrences.ts";
import { fits } from "../automation/match.ts";
import type { Trial } from "./trial.ts";

/** A reading that a trigger looks at. */
export interface Feed {
  readonly at: number;
  readonly column: PastColumn;
  readonly index: number;
}

export interface Moments {
  /** Epoch ms, rising, each once. */
  readonly ats: ArrayLike<number>;
  /** Rising. */
  readonly feeds: readonly Feed[];
  /** The rule comes oftener than is looked at: judged up to here. */
  readonly cutAt: number | undefined;
}

/** Looks at one rule: beyond this the rest of the time is left out, and said so. */
const MAX_MOMENTS = 300_000;

export function* momentsOf(trial: Trial, place: Place): Generator<undefined, Moments> {
  const { rule, view, reads } = trial;
  const found = [view.from];
  const feeds: Feed[] = [];
  const felt = new Set(trial.warmed.flatMap((w) => [...w.thermometers]));
  // What the rule changes itself, by its word or by its warmth.
  const own = new Set([...reads.written, ...felt]);
  const add = (at: number): void => {
    if (at >= view.from && at < view.to) found.push(at);
  };
  let track: Track | undefined;
  if (rule.form === "while") {
    track = yield* trackOf(rule.while, view, own);
    for (const at of changesOf(track)) add(at);
  } else
    for (const trigger of rule.on) {
      if (trigger.kind === "holds") for (const at of changesOf(yield* trackOf(trigger.condition, view, own))) add(at);
      else if (isTimed(trigger)) for (const at of times(trigger, view, place)) add(at);
      else if (trigger.kind === "mode" || trigger.kind === "presence") for (const at of houseMarks(view)) add(at);
      else if (trigger.kind !== "started") for (const feed of watched(trigger, view, felt, own)) feeds.push(feed);
      yield;
    }
  // What it writes may be changed by others: it sees that right after, but for one that wants nothing then.
  const rests = (at: number): boolean => rule.form === "while" && !rule.otherwise && isOut(track, at);
  for (const key of reads.written) {
    const isSeen = reads.keys.has(key);
    if (track || isSeen) for (const at of changesIn(view, key)) if (isSeen || !rests(at + 1)) add(at + 1);
  }
  for (const { at } of feeds) add(at);
  for (const { at } of trial.deeds) add(at);
  const awake = (at: number) => !trial.off.some((o) => o.from <= at && at < o.to);
  for (const { to } of trial.off) add(to);
  const ats = eachOnce(new Float64Array(found).sort().filter(awake));
  const heard = feeds.filter(({ at }) => awake(at)).sort((a, b) => a.at - b.at);
  return { ats: ats.subarray(0, MAX_MOMENTS), feeds: heard, cutAt: ats[MAX_MOMENTS] };
}

/** Whether a condition surely does not hold, or nobody knows. */
function isOut(track: Track | undefined, at: number): boolean {
  const says = track?.says[indexAt(track.ats, at)];
  return says === NO || says === UNKNOWN;
}

/** Out of rising numbers, which are moved together in their place. */
function eachOnce(rising: Float64Array): Float64Array {
  let n = 0;
  for (let i = 0; i < rising.length; i++) if (i === 0 || rising[i] !== rising[i - 1]) rising[n++] = rising[i] ?? 0;
  return rising.subarray(0, n);
}

function* times(trigger: Parameters<typeof occurrences>[0], view: PastView, place: Place): Generator<number> {
  for (let from = view.from - 1; ; ) {
    const some = occurrences(trigger, from, view.to, place);
    yield* some;
    if (some.length < MAX_OCCURRENCES) return;
    from = some.at(-1) ?? view.to;
  }
}

type Watched = Extract<Trigger, { kind: "becomes" | "crosses" | "event" }>;

/**
 * The readings at which the trigger may come, or what had to stay so ceases. `felt`: of what may be warmer than it told, each. `own`: what
 * depends on the rule itself.
 */
function watched(
  trigger: Watched,
  view: PastView,
  felt: ReadonlySet<string>,
  own: ReadonlySet<string>,
): readonly Feed[] {
  const [capability = "", attribute = ""] = trigger.of.split(/\.(.*)/s);
  const { target: _, id: __, ...what } = trigger;
  return view.select(trigger.target, capability).flatMap((spot) => {
    const column = view.columns.get(pathKey({ ...spot, capability, attribute }));
    if (!column) return [];
    if (own.has(column.key)) return feedsOf(trigger, column, view.from, felt.has(column.key) ? "each" : "changing");
    const key = `feeds ${column.key} ${JSON.stringify(what)}`;
    return once(view, key, () => feedsOf(trigger, column, view.from, "breaking"));
  });
}

/** `hears`: each reading; each that changes something; or of those that cease to be so only what breaks what has to last. */
function feedsOf(
  trigger: Watched,
  column: PastColumn,
  from: number,
  hears: "each" | "changing" | "breaking",
): readonly Feed[] {
  const found: Feed[] = [];
  const { ats, values } = column;
  const each = hears === "each";
  const lastMs = trigger.kind === "event" ? undefined : trigger.forMinutes && trigger.forMinutes * 60_000;
  // Where nothing has to last, what ceases starts and breaks nothing; nor does it once that has lasted for long enough.
  const ceases = (at: number): boolean =>
    each || (lastMs !== undefined && (hears !== "breaking" || at - since <= lastMs));
  let is = false;
  let since = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < ats.length; i++) {
    const same = values[i] === values[i - 1];
    const was: boolean = is;
    if (!same) is = fits(trigger, toldAt(column, i));
    const at = ats[i] ?? 0;
    if (is && !was) since = at;
    if (at < from || (trigger.kind === "event" ? !is : same)) continue;
    if ((is || ceases(at)) && (is !== was || trigger.kind !== "crosses" || each)) found.push({ at, column, index: i });
  }
  return found;
}

/** When what was told there became another value. */
const changesIn = (view: PastView, key: string): readonly number[] =>
  once(view, `changes ${key}`, () => {
    const { ats, values } = view.columns.get(key) ?? { ats: [], values: [] };
    const found: number[] = [];
    for (let i = 1; i < ats.length; i++) if (values[i] !== values[i - 1]) found.push(ats[i] ?? 0);
    return found;
  });
