import type { RuleProblem } from "../../model/rule/problem.ts";
import type { RuleDraft } from "../../model/rule/rule.ts";
import { inOneGo } from "../in-one-go.ts";
import type { CheckContext } from "./context.ts";
import { deskFor } from "./desk.ts";
import { draftFaults } from "./errors/index.ts";
import { type Found, told } from "./found.ts";
import { othersFaults } from "./others.ts";
import { sizeFaults } from "./size.ts";
import { limitsOf } from "./space/things.ts";
import { OWN, truthFaults } from "./truths.ts";
import { partsOf } from "./walk.ts";

/** What is told of one rule at most. */
const MAX_TOLD = 50;

/**
 * What speaks against a rule before it is saved, errors first; at most 50. Pure. `id`: the rule that it replaces. A rule with
 * errors is not held against the others: what it would do is not clear. Yields where it may be interrupted: among hundreds of rules that
 * lead to one another it takes long.
 */
export function* checking(
  draft: RuleDraft,
  context: CheckContext,
  id?: string,
): Generator<number, readonly RuleProblem[]> {
  const problems = yield* founds(draft, context, id);
  return [...problems.filter((p) => p.level === "error"), ...problems.filter((p) => p.level === "warn")]
    .slice(0, MAX_TOLD)
    .map((found) => told(found, draft));
}

/** The same in one go. */
export const checkDraft = (draft: RuleDraft, context: CheckContext, id?: string): readonly RuleProblem[] =>
  inOneGo(checking(draft, context, id));

function* founds(draft: RuleDraft, context: CheckContext, id: string | undefined): Generator<number, readonly Found[]> {
  const size = sizeFaults(draft);
  if (size.length > 0) return size;
  const desk = deskFor(context);
  const parts = partsOf(draft);
  const faults = draftFaults(desk, draft, parts, id);
  if (faults.some((f) => f.level === "error")) return faults;
  const space = { desk, limits: limitsOf(desk) };
  yield 0;
  const truths = truthFaults(space, draft, parts);
  return [...faults, ...truths, ...(yield* othersFaults(space, draft, id ?? OWN))];
}
