/** Repairs of meters' numbers, as a person sees and changes them. Implemented by shells; nothing here does anything. */
import type { NodeId } from "../model/path.ts";
import type { Repair } from "../model/repair.ts";

/** A repair with what it is about, by the names of now. */
export interface RepairView extends Repair {
  readonly node: NodeId;
  readonly name: string;
  /** What the counter counts, or that it is a power. */
  readonly label: string;
}

export type RepairChange =
  | { readonly kind: "undo" }
  | { readonly kind: "redo" }
  /** At most what the connection carries in that time, not below zero. */
  | { readonly kind: "adjust"; readonly kwh: number };

export interface Repairs {
  /** The newest first, at most 500; of one device or of all, that touch [from, to). */
  list(query: { readonly node?: NodeId; readonly from?: number; readonly to?: number }): readonly RepairView[];
  /** Undefined where there is none; throws RangeError naming the field. */
  change(id: string, change: RepairChange, by: string): RepairView | undefined;
}
