/** English words: spelling, plurals, numbers, what is said out of politeness. */

const CONTRACTIONS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    "what's": ["what", "is"],
    whats: ["what", "is"],
    "how's": ["how", "is"],
    "who's": ["who", "is"],
    "when's": ["when", "is"],
    "why's": ["why", "is"],
    "where's": ["where", "is"],
    "there's": ["there", "is"],
    "it's": ["it", "is"],
    "isn't": ["is", "not"],
    "aren't": ["are", "not"],
    "don't": ["do", "not"],
    dont: ["do", "not"],
    "doesn't": ["does", "not"],
    "didn't": ["did", "not"],
    didnt: ["did", "not"],
    isnt: ["is", "not"],
    "wasn't": ["was", "not"],
    wasnt: ["was", "not"],
    "weren't": ["were", "not"],
    "won't": ["will", "not"],
    "hasn't": ["has", "not"],
    "haven't": ["have", "not"],
    percent: ["%"],
    percentage: ["%"],
    television: ["tv"],
    centre: ["center"],
    color: ["colour"],
    colors: ["colour"],
    everythings: ["everything"],
  }),
);

const ONES =
  "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(
    " ",
  );
const TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split(" ");

const POLITE_START = [
  ["please"],
  ["hey"],
  ["hi"],
  ["hello"],
  ["ok"],
  ["okay"],
  ["inglenook"],
  ["can", "you"],
  ["could", "you"],
  ["would", "you"],
  ["will", "you"],
  ["i", "want", "you", "to"],
  ["i", "need", "you", "to"],
  ["i", "would", "like", "you", "to"],
  ["go", "ahead", "and"],
  ["just"],
  ["now"],
  ["tell", "me"],
  ["do", "you", "know"],
  ["i", "want", "to", "know"],
];
const POLITE_END = [
  ["please"],
  ["for", "me"],
  ["thanks"],
  ["thank", "you"],
  ["right", "now"],
  ["now"],
  ["at", "the", "moment"],
  ["currently"],
  ["immediately"],
];

/** Words, whole or decimal numbers with their sign, percent and degree signs. One pass, no backtracking. */
const WORD = /(?<![\p{L}\p{N}])-\d+(?:[.,]\d+)?|\d+(?:[.,]\d+)?|\p{L}[\p{L}\p{M}\p{N}'’]*|%|°/gu;

/** A comma that ends a clause; one within a number does not. */
const COMMA = /[,;]\s/g;

/** The sentence's words; see {@link Language.words}. */
export function words(text: string): string[] {
  const raw = text.normalize("NFKC").toLowerCase().replace(COMMA, " and ").match(WORD) ?? [];
  return trimPolite(numbers(raw.flatMap(spell)));
}

function spell(word: string): readonly string[] {
  const plain = word.replaceAll("’", "'");
  const known = CONTRACTIONS.get(plain);
  if (known) return known;
  if (/^-?\d/.test(plain)) return [plain.replace(",", ".")];
  return [plain.endsWith("'s") ? plain.slice(0, -2) : plain.replaceAll("'", "")].filter((w) => w !== "");
}

/** "twenty one" and "seventy" as digits; "one" stays a word where no number is counted. */
function numbers(list: readonly string[]): string[] {
  const out: string[] = [];
  for (let i = 0; i < list.length; i++) {
    const word = list[i] ?? "";
    const next = list[i + 1] ?? "";
    const tens = TENS.indexOf(word);
    const ones = ONES.indexOf(next);
    if (tens >= 0 && ones > 0 && ones < 10) {
      out.push(String((tens + 2) * 10 + ones));
      i++;
    } else if (tens >= 0) out.push(String((tens + 2) * 10));
    else if (word === "hundred" && ["1", "a"].includes(out.at(-1) ?? "")) out[out.length - 1] = "100";
    else out.push(ONES.includes(word) ? String(ONES.indexOf(word)) : word);
  }
  return out;
}

function trimPolite(list: readonly string[]): string[] {
  let out = [...list];
  for (let changed = true; changed; ) {
    changed = false;
    for (const start of POLITE_START)
      if (out.length > start.length && start.every((w, i) => out[i] === w)) {
        out = out.slice(start.length);
        changed = true;
      }
    for (const end of POLITE_END)
      if (out.length > end.length && end.every((w, i) => out[out.length - end.length + i] === w)) {
        out = out.slice(0, -end.length);
        changed = true;
      }
  }
  return out;
}

/** Singular form, near enough to compare with: lights, switches, batteries; but glass, gas, bus stay. */
export function stem(word: string): string {
  if (word.length < 4 || !word.endsWith("s")) return word;
  if (/(ss|us|is)$/.test(word)) return word;
  if (word.endsWith("ies") && word.length > 4) return `${word.slice(0, -3)}y`;
  if (/(ch|sh|ss|x|z)es$/.test(word)) return word.slice(0, -2);
  return word.slice(0, -1);
}

const QUESTION_STARTS = new Set(
  "is are am was were do does did has have had what which who whom whose where when why how should shall may might any".split(
    " ",
  ),
);

/**
 * Whether a sentence asks. "Can you turn on the light?" asks for a deed and is none; "turn on the light?" doubts, and
 * a doubt moves nothing.
 */
export function isQuestion(text: string, list: readonly string[]): boolean {
  if (QUESTION_STARTS.has(list[0] ?? "")) return true;
  const asksADeed = /^\W*(?:please|hey|ok|okay|inglenook)?\W*(?:can|could|would|will) you\b/i.test(text);
  return text.includes("?") && !asksADeed;
}
