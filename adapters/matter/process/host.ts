import {
  type Behavior,
  ClientNode,
  type Endpoint,
  Environment,
  Node,
  Seconds,
  ServerNode,
  VendorId,
} from "@matter/main";
import { ChangeNotificationService, ControllerBehavior } from "@matter/main/node";
import type { Command } from "../../../hub/model/command.ts";
import { type NodeId, nodeIdOf } from "../../../hub/model/path.ts";
import type { SendResult } from "../../../hub/ports.ts";
import { backUp } from "./backup.ts";
import { commission } from "./commission.ts";
import type { Outbox } from "./outbox.ts";
import { PeerWatch } from "./peer.ts";
import { isCluster } from "./peer-facts.ts";

/** A device that is asked to leave the fabric has so long to say that it did. */
const LEAVE_MS = 8000;

/** Sets matter.js up for this process; before any node is made. */
export function configure(storage: string): void {
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
  readonly #outbox: Outbox;
  readonly #watches = new Map<ClientNode, PeerWatch>();

  private constructor(node: ServerNode, storage: string, outbox: Outbox) {
    this.#node = node;
    this.#storage = storage;
    this.#outbox = outbox;
  }

  /** Reads the store and goes online. Throws when the store can't be read or the network can't be opened. */
  static async open(storage: string, fabricLabel: string, outbox: Outbox): Promise<MatterHost> {
    const node = await ServerNode.create(ServerNode.RootEndpoint.with(ControllerBehavior), {
      id: "hub",
      // A device that comes back under another address is not looked for at its old one for long.
      network: { port: 0, timing: { delayBeforeNextAddress: Seconds(5) } },
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
    const host = new MatterHost(node, storage, outbox);
    node.env.get(ChangeNotificationService).change.on((change) => {
      if (change.kind === "update") host.#changed(change.endpoint, change.behavior, change.properties);
    });
    for (const peer of node.peers) if (peer.lifecycle.isCommissioned) host.#watch(peer);
    await node.start();
    return host;
  }

  async commission(code: string, searchMs: number, step: (words: string) => void) {
    step("Saving a copy of the Matter store");
    await backUp(this.#storage);
    const outcome = await commission(this.#node, code, searchMs, step);
    if (!outcome.ok) return outcome;
    const watch = this.#watch(outcome.peer);
    watch.describe();
    const [id] = watch.ids;
    if (!id) return { ok: false, problem: "The device is paired but said nothing of itself. Restart it." } as const;
    if (outcome.unproven.length > 0)
      this.#outbox.send({
        kind: "problem",
        problem: {
          code: "matter-certificate-not-proven",
          node: id,
          message: `The device's certificate was not checked against the list of certified products (${outcome.unproven.join(", ")})`,
          fix: "Keep it only if you know where it comes from.",
        },
      });
    return { ok: true, node: id } as const;
  }

  async send(command: Command): Promise<SendResult> {
    const watch = this.#owner(command.target.node);
    return watch ? watch.send(command) : { ok: false, reason: "the device is not paired with this hub" };
  }

  /** Asks the device to leave the fabric, and forgets it either way. */
  async remove(id: NodeId): Promise<SendResult> {
    const watch = this.#owner(id);
    if (!watch) return { ok: false, reason: "the device is not paired with this hub" };
    await backUp(this.#storage);
    const ids = [...watch.ids];
    watch.close();
    this.#watches.delete(watch.peer);
    const left = await within(LEAVE_MS, watch.peer.decommission());
    if (!left) await watch.peer.delete();
    for (const node of ids) this.#outbox.send({ kind: "nodeGone", node });
    return { ok: true };
  }

  async close(): Promise<void> {
    for (const watch of this.#watches.values()) watch.close();
    await this.#node.close();
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
}

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
