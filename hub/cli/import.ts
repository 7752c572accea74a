import { type Command, Option } from "commander";
import type { CsvColumns, DryRun, FoundWithChoices, ImportSource, ImportWish } from "../ports.ts";
import type { House } from "./house/house.ts";
import { addHouse, openHouse } from "./house/open.ts";
import { stoppable, teller } from "./house/work.ts";
import { UsageError } from "./usage-error.ts";

interface Options extends Partial<Pick<CsvColumns, "time" | "clock" | "value" | "unit" | "kind" | "stamp">> {
  readonly zone?: string;
  readonly map?: readonly string[];
  readonly proposed?: boolean;
  readonly dryRun?: boolean;
  readonly list?: boolean;
  readonly remove?: string;
  readonly json?: boolean;
}

/** `inglenook import`: the past from Home Assistant's database or a table. */
export function addImport(program: Command): void {
  const command = program
    .command("import")
    .description(
      "bring in the past from Home Assistant's database or a table; alone with a file, it only shows what is in it",
    )
    .argument(
      "[file]",
      "home-assistant_v2.db or a table (.csv, .tsv); with --hub, its name in the hub's imports folder",
    );
  addHouse(command)
    .option("--map <series=attribute>", "bring this series into this attribute; may be given more than once", more)
    .option("--proposed", "bring in all that fits one attribute by its name")
    .option("--dry-run", "only say what would be written")
    .option("--list", "what was brought in before")
    .option("--remove <id>", "take out again what an import brought in")
    .option("--json", "print JSON")
    .option(
      "--time <column>",
      "of a table: the column of the time (this and what follows is guessed where it is not given)",
    )
    .option("--clock <column>", "of a table: the column of the time of day, where the day has one of its own")
    .option("--value <column>", "of a table: the column of the number")
    .option("--unit <unit>", "of a table: kWh, W, °C …")
    .option("--zone <zone>", "of a table: time zone of times that name none (default: the home's)")
    .addOption(
      new Option("--kind <kind>", "of a table: what the numbers are").choices(["counter", "interval", "measurement"]),
    )
    .addOption(
      new Option("--stamp <end>", "of a table: which end of its interval a time names").choices(["start", "end"]),
    )
    .action((file: string | undefined, options: Options) => stoppable((stop) => run(command, file, options, stop)));
}

const more = (one: string, all: readonly string[] = []): readonly string[] => [...all, one];

async function run(command: Command, file: string | undefined, options: Options, stop: AbortSignal): Promise<void> {
  if (file === undefined && !options.list && options.remove === undefined)
    throw new UsageError("no-file", "Nothing is said to be brought in.", "give a file, --list or --remove ID");
  const house = await openHouse(command);
  try {
    if (options.list) return print(options, await house.batches(), batchWords);
    if (options.remove !== undefined) return await takeOut(house, options.remove);
    await withFile(house, await house.place(file ?? ""), options, stop);
  } finally {
    await house.close();
  }
}

async function takeOut(house: House, id: string): Promise<void> {
  if (!(await house.remove(id)))
    throw new UsageError("no-import", `There is no import ${id}.`, "see `inglenook import --list`");
  console.log("Taken out.");
}

async function withFile(house: House, file: string, options: Options, stop: AbortSignal): Promise<void> {
  const source = { file, ...(/\.(csv|tsv)$/i.test(file) ? { csv: await columnsOf(house, file, options) } : {}) };
  const found = await house.preview(source);
  const wish = wishOf(source, found, options);
  if (!wish) return print(options, found, foundWords);
  const runs = await house.dryRun(wish, teller(), stop);
  if (options.dryRun) return print(options, runs, runWords);
  if (!options.json) console.error(`\n${runs.map(runWords).join("\n")}`);
  const done = await house.bringIn(wish, teller(), stop);
  if (done !== undefined) console.log(options.json ? JSON.stringify({ done }) : `\nBrought in: ${done}.`);
}

function print<T>(options: Options, list: readonly T[], words: (one: T) => string): void {
  console.log(options.json ? JSON.stringify(list) : list.map(words).join("\n") || "nothing");
}

async function columnsOf(house: House, file: string, options: Options): Promise<CsvColumns> {
  const { guess, columns } = await house.look(file);
  const { time = guess.time, value = guess.value, unit = guess.unit, kind = guess.kind } = options;
  const clock = options.clock ?? (options.time === undefined ? guess.clock : undefined);
  const stamp = options.stamp ?? guess.stamp;
  for (const [name, given] of Object.entries({ time, value, unit, kind }))
    if (given === undefined)
      throw new UsageError(
        "no-column",
        `--${name}: can't be guessed from the table; its columns are ${columns.join(", ")}.`,
        `add --${name}`,
      );
  const timeZone = options.zone ?? (await house.timeZone());
  return {
    ...{ time: time ?? "", value: value ?? "", unit: unit ?? "", kind: kind ?? "interval", timeZone },
    ...(clock === undefined ? {} : { clock }),
    ...(stamp === undefined ? {} : { stamp }),
  };
}

/** What is to be brought in; undefined where nothing was said of it. */
function wishOf(
  source: ImportSource,
  found: readonly FoundWithChoices[],
  { map, proposed, dryRun }: Options,
): ImportWish | undefined {
  const given = (map ?? []).map((one) => {
    // Both sides may have an equals sign in them in theory; an attribute's path has none.
    const cut = one.lastIndexOf("=");
    if (cut < 1)
      throw new UsageError(
        "bad-map",
        `--map: ${one} is no pair.`,
        "write it like sensor.meter=meter/1/electricalEnergyMeasurement.cumulativeEnergyImported",
      );
    return { id: one.slice(0, cut), key: one.slice(cut + 1) };
  });
  const own = new Set(given.map(({ id }) => id));
  const fitting = proposed ? found.flatMap(({ id, proposed: key }) => (key && !own.has(id) ? [{ id, key }] : [])) : [];
  const mapping = [...given, ...fitting];
  if (mapping.length > 0) return { source, mapping };
  if (!proposed && !dryRun) return undefined;
  throw new UsageError(
    "no-map",
    "No series is said to go anywhere.",
    "add --map SERIES=ATTRIBUTE; without it you see what there is",
  );
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10);

function foundWords(one: FoundWithChoices): string {
  const parts = one.parts?.map((part) => `${part.rows} ${part.of}`).join(", ") ?? `${one.rows} rows`;
  const head = `${one.id}  ${one.name === one.id ? "" : `"${one.name}"  `}${one.kind} in ${one.unit}, ${day(one.from)} to ${day(one.to - 1)}: ${parts}`;
  const notes = (one.notes ?? []).map((note) => `\n    ${note}`).join("");
  if (one.misfit !== undefined) return `${head}${notes}\n    not to be brought in: ${one.misfit}`;
  const choices = one.choices
    .slice(0, 5)
    .map(({ key, name }) => `\n    ${key === one.proposed ? "proposed" : "or"}: ${key}  "${name}"`);
  const rest = one.choices.length > 5 ? `\n    and ${one.choices.length - 5} more (--json)` : "";
  return `${head}${notes}${choices.join("")}${rest}`;
}

function runWords({ id, key, write, fine, own, recent, refused }: DryRun): string {
  const left = [
    `${own} there already`,
    `${recent} too new`,
    ...refused.map(({ reason, rows }) => `${rows} rows left out: each ${reason}`),
  ];
  return `${id} -> ${key}: ${write} hours, ${fine} of them by five minutes; ${left.join("; ")}`;
}

const batchWords = ({ id, at, by, file, hours, keys }: Awaited<ReturnType<House["batches"]>>[number]): string =>
  `${id}  ${new Date(at).toISOString()}  ${file}: ${hours} hours of ${keys.length} series, by ${by}`;
