import type { Command } from "commander";
import { entryPath } from "../main/entries.ts";
import type { Schedule } from "../planner/schedule/schedule.ts";
import { blockInWords, brokenInWords, type Words } from "../planner/schedule/words.ts";
import { SolverThread } from "../solver/thread.ts";
import { readProblem } from "./schedule-file.ts";

/** For the plan and for its reasons, ms. */
const PLAN_MS = 20_000;
const REASONS_MS = 60_000;

/** `inglenook schedule FILE`: plans a problem as the hub would, and says why. */
export function addSchedule(program: Command): void {
  program
    .command("schedule <file>")
    .description("plan a day's energy from a JSON file, with the reason of each block")
    .option("--json", "print JSON")
    .option("--zone <name>", "time zone of the times that are printed", "Europe/Berlin")
    .option("--currency <name>", "what prices are in", "EUR")
    .action(async (file: string, { json, zone, currency }: { json?: boolean; zone: string; currency: string }) => {
      const problem = readProblem(file);
      const solver = new SolverThread({ entry: entryPath("solver-worker") });
      try {
        const schedule = await solver.schedule(problem, { timeLimitMs: PLAN_MS, reasonsMs: REASONS_MS });
        console.log(json ? JSON.stringify(schedule) : asText(schedule, wordsOf(zone, currency)));
      } finally {
        await solver.close();
      }
    });
}

const wordsOf = (timeZone: string, currency: string): Words => ({
  nameOf: (device) => device,
  goalOf: (goal) => goal,
  timeZone,
  currency,
});

function asText(schedule: Schedule, words: Words): string {
  const { costs } = schedule;
  const lines = schedule.blocks.map((block) =>
    blockInWords(block, words, schedule.devices.find((d) => d.id === block.device)?.kind),
  );
  const money = (costs.energy + costs.peak).toFixed(2);
  lines.push(`Energy costs ${money} ${words.currency}; solved in ${Math.round(schedule.solveMs)} ms.`);
  if (schedule.fallback) lines.push(schedule.fallback);
  for (const wish of schedule.broken) lines.push(`Can't be had: ${brokenInWords(wish, words)}.`);
  return lines.join("\n");
}
