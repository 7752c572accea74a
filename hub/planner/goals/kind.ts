/** The contract of a kind of goal: how it is heard, checked against this home, said back, and what it demands. */
import { parseClock } from "../../energy/clock.ts";
import type { Goal } from "../../model/goal/index.ts";
import { type Names, type Thing, thingOf } from "../names.ts";
import type { Demand } from "./demand.ts";
import type { Part } from "./read/part.ts";

/** Something taken for granted: the goal's field, and in words. */
export interface Assumed {
  readonly field: string;
  readonly words: string;
}

/** A goal as it was read of a part of a wish. */
export interface Draft {
  readonly goal: Goal;
  readonly assumed: readonly Assumed[];
}

/** What was chosen for a part by somebody else than the grammar: one of the kind's own `choices`. */
export interface Chosen {
  readonly what?: string;
}

/** One of the words that a model chooses from, with parts of wishes that mean it. */
export interface Choice {
  readonly word: string;
  /** What people speak of who mean it, a few words. */
  readonly hint: string;
  readonly what?: string;
  readonly examples: readonly string[];
}

export interface GoalKind<G extends Goal = Goal> {
  readonly kind: G["kind"];
  /** It may stand beside another goal in one part of a wish. */
  readonly beside?: true;
  readonly choices: readonly Choice[];
  /** Whether a part says the least without which nobody means this; else a model is not offered it. */
  readonly possible?: (part: Part) => boolean;
  /** Whether the words of a part speak of this. */
  readonly heard: (part: Part) => boolean;
  /** The goals of a part that speaks of this; else what it does not say. */
  readonly fill: (part: Part, names: Names, chosen: Chosen) => readonly Draft[] | string;
  /** Why it does not fit this home, with the field's name and what would; undefined when it does. */
  readonly misfit: (goal: G, names: Names) => string | undefined;
  /** As a person would say it; times, days and firmness are added. */
  readonly words: (goal: G, names: Names) => string;
  readonly demands: (goal: G, house: House) => readonly Demand[];
}

/** What demands need to know of the house. */
export interface House {
  readonly names: Names;
  /** 1 or 3. */
  readonly phases: number;
  /** Of a phase. */
  readonly volts: number;
}

/** A goal of one field after another, noting what is taken for granted. */
export function drafting() {
  const assumed: Assumed[] = [];
  return {
    assumed,
    take<T>(field: string, stated: T | undefined, instead: T, words: string): T {
      if (stated === undefined) assumed.push({ field, words });
      return stated ?? instead;
    },
  };
}

/** What a part says of days, dates, people at home and firmness. */
export const timed = (part: Part) => ({
  ...(part.days ? { days: part.days } : {}),
  ...part.dates,
  ...(part.presence ? { presence: part.presence } : {}),
  ...firm(part),
});

export const firm = (part: Part) => (part.strength ? { strength: part.strength } : {});

export const hoursOf = (part: Part) =>
  part.window?.from && part.window.to ? { from: part.window.from, to: part.window.to } : {};

/** The things of a kind that a part is about: those it names, else the only one of the home. */
export function thingsFor(kind: Thing["kind"], part: Part, names: Names): readonly Thing[] {
  const named = part.things.filter((thing) => thing.kind === kind);
  if (named.length > 0) return named;
  const all = names.things.filter((thing) => thing.kind === kind);
  return all.length === 1 ? all : [];
}

export const outside = (
  field: string,
  what: string,
  value: number | undefined,
  range: { readonly min: number; readonly max: number },
): string | undefined =>
  value === undefined || (Number.isFinite(value) && value >= range.min && value <= range.max)
    ? undefined
    : `${field}: ${what} must be between ${range.min} and ${range.max}, not ${value}`;

/** What is wrong with times of day. */
export function badTime(times: Readonly<Record<string, string | undefined>>): string | undefined {
  for (const [field, time] of Object.entries(times)) {
    if (time === undefined) continue;
    try {
      parseClock(time);
    } catch {
      return `${field}: write a time of day as HH:MM, for example 07:30, not ${time.slice(0, 20)}`;
    }
  }
  return undefined;
}

const KIND_WORDS: Readonly<Record<Thing["kind"], string>> = {
  car: "a car's charger",
  tank: "a water heater",
  battery: "a home battery",
  appliance: "a dishwasher, washer or dryer",
  corner: "a plug whose standby can be cut",
  thermostat: "a thermostat",
  light: "a light",
  other: "a device",
};

/** A device that is not there, or can't do it: with those that can. */
export function wrongKind(names: Names, node: string, kinds: readonly Thing["kind"][]): string | undefined {
  const thing = thingOf(names, node);
  if (thing && kinds.includes(thing.kind)) return undefined;
  const fitting = names.things.filter((t) => kinds.includes(t.kind)).map((t) => t.name);
  const instead = fitting.length > 0 ? `choose ${fitting.slice(0, 5).join(", ")}` : "this home has none";
  const what = kinds.map((kind) => KIND_WORDS[kind]).join(" or ");
  return thing ? `node: ${thing.name} is not ${what}: ${instead}` : `node: there is no device ${node}: ${instead}`;
}

/** Of "between": the lower must be below the upper. */
export const wrongOrder = (min: number | undefined, max: number | undefined, fields: string): string | undefined =>
  min !== undefined && max !== undefined && max <= min ? `${fields}: the highest must be above the lowest` : undefined;
