import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isObject, type MatterDevice } from "../devices/device.ts";

export interface MatterProcessOptions {
  /** Folder for all nodes; each has its own below it. */
  readonly storage: string;
  readonly port: number;
  readonly onState: (state: Readonly<Record<string, unknown>>) => void;
  /** It is online (again) and needs to be shown everything. */
  readonly onReady: () => void;
  readonly onError: (message: string) => void;
}

const mostRestarts = 5;
const restartAfter = 3000;
const graceful = 5000;

/** The program of one Matter node: beside this bundle, or where INGLENOOK_MATTER_DEVICE says. */
function program(): string {
  return process.env.INGLENOOK_MATTER_DEVICE ?? fileURLToPath(new URL("./matter-device.mjs", import.meta.url));
}

/** A Matter node as a process of its own. A crash is answered by at most five restarts. */
export class MatterProcess {
  /** The manual pairing code; rejects when the node does not come up. */
  readonly pairingCode: Promise<string>;
  private readonly device: MatterDevice;
  private readonly options: MatterProcessOptions;
  private child: ChildProcess | undefined;
  private restarts = 0;
  private ended = false;
  private resolve: (code: string) => void = () => {};
  private reject: (reason: Error) => void = () => {};
  private first = true;

  constructor(device: MatterDevice, options: MatterProcessOptions) {
    this.device = device;
    this.options = options;
    this.pairingCode = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
    this.start();
  }

  show(values: Readonly<Record<string, unknown>>): void {
    if (this.child?.connected) this.child.send({ set: values });
  }

  /** Ends the process by its own handle; by force after five seconds. */
  async end(): Promise<void> {
    this.ended = true;
    const { child } = this;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill("SIGTERM");
    const timer = setTimeout(() => child.kill("SIGKILL"), graceful);
    await gone;
    clearTimeout(timer);
  }

  private start(): void {
    const { device, options } = this;
    const args = {
      kind: device.kind,
      name: device.name,
      serial: device.identity.serialNumber,
      port: options.port,
      storage: join(options.storage, device.identity.serialNumber),
      passcode: device.passcode,
      discriminator: device.discriminator,
    };
    const argv = Object.entries(args).flatMap(([name, value]) => [`--${name}`, String(value)]);
    this.first = true;
    // Its standard output must not mix with the lines that the parent prints.
    this.child = fork(program(), argv, { stdio: ["ignore", 2, 2, "ipc"] });
    this.child.on("message", (message: unknown) => this.hear(message));
    this.child.on("error", (error) => options.onError(`${device.name}: ${error.message}`));
    this.child.on("exit", (code, signal) => this.left(code, signal));
  }

  private hear(message: unknown): void {
    if (!isObject(message)) return;
    if (message.ready === true && typeof message.manualPairingCode === "string") {
      this.resolve(message.manualPairingCode);
      return;
    }
    if (!isObject(message.state)) return;
    if (!this.first) {
      this.options.onState(message.state);
      return;
    }
    // What it remembers on its start is older than the world, which has its own memory: the world's state is shown instead.
    this.first = false;
    this.options.onReady();
  }

  private left(code: number | null, signal: NodeJS.Signals | null): void {
    if (this.ended) return;
    const why = `${this.device.name}: its process ended (${signal ?? `code ${code}`})`;
    if (this.restarts >= mostRestarts) {
      this.reject(new Error(`${why} after ${mostRestarts} restarts`));
      this.options.onError(`${why}; no more restarts`);
      return;
    }
    this.restarts++;
    this.options.onError(`${why}; starting it again`);
    setTimeout(() => {
      if (!this.ended) this.start();
    }, restartAfter).unref();
  }
}
