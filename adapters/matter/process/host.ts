import {
  type Behavior,
  ClientNode,
  type Endpoint,
  Environment,
  Millis,
  Node,
  Seconds,
  ServerNode,
  VendorId,
} from "@matter/main";
import { ChangeNotificationService, ControllerBehavior } from "@matter/main/node";
import type { Command } from "../../../hub/model/command.ts";
import type { Problem } from "../../../hub/model/finding.ts";
import { type NodeId, nodeIdOf } from "../../../hub/model/path.ts";
import type { SendResult } from "../../../hub/ports.ts";
import { isOfUpdates, type Managed, type ManageWish, type ProcessOptions } from "../protocol.ts";
import { manage } from "./admin.ts";
import type { Commissioned } from "./attempt.ts";
import { backUp } from "./backup.ts";
import { prepareBluetooth } from "./ble.ts";
import { type CommissionRequest, commission } from "./commission.ts";
import { Orphans } from "./orphans.ts";
import type { Outbox } from "./outbox.ts";
import { readCode } from "./payload.ts";
import { PeerWatch } from "./peer.ts";
import { isCluster } from "./peer-facts.ts";
import { type Repaired, repairStore } from "./repair.ts";
import { subscribe } from "./subscription.ts";
import { tolerateOddDevices } from "./tolerance.ts";
import { Trust } from "./trust/service.ts";
import { UpdateDesk } from "./update/desk.ts";

/** A device that is asked to leave the fabric has so long to say that it did. */
const LEAVE_MS = 8000;

/** After a start with many nodes they are connected a few at a time, and read a few more at a time. */
const noStorm = {
  fast: { exchanges: 24, connect: { exchanges: 4, delay: Millis(40), timeout: Seconds(10) } },
  wifi: { exchanges: 24, connect: { exchanges: 4, delay: Millis(40), timeout: Seconds(10) } },
};

/** Sets matter.js up for this process; before any node is made. */
export function configure(storage: string): void {
  tolerateOddDevices();
  const { vars } = Environment.default;
  // Set whole: matter.js has by now read this process's arguments and MATTER_* variables into the same names.
  vars.set("storage", { driver: "file", path: storage });
  vars.set("runtime", { signals: false, exitcode: false, unhandlederrors: false });
  const networkInterface = process.env.INGLENOOK_MDNS_INTERFACE;
  if (networkInterface) vars.set("mdns", { networkinterface: networkInterface });
}

/** The hub as a Matter controller: one fabric, its commissioned nodes, and what they report. */
export class MatterHost {
  readonly #node: ServerNode;
  readonly #storage: string;
  readonly #options: ProcessOptions;
  readonly #trust: Trust;
  readonly #bluetooth: boolean;
  readonly #outbox: Outbox;
  readonly #watches = new Map<ClientNode, PeerWatch>();
  readonly #orphans: Orphans;
  readonly #updates: UpdateDesk;

  private constructor(
    node: ServerNode,
    options: ProcessOptions,
    outbox: Outbox,
    parts: { trust: Trust; bluetooth: boolean },
  ) {
    this.#node = node;
    this.#storage = options.storage;
    this.#options = options;
    this.#outbox = outbox;
    this.#trust = parts.trust;
    this.#bluetooth = parts.bluetooth;
    this.#orphans = new Orphans(node, options, (peer) => this.#adopted(peer));
    const devices = () => [...this.#watches.values()].flatMap(({ ids: [id], peer }) => (id ? [{ id, peer }] : []));
    const folder = options.updateFolder ?? `${options.storage}-updates`;
    this.#updates = new UpdateDesk({ node, outbox, folder, devices }, options.online);
  }

  /** Reads the store and goes online. Throws when the store can't be read or the network can't be opened. */
  static async open(options: ProcessOptions, outbox: Outbox, environment = Environment.default): Promise<MatterHost> {
    const { storage, fabricLabel, trustFolder, online } = options;
    const repaired = await repairStore(storage);
    if (repaired) outbox.send({ kind: "problem", problem: toldOf(repaired) });
    const bluetooth = (await prepareBluetooth(environment)) === "ready";
    const trust = new Trust(environment, { folder: trustFolder, online });
    const node = await ServerNode.create(ServerNode.RootEndpoint.with(ControllerBehavior), {
      id: "hub",
      environment,
      // A device that comes back under another address is not looked for at its old one for long.
      network: { port: 0, timing: { delayBeforeNextAddress: Seconds(5) }, profiles: noStorm },
      commissioning: { enabled: false },
      controller: { adminFabricLabel: fabricLabel },
      basicInformation: {
        vendorId: VendorId(0xfff1),
        vendorName: "Inglenook",
        productId: 0x8100,
        productName: "Hub",
        hardwareVersion: 1,
        softwareVersion: 1,
      },
    });
    await trust.construction;
    const host = new MatterHost(node, options, outbox, { trust, bluetooth });
    node.env.get(ChangeNotificationService).change.on((change) => {
      if (change.kind === "update") host.#changed(change.endpoint, change.behavior, change.properties);
      if (change.kind === "event")
        host.#happened(change.endpoint, change.behavior, change.event.propertyName, change.payload);
    });
    for (const peer of node.peers) if (peer.lifecycle.isCommissioned) host.#watch(peer);
    await host.#updates.attach();
    await node.start();
    void host.#settle().catch((error: unknown) => outbox.send({ kind: "log", level: "warn", message: String(error) }));
    return host;
  }

  /** The store was read whole and all of it runs: this is the state to come back to. */
  async #settle(): Promise<void> {
    for (const { peer } of [...this.#watches.values()]) await subscribe(peer);
    await this.#updates.begin();
    await this.#keep();
    this.#orphans.seekForAWhile();
  }

  /** A device whose pairing nobody saw the end of. */
  async #adopted(peer: ClientNode): Promise<void> {
    this.#watch(peer).describe();
    await subscribe(peer);
    await this.#keep();
  }

  /** After a change that is done: a full disk must not undo it, only be told of. */
  async #keep(): Promise<void> {
    await backUp(this.#storage).catch((error: unknown) =>
      this.#outbox.send({
        kind: "log",
        level: "warn",
        message: `no copy of the Matter store was made: ${String(error)}`,
      }),
    );
  }

  /** From now on the public ledger may be asked, or may not. */
  online(online: boolean): void {
    this.#trust.online = online;
    this.#updates.online = online;
  }

  /** What pairing has to go by on this machine. */
  async facts(): Promise<{ readonly roots: number; readonly bluetooth: boolean }> {
    await this.#trust.refresh(() => undefined);
    return { roots: this.#trust.rootCount, bluetooth: this.#bluetooth };
  }

  /** Pairs the device that a code belongs to. Never throws for a device's fault. */
  async commission(request: Omit<CommissionRequest, "bluetooth" | "acceptTestDevices" | "given">) {
    request.step("copy");
    await backUp(this.#storage);
    await this.#trust.refresh((words) => this.#outbox.send({ kind: "log", level: "warn", message: words }));
    const { acceptTestDevices } = this.#options;
    const given: CommissionRequest["given"] = (address, passcode) => this.#orphans.note(address, passcode);
    const whole = { ...request, acceptTestDevices, given, bluetooth: this.#bluetooth };
    const outcome = await this.#orElse(request.code, await commission(this.#node, whole));
    if (!outcome.ok) return outcome;
    request.step("read");
    await subscribe(outcome.peer);
    const watch = this.#watch(outcome.peer);
    watch.paired();
    watch.describe();
    await this.#keep();
    if (outcome.peer.peerAddress) await this.#orphans.forget(outcome.peer.peerAddress).catch(() => undefined);
    await this.#updates.begin();
    const [id] = watch.ids;
    if (!id) return { ok: false, problem: "The device is paired but said nothing of itself. Restart it." } as const;
    if (outcome.accepted.length > 0)
      this.#outbox.send({
        kind: "problem",
        problem: {
          code: "matter-certificate-not-proven",
          node: id,
          message: `A person accepted this device although it did not prove what it is: ${outcome.accepted.join(" ")}`,
          fix: "Keep it only if you know where it comes from.",
        },
      });
    return { ok: true, node: id } as const;
  }

  /** A device that thinks itself paired already, since an earlier pairing broke off at its end, answers to no code. */
  async #orElse(code: string, outcome: Commissioned): Promise<Commissioned> {
    if (outcome.ok) return outcome;
    const payload = readCode(code);
    if (typeof payload === "string" || outcome.final) return outcome;
    const peer = await this.#orphans.seek(payload.passcode).catch(() => undefined);
    if (!peer) this.#orphans.seekForAWhile();
    return peer ? { ok: true, peer, accepted: [] } : outcome;
  }

  async send(command: Command): Promise<SendResult> {
    const watch = this.#owner(command.target.node);
    return watch ? watch.send(command) : { ok: false, reason: "the device is not paired with this hub" };
  }

  /** What an administrator of the device may do; its fabrics belong to the device, not to what is bridged behind it. */
  async manage(id: NodeId, wish: ManageWish): Promise<Managed> {
    const watch = this.#owner(id);
    if (!watch || watch.ids[0] !== id)
      return { ok: false, absent: true, reason: "the device is not paired with this hub itself" };
    const { peer } = watch;
    return isOfUpdates(wish) ? this.#updates.manage({ id, peer }, wish) : manage(peer, wish);
  }

  /** Asks the device to leave the fabric, and forgets it either way. */
  async remove(id: NodeId): Promise<SendResult> {
    const watch = this.#owner(id);
    if (!watch) return { ok: false, reason: "the device is not paired with this hub" };
    await backUp(this.#storage);
    const ids = [...watch.ids];
    this.#updates.forget(id);
    watch.close();
    this.#watches.delete(watch.peer);
    await within(LEAVE_MS, watch.peer.decommission());
    await watch.peer.delete().catch(() => undefined);
    await this.#keep();
    for (const node of ids) this.#outbox.send({ kind: "nodeGone", node });
    return { ok: true };
  }

  async close(): Promise<void> {
    this.#updates.close();
    this.#orphans.close();
    for (const watch of this.#watches.values()) watch.close();
    await this.#node.close();
    await this.#trust.close();
  }

  #watch(peer: ClientNode): PeerWatch {
    const known = this.#watches.get(peer);
    if (known) return known;
    const watch: PeerWatch = new PeerWatch(peer, this.#outbox, (id) => this.#unique(id, peer));
    this.#watches.set(peer, watch);
    return watch;
  }

  /** Makers ship devices that share one serial number: the one paired later gets its fabric node id as well. */
  #unique(id: NodeId, peer: ClientNode): NodeId {
    for (const [other, watch] of this.#watches)
      if (other !== peer && watch.ids.includes(id)) return nodeIdOf(id, `n${String(peer.peerAddress?.nodeId)}`);
    return id;
  }

  #owner(id: NodeId): PeerWatch | undefined {
    for (const watch of this.#watches.values()) if (watch.ids.includes(id)) return watch;
    return undefined;
  }

  #changed(endpoint: Endpoint, behavior: Behavior.Type, properties: string[] | undefined): void {
    if (!isCluster(behavior)) return;
    const peer = Node.forEndpoint(endpoint);
    if (peer instanceof ClientNode) this.#watches.get(peer)?.changed(endpoint, behavior, properties);
  }

  #happened(endpoint: Endpoint, behavior: Behavior.Type, event: string, fields: unknown): void {
    if (!isCluster(behavior)) return;
    const peer = Node.forEndpoint(endpoint);
    if (peer instanceof ClientNode) this.#watches.get(peer)?.happened(endpoint, behavior, event, fields);
  }
}

const toldOf = ({ files, count, copyFrom }: Repaired): Problem => ({
  code: "matter-store-restored",
  message:
    `The Matter store was damaged (${count} ${count === 1 ? "file" : "files"}: ${files.join(", ")}) and was restored from ` +
    `the copy of ${new Date(copyFrom).toISOString().slice(0, 16).replace("T", " ")} UTC. No device has to be paired again.`,
  fix: "Look after the memory card or disk: damaged files are often its first sign. What was damaged lies in matter-damaged.",
});

/** Whether the work ended well within the time; its error is its own. */
async function within(ms: number, work: Promise<unknown>): Promise<boolean> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<false>((resolve) => {
    timer = setTimeout(() => resolve(false), ms);
  });
  const done = work.then(
    () => true,
    () => false,
  );
  return Promise.race([done, late]).finally(() => clearTimeout(timer));
}
