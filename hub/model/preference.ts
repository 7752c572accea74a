/** What a person has shown to want by refusing or changing what was proposed: typed, so that no text of theirs or of a device's is ever obeyed. */
import type { NodeId } from "./path.ts";

/** What it asks of later proposals. */
export type Preferred =
  /** Leave a device out, unless a goal names it: then ask. */
  | { readonly kind: "leaveAlone"; readonly node: NodeId }
  /** Keep a limit in all policies; `most` where the limit is a number. */
  | { readonly kind: "limit"; readonly limit: "noGridCharging" }
  | { readonly kind: "limit"; readonly limit: "cyclesPerDay" | "commandsPerDay"; readonly most: number }
  /**
   * Ask before it is steered again: by hand a person did the contrary of what was planned on several days, between these minutes of the
   * day.
   */
  | {
      readonly kind: "askFirst";
      readonly node: NodeId;
      /** What the person did. */
      readonly act: "on" | "off" | "set";
      readonly days: number;
      readonly fromMinutes: number;
      readonly toMinutes: number;
    }
  /** Ask before the same devices are proposed together again: a policy over them was refused. */
  | { readonly kind: "notThis"; readonly nodes: readonly NodeId[] }
  /** Propose a measure on a device last, and ask: a single plan of it was refused. `measure` is the strategy's name. */
  | { readonly kind: "notThisMeasure"; readonly node: NodeId; readonly measure: string };

/** How it came to be known: said so in a list, by refusing or changing a plan or policy, or by hand. */
export type PreferenceSource = "said" | "refused" | "changed" | "byHand";

export interface Preference {
  readonly id: string;
  /** Epoch ms. */
  readonly at: number;
  /** The person; of what hands have shown: "hub". */
  readonly by: string;
  readonly source: PreferenceSource;
  readonly what: Preferred;
  /** Taken back by a person, epoch ms: kept only so that the same hands are not counted anew. */
  readonly takenBackAt?: number;
}
