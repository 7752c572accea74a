import type { RuleDraft } from "../../../model/rule/rule.ts";
import type { Ask } from "../asks.ts";
import type { Desk } from "../desk.ts";
import type { Range } from "../space/range.ts";

/** A rule whose dangers are looked for. */
export interface Danger {
  readonly desk: Desk;
  readonly limits: (thing: string) => Range | undefined;
  readonly id: string;
  readonly draft: RuleDraft;
  readonly asks: readonly Ask[];
  /** Whether another rule or a plan asks for the contrary some time. */
  readonly ended: (ask: Ask) => boolean;
}
