/**
 * What a language says of a schedule: whole clauses and sentences, never their bits, so that each language orders and inflects them by its own
 * grammar. A language is a file here and a line in index.ts; one that lacks a phrase does not compile.
 */
import type { BatteryMode, BrokenKind, BrokenWish } from "../schedule.ts";

/** What a device does, as a person sees it. */
export type Doing =
  | ("charges" | "chargesNot" | "chargesOnSun" | "heats" | "heatsNot" | "heatsOnSun" | "runs" | "waits" | "runsOnSun")
  | ("chargesFromGrid" | "followsHouse" | "keepsCharge" | "givesToGrid" | "givesAll" | "isHeldBack");

/** What makes it so: each a clause of its own. The prices are there in those that speak of two. */
export type Cause =
  | (
      | "givingCosts"
      | "moreNeeded"
      | "worthMoreElsewhen"
      | "cheapestThen"
      | "keptWorthMore"
      | "sparesPrice"
      | "dearThen"
      | "cheapThen"
    )
  | ("sunBefore" | "sunLater" | "sunThen")
  | ("othersFirst" | "readyElse" | "tooUncomfortable" | "comfortElse")
  | ("reserve" | "peak" | "fuse" | "limit" | "wear" | "co2" | "ownUse" | "tie" | "blocked" | "unplugged" | "away")
  | ("carFull" | "waterWarm" | "roomWarm" | "runOver" | "allUsed" | "nothingToGive" | "hardlyNeeded" | "enough")
  | ("stored" | "distrust");

/** Numbers and times of a cause, as the language writes them; empty where the block has none. */
export interface CauseFacts {
  readonly price: string;
  /** With the language's "about" where it is not published yet. */
  readonly otherPrice: string;
  readonly sunKwh: string;
  readonly storedWorth: string;
  /** When it is done otherwise: a time of day, perhaps with "the next day". */
  readonly otherwise: string;
  /** That time lies before the block. */
  readonly isEarlier: boolean;
}

/** What doing otherwise would be, as a clause without a subject of its own. */
export type Deed = "charge" | "heat" | "run" | "use" | "otherwise";
/** What is planned for later. */
export type Later = "charge" | "heat" | "run";

/** A wish that would not be had. */
export interface BrokenFacts {
  /** The device's own name; empty: the house. */
  readonly name: string;
  /** By how much, with its unit. */
  readonly by: string;
  /** A time of day. */
  readonly at: string;
}

export interface SchedulePhrases {
  /** A main clause without its end: "Car charges from 18:00 to 01:00 the next day". */
  does(doing: Doing, name: string, from: string, to: string): string;
  /** What it does and what makes it so, as one sentence. */
  so(does: string, because: string): string;
  /** A main clause, as it stands in {@link so}. */
  readonly because: Readonly<Record<Cause, (facts: CauseFacts) => string>>;
  readonly deeds: Readonly<Record<Deed, string>>;
  /** Sentences without their full stop. `broken` is a clause of {@link broken}. */
  costs(deed: string, money: string): string;
  costsAnd(deed: string, money: string, broken: string): string;
  spares(deed: string, money: string): string;
  sparesBut(deed: string, money: string, broken: string): string;
  onlyBroken(broken: string): string;
  /** A sentence of its own, of a car that is off and takes what would be exported. */
  readonly sunAllTheSame: string;
  /** What each other mode of the battery would cost more. */
  dearer(modes: readonly { readonly mode: BatteryMode; readonly money: string }[]): string;
  /** A clause for what would not be had. */
  readonly broken: Readonly<Record<BrokenKind, (facts: BrokenFacts) => string>>;
  /** An amount that lacks: kilowatt hours, kelvin, minutes, kilowatts. */
  amount(number: string, unit: BrokenWish["unit"]): string;
  about(text: string): string;
  /** A time of day so many days after another one: 1 or more. */
  daysAfter(clock: string, days: number): string;
  /** A time of day of tomorrow or of the day after, said today. */
  tomorrow(clock: string): string;
  dayAfterTomorrow(clock: string): string;
  /** When it will: a sentence. `much`: kWh as written, or empty. */
  planned(later: Later, onSun: boolean, from: string, to: string, much: string): string;
  notPlanned(later: Later): string;
  plannedBy(title: string): string;
  /** The guard of the house's power holds it back now; `why` is the guard's own clause, in English. */
  guarded(name: string, title: string, why: string): string;
}
