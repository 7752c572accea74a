/** "Why is it so" and "why did it not": ways of asking, and the words for the time that is asked about. */
import type { Day, Meaning, State } from "../../meaning.ts";
import { match, type Pattern, pattern } from "../../pattern.ts";
import { states } from "./values.ts";

interface WhyForm {
  readonly pattern: Pattern;
  readonly not: boolean;
}

const forms = (not: boolean, ...texts: readonly string[]): WhyForm[] =>
  texts.flatMap((t) => [t, `${t} <day>`]).map((t) => ({ pattern: pattern(t), not }));

const whyForms: readonly WhyForm[] = [
  ...forms(
    true,
    "why is|are|was|were not <noun> <state>",
    "why is|are|was|were <noun> not <state>",
    "why did|do|does not <noun> <verb>",
    "why did|do|does <noun> not <verb>",
    "why has|have <noun> not <verb>",
    "why has|have not <noun> <verb>",
    "why will not <noun> <verb>",
  ),
  ...forms(
    false,
    "why is|are|was|were <noun> [still] <state>",
    "why did|do|does <noun> <verb>",
    "why has|have <noun> <verb>",
  ),
];

const verbs: ReadonlyMap<string, State> = new Map([
  ...["turn", "turned", "switch", "switched", "go", "gone", "come"].flatMap((v): [string, State][] => [
    [`${v} on`, "on"],
    [`${v} off`, "off"],
  ]),
  ...(["open", "opened", "raise", "go up", "gone up"] as const).map((v): [string, State] => [v, "open"]),
  ...(["close", "closed", "shut", "lower", "go down", "gone down"] as const).map((v): [string, State] => [v, "closed"]),
  ...(["lock", "locked"] as const).map((v): [string, State] => [v, "locked"]),
  ...(["unlock", "unlocked"] as const).map((v): [string, State] => [v, "unlocked"]),
  ...(["charge", "charged"] as const).map((v): [string, State] => [v, "charging"]),
  ...(["run", "start", "started"] as const).map((v): [string, State] => [v, "running"]),
]);

const weekdays = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const days: ReadonlyMap<string, Day> = new Map([
  ["today", "today"],
  ["yesterday", "yesterday"],
  ["this morning", "morning"],
  ["this evening", "evening"],
  ["tonight", "evening"],
  ["last night", "night"],
  ["in the night", "night"],
  ["during the night", "night"],
  ["over night", "night"],
  ["overnight", "night"],
  ...weekdays.flatMap((name, i): [string, Day][] =>
    [name, `on ${name}`, `last ${name}`].map((words) => [words, { weekday: i + 1 }]),
  ),
]);

/** "turned on" and "left open" are asked of as "on" and "open" are. */
const stateOf = (words: readonly string[]): State | undefined =>
  states.get(words.join(" ")) ??
  verbs.get(words.join(" ")) ??
  (words[0] === "left" ? states.get(words.slice(1).join(" ")) : undefined);

/** The readings of a question that begins with "why"; where a day could be part of a name, the day comes first. */
export function whyReadings(list: readonly string[]): Meaning[] {
  if (list[0] !== "why") return [];
  const found = whyForms.flatMap(({ pattern: form, not }) =>
    match(form, list).flatMap((bound): { meaning: Meaning; hasDay: boolean }[] => {
      const state = stateOf(bound.get("state") ?? bound.get("verb") ?? []);
      const said = bound.get("day");
      const day = said && days.get(said.join(" "));
      if (!state || (said && !day)) return [];
      const ask = { ask: "why", state, not, ...(day ? { day } : {}) } as const;
      return [{ meaning: { kind: "ask", ask, noun: bound.get("noun") ?? [] }, hasDay: day !== undefined }];
    }),
  );
  return found.sort((a, b) => Number(b.hasDay) - Number(a.hasDay)).map((f) => f.meaning);
}
