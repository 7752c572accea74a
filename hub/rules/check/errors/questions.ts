import type { AskStep } from "../../../model/rule/step.ts";
import { error, type Found, warn } from "../found.ts";

/** What speaks against a question: an answer that nobody could give, or answers that change nothing. */
export function questionFaults({ answers, otherwise = [] }: AskStep, field: string): readonly Found[] {
  const names = answers.map(({ name }) => name.trim().toLowerCase());
  const faults = names.flatMap((name, i): Found[] => {
    if (names.indexOf(name) === i) return [];
    const text = `"${answers[i]?.name}" is offered twice: what stands at the second could never be done.`;
    const fix = { text: "leave the second out", change: [{ at: `${field}.answers.${i}`, value: undefined }] };
    return [error("answer-twice", `${field}.answers.${i}.name`, text, { fix })];
  });
  if (faults.length > 0) return faults;
  const ways = new Set([...answers.map((a) => a.do), otherwise].map((steps) => JSON.stringify(steps)));
  if (ways.size > 1) return [];
  const text =
    "Whatever is answered, and without an answer, the same is done: nobody need be asked. Tell people instead.";
  return [warn("answer-changes-nothing", field, text)];
}
