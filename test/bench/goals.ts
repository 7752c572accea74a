/**
 * How rightly people's wishes are read: by grammar alone, or with a model for what the grammar leaves open. Run:
 * npx esbuild test/bench/goals.ts --bundle --platform=node --format=esm --packages=external --outfile=test/planner/goals/bench-goals.mjs
 * && node test/planner/goals/bench-goals.mjs [--model none|FILE.gguf] [--set open|aside|all|second] [--no-exam] [--verbose]; rm test/planner/goals/bench-goals.mjs
 *
 * `--one-home` puts the model's questions about the English home alone, so that a busy machine reads one prompt, not five.
 * `--set second` are the sentences of another hand, read in a larger home on a day of its own.
 * Exact: all goals with all their fields, and none besides. `--no-exam` believes a model that got the control sentences wrong,
 * which the hub does not.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createLlama, type LocalModel } from "../../hub/llm/llama.ts";
import { readWish } from "../../hub/planner/read-wish.ts";
import { understand } from "../../hub/planning/reading.ts";
import type { LanguageModel } from "../../hub/ports.ts";
import { buildProcess } from "../llm/process-entry.ts";
import {
  allSentences,
  exact,
  homeOf,
  invented,
  kindAndTarget,
  type Sentence,
  secondSentences,
  todayOf,
} from "../planner/goals/sentences.ts";
import { CODES, smallHome } from "../planner/goals/small-home.ts";

const { values } = parseArgs({
  options: {
    model: { type: "string", default: "none" },
    set: { type: "string", default: "all" },
    "one-home": { type: "boolean", default: false },
    "no-exam": { type: "boolean", default: false },
    verbose: { type: "boolean", default: false },
  },
});

interface Row {
  readonly sentence: Sentence;
  readonly exact: boolean;
  readonly target: boolean;
  readonly invented: number;
  /** Nothing of a part was understood by grammar, so that a model was asked. */
  readonly open: boolean;
  readonly ms: number;
}

/** A busy machine must not make a reading wrong: what takes long is seen in the seconds. */
const patient = (model: LocalModel): LanguageModel => ({
  ready: () => model.ready(),
  ask: (question, signal) => model.ask({ ...question, timeoutMs: PATIENCE_MS }, signal),
});

const PATIENCE_MS = 900_000;
const NONE: LanguageModel = { ready: () => undefined, ask: async () => ({ ok: false, reason: "no model" }) };

async function row(sentence: Sentence, model: LanguageModel, exams: Map<string, number>): Promise<Row> {
  const { names } = homeOf(sentence);
  const today = todayOf(sentence);
  const open = readWish(sentence.text, names, today).notUnderstood.some((u) => u.part);
  if (values["no-exam"]) exams.set(model.ready() ?? "", 0);
  const startedAt = performance.now();
  const signal = new AbortController().signal;
  const asked = open && values["one-home"] ? smallHome("en").names : names;
  const { goals, refused, notes } = await understand(
    sentence.text,
    asked,
    { model, exams, signal },
    today ? { today } : {},
  );
  const ms = performance.now() - startedAt;
  const right = exact(goals, sentence.expected);
  if (values.verbose && (!right || open))
    console.log(
      `${right ? "right" : "WRONG"} ${sentence.code} ${sentence.text}\n   ${JSON.stringify(goals)} ${JSON.stringify([refused, notes])}`,
    );
  return {
    ...{ sentence, exact: right, target: kindAndTarget(goals, sentence.expected) },
    ...{ invented: invented(sentence.code, goals, homeOf(sentence)).length, open, ms },
  };
}

const share = (rows: readonly Row[], of: (row: Row) => boolean): string =>
  `${rows.filter(of).length}/${rows.length} (${((100 * rows.filter(of).length) / Math.max(1, rows.length)).toFixed(1)} %)`;

function print(title: string, rows: readonly Row[]): void {
  const asked = rows.filter((r) => r.open);
  const seconds = (list: readonly Row[]) =>
    (list.reduce((sum, r) => sum + r.ms, 0) / 1000 / Math.max(1, list.length)).toFixed(2);
  console.log(
    `${title}: exact ${share(rows, (r) => r.exact)}, kind and target ${share(rows, (r) => r.target)}, invented names ${rows.reduce((n, r) => n + r.invented, 0)}; left open by the grammar ${asked.length}, of them exact ${share(asked, (r) => r.exact)}; ${seconds(rows)} s a sentence, ${seconds(asked)} s where it was open`,
  );
}

async function main(): Promise<void> {
  const first = allSentences().filter((s) => values.set === "all" || s.aside === (values.set === "aside"));
  const sentences = values.set === "second" ? secondSentences() : first;
  const folder = mkdtempSync(join(tmpdir(), "bench-goals-"));
  const log = { info() {}, warn: console.warn, error: console.error };
  const local: LocalModel | undefined =
    values.model === "none"
      ? undefined
      : createLlama({ entry: await buildProcess(), modelPath: () => values.model, log, stateFolder: folder });
  const exams = new Map<string, number>();
  const rows: Row[] = [];
  for (const sentence of sentences) rows.push(await row(sentence, local ? patient(local) : NONE, exams));
  await local?.stop();
  rmSync(folder, { recursive: true, force: true });
  for (const code of CODES)
    print(
      code,
      rows.filter((r) => r.sentence.code === code),
    );
  for (const aside of [false, true]) {
    const some = rows.filter((r) => r.sentence.aside === aside);
    if (some.length > 0) print(aside ? "kept aside" : "seen", some);
  }
  print(`all, model ${values.model}`, rows);
  console.log(`control sentences wrong: ${[...exams.values()].join() || "not asked"}`);
}

await main();
