import type { RuleDraft } from "../../model/rule/rule.ts";
import { type Step, withLists } from "../../model/rule/step.ts";
import { LINK, linksIn } from "../../rules/translate/home-assistant/index.ts";

/** What stands in place of ids in a draft from files, and what it turned out to be. */
export type Ids = ReadonlyMap<string, string>;

/** Names of the same files that a draft speaks of and that have no id yet. */
export const openLinks = (draft: RuleDraft, ids: Ids): readonly string[] =>
  linksIn(draft).filter((key) => !ids.has(key));

/** The draft with ids in place of names. What has no id ends the run there, and leaves the rule switched off. */
export function linked(draft: RuleDraft, ids: Ids): RuleDraft {
  if (draft.form !== "when" || linksIn(draft).length === 0) return draft;
  const open = openLinks(draft, ids);
  const steps = draft.do.map((step) => withIds(step, ids));
  if (open.length === 0) return { ...draft, do: steps };
  const told = `Switched off, because ${open.slice(0, 5).join(", ")} was not brought in. ${draft.description ?? ""}`;
  return { ...draft, do: steps, enabled: false, description: told.slice(0, 2000) };
}

function withIds(step: Step, ids: Ids): Step {
  switch (step.kind) {
    case "rule":
    case "scene": {
      const name = step.kind === "rule" ? step.rule : step.scene;
      if (!name.startsWith(LINK)) return step;
      const id = ids.get(name.slice(LINK.length));
      if (id === undefined)
        return { kind: "stop", reason: `${name.slice(LINK.length)} was not brought in`.slice(0, 200) };
      return step.kind === "rule" ? { ...step, rule: id } : { kind: "scene", scene: id };
    }
    default:
      return withLists(step, (steps) => steps.map((one) => withIds(one, ids)));
  }
}

/** Those that others start come before them; what goes round in a circle stays in its order. */
export function byNeed<T extends { readonly key: string; readonly draft?: RuleDraft }>(
  all: readonly T[],
): readonly T[] {
  const byKey = new Map(all.map((one) => [one.key, one]));
  const done = new Set<T>();
  const visit = (one: T): void => {
    if (done.has(one)) return;
    done.add(one);
    for (const key of one.draft ? linksIn(one.draft) : []) {
      const needed = byKey.get(key);
      if (needed) visit(needed);
    }
    order.push(one);
  };
  const order: T[] = [];
  for (const one of all) visit(one);
  return order;
}
