/** Reasons in words. All numbers of a sentence come from `factsOf`, so that any other wording can be checked against them. */
import { localTime } from "../../energy/clock.ts";
import { becauseOf, doingOf, type Facts } from "./because.ts";
import type { DeviceKind } from "./problem.ts";
import type { Block, BrokenWish, Reason } from "./schedule.ts";

/** What a sentence needs to know of the home. */
export interface Words {
  readonly nameOf: (device: string) => string;
  readonly goalOf: (goal: string) => string;
  readonly timeZone: string;
  /** As it is written after an amount, such as "EUR". */
  readonly currency: string;
}

const clock = (at: number, zone: string): string => {
  const { minutes } = localTime(at, zone);
  return `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
};

const about = (text: string | undefined): string | undefined => text && `about ${text}`;

const dayOf = (at: number, zone: string): number => Date.parse(`${localTime(at, zone).day}T00:00:00Z`) / 86_400_000;
const later = ["", " the next day", " two days later"] as const;

/** A time of day, and how many days after another one it is. */
function clockAfter(at: number, first: number, zone: string): string {
  const days = Math.max(0, dayOf(at, zone) - dayOf(first, zone));
  return `${clock(at, zone)}${later[days] ?? ` ${days} days later`}`;
}

/** The numbers that may be said of a block, ready to be shown. */
export function factsOf(block: Block, words: Words): Facts {
  const { reason } = block;
  const price = (value: number | undefined) =>
    value === undefined ? undefined : `${value.toFixed(3)} ${words.currency}`;
  const kwh = (value: number | undefined) => (value === undefined ? undefined : `${Math.abs(value).toFixed(1)} kWh`);
  const extra = reason?.extraCost;
  return {
    from: clock(block.from, words.timeZone),
    to: clockAfter(block.to, block.from, words.timeZone),
    kwh: kwh(block.kwh),
    price: price(reason?.price),
    otherPrice: reason?.foreseen ? about(price(reason.otherPrice)) : price(reason?.otherPrice),
    otherwise: reason?.otherwise === undefined ? undefined : clockAfter(reason.otherwise, block.from, words.timeZone),
    extraCost: extra === undefined ? undefined : `${Math.abs(extra).toFixed(2)} ${words.currency}`,
    sunKwh: kwh(reason?.sunKwh),
    storedWorth: price(reason?.storedWorth),
    others: reason?.others && othersInWords(reason.others, words.currency),
  };
}

/** What the other modes of a battery would cost more; nothing of those that cost the same. */
function othersInWords(others: NonNullable<Reason["others"]>, currency: string): string | undefined {
  const dearer = Object.entries(others).filter(([, cost]) => cost >= 0.005);
  const named = dearer.map(([mode, cost]) => `${instead[mode as keyof typeof instead]} ${cost.toFixed(2)} ${currency}`);
  return named.length > 0 ? named.join(", ") : undefined;
}

const instead = {
  followLoad: "to follow the house",
  hold: "to keep what it has",
  chargeFromGrid: "to charge from the grid",
  dischargeToGrid: "to give to the grid",
} as const;

const units = { kWh: "kWh", K: "degrees", min: "minutes", kW: "kW" } as const;

/** What would not be had, and by how much. */
export function brokenInWords(wish: BrokenWish, words: Words): string {
  const by = `${wish.unit === "min" ? Math.round(wish.by) : wish.by.toFixed(1)} ${units[wish.unit]}`;
  const of = wish.device === undefined ? "the house" : words.nameOf(wish.device);
  const goal = wish.goal === undefined ? "" : ` (${words.goalOf(wish.goal)})`;
  const at = clock(wish.at, words.timeZone);
  switch (wish.kind) {
    case "ready":
      return `${of} would be ${by} short at ${at}${goal}`;
    case "notRun":
      return `${of} would not run by ${at}${goal}`;
    case "late":
      return `${of} would be ${by} late${goal}`;
    case "warmWater":
      return `the water of ${of} would be ${by} too cold at ${at}${goal}`;
    case "tooCold":
      return `${of} would be ${by} too cold at ${at}${goal}`;
    case "tooWarm":
      return `${of} would be ${by} too warm at ${at}${goal}`;
    case "reserve":
      return `the reserve of ${of} would lack ${by} at ${at}${goal}`;
    case "fuse":
      return `the main fuse would carry ${by} too much at ${at}`;
    case "exportLimit":
      return `${by} too much would be exported at ${at}`;
    case "limit":
      return `${by} more than wished would be imported at ${at}${goal}`;
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/**
 * In short sentences: what the device does from when to when, what makes it so, and what it would cost to do otherwise. `kind` lets it speak
 * of charging and heating; without it a device runs or waits.
 */
export function blockInWords(block: Block, words: Words, kind?: DeviceKind): string {
  const facts = factsOf(block, words);
  const { reason } = block;
  const what = `${words.nameOf(block.device)} ${doingOf(block.mode, kind)} from ${facts.from} to ${facts.to}`;
  if (!reason) return `${what}.`;
  const broken = reason.broken?.[0] && brokenInWords(reason.broken[0], words);
  const isEarlier = reason.otherwise !== undefined && reason.otherwise < block.from;
  const { cause, otherwise } = becauseOf({ facts, reason, mode: block.mode, kind, isEarlier, broken });
  const besides = block.sunUpTo !== undefined ? " It takes what sun is left over all the same." : "";
  return `${what}: ${cause}.${otherwise ? ` ${capital(otherwise)}.` : ""}${besides}`;
}
