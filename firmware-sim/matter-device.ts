/** Simulated Matter devices as a process: usually one, as a real device is a computer of its own; many for measuring. */
import { Environment, Logger, LogLevel } from "@matter/main";
import { befall } from "./workshop/matter/faults.ts";
import { REBOOT, type Reply, type Request, request } from "./workshop/matter/messages.ts";
import { MatterNode } from "./workshop/matter/node.ts";
import { readOptions } from "./workshop/matter/options.ts";

/** Real time between two looks at a device's world, ms. */
const tickMs = 500;
/** A parent that is gone cannot wait: no longer for goodbyes, ms. */
const goodbyeMs = 5000;

const tell = (reply: Reply): void => {
  if (process.connected) process.send?.(reply);
};

function configure(storage: string): void {
  Logger.level = LogLevel.ERROR;
  Logger.format = "plain";
  const { vars } = Environment.default;
  // Set whole: matter.js has by now read this process's arguments into the same variables.
  vars.set("storage", { driver: "file", path: storage });
  vars.set("runtime", { signals: false, exitcode: false, unhandlederrors: false });
  const interfaceName = process.env.INGLENOOK_MDNS_INTERFACE;
  if (interfaceName) vars.set("mdns", { networkinterface: interfaceName });
}

/** Tells the parent a device's state where it differs from what was told last. */
function teller(device: MatterNode): () => void {
  let told = "";
  return () => {
    const state = device.state();
    const text = JSON.stringify(state);
    if (text === told) return;
    told = text;
    tell({ state, serial: device.options.serial });
  };
}

/** Does what was asked; the answer goes to whoever gave an id. */
async function obey(devices: readonly MatterNode[], { id, serial, set, run, fault }: Request): Promise<void> {
  const device = serial === undefined ? devices[0] : devices.find(({ options }) => options.serial === serial);
  try {
    if (!device) throw new RangeError(`there is no device ${serial}`);
    if (set) await device.set(set);
    if (run !== undefined) await device.run(run);
    if (fault?.kind === "reboot") return reboot(devices, id, fault.seconds === undefined ? 0 : fault.seconds);
    if (fault) await befall(device, fault);
    // Who started it wants to know where it is now.
    if (fault?.kind === "address") tell({ devices: devices.map((one) => one.presented()) });
    if (id !== undefined) tell({ answer: id, state: device.state() });
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (id === undefined) console.error(`${device?.options.name ?? serial}: ${message}`);
    else tell({ answer: id, error: message });
  }
}

/** The power is cut: no goodbye to anybody but the launcher, who holds the switch. */
function reboot(devices: readonly MatterNode[], id: number | undefined, seconds: number | null): void {
  for (const device of devices) device.remember();
  const last: Reply = { rebooting: seconds, ...(id === undefined ? {} : { answer: id }) };
  if (!process.connected || !process.send) process.exit(REBOOT);
  process.send(last, () => process.exit(REBOOT));
}

function endOf(devices: readonly MatterNode[]): () => void {
  let ending = false;
  return () => {
    if (ending) return;
    ending = true;
    setTimeout(() => process.exit(0), goodbyeMs).unref();
    Promise.all(devices.map((device) => device.close())).then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
}

/** Time for one device. */
function live(device: MatterNode): void {
  const { speed, name } = device.options;
  let last = performance.now();
  const tick = async (): Promise<void> => {
    const now = performance.now();
    const seconds = ((now - last) / 1000) * speed;
    last = now;
    if (seconds > 0) await device.run(seconds).catch((error: unknown) => console.error(`${name}: ${String(error)}`));
    setTimeout(() => void tick(), tickMs);
  };
  setTimeout(() => void tick(), tickMs);
}

async function main(): Promise<void> {
  const all = readOptions(process.argv.slice(2));
  configure(all[0]?.storage ?? ".");
  const devices: MatterNode[] = [];
  for (const options of all) devices.push(await MatterNode.create(options, all.length > 1));
  process.on("message", (message: unknown) => {
    const asked = request.safeParse(message);
    if (asked.success) void obey(devices, asked.data);
    else console.error(`not understood: ${asked.error.message}`);
  });
  const end = endOf(devices);
  process.once("disconnect", end);
  // The parent may have gone while the devices were made.
  if (process.connected === false) return end();
  process.once("SIGTERM", end);
  process.once("SIGINT", end);
  for (const { updates } of devices) if (updates) updates.restart = () => reboot(devices, undefined, 0);
  const presented = [];
  for (const device of devices) presented.push(await device.start());
  tell({ ready: true, manualPairingCode: presented[0]?.manualPairingCode ?? "", devices: presented });
  for (const device of devices) {
    const look = teller(device);
    look();
    device.onChange(look);
    live(device);
  }
}

main().catch((error: unknown) => {
  // A range is the caller's mistake; of all else the causes below it are needed.
  console.error(error instanceof RangeError ? error.message : error);
  process.exit(1);
});
