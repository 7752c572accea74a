import { readdir } from "node:fs/promises";
import type { Environment } from "@matter/main";
import { Ble } from "@matter/main/protocol";

/** The kernel's list of Bluetooth radios. */
const RADIOS = "/sys/class/bluetooth";
/** Optional and native, so neither bundled nor needed. In a variable, or a bundler would look for it. */
const PACKAGE = "@matter/nodejs-ble";

export type Bluetooth = "ready" | "no radio" | "not installed";

/**
 * Makes Bluetooth ready for pairing where this machine has a radio and the optional package is installed; the package is
 * loaded only then. Before any node is made. Not tried against a radio: none was at hand.
 */
export async function prepareBluetooth(environment: Environment): Promise<Bluetooth> {
  const radios = await readdir(RADIOS).catch(() => []);
  if (!radios.some((name) => name.startsWith("hci"))) return "no radio";
  try {
    const { NodeJsBle } = (await import(PACKAGE)) as { NodeJsBle?: new (options: object) => unknown };
    const ble = NodeJsBle && new NodeJsBle({});
    if (!(ble instanceof Ble)) return "not installed";
    environment.set(Ble, ble);
    return "ready";
  } catch {
    return "not installed";
  }
}
