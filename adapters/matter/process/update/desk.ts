import type { ClientNode, Endpoint, ServerNode } from "@matter/main";
import { OtaSoftwareUpdateRequestorClient } from "@matter/main/behaviors/ota-software-update-requestor";
import type { OtaSoftwareUpdateProvider } from "@matter/main/clusters/ota-software-update-provider";
import { OtaSoftwareUpdateRequestor } from "@matter/main/clusters/ota-software-update-requestor";
import { BdxProtocol, FabricAuthority, Flow, PeerAddress } from "@matter/main/protocol";
import type { Problem } from "../../../../hub/model/finding.ts";
import type { NodeId } from "../../../../hub/model/path.ts";
import type { BadUpdateFile, DeviceUpdate } from "../../../../hub/ports.ts";
import type { Managed, UpdateWish } from "../../protocol.ts";
import type { Outbox } from "../outbox.ts";
import { inWords } from "../reasons.ts";
import { Offers } from "./offers.ts";
import { isSubscribed, knownOf, requestorOf } from "./peer.ts";
import { addProvider, Consents, openTo } from "./provider.ts";
import { Run } from "./run.ts";

/** How often the folder is looked through; a look costs a few system calls while nothing changed. */
const LOOK_MS = 60_000;
/** Each update is a long transfer over a network that others use. */
const AT_ONCE = 3;

/** A device of this hub, by the id that people's wishes name. */
export interface Updatee {
  readonly id: NodeId;
  readonly peer: ClientNode;
}

interface Parts {
  readonly node: ServerNode;
  readonly folder: string;
  readonly outbox: Outbox;
  readonly devices: () => readonly Updatee[];
}

const problemOf = ({ file, why }: BadUpdateFile): Problem => ({
  code: "matter-update-file",
  topic: file,
  message: `The update file ${file} ${why}.`,
  fix: "Fetch it again from its maker, or take it out of the folder matter-updates.",
});

const refused = (reason: string): Managed => ({ ok: false, reason });

/** Knows which updates there are, and puts one on a device once a person said yes to exactly that one; never before. */
export class UpdateDesk extends Consents {
  readonly #parts: Parts;
  readonly #offers: Offers;
  readonly #runs = new Map<NodeId, Run>();
  /** What is being taken from a device whose update is over. */
  readonly #closing = new Map<NodeId, Promise<void>>();
  readonly #told = new Map<NodeId, string>();
  #toldBad = "[]";
  #provider: Endpoint | undefined;
  #bdx: BdxProtocol | undefined;
  #looks: NodeJS.Timeout | undefined;
  #looking = false;

  constructor(parts: Parts, online: boolean) {
    super();
    this.#parts = parts;
    this.#offers = new Offers(parts.folder, online);
  }

  /** Puts the provider on the hub's node; before that starts. */
  async attach(): Promise<void> {
    this.#provider = await addProvider(this.#parts.node, this);
  }

  set online(online: boolean) {
    this.#offers.online = online;
  }

  /** After the start and after each pairing: devices may reach the provider, and what there is for them is looked up. Never throws. */
  async begin(): Promise<void> {
    try {
      if (this.#provider) await openTo(this.#parts.node, this.#provider);
    } catch (error) {
      const message = `no device can be updated: ${inWords(error)}`;
      this.#parts.outbox.send({ kind: "log", level: "warn", message });
    }
    for (const device of this.#parts.devices()) this.#tell(device);
    // Not waited for: a large file, or the ledger, takes its time.
    void this.look();
    this.#looks ??= setInterval(() => void this.look(), LOOK_MS);
  }

  close(): void {
    clearInterval(this.#looks);
    for (const run of this.#runs.values()) run.end("failed", "The Matter part of the hub was stopped.");
  }

  /** The device is no longer this hub's. */
  forget(id: NodeId): void {
    this.#runs.get(id)?.end("failed", "The device was removed.");
    this.#runs.delete(id);
    this.#told.delete(id);
  }

  /** Looks through the folder, asks the ledger of all devices what was not asked today, and tells what changed. */
  async look(): Promise<void> {
    if (this.#looking) return;
    this.#looking = true;
    try {
      await this.#lookHere();
      for (const { peer } of this.#parts.devices()) await this.#offers.ask(peer, false);
      await this.#lookHere();
    } finally {
      this.#looking = false;
    }
  }

  async #lookHere(): Promise<void> {
    await this.#offers.look();
    for (const device of this.#parts.devices()) this.#tell(device);
    const files = this.#offers.badFiles;
    const text = JSON.stringify(files);
    if (text === this.#toldBad) return;
    this.#toldBad = text;
    this.#parts.outbox.send({ kind: "badUpdateFiles", files });
    for (const bad of files) this.#parts.outbox.send({ kind: "problem", problem: problemOf(bad) });
  }

  /** Never throws. */
  async manage(device: Updatee, wish: UpdateWish): Promise<Managed> {
    switch (wish.what) {
      case "lookForUpdate":
        await this.#offers.ask(device.peer, true);
        await this.#lookHere();
        return { ok: true };
      case "update":
        return this.#start(device, wish.version);
      case "stopUpdate":
        return this.#stop(device);
    }
  }

  override asked(
    address: PeerAddress,
    request: OtaSoftwareUpdateProvider.QueryImageRequest,
  ): OtaSoftwareUpdateProvider.QueryImageResponse | undefined {
    const run = this.#runFor(address);
    const known = run && knownOf(run.peer);
    // What asks must be what the person said yes for.
    if (!run || known?.vendorId !== request.vendorId || known.productId !== request.productId) return undefined;
    const [fabric] = this.#parts.node.env.get(FabricAuthority).fabrics;
    const offer = fabric && run.offer(fabric.rootNodeId, request.protocolsSupported);
    if (!run.storage || offer?.imageUri === undefined) return offer;
    this.#transfers().enablePeerForScope(address, run.storage, {
      preferredDriverModes: [Flow.DriverMode.ReceiverDrive],
    });
    return offer;
  }

  override mayApply(address: PeerAddress, token: Uint8Array, version: number): boolean {
    return this.#runFor(address)?.mayApply(token, version) ?? false;
  }

  #runFor(address: PeerAddress): Run | undefined {
    for (const run of this.#runs.values())
      if (run.isRunning && run.peer.peerAddress && PeerAddress.is(run.peer.peerAddress, address)) return run;
    return undefined;
  }

  #transfers(): BdxProtocol {
    if (!this.#bdx) {
      this.#bdx = this.#parts.node.env.get(BdxProtocol);
      this.#bdx.sessionStarted.on((session) => void this.#runFor(session.peerAddress)?.transfers(session));
    }
    return this.#bdx;
  }

  async #start(device: Updatee, version: number): Promise<Managed> {
    const { id, peer } = device;
    await this.#offers.look();
    const requestor = requestorOf(peer);
    if (!requestor) return refused("This device takes no updates through Matter; use its maker's app.");
    if (this.#runs.get(id)?.isRunning) return refused("An update of this device is under way already.");
    if ([...this.#runs.values()].filter((run) => run.isRunning).length >= AT_ONCE)
      return refused(`${AT_ONCE} updates are under way. Wait until one of them is over.`);
    if (!isSubscribed(peer)) return refused("The device does not answer now. Try again when it is back.");
    if (requestor.stateOf(OtaSoftwareUpdateRequestorClient).updatePossible === false)
      return refused("The device says that it can't be updated now; its battery may be low, or it is at work.");
    const offer = this.#offers.offerFor(peer);
    if (offer?.version !== version)
      return refused(offer ? `There is another update now, ${offer.words}.` : "There is no such update any more.");
    const run = new Run(peer, { version, words: offer.words }, (changed) => this.#changed(device, changed));
    this.#runs.set(id, run);
    this.#tell(device);
    void this.#carryOut(device, run, requestor);
    return { ok: true };
  }

  /** Until the device was told; the rest comes from the device. */
  async #carryOut(device: Updatee, run: Run, requestor: Endpoint): Promise<void> {
    try {
      await this.#closing.get(device.id);
      const image = await this.#offers.imageFor(device.peer, run.wanted.version);
      const [fabric] = this.#parts.node.env.get(FabricAuthority).fabrics;
      if (!fabric || !this.#provider) return run.end("failed", "This hub has no Matter home yet.");
      if (!run.isRunning) return;
      run.has(image);
      await requestor.commandsOf(OtaSoftwareUpdateRequestorClient).announceOtaProvider({
        providerNodeId: fabric.rootNodeId,
        vendorId: fabric.rootVendorId,
        announcementReason: OtaSoftwareUpdateRequestor.AnnouncementReason.UpdateAvailable,
        endpoint: this.#provider.number,
      });
    } catch (error) {
      run.end("failed", `The update could not be begun: ${inWords(error)}`);
    }
  }

  #stop({ id }: Updatee): Managed {
    const run = this.#runs.get(id);
    if (!run?.isRunning) return refused("No update of this device is under way.");
    if (!run.isStoppable)
      return refused("The device puts the update in place by itself now; cutting its power could break it.");
    run.end("cancelled", "Stopped. The device keeps its version.");
    return { ok: true };
  }

  #changed(device: Updatee, run: Run): void {
    if (!run.isRunning) {
      const closing = this.#shut(device.peer, run).finally(() => this.#closing.delete(device.id));
      this.#closing.set(device.id, closing);
    }
    this.#tell(device);
  }

  /** The device can read nothing more; a transfer that runs is ended. */
  async #shut({ peerAddress }: ClientNode, run: Run): Promise<void> {
    await run.quiet();
    if (peerAddress && run.storage)
      await this.#bdx?.disablePeerForScope(peerAddress, run.storage, true).catch(() => undefined);
  }

  #tell(device: Updatee): void {
    const { id, peer } = device;
    const known = knownOf(peer);
    if (!known) return;
    const able = requestorOf(peer) !== undefined;
    const offer = able ? this.#offers.offerFor(peer) : undefined;
    const run = this.#runs.get(id)?.view();
    const update: DeviceUpdate = { words: known.words, able, ...(offer ? { offer } : {}), ...(run ? { run } : {}) };
    const text = JSON.stringify(update);
    if (this.#told.get(id) === text) return;
    this.#told.set(id, text);
    this.#parts.outbox.send({ kind: "update", node: id, update });
  }
}
