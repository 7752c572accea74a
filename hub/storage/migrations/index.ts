import type { Migration } from "../connect.ts";
import { start } from "./0001-start.ts";
import { findings } from "./0002-findings.ts";
import { repairs } from "./0003-repairs.ts";
import { prices } from "./0004-prices.ts";
import { packRollups } from "./0005-packed-rollups.ts";
import { imports } from "./0006-imports.ts";
import { traces } from "./0007-traces.ts";

/** The hub's database, step by step. Position + 1 is the version a step leads to; a step that was released never changes. */
export const migrations: readonly Migration[] = [start, findings, repairs, prices, packRollups, imports, traces];
