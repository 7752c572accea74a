/**
 * What a language brings to the reading of goals: words, no code. All patterns are regular expressions on folded text (lower
 * case, no accents, ß as ss), matched as whole words. A language is one folder with these parts and a line in index.ts.
 */

/** What words of a part can hint at. */
export type Cue =
  | "not"
  | "only"
  | "handsOff"
  | "switchOn"
  | "switchOff"
  | "steer"
  | "lights"
  | "heating"
  | "standby"
  | "quiet"
  | "reserve"
  | "grid"
  | "sun"
  | "cost"
  | "co2"
  | "import"
  | "ready"
  | "full"
  | "warm"
  | "cold"
  | "hot"
  | "house"
  | "outage"
  | "sleep"
  | "drive"
  | "nap"
  | "needless";

/** A phrase for a time of day: `pattern` with the groups `h` and perhaps `m`, and what is added to the hour. */
export interface ClockPhrase {
  readonly pattern: string;
  /** Minutes. */
  readonly add: number;
  /** Of a group `m`: its minutes are added or taken away. */
  readonly each?: 1 | -1;
}

/** How a date is said: what stands before one, between two, and before one that only begins or only ends. */
export interface DateWords {
  /** January first. */
  readonly months: readonly string[];
  readonly on: string;
  readonly open: string;
  readonly mid: string;
  readonly from: string;
  readonly until: string;
  /** The month may stand before the day. */
  readonly monthFirst?: true;
  /** A day of the week that is one date, the first there is, and one of which nobody knows whether it is; DAY stands for the day. */
  readonly coming: string;
  readonly unclear: string;
  /** Days of the year with a name, as MM-DD. Those that move, or of which nobody knows how many days they are, are `unclear`. */
  readonly feasts: readonly (readonly [pattern: string, day: string])[];
  /** Before a month or a season that stands for a part of the year, and the seasons. */
  readonly during: string;
  readonly seasons: string;
  /** Days told from today: the pattern, how many days on, and what of it stays in the text. The longer ones first. */
  readonly near: readonly (readonly [pattern: string, days: number, stays: string])[];
}

export interface Times {
  /** What stands after an hour: o'clock, Uhr. */
  readonly oclock: string;
  readonly phrases: readonly ClockPhrase[];
  readonly noon: string;
  readonly midnight: string;
  /** Before a time: done by it, at it, not before it. */
  readonly by: string;
  readonly at: string;
  readonly from: string;
  /** Before the first of two, and between them. */
  readonly open: string;
  readonly mid: string;
  /** The openings that speak of amounts as well: between. */
  readonly between: string;
  /** What is counted: "for 2 showers" is no time, and says nothing of how hot. */
  readonly counted: string;
  /** Units of what no goal knows: their numbers are no times either. */
  readonly measured: string;
  /** What makes 7 into 19:00, and what says that 7 is 07:00. */
  readonly late: string;
  readonly early: string;
  /** Parts of the day. */
  readonly parts: Readonly<Record<"night" | "morning" | "afternoon" | "evening" | "day", string>>;
  /** Monday first. */
  readonly days: readonly string[];
  /** As they are written short, in "mo-fr" alone: by themselves they are other words. */
  readonly shortDays: readonly string[];
  readonly weekend: string;
  readonly workdays: string;
  /** Before days that are left out. */
  readonly except: string;
  readonly dates: DateWords;
}

export interface Bounds {
  /** "below" and "above": with a no they are the lowest and the highest. */
  readonly below: string;
  readonly above: string;
  readonly atLeast: string;
  readonly atMost: string;
}

export interface Language {
  readonly code: string;
  /** Small words by which it is known, apart by spaces. */
  readonly common: string;
  /** Words that are often said and mean nothing here, apart by white space: right as they stand, however near to another. */
  readonly everyday: string;
  /** Letters that hardly another of the languages has. */
  readonly letters?: string;
  /** Number words by value; more than one word is apart by spaces. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Said otherwise, before all else. */
  readonly rewrites: readonly (readonly [pattern: string, instead: string])[];
  readonly times: Times;
  readonly bounds: Bounds;
  /** Between two goals. */
  readonly and: string;
  /** How a question begins that wants an answer, not an act. */
  readonly question: string;
  /** `arrive`: words of coming home, which are no presence. */
  readonly presence: Readonly<Record<"home" | "away" | "arrive", string>>;
  readonly strength: Readonly<Record<"must" | "ifPossible", string>>;
  readonly cues: Readonly<Record<Cue, string>>;
  /** By what a thing is (`car`, `tank`, `battery`, `corner`, `thermostat`, `light`) or by its device type. */
  readonly things: Readonly<Record<string, string>>;
  /** By the room in English: people of any language mean it with these words. */
  readonly rooms: Readonly<Record<string, string>>;
  /** A room that this home may not have, by how such words are made: whoever names it means no other. */
  readonly anyRoom: string;
  /** Means nothing by itself. */
  readonly filler: string;
  /** What no goal can hold: a length of time, a time from now on, an exception. N stands for a number. */
  readonly beyond: string;
  /** How a condition begins. */
  readonly condition: string;
  /** Before what only repeats with more force what was said: "above all not". */
  readonly stress: string;
}
