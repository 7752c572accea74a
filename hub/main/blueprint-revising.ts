import type { Blueprint } from "../model/blueprint/blueprint.ts";
import type { BlueprintAnswers } from "../model/blueprint/input.ts";
import type { HomeRule, RuleBlueprint } from "../model/rule/rule.ts";
import type { BlueprintQuestion, BlueprintRevision, Blueprints, Rules } from "../ports.ts";
import { answersKept, draftOf, type Revision, revise } from "../rules/blueprints/revise.ts";
import { draftInWords } from "../rules/words/rule.ts";
import { nameNow } from "../step/identity/names.ts";
import type { FacadeParts } from "./facade.ts";

type Parts = Pick<FacadeParts, "state">;

interface Library {
  readonly find: (id: string) => Blueprint | undefined;
  readonly questions: (of: Blueprint) => readonly BlueprintQuestion[];
}

interface Made {
  readonly rule: HomeRule;
  readonly from: RuleBlueprint;
  readonly of: Blueprint;
}

/** Rules made of ready-made ones, brought to a later version or to other answers. */
export function createRevising({ state }: Parts, rules: Rules, library: Library): Pick<Blueprints, "look" | "revise"> {
  const find = (id: string): Made | undefined => {
    const rule = state.automation.rules.find((r) => r.id === id);
    const from = rule?.blueprint;
    const of = from && library.find(from.id);
    return rule && from && of ? { rule, from, of } : undefined;
  };
  return {
    async look(id, answers) {
      const made = find(id);
      if (!made) return undefined;
      const { rule, from, of } = made;
      const kept = answersKept(of, answers ?? from.inputs);
      const revision = revise(rule, from, of, answers ?? kept);
      const names = (node: string) => nameNow(state, node);
      return {
        ...headOf(made),
        questions: library.questions(of),
        answers: answers ?? kept,
        asks: Object.keys(of.inputs).filter((name) => isAsked(made, kept, name)),
        words: {
          before: draftInWords(draftOf(rule), names),
          ...(revision.ok ? { after: draftInWords(revision.draft, names) } : {}),
        },
        ...toldOf(revision),
        problems: revision.ok ? (await rules.read(revision.draft, id)).problems : [],
      };
    },
    async revise(id, { answers, seen, to, sure }, by) {
      const made = find(id);
      if (!made) return undefined;
      const { rule, from, of } = made;
      if (rule.changedAt !== seen || of.version !== to) return { ok: false, why: "changed" };
      const revision = revise(rule, from, of, answers);
      if (!revision.ok) return { ok: false, why: "faults", faults: revision.faults };
      return rules.save(revision.draft, by, { id, sure, blueprint: revision.blueprint });
    },
  };
}

function headOf({
  rule,
  from,
  of,
}: Made): Pick<BlueprintRevision, "blueprint" | "title" | "from" | "to" | "changes" | "seen"> {
  return {
    ...{ blueprint: of.id, title: of.title, from: from.version, to: of.version, seen: rule.changedAt },
    changes: (of.changes ?? [])
      .filter((c) => c.version > from.version && c.version <= of.version)
      .toSorted((a, b) => a.version - b.version)
      .map((c) => c.text),
  };
}

/** An input that was not there when the rule was made, or whose answer no longer fits. */
const isAsked = ({ from, of }: Made, kept: BlueprintAnswers, name: string): boolean =>
  !Object.hasOwn(kept, name) && (Object.hasOwn(from.inputs, name) || of.inputs[name]?.optional !== true);

const toldOf = (revision: Revision): Pick<BlueprintRevision, "faults" | "byHand" | "diff"> =>
  revision.ok
    ? { faults: [], byHand: revision.byHand, diff: revision.diff }
    : { faults: revision.faults, byHand: [], diff: [] };
