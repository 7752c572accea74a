import { signal } from "@preact/signals";
import type { BlueprintAnswers, BlueprintQuestion, BlueprintView, HomeRuleStatus } from "../../../hub/http/schemas.ts";
import { get } from "../../api.ts";

/** Ready-made rules; undefined: not read yet. Read by the views that show them. */
export const blueprints = signal<readonly BlueprintView[] | undefined>(undefined);

export const readBlueprints = async (): Promise<void> => {
  blueprints.value = (await get<{ blueprints: BlueprintView[] }>("/blueprints")).blueprints;
};

/** What a rule was made of, as its card shows it; undefined for any other rule. */
export function readyMadeOf({ rule }: HomeRuleStatus) {
  const { blueprint } = rule;
  if (!blueprint) return undefined;
  const { title, version } = blueprints.value?.find((b) => b.id === blueprint.id) ?? {};
  return { title: title ?? blueprint.made.title, version: blueprint.version, newest: version };
}

/** What the form begins with: all that is proposed. */
export const proposedOf = (questions: readonly BlueprintQuestion[]): BlueprintAnswers =>
  Object.fromEntries(questions.flatMap(({ name, proposed }) => (proposed === undefined ? [] : [[name, proposed]])));

/** The words of an input's name. */
export const labelOf = (questions: readonly BlueprintQuestion[], field: string): string =>
  questions.find((q) => field === `inputs.${q.name}` || field === `answers.${q.name}`)?.input.label ?? field;
