/** Puts together what the grammar and what a model read in a wish. */
import { goalInWords } from "./goal.ts";
import type { Draft } from "./goals/kind.ts";
import { Kept } from "./kept.ts";
import type { Names } from "./names.ts";
import type { Reading } from "./read-wish.ts";

/** A part of the wish and what a model took it for. */
export interface ReadPart {
  readonly said: string;
  readonly drafts: readonly Draft[];
}

/** The grammar's goals stand. The model's are added, and shown as its own, only for parts that the grammar could not read. */
export function mergeGoals(read: Reading, byModel: readonly ReadPart[], names: Names): Reading {
  const kept = new Kept(names, read);
  const open = new Set(read.notUnderstood);
  for (const { said, drafts } of byModel) {
    const part = [...open].find((unread) => unread.said === said && unread.part);
    if (!part) continue;
    open.delete(part);
    for (const draft of drafts) {
      const words = `"${said}" was taken for "${goalInWords(draft.goal, names)}" by the language model`;
      const reason = kept.add({ ...draft, assumed: [{ field: "kind", words }, ...draft.assumed] });
      if (reason) open.add({ said, reason });
    }
  }
  return { goals: kept.goals, assumed: kept.assumed, notUnderstood: [...open] };
}
