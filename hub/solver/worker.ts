import { setPriority } from "node:os";
import { parentPort } from "node:worker_threads";
import { HighsSolver } from "./highs.ts";
import { carryOut, type Question, type WorkerAnswer } from "./work.ts";

// Entry of the worker thread: a solving holds its thread for as long as it takes.

/** On Linux this lowers only the calling thread: the loop goes first where both want a core. */
const NICE = 5;
if (process.platform === "linux") setPriority(0, NICE);

const loading = HighsSolver.load();
const say = (answer: WorkerAnswer) => parentPort?.postMessage(answer);

async function answer({ id, stop, ...task }: Question): Promise<void> {
  const solver = await loading;
  const stopped = () => Atomics.load(stop, 0) !== 0;
  const found = carryOut(solver, task, stopped, (plan) => say({ id, plan, memory: solver.memoryBytes }));
  say({ id, answer: found, memory: solver.memoryBytes });
}

parentPort?.on("message", (question: Question) => {
  answer(question).catch((error: unknown) => {
    const text = error instanceof Error ? error.message : String(error);
    const memory = 0;
    say({ id: question.id, error: text, memory, ...(error instanceof RangeError ? { refusal: true } : {}) });
  });
});
