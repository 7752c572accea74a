import { VENDOR } from "../../hub/model/capabilities/index.ts";
import type { Problem } from "../../hub/model/finding.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { AttributePath } from "../../hub/model/path.ts";
import type { Reading } from "../../hub/model/reading.ts";
import { carriedBy, type DecodedAttribute, decodeAttribute, decodeEvent } from "./clusters/decode.ts";
import { tableOf } from "./clusters/index.ts";
import type { ClusterFacts } from "./facts.ts";
import { readable, vendorName } from "./vendor.ts";

/** What one report came to. `undescribed`: readable, but not in the node's description yet. */
export interface ReadReport {
  readonly readings: readonly Reading[];
  readonly problems: readonly Problem[];
  /** What the device said it has no value for now. */
  readonly unset: readonly Omit<AttributePath, "node">[];
  readonly undescribed: boolean;
}

/**
 * The attributes of one endpoint as readings of its node. Pure; never throws.
 * `only` limits it to the attributes of one report; the others are there for the values that need their siblings.
 */
export function readReport(
  node: NodeDescription,
  endpoint: number,
  clusters: ClusterFacts,
  at: number,
  only?: { readonly cluster: string; readonly attributes: readonly string[] },
): ReadReport {
  const known = node.endpoints.find((description) => description.number === endpoint)?.capabilities;
  const readings: Reading[] = [];
  const problems: Problem[] = [];
  const unset: Omit<AttributePath, "node">[] = [];
  let undescribed = false;
  for (const [cluster, values] of Object.entries(clusters)) {
    if (only && only.cluster !== cluster) continue;
    for (const name of only?.attributes ?? Object.keys(values)) {
      for (const found of readAll(cluster, name, values)) {
        if (found.kind === "problem") problems.push({ ...found.problem, node: node.id });
        if (found.kind === "none" && isAlone(cluster, name, found.attribute, values)) {
          const { capability, attribute } = found;
          if (Object.hasOwn(known?.[capability]?.attributes ?? {}, attribute))
            unset.push({ endpoint, capability, attribute });
        }
        if (found.kind !== "value") continue;
        const { capability, attribute, value } = found;
        const instance = known?.[capability];
        const path = { node: node.id, endpoint, capability, attribute };
        if (!instance || !Object.hasOwn(instance.attributes, attribute)) undescribed = true;
        else readings.push({ path, value, at, source: `${cluster}.${name}` });
      }
    }
  }
  return { readings, problems, unset, undescribed };
}

/** Whether no other attribute that was reported carries the same value of ours in another form. */
function isAlone(cluster: string, name: string, ours: string, values: Readonly<Record<string, unknown>>): boolean {
  const table = tableOf(cluster);
  return (
    table !== undefined &&
    !Object.keys(values).some((other) => other !== name && carriedBy(table, other).includes(ours))
  );
}

/** What one event of a device tells, as readings of its node. Pure; never throws. */
export function readEvent(
  node: NodeDescription,
  endpoint: number,
  happened: { readonly cluster: string; readonly event: string; readonly fields: unknown; readonly at: number },
  values: Readonly<Record<string, unknown>>,
): readonly Reading[] {
  const known = node.endpoints.find((description) => description.number === endpoint)?.capabilities;
  const { cluster, event, fields, at } = happened;
  return decodeEvent(cluster, event, fields, (sibling) => values[sibling]).flatMap(({ value, ...path }) => {
    const instance = known?.[path.capability];
    if (!instance || !Object.hasOwn(instance.attributes, path.attribute)) return [];
    return [{ path: { node: node.id, endpoint, ...path }, value, at, source: `${cluster}.${event}` }];
  });
}

function readAll(
  cluster: string,
  name: string,
  values: Readonly<Record<string, unknown>>,
): readonly DecodedAttribute[] {
  const wire = Object.hasOwn(values, name) ? values[name] : undefined;
  if (wire === undefined) return [];
  return decodeAttribute(cluster, name, wire, (sibling) => values[sibling]).map((decoded): DecodedAttribute => {
    const attribute = decoded.kind === "beyond" ? vendorName(cluster, name) : undefined;
    const value = attribute === undefined ? undefined : readable(wire);
    return attribute === undefined || value === undefined
      ? decoded
      : { kind: "value", capability: VENDOR, attribute, value };
  });
}
