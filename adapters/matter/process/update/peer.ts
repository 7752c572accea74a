import type { ClientNode, Endpoint } from "@matter/main";
import { BasicInformationClient } from "@matter/main/behaviors/basic-information";
import { OtaSoftwareUpdateRequestorClient } from "@matter/main/behaviors/ota-software-update-requestor";
import { BasicInformation } from "@matter/main/clusters/basic-information";
import { OtaSoftwareUpdateRequestor } from "@matter/main/clusters/ota-software-update-requestor";
import { NetworkClient } from "@matter/main/node";
import { ClientSubscriptions, PeerUnresponsiveError, Read, SessionManager } from "@matter/main/protocol";
import { EndpointNumber } from "@matter/main/types";
import { plainText } from "../../facts.ts";
import type { Updatable } from "../../update/match.ts";
import type { Fresh } from "../../update/progress.ts";

/** A device that is away is not waited for longer. */
const READ_MS = 5000;

export interface Known extends Updatable {
  /** The version as people call it. */
  readonly words: string;
}

/** What was last read of the device; undefined before that. */
export function knownOf(peer: ClientNode): Known | undefined {
  const held = peer.maybeStateOf(BasicInformationClient);
  if (typeof held?.softwareVersion !== "number") return undefined;
  const { vendorId, productId, softwareVersion: version, softwareVersionString } = held;
  return { vendorId, productId, version, words: plainText(softwareVersionString) ?? String(version) };
}

/** The endpoint through which the device is updated; undefined where it can't be. */
export const requestorOf = (peer: ClientNode): Endpoint | undefined =>
  [...peer.endpoints].find((endpoint) => endpoint.behaviors.has(OtaSoftwareUpdateRequestorClient));

export const isSubscribed = (peer: ClientNode): boolean =>
  peer.act((agent) => agent.get(NetworkClient).subscriptionActive);

/**
 * It answers no more in the middle of an update: it restarts, as it should or not. What was agreed with it before is void;
 * without this it would take up to a minute until it is spoken to anew.
 */
export async function letGo({ env, peerAddress }: ClientNode): Promise<void> {
  if (!peerAddress) return;
  await env.get(SessionManager).handlePeerLoss(peerAddress, { cause: new PeerUnresponsiveError() });
  env.get(ClientSubscriptions).closeForPeer(peerAddress);
}

/** Reads version and state from the device itself. Rejects when it does not answer in five seconds. */
export async function readFresh(peer: ClientNode): Promise<Omit<Fresh, "quiet">> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("the device does not answer")), READ_MS);
  });
  return Promise.race([read(peer), late]).finally(() => clearTimeout(timer));
}

async function read(peer: ClientNode): Promise<Omit<Fresh, "quiet">> {
  const held = new Map<string, unknown>();
  const requestor = requestorOf(peer);
  const request = Read(
    { fabricFilter: true },
    Read.Attribute({ endpoint: EndpointNumber(0), cluster: BasicInformation, attributes: versions }),
    ...(requestor
      ? [
          Read.Attribute({
            endpoint: requestor.number,
            cluster: OtaSoftwareUpdateRequestor,
            attributes: ["updateState"],
          }),
        ]
      : []),
  );
  for await (const chunk of peer.interaction.read(request))
    for await (const entry of chunk)
      if (entry.kind === "attr-value") held.set(`${entry.path.clusterId}/${entry.path.attributeId}`, entry.value);
  const number = (cluster: number, attribute: { readonly id: number }) => {
    const value = held.get(`${cluster}/${attribute.id}`);
    return typeof value === "number" ? value : undefined;
  };
  return {
    version: number(BasicInformation.id, BasicInformation.attributes.softwareVersion),
    updateState: number(OtaSoftwareUpdateRequestor.id, OtaSoftwareUpdateRequestor.attributes.updateState),
  };
}

const versions: ["softwareVersion", "softwareVersionString"] = ["softwareVersion", "softwareVersionString"];
