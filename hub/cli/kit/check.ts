import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Command } from "commander";
import { check } from "../../../adapters/kit/check.ts";
import { AdapterFault, type AdapterPlace, findAdapter } from "../../../adapters/kit/find.ts";
import { firmwares } from "../../../adapters/kit/firmware/index.ts";
import type { Firmware } from "../../../adapters/kit/firmware.ts";
import { loadDialect, loadFirmware } from "../../../adapters/kit/load.ts";
import { inWords, type Published, publish } from "../../../adapters/kit/report.ts";
import { asHtml } from "../../../adapters/kit/report-html.ts";
import { live } from "../../../adapters/kit/rules/live.ts";
import type { Dialect } from "../../../adapters/mqtt/dialect.ts";
import { dialects } from "../../../adapters/mqtt/dialects/index.ts";
import { UsageError } from "../usage-error.ts";
import { version } from "../version.ts";
import { openBenchBroker } from "./bench-broker.ts";
import { DONE, guarded, isInner, report } from "./guard.ts";

const grades = ["none", "bronze", "silver", "gold"];

interface Given {
  readonly firmware?: string;
  readonly json?: string;
  readonly html?: string;
  readonly only?: string;
  readonly fuzz: string;
  readonly seed: string;
  readonly broker: boolean;
  readonly grade: string;
  readonly patience: string;
}

/** `inglenook kit check PATH|DIALECT`: plays the maker's devices against the adapter and grades it. */
export function addKitCheck(kit: Command): void {
  kit
    .command("check <adapter>")
    .description("play simulated devices against an adapter (folder, file, package or dialect) and grade it")
    .option("--firmware <file>", "the devices to play (default: those that the adapter names)")
    .option("--json <file>", "write the report as JSON")
    .option("--html <file>", "write the report as a page to publish")
    .option("--only <rules>", "some rules only, by id or family, with commas")
    .option("--fuzz <n>", "broken messages a model", "2000")
    .option("--seed <n>", "seed of the broken messages", "1")
    .option("--no-broker", "without the rules that need a broker")
    .option("--grade <grade>", "the grade to reach; else the exit code is 1", "bronze")
    .option("--patience <s>", "seconds that the adapter may take for one rule", "120")
    .action(async (adapter: string, given: Given) => {
      if (!isInner()) {
        process.exitCode = await guarded(whole("--patience", given.patience) * 1000);
        return;
      }
      process.once("disconnect", () => process.exit(1));
      const published = await run(adapter, given);
      if (given.json !== undefined) writeFileSync(resolve(given.json), `${JSON.stringify(published, null, 2)}\n`);
      if (given.html !== undefined) writeFileSync(resolve(given.html), asHtml(published));
      console.log(inWords(published));
      if (grades.indexOf(published.check.grade) < grades.indexOf(given.grade)) process.exitCode = 1;
      report(DONE);
      process.removeAllListeners("disconnect");
      process.disconnect();
    });
}

async function run(adapter: string, given: Given): Promise<Published> {
  const sizes = { fuzz: whole("--fuzz", given.fuzz), seed: whole("--seed", given.seed) };
  if (!grades.includes(given.grade))
    throw new UsageError("bad-grade", `--grade: there is no grade ${given.grade}.`, "use bronze, silver or gold");
  const { dialect, firmware, about } = await loaded(adapter, given.firmware);
  const only = given.only?.split(",").map((id) => id.trim());
  const checked = await check(dialect, firmware, {
    sizes,
    begins: report,
    ...(only ? { only } : {}),
    ...(given.broker ? { liveRules: live, openBroker: openBenchBroker } : {}),
  });
  if (checked.results.length === 0)
    throw new UsageError(
      "no-rule",
      `--only: there is no rule ${given.only}.`,
      "leave --only out to see all rules by id",
    );
  return publish(checked, { ...about, hub: version, node: process.versions.node, at: new Date().toISOString() });
}

interface Loaded {
  readonly dialect: Dialect;
  readonly firmware: Firmware;
  readonly about: { readonly adapter: string; readonly version: string };
}

/** The hub's own dialects whose devices the kit can play. */
const checkable = firmwares.map((f) => f.dialect).join(", ");

async function loaded(adapter: string, firmwareFile: string | undefined): Promise<Loaded> {
  const given = firmwareFile === undefined ? undefined : await loadFirmware(resolve(firmwareFile));
  const own = dialects.find((d) => d.name === adapter);
  if (own) {
    const firmware = given ?? firmwares.find((f) => f.dialect === adapter);
    if (!firmware)
      throw new UsageError(
        "no-firmware",
        `The kit has no devices that speak ${adapter}.`,
        `give some with --firmware, or check one of ${checkable}`,
      );
    return { dialect: own, firmware, about: { adapter, version } };
  }
  const place = placeOf(adapter);
  const firmware = given ?? (await firmwareOf(place));
  const about = { adapter: place.name, version: place.version ?? "without a version" };
  return { dialect: await loadDialect(place.dialect), firmware, about };
}

function placeOf(adapter: string): AdapterPlace {
  try {
    return findAdapter(adapter, process.cwd());
  } catch (error) {
    // Whoever meant a dialect of the hub is told which ones there are.
    if (!(error instanceof AdapterFault) || !/^[a-z0-9-]+$/.test(adapter)) throw error;
    throw new AdapterFault(
      error.code,
      error.message,
      `${error.fix}; the hub's own dialects that can be checked are ${checkable}`,
    );
  }
}

function firmwareOf(place: AdapterPlace): Promise<Firmware> {
  if (place.firmware !== undefined) return loadFirmware(place.firmware);
  throw new UsageError(
    "no-firmware",
    `${place.name} names no firmware to be checked with.`,
    'add "firmware": "./firmware.js" under "inglenook" in its package.json, or give one with --firmware',
  );
}

function whole(flag: string, text: string): number {
  const value = Number(text);
  if (/^\d{1,7}$/.test(text) && value >= 1) return value;
  throw new UsageError("bad-number", `${flag}: ${text} is no whole number from 1 to 9999999.`, "give such a number");
}
