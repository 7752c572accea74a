/** A maker's modules, taken into this process: only where their maker runs the check, or in a process of their own. */
import { pathToFileURL } from "node:url";
import { type DialectOfMaker, dialectFault } from "./define.ts";
import { AdapterFault } from "./find.ts";
import type { Firmware } from "./firmware.ts";
import { kitVersion } from "./version.ts";

const MAX_MODELS = 20;

async function moduleOf(file: string): Promise<object> {
  try {
    return await import(pathToFileURL(file).href);
  } catch (error) {
    const words = error instanceof Error ? error.message : String(error);
    throw new AdapterFault(
      "adapter-broken",
      `${file} can't be loaded: ${words.slice(0, 300)}`,
      "run its tests: npm test",
    );
  }
}

const isDialect = (given: unknown): given is DialectOfMaker => dialectFault(given) === undefined;

/** The dialect that a file exports as its default. Throws AdapterFault. */
export async function loadDialect(file: string): Promise<DialectOfMaker> {
  const made: unknown = Reflect.get(await moduleOf(file), "default");
  if (isDialect(made)) return made;
  throw new AdapterFault(
    "no-dialect",
    `${file} is no dialect: ${dialectFault(made)}.`,
    "export default defineDialect({ … })",
  );
}

/** Why something is no firmware; undefined when it is one. */
function firmwareFault(given: unknown): string | undefined {
  if (typeof given !== "object" || given === null) return "it exports no firmware";
  const [kit, models] = ["kit", "models"].map((key): unknown => Reflect.get(given, key));
  if (kit !== kitVersion) return `it is written for version ${String(kit)} of the kit; this one is ${kitVersion}`;
  if (typeof models !== "object" || models === null || Object.keys(models).length === 0) return "it has no models";
  if (Object.keys(models).length > MAX_MODELS) return `it has more than ${MAX_MODELS} models`;
  const wrong = Object.entries(models).find(([, make]) => typeof make !== "function");
  return wrong ? `its model ${wrong[0]} is no function (who) => device` : undefined;
}

const isFirmware = (given: unknown): given is Firmware => firmwareFault(given) === undefined;

/** The firmware that a file exports by this name. Throws AdapterFault. */
export async function loadFirmware(file: string): Promise<Firmware> {
  const made: unknown = Reflect.get(await moduleOf(file), "firmware");
  if (isFirmware(made)) return made;
  throw new AdapterFault(
    "no-firmware",
    `${file} is no firmware: ${firmwareFault(made)}.`,
    "export const firmware = { kit: 1, … }",
  );
}
