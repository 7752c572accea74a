/** Simulated machines on one simulated network: each with its own addresses, its own files and seeded chance. */
import { hkdfSync, pbkdf2Sync } from "node:crypto";
import { cpSync, mkdirSync } from "node:fs";
import { join } from "node:path";
import {
  Bytes,
  Crypto,
  Entropy,
  Environment,
  Filesystem,
  type MockNetwork,
  type MockRouter,
  Network,
  NetworkSimulator,
  NodeJsStyleCrypto,
  ServiceBundle,
  StorageService,
  VariableService,
} from "@matter/main";
import { FileStorageDriver, FlatFileBlobStorageDriver, NodeJsFilesystem } from "@matter/nodejs";

/** 0 to 1, the same row for the same seed (mulberry32). */
export function chanceOf(seed: number): () => number {
  let a = seed >>> 0;
  return () => {
    a = (a + 0x6d2b79f5) >>> 0;
    let t = Math.imul(a ^ (a >>> 15), a | 1);
    t = (t + Math.imul(t ^ (t >>> 7), t | 61)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Real cryptography with seeded chance, and nothing of it in the background. */
class SeededCrypto extends NodeJsStyleCrypto {
  readonly #chance: () => number;

  constructor(chance: () => number) {
    super();
    this.#chance = chance;
  }

  override randomBytes(length: number): Bytes {
    return Bytes.of(Uint8Array.from({ length }, () => Math.floor(this.#chance() * 256)));
  }

  override async createPbkdf2Key(secret: Bytes, salt: Bytes, iterations: number, length: number): Promise<Bytes> {
    return Bytes.of(pbkdf2Sync(Bytes.of(secret), Bytes.of(salt), iterations, length, "sha256"));
  }

  override async createHkdfKey(secret: Bytes, salt: Bytes, info: Bytes, length = 16): Promise<Bytes> {
    return Bytes.of(new Uint8Array(hkdfSync("sha256", Bytes.of(secret), Bytes.of(salt), Bytes.of(info), length)));
  }
}

export interface AirOptions {
  readonly chance: () => number;
  /** Of the packets, 0 to 1. */
  readonly loss?: number;
  /** ms a packet is under way: between 1 and this. */
  readonly latency?: number;
}

/** The network: packets take time, some are lost, and a machine without power neither hears nor speaks. */
export class AirOfHouse {
  readonly simulator = new NetworkSimulator();
  readonly chance: () => number;
  readonly #dark = new Set<string>();
  packets = 0;
  /** When a packet went from one machine to another, by its address, where someone counts. */
  onPacket: ((packet: MockRouter.Packet) => void) | undefined;

  constructor({ chance, loss = 0, latency = 8 }: AirOptions) {
    this.chance = chance;
    this.simulator.router.intercept((packet, route) => {
      if (this.#dark.has(packet.sourceAddress)) return;
      this.packets++;
      this.onPacket?.(packet);
      if (loss > 0 && chance() < loss) return;
      setTimeout(() => route(packet), 1 + chance() * latency);
    });
  }

  /** A machine at the address that ends so: `abcd::<byte>`. */
  machine(byte: number, storage: string): Machine {
    mkdirSync(storage, { recursive: true });
    return new Machine(this, byte, storage);
  }

  silence(address: string): void {
    this.#dark.add(address);
  }
}

let addresses = 0;

/** One computer that runs one program; after a power cut another one stands in its place. */
export class Machine {
  readonly air: AirOfHouse;
  readonly byte: number;
  readonly storage: string;
  readonly network: MockNetwork;
  readonly environment: Environment;

  constructor(air: AirOfHouse, byte: number, storage: string) {
    this.air = air;
    this.byte = byte;
    this.storage = storage;
    this.network = air.simulator.addHost(byte);
    const environment = new Environment(`machine-${byte}-${++addresses}`);
    const crypto = new SeededCrypto(air.chance);
    environment.set(Entropy, crypto);
    environment.set(Crypto, crypto);
    environment.set(Network, this.network);
    environment.set(Filesystem, new NodeJsFilesystem(() => join(this.storage, "matter")));
    const stores = environment.get(StorageService);
    stores.registerDriver(FileStorageDriver);
    stores.registerBlobDriver(FlatFileBlobStorageDriver);
    stores.defaultDriver = "file";
    stores.defaultBlobDriver = "file";
    ServiceBundle.default.deploy(environment);
    const vars = environment.get(VariableService);
    vars.set("mdns", { ipv4: false });
    this.environment = environment;
  }

  /**
   * The power is cut: the program goes on for itself, heard by nobody, and writes where nobody reads. Gives the machine that
   * has its place and its files as they were at this moment; `byte`: at another address.
   */
  cut(storage: string, byte = this.byte): Machine {
    this.network.router.intercept(() => undefined);
    this.network.deleteAddr(...this.network.getIpMac("fake0").ipV6, ...this.network.getIpMac("fake0").ipV4);
    void this.network.close();
    this.air.simulator.removeHost(this.network);
    copyOf(this.storage, storage);
    return new Machine(this.air, byte, storage);
  }
}

/** A lock's holder is dead after a power cut. */
export const copyOf = (from: string, to: string): void =>
  cpSync(from, to, { recursive: true, filter: (path) => !/matter\.(lock|pid)$/.test(path) });
