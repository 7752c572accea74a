/** One spelling for what people type: small letters without accents, slips of the finger mended, numbers and times as digits. */
import type { Compiled } from "./compiled.ts";
import { whole } from "./compiled.ts";

/** Longer wishes are cut off here. */
export const MAX_TEXT = 500;

/** Small letters without accents, one kind of space and apostrophe, decimal points; at most 500 characters. */
export const fold = (text: string): string =>
  text
    .slice(0, MAX_TEXT)
    .normalize("NFKC")
    .replace(/(\d) ?A(?![\p{L}\p{N}])(?! ?\d)/gu, "$1 amp")
    .toLowerCase()
    .normalize("NFD")
    .replace(/\p{M}/gu, "")
    .replaceAll("ß", "ss")
    .replaceAll("œ", "oe")
    .replace(/[\u2018\u2019`´]/g, "'")
    .replace(/[¿¡"„“”«»]/g, " ")
    .replace(/(\d),(\d)/g, "$1.$2")
    .replace(/(\d)([ap])\.m\./g, "$1 $2m")
    .replace(/\b([ap])\.m\.?/g, "$1m")
    .replace(/\s+/g, " ")
    .trim();

/** Letters added, lost, changed or swapped between two words; 3 for more than two. */
function slips(a: string, b: string): number {
  if (Math.abs(a.length - b.length) > 2) return 3;
  let [before, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, j) => j)];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let least = Math.min((last[j] ?? 9) + 1, (row[j - 1] ?? 9) + 1, (last[j - 1] ?? 9) + same);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        least = Math.min(least, (before[j - 2] ?? 9) + 1);
      row.push(least);
    }
    [before, last] = [last, row];
  }
  return last[b.length] ?? 3;
}

/** Ends as a part or a place does: fifth, Fünftel, cinquième, vijfde. */
const ORDINAL = /(?:th|tel|ste|de|ieme|imo|ima|avo)s?$/;

/** A word that is no word of the language but nearly one, as that word. The first letter must be right. */
function mended(word: string, c: Compiled, names: ReadonlySet<string>): string {
  if (word.length < 4 || c.knows(word) || names.has(word)) return word;
  const most = word.length >= 9 ? 2 : 1;
  const { numbers } = c.language;
  let best: string | undefined;
  let least = most + 1;
  let near = 0;
  for (const known of [...c.lexicon, ...names]) {
    if (known[0] !== word[0] || known.length < 5) continue;
    const n = slips(word, known);
    if (n <= most && numbers.has(known)) near++;
    if (n < least) [best, least] = [known, n];
  }
  // A number is mended only where it can't be another: a fifth is not fifty.
  const number = best !== undefined && numbers.has(best);
  return best === undefined || (number && (near > 1 || ORDINAL.test(word))) ? word : best;
}

/** Mends slips of the finger towards words of the language and of this home's names. */
export const mend = (text: string, c: Compiled, names: ReadonlySet<string>): string =>
  text.replace(/(?<![\p{L}\p{N}'])\p{L}{4,}(?![\p{L}\p{N}'])/gu, (word) => mended(word, c, names));

const clock = (minutes: number): string => {
  const m = ((minutes % 1440) + 1440) % 1440;
  return `${Math.floor(m / 60)}:${String(m % 60).padStart(2, "0")}`;
};

function phrases(text: string, c: Compiled): string {
  let out = text;
  for (const { pattern, add, each = 1 } of c.language.times.phrases)
    out = out.replace(whole(`${pattern}(?![:.]\\d)`, "g"), (...args: unknown[]) => {
      const groups: unknown = args.at(-1);
      const { h, m } = groups as { h: string; m?: string };
      return clock(Number(h) * 60 + add + Number(m ?? 0) * each);
    });
  return out;
}

const NIGHT = /night|nacht|nuit|noche/;

/** Evening hours: "7 in the evening" is 19:00, "from 5 till 11 in the evening" 17:00 to 23:00; the small hours of a night stay as they are. */
function halves(text: string, c: Compiled): string {
  const { late, early, at, by, mid } = c.language.times;
  const clockless = "(?<![\\d.:])(\\d{1,2})(?:[:.](\\d\\d))?";
  const put = (h: string, m: string | undefined, word: string) => {
    const hour = Number(h);
    const isLate = whole(late).test(word);
    const small = hour < 6 && NIGHT.test(word);
    const turned = isLate && hour < 12 && !small ? hour + 12 : !isLate && hour === 12 ? 0 : hour;
    return clock(turned * 60 + Number(m ?? 0));
  };
  return text
    .replace(
      new RegExp(
        `${clockless} ?(${mid}|~) ((?:\\p{L}{1,3} )?)${clockless} ?(?=(${late}|${early})(?![\\p{L}\\p{N}]))`,
        "gu",
      ),
      (said, h, m, between, small, h2, m2, word) =>
        Number(h) < Number(h2) && Number(h2) < 12 && !NIGHT.test(word)
          ? `${put(h, m, word)} ${between} ${small}${h2}${m2 ? `:${m2}` : ""} `
          : said,
    )
    .replace(whole(`(\\d{1,2})(?:[:.](\\d\\d))? ?(${late}|${early})`, "g"), (said, h, m, word) =>
      m === undefined && Number(h) > 12 ? said : put(h, m, word),
    )
    .replace(
      whole(`(${late}|${early}) (${at}|${by}) (\\d{1,2})(?:[:.](\\d\\d))?(?! ?[%°\\d.])`, "g"),
      (_, word, role, h, m) => `${role} ${put(h, m, word)}`,
    );
}

/** Stands where something was said that no goal can hold. */
export const BEYOND = "xbeyond";

/** Times as H:MM, number words as digits, and a mark for what no goal can hold, so that its numbers are not taken for others. */
export function canonical(text: string, c: Compiled): string {
  const { language } = c;
  const { oclock, noon, midnight, late, early } = language.times;
  let out = text.replace(c.numbers, (word) => String(language.numbers.get(word) ?? word)).replace(c.beyond, BEYOND);
  for (const [pattern, instead] of language.rewrites) out = out.replace(whole(pattern, "g"), instead);
  out = out.replace(/ +/g, " ").trim();
  out = out.replace(whole(midnight, "g"), "0:00").replace(whole(noon, "g"), "12:00");
  const hour = "\\d{1,2}(?:[:.]\\d\\d)?";
  out = out.replace(
    new RegExp(`(?<![\\d.:])(${hour}) ?[-–] ?(?=${hour} ?(?:${oclock}|${late}|${early})(?![\\p{L}\\p{N}]))`, "gu"),
    "$1 ~ ",
  );
  out = phrases(out, c)
    .replace(/\b(\d{1,2}) ?h ?(\d\d)\b/g, "$1:$2")
    .replace(whole(`(\\d{1,2})[:.](\\d\\d) ?(?:${oclock})`, "g"), "$1:$2")
    .replace(whole(`(\\d{1,2}) ?(?:${oclock})(?! ?\\d)`, "g"), "$1:00");
  return halves(out, c);
}
