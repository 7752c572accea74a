import { type ClientNode, type ClusterBehavior, causedBy, type Endpoint } from "@matter/main";
import { PeerCommunicationError, Read, Write } from "@matter/main/protocol";
import type { ClusterId } from "@matter/main/types";
import type { Command } from "../../../hub/model/command.ts";
import type { SendResult } from "../../../hub/ports.ts";
import { encodeCommand, type MatterAction } from "../clusters/encode.ts";
import { tableFor, tableOf } from "../clusters/index.ts";
import { refusalIn } from "../clusters/refusals.ts";
import { attributesOf, clustersOf } from "./peer-facts.ts";
import { inWords } from "./reasons.ts";

/** The cluster of an endpoint that a capability's command works on. */
const clusterNamed = (endpoint: Endpoint, name: string): ClusterBehavior.Type | undefined =>
  clustersOf(endpoint).find((type) => type.cluster.name === name);

/**
 * Carries one command out on the device. Resolves when the device took or refused it; `touched` names the cluster,
 * `silent` tells that the device did not answer at all.
 */
export async function carryOut(
  peer: ClientNode,
  endpoint: Endpoint,
  command: Command,
): Promise<SendResult & { readonly touched?: string; readonly silent?: true }> {
  const held = (name: string) => {
    const type = clustersOf(endpoint).find((cluster) => cluster.cluster.name === name);
    return type ? attributesOf(endpoint, type) : {};
  };
  const values = held(tableFor(command.capability)?.cluster ?? "");
  const encoded = encodeCommand(command, (name) => values[name]);
  if (!encoded.ok) return encoded;
  const type = clusterNamed(endpoint, encoded.action.cluster);
  if (!type) return { ok: false, reason: `the device has no ${encoded.action.cluster} here` };
  try {
    await perform(peer, endpoint, type, encoded.action);
    return { ok: true, touched: type.cluster.name };
  } catch (error) {
    const refusal = { ok: false, reason: inWords(error) } as const;
    return causedBy(error, PeerCommunicationError) ? { ...refusal, silent: true } : refusal;
  }
}

async function perform(
  peer: ClientNode,
  endpoint: Endpoint,
  type: ClusterBehavior.Type,
  action: MatterAction,
): Promise<void> {
  if (action.kind === "invoke") {
    const run = endpoint.commandsOf(type.id)[action.command];
    if (!run) throw new Error(`the device has no command ${action.command}`);
    const refusal = refusalIn(await run(action.fields));
    if (refusal) throw new Error(refusal);
    return;
  }
  const writes = Object.entries(action.values).map(([name, value]) =>
    Write.Attribute({ endpoint: endpoint.number, cluster: type.cluster, attributes: [name], value }),
  );
  const statuses = await peer.interaction.write(Write(...writes));
  const refused = (statuses ?? []).find(({ status }) => status !== 0);
  if (refused) throw new Error(`the device refused the value (status ${refused.status})`);
}

/** Asks the device for one cluster again; what it says goes into the node's state and its change events. */
export async function reread(peer: ClientNode, endpoint: Endpoint, cluster: string): Promise<void> {
  const type = clusterNamed(endpoint, cluster);
  if (!type) return;
  const request = Read({ fabricFilter: true }, Read.Attribute({ endpoint: endpoint.number, cluster: type.cluster }));
  await take(peer, request);
}

/** What describes a device and is no value of it. */
const utility = new Set(["Descriptor", "Identify", "Groups", "ScenesManagement", "Binding", "FixedLabel", "UserLabel"]);
/** A device need not take more paths in one read (Matter core specification 2.11.2.1). */
const MOST_PATHS = 9;

/**
 * Asks the device for all its values, whatever version of them is held: after a power cut of either side the same version
 * number may stand for other values.
 */
export async function rereadAll(peer: ClientNode): Promise<void> {
  const ids = new Set<ClusterId>();
  for (const endpoint of peer.endpoints)
    for (const { cluster } of clustersOf(endpoint))
      if (endpoint.number === 0 ? tableOf(cluster.name) : !utility.has(cluster.name)) ids.add(cluster.id);
  if (ids.size === 0) return;
  const attributes = ids.size > MOST_PATHS ? [{}] : [...ids].map((clusterId) => ({ clusterId }));
  await take(peer, Read({ fabricFilter: true, attributes }));
}

/** The answer goes into the node's state; a version that is held does not shorten it. */
async function take(peer: ClientNode, request: Read): Promise<void> {
  const whole = { ...request, includeKnownVersions: true };
  for await (const _ of peer.interaction.read(whole));
}
