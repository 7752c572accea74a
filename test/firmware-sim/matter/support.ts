/** Simulated Matter devices for tests: the bundle, a launcher, and a plain matter.js controller that pairs with them. */
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { type ClientNode, type Endpoint, Environment, Logger, LogLevel, Seconds, ServerNode } from "@matter/main";
import { ControllerBehavior } from "@matter/main/node";
import { ManualPairingCodeCodec } from "@matter/main/types";
import { build } from "esbuild";
import {
  type LaunchOptions,
  startMatterNode as launch,
  type MatterNodeProcess,
} from "../../../firmware-sim/workshop/matter/launch.ts";

const root = join(import.meta.dirname, "../../..");

/** Matter speaks over IPv6 link-local addresses and multicast, which loopback does not carry. */
export const hasMatterNetwork = Object.values(networkInterfaces())
  .flat()
  .some((address) => address && !address.internal && address.address.startsWith("fe80:"));

/** Bundles the device's program as the product does, under the project so that its packages resolve. */
export async function bundleDevice(): Promise<{ program: string; remove: () => void }> {
  const outdir = join(root, ".data", `matter-device-${process.pid}-${Math.floor(performance.now())}`);
  mkdirSync(outdir, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: { device: "firmware-sim/matter-device.ts" },
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  return { program: join(outdir, "device.mjs"), remove: () => rmSync(outdir, { recursive: true, force: true }) };
}

/** Devices of one test file: a program, a folder, and everything ended and removed by `close`. */
export class Devices {
  private readonly bundle: Awaited<ReturnType<typeof bundleDevice>>;
  private readonly storage = mkdtempSync(join(tmpdir(), "sim-matter-nodes-"));
  private readonly running: MatterNodeProcess[] = [];

  private constructor(bundle: Awaited<ReturnType<typeof bundleDevice>>) {
    this.bundle = bundle;
  }

  static async open(): Promise<Devices> {
    return new Devices(await bundleDevice());
  }

  /** Starts a device that no other home on this network has; time goes by on request only, unless `speed` says otherwise. */
  async start(options: Omit<LaunchOptions, "storage" | "program">): Promise<MatterNodeProcess> {
    const device = await launch({
      seed: 1,
      speed: 0,
      serial: `T${process.pid}-${this.running.length}`,
      ...{ passcode: any(20_000_000, 80_000_000), discriminator: any(0, 4096) },
      ...options,
      storage: this.storage,
      program: this.bundle.program,
    });
    this.running.push(device);
    return device;
  }

  async close(): Promise<void> {
    await Promise.all(this.running.map((device) => device.stop()));
    this.bundle.remove();
    rmSync(this.storage, { recursive: true, force: true });
  }
}

const any = (from: number, to: number): number => from + Math.floor(Math.random() * (to - from));

type State = Readonly<Record<string, unknown>>;

/** A paired device as a plain controller sees it. */
export class Peer {
  readonly node: ClientNode;

  constructor(node: ClientNode) {
    this.node = node;
  }

  /** The endpoint of that number; throws where there is none. */
  at(number: number): Endpoint {
    const found = [...this.node.endpoints].find((endpoint) => endpoint.number === number);
    if (!found) throw new Error(`there is no endpoint ${number}`);
    return found;
  }

  /** A cluster's attributes as they were reported last. */
  state(cluster: string, number = 1): State {
    return Object(this.at(number).stateOf(cluster));
  }

  /** Invokes a command; rejects with the device's status. */
  invoke(cluster: string, command: string, fields: object | undefined = undefined, number = 1): Promise<unknown> {
    const found = this.at(number).commandsOf(cluster)[command];
    if (!found) throw new Error(`there is no command ${command}`);
    return Promise.resolve(found(fields));
  }

  /** Device type ids of an endpoint. */
  types(number = 1): number[] {
    const list = this.state("descriptor", number).deviceTypeList;
    return Array.isArray(list) ? list.map(({ deviceType }) => Number(deviceType)) : [];
  }

  /** Numbers of the application endpoints. */
  get numbers(): number[] {
    return [...this.node.endpoints]
      .map(({ number }) => Number(number))
      .filter((number) => number > 0)
      .sort((a, b) => a - b);
  }
}

/** A matter.js controller in this process, with its own fabric. */
export class Controller {
  private readonly node: ServerNode;
  private readonly storage: string;

  private constructor(node: ServerNode, storage: string) {
    this.node = node;
    this.storage = storage;
  }

  static async open(): Promise<Controller> {
    Logger.level = LogLevel.FATAL;
    const storage = mkdtempSync(join(tmpdir(), "sim-matter-controller-"));
    const { vars } = Environment.default;
    vars.set("storage", { driver: "file", path: storage });
    vars.set("runtime", { signals: false, exitcode: false, unhandlederrors: false });
    const node = await ServerNode.create(ServerNode.RootEndpoint.with(ControllerBehavior), {
      id: "controller",
      network: { port: 0, timing: { delayBeforeNextAddress: Seconds(5) } },
      commissioning: { enabled: false },
      controller: { adminFabricLabel: "test" },
    });
    await node.start();
    return new Controller(node, storage);
  }

  async pair(device: { readonly manualPairingCode: string; readonly discriminator?: number }): Promise<Peer> {
    const { passcode, shortDiscriminator } = ManualPairingCodeCodec.decode(device.manualPairingCode);
    const found = shortDiscriminator === undefined ? {} : { shortDiscriminator };
    const peer = await this.node.peers.commission({ ...found, passcode, timeout: Seconds(30) });
    return new Peer(peer);
  }

  async close(): Promise<void> {
    await this.node.close();
    rmSync(this.storage, { recursive: true, force: true });
  }
}
