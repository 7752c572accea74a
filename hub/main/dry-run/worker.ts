import { setPriority } from "node:os";
import { parentPort, workerData } from "node:worker_threads";
import { Cancelled } from "../../planning/drive.ts";
import { readPastOf, type WrittenPast } from "../../storage/read-past.ts";
import { answer, type Drive } from "./answer.ts";
import type { ThreadAnswer, ThreadTask } from "./threads.ts";

// Entry of a worker thread: to live through a year holds its thread for as long as it takes.

/** On Linux this lowers only the calling thread: the loop goes first where both want a core. */
const NICE = 5;
if (process.platform === "linux") setPriority(0, NICE);
/** Whoever asked hears so often how far it is, ms. */
const TOLD_MS = 100;

const folder = String(workerData);
const say = (said: ThreadAnswer) => parentPort?.postMessage(said);

async function carryOut({ id, stop, question }: ThreadTask): Promise<void> {
  let store: WrittenPast | undefined;
  let done = 0;
  let toldAt = performance.now();
  const drive: Drive = async (work) => {
    for (;;) {
      const { value, done: isOver } = work.next();
      if (isOver) return value;
      if (Atomics.load(stop, 0) !== 0) throw new Cancelled("cancelled");
      if (performance.now() - toldAt < TOLD_MS) continue;
      toldAt = performance.now();
      say({ id, done: (done + value) / question.asked.length });
    }
  };
  try {
    store = readPastOf(folder, () => question.now);
    await answer(question, store, drive, (place, report) => {
      done += 1;
      say({ id, place, report });
    });
  } finally {
    store?.close();
  }
}

let turn = Promise.resolve();
parentPort?.on("message", (task: ThreadTask) => {
  turn = turn
    .then(() => carryOut(task))
    .then(
      () => say({ id: task.id, ended: true }),
      (error: unknown) => {
        const words = error instanceof Error ? error.message : String(error);
        say({ id: task.id, error: words, ...(error instanceof RangeError ? { refusal: true } : {}) });
      },
    );
});
