import type { HouseState } from "../../model/house.ts";
import type { PastColumn, PastStretch } from "../../model/past.ts";
import type { NodeId } from "../../model/path.ts";
import type { Picture } from "../picture.ts";

/** A home's past as a rule may look at it: columns of what was told, and what is known of everything else at a moment. */
export interface PastView {
  /** Epoch ms, to exclusive. */
  readonly from: number;
  readonly to: number;
  readonly timeZone: string;
  /** By text path. */
  readonly columns: ReadonlyMap<string, PastColumn>;
  /** When devices were silent for too long: what they said is stale then. Rising, none overlaps. */
  readonly silences: ReadonlyMap<NodeId, readonly PastStretch[]>;
  /** Prices and place as rules see them; a moment's own are asked for by it. */
  readonly price: Picture["price"];
  readonly exportPrice: (at: number) => number;
  readonly co2: (at: number) => number;
  readonly sunElevation: (at: number) => number;
  readonly sunDay: NonNullable<Picture["sunDay"]>;
  readonly isHoliday: (at: number) => boolean;
  readonly select: NonNullable<Picture["select"]>;
  /** The house's mode and people, from each moment on (epoch ms, rising); the first stands from the beginning. */
  readonly house: readonly { readonly at: number; readonly state: HouseState }[];
  /** The house meter, W: positive imported, or the other way round. */
  readonly grid: { readonly key: string; readonly reversed: boolean } | undefined;
  /** What was worked out for one rule and holds for all of them. */
  readonly almanac: Map<string, unknown>;
}

/** What was worked out once for this past. */
export function once<T>(view: PastView, key: string, make: () => T): T {
  const known = view.almanac.get(key);
  if (known !== undefined) return known as T;
  const made = make();
  view.almanac.set(key, made);
  return made;
}

/** Index of the last of rising times at or before a moment; -1 where there is none. */
export function indexAt(ats: ArrayLike<number>, at: number): number {
  let low = 0;
  let high = ats.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((ats[middle] ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Whether a device had been silent for too long at a moment. */
export function isSilentAt({ silences }: Pick<PastView, "silences">, node: NodeId, at: number): boolean {
  const own = silences.get(node);
  if (!own || own.length === 0) return false;
  let low = 0;
  let high = own.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((own[middle]?.from ?? 0) <= at) low = middle + 1;
    else high = middle;
  }
  return at < (own[low - 1]?.to ?? Number.NEGATIVE_INFINITY);
}

/** A stored value as the attribute's own kind. */
export function toldAt(column: PastColumn, i: number): number | boolean | string {
  const value = column.values[i] ?? 0;
  return column.kind === "boolean" ? value === 1 : value;
}

/** The house as it was at a moment. */
export function houseAt({ house }: PastView, at: number): HouseState | undefined {
  let found = house[0]?.state;
  for (const one of house) {
    if (one.at > at) break;
    found = one.state;
  }
  return found;
}
