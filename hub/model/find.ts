/** What code has found in a home's past that could be saved, with its evidence. */
import type { Goal } from "./goal/index.ts";
import type { NodeId } from "./path.ts";

/** A kind of find; each has its miner. */
export const findKinds = [
  "standby",
  "leftOn",
  "needlessHeating",
  "openWindow",
  "warmRoom",
  "hotTank",
  "coldBox",
  "peakUse",
  "unusedSun",
  "nightBase",
] as const;
export type FindKind = (typeof findKinds)[number];

/** A figure with the range in which it really lies, nine times in ten. */
export interface Ranged {
  readonly likely: number;
  readonly low: number;
  readonly high: number;
}

/** A small picture: bars by hour of the day, or by day from `from` on. */
interface FindPicture {
  readonly caption: string;
  readonly unit: "W" | "kWh" | "°C";
  readonly across: "hours" | "days";
  /** Epoch ms of the first day; absent for hours of the day. */
  readonly from?: number;
  /** 24 for hours; at most 60 days. Null is unknown. */
  readonly values: readonly (number | null)[];
  /** The part of each value that could be saved or moved. */
  readonly part?: readonly number[];
  /** What would do, drawn as a line. */
  readonly level?: number;
}

/** What can be done about it: goals that become a wish, a ready-made rule by its id, or what only a person can do. */
export type FindOffer =
  | { readonly kind: "goals"; readonly goals: readonly Goal[] }
  | { readonly kind: "blueprint"; readonly blueprint: string; readonly words: string }
  | { readonly kind: "advice"; readonly words: string };

export interface Find {
  /** Stays the same from one search to the next: kind and device or room. */
  readonly id: string;
  readonly kind: FindKind;
  readonly node?: NodeId;
  readonly room?: string;
  readonly title: string;
  /** When, how often, which values; a sentence each. */
  readonly facts: readonly string[];
  readonly picture: FindPicture;
  /** What it does with the energy: less of it, or the same at a better time. */
  readonly effect: "saves" | "moves";
  /** A year, kWh. */
  readonly kwh: Ranged;
  /** A year, in the home's currency. */
  readonly money: Ranged;
  readonly confidence: "high" | "medium" | "low";
  /** What the confidence rests on. */
  readonly because: string;
  readonly offer: FindOffer;
  /** Why it is told last: a person has shown not to want it. */
  readonly aside?: string;
}

/** Where nothing is said of a matter, and why. */
export interface Silence {
  readonly kind: FindKind;
  /** The device or room it is about; absent: the home. */
  readonly about?: string;
  readonly why: string;
}

/** A find as a model has put it; its numbers are those of the find. */
export interface FindWords {
  readonly find: string;
  readonly words: string;
}

export interface Finds {
  /** Epoch ms: when it was searched, and the past it rests on. */
  readonly at: number;
  readonly from: number;
  readonly to: number;
  /** The first first. At most 40. */
  readonly finds: readonly Find[];
  readonly silent: readonly Silence[];
  /** By what they are put in order: money saved, or what the family wishes for. */
  readonly rankedBy: "saving" | "goals";
  readonly words: readonly FindWords[];
  /** What of a model's answer was refused, or why there was none. */
  readonly notes: readonly string[];
}
