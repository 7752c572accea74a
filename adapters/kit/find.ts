/** Where a maker's adapter is: a folder, a file, or an installed package's name. */
import { existsSync, readFileSync, realpathSync, statSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve } from "node:path";
import { kitVersion } from "./version.ts";

export interface AdapterPlace {
  /** For people: the package's name, or the file's. */
  readonly name: string;
  readonly version?: string;
  /** All that its code may read. */
  readonly folder: string;
  readonly dialect: string;
  readonly firmware?: string;
}

/** Why an adapter can't be used, and what to do. */
export class AdapterFault extends Error {
  override readonly name = "AdapterFault";
  readonly code: string;
  readonly fix: string;

  constructor(code: string, message: string, fix: string) {
    super(message);
    this.code = code;
    this.fix = fix;
  }
}

const MAX_PACKAGE = 256 * 1024;

/** Where Node would find a package from a folder. */
function installed(name: string, from: string): string | undefined {
  if (!/^(@[\w.-]+\/)?[\w.-]+$/.test(name) || name.includes("..")) return undefined;
  for (let folder = from; ; folder = dirname(folder)) {
    const at = join(folder, "node_modules", name);
    if (existsSync(join(at, "package.json"))) return at;
    if (dirname(folder) === folder) return undefined;
  }
}

const textOf = (from: unknown, key: string): string | undefined => {
  const value: unknown = typeof from === "object" && from !== null ? Reflect.get(from, key) : undefined;
  return typeof value === "string" ? value : undefined;
};

function packageIn(folder: string): AdapterPlace {
  const file = join(folder, "package.json");
  const stat = statSync(file, { throwIfNoEntry: false });
  if (!stat?.isFile() || stat.size > MAX_PACKAGE)
    throw new AdapterFault(
      "no-adapter",
      `${folder} has no package.json.`,
      "name the folder of an adapter made by: inglenook kit new",
    );
  let made: unknown;
  try {
    made = JSON.parse(readFileSync(file, "utf8"));
  } catch {
    throw new AdapterFault("no-adapter", `${file} is no JSON.`, "correct it");
  }
  const own: unknown = typeof made === "object" && made !== null ? Reflect.get(made, "inglenook") : undefined;
  const dialect = textOf(own, "dialect");
  if (dialect === undefined)
    throw new AdapterFault(
      "no-adapter",
      `${file} names no dialect.`,
      `add "inglenook": { "kit": ${kitVersion}, "dialect": "./dialect.js" }`,
    );
  const kit: unknown = Reflect.get(Object(own), "kit");
  if (kit !== kitVersion)
    throw new AdapterFault(
      "other-kit",
      `${textOf(made, "name") ?? folder} is written for version ${String(kit)} of the kit; this hub has ${kitVersion}.`,
      "use a version of the adapter, or of the hub, that fits",
    );
  const firmware = textOf(own, "firmware");
  const version = textOf(made, "version");
  return {
    name: textOf(made, "name") ?? folder,
    ...(version === undefined ? {} : { version }),
    folder,
    dialect: inside(folder, dialect),
    ...(firmware === undefined ? {} : { firmware: inside(folder, firmware) }),
  };
}

/** A file of the package, and of nothing outside it. */
function inside(folder: string, file: string): string {
  const at = resolve(folder, file);
  const way = relative(folder, at);
  if (way.startsWith("..") || isAbsolute(way) || !statSync(at, { throwIfNoEntry: false })?.isFile())
    throw new AdapterFault(
      "no-adapter",
      `${file} is no file of ${folder}.`,
      'correct the paths under "inglenook" in its package.json',
    );
  return at;
}

/** Finds an adapter by path or package name, seen from a folder. Throws AdapterFault. */
export function findAdapter(given: string, from: string): AdapterPlace {
  const path = resolve(from, given);
  const stat = statSync(path, { throwIfNoEntry: false });
  // Where links lead to: the adapter's process may read that folder and no other.
  if (stat?.isDirectory()) return packageIn(realpathSync(path));
  if (stat?.isFile()) {
    const folder = realpathSync(dirname(path));
    const firmware = join(folder, "firmware.js");
    return { name: given, folder, dialect: realpathSync(path), ...(existsSync(firmware) ? { firmware } : {}) };
  }
  const at = installed(given, from);
  if (at !== undefined) return packageIn(realpathSync(at));
  throw new AdapterFault(
    "no-adapter",
    `There is no adapter ${given}: no folder, no file, and no installed package of this name.`,
    "give the path of an adapter's folder, or install its package where the hub is started",
  );
}
