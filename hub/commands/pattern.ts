/** Sentence patterns: words, choices and slots, matched against words one by one. Nothing here can run away. */

type Part =
  | { readonly kind: "word"; readonly any: ReadonlySet<string>; readonly optional: boolean }
  | { readonly kind: "slot"; readonly name: string };

/** What a slot took: word positions [from, to). */
export type Bindings = ReadonlyMap<string, readonly string[]>;

export type Pattern = readonly Part[];

/** The longest a slot may be, in words. */
const MAX_SLOT = 24;
/** Ways of matching one pattern that are looked at. */
const MAX_MATCHES = 12;

/**
 * Reads a pattern: `turn|switch on <noun> [please]` has a choice, a word, a slot and a word that may be missing.
 * Words are matched as the language's tokens give them.
 */
export function pattern(text: string): Pattern {
  return text.split(" ").map((part): Part => {
    if (part.startsWith("<")) return { kind: "slot", name: part.slice(1, -1) };
    const optional = part.startsWith("[");
    return { kind: "word", any: new Set((optional ? part.slice(1, -1) : part).split("|")), optional };
  });
}

/**
 * The ways in which the whole sentence fits the pattern, at most 12 or `most`. With two slots of at most 24 words in a sentence
 * of at most 60, that is a few thousand steps at worst.
 */
export function match(parts: Pattern, words: readonly string[], most = MAX_MATCHES): Bindings[] {
  const found: Bindings[] = [];
  const step = (p: number, w: number, bound: ReadonlyMap<string, readonly string[]>): void => {
    if (found.length >= most) return;
    const part = parts[p];
    if (!part) {
      if (w === words.length) found.push(bound);
      return;
    }
    if (part.kind === "word") {
      const word = words[w];
      if (word !== undefined && part.any.has(word)) step(p + 1, w + 1, bound);
      if (part.optional) step(p + 1, w, bound);
      return;
    }
    for (let end = w + 1; end <= Math.min(words.length, w + MAX_SLOT); end++)
      step(p + 1, end, new Map([...bound, [part.name, words.slice(w, end)]]));
  };
  step(0, 0, new Map());
  return found;
}
