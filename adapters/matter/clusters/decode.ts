import { capabilities } from "../../../hub/model/capabilities/index.ts";
import { misfit, type Value } from "../../../hub/model/capability.ts";
import type { Problem } from "../../../hub/model/finding.ts";
import { tableOf } from "./index.ts";
import type { ClusterTable, Siblings } from "./table.ts";

export type DecodedAttribute =
  | { readonly kind: "value"; readonly capability: string; readonly attribute: string; readonly value: Value }
  /** The device has no value now (null on the wire): nothing is known, nothing is wrong. */
  | { readonly kind: "none"; readonly capability: string; readonly attribute: string }
  /** Not in our model. */
  | { readonly kind: "beyond" }
  | { readonly kind: "problem"; readonly problem: Problem };

const alone: Siblings = () => undefined;

const carried = new WeakMap<ClusterTable, ReadonlyMap<string, readonly string[]>>();

/** Our attributes that one of a cluster's attributes carries: its own, and what is made out of it. None: beyond our model. */
export function carriedBy(table: ClusterTable, attribute: string): readonly string[] {
  let known = carried.get(table);
  if (!known) {
    const all = new Map<string, string[]>();
    const add = (of: string, ours: string) => all.set(of, [...(all.get(of) ?? []), ours]);
    for (const [of, { as }] of Object.entries(table.attributes)) add(of, as ?? of);
    for (const [ours, { of }] of Object.entries(table.parts ?? {})) add(of, ours);
    carried.set(table, all);
    known = all;
  }
  return known.get(attribute) ?? [];
}

/**
 * Reads one attribute report: Matter's names and wire scale into ours. Pure; never throws, and gives no value outside
 * the range of its capability. Usually one; a struct may come to several.
 * `siblings` gives the other attributes of the same cluster, for the few values that need them (a unit, a second form).
 */
export function decodeAttribute(
  cluster: string,
  attribute: string,
  wire: unknown,
  siblings: Siblings = alone,
): readonly DecodedAttribute[] {
  const table = tableOf(cluster);
  const names = table ? carriedBy(table, attribute) : [];
  if (!table || names.length === 0) return [{ kind: "beyond" }];
  const decoded: DecodedAttribute[] = [];
  let unreadable = false;
  for (const ours of names) {
    const codec = table.parts && Object.hasOwn(table.parts, ours) ? table.parts[ours] : table.attributes[attribute];
    const value = codec?.decode(wire, siblings);
    const type = capabilities[table.capability]?.attributes[ours];
    const { capability } = table;
    if (value === null) decoded.push({ kind: "none", capability, attribute: ours });
    else if (value === undefined || !type || misfit(type, value)) unreadable = true;
    else decoded.push({ kind: "value", capability, attribute: ours, value });
  }
  if (unreadable) decoded.push({ kind: "problem", problem: problemOf(cluster, attribute) });
  return decoded;
}

/**
 * Reads one event of the device into the values that tell of it: none for one beyond our model, or with fields outside
 * the specification. `siblings` gives the attributes of the cluster. Pure; never throws.
 */
export function decodeEvent(cluster: string, event: string, fields: unknown, siblings: Siblings = alone) {
  const table = tableOf(cluster);
  const codecs = table?.events && Object.hasOwn(table.events, event) ? table.events[event] : undefined;
  const found: { capability: string; attribute: string; value: Value }[] = [];
  for (const { attribute, decode } of codecs ?? []) {
    const value = decode(fields, siblings);
    const type = capabilities[table?.capability ?? ""]?.attributes[attribute];
    if (!table || !type || value === null || value === undefined || misfit(type, value)) continue;
    found.push({ capability: table.capability, attribute, value });
  }
  return found;
}

const problemOf = (cluster: string, attribute: string): Problem => ({
  code: "matter-value-not-readable",
  message: `${cluster}.${attribute} carries a value outside the Matter specification`,
  fix: "Update the device's firmware; until then this value stays unknown.",
  field: `${cluster}.${attribute}`,
});
