import type { Dialect } from "../mqtt/dialect.ts";
import { kitVersion } from "./version.ts";

/** A dialect that says for which version of the contract it was written. */
export interface DialectOfMaker extends Dialect {
  readonly kit: typeof kitVersion;
}

const NAME = /^[a-z][a-z0-9-]{0,39}$/;

/** Why something is no dialect of a maker, in words; undefined when it is one. */
export function dialectFault(given: unknown): string | undefined {
  if (typeof given !== "object" || given === null) return "it is no object; export default defineDialect({ … })";
  const [name, kit, open] = ["name", "kit", "open"].map((key): unknown => Reflect.get(given, key));
  if (typeof name !== "string" || !NAME.test(name))
    return "name must be 1 to 40 small letters, digits and hyphens, and begin with a letter";
  if (kit !== kitVersion) return `it is written for version ${String(kit)} of the kit; this one is ${kitVersion}`;
  return typeof open === "function" ? undefined : "open must be a function (hubId) => session";
}

/** Checks a dialect's outline once, where its maker sees it. Throws with the reason. */
export function defineDialect(dialect: DialectOfMaker): DialectOfMaker {
  const fault = dialectFault(dialect);
  if (fault !== undefined) throw new Error(`This is no dialect: ${fault}`);
  return dialect;
}
