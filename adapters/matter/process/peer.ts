import type { ClientNode, ClusterBehavior, Endpoint } from "@matter/main";
import { NetworkClient } from "@matter/main/node";
import { ClientSubscriptions } from "@matter/main/protocol";
import type { Command } from "../../../hub/model/command.ts";
import type { NodeId } from "../../../hub/model/path.ts";
import type { SendResult } from "../../../hub/ports.ts";
import { type DescribedNode, describeNodes } from "../describe.ts";
import { readEvent, readReport } from "../readings.ts";
import { carryOut, reread, rereadAll } from "./actions.ts";
import type { Outbox } from "./outbox.ts";
import { attributesOf, factsOf } from "./peer-facts.ts";

/** Structure changes come in bursts; the description is made once they are over. */
const SETTLE_MS = 300;
/** A device that reports a change does so within this time after a command; after it, it is asked. */
const REPORT_MS = 400;
/** A node that has not answered for so long after the start is said to be unreachable. */
const FIRST_ANSWER_MS = 30_000;

const structural = new Set(["Descriptor", "BasicInformation", "BridgedDeviceBasicInformation"]);

/** Watches one commissioned node and tells the hub of it. */
export class PeerWatch {
  readonly peer: ClientNode;
  readonly #outbox: Outbox;
  readonly #rename: (id: NodeId) => NodeId;
  #nodes: readonly DescribedNode[] = [];
  #told = new Map<NodeId, string>();
  #reachable: boolean | undefined;
  /** It answered, by being paired, and its first subscription is still under way: the report of a large bridge takes seconds. */
  #answered = false;
  #settling: NodeJS.Timeout | undefined;
  #waiting: NodeJS.Timeout | undefined;
  #lastReport = new Map<string, number>();
  /** Counts what was heard of the subscription: what was begun for an older one is not told. */
  #turn = 0;

  constructor(peer: ClientNode, outbox: Outbox, rename: (id: NodeId) => NodeId) {
    this.peer = peer;
    this.#outbox = outbox;
    this.#rename = rename;
    peer.eventsOf(NetworkClient).subscriptionStatusChanged.on((active) => this.#subscribed(active));
    peer.lifecycle.offline.on(() => this.#lost());
    this.describe();
    if (this.#isSubscribed) this.#subscribed(true);
    else this.#waiting = setTimeout(() => this.#setReachable(false), FIRST_ANSWER_MS);
  }

  /** It was paired just now. */
  paired(): void {
    this.#answered = true;
  }

  /** The ids of the nodes within this one, its own first. */
  get ids(): readonly NodeId[] {
    return this.#nodes.map(({ description }) => description.id);
  }

  /** Says what the node is now, where that has changed; tells of bridged devices that are gone. */
  describe(): void {
    const facts = factsOf(this.peer);
    // Nothing was read yet: a node without an identity would get an id that is not its own.
    if (facts.identity.vendorId === undefined) return;
    this.#nodes = describeNodes(facts).map(({ description, endpoints }) => ({
      description: { ...description, id: this.#rename(description.id) },
      endpoints,
    }));
    const gone = new Set(this.#told.keys());
    for (const { description } of this.#nodes) {
      gone.delete(description.id);
      const text = JSON.stringify(description);
      if (this.#told.get(description.id) === text) continue;
      const isNew = !this.#told.has(description.id);
      this.#told.set(description.id, text);
      this.#outbox.send({ kind: "nodeFound", node: description });
      // Whether it answers may have been settled before it could be named.
      if (isNew && this.#reachable !== undefined)
        this.#outbox.send({ kind: "reachable", node: description.id, reachable: this.#reachable });
    }
    for (const id of gone) {
      this.#told.delete(id);
      this.#outbox.send({ kind: "nodeGone", node: id });
    }
  }

  /** A change that matter.js noted: only a device's report makes one here. */
  changed(endpoint: Endpoint, type: ClusterBehavior.Type, properties: readonly string[] | undefined): void {
    if (structural.has(type.cluster.name)) this.#settle();
    const values = attributesOf(endpoint, type);
    const all = this.#reachable === true ? Object.keys(values) : [];
    const names = (properties ?? all).filter((name) => !name.startsWith("__"));
    if (names.length === 0) return;
    this.#lastReport.set(`${endpoint.number}|${type.cluster.name}`, Date.now());
    this.#report(endpoint.number, { [type.cluster.name]: values }, { cluster: type.cluster.name, attributes: names });
  }

  /**
   * An event of the device, told at once and one by one: of two presses alike neither replaces the other. What a device
   * tells while the subscription is made happened before, perhaps days ago, and is told to nobody.
   */
  happened(endpoint: Endpoint, type: ClusterBehavior.Type, event: string, fields: unknown): void {
    const node = this.#nodes.find(({ endpoints }) => endpoints.has(endpoint.number))?.description;
    if (!node || this.#reachable !== true) return;
    const happened = { cluster: type.cluster.name, event, fields, at: Date.now() };
    const readings = readEvent(node, endpoint.number, happened, attributesOf(endpoint, type));
    if (readings.length > 0) this.#outbox.send({ kind: "readings", readings });
  }

  /** Carries a command out and makes sure that the device's own word on it follows. */
  async send(command: Command): Promise<SendResult> {
    const number = command.target.endpoint;
    const endpoint = [...this.peer.endpoints].find((candidate) => candidate.number === number);
    if (!endpoint) return { ok: false, reason: `the device has no endpoint ${number}` };
    // Whatever asks: what was not offered, as heat that an oven could make, is not done either.
    const node = this.#nodes.find(({ endpoints }) => endpoints.has(number))?.description;
    const described = node?.endpoints.find((candidate) => candidate.number === number);
    const commands = described?.capabilities[command.capability]?.commands ?? {};
    if (!Object.hasOwn(commands, command.command))
      return { ok: false, reason: `the device does not offer ${command.capability}.${command.command}` };
    // A command to one that is away would be carried out whenever it comes back.
    if (!this.#answered && !this.#isSubscribed) return { ok: false, reason: "the device does not answer" };
    const { touched, silent, ...result } = await carryOut(this.peer, endpoint, command);
    if (silent) this.#lost();
    if (touched) setTimeout(() => this.#confirm(endpoint, touched, Date.now() - REPORT_MS), REPORT_MS);
    return result;
  }

  close(): void {
    this.#turn++;
    clearTimeout(this.#settling);
    clearTimeout(this.#waiting);
  }

  /** Nothing changed, so nothing was reported: the device is asked, and its answer is a reading. */
  #confirm(endpoint: Endpoint, cluster: string, since: number): void {
    if ((this.#lastReport.get(`${endpoint.number}|${cluster}`) ?? 0) >= since) return;
    reread(this.peer, endpoint, cluster).then(
      () => this.#snapshot((number, name) => number === endpoint.number && name === cluster),
      () => undefined,
    );
  }

  #settle(): void {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      this.describe();
      // While it is being read anew, what is held may be from before.
      if (this.#reachable === true) this.#snapshot(() => true);
    }, SETTLE_MS);
  }

  get #isSubscribed(): boolean {
    return this.peer.act((agent) => agent.get(NetworkClient).subscriptionActive);
  }

  #subscribed(active: boolean): void {
    clearTimeout(this.#waiting);
    const isNew = this.#answered;
    this.#answered = false;
    const turn = ++this.#turn;
    if (!active) this.#setReachable(false);
    // It was read whole a moment ago, when it was paired.
    else if (isNew) this.#here();
    else
      rereadAll(this.peer).then(
        () => turn === this.#turn && this.#here(),
        () => turn === this.#turn && this.#lost(),
      );
  }

  #here(): void {
    this.describe();
    this.#snapshot(() => true);
    this.#setReachable(true);
  }

  /**
   * The device said goodbye or no longer answers. matter.js would wait for the end of the subscription (some minutes)
   * in case the device resumes it; few do, so a new one is sought at once and for as long as it takes.
   */
  #lost(): void {
    this.#turn++;
    this.#answered = false;
    this.#setReachable(false);
    const address = this.peer.peerAddress;
    if (address) this.peer.env.get(ClientSubscriptions).closeForPeer(address);
  }

  #setReachable(reachable: boolean): void {
    if (this.#reachable === reachable) return;
    this.#reachable = reachable;
    for (const node of this.ids) this.#outbox.send({ kind: "reachable", node, reachable });
  }

  /** All that is held, as readings of now: right after the device confirmed it. */
  #snapshot(which: (endpoint: number, cluster: string) => boolean): void {
    for (const { number, clusters } of factsOf(this.peer).endpoints) {
      const chosen = Object.fromEntries(Object.entries(clusters).filter(([name]) => which(number, name)));
      this.#report(number, chosen);
    }
  }

  #report(number: number, clusters: Parameters<typeof readReport>[2], only?: Parameters<typeof readReport>[4]): void {
    const node = this.#nodes.find(({ endpoints }) => endpoints.has(number))?.description;
    if (!node) return;
    const { readings, problems, unset, undescribed } = readReport(node, number, clusters, Date.now(), only);
    if (readings.length > 0) this.#outbox.readings(readings);
    if (unset.length > 0) this.#outbox.send({ kind: "unset", node: node.id, attributes: unset });
    for (const problem of problems) this.#outbox.send({ kind: "problem", problem });
    if (undescribed && only) this.#settle();
  }
}
