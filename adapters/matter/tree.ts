import type { MatterEndpointFacts } from "./facts.ts";

type Part = Pick<MatterEndpointFacts, "number" | "parts">;

/** All endpoints below one in the tree of parts (Descriptor.PartsList). A list that leads back to itself ends there. */
export function below(root: Part, all: readonly Part[]): ReadonlySet<number> {
  const partsOf = new Map(all.map(({ number, parts }) => [number, parts ?? []]));
  const found = new Set<number>();
  const open = [...(root.parts ?? [])];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (found.has(next) || next === root.number) continue;
    found.add(next);
    open.push(...(partsOf.get(next) ?? []));
  }
  return found;
}
