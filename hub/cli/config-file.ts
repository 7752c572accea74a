import { readFileSync, statSync } from "node:fs";
import { UsageError } from "./usage-error.ts";

/** A file of settings is short; anything longer is some other file. */
const MAX_BYTES = 64 * 1024;

/** Reads a file of settings, a JSON object. Throws UsageError for one that is missing, unreadable, or no object. */
export function readConfigFile(path: string): Readonly<Record<string, unknown>> {
  const stat = statSync(path, { throwIfNoEntry: false });
  if (!stat?.isFile())
    throw new UsageError(
      "no-config",
      `The configuration file ${path} ${stat ? "is no file" : "does not exist"}.`,
      "check the path given by --config or INGLENOOK_CONFIG",
    );
  if (stat.size > MAX_BYTES) throw notUsable(path, `is larger than ${MAX_BYTES / 1024} KiB`);
  let value: unknown;
  try {
    value = JSON.parse(readFileSync(path, "utf8"));
  } catch {
    throw notUsable(path, "is no JSON");
  }
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw notUsable(path, "is no JSON object");
  return { ...value };
}

const notUsable = (path: string, why: string): UsageError =>
  new UsageError(
    "bad-config",
    `The configuration file ${path} ${why}.`,
    'write it like {"port": 4477, "data": "/var/lib/inglenook"}',
  );
