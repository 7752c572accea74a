/** Goals: checked against this home, in words, and what they demand. */
import type { Goal } from "../model/plan.ts";
import { type Demanded, datesOf, prioritiesOf, whenOf } from "./goals/demand.ts";
import { kindOf } from "./goals/index.ts";
import type { House } from "./goals/kind.ts";
import type { Names } from "./names.ts";

/** Why a goal does not fit this home, beginning with the field; undefined when it does. */
export function goalMisfit(goal: Goal, names: Names): string | undefined {
  const { firstDay, lastDay } = datesOf(goal);
  if (firstDay && lastDay && lastDay < firstDay) return `lastDay: ${lastDay} is before the first day, ${firstDay}`;
  return kindOf(goal).misfit(goal, names);
}

const DAYS = ["", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const WHO = { home: "while somebody is home", away: "while nobody is home" } as const;
const FIRM = { must: "without fail", ifPossible: "as far as possible" } as const;

/** As the reader of wishes reads them too. */
function datesInWords(firstDay: string | undefined, lastDay: string | undefined): string | undefined {
  if (firstDay === undefined) return lastDay && `until ${lastDay}`;
  if (lastDay === undefined) return `from ${firstDay}`;
  return firstDay === lastDay ? `on ${firstDay}` : `from ${firstDay} to ${lastDay}`;
}

/** A goal as a person would say it. */
export function goalInWords(goal: Goal, names: Names): string {
  const { from, to, days, firstDay, lastDay, presence } = whenOf(goal);
  const hours = goal.kind !== "quietHours" && from && to ? ` from ${from} to ${to}` : "";
  const rest = [
    days?.map((day) => DAYS[day]).join(", "),
    datesInWords(firstDay, lastDay),
    presence && WHO[presence],
    goal.strength && FIRM[goal.strength],
  ].filter(Boolean);
  return [`${kindOf(goal).words(goal, names)}${hours}`, ...rest].join(", ");
}

/** What the goals of a list demand, each with its priority in it. */
export function demandsOf(goals: readonly Goal[], house: House): readonly Demanded[] {
  const priorities = prioritiesOf(goals);
  return goals.flatMap((goal, k) =>
    kindOf(goal)
      .demands(goal, house)
      .map((demand) => ({ demand, when: whenOf(goal), goal: k, priority: priorities[k] ?? 5 })),
  );
}

/** Whether two goals share a day of the week. */
function meet(a: Goal, b: Goal): boolean {
  const [some, others] = [whenOf(a).days, whenOf(b).days];
  return !some || !others || some.some((day) => others.includes(day));
}

/** Two goals that say the same of the same thing, so that the second would only repeat or contradict the first. */
export function sameGoal(a: Goal, b: Goal): boolean {
  const about = (g: Goal) =>
    [
      g.kind,
      "node" in g ? g.node : "",
      "room" in g ? g.room : "",
      "what" in g ? g.what : "",
      "act" in g ? g.act : "",
    ].join();
  const when = (g: Goal) => JSON.stringify(whenOf(g));
  const dates = (g: Goal) => JSON.stringify(datesOf(g));
  return about(a) === about(b) && (a.kind === "readyBy" ? dates(a) === dates(b) && meet(a, b) : when(a) === when(b));
}
