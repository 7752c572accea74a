import { liveCadence } from "./devices/device.ts";
import { buildDevices } from "./devices/index.ts";
import { parseFault } from "./faults.ts";
import type { HomeData } from "./homes/demo.ts";
import { stream } from "./random.ts";
import { loadState, saveState } from "./state-file.ts";
import { MatterProcess } from "./wire/matter-process.ts";
import { MqttLine } from "./wire/mqtt.ts";
import { maxStepSeconds, World } from "./world.ts";

export interface LiveOptions {
  readonly home: HomeData;
  readonly homeName: string;
  readonly seed: number;
  /** Epoch ms; where the world begins when there is no state file. */
  readonly since: number;
  readonly mqtt: string;
  readonly state?: string;
  /**
   * Times faster than real time. The world moves every half second and a hub decides about once a second: to 240 that is
   * minutes of the home's time and everything can be followed; to 600 a quarter hour still has a second or more; beyond
   * that only the world is worth watching, not what steers it.
   */
  readonly speed: number;
  /** What the clock of whoever watches the home shows at the call, epoch ms, where it runs as fast and began earlier. */
  readonly now?: number;
  readonly matter: boolean;
  readonly matterStorage: string;
  readonly matterPort: number;
  readonly faults: readonly string[];
}

export interface LiveHome {
  readonly matter: readonly { readonly name: string; readonly pairingCode: string; readonly serial: string }[];
  /** Saves the world and lets every connection die without a goodbye. */
  end(): Promise<void>;
}

const tickMs = 500;
const saveMs = 30_000;
const mqttPatience = 10_000;
const matterPatience = 90_000;

/** Brings the world to now, connects every device, and lets time run. Rejects for a bad option or state file. */
export async function runLive(options: LiveOptions, onError: (message: string) => void): Promise<LiveHome> {
  const { home, state, seed, speed } = options;
  const began = Date.now();
  const saved = state === undefined ? undefined : loadState(state, options.homeName, seed, home.params);
  const world = new World(seed, home.params, saved ?? options.since);
  world.forwardTo(options.now ?? began);
  // At speeds above 1 a later start finds the world ahead of the clock; it goes on from there.
  const origin = world.at;
  const save = (): void => {
    if (state !== undefined) saveState(state, { home: options.homeName, seed, state: world.state });
  };
  save();

  const devices = buildDevices(home.devices, liveCadence(speed));
  const names = devices.mqtt.flatMap((device) => device.names);
  const faults = options.faults.map((text) => {
    const fault = parseFault(text, names);
    if (typeof fault === "string") throw new Error(fault);
    return fault;
  });
  const chance = stream(seed ^ 0x0fa017);
  const lines = devices.mqtt.map(
    (device) => new MqttLine(device, world, { url: options.mqtt, faults, chance, onError }),
  );
  const nodes = options.matter ? startMatter(options, world, devices.matter, onError) : [];

  const tick = (): void => {
    const until = origin + (Date.now() - began) * speed;
    while (world.at < until) {
      const seconds = Math.min(maxStepSeconds, (until - world.at) / 1000);
      if (seconds < 0.001) break;
      world.step(seconds);
      for (const line of lines) line.step(seconds);
    }
    for (const { device, node } of nodes) {
      const values = device.show(world);
      if (values) node.show(values);
    }
  };
  const guarded = (name: string, action: () => void) => (): void => {
    try {
      action();
    } catch (error) {
      onError(`${name}: ${error instanceof Error ? error.message : String(error)}`);
    }
  };
  const ticking = setInterval(guarded("world", tick), tickMs);
  const saving = setInterval(guarded("state file", save), saveMs);
  const end = async (): Promise<void> => {
    clearInterval(ticking);
    clearInterval(saving);
    guarded("state file", save)();
    await Promise.all([...lines.map((line) => line.end()), ...nodes.map(({ node }) => node.end())]);
  };
  await waitFor(() => lines.every((line) => line.settled), mqttPatience);
  return { matter: await pairingCodes(nodes, onError), end };
}

type Nodes = readonly {
  readonly device: ReturnType<typeof buildDevices>["matter"][number];
  readonly node: MatterProcess;
}[];

function startMatter(
  options: LiveOptions,
  world: World,
  devices: ReturnType<typeof buildDevices>["matter"],
  onError: (message: string) => void,
): Nodes {
  return devices.map((device, i) => {
    const node: MatterProcess = new MatterProcess(device, {
      storage: options.matterStorage,
      port: options.matterPort + i,
      onState: (state) => device.changed(state, world),
      onReady: () => node.show(device.everything(world)),
      onError,
    });
    return { device, node };
  });
}

/** The codes of those nodes that come up in time; the others are told as errors. */
async function pairingCodes(nodes: Nodes, onError: (message: string) => void): Promise<LiveHome["matter"]> {
  const all = nodes.map(async ({ device, node }) => {
    const pairingCode = await within(node.pairingCode, matterPatience, `${device.name} did not come up`);
    return { name: device.name, pairingCode, serial: device.identity.serialNumber };
  });
  const settled = await Promise.allSettled(all);
  return settled.flatMap((one) => {
    if (one.status === "fulfilled") return [one.value];
    onError(one.reason instanceof Error ? one.reason.message : String(one.reason));
    return [];
  });
}

async function within<T>(promise: Promise<T>, ms: number, complaint: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error(`${complaint} within ${ms / 1000} s`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

async function waitFor(done: () => boolean, ms: number): Promise<void> {
  const until = Date.now() + ms;
  while (!done() && Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
}
