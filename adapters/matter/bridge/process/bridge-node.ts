import {
  type ActionContext,
  DeviceTypeId,
  Endpoint,
  type Environment,
  FabricIndex,
  ServerNode,
  VendorId,
} from "@matter/main";
import { AggregatorEndpoint } from "@matter/main/endpoints/aggregator";
import { DeviceCommissioner, FabricManager, SecureChannelProtocol } from "@matter/main/protocol";
import type { Numbers } from "../numbers.ts";
import { planOf } from "../plan.ts";
import type { BridgeConfig, BridgeNews, Fabric, OutDevice, Told } from "../protocol.ts";
import { BridgedDevice } from "./device.ts";
import { build } from "./endpoint.ts";
import type { GroupEars } from "./group-ears.ts";

/** What a bridge needs of its process. */
export interface Surroundings {
  readonly environment: Environment;
  readonly numbers: Numbers;
  readonly ask: (
    bridge: string,
    fabric: Fabric,
    ...rest: Parameters<ConstructorParameters<typeof BridgedDevice>[2]>
  ) => ReturnType<ConstructorParameters<typeof BridgedDevice>[2]>;
  readonly news: (bridge: string, news: BridgeNews) => void;
  /** Who is paired with it or may do what has changed, by whomever. */
  readonly changed: () => void;
  readonly ears: GroupEars;
  /** Somebody tried so many wrong codes that the window was closed. */
  readonly guessed: (bridge: BridgeConfig) => void;
  /** A device that can't be shown: the others go on. */
  readonly odd: (device: OutDevice, error: unknown) => void;
}

const AGGREGATOR = 1;
/** A test vendor of the Matter specification: this hub is not certified. */
const VENDOR = 0xfff1;
const PRODUCT = 0x8101;

/**
 * matter.js resets a node whole when its last fabric leaves. The fabric and all that is its own is gone by then; the bridge
 * stays as it is, so that it can be paired with again under the same code and shows the same devices.
 */
class LastingNode extends ServerNode {
  isForgotten = false;

  override async erase(): Promise<void> {
    if (this.isForgotten) await super.erase();
  }
}

/** One aggregator on a port of its own, with the devices that it shows. */
export class BridgeNode {
  readonly config: BridgeConfig;
  readonly #node: ServerNode;
  readonly #aggregator: Endpoint;
  readonly #around: Surroundings;
  readonly #devices = new Map<string, BridgedDevice>();
  /** Devices that could not be shown, as they were then: tried again when they are another. */
  readonly #odd = new Map<string, string>();
  #closing: NodeJS.Timeout | undefined;
  #openUntil = 0;
  #work: Promise<unknown> = Promise.resolve();

  private constructor(config: BridgeConfig, node: ServerNode, aggregator: Endpoint, around: Surroundings) {
    this.config = config;
    this.#node = node;
    this.#aggregator = aggregator;
    this.#around = around;
  }

  /** Throws when the store can't be read. It is offline until {@link start}. */
  static async open(config: BridgeConfig, around: Surroundings): Promise<BridgeNode> {
    const node = await LastingNode.create({
      id: `bridge-${config.id}`,
      environment: around.environment,
      network: { port: config.port },
      // The window is opened on a person's word only, and for a stated time.
      commissioning: { enabled: false },
      productDescription: { name: config.name, deviceType: DeviceTypeId(0x0e) },
      basicInformation: {
        vendorId: VendorId(VENDOR),
        vendorName: "Inglenook",
        productId: PRODUCT,
        productName: "Inglenook bridge",
        productLabel: "Bridge",
        nodeLabel: config.name.slice(0, 32),
        serialNumber: config.serial,
        uniqueId: config.uniqueId,
        hardwareVersion: 1,
        softwareVersion: 1,
      },
    });
    const aggregator = new Endpoint(AggregatorEndpoint, { id: "aggregator", number: AGGREGATOR });
    await node.add(aggregator);
    const bridge = new BridgeNode(config, node, aggregator, around);
    node.events.commissioning.fabricsChanged.on(() => {
      bridge.#tell();
      around.changed();
    });
    node.events.accessControl.acl$Changed.on(() => around.changed());
    return bridge;
  }

  /** Goes online, and open for pairing for so many seconds. Throws when the port is taken. */
  async start(openSeconds: number): Promise<void> {
    const { id, port } = this.config;
    await this.#around.ears.makeWay(port);
    await this.#node.start();
    await this.#around.ears.add(id, port, this.#node);
    this.#node.env.get(SecureChannelProtocol).tooManyPaseErrors.on(() => this.#around.guessed(this.config));
    await this.open(openSeconds);
  }

  async close(): Promise<void> {
    clearTimeout(this.#closing);
    await this.#work.catch(() => undefined);
    await this.#around.ears.drop(this.config.id);
    await this.#node.close();
  }

  /** Leaves all fabrics and forgets them. */
  async erase(): Promise<void> {
    clearTimeout(this.#closing);
    await this.#work.catch(() => undefined);
    for (const { fabricIndex } of this.#fabrics()) await this.#leave(fabricIndex);
    await this.#around.ears.drop(this.config.id);
    if (this.#node instanceof LastingNode) this.#node.isForgotten = true;
    await this.#node.delete();
  }

  /** Opens it for pairing by the bridge's own code for so many seconds; 0 closes. */
  async open(seconds: number): Promise<void> {
    clearTimeout(this.#closing);
    const commissioner = this.#node.env.get(DeviceCommissioner);
    await commissioner.endCommissioning();
    this.#openUntil = 0;
    if (seconds > 0) {
      await commissioner.allowBasicCommissioning(() => {
        clearTimeout(this.#closing);
        this.#openUntil = 0;
        this.#tell();
      });
      this.#openUntil = Date.now() + seconds * 1000;
      // matter.js has a timer for this that it never starts.
      this.#closing = setTimeout(() => void commissioner.endCommissioning(), seconds * 1000);
    }
    this.#tell();
  }

  async removeFabric(index: number): Promise<void> {
    await this.#leave(index);
    this.#tell();
  }

  async #leave(index: number): Promise<void> {
    await this.#node.env.get(FabricManager).maybeFor(FabricIndex(index))?.leave();
  }

  /** Shows exactly these devices. */
  setDevices(devices: readonly OutDevice[]): void {
    const wanted = new Set(devices.map((d) => d.node));
    for (const node of [...this.#devices.keys()]) if (!wanted.has(node)) this.remove(node);
    for (const device of devices) this.set(device);
  }

  /** When all that was asked so far is done. */
  async settled(): Promise<void> {
    await this.#work;
  }

  /** Adds a device or takes over what is new of it. One that can't be shown is told of and left out. */
  set(device: OutDevice): void {
    this.#next(async () => {
      const was = this.#devices.get(device.node);
      try {
        if (was && sameShape(was.device, device)) await this.#rename(was, device);
        else await this.#replace(was, device);
        this.#odd.delete(device.node);
      } catch (error) {
        const text = JSON.stringify(device);
        if (this.#odd.get(device.node) !== text) this.#around.odd(device, error);
        this.#odd.set(device.node, text);
      }
    });
  }

  remove(node: string): void {
    this.#next(async () => {
      const device = this.#devices.get(node);
      this.#devices.delete(node);
      // Closed, not deleted: its number stays its own.
      await device?.built.endpoint.close();
    });
  }

  tell(told: Told): void {
    this.#next(async () => this.#devices.get(told.node)?.tell(told));
  }

  async #rename(was: BridgedDevice, device: OutDevice): Promise<void> {
    if (was.device.name === device.name && was.device.firmware === device.firmware) return;
    const { nodeLabel, softwareVersionString } = informationOf(device);
    await was.built.endpoint.setStateOf("bridgedDeviceBasicInformation", {
      nodeLabel,
      ...(softwareVersionString === undefined ? {} : { softwareVersionString }),
    });
    was.device = device;
  }

  async #replace(was: BridgedDevice | undefined, device: OutDevice): Promise<void> {
    const { id } = this.config;
    const { numbers, odd } = this.#around;
    const { top } = planOf(device, (e) => device.kinds[String(e.number)] ?? e.deviceTypes);
    await was?.built.endpoint.close();
    this.#devices.delete(device.node);
    if (!top) return;
    const numberOf = (key: string): number => {
      const number = numbers.numberOf(id, device.node, key);
      if (number === undefined) throw new Error("all 65,000 endpoint numbers of this bridge are used up");
      return number;
    };
    const built = build(top, numbers.idOf(id, device.node), numberOf, informationOf(device));
    numbers.save();
    const shown = new BridgedDevice(
      device,
      built,
      (...asked) => this.#asked(...asked),
      (error) => odd(device, error),
    );
    try {
      await this.#aggregator.add(built.endpoint);
    } catch (error) {
      await built.endpoint.close().catch(() => undefined);
      throw error;
    }
    this.#devices.set(device.node, shown);
    if (was) shown.inherit(was);
  }

  #asked(...[device, endpoint, asks, context]: Parameters<ConstructorParameters<typeof BridgedDevice>[2]>) {
    return this.#around.ask(this.config.id, this.#fabricOf(context), device, endpoint, asks, context);
  }

  #fabricOf(context: ActionContext): Fabric {
    const index: unknown = Reflect.get(context, "fabric");
    return this.#fabrics().find((f) => f.fabricIndex === index)?.fabric ?? { index: 0, label: "", vendorId: 0 };
  }

  #fabrics() {
    return Object.values(this.#node.state.commissioning.fabrics).map(({ fabricIndex, label, rootVendorId }) => ({
      fabricIndex,
      fabric: { index: fabricIndex, label, vendorId: rootVendorId },
    }));
  }

  /** One change of the endpoints after the other. */
  #next(work: () => Promise<void>): void {
    this.#work = this.#work.then(work, work).catch(() => undefined);
  }

  #tell(): void {
    const { qrPairingCode, manualPairingCode } = this.#node.state.commissioning.pairingCodes;
    this.#around.news(this.config.id, {
      online: this.#node.lifecycle.isOnline,
      qrCode: qrPairingCode,
      manualCode: manualPairingCode,
      fabrics: this.#fabrics().map(({ fabric }) => fabric),
      openUntil: this.#openUntil,
    });
  }
}

const clip = (text: string | undefined, length = 32): string | undefined => text?.trim().slice(0, length) || undefined;

function informationOf(device: OutDevice) {
  const vendorName = clip(device.vendor);
  const productName = clip(device.model);
  const softwareVersionString = clip(device.firmware, 64);
  return {
    nodeLabel: clip(device.name) ?? device.node.slice(0, 32),
    uniqueId: device.uniqueId,
    serialNumber: device.serial,
    reachable: false,
    ...(vendorName ? { vendorName } : {}),
    ...(productName ? { productName } : {}),
    ...(softwareVersionString ? { softwareVersionString } : {}),
  };
}

const sameShape = (a: OutDevice, b: OutDevice): boolean =>
  JSON.stringify([a.endpoints, a.kinds, a.vendor, a.model]) ===
  JSON.stringify([b.endpoints, b.kinds, b.vendor, b.model]);
