/**
 * The question to a language model about finds, and its answer read as hostile input. The model gets no name of a device, room or
 * person: what is foreign never reaches it, so nothing in it can become an instruction. It answers with short words on places of the list;
 * a number that the find itself does not say makes them worthless. The order is not its matter: see `order.ts`.
 */
import type { Find, FindKind, FindWords, Ranged } from "../../model/find.ts";
import type { Goal } from "../../model/goal/index.ts";

/** Finds that a model is asked about, the first ones. */
const MAX_TOLD = 8;
const MAX_WORDS = 160;
const MAX_ANSWER = 20_000;

const KINDS: Readonly<Record<FindKind, string>> = {
  standby: "a device draws standby power while nobody uses it",
  leftOn: "a device stays on in an empty room",
  needlessHeating: "rooms are heated while nobody is home",
  openWindow: "heating runs while a window is open",
  warmRoom: "a room is set very warm",
  hotTank: "the boiler is hotter than needed",
  coldBox: "a refrigerator is colder than needed",
  peakUse: "a machine runs while energy is dear and could wait",
  unusedSun: "a machine could run on solar power that is given away",
  nightBase: "the house draws much at night that no meter explains",
};

const EFFORT = { goals: "the hub can do it", blueprint: "the hub can do it", advice: "a person has to do it" } as const;

const one = (r: Ranged): number => (r.likely < 10 ? Math.round(r.likely * 10) / 10 : Math.round(r.likely));

/** The only figures of a find that a model is told, as it is to write them. */
const figures = (find: Find, currency: string): readonly string[] => [
  `${one(find.kwh)} kWh`,
  `${one(find.money)} ${currency}`,
];

const idOf = (place: number): string => `f${place + 1}`;

interface Posed {
  readonly system: string;
  readonly user: string;
  readonly jsonSchema: object;
}

const SYSTEM = `You help a family to save energy at home. Answer only with JSON.
"words": for some ids one short friendly sentence on why it is worth doing. Use no number that the list does not give for that id, say "a year" with it, and write no number as a word.`;

/** The question about the first finds; `goals` are what the family has wished for. */
export function findQuestion(finds: readonly Find[], goals: readonly Goal["kind"][], currency: string): Posed {
  const shown = finds.slice(0, MAX_TOLD);
  const ids = shown.map((_, k) => idOf(k));
  const list = shown.map(
    (find, k) =>
      `${idOf(k)}: ${KINDS[find.kind]}; ${find.effect} ${figures(find, currency).join(" and ")} a year; sureness ${find.confidence}; ${EFFORT[find.offer.kind]}`,
  );
  const word = closed({ id: { enum: ids }, why: { type: "string", maxLength: MAX_WORDS } });
  return {
    system: SYSTEM,
    user: `The family wishes for: ${[...new Set(goals)].join(", ") || "spending less"}.\nList:\n${list.join("\n")}`,
    jsonSchema: closed({ words: { type: "array", minItems: 1, maxItems: ids.length, items: word } }),
  };
}

const closed = (properties: Readonly<Record<string, object>>) => ({
  type: "object",
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

interface Telling {
  readonly words: readonly FindWords[];
  readonly refused: readonly string[];
}

const own = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;

const listIn = (value: unknown, key: string, most: number): readonly unknown[] => {
  const list = own(value, key);
  return Array.isArray(list) ? list.slice(0, most) : [];
};

function parsed(text: string): unknown {
  if (text.length > MAX_ANSWER) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const NUMBER_WORDS =
  /\b(two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\w+teen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|millions?|half|halves|halve|double|twice|triple|thirds?|quarters?|dozens?|percent)\b/i;
const A_YEAR = /\b(a|per|each|every) year\b|\b(yearly|annual|annually)\b|\/ ?year\b/i;
/** What plain words are made of: no markup, no addresses, no other writing. */
const PLAIN = /^[\p{L}\p{N} .,;:!?'’()%€$£/&+-]*$/u;

/** Why words may not stand beside a find; undefined where they may. */
export function wordsMisfit(words: string, find: Find, currency: string): string | undefined {
  if (words.length > MAX_WORDS || !PLAIN.test(words) || /:\/\/|www\.|\w\.\w{2,}\//i.test(words))
    return "it is not plain words";
  if (NUMBER_WORDS.test(words)) return "it writes a number as a word";
  const allowed = new Set(figures(find, currency).map((f) => f.toLowerCase()));
  for (const [said, number, unit] of words.matchAll(/(\p{N}+(?:[.,]\p{N}+)*)\s*(\p{L}+|%|€|\$|£)?/gu))
    if (!allowed.has(`${number} ${unit ?? ""}`.toLowerCase())) return `"${said.trim()}" is not what was found`;
  if (/\p{N}/u.test(words) && !A_YEAR.test(words)) return "it leaves out that the figure is of a year";
  if (find.effect === "moves" && /kwh/i.test(words) && /\bsav/i.test(words))
    return "it says that energy is saved, which is only used at another time";
  return undefined;
}

/** Without the sentence that the limit on its length broke off. */
const wholeSentences = (words: string): string =>
  words.length < MAX_WORDS ? words.trim() : (/^.*[.!?](?=\s|$)/s.exec(words)?.[0] ?? "").trim();

/** A model's answer on these finds. Never throws; what is not exactly of the list is refused with a reason. */
export function readTelling(text: string, finds: readonly Find[], currency: string): Telling {
  const json = parsed(text);
  if (json === undefined) return { words: [], refused: ["the answer is no JSON"] };
  const shown = finds.slice(0, MAX_TOLD);
  const refused: string[] = [];
  const words: FindWords[] = [];
  for (const item of listIn(json, "words", MAX_TOLD)) {
    const [find, why] = [shown.find((_, k) => idOf(k) === own(item, "id")), own(item, "why")];
    if (!find) refused.push("it names a find that is not on the list");
    if (!find || typeof why !== "string" || words.some((w) => w.find === find.id)) continue;
    const misfit = wordsMisfit(why, find, currency);
    const whole = wholeSentences(why);
    if (misfit) refused.push(`words on “${find.title}”: ${misfit}`);
    else if (whole !== "") words.push({ find: find.id, words: whole });
  }
  return { words, refused: [...new Set(refused)] };
}
