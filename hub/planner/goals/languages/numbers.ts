/** Number words up to 100, put together from a language's own ones and tens. */

/** `ones` are 1 to 19 in order, `tens` 20, 30 … 90; `join` makes 21 of 20 and 1. What is an article as well is an empty word. */
export function numberWords(
  ones: string,
  tens: string,
  hundred: string,
  join: (ten: string, one: string) => readonly string[],
): ReadonlyMap<string, number> {
  const words = new Map<string, number>();
  const small = ones.split(" ").map((word) => word.replaceAll("_", " "));
  small.forEach((word, k) => {
    for (const one of word.split("|")) if (one !== "-") words.set(one, k + 1);
  });
  tens.split(" ").forEach((all, k) => {
    for (const ten of all.split("|")) {
      words.set(ten, 20 + k * 10);
      for (const [n, one] of small.slice(0, 9).entries())
        for (const spelt of one.split("|")) for (const word of join(ten, spelt)) words.set(word, 20 + k * 10 + n + 1);
    }
  });
  words.set(hundred, 100);
  return words;
}
