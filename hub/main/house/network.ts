/** Phones of people who allow it, looked for on the home's own network. */
import { lookup } from "node:dns/promises";
import type { Person } from "../../model/house.ts";
import { isLocalAddress } from "../local-address.ts";
import { isOnline, isThere } from "./probe.ts";

/** Between two looks, ms. A phone in its sleep answers one look in several. */
const LOOK_MS = 30_000;
const MINUTE = 60_000;

type Watchable = Pick<Person, "id" | "network"> & { readonly told?: Person["told"] };

export interface NetworkParts {
  readonly people: () => readonly Watchable[];
  /** Somebody was seen, or was not seen for as long as was set. */
  readonly told: (person: string, home: boolean, by: string) => void;
  /** Whether an address answers; the network itself, unless a test stands in for it. */
  readonly probe?: (address: string) => Promise<boolean>;
  /** Whether this machine itself is on the network: if it is not, nobody has left by that. */
  readonly online?: () => Promise<boolean>;
  /** Addresses of a name; rejects for one that is not known. */
  readonly resolve?: (host: string) => Promise<readonly string[]>;
  /** Ms that only rise: the wall clock may jump, and nobody has left by that. */
  readonly now?: () => number;
  readonly everyMs?: number;
}

interface Watched {
  /** By `now`; the time of the first look where nobody was seen yet. */
  seenAt: number;
  /** Never since the hub's start. */
  isNew: boolean;
  words: string;
}

/**
 * Looks for the phones every 30 s while anybody allows it, and for nothing otherwise. Seen: home at once. Away only after
 * the person's own number of minutes in which no look found any of their addresses. Only addresses of private networks are
 * ever asked; what a name resolves to is checked at each look. A name that was never resolved says nothing of anybody; one that
 * was (a phone takes its name along when it leaves) is looked for at its last addresses. While this machine is cut off
 * itself, no time counts.
 */
export class NetworkWatch {
  readonly #parts: Required<NetworkParts>;
  readonly #watched = new Map<string, Watched>();
  /** Last addresses by name; of those who are watched, so a few. */
  readonly #addresses = new Map<string, readonly string[]>();
  #timer: NodeJS.Timeout | undefined;
  #looking = false;
  #again = false;

  constructor(parts: NetworkParts) {
    const own = {
      probe: isThere,
      online: isOnline,
      resolve: addressesOf,
      now: () => performance.now(),
      everyMs: LOOK_MS,
    };
    this.#parts = { ...own, ...parts };
  }

  start(): void {
    this.#timer = setInterval(() => void this.look(), this.#parts.everyMs);
    this.#timer.unref();
    void this.look();
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  words(person: string): string | undefined {
    return this.#watched.get(person)?.words;
  }

  /** One look at all; while one is under way, another follows it. */
  async look(): Promise<void> {
    if (this.#looking) {
      this.#again = true;
      return;
    }
    this.#looking = true;
    try {
      const people = this.#parts.people();
      const wanted = new Set(people.filter((p) => p.network).map((p) => p.id));
      for (const id of this.#watched.keys()) if (!wanted.has(id)) this.#watched.delete(id);
      const hosts = new Set(people.flatMap((p) => p.network?.hosts ?? []));
      for (const host of this.#addresses.keys()) if (!hosts.has(host)) this.#addresses.delete(host);
      let online: Promise<boolean> | undefined;
      const isOnline = () => {
        online ??= this.#parts.online();
        return online;
      };
      await Promise.all(people.map((p) => this.#lookFor(p, isOnline)));
    } finally {
      this.#looking = false;
    }
    if (!this.#again) return;
    this.#again = false;
    await this.look();
  }

  async #lookFor({ id, network, told: before }: Watchable, isOnline: () => Promise<boolean>): Promise<void> {
    if (!network) return;
    const { now, told } = this.#parts;
    const watched = this.#watched.get(id) ?? { seenAt: now(), isNew: true, words: "" };
    this.#watched.set(id, watched);
    const looks = await Promise.all(network.hosts.map((host) => this.#lookAt(host)));
    const found = looks.find((l) => l.seen === true);
    if (found) {
      Object.assign(watched, { seenAt: now(), isNew: false, words: `${found.host} is on the network` });
      told(id, true, `${found.host} is on the network`);
      return;
    }
    const minutes = Math.floor((now() - watched.seenAt) / MINUTE);
    const unseen = watched.isNew ? "not seen yet" : `last seen ${minutes} minutes ago`;
    const why = looks.find((l) => l.seen === undefined)?.why;
    const cannotTell = before?.network !== true && looks.every((l) => l.seen === undefined);
    const isCut = !cannotTell && !(await isOnline());
    watched.words = isCut ? "the hub itself is not on the network" : (why ?? unseen);
    if (cannotTell || isCut) watched.seenAt = now();
    else if (now() - watched.seenAt >= network.awayAfterMin * MINUTE)
      told(id, false, `${network.hosts.join(", ")} not on the network for ${network.awayAfterMin} minutes`);
  }

  async #lookAt(host: string): Promise<{ host: string; seen: boolean | undefined; why?: string }> {
    const addresses = await this.#parts.resolve(host).catch(() => this.#addresses.get(host));
    if (!addresses) return { host, seen: undefined, why: `${host} is no name that this network knows` };
    this.#addresses.set(host, addresses);
    const local = addresses.filter(isLocalAddress).slice(0, 4);
    if (local.length === 0) return { host, seen: undefined, why: `${host} is not in the home's own network` };
    const seen = await Promise.all(local.map((a) => this.#parts.probe(a)));
    return { host, seen: seen.includes(true) };
  }
}

const addressesOf = async (host: string): Promise<readonly string[]> =>
  (await lookup(host, { all: true })).map((found) => found.address);
