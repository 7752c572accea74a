import { type ClientNode, Crypto } from "@matter/main";
import { AdministratorCommissioningClient } from "@matter/main/behaviors/administrator-commissioning";
import { BasicInformationClient } from "@matter/main/behaviors/basic-information";
import { OperationalCredentialsClient } from "@matter/main/behaviors/operational-credentials";
import { AdministratorCommissioning } from "@matter/main/clusters/administrator-commissioning";
import { OperationalCredentials } from "@matter/main/clusters/operational-credentials";
import { PaseClient, Read } from "@matter/main/protocol";
import { EndpointNumber, FabricIndex, ManualPairingCodeCodec, QrPairingCodeCodec } from "@matter/main/types";
import type { MatterNode, MatterShare } from "../../../hub/ports.ts";
import { makerOf } from "../bridge/ecosystems.ts";
import { plainText } from "../facts.ts";
import type { Managed, ManageWish, UpdateWish } from "../protocol.ts";
import { inWords } from "./reasons.ts";

/** The longest window there is (Matter core specification 11.19.8.1). */
const WINDOW_S = 900;
/** How hard a guess at the code is made (PBKDF iterations, 3.9: 1,000 to 100,000). */
const ITERATIONS = 10_000;

/** Does what an administrator of the device may do. Never throws: what the device refuses is an answer. */
export async function manage(peer: ClientNode, wish: Exclude<ManageWish, UpdateWish>): Promise<Managed> {
  try {
    switch (wish.what) {
      case "read":
        return { ok: true, node: await readNode(peer) };
      case "share":
        return { ok: true, share: await openWindow(peer) };
      case "endShare":
        await peer.commandsOf(AdministratorCommissioningClient).revokeCommissioning();
        return { ok: true };
      case "rename":
        await peer.setStateOf(BasicInformationClient, { nodeLabel: wish.label });
        return { ok: true };
      case "removeFabric":
        return await removeFabric(peer, wish.index);
    }
  } catch (error) {
    return { ok: false, reason: why(error) };
  }
}

/** The device's own words where they tell more than a status. */
function why(error: unknown): string {
  const text = inWords(error);
  if (/window.*not.*open|WindowNotOpen/i.test(text)) return "No window is open on the device any more.";
  if (/busy/i.test(text)) return "The device is in pairing mode already. Wait until that ends, or end it there.";
  return text;
}

async function readNode(peer: ClientNode): Promise<MatterNode> {
  const held = new Map<string, unknown>();
  // Unfiltered: the subscription tells of our own fabric alone.
  const request = Read(
    { fabricFilter: false },
    Read.Attribute({
      endpoint: EndpointNumber(0),
      cluster: OperationalCredentials,
      attributes: ["fabrics", "supportedFabrics"],
    }),
    Read.Attribute({
      endpoint: EndpointNumber(0),
      cluster: AdministratorCommissioning,
      attributes: ["windowStatus", "adminFabricIndex"],
    }),
  );
  for await (const chunk of peer.interaction.read(request))
    for await (const entry of chunk)
      if (entry.kind === "attr-value") held.set(`${entry.path.clusterId}/${entry.path.attributeId}`, entry.value);
  const { fabrics, supportedFabrics } = OperationalCredentials.attributes;
  const { windowStatus, adminFabricIndex } = AdministratorCommissioning.attributes;
  const of = (cluster: number, attribute: { readonly id: number }) => held.get(`${cluster}/${attribute.id}`);
  const ours = peer.stateOf(OperationalCredentialsClient).currentFabricIndex;
  const open = of(AdministratorCommissioning.id, windowStatus);
  const list = of(OperationalCredentials.id, fabrics);
  const openedBy = of(AdministratorCommissioning.id, adminFabricIndex);
  return {
    fabrics: (Array.isArray(list) ? list : [])
      .slice(0, 254)
      .map((fabric: Partial<OperationalCredentials.FabricDescriptor>) => ({
        index: fabric.fabricIndex ?? 0,
        label: plainText(fabric.label) ?? "",
        maker: makerOf(fabric.vendorId ?? 0),
        ours: fabric.fabricIndex === ours,
      })),
    fabricsAtMost: Number(of(OperationalCredentials.id, supportedFabrics) ?? 0),
    window: open ? (openedBy === ours ? "ours" : "another") : "closed",
    label: plainText(peer.stateOf(BasicInformationClient).nodeLabel) ?? "",
  };
}

/** A code of its own for each window: the one on the label never leaves the house. */
async function openWindow(peer: ClientNode): Promise<MatterShare> {
  const crypto = peer.env.get(Crypto);
  const passcode = PaseClient.generateRandomPasscode(crypto);
  const discriminator = PaseClient.generateRandomDiscriminator(crypto);
  const parameters = { iterations: ITERATIONS, salt: crypto.randomBytes(32) };
  const until = Date.now() + WINDOW_S * 1000;
  await peer.commandsOf(AdministratorCommissioningClient).openCommissioningWindow({
    commissioningTimeout: WINDOW_S,
    discriminator,
    pakePasscodeVerifier: await PaseClient.generatePakePasscodeVerifier(crypto, passcode, parameters),
    ...parameters,
  });
  const { vendorId, productId } = peer.stateOf(BasicInformationClient);
  const qr = QrPairingCodeCodec.encode([
    { version: 0, vendorId, productId, flowType: 0, discriminator, passcode, discoveryCapabilities: 4 },
  ]);
  return { qr, manual: ManualPairingCodeCodec.encode({ discriminator, passcode }), until };
}

async function removeFabric(peer: ClientNode, index: number): Promise<Managed> {
  const credentials = peer.stateOf(OperationalCredentialsClient);
  if (index === credentials.currentFabricIndex)
    return { ok: false, reason: "This is this hub's own home: remove the device instead." };
  const { statusCode } = await peer
    .commandsOf(OperationalCredentialsClient)
    .removeFabric({ fabricIndex: FabricIndex(index) });
  if (statusCode === OperationalCredentials.NodeOperationalCertStatus.Ok) return { ok: true };
  return { ok: false, reason: "The device is not paired with that home any more." };
}
