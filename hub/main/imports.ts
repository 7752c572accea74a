import { randomUUID } from "node:crypto";
import { lstatSync, mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { partsOf } from "../energy/parts.ts";
import { capabilities } from "../model/capabilities/index.ts";
import type { AttributeSpec } from "../model/capability.ts";
import { type NodeState, nameOf } from "../model/home.ts";
import type { EndpointDescription } from "../model/node.ts";
import { parsePath, pathKey } from "../model/path.ts";
import { units } from "../model/units.ts";
import type {
  Clock,
  DryRun,
  FoundSeries,
  FoundWithChoices,
  ImportChoice,
  Imports,
  ImportTarget,
  ImportWish,
  Store,
} from "../ports.ts";
import type { CoreState } from "../step.ts";
import { conversionOf } from "./import-units.ts";
import type { Jobs } from "./jobs.ts";

const MAX_FILES = 100;
const MAX_CHOICES = 60;
const FILE = /^[^/\\\0]{1,200}\.(db|sqlite|sqlite3|csv|tsv)$/i;
const isTable = (file: string): boolean => /\.(csv|tsv)$/i.test(file);

interface ImportParts {
  readonly data: string;
  readonly state: CoreState;
  readonly store: Store;
  readonly clock: Clock;
  readonly jobs: Jobs;
}

const BUSY = "file: another import is under way; wait until it has ended, or cancel it";

/** The desk for the past from before the hub: one import at a time. */
export function createImports({ data, state, store, clock, jobs }: ImportParts): Imports {
  const folder = join(data, "imports");
  let running = false;
  const audit = (by: string, what: string, subject: string, detail: string) =>
    store.appendAudit({ at: clock.now(), by, what, subject, detail });
  const preview = async (source: ImportWish["source"]) => {
    check(folder, source);
    return store.imports.preview(source);
  };
  return {
    list: () => ({ folder, files: filesOf(folder), batches: store.imports.batches() }),
    async look(file) {
      if (!isTable(file)) throw new RangeError("file: only tables have columns");
      present(folder, file);
      return store.imports.look(file);
    },
    async preview(source) {
      return (await preview(source)).map((found) => withChoices(state, found));
    },
    async dryRun(wish) {
      if (running) throw new RangeError(BUSY);
      running = true;
      try {
        return await tryOut({ store, jobs, wish, pairs: pairsOf(state, wish, await preview(wish.source)) });
      } finally {
        running = false;
      }
    },
    async start(wish, by) {
      if (running) throw new RangeError(BUSY);
      running = true;
      try {
        const pairs = pairsOf(state, wish, await preview(wish.source));
        const id = `import-${randomUUID()}`;
        const keys = pairs.map(([, target]) => target.key);
        store.imports.begin({ id, at: clock.now(), by, file: wish.source.file, keys });
        audit(by, "import-started", id, `${wish.source.file}: ${keys.length} series`);
        void work({ store, jobs, wish, pairs, id }).finally(() => {
          running = false;
        });
        return id;
      } catch (error) {
        running = false;
        throw error;
      }
    },
    async remove(id, by) {
      if (running) throw new RangeError("id: an import is under way; wait until it has ended, or cancel it");
      const found = await store.imports.remove(id);
      if (found) audit(by, "import-removed", id, "");
      return found;
    },
  };
}

type Pair = readonly [FoundSeries, ImportTarget];

interface Work {
  readonly store: Store;
  readonly jobs: Jobs;
  readonly wish: ImportWish;
  readonly pairs: readonly Pair[];
}

/** What an import would write. It may take as long as one: a job that people watch and can cancel, too. */
async function tryOut({ store, jobs, wish, pairs }: Work): Promise<DryRun[]> {
  let cancelled = false;
  const job = jobs.add(`import-try-${randomUUID()}`, `Trying out ${wish.source.file}`, () => {
    cancelled = true;
  });
  const runs: DryRun[] = [];
  try {
    for (const [i, [found, target]] of pairs.entries()) {
      let run: DryRun = { id: found.id, key: target.key, write: 0, fine: 0, own: 0, recent: 0, refused: [] };
      for await (const { at, count } of store.imports.run(wish.source, found, target)) {
        run = { ...run, ...count };
        job.progress((i + shareOf(found, at)) / pairs.length, found.name || found.id);
        if (cancelled) throw new RangeError("file: trying it out was cancelled");
      }
      runs.push(run);
    }
    job.end("done", "nothing was written");
    return runs;
  } catch (error) {
    job.end(cancelled ? "cancelled" : "failed", cancelled ? "nothing was written" : reasonOf(error));
    throw error;
  }
}

const shareOf = (found: FoundSeries, at: number): number => (at - found.from) / Math.max(1, found.to - found.from);
const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));

async function work({ store, jobs, wish, pairs, id }: Work & { readonly id: string }): Promise<void> {
  let cancelled = false;
  const job = jobs.add(id, `Bringing in ${wish.source.file}`, () => {
    cancelled = true;
  });
  let hours = 0;
  let here = 0;
  try {
    for (const [i, [found, target]] of pairs.entries()) {
      here = 0;
      for await (const { at, count } of store.imports.run(wish.source, found, target, id)) {
        here = count.write;
        job.progress((i + shareOf(found, at)) / pairs.length, `${found.name || found.id}: ${hours + here} hours`);
        if (cancelled) return job.end("cancelled", `${hours + here} hours were brought in before`);
      }
      hours += here;
    }
    job.end("done", `${hours} hours`);
  } catch (error) {
    job.end("failed", `${reasonOf(error)}; ${hours + here} hours were brought in before`);
  }
}

/** Files themselves: a link could lead anywhere. */
function filesOf(folder: string): { file: string; bytes: number; table: boolean }[] {
  mkdirSync(folder, { recursive: true });
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && FILE.test(entry.name))
    .map(({ name }) => name)
    .sort()
    .slice(0, MAX_FILES)
    .map((file) => ({ file, bytes: sizeOf(join(folder, file)), table: isTable(file) }));
}

/** A file may go while it is listed. */
const sizeOf = (path: string): number => lstatSync(path, { throwIfNoEntry: false })?.size ?? 0;

function present(folder: string, file: string): void {
  if (!filesOf(folder).some((one) => one.file === file))
    throw new RangeError(
      `file: there is no file ${file.slice(0, 100)} in ${folder}; put it there itself, not a link to it`,
    );
}

function check(folder: string, { file, csv }: ImportWish["source"]): void {
  present(folder, file);
  if (isTable(file) !== (csv !== undefined))
    throw new RangeError(isTable(file) ? "csv: must say which columns are meant" : "csv: only tables have columns");
  if (!csv) return;
  try {
    new Intl.DateTimeFormat("en", { timeZone: csv.timeZone });
  } catch {
    throw new RangeError("csv.timeZone: is no time zone; write it like Europe/Berlin");
  }
}

/** What of the house is of a series' kind and unit. */
function choicesOf(state: CoreState, { unit, kind }: FoundSeries): ImportChoice[] {
  const conversion = conversionOf(unit);
  const choices: ImportChoice[] = [];
  if (!conversion) return choices;
  for (const node of state.home.nodes.values())
    for (const endpoint of node.description.endpoints)
      for (const [capability, { attributes }] of Object.entries(endpoint.capabilities))
        for (const attribute of Object.keys(attributes)) {
          const spec = specOf(capability, attribute);
          if (spec?.type !== "number" || spec.unit !== conversion.unit) continue;
          if ((spec.kind === "counter") !== (kind === "counter")) continue;
          const key = pathKey({ node: node.description.id, endpoint: endpoint.number, capability, attribute });
          choices.push({
            key,
            name: `${nameOf(node)}${placeOf(node, endpoint)}: ${spec.label}`,
            unit: units[spec.unit],
          });
        }
  return choices;
}

/** Which part of a device is meant, where it has several. */
const placeOf = ({ description }: NodeState, { number, label }: EndpointDescription): string =>
  description.endpoints.length < 2 ? "" : `, ${label ?? `part ${number}`}`;

function specOf(capability: string, attribute: string): AttributeSpec | undefined {
  if (!Object.hasOwn(capabilities, capability)) return undefined;
  const attributes = capabilities[capability]?.attributes;
  return attributes && Object.hasOwn(attributes, attribute) ? attributes[attribute] : undefined;
}

const wordsOf = (text: string): Set<string> =>
  new Set(
    text
      .toLowerCase()
      .split(/[^\p{L}\p{N}]+/u)
      .filter((word) => word.length > 2 && word !== "sensor"),
  );

/** The likeliest by the words that both names share; one word of a device's own must be among them. */
function withChoices(state: CoreState, found: FoundSeries): FoundWithChoices {
  const words = wordsOf(`${found.name} ${found.id}`);
  const meter = partsOf(state.home).grid?.meter;
  const ofHouse = ({ key }: ImportChoice) => Number(key === meter?.imported || key === meter?.exported);
  const scored = choicesOf(state, found)
    .map((choice) => ({ choice, score: [...wordsOf(choice.name)].filter((word) => words.has(word)).length }))
    // Whom no name helps to tell, most likely brings the house's own meter.
    .sort(
      (a, b) =>
        b.score - a.score ||
        ofHouse(b.choice) - ofHouse(a.choice) ||
        a.choice.name.localeCompare(b.choice.name, "en", { numeric: true }),
    )
    .slice(0, MAX_CHOICES);
  const [best, second] = scored;
  const choices = scored.map(({ choice }) => choice);
  if (!best) return { ...found, choices, misfit: misfitOf(found) };
  // Two that fit equally well are a person's choice.
  if (best.score === 0 || best.score === second?.score) return { ...found, choices };
  return { ...found, choices, proposed: best.choice.key };
}

function misfitOf({ unit, kind }: FoundSeries): string {
  if (unit === "") return "it has no unit";
  if (!conversionOf(unit)) return `the hub does not know the unit ${unit}`;
  return `nothing in the house ${kind === "counter" ? "counts" : "is measured"} in such a unit (${unit})`;
}

function pairsOf(state: CoreState, { mapping }: ImportWish, all: readonly FoundSeries[]): Pair[] {
  const keys = new Set<string>();
  return mapping.map(({ id, key }, i): Pair => {
    const found = all.find((one) => one.id === id);
    if (!found) throw new RangeError(`mapping.${i}.id: the file has no series ${id}`);
    const path = parsePath(key);
    const spec = path && specOf(path.capability, path.attribute);
    const conversion = conversionOf(found.unit);
    if (!conversion) throw new RangeError(`mapping.${i}.id: the hub does not know the unit ${found.unit || "(none)"}`);
    if (spec?.type !== "number" || !choicesOf(state, found).some((choice) => choice.key === key))
      throw new RangeError(`mapping.${i}.key: must be an attribute of the house that is measured in such a unit`);
    if (keys.has(key)) throw new RangeError(`mapping.${i}.key: is meant for two series; each needs its own`);
    keys.add(key);
    return [found, { id, key, factor: conversion.factor, offset: conversion.offset, min: spec.min, max: spec.max }];
  });
}
