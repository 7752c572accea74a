// Schedules of 10, 30 and 100 devices over 48 hours in the solver's thread, beside plain rules. Run:
// npx esbuild test/bench/schedule.ts --bundle --platform=node --format=esm --packages=external --outfile=.data/bench-schedule.mjs && node .data/bench-schedule.mjs [TIMES]
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { build } from "esbuild";
import { account } from "../../hub/planner/schedule/account.ts";
import { greedyPlan, plainPlan } from "../../hub/planner/schedule/greedy.ts";
import { SolverThread } from "../../hub/solver/thread.ts";
import { manyDevices } from "../planner/schedule-homes.ts";

const times = Number(process.argv[2] ?? 8);
const entry = join(process.cwd(), ".data", "bench-solver-worker.mjs");
mkdirSync(".data", { recursive: true });
await build({
  ...{ entryPoints: ["hub/solver/worker.ts"], outfile: entry, bundle: true, platform: "node", format: "esm" },
  ...{ packages: "external", logLevel: "error" },
});

const at = (sorted: readonly number[], q: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? 0;
const solver = new SolverThread({ entry });
// The first solving also compiles the WebAssembly.
const cold = performance.now();
await solver.schedule(manyDevices(10, 99), { timeLimitMs: 60_000, reasonsMs: 0 });
console.log(`cold start with 10 devices: ${Math.round(performance.now() - cold)} ms`);
for (const count of [10, 30, 100]) {
  const whole: number[] = [];
  const solving: number[] = [];
  const cpu: number[] = [];
  const paid = { solver: 0, rules: 0, none: 0 };
  const broken = { solver: 0, rules: 0, none: 0 };
  const stood = new Set<string>();
  const delay = monitorEventLoopDelay({ resolution: 2 });
  for (let seed = 1; seed <= times; seed++) {
    const problem = manyDevices(count, seed);
    delay.enable();
    const [begin, used] = [performance.now(), process.cpuUsage()];
    const schedule = await solver.schedule(problem, { timeLimitMs: 60_000, reasonsMs: 0 });
    const { user, system } = process.cpuUsage(used);
    cpu.push((user + system) / 1000);
    whole.push(performance.now() - begin);
    delay.disable();
    solving.push(schedule.solveMs);
    stood.add(schedule.madeBy);
    const books = {
      solver: schedule,
      rules: account(problem, greedyPlan(problem)),
      none: account(problem, plainPlan(problem)),
    };
    for (const who of ["solver", "rules", "none"] as const) {
      paid[who] += books[who].costs.total - books[who].costs.broken;
      broken[who] += books[who].broken.length / times;
    }
  }
  for (const list of [whole, solving, cpu]) list.sort((x, y) => x - y);
  const ms = (list: readonly number[]) => [0.5, 0.95, 1].map((q) => Math.round(at(list, q))).join(" / ");
  console.log(
    [
      `${count} devices (ms as p50 / p95 / max): processor ${ms(cpu)}, solving ${ms(solving)}, with building and reading ${ms(whole)}`,
      `  loop delay p99 ${(delay.percentile(99) / 1e6).toFixed(1)} ms, ${Math.round(process.memoryUsage().rss / 1e6)} MB, by ${[...stood].join(", ")}`,
      `  money ${(paid.solver / paid.rules).toFixed(3)} of plain rules', ${(paid.solver / paid.none).toFixed(3)} of no planner's; broken wishes ${broken.solver}, ${broken.rules}, ${broken.none}`,
    ].join("\n"),
  );
}
await solver.close();
rmSync(entry);
