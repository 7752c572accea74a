import { start } from "./0001-start.ts";
import { findings } from "./0002-findings.ts";

/** The hub's database, step by step. Position + 1 is the version a step leads to; a step that was released never changes. */
export const migrations: readonly string[] = [start, findings];
