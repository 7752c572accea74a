/** What the Matter bench holds the hub against: matter.js alone, as its own examples use it, and nothing around it. */
import { Endpoint, Environment, Logger, LogLevel, Seconds, ServerNode } from "@matter/main";
import { BridgedDeviceBasicInformationServer } from "@matter/main/behaviors/bridged-device-basic-information";
import { DimmableLightDevice } from "@matter/main/devices/dimmable-light";
import { AggregatorEndpoint } from "@matter/main/endpoints/aggregator";
import { ChangeNotificationService, type ClientNode, ControllerBehavior, NetworkClient } from "@matter/main/node";
import { QrPairingCodeCodec } from "@matter/main/types";
import { monotonic } from "./support/publisher.ts";

function configure(folder: string): void {
  Logger.level = LogLevel.ERROR;
  const { vars } = Environment.default;
  vars.set("storage", { driver: "file", path: folder });
  vars.set("runtime", { signals: false, exitcode: false, unhandlederrors: false });
}

/** A controller with one fabric. */
export class BareController {
  readonly #node: ServerNode;
  readonly #waiting = new Map<string, { readonly on: boolean; readonly heard: (at: number) => void }>();

  private constructor(node: ServerNode) {
    this.#node = node;
    node.env.get(ChangeNotificationService).change.on((change) => {
      if (change.kind === "update") this.#changed();
    });
  }

  static async open(folder: string): Promise<BareController> {
    configure(folder);
    const node = await ServerNode.create(ServerNode.RootEndpoint.with(ControllerBehavior), {
      id: "bare",
      network: { port: 0 },
      commissioning: { enabled: false },
      controller: { adminFabricLabel: "Bare" },
    });
    const made = new BareController(node);
    await node.start();
    return made;
  }

  async pair(code: string): Promise<void> {
    const [payload] = QrPairingCodeCodec.decode(code);
    if (!payload) throw new Error("no pairing code");
    const { passcode, discriminator } = payload;
    // As often as the hub asks for it: matter.js's own floor of a second would be what is measured.
    const defaultSubscription = { minIntervalFloor: Seconds(0), maxIntervalCeiling: Seconds(20) };
    const peer = await this.#node.peers.commission({
      passcode,
      longDiscriminator: discriminator,
      autoSubscribe: false,
    });
    await peer.setStateOf(NetworkClient, { defaultSubscription });
    await peer.setStateOf(NetworkClient, { autoSubscribe: true });
  }

  /** When each peer was subscribed, in the machine's own time; resolves with the last of them. */
  async subscribed(count: number): Promise<number[]> {
    const peers = [...this.#node.peers].filter((peer) => peer.lifecycle.isCommissioned);
    if (peers.length !== count) throw new Error(`${peers.length} of ${count} peers are known`);
    return Promise.all(
      peers.map(
        (peer) =>
          new Promise<number>((resolve) => {
            if (peer.act((agent) => agent.get(NetworkClient).subscriptionActive)) return resolve(monotonic());
            peer.eventsOf(NetworkClient).subscriptionStatusChanged.on((active) => {
              if (active) resolve(monotonic());
            });
          }),
      ),
    );
  }

  /** Resolves with the time at which the device's report of this value was there. */
  heard(serial: string, on: boolean): Promise<number> {
    return new Promise((resolve) => {
      this.#waiting.set(serial, { on, heard: resolve });
      this.#changed();
    });
  }

  /** Switches a plug; ms until it has answered and has said so by a report. */
  async switch(serial: string, on: boolean): Promise<number> {
    const plug = this.#plugOf(serial);
    const from = monotonic();
    const reported = this.heard(serial, on);
    const run = plug?.commandsOf("onOff")[on ? "on" : "off"];
    await run?.(undefined);
    return Math.max(monotonic(), await reported) - from;
  }

  /** Tells its peers goodbye. */
  close(): Promise<void> {
    return this.#node.close();
  }

  #peer(serial: string): ClientNode | undefined {
    return [...this.#node.peers].find((peer) => serialOf(peer) === serial);
  }

  #plugOf(serial: string): Endpoint | undefined {
    return [...(this.#peer(serial)?.endpoints ?? [])].find((endpoint) => endpoint.number === 1);
  }

  #changed(): void {
    for (const [serial, { on, heard }] of this.#waiting) {
      const state = this.#plugOf(serial)?.maybeStateOf("onOff");
      if (!state || Reflect.get(state, "onOff") !== on) continue;
      this.#waiting.delete(serial);
      heard(monotonic());
    }
  }
}

const serialOf = (peer: ClientNode): unknown => {
  const state = peer.maybeStateOf("basicInformation");
  return state ? Reflect.get(state, "serialNumber") : undefined;
};

/** An aggregator with so many dimmable lights, online; its QR payload. */
export async function bareAggregator(folder: string, count: number): Promise<string> {
  configure(folder);
  const node = await ServerNode.create({
    id: "aggregator",
    network: { port: 0 },
    productDescription: { name: "Bare", deviceType: AggregatorEndpoint.deviceType },
  });
  const aggregator = new Endpoint(AggregatorEndpoint, { id: "aggregator" });
  await node.add(aggregator);
  const Light = DimmableLightDevice.with(BridgedDeviceBasicInformationServer);
  for (let n = 1; n <= count; n += 1)
    await aggregator.add(
      new Endpoint(Light, {
        id: `light-${n}`,
        bridgedDeviceBasicInformation: { nodeLabel: `Lamp ${n}`, uniqueId: `lamp-${n}`, reachable: true },
        levelControl: { currentLevel: 128 },
      }),
    );
  await node.start();
  return node.state.commissioning.pairingCodes.qrPairingCode;
}
