import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { nameOf } from "../../model/home.ts";
import type { NodeDescription } from "../../model/node.ts";
import type { AdapterInput, Hub, Log } from "../../ports.ts";
import { entryPath } from "../entries.ts";
import type { Jobs } from "../jobs.ts";
import { demoHome, demoPlaces, demoTariff } from "./home.ts";
import { fillPast, type PastReader } from "./past.ts";
import { freeUdpPort, readyFrom, runSimulator, type Simulator, type SimulatorReady } from "./simulator.ts";

const DAY_MS = 86_400_000;

export interface DemoOptions {
  readonly folder: string;
  readonly mqttUrl: string;
  readonly seed: number;
  readonly days: number;
  readonly speed: number;
  readonly matter: boolean;
}

export interface DemoParts {
  readonly hub: Hub;
  readonly jobs: Jobs;
  readonly log: Log;
  readonly reader: PastReader;
  readonly put: (input: AdapterInput) => void;
}

/** Kept from one demo to the next, so that the home goes on where it was. */
interface DemoState {
  readonly seed: number;
  readonly since: string;
  pastDone: boolean;
}

/** Moves a simulated family in: its settings, its live devices, and its past. Resolves when the devices have been started. */
export async function runDemo(options: DemoOptions, parts: DemoParts): Promise<{ stop(): Promise<void> }> {
  const folder = join(options.folder, "demo");
  mkdirSync(folder, { recursive: true });
  const state = readState(folder, options, parts.hub.clock.now());
  furnish(parts.hub);
  const matterPort = options.matter ? await freeUdpPort() : undefined;
  const live = startLive(options, parts, folder, { ...state, matterPort });
  const past = state.pastDone ? undefined : startPast(parts, state, folder);
  return {
    async stop() {
      past?.cancel();
      await Promise.all([live.stop(), past?.done]);
    },
  };
}

function readState(folder: string, options: DemoOptions, now: number): DemoState {
  const file = join(folder, "demo.json");
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as DemoState;
  const state = { seed: options.seed, since: new Date(now - options.days * DAY_MS).toISOString(), pastDone: false };
  writeState(folder, state);
  return state;
}

const writeState = (folder: string, state: DemoState): void =>
  writeFileSync(join(folder, "demo.json"), JSON.stringify(state));

/** Settings are given once; what a person changes later stays. */
function furnish(hub: Hub): void {
  if (!hub.store.get("homeSettings", "home")) {
    hub.configureHome(demoHome, "demo");
    hub.setTariff(demoTariff, "demo");
  }
  const place = () => {
    for (const [id, node] of hub.home.nodes) {
      const settings = demoPlaces[nameOf(node)];
      if (settings && !hub.store.get("nodeSettings", id)) hub.configureNode(id, settings, "demo");
    }
  };
  place();
  hub.subscribe((event) => {
    if (event.type === "node") queueMicrotask(place);
  });
}

function startLive(
  options: DemoOptions,
  parts: DemoParts,
  folder: string,
  state: DemoState & { readonly matterPort: number | undefined },
): Simulator {
  const args = [
    "live",
    "--home",
    "demo",
    "--mqtt",
    options.mqttUrl,
    "--seed",
    String(state.seed),
    "--since",
    state.since,
  ];
  if (options.speed > 1) args.push("--now", new Date(parts.hub.clock.now()).toISOString());
  args.push("--state", join(folder, "world.json"), "--speed", String(options.speed));
  if (state.matterPort === undefined) args.push("--no-matter");
  else args.push("--matter-storage", join(folder, "matter"), "--matter-port", String(state.matterPort));
  return runSimulator(entryPath("firmware-sim"), args, parts.log, (text) => {
    const ready = readyFrom(text);
    if (!ready) return parts.log.warn({ text: text.slice(0, 300) }, "the simulated home says");
    pairAll(parts.hub, ready.matter).catch((error: unknown) =>
      parts.log.warn({ error: String(error) }, "pairing failed"),
    );
  });
}

/** One after the other, as a person would; the codes are those on the devices' labels. */
async function pairAll(hub: Hub, devices: SimulatorReady["matter"]): Promise<void> {
  for (const device of devices) await pairOnce(hub, device);
}

const commissioned = (hub: Hub): string[] =>
  hub.store.get<{ serials: string[] }>("matter", "demo-commissioned")?.serials ?? [];

/** A device that is of this home already needs no code. Resolves when the pairing has ended, well or not. */
function pairOnce(hub: Hub, device: SimulatorReady["matter"][number]): Promise<void> {
  if (commissioned(hub).includes(device.serial)) return Promise.resolve();
  return new Promise((resolve) => {
    const { id } = hub.pairing.start(device.pairingCode);
    const look = () => {
      const job = hub.pairing.jobs().find((j) => j.id === id);
      if (job?.state === "running") return;
      stop();
      if (job?.state === "done")
        hub.store.put("matter", "demo-commissioned", { serials: [...commissioned(hub), device.serial] });
      resolve();
    };
    const stop = hub.subscribe((event) => {
      if (event.type === "pairing" && event.job.id === id) queueMicrotask(look);
    });
    queueMicrotask(look);
  });
}

function startPast(parts: DemoParts, state: DemoState, folder: string) {
  const now = parts.hub.clock.now();
  const args = ["past", "--home", "demo", "--seed", String(state.seed), "--since", state.since];
  args.push("--until", new Date(now).toISOString());
  const days = Math.round((now - Date.parse(state.since)) / DAY_MS);
  let cancel = () => {};
  const job = parts.jobs.add("demo-past", `Living through the home's past ${days === 1 ? "day" : `${days} days`}`, () =>
    cancel(),
  );
  const put = onlyPast(parts);
  const past = fillPast({ entry: entryPath("firmware-sim"), args, reader: parts.reader, put, log: parts.log, job });
  cancel = past.cancel;
  past.done
    .then((whole) => {
      if (whole) writeState(folder, { ...state, pastDone: true });
      parts.hub.store.flush();
    })
    .catch((error: unknown) => {
      parts.log.error({ error: String(error) }, "the past could not be filled in");
      job.end("failed", "the simulated past could not be read; delete the data folder to try again");
    });
  return past;
}

/**
 * What a device says of itself today counts: the past describes a device only until it speaks for itself, and adds values
 * only to what the device has.
 */
function onlyPast({ hub, put }: DemoParts): (input: AdapterInput) => void {
  const described = new Set<NodeDescription>();
  return (input) => {
    if (input.kind === "nodeFound") {
      const now = hub.home.nodes.get(input.node.id)?.description;
      if (now && !described.has(now)) return;
      described.add(input.node);
      put(input);
    }
    if (input.kind !== "readings") return;
    const readings = input.readings.filter(({ path }) => {
      const endpoint = hub.home.nodes.get(path.node)?.description.endpoints.find((e) => e.number === path.endpoint);
      return endpoint?.capabilities[path.capability]?.attributes[path.attribute] !== undefined;
    });
    if (readings.length > 0) put({ kind: "readings", readings });
  };
}
