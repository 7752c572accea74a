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
  /** It is a setting, whose value a person writes: `value:21`, `value:07:00`, or minutes of a timer. */
  readonly asks?: "number" | "time" | "minutes";
}

/** A file as it was opened. */
export interface GivenFile {
  readonly name: string;
  readonly text: string;
}

export interface IncomingRule {
  /** Its place in the files, from 0. */
  readonly place: number;
  /** The name of its file, where there are several. */
  readonly file?: string;
  /** A scene becomes a scene of this home, all else a rule. */
  readonly kind: "rule" | "scene";
  /** The rule or scene of this home that it seems to be, read once before. */
  readonly same?: { readonly id: string; readonly title: string };
  /** Names of switches and numbers of the house that are made with it. */
  readonly makes?: readonly string[];
  /** Titles of others of the files that it starts or sets. */
  readonly needs?: readonly string[];
  readonly line: number;
  readonly title: string;
  /** Absent where nothing of it could be a rule here. */
  readonly draft?: RuleDraft;
  readonly words: string;
  /** Of a file of ours each with the line of its field. */
  readonly problems: readonly (RuleProblem & { readonly line?: number })[];
  /** What is not in it (`missed`), not quite (`note`), or no part of any rule (`wrong`), by line of the file. */
  readonly misses: readonly {
    readonly line: number;
    readonly level: "missed" | "note" | "wrong";
    readonly text: string;
  }[];
  /** Only of one that was to be kept: the rule's or scene's id, or why it was not. */
  readonly kept?: { readonly id?: string; readonly why?: KeptNot };
}

/**
 * `warned`: something speaks against it that nobody has seen yet. `same`: it is there, and nobody said that it is to be replaced.
 * `needs`: what it starts was not kept. `faulty`: it is no rule of this home. `full`: there are too many.
 */
export type KeptNot = "warned" | "same" | "needs" | "faulty" | "full";

export interface Keep {
  readonly places: readonly number[];
  /** Of the places, those that take the place of what is there. */
  readonly replace: readonly number[];
  /** What is only warned of was seen. */
  readonly sure: boolean;
  readonly by: string;
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
  | { readonly ok: false; readonly file?: string; readonly line: number; readonly text: string };

export interface RuleExchange {
  /** The rules of people as YAML; all where no ids are given, and what is not there is left out. */
  write(version: string, ids?: readonly string[]): Promise<string>;
  /**
   * Reads a file of ours, or files of Home Assistant that belong together. `meant`: what their entities are here, by their
   * names; without `keep`, the others are guessed.
   */
  read(
    files: readonly GivenFile[],
    options: { readonly meant: Readonly<Record<string, string>>; readonly keep?: Keep | undefined },
  ): Promise<Incoming>;
}
