import { statSync } from "node:fs";
import { setTimeout as pause } from "node:timers/promises";
import { parentPort, workerData } from "node:worker_threads";
import { type Connection, connectToKeep, connectToRead, remakable } from "./connect.ts";
import { readEnergy, readPieces } from "./energy-read.ts";
import { codeOf } from "./error.ts";
import { exportPiece } from "./export.ts";
import type { Question, WorkerAnswer } from "./history.ts";
import { readHistory } from "./history-read.ts";
import { answerImport } from "./import.ts";
import { keep } from "./keep.ts";
import { packBuckets } from "./packed-buckets.ts";
import { readPast } from "./past-read.ts";
import { type Rolled, type RollTask, roll } from "./roll.ts";

// Entry of the worker thread: neither a long question about the past nor the tidying up of it must hold the loop.
const file = String(workerData);
const db = connectToRead(file);
let keeping: Connection | undefined;
/** Between two pieces of tidying up, whoever wants to write or to ask has this long, ms, and four times what a piece took. */
const BREATH_MS = 5;
const BREATHS = 4;
/** What tidying up itself writes is carried over when the log is this long, bytes. */
const LONG_LOG = 4 * 1_048_576;

const say = (answer: WorkerAnswer) => parentPort?.postMessage(answer);
const toKeep = () => {
  keeping ??= connectToKeep(file);
  return keeping;
};

/** What is written while it is carried over is left: a log begins anew only when all of it was. The next rounds are short. */
const ROUNDS = 4;

function carryOver(): void {
  for (let round = 0; round < ROUNDS; round++) {
    const [found] = toKeep().pragma("wal_checkpoint(PASSIVE)") as { log: number; checkpointed: number }[];
    if (found && found.checkpointed < found.log) continue;
    // The first commit after it begins the log anew and waits long for the disk: better this one than one of the house's.
    remakable(toKeep(), () => {
      toKeep().exec(
        "INSERT INTO fact (name, value) VALUES ('carried', 1) ON CONFLICT (name) DO UPDATE SET value = value + 1",
      );
    });
    return;
  }
}

async function rollUp(task: RollTask): Promise<Rolled> {
  const work = roll(toKeep(), task);
  for (;;) {
    const begin = performance.now();
    const { value, done } = work.next();
    if (done) return value;
    await pause(Math.min(BREATH_MS, performance.now() - begin));
    carryOverIfLong();
  }
}

function carryOverIfLong(): void {
  if ((statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > LONG_LOG) carryOver();
}

async function answer(id: number, question: Question): Promise<unknown> {
  if (question.history) return packBuckets(readHistory(db, question.history));
  if (question.energy) return readEnergy(db, question.energy);
  if (question.pieces) return readPieces(db, question.pieces);
  if (question.past) return readPast(db, question.past);
  if (question.piece) return exportPiece(db, question.piece);
  if (question.importing) return answerImport(db, toKeep, question.importing);
  if (question.roll) return rollUp(question.roll);
  if (question.checkpoint) return carryOver();
  if (!question.keep) throw new RangeError("the worker was asked nothing it knows");
  const work = keep(toKeep(), question.keep);
  for (;;) {
    const begin = performance.now();
    const { value: sealed, done } = work.next();
    if (done) return undefined;
    if (sealed) say({ id, sealed });
    await pause(Math.max(BREATH_MS, BREATHS * (performance.now() - begin)));
    carryOverIfLong();
  }
}

parentPort?.on("message", ({ id, question }: { readonly id: number; readonly question: Question }) => {
  answer(id, question).then(
    (found) => say({ id, answer: found }),
    (error: unknown) => {
      const text = error instanceof Error ? error.message : String(error);
      say(error instanceof RangeError ? { id, error: text, refusal: true } : { id, error: text, code: codeOf(error) });
    },
  );
});
