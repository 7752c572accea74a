/** The step that tells people something. */
import type { Value } from "../../model/capability.ts";
import type { NewNotice } from "../../model/house.ts";
import type { Expression } from "../../model/rule/expression.ts";
import type { Step } from "../../model/rule/step.ts";
import { worth } from "../../rules/formula.ts";
import type { Run } from "../../rules/run/run.ts";
import { valueInWords } from "../../rules/words/value.ts";
import { raiseNotice } from "../notices.ts";
import type { CoreState, Effect } from "../state.ts";
import { pictureFor } from "./picture.ts";
import type { KeptEventRule } from "./state.ts";
import { note } from "./tracing.ts";

/** Tells people; a message that is one too many is noted as held back. */
export function notify(
  state: CoreState,
  run: Run,
  rule: KeptEventRule,
  step: Extract<Step, { kind: "notify" }>,
  now: number,
): Effect[] {
  const effects = raiseNotice(state, noticeFrom(state, run, rule, step, now), run.nodes, now);
  const isHeldBack = effects.length === 0;
  note(
    run,
    now,
    isHeldBack ? `"${step.title}" was held back: too many messages` : `told people "${step.title}"`,
    isHeldBack,
  );
  return effects;
}

/** What people read, with figures worked out now. */
export function noticeFrom(
  state: CoreState,
  run: Run,
  rule: KeptEventRule,
  step: Extract<Step, { kind: "notify" | "ask" }>,
  now: number,
): NewNotice {
  const picture = pictureFor(state, now, run);
  const values = (step.values ?? []).map(({ label, value }) => {
    const found = worth(value, picture);
    return `${label}: ${"unknown" in found ? "not known" : told(value, found.value)}`;
  });
  const text = [step.text, ...values].filter(Boolean).join("\n");
  return { title: step.title, text, level: step.level ?? "info", rule: rule.id };
}

/** A figure as people read it: with its unit where the formula is a plain value of a device. */
function told(formula: Expression, value: Value): string {
  if (typeof value === "boolean" && !(typeof formula === "object" && "read" in formula)) return value ? "yes" : "no";
  const round = typeof value === "number" ? Math.round(value * 100) / 100 : value;
  const isRead = typeof formula === "object" && "read" in formula && formula.take !== "count";
  return isRead ? valueInWords(`x/1/${formula.read}`, round) : String(round);
}
