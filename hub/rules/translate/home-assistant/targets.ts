import type { Target } from "../../../model/rule/target.ts";
import type { MeantDevice } from "./desk.ts";

/** The devices as few targets as will do: those that are meant by one endpoint's number stand together. */
export function targetsOf(devices: readonly MeantDevice[]): readonly Target[] {
  const byEndpoint = new Map<number, Set<string>>();
  for (const { node, endpoint } of devices)
    byEndpoint.set(endpoint, (byEndpoint.get(endpoint) ?? new Set<string>()).add(node));
  return [...byEndpoint].map(([endpoint, nodes]) => ({ nodes: [...nodes], endpoint }));
}

export const targetOf = ({ node, endpoint }: MeantDevice): Target => ({ nodes: [node], endpoint });
