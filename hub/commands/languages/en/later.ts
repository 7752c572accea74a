/** Words that speak of another time than now: what is to happen then, or again and again, is a rule. */

const MOMENTS: ReadonlySet<string> = new Set(
  (
    "daily weekdays weekends tomorrow tonight later when whenever if unless until after before " +
    "sunset sunrise dusk dawn noon midnight"
  ).split(" "),
);
const LENGTHS: ReadonlySet<string> = new Set("second seconds minute minutes hour hours day days".split(" "));
const AGAIN: ReadonlySet<string> = new Set(
  (
    "second minute hour day week month morning noon afternoon evening night weekday weekend " +
    "monday tuesday wednesday thursday friday saturday sunday"
  ).split(" "),
);
const HALVES: ReadonlySet<string> = new Set(["am", "pm", "oclock"]);

const isNumber = (word: string | undefined): boolean => /^\d+$/.test(word ?? "");

/** "at 22:00", "at 7 pm": an hour and what makes it one. */
const isHour = (list: readonly string[], i: number): boolean =>
  list[i - 1] === "at" && isNumber(list[i]) && (isNumber(list[i + 1]) || HALVES.has(list[i + 1] ?? ""));

/** "in 5 minutes", "for 2 hours". */
const isLength = (list: readonly string[], i: number): boolean =>
  isNumber(list[i]) && LENGTHS.has(list[i + 1] ?? "") && ["in", "for", "after"].includes(list[i - 1] ?? "");

/** "every morning", "each 5 minutes"; but not "every light". */
const isAgain = (list: readonly string[], i: number): boolean =>
  ["every", "each"].includes(list[i - 1] ?? "") && (AGAIN.has(list[i] ?? "") || isNumber(list[i]));

/** Whether words, as `words` gives them, speak of another time than now; see `Language.isOfLater`. */
export const isOfLater = (list: readonly string[]): boolean =>
  list.some((word, i) => MOMENTS.has(word) || isAgain(list, i) || isHour(list, i) || isLength(list, i));
