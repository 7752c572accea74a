/** Reads a model's answer as hostile input: what is not exactly one of the offered words is refused with a reason. */
import type { Goal } from "../model/plan.ts";
import { goalMisfit } from "./goal.ts";
import { numbersIn, timesIn } from "./mentions.ts";
import { cleanName, type Names, roomIn, type Thing, thingsIn } from "./names.ts";
import {
  CONTROLS,
  GOAL_WORDS,
  type GoalWord,
  MAX_BECAUSE,
  MAX_PARTS,
  MAX_RANKED,
  NONE,
  type Vocabulary,
} from "./question.ts";

interface Ranked {
  readonly option: string;
  /** Cleaned; empty where it was no fit reason. */
  readonly because: string;
}

/** A part of the wish and what the model took it for. */
export interface ReadPart {
  readonly part: string;
  readonly goal: Goal;
}

export interface Parsed {
  readonly read: readonly ReadPart[];
  readonly ranking: readonly Ranked[];
  readonly refused: readonly { readonly title: string; readonly reason: string }[];
  /** Control sentences that it got wrong: with any, it is believed about neither goals nor reasons. */
  readonly controlsWrong: number;
}

const MAX_TEXT = 20_000;
/** Taken for granted where the wish states no figure; what was taken is shown with the goal. */
const ASSUMED = { carPercent: 80, carBy: "07:00", waterC: 48, waterBy: "06:30", roomC: 19, by: "07:00", reserve: 20 };

/** JSON of the answer; an answer that was cut off is closed after its last whole item. Undefined when it is none. */
function jsonOf(text: string): unknown {
  const start = text.indexOf("{");
  if (start < 0 || text.length > MAX_TEXT) return undefined;
  const body = text.slice(start);
  const whole = body.slice(0, body.lastIndexOf("}") + 1);
  for (const attempt of [whole, `${whole}]}`, `${whole}}]}`])
    try {
      return JSON.parse(attempt);
    } catch {
      // The next way of closing is tried.
    }
  return undefined;
}

/** An own property; never one of the prototype's. */
const own = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.hasOwn(value, key)
    ? Reflect.get(value, key)
    : undefined;

const listOf = (value: unknown, key: string, most: number): unknown[] => {
  const list = own(value, key);
  return Array.isArray(list) ? list.slice(0, most) : [];
};

const isGoalWord = (value: unknown): value is GoalWord => GOAL_WORDS.some((word) => word === value);

/** What a part of the wish states by itself; the model's own choice counts only where the part names nothing. */
function statedIn(part: string, about: string, v: Vocabulary, names: Names) {
  const numbers = numbersIn(part);
  const named = thingsIn(part, names).map((hit) => hit.thing);
  const chosen = names.things.find((thing) => thing.node === v.devices.get(about));
  return {
    percent: numbers.find((n) => n.unit === "%")?.value,
    degrees: numbers.find((n) => n.unit === "degC")?.value,
    time: timesIn(part)[0]?.time,
    room: roomIn(part, names) ?? v.rooms.get(about),
    any: named[0] ?? chosen,
    thing(kind: Thing["kind"]): string | undefined {
      const fits = (thing: Thing | undefined) => thing?.kind === kind;
      const all = names.things.filter(fits);
      return (named.find(fits) ?? (fits(chosen) ? chosen : undefined) ?? (all.length === 1 ? all[0] : undefined))?.node;
    },
  };
}

function goalOf(word: GoalWord, stated: ReturnType<typeof statedIn>): Goal | string {
  switch (word) {
    case "spend less money":
      return { kind: "minimise", what: "cost" };
    case "less CO2":
      return { kind: "minimise", what: "co2" };
    case "use own solar power":
      return { kind: "minimise", what: "import" };
    case "no standby waste": {
      const node = stated.thing("corner");
      return { kind: "reduceStandby", ...(node ? { node } : {}) };
    }
    case "car charged": {
      const node = stated.thing("car");
      const [target, by] = [stated.percent ?? ASSUMED.carPercent, stated.time ?? ASSUMED.carBy];
      return node ? { kind: "readyBy", node, what: "stateOfCharge", target, by } : "it does not say which car";
    }
    case "hot water ready": {
      const node = stated.thing("tank");
      const [target, by] = [stated.degrees ?? ASSUMED.waterC, stated.time ?? ASSUMED.waterBy];
      return node ? { kind: "readyBy", node, what: "waterTemperature", target, by } : "it does not say which heater";
    }
    case "room kept warm": {
      const { room, degrees = ASSUMED.roomC } = stated;
      return room ? { kind: "comfort", room, minC: degrees } : "it does not say which heated room";
    }
    case "machine done by a time": {
      const node = stated.thing("appliance");
      return node ? { kind: "applianceWindow", node, by: stated.time ?? ASSUMED.by } : "it does not say which machine";
    }
    case "battery reserve kept":
      return { kind: "batteryReserve", percent: stated.percent ?? ASSUMED.reserve };
    case "device left alone":
      return stated.any ? { kind: "never", node: stated.any.node } : "it does not say what to leave alone";
    case "something else":
      return "it is no wish about energy";
  }
}

function readGoal(item: unknown, part: string, v: Vocabulary, names: Names): Goal | string {
  const word = own(item, "goal");
  const about = own(item, "about") ?? NONE;
  if (own(item, "part") !== part) return "it is about words that the wish does not have";
  if (!isGoalWord(word)) return "it is of no known kind";
  if (typeof about !== "string" || (about !== NONE && !v.devices.has(about) && !v.rooms.has(about)))
    return "it names a device that is not in this home";
  const goal = goalOf(word, statedIn(part, about, v, names));
  return typeof goal === "string" ? goal : (goalMisfit(goal, names) ?? goal);
}

/**
 * A model's reason as plain words; empty when it has figures (which nobody has checked), markup, an address, or speaks of
 * another thing than the measure's.
 */
function reasonOf(value: unknown, option: string, names: Names): string {
  if (typeof value !== "string" || /[\d<>{}[\]`]|:\/\/|www\./.test(value)) return "";
  const words = value.slice(0, MAX_BECAUSE * 2).replace(/[^\p{L} .,;'%&()-]+/gu, " ");
  const text = words.replace(/\s+/g, " ").trim().slice(0, MAX_BECAUSE);
  const lower = text.toLowerCase();
  const strange = names.things.some((t) => lower.includes(t.name.toLowerCase()) && !option.endsWith(t.name));
  return strange ? "" : text;
}

const shown = (item: unknown, key: string): string => {
  const value = own(item, key);
  return typeof value === "string" ? cleanName(value) : "an answer of the model";
};

/** Reads an answer. Never throws; gives only goals that fit the home and options that were offered. */
export function parseAnswer(text: string, vocabulary: Vocabulary, names: Names): Parsed {
  const json = jsonOf(text);
  const refused: { title: string; reason: string }[] = [];
  if (json === undefined) refused.push({ title: "the model's answer", reason: "it is no JSON" });
  const items = listOf(json, "goals", CONTROLS.length + MAX_PARTS);
  const controlsWrong = CONTROLS.filter(([part, goal], i) => {
    const item = items[vocabulary.parts.length + i];
    return own(item, "part") !== part || own(item, "goal") !== goal;
  }).length;
  const read: ReadPart[] = [];
  for (const [i, part] of controlsWrong > 0 ? [] : vocabulary.parts.entries()) {
    const goal = readGoal(items[i], part, vocabulary, names);
    if (typeof goal === "string") refused.push({ title: `what the model made of "${part}"`, reason: goal });
    else read.push({ part, goal });
  }
  const ranking: Ranked[] = [];
  for (const item of listOf(json, "measures", MAX_RANKED)) {
    const option = own(item, "measure");
    if (option === NONE) continue;
    if (typeof option !== "string" || !vocabulary.options.has(option))
      refused.push({ title: shown(item, "measure"), reason: "it is none of the measures that were offered" });
    else if (!ranking.some((r) => r.option === option)) {
      const because = controlsWrong > 0 ? "" : reasonOf(own(item, "because"), option, names);
      ranking.push({ option, because: ranking.some((r) => r.because === because) ? "" : because });
    }
  }
  return { read, ranking, refused, controlsWrong };
}
