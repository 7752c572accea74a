/** The Matter devices of a home file: a process each, with its faults. */
import { type Fault, type FaultKind, faultNames } from "../faults.ts";
import type { Home } from "../home.ts";
import { matter } from "./index.ts";
import { type MatterNodeProcess, startMatterNode } from "./launch.ts";
import type { MatterFault, Presented } from "./messages.ts";
import { matterKinds } from "./sheets.ts";

/** Faults of a home file as they come to a Matter device. */
const faults: Readonly<Partial<Record<FaultKind, (fault: Fault) => MatterFault>>> = {
  late: () => ({ kind: "slow", ms: 2000 }),
  lost: ({ share }) => ({ kind: "loss", share }),
  absurd: () => ({ kind: "absurd" }),
  drop: () => ({ kind: "silence", seconds: 30 }),
  offline: () => ({ kind: "silence" }),
  reboot: () => ({ kind: "reboot", seconds: 3 }),
  remove: () => ({ kind: "reset" }),
  subscription: () => ({ kind: "subscription" }),
  address: () => ({ kind: "address" }),
  firmware: () => ({ kind: "firmware", endpoint: true }),
};

/** Faults that only a Matter device can have. */
const own: ReadonlySet<FaultKind> = new Set(["subscription", "address", "firmware"]);

/** What is wrong with faults that do not fit their device, in words. */
export function unfit(home: Home, extra: readonly Fault[]): string[] {
  const names = new Set(devicesOf(home).map(({ entry }) => entry.name));
  return [...home.faults, ...extra].flatMap(({ device, kind }) => {
    const fits = names.has(device) ? faults[kind] !== undefined : !own.has(kind);
    if (fits) return [];
    const choice = faultNames.filter((name) => (names.has(device) ? faults[name] !== undefined : !own.has(name)));
    return [`${device}: ${kind} is no fault of such a device\n  Fix: use one of ${choice.join(", ")}`];
  });
}

export interface MatterHomeOptions {
  readonly faults: readonly Fault[];
  readonly speed: number;
  readonly began: number;
  /** Folder for what the devices keep. */
  readonly storage: string;
  /** UDP port of the first; the others count on. 0: any free ones. */
  readonly port: number;
  readonly onOnline: (device: Presented) => void;
  readonly onState: (name: string, state: Readonly<Record<string, unknown>>) => void;
  readonly onError: (message: string) => void;
}

const devicesOf = (home: Home) => home.orders.find(({ maker }) => maker.name === matter.name)?.ordered ?? [];

/** Starts the Matter devices of a home, one after the other; `end` takes them off the network in order. */
export function startMatterHome(home: Home, options: MatterHomeOptions): { readonly end: () => Promise<void> } {
  const running: MatterNodeProcess[] = [];
  const timers: NodeJS.Timeout[] = [];
  let ended = false;
  const start = async (): Promise<void> => {
    for (const [i, { kind, entry, options: given }] of devicesOf(home).entries()) {
      const known = matterKinds.find((name) => name === kind);
      if (!known || ended) continue;
      const device = await startMatterNode({
        ...{ kind: known, name: entry.name, serial: entry.id, seed: entry.seed, options: Object(given) },
        ...{ storage: options.storage, port: options.port === 0 ? 0 : options.port + i },
        ...{ speed: options.speed, since: options.began },
        onReady: (devices) => devices.forEach(options.onOnline),
        onState: (state) => options.onState(entry.name, state),
        onError: (message) => options.onError(`${entry.name}: ${message}`),
      });
      running.push(device);
      for (const fault of [...home.faults, ...options.faults])
        if (fault.device === entry.name) plan(device, fault, timers, options.onError);
    }
  };
  const started = start().catch((error: unknown) => options.onError(String(error)));
  return {
    async end() {
      ended = true;
      for (const timer of timers) clearTimeout(timer);
      await started;
      await Promise.all(running.map((device) => device.stop()));
    },
  };
}

/** Lets a fault come when its time is, in seconds of the machine's clock. */
function plan(
  device: MatterNodeProcess,
  fault: Fault,
  timers: NodeJS.Timeout[],
  onError: (message: string) => void,
): void {
  const what = faults[fault.kind]?.(fault);
  if (!what) return;
  const happen = (): void => {
    device.fault(what).catch((error: unknown) => onError(`${fault.device}: ${String(error)}`));
  };
  const { every } = fault;
  const first = setTimeout(() => {
    happen();
    if (every !== undefined) timers.push(setInterval(happen, every * 1000));
  }, fault.after * 1000);
  timers.push(first);
}
