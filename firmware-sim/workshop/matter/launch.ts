/** Starts simulated Matter devices as processes and speaks with them: for the workshop, for tests and for benches. */
import { type ChildProcess, fork } from "node:child_process";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { isObject } from "../../devices/device.ts";
import { hash } from "../../random.ts";
import { type MatterFault, type Presented, REBOOT } from "./messages.ts";
import type { MatterKind } from "./sheets.ts";

/** How long a process may take to be online, to answer and to end, ms. */
const startMs = 60_000;
const answerMs = 30_000;
const endMs = 8000;

export interface LaunchOptions {
  readonly kind: MatterKind;
  /** Folder for all devices; each has its own below it. */
  readonly storage: string;
  /** Without a seed the device has no physics of its own: what is set is what is there. */
  readonly seed?: number | undefined;
  readonly name?: string | undefined;
  /** Up to 32 characters; else from the seed. */
  readonly serial?: string | undefined;
  /** UDP; 0 (the usual): any free one. */
  readonly port?: number | undefined;
  readonly passcode?: number | undefined;
  readonly discriminator?: number | undefined;
  /** Times faster than real time; 0: time goes by in `run` only. */
  readonly speed?: number | undefined;
  /** Epoch ms on its clock when it is new. */
  readonly since?: number | undefined;
  /** As the kind's sheet says. */
  readonly options?: object | undefined;
  /** It takes new firmware; `{ outcome }` says what becomes of it, as in `update.ts`. */
  readonly updates?: object | undefined;
  /** So many devices in one process, whose kinds take turns (`also`); for measuring. */
  readonly count?: number | undefined;
  readonly also?: readonly MatterKind[] | undefined;
  readonly faults?: readonly MatterFault[] | undefined;
  /** The bundle; else beside this one, or where INGLENOOK_MATTER_DEVICE says. */
  readonly program?: string | undefined;
  /** Each change of state: of the first device, or of that serial. */
  readonly onState?: ((state: Readonly<Record<string, unknown>>, serial: string) => void) | undefined;
  /** It is online, again where it was restarted, or under another port. */
  readonly onReady?: ((devices: readonly Presented[]) => void) | undefined;
  readonly onError?: ((message: string) => void) | undefined;
}

export interface MatterNodeProcess extends Presented {
  /** All devices of the process. */
  readonly devices: readonly Presented[];
  /** Every state that was told, in order; the newest 1000. */
  readonly states: readonly Readonly<Record<string, unknown>>[];
  readonly pid: number | undefined;
  /** A hand on it or the world around it; resolves with the state after it. */
  set(values: object, serial?: string): Promise<Readonly<Record<string, unknown>>>;
  /** Lets so many seconds of its clock go by at once. */
  run(seconds: number, serial?: string): Promise<Readonly<Record<string, unknown>>>;
  /** Lets something go wrong. A reboot resolves when it is down. */
  fault(fault: MatterFault, serial?: string): Promise<void>;
  /** Resolves when it is online: at once, or after a restart that is under way. */
  online(): Promise<void>;
  /** The power is cut, for good. */
  kill(): Promise<void>;
  /** Ends it in order, by force after eight seconds. */
  stop(): Promise<void>;
}

const mostStates = 1000;
const program = (): string =>
  process.env.INGLENOOK_MATTER_DEVICE ?? fileURLToPath(new URL("./matter-device.mjs", import.meta.url));

/** Starts a device; resolves when it is online, rejects when it does not come up. */
export async function startMatterNode(options: LaunchOptions): Promise<MatterNodeProcess> {
  const launched = new Launched(options);
  await launched.online();
  for (const fault of options.faults ?? []) await launched.fault(fault);
  return launched;
}

type State = Readonly<Record<string, unknown>>;

interface Waiting {
  resolve(state: State): void;
  reject(error: Error): void;
}

class Launched implements MatterNodeProcess {
  devices: readonly Presented[] = [];
  readonly states: State[] = [];
  private readonly options: LaunchOptions;
  private readonly argv: readonly string[];
  private child: ChildProcess;
  private readonly waiting = new Map<number, Waiting>();
  private asked = 0;
  private ended = false;
  /** Seconds until it is started again after the exit that is to come; null: never. */
  private again: number | null = 0;
  private up: Resolvers = withResolvers();

  constructor(options: LaunchOptions) {
    this.options = options;
    this.argv = argumentsOf(options);
    this.child = this.start();
  }

  get serial() {
    return this.first.serial;
  }
  get uniqueId() {
    return this.first.uniqueId;
  }
  get name() {
    return this.first.name;
  }
  get kind() {
    return this.first.kind;
  }
  get port() {
    return this.first.port;
  }
  get manualPairingCode() {
    return this.first.manualPairingCode;
  }
  get qrPairingCode() {
    return this.first.qrPairingCode;
  }
  get pid() {
    return this.child.pid;
  }

  set(values: object, serial?: string): Promise<State> {
    return this.ask({ set: values, serial });
  }

  run(seconds: number, serial?: string): Promise<State> {
    return this.ask({ run: seconds, serial });
  }

  async fault(fault: MatterFault, serial?: string): Promise<void> {
    const down =
      fault.kind === "reboot" ? new Promise<void>((resolve) => this.child.once("exit", () => resolve())) : undefined;
    if (down) this.up = withResolvers();
    await this.ask({ fault, serial });
    await down;
  }

  online(): Promise<void> {
    return this.up.promise;
  }

  async kill(): Promise<void> {
    this.ended = true;
    await this.exit("SIGKILL");
  }

  async stop(): Promise<void> {
    this.ended = true;
    await this.exit("SIGTERM");
  }

  private get first(): Presented {
    const [first] = this.devices;
    if (!first) throw new Error("the device is not online yet");
    return first;
  }

  private start(): ChildProcess {
    // Its standard output must not mix with the lines that the parent prints.
    const child = fork(this.options.program ?? program(), this.argv, { stdio: ["ignore", 2, 2, "ipc"], execArgv: [] });
    const late = setTimeout(() => this.up.reject(new Error("the device is not online after a minute")), startMs);
    this.up.promise.then(
      () => clearTimeout(late),
      () => clearTimeout(late),
    );
    child.on("message", (message: unknown) => this.hear(message));
    child.on("error", (error) => this.options.onError?.(error.message));
    child.on("exit", (code) => this.left(code));
    return child;
  }

  private ask(request: object): Promise<State> {
    const id = ++this.asked;
    return new Promise((resolve, reject) => {
      const late = setTimeout(() => answer(() => reject(new Error("the device does not answer"))), answerMs);
      const answer = (then: () => void): void => {
        clearTimeout(late);
        this.waiting.delete(id);
        then();
      };
      this.waiting.set(id, {
        resolve: (state) => answer(() => resolve(state)),
        reject: (error) => answer(() => reject(error)),
      });
      if (this.child.connected) this.child.send({ ...request, id });
      else answer(() => reject(new Error("the device is switched off")));
    });
  }

  private hear(message: unknown): void {
    if (!isObject(message)) return;
    const { answer, error, state, devices, serial } = message;
    if ("rebooting" in message) this.again = typeof message.rebooting === "number" ? message.rebooting : null;
    if (typeof answer === "number") {
      if (typeof error === "string") this.waiting.get(answer)?.reject(new Error(error));
      else this.waiting.get(answer)?.resolve(isObject(state) ? state : {});
      return;
    }
    if (Array.isArray(devices)) {
      this.devices = devices;
      this.options.onReady?.(this.devices);
      if (message.ready === true) this.up.resolve();
    } else if (isObject(state)) {
      this.states.push(state);
      if (this.states.length > mostStates) this.states.shift();
      this.options.onState?.(state, String(serial));
    }
  }

  private left(code: number | null): void {
    for (const waiting of this.waiting.values()) waiting.reject(new Error("the device was switched off"));
    if (this.ended) return;
    if (code !== REBOOT) {
      const error = new Error(`the device's process ended with ${code}`);
      this.options.onError?.(error.message);
      this.up.reject(error);
      return;
    }
    if (this.again === null) return;
    setTimeout(() => {
      if (!this.ended) this.child = this.start();
    }, this.again * 1000);
  }

  private async exit(signal: NodeJS.Signals): Promise<void> {
    const { child } = this;
    if (child.exitCode !== null || child.signalCode !== null) return;
    const gone = new Promise<void>((resolve) => child.once("exit", () => resolve()));
    child.kill(signal);
    const force = setTimeout(() => child.kill("SIGKILL"), endMs);
    await gone;
    clearTimeout(force);
  }
}

function argumentsOf(options: LaunchOptions): string[] {
  const seed = options.seed ?? hash(process.pid, 31, Math.floor(performance.now() * 1000));
  const serial = options.serial ?? `SIM-${seed.toString(36).toUpperCase()}`;
  const args: Readonly<Record<string, string | number | undefined>> = {
    kind: [options.kind, ...(options.also ?? [])].join(","),
    name: options.name ?? `Simulated ${options.kind}`,
    serial,
    port: options.port ?? 0,
    storage: join(options.storage, serial),
    passcode: options.passcode ?? 20_000_000 + (hash(seed, 12, 1) % 60_000_000),
    discriminator: options.discriminator ?? hash(seed, 12, 2) % 4096,
    seed: options.seed,
    speed: options.speed,
    since: options.since,
    count: options.count,
    options: options.options && JSON.stringify(options.options),
    updates: options.updates && JSON.stringify(options.updates),
  };
  return Object.entries(args).flatMap(([name, value]) => (value === undefined ? [] : [`--${name}`, String(value)]));
}

interface Resolvers {
  readonly promise: Promise<void>;
  resolve(): void;
  reject(reason: unknown): void;
}

function withResolvers(): Resolvers {
  let resolve = (): void => {};
  let reject = (_reason: unknown): void => {};
  const promise = new Promise<void>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  // Whoever waits for it hears of a failure; nobody else needs to.
  promise.catch(() => {});
  return { promise, resolve: () => resolve(), reject: (reason) => reject(reason) };
}
