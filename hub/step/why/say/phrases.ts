/**
 * What a language says of why a device is as it is: whole sentences, without their full stop. What rules and devices note of themselves is kept
 * in English; other languages quote it as the record's own words. A language is a file here and a line in index.ts.
 */
import type { AskedState } from "../../../model/why.ts";

/** Deeds that have words of their own in every language. */
export type Deed = "on" | "off" | "open" | "close" | "lock" | "unlock" | "charge" | "stopCharging";

/** Who asked. A person's name and a rule's title are the home's own. */
export type Who =
  | { readonly is: "person"; readonly name: string }
  | { readonly is: "safety" }
  | { readonly is: "rule" | "plan"; readonly title: string }
  | { readonly is: "gone"; readonly was: "rule" | "plan" };

export interface AskedFacts {
  /** As {@link WhyPhrases.when} says it. */
  readonly when: string;
  readonly who: Who;
  /** What was asked, in English; and by its own word where it has one. */
  readonly deed: string;
  readonly known: Deed | undefined;
  readonly name: string;
  readonly failed?: { readonly state: "refused" | "unconfirmed"; readonly reason: string } | undefined;
  /** Why, as the record has it; empty: it says nothing more. */
  readonly because: string;
  /** The sentence that a person said; empty: none. */
  readonly said: string;
}

/** A rule or plan that has or wants a device so. `deed` and `because` are the record's words. */
export interface KeepFacts {
  readonly by: "rule" | "plan";
  readonly title: string;
  readonly deed: string;
  readonly because: string;
}

/** Of which day a moment is, seen from now. */
export type Day = "today" | "yesterday" | "tomorrow" | "weekday" | "date";

export interface WhyPhrases {
  /** A moment inside a sentence: "yesterday at 14:02". `day` is the weekday or the date by its name where one is meant. */
  when(which: Day, clock: string, day: string): string;
  is(name: string, state: AskedState, so: boolean): string;
  /** A value that was not asked about. `words` are English; `number` is the value with its unit where it is one. */
  isAt(name: string, words: string, number: string | undefined): string;
  /** An old value, and why it is old. */
  lastHeard(told: string, reason: string): string;
  notKnown(name: string): string;
  but(told: string): string;
  unreachable(name: string): string;
  /** Nobody asked it, and nothing is known of it. */
  nobodyAsked(name: string): string;
  /** What a charger itself says of why nothing flows; `at`: how full the car is, absent where it does not tell. */
  noCar(name: string): string;
  hasFault(name: string): string;
  wantsNothing(name: string, at: string | undefined): string;
  /** No rule and no plan would have done it. */
  nobodyWould(name: string): string;
  asked(facts: AskedFacts): string;
  changed(when: string, name: string, value: string): string;
  held(by: string, until: string): string;
  keptSince(title: string, since: string, cause: string): string;
  keeps(facts: KeepFacts): string;
  /** It would, but something of a higher rank has its way. */
  wouldKeep(facts: KeepFacts, lost: string): string;
  wouldOtherwise(by: "rule" | "plan", title: string, lost: string): string;
  /** `span`: how long it waits, in English; absent: it is under way. */
  running(title: string, since: string, span: string | undefined, cause: string): string;
  nearMiss(when: string, title: string, cause: string, outcome: string): string;
  cameTo(when: string, title: string, outcome: string, cause: string): string;
  underWay(when: string, title: string, cause: string): string;
  soAlready(when: string, title: string, cause: string): string;
  ranElsewhere(when: string, title: string, cause: string, name: string, outcome: string): string;
  ranBut(when: string, title: string, cause: string, trouble: string): string;
  isOff(title: string): string;
  wasOver(title: string, when: string): string;
  madeOnly(title: string, when: string): string;
  wasChanged(title: string, when: string): string;
  /** `then`: it is of another time, and told as it is now. */
  holdsBut(title: string, then: boolean, lost: string): string;
  unknown(title: string, then: boolean, reason: string): string;
  otherWay(title: string, then: boolean, reason: string): string;
  notSo(title: string, then: boolean, reason: string): string;
  /** `words`: what it waits for; `end`: what is known of that now, or empty; both English. */
  waitsFor(title: string, words: string, end: string): string;
  missed(title: string, when: string): string;
  /** After a semicolon: when it comes next. */
  next(when: string): string;
  /** `words`: when it comes, in English; `next`: when it comes next, absent: never again. */
  comes(title: string, words: string, next: string | undefined): string;
}
