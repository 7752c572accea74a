/** One simulated Matter device: a node on the network, the product behind it, its clock and its faults. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { DeviceTypeId, Environment, Network, ServerNode, VendorId } from "@matter/main";
import { ChangeNotificationService } from "@matter/main/node";
import { stream } from "../../random.ts";
import type { Moment } from "../firmware.ts";
import { makers } from "./kinds.ts";
import type { Presented } from "./messages.ts";
import { Air, AirNetwork } from "./network.ts";
import type { Memory, Product, Values } from "./product.ts";
import { productOf } from "./products.ts";
import type { MatterKind } from "./sheets.ts";
import { canUpdate, firmwareOf, type UpdateOptions, Updates } from "./update.ts";

/** Longest step of a device's physics, s. */
const longestStep = 5;
/** After a stop of the machine no more than this is caught up, in steps. */
const mostSteps = 20_000;

export interface NodeOptions {
  readonly kind: MatterKind;
  readonly name: string;
  readonly serial: string;
  /** 0: any free one. */
  readonly port: number;
  /** Its own folder. */
  readonly storage: string;
  readonly passcode: number;
  readonly discriminator: number;
  /** A device without a seed has no physics of its own: whoever started it is its world. */
  readonly seed: number | undefined;
  /** Times faster than real time; 0: time goes by on request only. */
  readonly speed: number;
  /** Epoch ms on its clock when it is new. */
  readonly since: number | undefined;
  /** As the kind's sheet says. */
  readonly options: unknown;
  /** It takes new firmware, and this becomes of it; without it, it takes none. */
  readonly updates?: UpdateOptions | undefined;
}

export class MatterNode {
  readonly options: NodeOptions;
  readonly node: Erasable;
  readonly air: Air;
  readonly network: AirNetwork;
  readonly product: Product;
  readonly updates: Updates | undefined;
  private readonly clock: { elapsed: number; readonly began: number };
  private readonly memoryFile: string;
  private working: Promise<void> = Promise.resolve();
  private erasing = false;
  private closing = false;
  private changed: () => void = () => {};
  private readonly felt = new Map<string, number>();

  /** `shared`: other devices run in the same environment. */
  static async create(options: NodeOptions, shared: boolean, environment = Environment.default): Promise<MatterNode> {
    mkdirSync(options.storage, { recursive: true });
    const air = new Air(stream(options.seed ?? 1));
    const network = new AirNetwork(air, environment.get(Network));
    // Alone in its process, a device takes its part of mDNS through the same air.
    if (!shared) environment.set(Network, network);
    const memoryFile = join(options.storage, `${options.serial}.world.json`);
    const memory = remembered(memoryFile);
    const clock = { elapsed: memory.elapsed ?? 0, began: memory.began ?? options.since ?? Date.now() };
    const make = makers[options.kind];
    const { seed, serial } = options;
    const product = make({ seed: seed ?? 1, serial, memory, now: () => momentOf(clock) }, options.options);
    const node = await serverNode(options, environment);
    if (shared) node.env.set(Network, network);
    for (const endpoint of product.endpoints) await node.add(endpoint);
    const updates = options.updates && new Updates(options, options.updates);
    if (updates) canUpdate(node, updates);
    return new MatterNode({ options, node, air, network, product, updates, clock, memoryFile });
  }

  private constructor(parts: {
    options: NodeOptions;
    node: Erasable;
    air: Air;
    network: AirNetwork;
    product: Product;
    updates: Updates | undefined;
    clock: { elapsed: number; readonly began: number };
    memoryFile: string;
  }) {
    this.options = parts.options;
    this.node = parts.node;
    this.air = parts.air;
    this.network = parts.network;
    this.product = parts.product;
    this.updates = parts.updates;
    this.clock = parts.clock;
    this.memoryFile = parts.memoryFile;
    this.node.around = (erase) => this.alone(() => this.whileErasing(erase));
  }

  async start(): Promise<Presented> {
    await this.show();
    await this.node.start();
    // The power failed while it was paired: a device goes back to before that (Matter core specification 11.10.7.2).
    const { commissioned, fabrics } = this.node.state.commissioning;
    if (commissioned && Object.keys(fabrics).length === 0) await this.reset();
    return this.presented();
  }

  presented(): Presented {
    const { name, serial, kind } = this.options;
    const { basicInformation, commissioning, network } = this.node.state;
    return {
      serial,
      uniqueId: basicInformation.uniqueId ?? "",
      name,
      kind,
      port: network.operationalPort,
      ...commissioning.pairingCodes,
    };
  }

  state(): Values {
    const { answer } = this.updates ?? {};
    return answer === undefined ? this.product.state() : { ...this.product.state(), updateAnswer: answer };
  }

  set(values: Values): Promise<void> {
    return this.alone(async () => {
      if (!this.alive) this.sense(values);
      await this.product.set(values);
    });
  }

  /** Lets `seconds` of its clock go by and writes what came of it: nothing, where its parent is its world. */
  run(seconds: number): Promise<void> {
    return this.alone(async () => {
      const steps = Math.min(mostSteps, Math.ceil(seconds / longestStep));
      for (let n = 0; n < steps; n += 1) {
        const step = Math.min(longestStep, seconds - n * longestStep);
        this.clock.elapsed += step;
        if (this.alive) this.product.step?.(step, momentOf(this.clock));
      }
      await this.show();
      this.remember();
    });
  }

  /** One after the other: an attribute has one writer at a time. */
  alone(work: () => Promise<void>): Promise<void> {
    const done = this.working.then(work);
    this.working = done.catch(() => {});
    return done;
  }

  /** Writes to disk what outlives a power cut. */
  remember(): void {
    const { elapsed, began } = this.clock;
    writeFileSync(this.memoryFile, JSON.stringify({ ...this.product.memory?.(), elapsed, began }));
  }

  /** Calls back after each change of an attribute; several at once count as one. */
  onChange(listener: () => void): void {
    let due = false;
    this.changed = () => {
      if (due) return;
      due = true;
      setImmediate(() => {
        due = false;
        if (!this.erasing && !this.closing) listener();
      });
    };
    this.listen();
  }

  /** Back to factory defaults, as when its last fabric leaves. */
  reset(): Promise<void> {
    return this.node.erase();
  }

  async close(): Promise<void> {
    this.closing = true;
    this.remember();
    await this.node.close();
  }

  /** While it is erased its attributes can't be asked for or written: whoever wants to waits or does without. */
  private async whileErasing(erase: () => Promise<void>): Promise<void> {
    this.erasing = true;
    try {
      await erase();
    } finally {
      this.erasing = false;
    }
    // matter.js has made the node's services anew.
    this.listen();
    await this.show();
    // A reset changes what it knows, not the world around it.
    if (this.felt.size > 0) await this.product.set(Object.fromEntries(this.felt));
    this.changed();
  }

  /** Keeps what its parent let it feel: measured numbers, and nothing that is its own choice. */
  private sense(values: Values): void {
    const own = this.product.state();
    for (const [name, value] of Object.entries(values))
      if (typeof value === "number" && !Object.hasOwn(own, name)) this.felt.set(name, value);
  }

  private listen(): void {
    this.node.env.get(ChangeNotificationService).change.on(this.changed);
  }

  private async show(): Promise<void> {
    if (this.alive) await this.product.show?.(momentOf(this.clock));
  }

  private get alive(): boolean {
    return this.options.seed !== undefined;
  }
}

const momentOf = ({ elapsed, began }: { elapsed: number; began: number }): Moment => ({
  elapsed,
  wall: began + elapsed * 1000,
});

/** What a device kept; nothing where it is new or the file is broken. */
function remembered(file: string): Memory {
  if (!existsSync(file)) return {};
  try {
    const kept: unknown = JSON.parse(readFileSync(file, "utf8"));
    const numbers = Object.entries(Object(kept)).filter((entry): entry is [string, number] =>
      Number.isFinite(entry[1]),
    );
    return Object.fromEntries(numbers);
  } catch {
    return {};
  }
}

/** A node that lets its device know before it forgets all: matter.js itself erases it when its last fabric leaves. */
class Erasable extends ServerNode {
  around: (erase: () => Promise<void>) => Promise<void> = (erase) => erase();

  override erase(): Promise<void> {
    return this.around(() => super.erase());
  }
}

async function serverNode(options: NodeOptions, environment: Environment): Promise<Erasable> {
  const { vendorId, productId, vendorName, productName, deviceType } = productOf(options.kind);
  const node = new Erasable({
    id: options.serial,
    environment,
    network: { port: options.port },
    commissioning: { passcode: options.passcode, discriminator: options.discriminator },
    productDescription: { name: options.name, deviceType: DeviceTypeId(deviceType) },
    basicInformation: {
      vendorId: VendorId(vendorId),
      vendorName,
      productId,
      productName,
      productLabel: productName,
      nodeLabel: options.name,
      serialNumber: options.serial,
      uniqueId: `sim-${options.serial}`.slice(0, 32),
      ...firmwareOf(options),
    },
  });
  await node.construction.ready;
  return node;
}
