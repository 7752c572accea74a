import type { Condition } from "../../../../model/rule/condition.ts";
import type { Step } from "../../../../model/rule/step.ts";
import { conditionOf, conditionsOf, isCondition } from "../conditions/index.ts";
import { type Desk, miss, note, onlyKnows, part } from "../desk.ts";
import { filledStep, namesSet, without } from "../given.ts";
import { type Item, keyOf, listOf, textOf } from "../item.ts";
import { noting } from "../variables.ts";
import { deviceSteps } from "./device.ts";
import { questionAt } from "./question.ts";
import { repetition } from "./repeat.ts";
import { scriptSteps } from "./script.ts";
import { sceneSteps, serviceSteps } from "./service.ts";
import { delaySteps, waitSteps, waitTemplate } from "./waits.ts";
import { forWho } from "./who.ts";
import { workedOut } from "./worked-out.ts";

/**
 * A sequence of actions. A condition in it ends the sequence (and no more than it) where it is not so: what follows becomes
 * the one option of a choice.
 */
export function stepsOf(desk: Desk, items: readonly Item[]): readonly Step[] {
  const steps: Step[] = [];
  let taken = 0;
  for (const [i, one] of items.entries()) {
    if (i < taken) continue;
    const asked = questionAt(desk, items, i, (list) => sequence(desk, { line: one.line, list }));
    if (asked) {
      steps.push(...part(desk, "action", one, asked.make));
      taken = i + asked.taken;
      continue;
    }
    const item = filledStep(desk, one);
    if (!isCondition(one)) {
      steps.push(...part(desk, "action", item, () => actionOf(desk, item)));
      continue;
    }
    const [condition] = conditionOf(desk, item);
    // What a condition guards that can't be asked must not be done unguarded.
    if (!condition && keyOf(item, "enabled") === undefined) {
      if (i < items.length - 1) miss(desk, item, "What follows was left out: it is only done where this is so.");
      return steps;
    }
    const fixed = condition && fixedly(condition);
    if (!condition || fixed === true) continue;
    if (fixed === false) {
      never(desk, item, "What follows");
      return steps;
    }
    const rest = stepsOf(desk, items.slice(i + 1));
    return rest.length > 0 ? [...steps, { kind: "choose", options: [{ if: condition, do: rest }] }] : steps;
  }
  return steps;
}

/** A sequence within a step: what it calls by a name counts in it alone, or may count after it. */
function sequence(desk: Desk, item: Item | undefined): readonly Step[] {
  const before = desk.given;
  const items = listOf(item);
  const steps = stepsOf(desk, items);
  desk.given = without(desk, before, namesSet(items));
  return steps;
}

const DATA = ["service_data", "data", "data_template"];

/** What a call is told may stand under several names: Home Assistant takes all of it. */
function oneData(item: Item): Item {
  const all = DATA.flatMap((key) => keyOf(item, key) ?? []);
  const [first] = all;
  if (all.length < 2 || !first || !all.every((one) => one.map)) return item;
  const data: Item = { line: first.line, map: new Map(all.flatMap((one) => [...(one.map ?? [])])) };
  return { ...item, map: new Map([...(item.map ?? [])].filter(([key]) => !DATA.includes(key))).set("data", data) };
}

function actionOf(desk: Desk, given: Item): readonly Step[] | undefined {
  const item = oneData(given);
  const each = forWho(desk, item, actionOf);
  if (each !== "none") return each;
  const choice = keyOf(item, "action", "service", "service_template", "scene") && workedOut(desk, item, plainAction);
  return choice === undefined || choice === "none" ? plainAction(desk, item) : choice;
}

function plainAction(desk: Desk, item: Item): readonly Step[] | undefined {
  const service = textOf(keyOf(item, "action", "service", "service_template"));
  if (service !== undefined && !service.startsWith("script.")) return serviceSteps(desk, item, service);
  if (service !== undefined) return scriptSteps(desk, item, service, stepsOf);
  const has = (key: string) => item.map?.has(key) === true;
  if (has("delay")) return delaySteps(desk, item);
  if (has("wait_for_trigger")) return waitSteps(desk, item);
  if (has("wait_template")) return waitTemplate(desk, item);
  if (has("variables")) {
    onlyKnows(desk, item, ["variables"]);
    const names = keyOf(item, "variables");
    return names?.map ? noting(desk, names) : miss(desk, item, "It gives no name a value.");
  }
  if (has("choose")) return choice(desk, item);
  if (has("if")) return decision(desk, item);
  if (has("repeat")) return repetition(desk, item, { sequence, wholeCondition });
  if (has("stop")) return stopping(desk, item);
  if (has("scene")) return sceneSteps(desk, item);
  if (has("sequence")) return sequence(desk, keyOf(item, "sequence"));
  if (has("parallel")) return sideBySide(desk, item);
  if (has("device_id")) return deviceSteps(desk, item);
  const known = [...(item.map?.keys() ?? [])].find((key) => key !== "alias" && key !== "enabled");
  return miss(desk, item, known ? `A step of the kind "${known}" has no like here.` : "This is no step.");
}

/** What must be so, whole; undefined where a part of it could not be translated, which is then listed. */
function wholeCondition(desk: Desk, item: Item | undefined): Condition | undefined {
  const before = desk.misses.length;
  const condition = conditionsOf(desk, item);
  return desk.misses.slice(before).every((m) => m.level === "note") ? condition : undefined;
}

/** What a condition comes to whatever the home is like. */
const fixedly = (condition: Condition): boolean | undefined =>
  condition.kind === "formula" && typeof condition.is === "boolean" ? condition.is : undefined;

/** In a script that is carried out in place, much is for other callers. */
function never(desk: Desk, at: Item, what: string): void {
  if (desk.within.length === 0) note(desk, at, `${what} is never done, and was left out.`);
}

function choice(desk: Desk, item: Item): readonly Step[] {
  onlyKnows(desk, item, ["choose", "default"]);
  const options: { readonly if: Condition; readonly do: readonly Step[] }[] = [];
  let left = 0;
  for (const one of listOf(keyOf(item, "choose"))) {
    onlyKnows(desk, one, ["conditions", "condition", "sequence"]);
    const condition = wholeCondition(desk, keyOf(one, "conditions", "condition"));
    const fixed = condition && fixedly(condition);
    if (fixed === false) never(desk, one, "This choice");
    if (fixed === false) continue;
    const steps = sequence(desk, keyOf(one, "sequence"));
    if (fixed === true) return options.length === 0 && left > 0 ? [] : chosen(desk, item, options, steps);
    if (condition) options.push({ if: condition, do: steps });
    else miss(desk, one, "This choice was left out: what must be so for it could not be translated whole.");
    if (!condition) left += 1;
  }
  const otherwise = sequence(desk, keyOf(item, "default"));
  // What is done where nothing else is so must not be done always.
  return options.length === 0 && left > 0 ? [] : chosen(desk, item, options, otherwise);
}

/** The steps of the first option that is so, or else the last. */
function chosen(
  desk: Desk,
  item: Item,
  options: readonly { readonly if: Condition; readonly do: readonly Step[] }[],
  otherwise: readonly Step[],
): readonly Step[] {
  if (options.length === 0) return otherwise;
  if (options.length > 20) miss(desk, item, "A choice has at most 20 options; the others were left out.");
  return [{ kind: "choose", options: options.slice(0, 20), ...(otherwise.length > 0 ? { otherwise } : {}) }];
}

function decision(desk: Desk, item: Item): readonly Step[] {
  onlyKnows(desk, item, ["if", "then", "else"]);
  const condition = wholeCondition(desk, keyOf(item, "if"));
  const fixed = condition && fixedly(condition);
  if (fixed !== undefined) {
    never(desk, item, fixed ? "The other way" : "The first way");
    return sequence(desk, keyOf(item, fixed ? "then" : "else"));
  }
  const steps = sequence(desk, keyOf(item, "then"));
  const otherwise = sequence(desk, keyOf(item, "else"));
  if (condition) return chosen(desk, item, [{ if: condition, do: steps }], otherwise);
  miss(desk, item, "Both ways were left out: what must be so for the first could not be translated whole.");
  return [];
}

function stopping(desk: Desk, item: Item): readonly Step[] {
  onlyKnows(desk, item, ["stop", "error"]);
  const reason = textOf(keyOf(item, "stop"))?.slice(0, 200);
  return [{ kind: "stop", ...(reason ? { reason } : {}) }];
}

/** Steps that take no time may as well follow one another. */
function sideBySide(desk: Desk, item: Item): readonly Step[] | undefined {
  onlyKnows(desk, item, ["parallel"]);
  const branches = listOf(keyOf(item, "parallel")).map((one) => stepsOf(desk, [one]));
  if (branches.some((steps) => /"kind":"(wait|ask)/.test(JSON.stringify(steps))))
    return miss(desk, item, "Steps side by side that wait have no like here.");
  note(desk, item, "What is done side by side is done in turn here.");
  return branches.flat();
}
