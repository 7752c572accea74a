import type { Step } from "../../../../model/rule/step.ts";
import { type Desk, miss } from "../desk.ts";
import { toldTo } from "../given.ts";
import { type Item, isTemplate, keyOf, listOf, textOf } from "../item.ts";
import { noting } from "../variables.ts";
import { linkSteps, namesFor } from "./links.ts";

type Told = readonly (readonly [string, Item])[];
type Steps = (desk: Desk, items: readonly Item[]) => readonly Step[];

const TAKES_TIME = /^(delay|wait_template|wait_for_trigger)$/;
const ENDS = /^stop$/;
/** Scripts in scripts; deeper ones go round in circles. */
const DEEPEST = 4;

const holds = (item: Item, key: RegExp): boolean =>
  [...(item.map ?? [])].some(([name, value]) => key.test(name) || holds(value, key)) ||
  (item.list ?? []).some((one) => holds(one, key));

const speaksOf = (item: Item, name: string): boolean =>
  (isTemplate(item) && new RegExp(`\\b${name}\\b`).test(textOf(item) ?? "")) ||
  [...(item.map?.values() ?? []), ...(item.list ?? [])].some((one) => speaksOf(one, name));

/** A script is a rule of its own; one that is told something, or that is waited for, is carried out in place. */
export function scriptSteps(desk: Desk, item: Item, service: string, stepsOf: Steps): readonly Step[] | undefined {
  const data = keyOf(item, "data", "service_data", "data_template");
  if (/^script\.(turn_on|turn_off|toggle|reload)$/.test(service)) return started(desk, item, service, stepsOf);
  const told = [...(data?.map ?? [])];
  const script = desk.library.script(service);
  const waited = script && holds(script, TAKES_TIME) && !holds(script, ENDS);
  if (script && (told.length > 0 || waited)) return inPlace(desk, item, service, told, stepsOf);
  return linked(desk, item, service);
}

function linked(desk: Desk, item: Item, service: string): readonly Step[] | undefined {
  const made = linkSteps(desk, item, service);
  return made === "none" ? miss(desk, item, `"${service.slice(0, 60)}" has no like here.`) : made;
}

/** `script.turn_on` waits for nothing: what it is told can be filled in only where the script takes no time. */
function started(desk: Desk, item: Item, service: string, stepsOf: Steps): readonly Step[] | undefined {
  const told = [...(keyOf(keyOf(item, "data", "service_data", "data_template"), "variables")?.map ?? [])];
  if (told.length === 0) return linked(desk, item, service);
  return namesFor(item).flatMap(({ name }) => {
    const script = desk.library.script(name);
    if (script && !holds(script, TAKES_TIME)) return inPlace(desk, item, name, told, stepsOf) ?? [];
    return miss(desk, item, `What ${name} is told is not translated.`) ?? [];
  });
}

function inPlace(desk: Desk, item: Item, name: string, told: Told, stepsOf: Steps): readonly Step[] | undefined {
  const script = desk.library.script(name);
  if (desk.within.includes(name) || desk.within.length >= DEEPEST)
    return miss(desk, item, `${name} calls itself, or others too deep.`);
  const { given, variables } = desk;
  // It sees none of its caller's names, but for those that what it is told is worked out from.
  desk.given = toldTo(desk, told);
  desk.variables = new Map([...variables].filter(([one]) => told.some(([, item]) => speaksOf(item, one))));
  desk.within.push(name);
  const steps = [...noting(desk, keyOf(script, "variables")), ...stepsOf(desk, listOf(keyOf(script, "sequence")))];
  desk.within.pop();
  desk.given = given;
  desk.variables = variables;
  return steps;
}
