/** Rules out of and into files. */
import type { RuleProblem } from "../model/rule/problem.ts";
import type { RuleDraft } from "../model/rule/rule.ts";

/** What an entity of Home Assistant is taken to be. */
export interface IncomingEntity {
  readonly entity: string;
  /** Where the file speaks of it first. */
  readonly line: number;
  /** Rules that speak of it. */
  readonly rules: number;
  /** A value of an offer; empty where it is not known. */
  readonly meant: string;
  /** It is a guess by its name, and nothing is kept by it before a person says so. */
  readonly guessed: boolean;
  /** Values of the offers that it may be. */
  readonly offers: readonly string[];
}

export interface IncomingRule {
  /** Its place in the file, from 0. */
  readonly place: number;
  readonly line: number;
  readonly title: string;
  /** Absent where nothing of it could be a rule here. */
  readonly draft?: RuleDraft;
  readonly words: string;
  readonly problems: readonly RuleProblem[];
  /** What is not in it, or not quite, by line of the file. */
  readonly misses: readonly { readonly line: number; readonly level: "missed" | "note"; readonly text: string }[];
  /** Only of one that was to be kept: the rule's id, or absent where it could not be. */
  readonly kept?: { readonly id?: string };
}

export type Incoming =
  | {
      readonly ok: true;
      readonly format: "inglenook" | "homeAssistant";
      readonly entities: readonly IncomingEntity[];
      readonly offers: readonly { readonly value: string; readonly label: string }[];
      readonly rules: readonly IncomingRule[];
      /** Rules beyond the first 500 of the file, which were not looked at. */
      readonly left: number;
    }
  | { readonly ok: false; readonly line: number; readonly text: string };

export interface RuleExchange {
  /** The rules of people as YAML; all where no ids are given, and what is not there is left out. */
  write(version: string, ids?: readonly string[]): string;
  /**
   * Reads a file of ours or of Home Assistant. `meant`: what its entities are here, by their names; without `keep`, the others
   * are guessed. `keep`: the places of the rules that are kept, with what is warned of when `sure`.
   */
  read(
    text: string,
    options: {
      readonly meant: Readonly<Record<string, string>>;
      readonly keep?: { readonly places: readonly number[]; readonly sure: boolean; readonly by: string } | undefined;
    },
  ): Incoming;
}
