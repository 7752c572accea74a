import type { Command } from "../model/command.ts";
import type { NodeId } from "../model/path.ts";
import type { Subject } from "./asks.ts";
import type { Language } from "./languages/language.ts";
import type { Ask } from "./meaning.ts";

/** One of several things that may be meant. */
export interface Candidate {
  readonly node: NodeId;
  readonly endpoint: number;
  readonly name: string;
  readonly room?: string;
}

/** A question with the attributes that answer it. `home`: the house as a whole is meant, and `subjects` is empty. */
export interface Question {
  readonly ask: Ask;
  readonly subjects: readonly Subject[];
  readonly home: boolean;
  readonly language: Language;
}

/** What a sentence comes to in this home. Only `command` moves anything, and only when somebody sends it. */
export type Understood =
  | { readonly kind: "command"; readonly commands: readonly Command[]; readonly text: string }
  | { readonly kind: "question"; readonly question: Question }
  | { readonly kind: "askBack"; readonly candidates: readonly Candidate[]; readonly text: string }
  | { readonly kind: "notUnderstood"; readonly text: string };
