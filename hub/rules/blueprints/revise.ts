/** A rule that was made of a ready-made one, held against a later version of it or against other answers. */
import { stringify } from "yaml";
import type { Blueprint } from "../../model/blueprint/blueprint.ts";
import type { BlueprintAnswers } from "../../model/blueprint/input.ts";
import type { HomeRule, RuleBlueprint, RuleDraft } from "../../model/rule/rule.ts";
import { answerFault } from "./answers.ts";
import { type DiffLine, diffLines } from "./diff.ts";
import { type Fault, fill } from "./fill.ts";
import { type ByHand, merge } from "./merge.ts";

interface Revised {
  readonly ok: true;
  readonly draft: RuleDraft;
  readonly blueprint: RuleBlueprint;
  readonly byHand: readonly ByHand[];
  readonly diff: readonly DiffLine[];
}

export type Revision = Revised | { readonly ok: false; readonly faults: readonly Fault[] };

/** Answers of an older version that a newer one still takes; what it does not know, or no longer allows, is left out. */
export function answersKept(of: Blueprint, given: BlueprintAnswers): BlueprintAnswers {
  const kept = Object.entries(given).filter(([name, answer]) => {
    const input = Object.hasOwn(of.inputs, name) ? of.inputs[name] : undefined;
    return input !== undefined && answerFault(input, answer) === undefined;
  });
  return Object.fromEntries(kept);
}

/** What the rule would be. A name that the person gave it is theirs like all else that they changed by hand. */
export function revise(rule: HomeRule, from: RuleBlueprint, of: Blueprint, answers: BlueprintAnswers): Revision {
  const made = fill(of, answers, from.made.title);
  if (!made.ok) return made;
  const mine = draftOf(rule);
  const merged = merge(from.made, mine, made.draft);
  if (!merged) {
    const text =
      "what was changed by hand and what the new version changes do not fit together; the rule stays as it is";
    return { ok: false, faults: [{ field: "rule", text }] };
  }
  return {
    ok: true,
    draft: merged.draft,
    blueprint: { id: of.id, version: of.version, inputs: made.answers, made: made.draft },
    byHand: merged.byHand,
    diff: diffLines(textOf(mine), textOf(merged.draft)),
  };
}

/** A rule without what is kept of it beside its wording. */
export function draftOf(rule: HomeRule): RuleDraft {
  const {
    id: _id,
    origin: _origin,
    by: _by,
    madeAt: _made,
    changedAt: _changed,
    blueprint: _from,
    source: _there,
    ...draft
  } = rule;
  return draft;
}

const textOf = (draft: RuleDraft): string =>
  stringify(draft, { lineWidth: 100, aliasDuplicateObjects: false, sortMapEntries: true });
