/** "Why is it so" and "why did it not": ways of asking, and the words for the time that is asked about. */
import type { ClockMoment, Day, DayPart, Meaning, State } from "../../meaning.ts";
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
  ...(["heat", "heated", "heating"] as const).map((v): [string, State] => [v, "running"]),
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

const parts: ReadonlyMap<string, DayPart> = new Map([
  ["morning", "morning"],
  ["afternoon", "afternoon"],
  ["evening", "evening"],
  ["night", "night"],
]);

interface When {
  readonly day?: Day;
  readonly part?: DayPart;
  readonly at?: ClockMoment;
}

/** "at 7", "at 7 30 pm", "at half past 6", "around 19 00", as the sentence's words give them. */
const CLOCK =
  /(?:^| )(?:at|around|about|by) (?:(half past|quarter past|quarter to) )?(\d{1,2})(?:[ .](\d{2}))?(?: (oclock))?(?: (am|pm|a m|p m))?(?= |$)/;
const NAMED: ReadonlyMap<string, number> = new Map([
  ["at noon", 720],
  ["at midday", 720],
  ["at midnight", 0],
]);
const PAST: Readonly<Record<string, number>> = { "half past": 30, "quarter past": 15, "quarter to": -15 };

/** The time that the words name, whole; undefined where a word of them is none. */
function whenOf(words: readonly string[]): When | undefined {
  const text = words.join(" ");
  const named = [...NAMED].find(([said]) => text.startsWith(said) || text.endsWith(said));
  const clock = named ? undefined : CLOCK.exec(text);
  const at = named ? { minutes: named[1] } : clock ? momentOf(clock) : undefined;
  const said = named?.[0] ?? clock?.[0];
  if (said !== undefined && !at) return undefined;
  const rest = (said === undefined ? text : text.replace(said, " ")).replace(/ +/g, " ").trim();
  const day = rest === "" ? {} : dayIn(rest);
  return day && { ...day, ...(at ? { at: inPart(at, day.part ?? day.day) } : {}) };
}

function momentOf([, past = "", hour = "", minute = "00", , half]: RegExpExecArray): ClockMoment | undefined {
  const plain = Number(hour);
  if (plain > 24 || Number(minute) > 59 || (half && (plain < 1 || plain > 12))) return undefined;
  const by12 = half ? (plain % 12) + (half.startsWith("p") ? 12 : 0) : plain;
  const minutes = (by12 * 60 + Number(minute) + (PAST[past] ?? 0) + 1440) % 1440;
  // "07 00" and "19 00" are of the day's 24 hours; "7" is of either half.
  const either = !half && plain >= 1 && plain <= 12 && !hour.startsWith("0");
  return { minutes, ...(either ? { either } : {}) };
}

/** "At 7 in the evening": of the two the one in that part of the day. */
function inPart(at: ClockMoment, part: DayPart | Day | undefined): ClockMoment {
  if (!at.either) return at;
  if (part === "evening" || part === "afternoon") return { minutes: (at.minutes % 720) + 720 };
  return part === "morning" ? { minutes: at.minutes % 720 } : at;
}

function dayIn(text: string): When | undefined {
  const whole = days.get(text);
  if (whole !== undefined) return { day: whole };
  const [, before = "", word = ""] = /^(.*?) ?(?:in the )?(morning|afternoon|evening|night)$/.exec(text) ?? [];
  const part = parts.get(word);
  if (!part) return undefined;
  if (before === "" || before === "at") return { part };
  const day = days.get(before);
  return day === "today" || day === "yesterday" || typeof day === "object" ? { day, part } : undefined;
}

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
      const when = said && whenOf(said);
      if (!state || (said && !when)) return [];
      const ask = { ask: "why", state, not, ...when } as const;
      return [{ meaning: { kind: "ask", ask, noun: bound.get("noun") ?? [] }, hasDay: when !== undefined }];
    }),
  );
  return found.sort((a, b) => Number(b.hasDay) - Number(a.hasDay)).map((f) => f.meaning);
}
