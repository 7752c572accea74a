import { createHash } from "node:crypto";
import { open, readFile, rename } from "node:fs/promises";
import { type ClientNode, FabricIndex, NodeId, type ServerNode } from "@matter/main";
import { GeneralCommissioningClient } from "@matter/main/behaviors/general-commissioning";
import { OperationalCredentialsClient } from "@matter/main/behaviors/operational-credentials";
import { GeneralCommissioning } from "@matter/main/clusters/general-commissioning";
import { NetworkClient } from "@matter/main/node";
import { PeerAddress } from "@matter/main/protocol";
import { Status, StatusResponseError } from "@matter/main/types";
import type { ProcessOptions } from "../protocol.ts";
import { factsOf } from "./peer-facts.ts";
import { subscribe } from "./subscription.ts";

/** So long one is sought at a time, and so often after a start or a pairing that failed. */
const SEEK_MS = 20_000;
const PAUSE_MS = 60_000;
const TRIES = 10;
/** More are not kept, the oldest goes; nor is one for longer than this. */
const MOST = 8;
const KEPT_MS = 7 * 86_400_000;

interface Orphan {
  /** Decimal: a node id has 64 bits. */
  readonly node: string;
  readonly fabric: number;
  /** Epoch ms. */
  readonly at: number;
  /** Of its passcode, too little to tell it: whether a code that is entered again is this device's. */
  readonly mark: string;
}

/**
 * Devices that were given this home's key in a pairing whose end nobody here saw: the power failed on one side between the
 * key and the last word. Such a device believes that it is paired and is not to be found by its code again, so it is sought
 * under the address that it was given. Noted in `<storage>-orphans.json` before the key goes out.
 */
export class Orphans {
  readonly #node: ServerNode;
  readonly #file: string;
  readonly #label: string;
  readonly #found: (peer: ClientNode) => Promise<void>;
  #writing: Promise<unknown> = Promise.resolve();
  #seeking: Promise<unknown> = Promise.resolve();
  #timer: NodeJS.Timeout | undefined;
  #closed = false;

  /** `label` is the home's name on its devices. `found` is told of each that answers, once it was read. */
  constructor(
    node: ServerNode,
    { storage, fabricLabel }: Pick<ProcessOptions, "storage" | "fabricLabel">,
    found: (peer: ClientNode) => Promise<void>,
  ) {
    this.#node = node;
    this.#file = `${storage}-orphans.json`;
    this.#label = fabricLabel;
    this.#found = found;
  }

  /** Before a device gets the home's key. Throws when it can't be kept: without it the device could be lost. */
  note({ nodeId, fabricIndex }: PeerAddress, passcode: number): Promise<void> {
    const orphan = { node: String(nodeId), fabric: fabricIndex, at: Date.now(), mark: markOf(passcode) };
    return this.#change((orphans) => [...orphans, orphan].slice(-MOST));
  }

  /** Its pairing came to its end: the hub has it. */
  forget(address: PeerAddress): Promise<void> {
    return this.#change((orphans) => orphans.filter((orphan) => !isAt(orphan, address)));
  }

  /** Looks for all of them now. Resolves with the one of that passcode, if it is the hub's from now on. */
  seek(passcode?: number): Promise<ClientNode | undefined> {
    const work = async (): Promise<ClientNode | undefined> => {
      let sought: ClientNode | undefined;
      for (const orphan of await this.#read()) {
        if (this.#closed) break;
        const peer = await this.#adopt(orphan);
        if (!peer) continue;
        await this.#change((orphans) => orphans.filter(({ node }) => node !== orphan.node));
        await this.#found(peer);
        if (passcode !== undefined && orphan.mark === markOf(passcode)) sought = peer;
      }
      return sought;
    };
    const done = this.#seeking.then(work);
    this.#seeking = done.catch(() => undefined);
    return done;
  }

  /** Looks for them now and each minute for ten minutes. */
  seekForAWhile(tries = TRIES): void {
    clearTimeout(this.#timer);
    void this.seek()
      .catch(() => undefined)
      .then(async () => {
        if (this.#closed || tries <= 1 || (await this.#read()).length === 0) return;
        this.#timer = setTimeout(() => this.seekForAWhile(tries - 1), PAUSE_MS);
      });
  }

  close(): void {
    this.#closed = true;
    clearTimeout(this.#timer);
  }

  async #adopt({ node, fabric }: Orphan): Promise<ClientNode | undefined> {
    const address = PeerAddress({ nodeId: NodeId(BigInt(node)), fabricIndex: FabricIndex(fabric) });
    const peer = this.#node.peers.get(address) ?? (await this.#node.peers.forAddress(address));
    // The hub kept it, and lost only what comes after the pairing's end.
    if (isRead(peer)) return isSubscribed(peer) && (await complete(peer, this.#label)) ? peer : undefined;
    await peer.start();
    await subscribe(peer);
    if ((await answers(peer)) && (await complete(peer, this.#label))) return peer;
    await peer.delete().catch(() => undefined);
    return undefined;
  }

  async #read(): Promise<Orphan[]> {
    const kept: unknown = await readFile(this.#file, "utf8")
      .then(JSON.parse, () => [])
      .catch(() => []);
    return (Array.isArray(kept) ? kept : []).filter(isOrphan).filter(({ at }) => Date.now() - at < KEPT_MS);
  }

  #change(to: (orphans: Orphan[]) => Orphan[]): Promise<void> {
    const done = this.#writing.then(async () => {
      const orphans = await this.#read();
      const text = JSON.stringify(to(orphans));
      if (text === JSON.stringify(orphans)) return;
      const fresh = `${this.#file}.new`;
      const file = await open(fresh, "w", 0o600);
      try {
        await file.writeFile(text);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(fresh, this.#file);
    });
    this.#writing = done.catch(() => undefined);
    return done;
  }
}

/** 16 of a passcode's 27 bits. */
const markOf = (passcode: number): string =>
  createHash("sha256").update(`orphan ${passcode}`).digest("hex").slice(0, 4);

const isOrphan = (value: unknown): value is Orphan => {
  const { node, fabric, at, mark } = Object(value);
  const isNamed = typeof node === "string" && /^\d{1,20}$/.test(node) && typeof mark === "string";
  return isNamed && Number.isInteger(fabric) && Number.isFinite(at);
};

const isAt = ({ node, fabric }: Orphan, address: PeerAddress): boolean =>
  node === String(address.nodeId) && fabric === address.fabricIndex;

/** It may be closed meanwhile, with the whole controller. */
function isRead(peer: ClientNode): boolean {
  try {
    return factsOf(peer).identity.vendorId !== undefined;
  } catch {
    return false;
  }
}

/**
 * A device whose pairing stopped right before its end would forget it with its fail-safe: the last word is said now. One
 * that heard it already refuses for want of a fail-safe (Matter core specification 11.10.7.6).
 */
async function complete(peer: ClientNode, label: string): Promise<boolean> {
  try {
    const { errorCode } = await peer.commandsOf(GeneralCommissioningClient).commissioningComplete();
    const { Ok, NoFailSafe } = GeneralCommissioning.CommissioningError;
    if (errorCode !== Ok && errorCode !== NoFailSafe) return false;
    // Only a name: without it the device is none the less this home's.
    await peer
      .commandsOf(OperationalCredentialsClient)
      .updateFabricLabel({ label })
      .catch(() => undefined);
    return true;
  } catch (error) {
    return error instanceof StatusResponseError && error.code === Status.FailsafeRequired;
  }
}

const isSubscribed = (peer: ClientNode): boolean => peer.act((agent) => agent.get(NetworkClient).subscriptionActive);

/** Whether it answers within the time and tells what it is. */
function answers(peer: ClientNode): Promise<boolean> {
  return new Promise((resolve) => {
    const { subscriptionStatusChanged } = peer.eventsOf(NetworkClient);
    const end = (is: boolean): void => {
      clearTimeout(late);
      subscriptionStatusChanged.off(look);
      resolve(is);
    };
    const look = (active: boolean): void => {
      if (active) end(isRead(peer));
    };
    const late = setTimeout(() => end(isRead(peer)), SEEK_MS);
    subscriptionStatusChanged.on(look);
    if (isRead(peer)) end(true);
  });
}
