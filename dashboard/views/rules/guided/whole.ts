import type { RuleDraft } from "../../../../hub/http/schemas.ts";

type Fields = Readonly<Record<string, unknown>>;

const isFields = (x: unknown): x is Fields => typeof x === "object" && x !== null && !Array.isArray(x);
const isKind = (x: unknown): x is Fields => isFields(x) && typeof x.kind === "string";
const listOf = (x: unknown, each: (item: unknown) => boolean): boolean => Array.isArray(x) && x.every(each);
const maybe = (x: unknown, each: (item: unknown) => boolean): boolean => x === undefined || each(x);

const isTarget = (x: unknown): boolean =>
  isFields(x) &&
  ["nodes", "rooms", "floors", "kinds", "labels", "except"].every((k) =>
    maybe(x[k], (l) => listOf(l, (i) => typeof i === "string")),
  );

function isCondition(x: unknown): boolean {
  if (!isKind(x)) return false;
  if (x.kind === "all" || x.kind === "any") return listOf(x.of, isCondition);
  if (x.kind === "not") return isCondition(x.of);
  if (x.kind === "state") return isTarget(x.target);
  return x.kind !== "mode" || Array.isArray(x.in);
}

function isTrigger(x: unknown): boolean {
  if (!isKind(x)) return false;
  if (x.kind === "holds") return isCondition(x.condition);
  if (x.kind === "mode") return Array.isArray(x.to);
  return ["becomes", "crosses", "event"].includes(String(x.kind)) ? isTarget(x.target) : true;
}

const isSteps = (x: unknown): boolean => listOf(x, isStep);

function isStep(x: unknown): boolean {
  if (!isKind(x)) return false;
  switch (x.kind) {
    case "command":
      return isTarget(x.target) && maybe(x.args, isFields);
    case "waitUntil":
      return isCondition(x.condition);
    case "choose":
      return listOf(x.options, (o) => isFields(o) && isCondition(o.if) && isSteps(o.do)) && maybe(x.otherwise, isSteps);
    case "ask":
      return listOf(x.answers, (a) => isFields(a) && isSteps(a.do)) && maybe(x.otherwise, isSteps);
    case "repeat":
      return maybe(x.while, isCondition) && isSteps(x.do);
    default:
      return true;
  }
}

/** Whether a draft has the shape that the form builds on: one that was written as text need not, and is shown there alone. */
export function isWhole(draft: RuleDraft): boolean {
  const all: Fields = { ...draft };
  if (draft.form === "while") return isCondition(all.while) && isSteps(all.keep) && maybe(all.otherwise, isSteps);
  return listOf(all.on, isTrigger) && maybe(all.if, isCondition) && isSteps(all.do);
}
