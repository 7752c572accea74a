/** "Why is it so" and "why did it not": ways of asking, and the words for the time that is asked about. */
import type { ClockMoment, Day, DayPart, Meaning, State } from "../../meaning.ts";
import { type Bindings, match, type Pattern, pattern } from "../../pattern.ts";
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
    "how come <noun> is|are|was|were not <state>",
    "how come <noun> did|do|does|has|have not <verb>",
    // As it stands after "can you tell me".
    "why <noun> is|are|was|were not <state>",
    "why <noun> did|do|does|has|have not <verb>",
    "why <noun> will not <verb>",
  ),
  // When it will be is told as why it is not yet.
  ...[
    "when does|do|will <noun> <verb>",
    "when is|are <noun> going to <verb>",
    "when will <noun> be <state>",
    "when <noun> will <verb>",
    "when <noun> is|are going to <verb>",
    "when <noun> will be <state>",
  ].flatMap((t) => [t, `${t} <soon>`].map((text) => ({ pattern: pattern(text), not: true }))),
  ...forms(
    false,
    "why is|are|was|were <noun> [still] <state>",
    "why did|do|does <noun> <verb>",
    "why has|have <noun> <verb>",
    "how come <noun> is|are|was|were [still] <state>",
    "how come <noun> <verb>",
    "how come <noun> stayed|remained <state>",
    "why <noun> is|are|was|were [still] <state>",
    "why <noun> stayed|remained <state>",
    "why did <noun> stay|remain <state>",
    "why <noun> <verb>",
    "what made <noun> <verb>",
    "who|what turned|switched|put|shut <noun> <state>",
    "who|what turned|switched|put|shut <state> <noun>",
    "who|what opened|closed|locked|unlocked <noun>",
  ),
];

/** A thing, a state and a time of a question of twenty words can be parted in so many ways. */
const MAX_MATCHES = 200;

/** Said before a question out of politeness. */
const POLITE =
  /^(?:(?:could|can|would|will) you (?:please |kindly )?(?:tell|explain to|show) (?:me|us)|(?:please )?(?:tell|explain to) (?:me|us)|do you (?:happen to )?know|(?:do you have )?any idea|i(?: would|'d)? (?:want|like|love|wonder|am wondering|was wondering)(?: to know)?|just wondering) (?=(?:why|how come|who|when|what|at what) )/;
/** Other ways to begin, as the forms begin. */
const BEGINNINGS: readonly (readonly [RegExp, string])[] = [
  [/^for (?:what|which) reason /, "why "],
  [/^(?:why|how) is it that /, "why "],
  [/^what is the reason (?:that |why )?/, "why "],
  [/^(who|what) was it (?:that|who) /, "$1 "],
  [/^(?:at )?what time (?=will|does|is|are|do)/, "when "],
  [/^(.+) (why|how come)$/, "$2 $1"],
];
const STARTS: ReadonlySet<string> = new Set(["why", "how", "who", "what", "when"]);

/** Days to come: the plan says itself when it will be. */
const SOON: ReadonlySet<string> = new Set(["today", "tonight", "this evening", "this afternoon", "tomorrow", "next"]);

const verbs: ReadonlyMap<string, State> = new Map([
  ...["turn", "turned", "switch", "switched", "go", "gone", "went", "come", "came"].flatMap((v): [string, State][] => [
    [`${v} on`, "on"],
    [`${v} off`, "off"],
  ]),
  ...(["open", "opened", "raise", "go up", "gone up", "went up"] as const).map((v): [string, State] => [v, "open"]),
  ...(["close", "closed", "shut", "lower", "go down", "gone down", "went down"] as const).map((v): [string, State] => [
    v,
    "closed",
  ]),
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
  ["the day before yesterday", "dayBefore"],
  ["day before yesterday", "dayBefore"],
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
  return day === "today" || day === "yesterday" || day === "dayBefore" || typeof day === "object"
    ? { day, part }
    : undefined;
}

/** "turned on" and "left open" are asked of as "on" and "open" are. */
const stateOf = (words: readonly string[]): State | undefined =>
  states.get(words.join(" ")) ??
  verbs.get(words.join(" ")) ??
  (words[0] === "left" ? states.get(words.slice(1).join(" ")) : undefined);

/** A room that is cold, or is not warm, is one whose heating does not run; 1 for warm, -1 for cold. */
const WARMTH: ReadonlyMap<string, 1 | -1> = new Map([
  ...["warm", "hot", "heated", "warm enough", "so warm", "so hot", "getting warm"].map((said) => [said, 1] as const),
  ...["cold", "so cold", "freezing", "chilly", "too cold", "cool"].map((said) => [said, -1] as const),
]);

/** What heats; of other things, as of a fridge, nothing is known of why they are cold. */
const HEATERS: ReadonlySet<string> = new Set([
  "heating",
  "heater",
  "heaters",
  "radiator",
  "radiators",
  "thermostat",
  "water",
  "boiler",
]);

/** "Who opened it": the verb is the state. */
const OPENED: ReadonlyMap<string, readonly string[]> = new Map([
  ["opened", ["open"]],
  ["closed", ["closed"]],
  ["locked", ["locked"]],
  ["unlocked", ["unlocked"]],
]);

interface Found {
  readonly meaning: Meaning;
  readonly hasDay: boolean;
}

/** What one way of asking comes to, with the words of a match. */
function foundIn(bound: Bindings, not: boolean, list: readonly string[]): Found[] {
  const words = bound.get("state") ?? bound.get("verb") ?? OPENED.get(list[1] ?? "") ?? [];
  const said = bound.get("day");
  const when = said && whenOf(said);
  const soon = bound.get("soon");
  if ((said && !when) || (soon && !SOON.has(soon.join(" ")))) return [];
  const noun = bound.get("noun") ?? [];
  const of = (state: State, denied: boolean, named: readonly string[]): Found => {
    const ask = { ask: "why", state, not: denied, ...when } as const;
    return { meaning: { kind: "ask", ask, noun: named }, hasDay: when !== undefined };
  };
  const warmth = WARMTH.get(words.join(" "));
  const heats = (named: readonly string[]) =>
    (["running", "on"] as const).map((s) => of(s, not !== (warmth === -1), named));
  if (warmth)
    return [[...noun, "thermostat"], ...(noun.some((word) => HEATERS.has(word)) ? [noun] : [])].flatMap(heats);
  const waits = words.join(" ") === "waiting";
  const state = waits ? "running" : stateOf(words);
  return state ? [of(state, not !== waits, noun)] : [];
}

/** The readings of a question with "why", "how come", "who turned it on" or "when will it"; where a day could be part of a name, the day comes first. */
export function whyReadings(said: readonly string[]): Meaning[] {
  const asked = said
    .join(" ")
    .replace(POLITE, "")
    .replace(/ gonna /, " going to ");
  const list = BEGINNINGS.reduce((text, [pattern, instead]) => text.replace(pattern, instead), asked).split(" ");
  if (!STARTS.has(list[0] ?? "")) return [];
  const found = whyForms.flatMap(({ pattern: form, not }) =>
    match(form, list, MAX_MATCHES).flatMap((bound) => foundIn(bound, not, list)),
  );
  return found.sort((a, b) => Number(b.hasDay) - Number(a.hasDay)).map((f) => f.meaning);
}
