import {
  type Bytes,
  type Channel,
  Environment,
  FabricIndex,
  Network,
  type ServerNode,
  type Transport,
  TransportSet,
  UdpTransport,
} from "@matter/main";
import { FabricManager } from "@matter/main/protocol";

/** What is said to a group goes to this port, whatever the port of the listeners (core 4.16.2). */
const GROUP_PORT = 5540;
/** Security flags, the fourth byte: the two lowest bits are 1 for a group (core 4.4.1.4). */
const isToGroup = (data: Bytes): boolean => ((new Uint8Array(data as Uint8Array)[3] ?? 0) & 3) === 1;

type Listener = (channel: Channel<Bytes>, data: Bytes) => void;

/** A road into a bridge on which only what is said to groups comes. */
class Ear implements Transport {
  readonly #listeners = new Set<Listener>();

  onData(listener: Listener): Transport.Listener {
    this.#listeners.add(listener);
    return { close: async () => void this.#listeners.delete(listener) };
  }

  hear(channel: Channel<Bytes>, data: Bytes): void {
    for (const listener of this.#listeners) listener(channel, data);
  }

  supports(): boolean {
    return false;
  }

  async openChannel(): Promise<never> {
    throw new Error("nothing is sent by the road of groups");
  }

  async close(): Promise<void> {
    this.#listeners.clear();
  }
}

interface Heard {
  readonly node: ServerNode;
  readonly ear: Ear;
}

interface Source {
  readonly transport: UdpTransport;
  /** Whether it was opened here; else it is that of a bridge on the port itself. */
  readonly isOurs: boolean;
  readonly listener: Transport.Listener;
  readonly joined: Set<string>;
}

/**
 * Lets bridges hear what is said to groups, although only one socket of a machine has the port for it: one ear hears for all
 * bridges of the process. It is opened with the first group; a bridge on the port itself hears for the others.
 */
export class GroupEars {
  readonly #warn: (message: string) => void;
  readonly #bridges = new Map<string, Heard>();
  /** The bridge that has the port, by its id. */
  #holder: { readonly id: string; readonly transport: UdpTransport } | undefined;
  #source: Source | undefined;
  #work: Promise<void> = Promise.resolve();

  constructor(warn: (message: string) => void) {
    this.#warn = warn;
  }

  /** Before a bridge opens its port: the ear must not be in its way. */
  async makeWay(port: number): Promise<void> {
    if (port === GROUP_PORT) await this.#next(() => this.#close());
  }

  /** A bridge is online. */
  async add(id: string, port: number, node: ServerNode): Promise<void> {
    const transports = node.env.get(TransportSet);
    if (port === GROUP_PORT) {
      const transport = [...transports].find((t) => t instanceof UdpTransport && t.supports("udp" as never, "::1"));
      if (transport instanceof UdpTransport) this.#holder = { id, transport };
    } else {
      const ear = new Ear();
      transports.add(ear);
      this.#bridges.set(id, { node, ear });
      node.events.groupKeyManagement.groupKeyMap$Changed.on(() => void this.#next(() => this.#sync()));
    }
    await this.#next(() => this.#sync());
  }

  async drop(id: string): Promise<void> {
    this.#bridges.delete(id);
    if (this.#holder?.id === id) {
      this.#holder = undefined;
      await this.#next(() => this.#close());
    }
    await this.#next(() => this.#sync());
  }

  async close(): Promise<void> {
    await this.#next(() => this.#close());
  }

  async #sync(): Promise<void> {
    const wanted = new Set([...this.#bridges.values()].flatMap(({ node }) => addressesOf(node)));
    if (wanted.size === 0 || this.#source?.isOurs === (this.#holder !== undefined)) await this.#close();
    if (wanted.size === 0) return;
    const source = this.#source ?? (await this.#open());
    for (const address of wanted) {
      if (source.joined.has(address)) continue;
      source.joined.add(address);
      await source.transport.addMembership(address);
    }
    for (const address of source.joined) {
      if (wanted.has(address) || !source.isOurs) continue;
      source.joined.delete(address);
      await source.transport.dropMembership(address);
    }
  }

  async #open(): Promise<Source> {
    const isOurs = this.#holder === undefined;
    const transport = this.#holder?.transport ?? (await openEar());
    const listener = transport.onData((channel, data) => {
      if (isToGroup(data)) for (const { ear } of this.#bridges.values()) ear.hear(channel, data);
    });
    this.#source = { transport, isOurs, listener, joined: new Set() };
    return this.#source;
  }

  async #close(): Promise<void> {
    const source = this.#source;
    this.#source = undefined;
    await source?.listener.close();
    if (source?.isOurs) await source.transport.close();
  }

  /** One after the other; a port that is taken must not end a bridge. */
  #next(work: () => Promise<void>): Promise<void> {
    this.#work = this.#work.then(work).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      this.#warn(`what is said to groups can't be heard, port ${GROUP_PORT} is needed for it: ${reason}`);
    });
    return this.#work;
  }
}

async function openEar(): Promise<UdpTransport> {
  const network = Environment.default.get(Network);
  return new UdpTransport(
    await network.createUdpSocket({ listeningPort: GROUP_PORT, type: "udp6", reuseAddress: true }),
  );
}

/** Where the groups of all the bridge's fabrics are spoken to. */
function addressesOf(node: ServerNode): string[] {
  const fabrics = node.env.get(FabricManager);
  return node.state.groupKeyManagement.groupKeyMap.flatMap(({ groupId, fabricIndex }) => {
    const fabric = fabrics.maybeFor(FabricIndex(fabricIndex));
    return fabric ? [fabric.groups.multicastAddressFor(groupId)] : [];
  });
}
