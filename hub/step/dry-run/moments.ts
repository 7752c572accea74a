/** When the rule has to be looked at: what starts it, and what may change its condition. All else changes nothing for it. */
import type { PastColumn } from "../../model/past.ts";
import { pathKey } from "../../model/path.ts";
import { isTimed, type Place } from "../../model/rule/time.ts";
import type { Trigger } from "../../model/rule/trigger.ts";
import { trackOf } from "../../rules/dry-run/leaves.ts";
import { houseMarks } from "../../rules/dry-run/marks.ts";
import { changesOf } from "../../rules/dry-run/track.ts";
import { type PastView, toldAt } from "../../rules/dry-run/view.ts";
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
  readonly ats: readonly number[];
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
  if (rule.form === "while") for (const at of changesOf(yield* trackOf(rule.while, view, own))) add(at);
  else
    for (const trigger of rule.on) {
      if (trigger.kind === "holds") for (const at of changesOf(yield* trackOf(trigger.condition, view, own))) add(at);
      else if (isTimed(trigger)) for (const at of times(trigger, view, place)) add(at);
      else if (trigger.kind === "mode" || trigger.kind === "presence") for (const at of houseMarks(view)) add(at);
      else if (trigger.kind !== "started") watched(trigger, view, felt, feeds);
      yield;
    }
  // What it writes may be changed by others: it sees that right after.
  for (const key of reads.written)
    if (rule.form === "while" || reads.keys.has(key)) for (const at of changesIn(view.columns.get(key))) add(at + 1);
  for (const { at } of feeds) add(at);
  for (const { at } of trial.deeds) add(at);
  const awake = (at: number) => !trial.off.some((o) => o.from <= at && at < o.to);
  for (const { to } of trial.off) add(to);
  const ats = eachOnce(new Float64Array(found).sort()).filter(awake);
  const cutAt = ats[MAX_MOMENTS];
  const heard = feeds.filter(({ at }) => awake(at)).sort((a, b) => a.at - b.at);
  return { ats: ats.slice(0, MAX_MOMENTS), feeds: heard, cutAt };
}

/** Out of rising numbers. */
function eachOnce(rising: Float64Array): number[] {
  const found: number[] = [];
  for (let i = 0; i < rising.length; i++) if (i === 0 || rising[i] !== rising[i - 1]) found.push(rising[i] ?? 0);
  return found;
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

/** The readings at which the trigger may come, or what had to stay so ceases. `felt`: of what may be warmer than it told, each. */
function watched(trigger: Watched, view: PastView, felt: ReadonlySet<string>, into: Feed[]): void {
  const [capability = "", attribute = ""] = trigger.of.split(/\.(.*)/s);
  for (const spot of view.select(trigger.target, capability)) {
    const column = view.columns.get(pathKey({ ...spot, capability, attribute }));
    if (!column) continue;
    const { ats, values } = column;
    for (let i = 0; i < ats.length; i++) {
      const at = ats[i] ?? 0;
      if (at < view.from) continue;
      const is = fits(trigger, toldAt(column, i));
      if (trigger.kind === "event" ? !is : values[i] === values[i - 1]) continue;
      const was = i > 0 && fits(trigger, toldAt(column, i - 1));
      // Where nothing has to last, what ceases starts and breaks nothing.
      const matters = is || felt.has(column.key) || (trigger.kind !== "event" && trigger.forMinutes !== undefined);
      if (matters && (is !== was || trigger.kind !== "crosses" || felt.has(column.key)))
        into.push({ at, column, index: i });
    }
  }
}

function* changesIn(column: PastColumn | undefined): Generator<number> {
  if (!column) return;
  const { ats, values } = column;
  for (let i = 1; i < ats.length; i++) if (values[i] !== values[i - 1]) yield ats[i] ?? 0;
}
