/** Reads a model's answer as hostile input: what is not exactly one of the offered words is refused with a reason. */
import type { Goal } from "../model/plan.ts";
import { goalMisfit } from "./goal.ts";
import { numbersIn, timesIn } from "./mentions.ts";
import { cleanName, type Names, roomIn, type Thing, thingsIn } from "./names.ts";
import { GOAL_WORDS, type GoalWord, MAX_RANKED, NONE, type Vocabulary } from "./question.ts";

export interface Refusal {
  readonly title: string;
  readonly reason: string;
}

const MAX_TEXT = 20_000;
/** Taken for granted where the wish states no figure; what was taken is shown with the goal. */
const ASSUMED = { carPercent: 80, carBy: "07:00", waterC: 48, waterBy: "06:30", roomC: 19, by: "07:00", reserve: 20 };

/** JSON of the answer; undefined when it is none. */
function jsonOf(text: string): unknown {
  if (text.length > MAX_TEXT) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
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

/** The kind of goal that an answer names for a part; undefined when it is none or about other words. */
function wordOf(text: string, part: string): GoalWord | undefined {
  const json = jsonOf(text);
  const word = own(json, "goal");
  return own(json, "part") === part && isGoalWord(word) ? word : undefined;
}

/** What an answer takes a part of the wish for: a goal that fits the home, or the reason why it is refused. Never throws. */
export function readSorted(text: string, part: string, v: Vocabulary, names: Names): Goal | string {
  const word = wordOf(text, part);
  if (!word) return "the answer is of no known kind";
  const about = own(jsonOf(text), "about") ?? NONE;
  if (typeof about !== "string" || (about !== NONE && !v.devices.has(about) && !v.rooms.has(about)))
    return "it names a device that is not in this home";
  const goal = goalOf(word, statedIn(part, about, v, names));
  return typeof goal === "string" ? goal : (goalMisfit(goal, names) ?? goal);
}

/** Whether an answer to a control sentence shows a model that takes one thing for another. */
export const takesAmiss = (text: string, part: string, meant: GoalWord): boolean => {
  const word = wordOf(text, part);
  return word !== meant && word !== "something else";
};

/** Reads an order of measures. Never throws; keeps only what was offered, each once. */
export function readRanking(
  text: string,
  v: Vocabulary,
): { readonly ranking: readonly string[]; readonly refused: readonly Refusal[] } {
  const json = jsonOf(text);
  if (json === undefined) return { ranking: [], refused: [{ title: "the model's answer", reason: "it is no JSON" }] };
  const measures = listOf(json, "measures", MAX_RANKED).filter((measure) => measure !== NONE);
  const known = measures.filter((m): m is string => typeof m === "string" && v.options.has(m));
  const refused = measures
    .filter((measure) => typeof measure !== "string" || !v.options.has(measure))
    .map((measure) => ({
      title: typeof measure === "string" ? cleanName(measure) : "an answer of the model",
      reason: "it is none of the measures that were offered",
    }));
  return { ranking: [...new Set(known)], refused };
}
