/** What the hub has learned about a home from its stored past, with how well it holds on days that it has not seen. */
import type { NodeId } from "./path.ts";
import type { ToldFact } from "./told.ts";

/** In what a model's error is told. */
export type LearnedUnit = "°C" | "%" | "kWh" | "W";

/** One day, foretold and measured, one value a step; null is unknown. */
export interface Picture {
  readonly day: string;
  /** Epoch ms of the first value. */
  readonly from: number;
  readonly stepMs: number;
  readonly predicted: readonly (number | null)[];
  readonly measured: readonly (number | null)[];
}

/** A model beside what was measured on days kept back from its fit. */
export interface Proof {
  /** What is compared, for a person: "its charge through a day". */
  readonly what: string;
  readonly unit: LearnedUnit;
  /** Mean absolute error. */
  readonly error: number;
  /** The error above which the model is not used. */
  readonly limit: number;
  /** What is usual of it. */
  readonly usual: number;
  /** Days tested; with 0 the figures are 0 as well. */
  readonly days: number;
  readonly ok: boolean;
  readonly note: string;
  /** The middling of the tested days, by its error: neither the best nor the worst. */
  readonly picture?: Picture;
}

/** What is foreseen by the hour, kWh; eight hours in ten lie between low and high. */
export interface Foreseen {
  /** Epoch ms of the first hour. */
  readonly from: number;
  readonly likely: readonly number[];
  readonly low: readonly number[];
  readonly high: readonly number[];
}

/** A figure that a person may overrule. */
export interface LearnedFact {
  readonly fact: ToldFact;
  readonly label: string;
  readonly unit: "kWh" | "%" | "l";
  readonly least: number;
  readonly most: number;
  /** What the past says, and from how much of it, in words. Absent: nothing is learned while what was said does not fit. */
  readonly learned?: number;
  readonly source: string;
  /** What a person says: then it is this that is used. */
  readonly told?: number;
}

/** How well something of this home can be foreseen: foretold the midnight before, beside what came. */
export interface Prediction {
  readonly kind: "load" | "sun" | "prices" | "presence" | "hotWater" | "car";
  /** "money": the home's currency per kWh; "%": how likely. */
  readonly unit: "kWh" | "%" | "money";
  /** Mean absolute error of an hour over the tested days, and that of the plainest guess, which is named. */
  readonly error: number;
  readonly plain: number;
  readonly plainGuess: string;
  /** What is usual of an hour. */
  readonly usual: number;
  readonly days: number;
  /** Whether anything is planned by it; `note` says by what, or why not. */
  readonly used: boolean;
  /** The error in words. */
  readonly note: string;
  /** The last days, by the hour. Absent: there is nothing to foresee, or nothing is known yet. */
  readonly picture?: Picture;
}

export interface Learned {
  readonly kind: "base" | "sun" | "battery" | "car" | "tank" | "room" | "appliance" | "corner" | "light" | "unknown";
  readonly name: string;
  readonly node?: NodeId;
  /** False: nothing is judged by it; `note` says why. */
  readonly ok: boolean;
  readonly note: string;
  /** What was learned, a sentence each. */
  readonly facts: readonly string[];
  /** Of these, what a person may set by hand. */
  readonly known?: readonly LearnedFact[];
  /** What the figures rest on. */
  readonly rests: string;
  /** Of a model that is not used: what would help, and how long it may take. */
  readonly help?: string;
  readonly proof?: Proof;
  /** The next 24 hours, where they can be foreseen. */
  readonly ahead?: Foreseen;
}

export interface LearnedHome {
  /** Epoch ms: when it was worked out, and the past it rests on. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** Whole days in it, and those of them kept back to test on. */
  readonly days: number;
  readonly testedDays: number;
  readonly models: readonly Learned[];
  readonly predictions: readonly Prediction[];
}

/**
 * What a load does by itself or with people: draws the same always, comes and goes by itself (refrigerator), runs programmes
 * (washer), or is used as people like (lamp, television).
 */
export type LoadKind = "always" | "periodic" | "machine" | "use";

/** Cycles that are alike. */
interface LearnedProgramme {
  readonly count: number;
  readonly kwh: number;
  readonly hours: number;
  /** W, a value for each `shapeStepMs`. */
  readonly shape: readonly number[];
}

/** One plug or meter, by its power alone. */
export interface LearnedLoad {
  readonly node: NodeId;
  readonly endpoint: number;
  readonly name: string;
  readonly kind: LoadKind | "unknown";
  /** False: `note` says why, `help` what would help. */
  readonly ok: boolean;
  readonly note: string;
  readonly help?: string;
  /** A sentence each. */
  readonly facts: readonly string[];
  readonly standbyW?: number;
  /** kWh of a year at rest as it was; what standing idle costs. */
  readonly restKwhPerYear?: number;
  readonly kwhPerDay?: number;
  /** Cycles a week. */
  readonly perWeek?: number;
  readonly programmes: readonly LearnedProgramme[];
  readonly shapeStepMs: number;
  /** Share of the cycles that began in each hour of the day; empty without cycles. */
  readonly byHour: readonly number[];
  /** The same by weekday, Monday first. */
  readonly byWeekday: readonly number[];
  readonly proof?: Proof;
}

export interface LearnedLoads {
  /** Epoch ms: when it was worked out, and the past it rests on. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  readonly loads: readonly LearnedLoad[];
  /** Loads beyond the most that are looked at. */
  readonly leftOut: number;
}
