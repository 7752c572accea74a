/** A language's patterns, made ready once. */
import { languages } from "../languages/index.ts";
import type { Cue, Language } from "../languages/language.ts";

/** A pattern that matches whole words of folded text. */
export const whole = (source: string, flags = ""): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])(?:${source})(?![\\p{L}\\p{N}])`, `u${flags}`);

export interface Compiled {
  readonly language: Language;
  readonly cues: Readonly<Record<Cue, RegExp>>;
  readonly things: ReadonlyMap<string, RegExp>;
  readonly rooms: ReadonlyMap<string, RegExp>;
  readonly presence: { readonly home: RegExp; readonly away: RegExp; readonly arrive: RegExp };
  readonly strength: { readonly must: RegExp; readonly ifPossible: RegExp };
  readonly numbers: RegExp;
  readonly question: RegExp;
  readonly anyRoom: RegExp;
  readonly filler: RegExp;
  /** What no goal can hold; days that are left out are none of it. */
  readonly beyond: RegExp;
  readonly condition: RegExp;
  readonly stress: RegExp;
  readonly common: ReadonlySet<string>;
  /** All words that it knows. */
  readonly lexicon: ReadonlySet<string>;
  /** Whether a word is one of them, or begins as one of them may. */
  readonly knows: (word: string) => boolean;
}

/** One as it is written beside what it counts. */
const ONE = "an?|einen?|einer|eine|un|una|une|uno|half an|een half";

interface Words {
  readonly whole: Set<string>;
  /** Beginnings after which anything may follow. */
  readonly stems: Set<string>;
}

/** The words in a language's patterns. */
function wordsOf(value: unknown, into: Words): Words {
  if (typeof value === "string")
    for (const [, word = "", more] of value.matchAll(/(?<!\\)\b([a-z]{3,})\b(\?|\\w|[[(])?/g)) {
      into.whole.add(word);
      // "lights?" is two words.
      if (more === "?") into.whole.add(word.slice(0, -1));
      if (more && more !== "?") into.stems.add(word);
    }
  else if (value instanceof Map) for (const key of value.keys()) wordsOf(key, into);
  else if (typeof value === "object" && value !== null) for (const part of Object.values(value)) wordsOf(part, into);
  return into;
}

const patterns = (sources: Readonly<Record<string, string>>): ReadonlyMap<string, RegExp> =>
  new Map(Object.entries(sources).map(([key, source]) => [key, whole(source, "g")]));

/** What no goal can hold, but for days that are left out: those are days. */
function beyondOf({ times, beyond }: Language): string {
  const { dates } = times;
  const days = [...times.days, times.weekend, times.workdays].join("|");
  const said = beyond.replace(/\bN\b/g, `(?:\\d+(?:\\.\\d+)?|${ONE})`);
  const month = `(?:${dates.during}) (?:${dates.months.join("|")})(?! ?\\d)`;
  const day = dates.unclear.replaceAll("DAY", `(?:${times.days.join("|")})`);
  return `(?!(?:${times.except}) (?:\\p{L}{2,3} )?(?:${days}))(?:${said}|${month}|${dates.seasons}|${day})`;
}

function compile(language: Language): Compiled {
  const numbers = [...language.numbers.keys()].sort((a, b) => b.length - a.length).join("|");
  const cue = (name: Cue) => whole(language.cues[name]);
  const names = Object.keys(language.cues) as Cue[];
  const words = wordsOf(language, { whole: new Set(), stems: new Set() });
  const common = new Set(language.common.split(" "));
  const everyday = new Set(language.everyday.split(/\s+/));
  return {
    language,
    cues: Object.fromEntries(names.map((name) => [name, cue(name)])) as Record<Cue, RegExp>,
    things: patterns(language.things),
    rooms: patterns(language.rooms),
    presence: {
      home: whole(language.presence.home),
      away: whole(language.presence.away),
      arrive: whole(language.presence.arrive),
    },
    strength: { must: whole(language.strength.must), ifPossible: whole(language.strength.ifPossible) },
    numbers: whole(numbers, "g"),
    question: new RegExp(`^(?:${language.question})(?![\\p{L}\\p{N}])`, "u"),
    anyRoom: whole(language.anyRoom, "g"),
    filler: new RegExp(`^(?:(?:${language.filler})[ ,]*)*$`, "u"),
    beyond: whole(beyondOf(language), "g"),
    condition: whole(`(?:${language.condition})(?![\\p{L}])[^,;]*`),
    stress: new RegExp(`^(?:(?:${language.and}) )?(?:${language.stress})(?![\\p{L}\\p{N}])`, "u"),
    common,
    lexicon: words.whole,
    knows: (word) =>
      words.whole.has(word) ||
      common.has(word) ||
      everyday.has(word) ||
      [...words.stems].some((stem) => word.startsWith(stem)),
  };
}

const made = new Map<string, Compiled>();

export const compiled = (language: Language): Compiled => {
  const known = made.get(language.code) ?? compile(language);
  made.set(language.code, known);
  return known;
};

/** A text in which nothing is found. A pattern is made into code when it is first used, and into faster code when it is used again. */
const NOTHING = "-";

/** Makes all languages ready; without it the first wish does so in one go. Yields where it may be interrupted. */
export function* preparing(): Generator<number, void> {
  for (const [k, language] of languages.entries()) {
    const { cues, things, rooms, presence, strength, ...more } = compiled(language);
    yield k / languages.length;
    const each = [cues, presence, strength].flatMap((patterns) => Object.values<RegExp>(patterns));
    const { numbers, question, anyRoom, filler, beyond, condition, stress } = more;
    const rest = [numbers, question, anyRoom, filler, beyond, condition, stress];
    for (const pattern of [...each, ...things.values(), ...rooms.values(), ...rest]) {
      for (let use = 0; use < 2; use++) NOTHING.search(pattern);
      yield k / languages.length;
    }
  }
}

/** The language of a text: whose small words, own words and letters (of `typed`) stand in it; English where nothing speaks for another. */
export function languageOf(folded: string, typed = ""): Compiled {
  const words = folded.split(/[^\p{L}\p{N}']+/u).filter(Boolean);
  let best = compiled(languages[0] ?? failed());
  let most = 0;
  for (const language of languages) {
    const c = compiled(language);
    const small = words.filter((word) => c.common.has(word)).length;
    const known = words.filter((word) => c.lexicon.has(word)).length;
    const things = [...c.things.values(), ...c.rooms.values()].filter((p) => folded.search(p) >= 0).length;
    const letters = language.letters && new RegExp(language.letters, "iu").test(typed) ? 3 : 0;
    const score = small * 2 + known * 2 + things * 3 + letters;
    if (score > most) [best, most] = [c, score];
  }
  return best;
}

const failed = (): never => {
  throw new RangeError("there is no language");
};
