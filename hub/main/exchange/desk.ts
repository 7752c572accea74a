import type { SceneAction } from "../../model/house.ts";
import type { NodeDescription } from "../../model/node.ts";
import type { RuleDraft } from "../../model/rule/rule.ts";
import type { IncomingRule, Rules, Scenes } from "../../ports.ts";
import type { CoreState } from "../../step.ts";
import type { Coming } from "./kept.ts";

/** What a file holds, before it is looked at. */
export interface Read {
  readonly place: number;
  readonly kind: IncomingRule["kind"];
  /** Its name in the system that it comes from; of our own files none. */
  readonly key: string;
  readonly file?: string;
  readonly line: number;
  readonly title: string;
  readonly draft?: RuleDraft;
  readonly scene?: readonly SceneAction[];
  readonly misses: IncomingRule["misses"];
  /** Where a field of the draft stands in the file; only of our own files, whose fields are the draft's. */
  readonly lineOf?: (field: string) => number;
  /** Switches and numbers of the house that are to be made with it. */
  readonly makes?: readonly Coming[];
}

export interface ExchangeDesk {
  readonly state: CoreState;
  readonly rules: Rules;
  readonly scenes: Scenes;
  /** Switches and numbers of the house that are there once the files are kept. */
  readonly coming: readonly NodeDescription[];
}

/** What is there already: by its name in the other system, else by its title. */
export function sameAs({ state, scenes }: ExchangeDesk, read: Read): IncomingRule["same"] {
  if (read.kind === "scene") {
    const scene = scenes.list().find((one) => one.title === read.title);
    return scene && { id: scene.id, title: scene.title };
  }
  const all = state.automation.rules;
  const named = read.key === "" ? undefined : all.find((rule) => rule.source === read.key);
  const found = named ?? all.find((rule) => rule.source === undefined && rule.title === read.title);
  return found && { id: found.id, title: found.title };
}
