import type { Condition } from "../../../model/rule/condition.ts";
import type { Offers } from "./answers.ts";
import { type Item, keyOf, switchOf } from "./item.ts";
import type { WrittenNumber } from "./numbers.ts";

/** What an entity of Home Assistant is here. */
export type Meant =
  | {
      readonly kind: "device";
      readonly node: string;
      readonly endpoint: number;
      readonly capabilities: readonly string[];
      readonly types: readonly string[];
    }
  | { readonly kind: "person"; readonly who: string }
  | { readonly kind: "room"; readonly room: string }
  | { readonly kind: "scene"; readonly scene: string }
  | { readonly kind: "mode"; readonly mode: string }
  /** The mode that the house is in, whichever: what its states are called are modes. */
  | { readonly kind: "house"; readonly modes: readonly string[] }
  /** A setting that is a fixed value here: a number, or a time of day. */
  | { readonly kind: "value"; readonly value: number | string };

export type MeantDevice = Extract<Meant, { kind: "device" }>;

/** `light.hall`, `person.anna`, `device/<id>`, `area/<id>`: what it is here, as far as it is known. */
export type Find = (entity: string) => Meant | undefined;

/** Something of a file that is not, or not quite, in the rule. */
export interface Miss {
  /** Counted from 1. */
  readonly line: number;
  /** `missed`: it is left out, and the rule would do something else. `note`: it differs in what does not count. */
  readonly level: "missed" | "note";
  readonly text: string;
}

export type PartKind = "trigger" | "condition" | "action";

/** What the files that came together hold beside the automation, by its name there: all of it can be spoken of. */
export interface Library {
  /** The one name of a script, a scene, an automation or a timer of these files, each of which becomes a rule or a scene. */
  readonly keyFor: (name: string) => string | undefined;
  /** What is written of a script, where it must be carried out in place. */
  readonly script: (name: string) => Item | undefined;
  /** Messages whose buttons start other automations of these files. */
  readonly offers: Offers;
  /** Seconds that a timer runs. */
  readonly timers: ReadonlyMap<string, number>;
  /** What is written of numbers and counters that Home Assistant keeps. */
  readonly numbers: ReadonlyMap<string, WrittenNumber>;
  /** Whether its temperatures are told in degrees Fahrenheit. */
  readonly fahrenheit: boolean;
  /** Whether its thermostats cool as well. */
  readonly cools: boolean;
}

/** What a step of a rule says in place of the id of a rule, or of a scene, that comes from the same files. */
export const LINK = "import:";

/** What starts the automation, as far as its templates may ask for it. */
export interface Started {
  readonly name: string;
  readonly meant: Meant;
  /** The trigger's id in the rule, where it tells nothing but this entity. */
  readonly id?: string | undefined;
  /** The attribute whose value starts the rule, where it is one and the same. */
  readonly of?: string | undefined;
}

/** What one automation is translated with. */
export interface Desk {
  readonly find: Find;
  readonly library: Library;
  readonly started: Started[];
  /** By the name of a trigger in the file: its names in the rule. */
  readonly ids: Map<string, readonly string[]>;
  /** Names that it gives values, as they are in the rule. */
  variables: Map<string, string>;
  /** What starts it that is no trigger of its own: timers, a button that only Home Assistant shows. */
  readonly calledBy: Set<string>;
  /** It asks as the last thing that it does: in Home Assistant it would be over by then, and could be started anew. */
  asksLast: boolean;
  /** Whether its templates ask which of its triggers it was. */
  readonly asksWho: boolean;
  /** Scripts that are being carried out in place, the innermost last. */
  readonly within: string[];
  /** What a script was called with, or a blueprint was filled with, by name. */
  given: ReadonlyMap<string, Item>;
  readonly misses: Miss[];
  /** Entities that are spoken of, in the order of the file, with their first line. */
  readonly asked: Map<string, number>;
  readonly tally: Record<PartKind, { of: number; done: number }>;
  /** The parts that are being translated, the innermost last. */
  readonly frames: { failed: boolean }[];
}

export const deskFor = (find: Find, library: Library, asksWho = false): Desk => ({
  ...{
    find,
    library,
    asksWho,
    asksLast: false,
    misses: [],
    asked: new Map(),
    frames: [],
    started: [],
    ids: new Map(),
    variables: new Map(),
  },
  ...{ calledBy: new Set(), within: [], given: new Map() },
  tally: { trigger: { of: 0, done: 0 }, condition: { of: 0, done: 0 }, action: { of: 0, done: 0 } },
});

/** Lists what is left out, and answers undefined for it. */
export function miss(desk: Desk, at: Item, text: string): undefined {
  desk.misses.push({ line: at.line, level: "missed", text });
  const frame = desk.frames.at(-1);
  if (frame) frame.failed = true;
}

/** What is made, if anything is; else what was listed on the way is forgotten, for another reading to list its own. */
export function attempt<T>(desk: Desk, make: () => T | undefined): T | undefined {
  const before = desk.misses.length;
  const frame = { failed: false };
  desk.frames.push(frame);
  const made = make();
  desk.frames.pop();
  if (made === undefined) desk.misses.length = before;
  const outer = desk.frames.at(-1);
  if (made !== undefined && frame.failed && outer) outer.failed = true;
  return made;
}

export function note(desk: Desk, at: Item, text: string): void {
  desk.misses.push({ line: at.line, level: "note", text });
}

/** Parts of one automation, with those of scripts that are carried out in place: scripts in scripts must not blow up. */
const MOST_PARTS = 1500;

/** Translates one part, and counts whether it came over whole. What the file has switched off is left out and noted. */
export function part<T>(desk: Desk, kind: PartKind, item: Item, make: () => readonly T[] | undefined): readonly T[] {
  const frame = { failed: false };
  desk.frames.push(frame);
  const { trigger, condition, action } = desk.tally;
  // Those that are under way count themselves when they are done.
  const many = trigger.of + condition.of + action.of + desk.frames.length > MOST_PARTS;
  if (many) miss(desk, item, `It has more than ${MOST_PARTS} parts, with those of the scripts that it calls.`);
  const made = many || isOff(desk, kind, item) ? [] : (make() ?? []);
  desk.frames.pop();
  desk.tally[kind].of += 1;
  if (!frame.failed) desk.tally[kind].done += 1;
  return made;
}

function isOff(desk: Desk, kind: PartKind, item: Item): boolean {
  const enabled = keyOf(item, "enabled");
  if (!enabled) return false;
  const on = switchOf(enabled);
  if (on === undefined) miss(desk, enabled, `Whether this ${kind} counts is worked out by Home Assistant.`);
  else if (!on) note(desk, enabled, `This ${kind} is switched off in the file and was left out.`);
  return on !== true;
}

const NEUTRAL = new Set(["alias", "enabled", "metadata"]);

/** Lists keys that are not translated. */
export function onlyKnows(desk: Desk, item: Item, keys: readonly string[]): void {
  for (const [key, value] of item.map ?? [])
    if (!keys.includes(key) && !NEUTRAL.has(key)) miss(desk, value, `"${key}" is not translated.`);
}

/** What an entity is here; one that nobody has told is listed. */
export function meantBy(desk: Desk, entity: string, at: Item): Meant | undefined {
  if (/[{}]/.test(entity)) return miss(desk, at, "Which device is meant is worked out by a template.");
  if (!desk.asked.has(entity)) desk.asked.set(entity, at.line);
  const meant = desk.find(entity);
  return meant ?? miss(desk, at, `It is not said what ${entity} is in this home.`);
}

/** That it was this trigger, by its name in the file. */
export const triggeredBy = ({ ids }: Desk, id: string): readonly Condition[] =>
  [...new Set(ids.get(id.slice(0, 40)) ?? [id.slice(0, 40)])].map((one) => ({ kind: "trigger", id: one }));

export const domainOf = (entity: string): string => entity.split(".", 1)[0] ?? "";
