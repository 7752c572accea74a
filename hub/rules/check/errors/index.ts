/** What makes a rule impossible: it can't be saved so. With it come hints that are found on the way. */

import { parsePath } from "../../../model/path.ts";
import type { Condition } from "../../../model/rule/condition.ts";
import type { RuleDraft } from "../../../model/rule/rule.ts";
import type { Step } from "../../../model/rule/step.ts";
import { isTimed } from "../../../model/rule/time.ts";
import type { Trigger } from "../../../model/rule/trigger.ts";
import { checkTime } from "../../time/check.ts";
import type { Desk } from "../desk.ts";
import { error, type Found } from "../found.ts";
import type { At, Parts } from "../walk.ts";
import { comparisonFault, lookUp, lookUpPath, valueFault } from "./attributes.ts";
import { commandFaults } from "./commands.ts";
import { type Bench, kindOf, want } from "./formulas.ts";
import { houseFaults, houseStepFaults, houseTriggerFaults } from "./house.ts";
import { questionFaults } from "./questions.ts";
import { placesOf, targetFaults } from "./targets.ts";

/** All faults of a draft that has been taken apart. */
export function draftFaults(desk: Desk, draft: RuleDraft, parts: Parts, id: string | undefined): readonly Found[] {
  const bench: Bench = { desk, draft, places: placesOf(desk), faults: [], open: new Set() };
  const { faults, places } = bench;
  for (const at of parts.targets) faults.push(...targetFaults(desk, places, at));
  for (const at of parts.triggers) faults.push(...triggerFaults(bench, at));
  for (const at of parts.conditions) faults.push(...conditionFaults(bench, at));
  for (const at of parts.commands) {
    faults.push(...commandFaults(bench, at));
    for (const [name, e] of Object.entries(at.it.args ?? {})) kindOf(bench, e, `${at.field}.args.${name}`, at.scope);
  }
  for (const at of parts.steps) faults.push(...stepFaults(bench, at), ...houseStepFaults(desk, at, id));
  if (draft.form === "when") {
    const found = parts.formulas.filter((f) => /^variables\.\w+$/.test(f.field));
    for (const { field, it, scope } of found) kindOf(bench, it, field, scope);
  }
  return faults;
}

function triggerFaults(bench: Bench, at: At<Trigger>): readonly Found[] {
  const { desk, places } = bench;
  const { it, field } = at;
  if (isTimed(it)) {
    const why = checkTime(it, desk.place);
    return why === undefined
      ? houseTriggerFaults(desk, at)
      : [
          error(
            "time",
            field,
            why.replace(/^./, (c) => c.toUpperCase()),
          ),
        ];
  }
  if (it.kind !== "becomes" && it.kind !== "crosses" && it.kind !== "event") return houseTriggerFaults(desk, at);
  const found = lookUp(desk, places, it.target, it.of, field);
  if ("faults" in found) return found.faults;
  const { types } = found;
  if (it.kind === "crosses") {
    if (types.some((t) => t.type === "number")) return [];
    return [error("value", `${field}.of`, `"${it.of}" is no number: it has no limit to cross.`)];
  }
  const values = it.kind === "event" ? { is: it.is } : { to: it.to, from: it.from };
  return Object.entries(values).flatMap(([key, value]) =>
    value === undefined ? [] : (valueFault(types, it.of, value, `${field}.${key}`) ?? []),
  );
}

function conditionFaults(bench: Bench, at: At<Condition>): readonly Found[] {
  const { desk, places } = bench;
  const { it, field, scope } = at;
  switch (it.kind) {
    case "state": {
      const found = lookUp(desk, places, it.target, it.of, field);
      if ("faults" in found) return found.faults;
      return one(comparisonFault(found.types, it.of, it.op, it.value, field));
    }
    case "compare": {
      const found = lookUpPath(desk, it.path, `${field}.path`);
      if ("faults" in found) return found.faults;
      const path = parsePath(it.path);
      return one(
        comparisonFault(found.types, path ? `${path.capability}.${path.attribute}` : it.path, it.op, it.value, field),
      );
    }
    case "formula":
      want(bench, it.is, `${field}.is`, scope, "boolean");
      return [];
    default:
      return houseFaults(desk, at);
  }
}

const one = (found: Found | undefined): readonly Found[] => (found ? [found] : []);

function stepFaults(bench: Bench, { it, field, scope }: At<Step>): readonly Found[] {
  switch (it.kind) {
    case "wait":
      want(bench, it.minutes, `${field}.minutes`, scope, "number");
      return typeof it.minutes === "number" && !(it.minutes >= 0 && it.minutes <= 1440)
        ? [error("value", `${field}.minutes`, `A rule can wait from 0 to 1440 minutes, a day, not ${it.minutes}.`)]
        : [];
    case "set":
      kindOf(bench, it.to, `${field}.to`, scope);
      return [];
    case "notify":
    case "ask":
      it.values?.forEach(({ value }, i) => void kindOf(bench, value, `${field}.values.${i}.value`, scope));
      return it.kind === "ask" ? questionFaults(it, field) : [];
    default:
      return [];
  }
}
