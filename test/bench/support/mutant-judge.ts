/** A worker that plays all scenarios with one mutant in force and says which of them, if any, tells it apart. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parentPort, workerData } from "node:worker_threads";
import { play } from "../../scenarios/runner.ts";

const folder = join(process.cwd(), "test", "scenarios");
const files = readdirSync(folder)
  .filter((f) => f.endsWith(".txt"))
  // Those about rules tell most mutants apart.
  .sort((a, b) => Number(b.startsWith("rules")) - Number(a.startsWith("rules")) || a.localeCompare(b))
  .map((name) => ({ name, text: readFileSync(join(folder, name), "utf8") }));

function judged(): string | undefined {
  for (const { name, text } of files)
    try {
      const told = play(text).find(({ expected, actual }) => expected !== actual);
      if (told) return `${name}: ${told.title}`;
    } catch (error) {
      return `${name}: ${error instanceof Error ? error.message : "it threw"}`;
    }
  return undefined;
}

parentPort?.on("message", (id: number) => {
  Reflect.set(globalThis, "mutant", id);
  parentPort?.postMessage(judged() ?? "");
});
// Only now, so that what is worked out as the program begins is that of the mutant it was begun for.
parentPort?.postMessage(`ready ${String(workerData)}`);
