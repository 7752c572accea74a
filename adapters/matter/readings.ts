import { VENDOR } from "../../hub/model/capabilities/index.ts";
import type { Problem } from "../../hub/model/finding.ts";
import type { NodeDescription } from "../../hub/model/node.ts";
import type { Reading } from "../../hub/model/reading.ts";
import { decodeAttribute } from "./clusters/index.ts";
import type { ClusterFacts } from "./facts.ts";
import { scalar, vendorName } from "./vendor.ts";

/** What one report came to. `undescribed`: readable, but not in the node's description yet. */
export interface ReadReport {
  readonly readings: readonly Reading[];
  readonly problems: readonly Problem[];
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
  let undescribed = false;
  for (const [cluster, values] of Object.entries(clusters)) {
    if (only && only.cluster !== cluster) continue;
    for (const name of only?.attributes ?? Object.keys(values)) {
      const found = readOne(cluster, name, values);
      if (!found) continue;
      if ("problem" in found) {
        problems.push({ ...found.problem, node: node.id });
        continue;
      }
      const { capability, attribute, value } = found;
      const instance = known?.[capability];
      if (!instance || !Object.hasOwn(instance.attributes, attribute)) undescribed = true;
      else
        readings.push({
          path: { node: node.id, endpoint, capability, attribute },
          value,
          at,
          source: `${cluster}.${name}`,
        });
    }
  }
  return { readings, problems, undescribed };
}

function readOne(cluster: string, name: string, values: Readonly<Record<string, unknown>>) {
  const wire = Object.hasOwn(values, name) ? values[name] : undefined;
  if (wire === undefined) return undefined;
  const decoded = decodeAttribute(cluster, name, wire, (sibling) => values[sibling]);
  if (decoded.kind === "value" || decoded.kind === "problem") return decoded;
  const attribute = decoded.kind === "beyond" ? vendorName(cluster, name) : undefined;
  const value = scalar(wire);
  return attribute === undefined || value === undefined ? undefined : { capability: VENDOR, attribute, value };
}
