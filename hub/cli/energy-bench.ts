import { renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Command, InvalidArgumentError, Option } from "commander";
import type { BatteryFacts } from "../planner/storage/battery.ts";
import { readHome } from "./energy-bench/home.ts";
import { pricesOf } from "./energy-bench/prices.ts";
import { dispatchCsv, inWords, reportOf } from "./energy-bench/report.ts";
import { runHome } from "./energy-bench/run.ts";
import { UsageError } from "./usage-error.ts";

interface Options {
  readonly csv: string;
  readonly price?: string;
  readonly adder: number;
  readonly publishHour: number;
  readonly flat?: number;
  readonly exportPrice: number;
  readonly battery: BatteryFacts;
  readonly wear: number;
  readonly out?: string;
  readonly json?: boolean;
}

/** The battery of the shared homes. */
const USUAL = "6.4,5,0.9";

/** A number within bounds, in the words of commander. */
const within =
  (least: number, most: number, whole = false) =>
  (text: string): number => {
    const value = text.trim() === "" ? Number.NaN : Number(text);
    if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
    throw new InvalidArgumentError(`Give a ${whole ? "whole " : ""}number from ${least} to ${most}.`);
  };

/** KWH,KW,ROUNDTRIP: the loss is half on the way in, half on the way out. */
function batteryOf(text: string): BatteryFacts {
  const [capacityKwh = Number.NaN, kw = Number.NaN, roundTrip = Number.NaN, ...more] = text
    .split(",")
    .map((part) => (part.trim() === "" ? Number.NaN : Number(part)));
  const fits = capacityKwh > 0 && capacityKwh <= 10_000 && kw > 0 && kw <= 10_000 && roundTrip > 0 && roundTrip <= 1;
  if (!fits || more.length > 0)
    throw new InvalidArgumentError("Give kWh, kW and round-trip efficiency up to 1, such as 6.4,5,0.9.");
  const oneWay = Math.sqrt(roundTrip);
  return { capacityKwh, chargeKw: kw, dischargeKw: kw, chargeEfficiency: oneWay, dischargeEfficiency: oneWay };
}

/** `inglenook energy-bench`: a recorded home with a battery that the hub plans, beside what was possible. */
export function addEnergyBench(program: Command): void {
  program
    .command("energy-bench")
    .description("plan a battery over a recorded home hour by hour, and compare with the optimum")
    .requiredOption("--csv <file>", "home: start, load_kwh, pv_kwh, price_..., carbon_kg_kwh; a row an hour")
    .option("--price <file>", "day-ahead prices instead: spot_... per MWh, a row for each of the home's")
    .option("--adder <p>", "per kWh on top of the day-ahead price", within(-10, 10), 0.15)
    .option("--publish-hour <h>", "hour from which tomorrow's prices are known", within(0, 23, true), 13)
    .option("--flat <p>", "the same price per kWh always", within(-10, 100))
    .option("--export-price <x>", "what an exported kWh earns", within(-10, 100), 0)
    .addOption(
      new Option("--battery <kwh,kw,roundtrip>", "what the battery can do")
        .argParser(batteryOf)
        .default(batteryOf(USUAL), USUAL),
    )
    .option("--wear <p>", "wear per kWh discharged, weighed but not in the bill", within(0, 10), 0)
    .option("--out <file>", "write each hour's mode, charge, discharge and grid energy as CSV")
    .option("--json", "print one JSON object")
    .action(run);
}

function run(options: Options): void {
  const { csv, price, flat, battery, wear, out, json = false } = options;
  if (price !== undefined && flat !== undefined)
    throw new UsageError("two-prices", "--price and --flat are both given.", "give one of them");
  if (out !== undefined) writable(out);
  const home = readHome(csv);
  const prices = pricesOf(home, csv, {
    adder: options.adder,
    publishHour: options.publishHour,
    exportPrice: options.exportPrice,
    ...(price !== undefined && { file: price }),
    ...(flat !== undefined && { flat }),
  });
  const outcome = runHome(home, prices, battery, wear, progress());
  const report = reportOf(home, prices, battery, wear, outcome);
  if (out !== undefined) write(out, dispatchCsv(home, outcome));
  console.log(json ? JSON.stringify(report) : inWords(report));
  if (json) for (const note of report.notes) console.error(`Note: ${note}`);
}

/** A minute's work must not be lost for a folder that is not there. */
function writable(out: string): void {
  if (statSync(out, { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError("is-folder", `--out: ${out} is a folder.`, "give the name of a file");
  if (!statSync(dirname(out), { throwIfNoEntry: false })?.isDirectory())
    throw new UsageError("no-folder", `--out: the folder ${dirname(out)} does not exist.`, "make it, or give another");
}

/** Under another name until it is whole. */
function write(out: string, text: string): void {
  const part = `${out}.part`;
  try {
    writeFileSync(part, text);
    renameSync(part, out);
  } catch (error) {
    rmSync(part, { force: true });
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError("not-written", `--out: ${out} can't be written: ${why}`, "give a place that can be written");
  }
}

/** Says how far it is where somebody watches. */
function progress(): (share: number) => void {
  if (!process.stderr.isTTY) return () => {};
  let told = -1;
  return (share) => {
    const percent = Math.floor(share * 100);
    if (percent === told) return;
    told = percent;
    process.stderr.write(percent === 100 ? "\r      \r" : `\r${percent} % `);
  };
}
