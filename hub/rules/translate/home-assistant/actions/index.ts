import type { Condition } from "../../../../model/rule/condition.ts";
import type { Step } from "../../../../model/rule/step.ts";
import { conditionOf, conditionsOf, isCondition } from "../conditions/index.ts";
import { type Desk, miss, note, onlyKnows, part } from "../desk.ts";
import { filled } from "../given.ts";
import { type Item, keyOf, listOf, numberOf, textOf } from "../item.ts";
import { worthFor } from "../variables.ts";
import { deviceSteps } from "./device.ts";
import { linkSteps } from "./links.ts";
import { sceneSteps, serviceSteps } from "./service.ts";
import { delaySteps, waitSteps, waitTemplate } from "./waits.ts";

/**
 * A sequence of actions. A condition in it ends the sequence (and no more than it) where it is not so: what follows becomes
 * the one option of a choice.
 */
export function stepsOf(desk: Desk, items: readonly Item[]): readonly Step[] {
  const steps: Step[] = [];
  for (const [i, one] of items.entries()) {
    const item = filled(desk.given, one);
    if (!isCondition(item)) {
      steps.push(...part(desk, "action", item, () => actionOf(desk, item)));
      continue;
    }
    const [condition] = conditionOf(desk, item);
    // What a condition guards that can't be asked must not be done unguarded.
    if (!condition && keyOf(item, "enabled") === undefined) {
      if (i < items.length - 1) miss(desk, item, "What follows was left out: it is only done where this is so.");
      return steps;
    }
    if (!condition) continue;
    const rest = stepsOf(desk, items.slice(i + 1));
    return rest.length > 0 ? [...steps, { kind: "choose", options: [{ if: condition, do: rest }] }] : steps;
  }
  return steps;
}

const sequence = (desk: Desk, item: Item | undefined): readonly Step[] => stepsOf(desk, listOf(item));

function actionOf(desk: Desk, item: Item): readonly Step[] | undefined {
  const service = textOf(keyOf(item, "action", "service", "service_template"));
  if (service !== undefined && !service.startsWith("script.")) return serviceSteps(desk, item, service);
  if (service !== undefined) return scriptSteps(desk, item, service);
  const has = (key: string) => item.map?.has(key) === true;
  if (has("delay")) return delaySteps(desk, item);
  if (has("wait_for_trigger")) return waitSteps(desk, item);
  if (has("wait_template")) return waitTemplate(desk, item);
  if (has("variables")) return noting(desk, item);
  if (has("choose")) return choice(desk, item);
  if (has("if")) return decision(desk, item);
  if (has("repeat")) return repetition(desk, item);
  if (has("stop")) return stopping(desk, item);
  if (has("scene")) return sceneSteps(desk, item);
  if (has("sequence")) return sequence(desk, keyOf(item, "sequence"));
  if (has("parallel")) return sideBySide(desk, item);
  if (has("device_id")) return deviceSteps(desk, item);
  const known = [...(item.map?.keys() ?? [])].find((key) => key !== "alias" && key !== "enabled");
  return miss(desk, item, known ? `A step of the kind "${known}" has no like here.` : "This is no step.");
}

/** Values under names. */
function noting(desk: Desk, item: Item): readonly Step[] {
  onlyKnows(desk, item, ["variables"]);
  return [...(keyOf(item, "variables")?.map ?? [])].flatMap(([name, value]): Step[] => {
    desk.given = new Map([...desk.given].filter(([key]) => key !== name));
    const to = worthFor(desk, name, value);
    if (to === undefined) miss(desk, value, `What "${name.slice(0, 40)}" is worked out from has no like here.`);
    else desk.variables.set(name, name);
    return to === undefined ? [] : [{ kind: "set", variable: name, to }];
  });
}

const TAKES_TIME = /^(delay|wait_template|wait_for_trigger)$/;
const ENDS = /^stop$/;
/** Scripts in scripts; deeper ones go round in circles. */
const DEEPEST = 4;

const holds = (item: Item, key: RegExp): boolean =>
  [...(item.map ?? [])].some(([name, value]) => key.test(name) || holds(value, key)) ||
  (item.list ?? []).some((one) => holds(one, key));

/** A script is a rule of its own; one that is told something, or that is waited for, is carried out in place. */
function scriptSteps(desk: Desk, item: Item, service: string): readonly Step[] | undefined {
  const data = keyOf(item, "data", "service_data", "data_template");
  const script = desk.library.script(service);
  const told = [...(data?.map ?? [])].filter(([key]) => key !== "entity_id");
  const verb = /^script\.(turn_on|turn_off|toggle|reload)$/.test(service);
  const waited = script && holds(script, TAKES_TIME) && !holds(script, ENDS);
  if (verb || !script || (told.length === 0 && !waited)) {
    const made = linkSteps(desk, item, service);
    if (made !== "none" && told.length > 0 && script) miss(desk, item, "What the script is told is not translated.");
    return made === "none" ? undefined : made;
  }
  if (desk.within.includes(service) || desk.within.length >= DEEPEST)
    return miss(desk, item, `${service} calls itself, or others too deep.`);
  const before = desk.given;
  const fields = [...(keyOf(script, "fields")?.map ?? [])].flatMap(([name, field]): [string, Item][] => {
    const usual = keyOf(field, "default");
    return usual ? [[name, usual]] : [];
  });
  const own = [...(keyOf(script, "variables")?.map ?? [])].filter(([, value]) => value.scalar !== undefined);
  desk.given = new Map([...before, ...fields, ...own, ...told]);
  desk.within.push(service);
  const steps = stepsOf(desk, listOf(keyOf(script, "sequence")));
  desk.within.pop();
  desk.given = before;
  return steps;
}

/** What must be so, whole; undefined where a part of it could not be translated, which is then listed. */
function wholeCondition(desk: Desk, item: Item | undefined): Condition | undefined {
  const before = desk.misses.length;
  const condition = conditionsOf(desk, item);
  return desk.misses.slice(before).every((m) => m.level === "note") ? condition : undefined;
}

function choice(desk: Desk, item: Item): readonly Step[] {
  onlyKnows(desk, item, ["choose", "default"]);
  const options = listOf(keyOf(item, "choose")).flatMap((one) => {
    const condition = wholeCondition(desk, keyOf(one, "conditions", "condition"));
    const steps = sequence(desk, keyOf(one, "sequence"));
    if (condition) return [{ if: condition, do: steps }];
    miss(desk, one, "This choice was left out: what must be so for it could not be translated whole.");
    return [];
  });
  const otherwise = sequence(desk, keyOf(item, "default"));
  if (options.length === 0) return [];
  if (options.length > 20) miss(desk, item, "A choice has at most 20 options; the others were left out.");
  return [{ kind: "choose", options: options.slice(0, 20), ...(otherwise.length > 0 ? { otherwise } : {}) }];
}

function decision(desk: Desk, item: Item): readonly Step[] {
  onlyKnows(desk, item, ["if", "then", "else"]);
  const condition = wholeCondition(desk, keyOf(item, "if"));
  const steps = sequence(desk, keyOf(item, "then"));
  const otherwise = sequence(desk, keyOf(item, "else"));
  if (!condition) {
    miss(desk, item, "Both ways were left out: what must be so for the first could not be translated whole.");
    return [];
  }
  return [{ kind: "choose", options: [{ if: condition, do: steps }], ...(otherwise.length > 0 ? { otherwise } : {}) }];
}

function repetition(desk: Desk, item: Item): readonly Step[] | undefined {
  onlyKnows(desk, item, ["repeat"]);
  const repeat = keyOf(item, "repeat") ?? item;
  onlyKnows(desk, repeat, ["count", "while", "until", "sequence"]);
  const steps = sequence(desk, keyOf(repeat, "sequence"));
  if (steps.length === 0) return undefined;
  const count = keyOf(repeat, "count");
  if (count) {
    const times = numberOf(count);
    const fits = times !== undefined && Number.isInteger(times) && times >= 1 && times <= 1000;
    return fits
      ? [{ kind: "repeat", times, do: steps }]
      : miss(desk, count, "How often is not written in the file, or more than 1,000 times.");
  }
  const given = keyOf(repeat, "while", "until");
  const condition = given && wholeCondition(desk, given);
  if (!condition) return miss(desk, item, "What ends it could not be translated whole.");
  if (keyOf(repeat, "while")) return [{ kind: "repeat", while: condition, do: steps }];
  // Once, and then as long as it is not so yet.
  return [...steps, { kind: "repeat", while: { kind: "not", of: condition }, do: steps }];
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
  if (branches.some((steps) => JSON.stringify(steps).includes(`"kind":"wait`)))
    return miss(desk, item, "Steps side by side that wait have no like here.");
  note(desk, item, "What is done side by side is done in turn here.");
  return branches.flat();
}
