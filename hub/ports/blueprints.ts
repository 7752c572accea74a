/** Ready-made rules: what may be asked of them. */
import type { Blueprint, BlueprintSubject } from "../model/blueprint/blueprint.ts";
import type { BlueprintAnswer, BlueprintAnswers, BlueprintInput } from "../model/blueprint/input.ts";
import type { RuleProblem } from "../model/rule/problem.ts";
import type { RuleDraft } from "../model/rule/rule.ts";
import type { RuleReading, Saved } from "./rules.ts";

/** An input with what this home has for it. */
export interface BlueprintQuestion {
  readonly name: string;
  readonly input: BlueprintInput;
  /** Absent for what is simply written. */
  readonly offers?: readonly { readonly value: BlueprintAnswer; readonly label: string }[];
  readonly proposed?: BlueprintAnswer;
}

/** A ready-made rule as this home sees it. */
export interface BlueprintView {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly description: string;
  readonly about: BlueprintSubject;
  readonly icon?: string;
  readonly by?: string;
  readonly changes: NonNullable<Blueprint["changes"]>;
  /** It comes with the hub. */
  readonly isShipped: boolean;
  /** What this home lacks for it, a sentence each; empty where it fits. */
  readonly lacks: readonly string[];
  readonly questions: readonly BlueprintQuestion[];
  /** Ids of the rules made of it. */
  readonly rules: readonly string[];
}

export interface BlueprintFault {
  /** Line of the file, from 1; absent where there is no file. */
  readonly line?: number;
  /** `inputs.NAME`, or a place in the blueprint; empty for the file itself. */
  readonly field: string;
  readonly text: string;
}

/** How a file stands to what is here. */
export const blueprintStands = ["new", "newer", "same", "older", "differs", "shipped"] as const;

export type BlueprintRead =
  | {
      readonly ok: true;
      readonly blueprint: BlueprintView;
      /** Only what is new or newer can be kept. */
      readonly stands: (typeof blueprintStands)[number];
    }
  | { readonly ok: false; readonly faults: readonly BlueprintFault[] };

/** What a rule would be. */
export type BlueprintFilled =
  | { readonly ok: true; readonly draft: RuleDraft; readonly reading: RuleReading }
  | { readonly ok: false; readonly faults: readonly BlueprintFault[] };

/** What would become of a rule by a newer version, or by other answers. */
export interface BlueprintRevision {
  readonly blueprint: string;
  readonly title: string;
  readonly from: number;
  readonly to: number;
  /** What the versions between change, in plain words. */
  readonly changes: readonly string[];
  readonly questions: readonly BlueprintQuestion[];
  /** What was answered, as far as it still fits. */
  readonly answers: BlueprintAnswers;
  /** Inputs that were not there, or whose answer no longer fits. */
  readonly asks: readonly string[];
  /** What it is made for still has to be answered, or does not fit together; empty where the rest is there. */
  readonly faults: readonly BlueprintFault[];
  readonly words: { readonly before: string; readonly after?: string };
  /** What a person changed by hand and keeps; `isContested`: the newer version changes it as well. */
  readonly byHand: readonly { readonly field: string; readonly isContested: boolean }[];
  readonly diff: readonly { readonly sign: "same" | "out" | "in"; readonly text: string }[];
  readonly problems: readonly RuleProblem[];
  /** The rule's `changedAt` that this was worked out for. */
  readonly seen: number;
}

export interface BlueprintPlace {
  readonly name: string;
  readonly input: BlueprintInput;
  /** What it is in the rule now, in words. */
  readonly now: string;
  /** It has to become an input: it means nothing in another home. */
  readonly isNeeded: boolean;
}

export interface BlueprintWrap {
  readonly title: string;
  readonly description: string;
  readonly about: BlueprintSubject;
  /** Labels of the values that become inputs, by their places' names. */
  readonly inputs: Readonly<Record<string, string>>;
}

export interface Blueprints {
  /** Energy first, and of one subject those that fit this home. */
  list(): Promise<readonly BlueprintView[]>;
  /** As a file (YAML). */
  file(id: string): string | undefined;
  /** Reads a file without keeping it. */
  read(text: string): BlueprintRead;
  /** Keeps a file's blueprint; an older version of it is replaced, and its rules are offered the newer one. */
  keep(text: string, by: string): BlueprintRead | "full";
  /** Its rules stay. False where there is none that a person brought in. */
  remove(id: string, by: string): boolean;
  fill(id: string, answers: BlueprintAnswers, title?: string): Promise<BlueprintFilled | undefined>;
  /** Makes a rule. Undefined: there is no such ready-made rule. */
  make(
    id: string,
    wish: { readonly answers: BlueprintAnswers; readonly title?: string | undefined; readonly sure: boolean },
    by: string,
  ): Promise<
    Saved | { readonly ok: false; readonly why: "faults"; readonly faults: readonly BlueprintFault[] } | undefined
  >;
  /** Undefined where the rule is not of a ready-made one that is here. Without answers: those it was made with. */
  look(rule: string, answers?: BlueprintAnswers): Promise<BlueprintRevision | undefined>;
  /** Takes what was looked at; `changed`: the rule is no more as it was then. */
  revise(
    rule: string,
    wish: { readonly answers: BlueprintAnswers; readonly seen: number; readonly to: number; readonly sure: boolean },
    by: string,
  ): Promise<
    | Saved
    | { readonly ok: false; readonly why: "changed" }
    | { readonly ok: false; readonly why: "faults"; readonly faults: readonly BlueprintFault[] }
    | undefined
  >;
  /** The values of a rule that may become inputs. */
  places(rule: string): readonly BlueprintPlace[] | undefined;
  /** Makes a ready-made rule of a rule, and keeps it. */
  wrap(rule: string, wish: BlueprintWrap, by: string): BlueprintRead | "full" | undefined;
}
