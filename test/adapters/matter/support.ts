import { type ChildProcess, fork } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { createMatter, type Matter, type MatterOptions } from "../../../adapters/matter/controller.ts";
import type { Value } from "../../../hub/model/capability.ts";
import { pathKey } from "../../../hub/model/path.ts";
import type { AdapterInput, Log } from "../../../hub/ports.ts";

const root = join(import.meta.dirname, "../../..");

/** Bundles both processes as the product does, under the project so that their packages resolve. */
export async function bundle(name = "all"): Promise<{ entry: string; device: string; remove: () => void }> {
  const outdir = join(root, ".data", `matter-test-${name}-${process.pid}`);
  mkdirSync(outdir, { recursive: true });
  const entries = { controller: "adapters/matter/process.ts", device: "firmware-sim/matter-device.ts" };
  await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir,
    outExtension: { ".js": ".mjs" },
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    logLevel: "error",
  });
  return {
    entry: join(outdir, "controller.mjs"),
    device: join(outdir, "device.mjs"),
    remove: () => rmSync(outdir, { recursive: true, force: true }),
  };
}

/** Matter speaks over IPv6 link-local addresses and multicast, which loopback does not carry. */
export const hasMatterNetwork = Object.values(networkInterfaces())
  .flat()
  .some((address) => address && !address.internal && address.address.startsWith("fe80:"));

export const temporary = (): string => mkdtempSync(join(tmpdir(), "inglenook-matter-"));

export interface Device {
  readonly serial: string;
  readonly code: string;
  readonly states: object[];
  set(values: object): void;
  stop(): Promise<void>;
  /** As if its power were cut: no goodbye. */
  kill(): void;
}

export interface DeviceOptions {
  readonly entry: string;
  readonly kind: "plug" | "thermostat";
  readonly storage: string;
  readonly serial: string;
  readonly passcode: number;
  readonly discriminator: number;
}

/** A device no other home on this network has: serial, passcode and discriminator by chance. */
export const anyDevice = (entry: string, kind: DeviceOptions["kind"]): DeviceOptions => ({
  entry,
  kind,
  storage: temporary(),
  serial: `T${randomInt(1e9)}`,
  passcode: randomInt(20_000_000, 80_000_000),
  discriminator: randomInt(4096),
});

/** Starts the device's process; resolves once it is online. */
export function startDevice(options: DeviceOptions): Promise<Device> {
  const args = Object.entries({ ...options, name: `Test ${options.kind}`, port: 0 })
    .filter(([name]) => name !== "entry")
    .flatMap(([name, value]) => [`--${name}`, String(value)]);
  const child = fork(options.entry, args, { stdio: ["ignore", "ignore", "ignore", "ipc"], execArgv: [] });
  const states: object[] = [];
  const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return new Promise((resolve, reject) => {
    child.once("exit", (code) => reject(new Error(`the device ended with ${code}`)));
    child.on("message", (message: { ready?: boolean; manualPairingCode?: string; state?: object }) => {
      if (message.state) states.push(message.state);
      if (!message.ready) return;
      resolve({
        serial: options.serial,
        code: message.manualPairingCode ?? "",
        states,
        set: (values) => void child.send({ set: values }),
        stop: () => ending(child, gone),
        kill: () => void child.kill("SIGKILL"),
      });
    });
  });
}

async function ending(child: ChildProcess, gone: Promise<void>): Promise<void> {
  if (child.signalCode !== null || child.exitCode !== null) return;
  child.kill("SIGTERM");
  const force = setTimeout(() => child.kill("SIGKILL"), 8000);
  await gone;
  clearTimeout(force);
}

export interface Hub extends Matter {
  readonly inputs: AdapterInput[];
  readonly logged: string[];
  readonly steps: string[];
  /** The last reading under a text path. */
  value(key: string): Value | undefined;
  reachable(node: string): boolean | undefined;
}

/** The hub's side with a sink that remembers; the devices of these tests bear test certificates. */
export function startHub(entry: string, storage: string, given: Partial<MatterOptions> = {}): Hub {
  const inputs: AdapterInput[] = [];
  const logged: string[] = [];
  const steps: string[] = [];
  const write = (fields: object, message: string) => void logged.push(`${message} ${JSON.stringify(fields)}`);
  const log: Log = { info: write, warn: write, error: write };
  const matter = createMatter({
    entry,
    storage,
    log,
    searchMs: 6000,
    acceptTestDevices: true,
    onPairing: (job) => steps.push(job.step),
    ...given,
  });
  const last = <T>(pick: (input: AdapterInput) => T | undefined): T | undefined => {
    for (let i = inputs.length - 1; i >= 0; i--) {
      const input = inputs[i];
      const found = input && pick(input);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  void matter.adapter.start((input) => inputs.push(input));
  return {
    ...matter,
    inputs,
    logged,
    steps,
    value: (key) =>
      last((input) =>
        input.kind === "readings"
          ? input.readings.findLast((reading) => pathKey(reading.path) === key)?.value
          : undefined,
      ),
    reachable: (node) =>
      last((input) => (input.kind === "reachable" && input.node === node ? input.reachable : undefined)),
  };
}
