/** Reads an English wish into goals by grammar alone, and says what it did not understand. */
import type { Goal } from "../model/plan.ts";
import { goalMisfit, RANGES, sameGoal } from "./goal.ts";
import { type NumberMention, numbersIn, plain, type TimeMention, timesIn } from "./mentions.ts";
import { type Names, roomIn, type Thing, thingsIn } from "./names.ts";

export interface Reading {
  readonly goals: readonly Goal[];
  /** Parts of the wish that gave no goal. */
  readonly notUnderstood: readonly string[];
  /** What was taken for granted, in words. */
  readonly assumed: readonly string[];
}

interface Clause {
  readonly text: string;
  readonly things: readonly Thing[];
  readonly numbers: readonly NumberMention[];
  readonly times: readonly TimeMention[];
}

const CAR_BY = "07:00";
const WATER_BY = "06:30";
const APPLIANCE_BY = "07:00";
const CAR_PERCENT = 80;
const WATER_C = 48;

const NEVER =
  /\b(?:never|do not|don't|must not|without)\b.{0,20}\b(?:touch|switch|turn|control|steer|use|change|move|cut)|\bhands off\b|\bleave\b.{0,40}\balone\b/;
const COST =
  /\b(?:spend|pay|cost|costs)\b.{0,20}\b(?:least|less|little|minimum|lowest)\b|\b(?:save|least) (?:money|cost)\b|\bcheap(?:est|ly|er)?\b|\b(?:lower|cut|reduce|lowest|smaller)\b.{0,20}\b(?:bills?|costs?)\b|\bminimi[sz]e\b.{0,12}\bcosts?\b|\bsave (?:energy|power|electricity)\b|\bpeak (?:price|hour|time)s?\b/;
const CO2 = /\bco2\b|\bco₂\b|\bcarbon\b|\bemissions?\b|\bgreen(?:er|est)?\b|\bclimate\b/;
const IMPORT =
  /\b(?:own|my|our) (?:solar|sun|pv|power)\b|\bself.?consumption\b|\b(?:less|least)\b.{0,15}\bgrid\b|\bindependent\b/;
const STANDBY = /\bstand-?\s?by\b|\bvampire\b|\bphantom\b|\bidle\b/;
const RESERVE = /\b(?:keep|reserve|at least|never below|not below|leave|hold|back-?up)\b/;
const FILLER = /^(?:and|please|also|then|i want|we want|i'd like|so that|make sure|thanks?|thank you)?$/;
const READY = /\b(?:charged?|charging|ready|full|hot|done|finish(?:ed)?|run|clean|at|warm|by)\b/;

/** Splits at commas, full stops and "and", but not inside "between X and Y". */
function clausesOf(text: string, names: Names): Clause[] {
  const guarded = text
    .replace(/(\d),(\d)/g, "$1.$2")
    .replace(/\b((?:between|from)\s+\S+(?:\s+(?:am|pm|degrees|°c|o'clock))?)\s+and\s+/g, "$1 to ");
  return guarded
    .split(/[,;!?]|\.(?!\d)|\b(?:and|but|while|plus)\b/)
    .map((part) => part.trim())
    .filter((part) => !FILLER.test(part))
    .map((part) => ({
      text: part,
      things: thingsIn(part, names).map((hit) => hit.thing),
      numbers: numbersIn(part),
      times: timesIn(part),
    }));
}

/** "the car and the dishwasher ready by 7": a clause that is only a name goes with the next. */
function joined(clauses: readonly Clause[]): Clause[] {
  const result: Clause[] = [];
  let waiting: readonly Thing[] = [];
  let last: Clause | undefined;
  for (const clause of clauses) {
    const bare = clause.things.length > 0 && clause.numbers.length + clause.times.length === 0;
    if (bare && clause.text.split(" ").length <= 4 && !READY.test(clause.text) && !hasOwnMeaning(clause.text)) {
      waiting = [...waiting, ...clause.things];
      last = clause;
      continue;
    }
    result.push({ ...clause, things: [...waiting, ...clause.things] });
    waiting = [];
  }
  return waiting.length > 0 && last ? [...result, last] : result;
}

const hasOwnMeaning = (text: string): boolean =>
  [NEVER, COST, CO2, IMPORT, STANDBY].some((pattern) => pattern.test(text));

const numberOf = (clause: Clause, unit: NumberMention["unit"]): number | undefined =>
  clause.numbers.find((n) => n.unit === unit)?.value;

const timeOf = (clause: Clause, ...roles: TimeMention["role"][]): string | undefined =>
  clause.times.find((t) => roles.includes(t.role))?.time;

const BETWEEN = /\bbetween (\d{1,2}(?:\.\d)?) (?:to|and) (\d{1,2}(?:\.\d)?)/;
const LEAST =
  /\b(?:colder|cooler|below|under|less) than (\d{1,2}(?:\.\d)?)\b|\b(?:below|under|at least) (\d{1,2}(?:\.\d)?)\b/;

/** Lowest and highest temperature of a clause, degC; NaN where none is stated. */
function degreesOf(clause: Clause): [number, number] {
  const stated = clause.numbers.filter((n) => n.unit === "degC").map((n) => n.value);
  const range = BETWEEN.exec(clause.text);
  if (range && stated.length === 1) return [Number(range[1]), stated[0] ?? Number.NaN];
  const bare = LEAST.exec(clause.text);
  const [low = Number(bare?.[1] ?? bare?.[2] ?? Number.NaN), high = Number.NaN] = stated;
  return [low, high];
}

function comfortOf(clause: Clause, names: Names): Goal | undefined {
  const room = roomIn(clause.text, names);
  const [minC, maxC] = degreesOf(clause);
  if (!room || !(minC >= RANGES.roomC.min && minC <= RANGES.roomC.max)) return undefined;
  const [from, to] = [timeOf(clause, "from"), timeOf(clause, "to")];
  return { kind: "comfort", room, minC, ...(maxC > minC ? { maxC } : {}), ...(from && to ? { from, to } : {}) };
}

function readyGoal(thing: Thing, clause: Clause, assumed: string[]): Goal | undefined {
  const by = timeOf(clause, "by", "to", "at");
  const take = <T>(value: T | undefined, instead: T, what: string): T => {
    if (value === undefined) assumed.push(`${thing.name}: ${what} ${instead}`);
    return value ?? instead;
  };
  if (thing.kind === "appliance") {
    const from = timeOf(clause, "from");
    return {
      kind: "applianceWindow",
      node: thing.node,
      by: take(by, APPLIANCE_BY, "done by"),
      ...(from ? { from } : {}),
    };
  }
  if (thing.kind === "car") {
    const full = /\b(?:full|fully|completely)\b/.test(clause.text) ? 100 : undefined;
    const target = take(numberOf(clause, "%") ?? full, CAR_PERCENT, "percent");
    return { kind: "readyBy", node: thing.node, what: "stateOfCharge", target, by: take(by, CAR_BY, "by") };
  }
  if (thing.kind === "tank") {
    const target = take(numberOf(clause, "degC"), WATER_C, "degrees");
    return { kind: "readyBy", node: thing.node, what: "waterTemperature", target, by: take(by, WATER_BY, "by") };
  }
  return undefined;
}

function minimised(text: string): Goal[] {
  const goals: Goal[] = [];
  if (COST.test(text)) goals.push({ kind: "minimise", what: "cost" });
  if (CO2.test(text)) goals.push({ kind: "minimise", what: "co2" });
  if (IMPORT.test(text)) goals.push({ kind: "minimise", what: "import" });
  return goals;
}

/** All goals of one clause; none means not understood. */
function goalsOf(clause: Clause, names: Names, assumed: string[]): Goal[] {
  const { text, things } = clause;
  if (NEVER.test(text) && things.length > 0) return things.map((t) => ({ kind: "never", node: t.node }));
  const corner = things.find((t) => t.kind === "corner");
  if (STANDBY.test(text) || (corner && /\b(?:off|waste|wasting)\b/.test(text)))
    return [{ kind: "reduceStandby", ...(corner ? { node: corner.node } : {}) }];
  const reserve = numberOf(clause, "%");
  if (things.some((t) => t.kind === "battery") && !things.some((t) => t.kind === "car") && reserve !== undefined)
    return RESERVE.test(text) ? [{ kind: "batteryReserve", percent: reserve }] : [];
  const goals: Goal[] = minimised(text);
  const stated = clause.numbers.length + clause.times.length > 0 || READY.test(text);
  for (const thing of stated ? things : []) {
    const goal = readyGoal(thing, clause, assumed);
    if (goal) goals.push(goal);
  }
  if (!goals.some((g) => g.kind === "readyBy")) {
    const comfort = comfortOf(clause, names);
    if (comfort) goals.push(comfort);
  }
  return goals;
}

/** Reads a wish. Never throws; a goal that does not fit the home is named among what was not understood. */
export function readWish(wish: string, names: Names): Reading {
  const goals: Goal[] = [];
  const notUnderstood: string[] = [];
  const assumed: string[] = [];
  for (const clause of joined(clausesOf(plain(wish), names))) {
    const found = goalsOf(clause, names, assumed);
    if (found.length === 0) notUnderstood.push(clause.text);
    for (const goal of found) {
      const misfit = goalMisfit(goal, names);
      if (misfit) notUnderstood.push(`${clause.text} (${misfit})`);
      else if (!goals.some((g) => sameGoal(g, goal) && g.kind !== "minimise")) goals.push(goal);
    }
  }
  return { goals: distinct(goals), notUnderstood, assumed };
}

const distinct = (goals: readonly Goal[]): Goal[] =>
  goals.filter((goal, i) => goals.findIndex((g) => JSON.stringify(g) === JSON.stringify(goal)) === i);
