import { dayAt } from "../../rules/time/day.ts";
import { formsOf } from "../../rules/words/forms.ts";
import type { WhyFacts } from "./facts.ts";
import { whyPhrases } from "./say/index.ts";
import type { WhyPhrases } from "./say/phrases.ts";

type Speaking = Pick<WhyFacts, "language" | "now">;

/** The phrases of the language in which is answered. */
export const sayIn = ({ language = "en" }: Pick<WhyFacts, "language">): WhyPhrases => whyPhrases[language];

/** Farther away, a date is said with its year, days. */
const OTHER_YEAR = 300;

/** A moment by the home's clock, as it is said now: "at 14:02", "yesterday at 14:02", "on Sunday at 14:02", "on 3 May at 14:02". */
export function atWords(at: number, { now, language = "en" }: Speaking, timeZone: string): string {
  const [say, forms] = [whyPhrases[language], formsOf(language)];
  const clock = forms.clock(at, timeZone);
  const days = dayAt(now, timeZone) - dayAt(at, timeZone);
  if (days === 0) return say.when("today", clock, "");
  if (Math.abs(days) === 1) return say.when(days === 1 ? "yesterday" : "tomorrow", clock, "");
  if (Math.abs(days) < 7) return say.when("weekday", clock, forms.weekday(at, timeZone));
  return say.when("date", clock, forms.date(at, timeZone, Math.abs(days) > OTHER_YEAR));
}

const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** A sentence of these words: a capital letter at its beginning, one full stop at its end. */
export const sentence = (text: string): string => `${upper(text.trim()).replace(/[.\s]+$/, "")}.`;
