/** Triggers that are looked at with each tick: conditions that come true, moments, what has lasted long enough. */
import { knownOf } from "../../model/home.ts";
import { isTimed, type Place } from "../../model/rule/time.ts";
import type { Trigger } from "../../model/rule/trigger.ts";
import { evaluate } from "../../rules/evaluate.ts";
import { holidaySpans } from "../../rules/time/holidays.ts";
import { isLate } from "../../rules/time/late.ts";
import { lastOccurrence, nextOccurrence } from "../../rules/time/occurrences.ts";
import { timeInWords } from "../../rules/time/words.ts";
import { pictureOf } from "../picture.ts";
import type { CoreState } from "../state.ts";
import { spanInWords } from "./happen.ts";
import { fits } from "./match.ts";
import { start } from "./start.ts";
import { isLive, type KeptEventRule, type Lasting, triggerKey } from "./state.ts";
import { nearMiss } from "./tracing.ts";

/** A clock that goes back by more than this was wrong before. */
const BACK_MS = 60 * 60_000;
/** Devices have so long to speak after a start. */
const SPEAK_MS = 60_000;

/** Looks at all triggers that time or a condition starts. */
export function takeDue(state: CoreState, now: number): void {
  const { automation } = state;
  if (automation.firstTick === 0) automation.firstTick = now;
  if (automation.cursor === 0 || now < automation.cursor - BACK_MS) {
    automation.cursor = now;
    automation.next.clear();
  }
  // A clock that was set comes with a hub that runs: it has started only once.
  if (now < automation.firstTick) automation.firstTick = now;
  const starts = !automation.started && now - automation.firstTick >= SPEAK_MS;
  automation.started ||= starts;
  for (const rule of automation.ticking) {
    if (!isLive(rule, now)) continue;
    rule.on.forEach((trigger, index) => {
      const key = triggerKey(rule.id, index);
      if (trigger.kind === "started") {
        if (starts)
          start(state, rule, { cause: "the hub has started", started: { id: trigger.id }, depth: 0, nodes: [] }, now);
      } else if (trigger.kind === "holds") cameTrue(state, rule, trigger, key, now);
      else if (isTimed(trigger)) moment(state, rule, trigger, key, now);
    });
  }
  automation.cursor = Math.max(automation.cursor, now);
  for (const [key, lasting] of automation.lasting) lasted(state, key, lasting, now);
}

type Timed = Extract<Trigger, { kind: "time" | "every" | "cron" | "sun" | "calendar" }>;

/** The home's place and days for timed triggers. */
export function placeOf({ home, house }: CoreState, now: number): Place {
  const { timeZone, latitude, longitude, holidays } = home.settings;
  const days = holidays ? holidaySpans(holidays, now - YEAR_MS, now + 5 * YEAR_MS, timeZone) : [];
  return { timeZone, latitude, longitude, spans: [...house.spans, ...days] };
}

const YEAR_MS = 366 * 86_400_000;

function moment(state: CoreState, rule: KeptEventRule, trigger: Timed, key: string, now: number): void {
  const { automation } = state;
  const known = automation.next.get(key);
  if (known === undefined ? automation.next.has(key) : known > now) return;
  const place = placeOf(state, now);
  // What was before the rule was made, or was switched on, is not missed.
  const since = Math.min(now, Math.max(automation.cursor, rule.changedAt, automation.taken.get(key) ?? 0));
  if (!automation.next.has(key)) automation.next.set(key, nextOccurrence(trigger, since, place));
  let due = automation.next.get(key);
  if (due === undefined || due > now) return;
  // However often it was missed, the last time alone counts.
  const last = lastOccurrence(trigger, due, now, place);
  const times = last === undefined ? "" : ", and at least once before";
  due = last ?? due;
  automation.next.set(key, nextOccurrence(trigger, now, place));
  if (trigger.late === "catchUp") {
    automation.taken.set(key, due);
    automation.toKeep.push(key);
  }
  const late = isLate(trigger, due, now);
  const cause = `it was ${timeInWords(trigger)}${times}`;
  if (late === "skip") {
    const why = `that was ${spanInWords(now - due)} ago: the hub was off or its clock was set, and the rule says to leave it then`;
    nearMiss(state, { rule, cause, why, nodes: [] }, now);
    return;
  }
  const after = late === "catchUp" ? `, ${spanInWords(now - due)} late` : "";
  start(
    state,
    rule,
    { cause: `it is ${timeInWords(trigger)}${after}`, started: { id: trigger.id, value: due }, depth: 0, nodes: [] },
    now,
  );
}

const FROM_THE_BEGINNING =
  "it was so already when the hub began to look: whether it has come to it just now is not known";

function cameTrue(
  state: CoreState,
  rule: KeptEventRule,
  trigger: Extract<Trigger, { kind: "holds" }>,
  key: string,
  now: number,
): void {
  const { automation } = state;
  const { holds, reason } = evaluate(trigger.condition, pictureOf(state, now), `${key}|holds`);
  const before = automation.truths.get(key);
  if (holds === "unknown") {
    automation.lasting.delete(key);
    return;
  }
  automation.truths.set(key, holds);
  if (!holds) {
    const lasting = automation.lasting.get(key);
    automation.lasting.delete(key);
    if (lasting) {
      const why = `it stayed so for ${spanInWords(now - lasting.since)} of ${spanInWords(lasting.forMs)}`;
      nearMiss(state, { rule, cause: lasting.cause, why, nodes: [] }, now, `broken ${key}`);
    }
    return;
  }
  if (before === undefined) nearMiss(state, { rule, cause: reason, why: FROM_THE_BEGINNING, nodes: [] }, now, key);
  if (before !== false) return;
  const started = { id: trigger.id };
  if (trigger.forMinutes === undefined) {
    start(state, rule, { cause: reason, started, depth: 0, nodes: [] }, now);
    return;
  }
  automation.lasting.set(key, {
    since: now,
    forMs: trigger.forMinutes * 60_000,
    rule: rule.id,
    cause: reason,
    started,
  });
}

function lasted(state: CoreState, key: string, lasting: Lasting, now: number): void {
  const { automation } = state;
  const { watch } = lasting;
  const rule = automation.rules.find((r): r is KeptEventRule => r.id === lasting.rule && r.form === "when");
  if (!rule || !isLive(rule, now) || now < lasting.since - BACK_MS) {
    automation.lasting.delete(key);
    return;
  }
  if (now - lasting.since < lasting.forMs) return;
  automation.lasting.delete(key);
  const node = watch?.node;
  const nodes = node ? [node] : [];
  const cause = `${lasting.cause} for ${spanInWords(lasting.forMs)}`;
  if (watch && node) {
    const held = state.home.nodes.get(node);
    const known = held && knownOf(held, watch.key, now);
    if (known?.status !== "known" || !fits(watch.trigger, known.value)) {
      const why =
        known && "reason" in known
          ? `it is not known any more whether it is so: ${known.reason}`
          : "it is so no longer";
      nearMiss(state, { rule, cause, why, nodes }, now);
      return;
    }
  }
  start(state, rule, { cause, started: lasting.started, depth: 0, nodes }, now);
}
