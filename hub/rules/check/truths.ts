/** Conditions that can never be so, or that always are. */
import type { Condition } from "../../model/rule/condition.ts";
import type { RuleDraft } from "../../model/rule/rule.ts";
import { isTimed } from "../../model/rule/time.ts";
import type { Trigger } from "../../model/rule/trigger.ts";
import { conditionInWords } from "../explain.ts";
import { triggerInWords } from "../words/trigger.ts";
import type { Desk } from "./desk.ts";
import { type Found, warn } from "./found.ts";
import { treeOf } from "./space/compile.ts";
import { claim, fact } from "./space/facts.ts";
import { sunHeights } from "./space/heights.ts";
import type { Range } from "./space/range.ts";
import { solve, type Tree } from "./space/solve.ts";
import { betweensIn, isNeverBetween } from "./space/sun-between.ts";
import { SUN } from "./space/things.ts";
import { triggerTree } from "./space/trigger.ts";
import type { At, Parts } from "./walk.ts";

/** What the draft's own variables and triggers are told apart by. */
export const OWN = "this rule";

export interface Space {
  readonly desk: Desk;
  readonly limits: (thing: string) => Range | undefined;
}

const isNever = ({ limits }: Space, trees: readonly Tree[]): boolean => solve(trees, limits) === "none";

/** From a time to the same time is written for "at all times". */
const isWholeDay = (c: Condition): boolean => c.kind === "between" && c.from === c.to && !c.weekdays;

export function truthFaults(space: Space, draft: RuleDraft, parts: Parts): readonly Found[] {
  const whole = parts.roots.flatMap((at) => look(space, at, isCounted(draft, at.field)));
  return [
    ...over(space, draft),
    ...whole,
    ...(draft.form === "when" ? triggerFaults(space, draft, whole.length > 0) : []),
  ];
}

function over({ desk }: Space, { until }: RuleDraft): readonly Found[] {
  if (until === undefined || until > desk.context.now) return [];
  const fix = { text: "let it have no end", change: [{ at: "until", value: undefined }] };
  return [warn("never", "until", "The rule is over already: it never does anything.", { fix })];
}

/** A loop that counts its rounds may go on whatever its condition is. */
const isCounted = (draft: RuleDraft, field: string): boolean =>
  draft.form === "when" && /(^|\.)do\.\d+\.while$/.test(field);

function look(space: Space, { it, field, scope }: At<Condition>, counted: boolean): Found[] {
  if (isWholeDay(it)) return [];
  const { desk } = space;
  const words = conditionInWords(it, desk.name);
  if (isNever(space, [treeOf(it, true, desk, OWN)]))
    return [warn("never", field, `${clash(space, it) ?? `It can never be that ${words}`}: this never does anything.`)];
  if (!counted && isNever(space, [treeOf(it, false, desk, OWN)]))
    return [warn("always", field, `It is always so that ${words}: this holds nothing back.`)];
  if (it.kind !== "all" && it.kind !== "any") return [];
  return it.of.flatMap((part, i) =>
    look(space, { it: part, field: `${field}.of.${i}`, scope }, counted).map((found) => leftOut(found, field, i, it)),
  );
}

/** A part that is always so among all, or never so among any, can be left out. */
function leftOut(
  found: Found,
  field: string,
  i: number,
  { kind, of }: Extract<Condition, { kind: "all" | "any" }>,
): Found {
  const isIdle = found.code === (kind === "all" ? "always" : "never") && found.field === `${field}.of.${i}`;
  if (!isIdle || of.length < 2) return found;
  return { ...found, fix: { text: "leave it out", change: [{ at: found.field, value: undefined }] } };
}

/** The two parts that exclude each other, in words. */
function clash(space: Space, c: Condition): string | undefined {
  if (c.kind !== "all") return undefined;
  const { desk } = space;
  for (const [i, a] of c.of.entries())
    for (const b of c.of.slice(i + 1)) {
      const trees = [treeOf(a, true, desk, OWN), treeOf(b, true, desk, OWN)];
      if (trees.some((tree) => isNever(space, [tree])) || !isNever(space, trees)) continue;
      return `It can't be at the same time that ${conditionInWords(a, desk.name)} and that ${conditionInWords(b, desk.name)}`;
    }
  return undefined;
}

type WhenDraft = Extract<RuleDraft, { form: "when" }>;

/** Triggers that never come, and those at whose moment the rule's condition is never so. */
function triggerFaults(space: Space, draft: WhenDraft, told: boolean): Found[] {
  const { desk } = space;
  const never = draft.on.flatMap((t, i): Found[] => {
    const same = t.kind === "becomes" && t.from !== undefined && t.from === t.to;
    const beyond = t.kind === "crosses" && t.above !== undefined && t.below !== undefined && t.below > t.above;
    const fix = beyond
      ? {
          text: "swap the two limits",
          change: [
            { at: `on.${i}.above`, value: t.below },
            { at: `on.${i}.below`, value: t.above },
          ],
        }
      : undefined;
    if (!same && !beyond && !(t.kind !== "holds" && isNever(space, [triggerTree(t, desk, OWN)]))) return [];
    return [warn("never", `on.${i}`, `It never comes that ${triggerInWords(t, desk.name)}.`, { fix })];
  });
  const condition = draft.if;
  if (!condition || told || never.length > 0) return never;
  const dead = draft.on.flatMap((t, i) => (isDeadAt(space, t, condition) ? [i] : []));
  const words = conditionInWords(condition, desk.name);
  const startOf = (i: number): string => whenInWords(draft.on[i], desk);
  if (dead.length === draft.on.length && dead.length > 0) {
    const when = dead.length === 1 ? startOf(0) : "it starts";
    const text = `When ${when}, it can never be so that ${words}: this rule never does anything.`;
    return [warn("never", "if", text, { fix: withoutIt(space, draft.on, condition) })];
  }
  return dead.map((i) => {
    const text = `When ${startOf(i)}, it can never be so that ${words}: this never starts the rule.`;
    return warn("never", `on.${i}`, text, {
      fix: { text: "leave this start out", change: [{ at: `on.${i}`, value: undefined }] },
    });
  });
}

/** The words of a trigger after "when". */
const whenInWords = (t: Trigger | undefined, { name }: Desk): string =>
  t === undefined ? "it starts" : `${isTimed(t) ? "it is " : ""}${triggerInWords(t, name)}`;

/** At the moment at which a trigger comes the condition can't be so. */
function isDeadAt(space: Space, t: Trigger, condition: Condition): boolean {
  const { desk } = space;
  const trees = [triggerTree(t, desk, OWN), treeOf(condition, true, desk, OWN)];
  if (isNever(space, trees)) return true;
  if (!isTimed(t) || !asksForSun(condition)) return false;
  // Worked out over a year of days: only where the sun is asked for.
  const heights = sunHeights(t, desk.place);
  const never = betweensIn(condition).filter((one) => isNeverBetween(t, one, desk.place));
  const known = [...(heights ? [fact(SUN, heights, true)] : []), ...never.map((one) => claim(one, false))];
  return known.length > 0 && isNever(space, [...trees, ...known]);
}

function asksForSun(c: Condition): boolean {
  if (c.kind === "all" || c.kind === "any") return c.of.some(asksForSun);
  if (c.kind === "not") return asksForSun(c.of);
  return (
    c.kind === "sun" ||
    c.kind === "sunBetween" ||
    (c.kind === "formula" && JSON.stringify(c.is).includes('"sunElevation"'))
  );
}

/** Without the part of the condition that is never so when the rule starts; without all of it where no single part is. */
function withoutIt(space: Space, on: readonly Trigger[], condition: Condition): Found["fix"] {
  const parts = condition.kind === "all" && condition.of.length > 1 ? condition.of : [];
  const at = parts.findIndex((part) => on.every((t) => isDeadAt(space, t, part)));
  const part = parts[at];
  if (!part) return { text: "leave the condition out", change: [{ at: "if", value: undefined }] };
  const text = `leave out that ${conditionInWords(part, space.desk.name)}`;
  return { text, change: [{ at: `if.of.${at}`, value: undefined }] };
}
