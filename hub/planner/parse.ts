/** Reads a model's answer as hostile input: what is not exactly one of the offered words is refused with a reason. */
import type { Goal } from "../model/plan.ts";
import { goalMisfit } from "./goal.ts";
import { cleanName, type Names } from "./names.ts";
import { GOAL_WORDS, type GoalWord, MAX_BECAUSE, MAX_ITEMS, NONE, type Vocabulary } from "./question.ts";

interface Ranked {
  readonly option: string;
  /** Cleaned; empty where it was no fit reason. */
  readonly because: string;
}

export interface Parsed {
  readonly goals: readonly Goal[];
  readonly ranking: readonly Ranked[];
  readonly refused: readonly { readonly title: string; readonly reason: string }[];
}

const MAX_TEXT = 20_000;
const CAR_BY = "07:00";
const WATER_BY = "06:30";

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

const listOf = (value: unknown, key: string): unknown[] => {
  const list = own(value, key);
  return Array.isArray(list) ? list.slice(0, MAX_ITEMS) : [];
};

const isGoalWord = (value: unknown): value is GoalWord => GOAL_WORDS.some((word) => word === value);

interface Slots {
  readonly node: string | undefined;
  readonly room: string | undefined;
  readonly percent: number | undefined;
  readonly degrees: number | undefined;
  readonly time: string | undefined;
}

/** The slots of a goal item, each an offered word or "none"; a reason when one is invented. */
function slotsOf(item: unknown, v: Vocabulary): Slots | string {
  const device = own(item, "device") ?? NONE;
  const number = own(item, "number") ?? NONE;
  const time = own(item, "time") ?? NONE;
  if (typeof device !== "string" || (device !== NONE && !v.devices.has(device) && !v.rooms.has(device)))
    return "it names a device that is not in this home";
  if (typeof number !== "string" || (number !== NONE && !v.numbers.has(number)))
    return "it states a number that the wish does not";
  if (typeof time !== "string" || (time !== NONE && !v.times.has(time)))
    return "it states a time that the wish does not";
  const stated = v.numbers.get(number);
  return {
    node: v.devices.get(device),
    room: v.rooms.get(device),
    percent: stated?.unit === "%" ? stated.value : undefined,
    degrees: stated?.unit === "degC" ? stated.value : undefined,
    time: time === NONE ? undefined : time,
  };
}

/** The only thing of a kind, where the model named none. */
const only = (names: Names, kind: string, node: string | undefined): string | undefined => {
  if (node !== undefined) return node;
  const all = names.things.filter((t) => t.kind === kind);
  return all.length === 1 ? all[0]?.node : undefined;
};

function goalOf(word: GoalWord, s: Slots, names: Names): Goal | string {
  switch (word) {
    case "car_ready": {
      const node = only(names, "car", s.node);
      if (!node) return "it does not say which car";
      return { kind: "readyBy", node, what: "stateOfCharge", target: s.percent ?? 80, by: s.time ?? CAR_BY };
    }
    case "hot_water_ready": {
      const node = only(names, "tank", s.node);
      if (!node) return "it does not say which water heater";
      return { kind: "readyBy", node, what: "waterTemperature", target: s.degrees ?? 48, by: s.time ?? WATER_BY };
    }
    case "room_not_colder": {
      const room = s.room ?? (names.rooms.size === 1 ? [...names.rooms.values()][0] : undefined);
      if (!room || s.degrees === undefined) return "it needs a heated room and a temperature of the wish";
      return { kind: "comfort", room, minC: s.degrees };
    }
    case "appliance_done": {
      const node = only(names, "appliance", s.node);
      if (!node || s.time === undefined) return "it needs a machine and a time of the wish";
      return { kind: "applianceWindow", node, by: s.time };
    }
    case "spend_least":
      return { kind: "minimise", what: "cost" };
    case "least_co2":
      return { kind: "minimise", what: "co2" };
    case "use_own_solar":
      return { kind: "minimise", what: "import" };
    case "cut_standby": {
      const corner = names.things.find((t) => t.node === s.node && t.kind === "corner");
      return { kind: "reduceStandby", ...(corner ? { node: corner.node } : {}) };
    }
    case "keep_battery_reserve":
      return s.percent === undefined
        ? "it needs a percentage of the wish"
        : { kind: "batteryReserve", percent: s.percent };
    case "do_not_touch":
      return s.node ? { kind: "never", node: s.node } : "it does not say what to leave alone";
  }
}

function readGoal(item: unknown, v: Vocabulary, names: Names): Goal | string {
  const word = own(item, "kind");
  if (!isGoalWord(word)) return "it is of no known kind";
  const slots = slotsOf(item, v);
  if (typeof slots === "string") return slots;
  const goal = goalOf(word, slots, names);
  return typeof goal === "string" ? goal : (goalMisfit(goal, names) ?? goal);
}

/** A model's reason as plain words; empty when it has figures (which nobody has checked), markup or an address. */
function reasonOf(value: unknown): string {
  if (typeof value !== "string" || /[\d<>{}[\]`]|:\/\/|www\./.test(value)) return "";
  const words = value.slice(0, MAX_BECAUSE * 2).replace(/[^\p{L} .,;'%&()-]+/gu, " ");
  return words.replace(/\s+/g, " ").trim().slice(0, MAX_BECAUSE);
}

const shown = (item: unknown, key: string): string => {
  const value = own(item, key);
  return typeof value === "string" ? cleanName(value) : "an answer of the model";
};

/** Reads an answer. Never throws; gives only goals that fit the home and options that were offered. */
export function parseAnswer(text: string, vocabulary: Vocabulary, names: Names): Parsed {
  const json = jsonOf(text);
  if (json === undefined)
    return { goals: [], ranking: [], refused: [{ title: "the model's answer", reason: "it is no JSON" }] };
  const goals: Goal[] = [];
  const ranking: Ranked[] = [];
  const refused: { title: string; reason: string }[] = [];
  for (const item of listOf(json, "goals")) {
    const goal = readGoal(item, vocabulary, names);
    if (typeof goal === "string") refused.push({ title: shown(item, "kind"), reason: goal });
    else goals.push(goal);
  }
  for (const item of listOf(json, "ranking")) {
    const option = own(item, "measure");
    if (option === NONE) continue;
    if (typeof option !== "string" || !vocabulary.options.has(option))
      refused.push({ title: shown(item, "measure"), reason: "it is none of the measures that were offered" });
    else if (!ranking.some((r) => r.option === option))
      ranking.push({ option, because: reasonOf(own(item, "because")) });
  }
  return { goals, ranking, refused };
}
