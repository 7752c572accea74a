import { type Behavior, type ClientNode, ClusterBehavior, type Endpoint } from "@matter/main";
import { type ClusterFacts, identityFrom, type MatterEndpointFacts, type MatterNodeFacts } from "../facts.ts";

/** A behavior that stands for a cluster of the device; matter.js has others of its own. */
export const isCluster = (type: Behavior.Type): type is ClusterBehavior.Type => ClusterBehavior.is(type);

/** The cluster behaviors of an endpoint. */
export const clustersOf = (endpoint: Endpoint): ClusterBehavior.Type[] =>
  Object.values(endpoint.behaviors.supported).filter(isCluster);

const plain = (state: object): Record<string, unknown> => {
  const copy: Record<string, unknown> = Object.create(null);
  for (const [name, value] of Object.entries(state)) if (value !== undefined) copy[name] = value;
  return copy;
};

/** The attributes of one cluster as last reported; empty when it has none yet. */
export const attributesOf = (endpoint: Endpoint, type: ClusterBehavior.Type): Record<string, unknown> =>
  plain(endpoint.maybeStateOf(type.id) ?? {});

const numbers = (list: unknown): number[] => (Array.isArray(list) ? list.filter((n) => typeof n === "number") : []);

function endpointFacts(endpoint: Endpoint): MatterEndpointFacts {
  const clusters: Record<string, Record<string, unknown>> = Object.create(null);
  const accepted: Record<string, number[]> = Object.create(null);
  for (const type of clustersOf(endpoint)) {
    const attributes = attributesOf(endpoint, type);
    clusters[type.cluster.name] = attributes;
    if (Array.isArray(attributes.acceptedCommandList))
      accepted[type.cluster.name] = numbers(attributes.acceptedCommandList);
  }
  const { deviceTypeList, partsList } = clusters.Descriptor ?? {};
  const types = Array.isArray(deviceTypeList) ? deviceTypeList : [];
  return {
    number: endpoint.number,
    deviceTypes: numbers(types.map((entry: { deviceType?: unknown } | null) => entry?.deviceType)),
    parts: numbers(partsList),
    clusters,
    accepted,
  };
}

/** What matter.js holds of a commissioned node, as plain facts. */
export function factsOf(peer: ClientNode): MatterNodeFacts {
  const endpoints = [...peer.endpoints].map(endpointFacts);
  const root: ClusterFacts = endpoints.find((endpoint) => endpoint.number === 0)?.clusters ?? {};
  const nodeId = peer.peerAddress?.nodeId;
  return {
    identity: identityFrom(root.BasicInformation ?? {}),
    ...(nodeId === undefined ? {} : { fabricNodeId: String(nodeId) }),
    endpoints,
  };
}
