/** What a device's file in this folder is given to put it into a problem. */
import type { PolicyLimits } from "../../../model/policy.ts";
import type { Demand, Demanded } from "../../goals/demand.ts";
import type { House } from "../../schedule/problem.ts";
import type { Outlook } from "../outlook.ts";
import type { Around } from "../when.ts";

export interface Posing {
  readonly demands: readonly Demanded[];
  readonly limits: PolicyLimits;
  readonly outlook: Outlook;
  readonly around: Around;
  /** The home as it is: a number or a word by its text path; undefined where it is not known. */
  readonly now: (path: string) => number | string | boolean | undefined;
  /** What contract and fuse ask of the whole house; absent: nothing. */
  readonly connection?: House;
}

export type DemandedOf<K extends Demand["kind"]> = Omit<Demanded, "demand"> & {
  readonly demand: Extract<Demand, { readonly kind: K }>;
};

/** The demands of a kind. */
export const ofKind = <K extends Demand["kind"]>(demands: readonly Demanded[], kind: K): DemandedOf<K>[] =>
  demands.filter((d): d is DemandedOf<K> => d.demand.kind === kind);

/** A device for the problem, or why it can't be planned at this moment. */
export type Posed<T> = T | { readonly cannot: string };

export const numberAt = (posing: Posing, path: string | undefined): number | undefined => {
  const value = path === undefined ? undefined : posing.now(path);
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
};
