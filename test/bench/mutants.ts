/**
 * Mutants of the evaluator: small faults put into the source of how rules are judged and carried out, one at a time; the
 * plain-text scenarios have to tell each apart from the right program. Prints those that survive, by file and line.
 *   npx esbuild test/bench/mutants.ts --bundle --platform=node --format=esm --packages=external --outfile=.data/bench/mutants.mjs && node .data/bench/mutants.mjs [every N-th = 1] [part of a file's name]
 */
import { readdirSync, readFileSync } from "node:fs";
import { basename, join, relative, resolve } from "node:path";
import { Worker } from "node:worker_threads";
import { build } from "esbuild";
import { type Mutant, mutated } from "./support/mutate.ts";

const EVERY = Number(process.argv[2] ?? 1) || 1;
const ONLY = process.argv[3] ?? "";
/** A mutant that runs longer than this goes round in circles, which any test would notice. The right program needs a tenth. */
const LONGEST_MS = 20_000;
const BUNDLE = resolve(".data/bench/mutant-judge.mjs");

const inFolder = (folder: string): string[] =>
  readdirSync(folder)
    .filter((f) => f.endsWith(".ts"))
    .map((f) => join(folder, f));
const SOURCES = [
  ...["evaluate", "picture", "select", "formula", "presence", "arbitrate"].map((f) => `hub/rules/${f}.ts`),
  ...["hub/rules/conditions", "hub/rules/run", "hub/step/automation"].flatMap(inFolder),
];

/** The judge with all mutants in it. */
async function prepared(): Promise<Mutant[]> {
  const mutants: Mutant[] = [];
  const texts = new Map<string, string>();
  for (const file of SOURCES) {
    const found = mutated(file, readFileSync(file, "utf8"), mutants.length + 1);
    texts.set(resolve(file), found.text);
    mutants.push(...found.mutants);
  }
  await build({
    ...{ entryPoints: ["test/bench/support/mutant-judge.ts"], outfile: BUNDLE, logLevel: "error" },
    ...{ bundle: true, platform: "node", format: "esm", packages: "external" },
    plugins: [
      {
        name: "mutants",
        setup: (b) => {
          b.onLoad({ filter: /hub\/(rules|step)\/.*\.ts$/ }, ({ path }) => {
            const contents = texts.get(path);
            return contents === undefined ? undefined : { contents, loader: "ts" };
          });
        },
      },
    ],
  });
  return mutants;
}

let worker: Worker | undefined;

async function freshWorker(id: number): Promise<Worker> {
  await worker?.terminate();
  // The number has to stand before the program begins.
  const code = `globalThis.mutant = ${id}; import(${JSON.stringify(`file://${BUNDLE}`)});`;
  worker = new Worker(code, { eval: true, workerData: id });
  await answerOf(worker);
  return worker;
}

/** What a worker says; that it took too long or fell is an answer too. */
const answerOf = (one: Worker): Promise<string> =>
  new Promise((done) => {
    const end = (answer: string) => {
      clearTimeout(late);
      one.off("message", end).off("error", fell);
      done(answer);
    };
    const fell = (error: unknown) => end(`it fell: ${String(error)}`);
    const late = setTimeout(end, LONGEST_MS, "it goes round in circles");
    one.on("message", end).on("error", fell);
  });

/** Which scenario tells the mutant apart; empty where none does. */
async function killerOf({ id, isStatic }: Mutant): Promise<string> {
  const one = isStatic || !worker ? await freshWorker(id) : worker;
  one.postMessage(id);
  const answer = await answerOf(one);
  if (isStatic || answer.startsWith("it ")) {
    await worker?.terminate();
    worker = undefined;
  }
  return answer;
}

const short = (text: string): string => (text.length > 90 ? `${text.slice(0, 89)}…` : text).replace(/\s+/g, " ");

async function main(): Promise<void> {
  const all = await prepared();
  const chosen = all.filter((m) => m.id % EVERY === 0 && m.file.includes(ONLY));
  const right = await killerOf({ id: 0, file: "", line: 0, was: "", is: "", isStatic: false });
  if (right !== "") throw new Error(`the right program is not right: ${right}`);
  const survived: Mutant[] = [];
  const tally = new Map<string, { killed: number; all: number }>();
  for (const mutant of chosen) {
    const killer = await killerOf(mutant);
    const count = tally.get(mutant.file) ?? { killed: 0, all: 0 };
    tally.set(mutant.file, { killed: count.killed + (killer === "" ? 0 : 1), all: count.all + 1 });
    if (killer !== "") continue;
    survived.push(mutant);
    console.log(
      `survives  ${relative(".", mutant.file)}:${mutant.line}  ${short(mutant.was)}  ->  ${short(mutant.is)}`,
    );
  }
  await worker?.terminate();
  for (const [file, { killed, all: of }] of tally)
    console.log(`${basename(file).padEnd(22)} ${killed} of ${of} killed`);
  const killed = chosen.length - survived.length;
  const percent = ((killed / Math.max(1, chosen.length)) * 100).toFixed(1);
  console.log(
    `${all.length} mutants, ${chosen.length} looked at: ${killed} killed (${percent} %), ${survived.length} survive`,
  );
}

await main();
