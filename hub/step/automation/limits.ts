/** What keeps a rule from running away: starts and commands within a minute; and people are told of it. */
import { type Problem, problemKey } from "../../model/finding.ts";
import { found } from "../findings.ts";
import { raiseNotice } from "../notices.ts";
import type { CoreState, Effect } from "../state.ts";

const MINUTE = 60_000;
/** It is left alone for so long then. */
export const HOLD_UP_MS = 10 * MINUTE;
/** Problems that wait for the end of one input. */
const MAX_ALARMS = 20;
/** Told again after so long. */
const AGAIN_MS = 24 * 60 * MINUTE;
const MOST = { starts: 60, asks: 120 } as const;

/** How often something was done within the minute that began at `from`, epoch ms. */
export interface Count {
  from: number;
  done: number;
}

interface Named {
  readonly id: string;
  readonly title: string;
}

/** Counts one more; once it was too often, the words for it: the rule is left alone, and people are told. */
export function isTooOften(state: CoreState, what: "starts" | "asks", rule: Named, now: number): string | undefined {
  const { automation } = state;
  const counts = automation.counts[what];
  let count = counts.get(rule.id);
  if (!count || now < count.from || now - count.from >= MINUTE) {
    count = { from: now, done: 0 };
    counts.set(rule.id, count);
  }
  count.done += 1;
  if (count.done <= MOST[what]) return undefined;
  automation.heldUp.set(rule.id, now + HOLD_UP_MS);
  const words = ranAway[what];
  alarm(state, {
    code: "rule-ran-away",
    field: `rule ${rule.id}`,
    message: `The rule "${rule.title}" is left alone for ten minutes: ${words}.`,
    fix: `Look in what it did for what starts it again and again. Let its trigger wait until a value has stayed so for a while, or switch the rule off.`,
  });
  return `${words}: it ran away and is left alone for ten minutes`;
}

const ranAway = {
  starts: `it was started more than ${MOST.starts} times within a minute`,
  asks: `it asked for more than ${MOST.asks} things within a minute`,
} as const;

/** Whether a rule ran away and is left alone. A clock that was set back holds nothing up for longer. */
export function isHeldUp({ automation }: CoreState, rule: string, now: number): boolean {
  const until = automation.heldUp.get(rule);
  return until !== undefined && now < until && until - now <= HOLD_UP_MS;
}

/** Something that rules were asked to do was left out because there is too much of it. */
export function leftOut(state: CoreState, why: string, title: string): void {
  alarm(state, {
    code: "rules-overrun",
    message: `Rules were asked for more than the hub does at once, and some of it was left out: ${why}. The last one was "${title}".`,
    fix: "Look whether many rules start at the same moment, and whether devices answer slowly. What was left out is in what the rules did.",
  });
}

function alarm({ automation }: CoreState, problem: Problem): void {
  if (automation.alarms.length < MAX_ALARMS) automation.alarms.push(problem);
}

/** Carries out what waits: each is a finding, and a message when it is new, or was not seen for a day. */
export function takeAlarms(state: CoreState, now: number): Effect[] {
  const { automation } = state;
  const list = automation.alarms;
  automation.alarms = [];
  return list.flatMap((problem) => {
    const before = state.findings.get(problemKey(problem));
    const isNews =
      !before || before.state === "fixed" || (before.state !== "ignored" && now - before.lastAt >= AGAIN_MS);
    const effects = found(state, problem, now);
    if (!isNews) return effects;
    const title = problem.code === "rule-ran-away" ? "A rule ran away" : "Rules could not do all that they should";
    return [...effects, ...raiseNotice(state, { title, text: problem.message, level: "warn" }, [], now)];
  });
}
