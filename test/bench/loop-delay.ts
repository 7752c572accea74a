/**
 * Whether anything that the hub thinks about holds its loop: the built hub with its simulated home of 60 days and 80 plugs more, while one after
 * another all long work is asked of it. For each: how late the loop was for its timers (what others on the machine do counts as well), and the
 * most processor time that the main thread used in one go (its own work alone), beside an idle hub.
 * Some five minutes on two quiet cores. It wants a model file beside it (.data/models, or INGLENOOK_MODELS); without one the wish is read by grammar alone.
 *   node build.mjs && npx esbuild test/bench/loop-delay.ts --bundle --platform=node --format=esm --packages=external --outfile=.data/bench/loop-delay.mjs && node .data/bench/loop-delay.mjs [--only PHASE,...] [--days N] [--profile FOLDER]
 * `--profile`: V8's profile of the main thread is left in the folder, and the functions at work in each stretch of more than 20 ms are told.
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { build } from "esbuild";
import { Client } from "../journeys/support/demo-hub.ts";
import { type Phase, phases } from "./support/loop-phases.ts";
import { publishPlugs } from "./support/loop-plugs.ts";
import type { LoopFigures } from "./support/loop-probe.ts";
import { inLongTurns } from "./support/loop-profile.ts";

const { values } = parseArgs({
  options: { only: { type: "string" }, profile: { type: "string" }, days: { type: "string", default: "60" } },
});
const MODEL = "qwen2.5-coder-0.5b";
const MODELS = process.env.INGLENOOK_MODELS ?? join(".data", "models");
/** A phase that is not over by then is left; what was measured counts. */
const MOST_S = 35;

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

/** A folder that has the one model and a choice of its own. */
function modelsFolder(folder: string): string {
  const models = join(folder, "models");
  mkdirSync(models);
  if (!existsSync(join(MODELS, `${MODEL}.gguf`))) return models;
  symlinkSync(resolve(MODELS, `${MODEL}.gguf`), join(models, `${MODEL}.gguf`));
  // The file is not hashed anew: that is told of once, when it was fetched.
  const checked: object = JSON.parse(readFileSync(join(MODELS, `${MODEL}.checked.json`), "utf8"));
  const path = join(models, `${MODEL}.gguf`);
  writeFileSync(join(models, `${MODEL}.checked.json`), JSON.stringify({ ...checked, path }));
  writeFileSync(join(models, "settings.json"), JSON.stringify({ chosen: { id: MODEL } }));
  return models;
}

async function startHub(folder: string) {
  const probe = resolve(".data", "bench", "loop-probe.mjs");
  const bundle = { bundle: true, platform: "node", format: "esm", packages: "external", logLevel: "error" } as const;
  await build({ entryPoints: ["test/bench/support/loop-probe.ts"], outfile: probe, ...bundle });
  const profiled = values.profile ? ["--cpu-prof", `--cpu-prof-dir=${resolve(values.profile)}`] : [];
  const args = [
    "start",
    "--demo",
    "--no-fetch-model",
    "--no-matter",
    "--port",
    "0",
    "--mqtt-port",
    "0",
    "--days",
    values.days,
  ];
  const child = fork(
    resolve("dist", "inglenook.mjs"),
    [...args, "--data", join(folder, "data"), "--models", modelsFolder(folder)],
    { execArgv: ["--import", probe, ...profiled], stdio: ["ignore", "pipe", "ignore", "ipc"] },
  );
  const seen = { url: "", signIn: "", mqttUrl: "" };
  if (!child.stdout) throw new Error("the hub has no output");
  for await (const line of createInterface({ input: child.stdout })) {
    seen.url ||= /Dashboard\s+(\S+)/.exec(line)?.[1] ?? "";
    seen.signIn ||= /Sign in\s+(\S+)/.exec(line)?.[1] ?? "";
    seen.mqttUrl ||= /MQTT broker\s+(\S+)/.exec(line)?.[1] ?? "";
    if (seen.url && seen.mqttUrl) break;
  }
  child.stdout.resume();
  const figures = async (): Promise<LoopFigures> => {
    child.send("figures");
    const [found] = await once(child, "message");
    return found as LoopFigures;
  };
  const end = async (): Promise<void> => {
    const gone = once(child, "exit");
    child.kill("SIGTERM");
    const late = setTimeout(() => child.kill("SIGKILL"), 20_000);
    await gone;
    clearTimeout(late);
  };
  return { ...seen, pid: child.pid ?? 0, figures, end };
}

const row = (name: string, { seconds, busy, delay, own }: LoopFigures, note: string): Record<string, string> => ({
  phase: name,
  s: seconds.toFixed(0),
  "busy %": (busy * 100).toFixed(0),
  "late p50": delay.p50.toFixed(1),
  p99: delay.p99.toFixed(1),
  max: delay.max.toFixed(0),
  "own p99": own.p99.toFixed(1),
  "longest own": own.max.toFixed(1),
  "over 20": String(own.over20),
  note,
});

/** Runs a phase, but not for ever. */
async function lived(phase: Phase, client: Client): Promise<string> {
  const most = phase.most ?? MOST_S;
  let late: NodeJS.Timeout | undefined;
  const limit = new Promise<string>((done) => {
    late = setTimeout(() => done(`left after ${most} s`), most * 1000);
  });
  try {
    return await Promise.race([phase.live(client, most), limit]);
  } catch (error) {
    return `FAILED: ${error instanceof Error ? error.message.slice(0, 200) : String(error)}`;
  } finally {
    clearTimeout(late);
  }
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "inglenook-bench-loop-"));
  const hub = await startHub(folder);
  const account = { url: hub.url, signIn: hub.signIn } as Parameters<typeof Client.first>[0];
  const client = await Client.first(account, "bench");
  await client.pastDone(900);
  const plugs = await publishPlugs(hub.mqttUrl);
  await pause(3000);
  const only = values.only?.split(",");
  const long: { readonly name: string; readonly turns: LoopFigures["long"] }[] = [];
  const rows: Record<string, string>[] = [];
  await hub.figures();
  for (const phase of phases) {
    if (only && !phase.always && !only.includes(phase.name)) continue;
    const note = await lived(phase, client);
    const found = await hub.figures();
    rows.push(row(phase.name, found, note));
    long.push({ name: phase.name, turns: found.long });
    console.log(JSON.stringify(rows.at(-1)));
    await pause(500);
    await hub.figures();
  }
  console.table(rows);
  await plugs.end();
  await hub.end();
  if (values.profile) console.log(inLongTurns(values.profile, hub.pid, long));
  rmSync(folder, { recursive: true, force: true });
}

await main();
process.exit(0);
