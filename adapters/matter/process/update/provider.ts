import { Endpoint, type ServerNode } from "@matter/main";
import { AccessControlServer } from "@matter/main/behaviors/access-control";
import { OtaSoftwareUpdateProviderBehavior } from "@matter/main/behaviors/ota-software-update-provider";
import { AccessControl } from "@matter/main/clusters/access-control";
import { OtaSoftwareUpdateProvider } from "@matter/main/clusters/ota-software-update-provider";
import { OtaProviderEndpoint } from "@matter/main/endpoints/ota-provider";
import { assertRemoteActor, FabricAuthority, NodeSession, type PeerAddress } from "@matter/main/protocol";

const { Status, ApplyUpdateAction } = OtaSoftwareUpdateProvider;

/** What the provider says yes to; everything else is answered "not available". Neither throws. */
export abstract class Consents {
  /** A device asks for an image. */
  abstract asked(
    peer: PeerAddress,
    request: OtaSoftwareUpdateProvider.QueryImageRequest,
  ): OtaSoftwareUpdateProvider.QueryImageResponse | undefined;
  /** A device has an image and asks whether to put it in place. */
  abstract mayApply(peer: PeerAddress, token: Uint8Array, version: number): boolean;
}

/**
 * The hub as a provider of updates (Matter core specification 11.20.3), on the bare behaviour: matter.js's own server
 * asks the public ledger by itself and tries again by itself, while here a person decides and learns how it went.
 */
class Provider extends OtaSoftwareUpdateProviderBehavior {
  override queryImage(
    request: OtaSoftwareUpdateProvider.QueryImageRequest,
  ): OtaSoftwareUpdateProvider.QueryImageResponse {
    return this.env.get(Consents).asked(this.#peer(), request) ?? { status: Status.NotAvailable };
  }

  override applyUpdateRequest({
    updateToken,
    newVersion,
  }: OtaSoftwareUpdateProvider.ApplyUpdateRequest): OtaSoftwareUpdateProvider.ApplyUpdateResponse {
    const may = this.env.get(Consents).mayApply(this.#peer(), new Uint8Array(updateToken as ArrayBuffer), newVersion);
    return { action: may ? ApplyUpdateAction.Proceed : ApplyUpdateAction.Discontinue, delayedActionTime: 0 };
  }

  /** A courtesy of the device: only its own new version is believed. */
  override notifyUpdateApplied(): void {}

  #peer(): PeerAddress {
    assertRemoteActor(this.context);
    const { session } = this.context;
    NodeSession.assert(session);
    return session.peerAddress;
  }
}

/** Puts the provider on the hub's own node; before it starts. */
export async function addProvider(node: ServerNode, consents: Consents): Promise<Endpoint> {
  node.env.set(Consents, consents);
  const endpoint = new Endpoint(OtaProviderEndpoint.with(Provider), { id: "updates" });
  await node.add(endpoint);
  return endpoint;
}

/** Lets the devices of this hub's fabric use the provider, and nothing else of the hub. Does nothing while there is no fabric. */
export async function openTo(node: ServerNode, provider: Endpoint): Promise<void> {
  const [fabric] = (await node.env.load(FabricAuthority)).fabrics;
  if (!fabric) return;
  const { acl } = node.stateOf(AccessControlServer);
  const { Operate } = AccessControl.AccessControlEntryPrivilege;
  const target = { endpoint: provider.number, cluster: OtaSoftwareUpdateProvider.id, deviceType: null };
  const isThere = acl.some(
    ({ fabricIndex, privilege, subjects, targets }) =>
      fabricIndex === fabric.fabricIndex &&
      privilege === Operate &&
      !subjects?.length &&
      targets?.length === 1 &&
      targets[0]?.endpoint === target.endpoint &&
      targets[0]?.cluster === target.cluster,
  );
  if (isThere) return;
  const { Case } = AccessControl.AccessControlEntryAuthMode;
  const entry = {
    fabricIndex: fabric.fabricIndex,
    privilege: Operate,
    authMode: Case,
    subjects: [],
    targets: [target],
  };
  await node.setStateOf(AccessControlServer, { acl: [...acl, entry] });
}
