/**
 * What the hub's process holds under a steady load: 200 devices of 5 to 10 numbers, 1,000 messages a second for five minutes,
 * one browser at the stream. Its resident memory every 15 s, and the most of the first half beside that of the second: V8
 * lets it rise and fall by some 50 MB, so that only these can be compared.
 *   node build.mjs && npx esbuild test/bench/memory.ts --bundle --platform=node --format=esm --packages=external --outfile=.data/bench/memory.mjs && node .data/bench/memory.mjs [rate] [seconds]
 */
import { readFileSync } from "node:fs";
import { stream, Watch } from "./support/listener.ts";
import { cpuOf, idle, part, serveParent, startHub } from "./support/processes.ts";
import { describeDevices, paced, type Sent } from "./support/publisher.ts";

const RATE = Number(process.argv[2] ?? 1000) || 1000;
const SECONDS = Number(process.argv[3] ?? 300) || 300;
const LOOK_S = 15;

/** Resident and most ever resident, MB; `/proc/PID/status`. */
function memoryOf(pid: number): { readonly now: number; readonly most: number } {
  const status = readFileSync(`/proc/${pid}/status`, "utf8");
  const of = (name: string): number => Number(new RegExp(`${name}:\\s+(\\d+) kB`).exec(status)?.[1]) / 1024;
  return { now: of("VmRSS"), most: of("VmHWM") };
}

async function main(): Promise<void> {
  const hub = await startHub();
  const publisher = part("publish");
  const ear = part("listen");
  await ear.ask({ url: hub.url, cookie: hub.cookie });
  await idle(hub.pid);
  console.log(`empty: ${memoryOf(hub.pid).now.toFixed(0)} MB`);
  await describeDevices(hub.mqttPort);
  await idle(hub.pid);
  const before = cpuOf(hub.pid);
  const looks: number[] = [];
  const timer = setInterval(() => {
    looks.push(memoryOf(hub.pid).now);
    console.log(`${String(looks.length * LOOK_S).padStart(4)} s: ${looks.at(-1)?.toFixed(0)} MB`);
  }, LOOK_S * 1000);
  const sent = await publisher.ask<Sent>({ port: hub.mqttPort, rate: RATE, seconds: SECONDS, zero: 0 });
  clearInterval(timer);
  const share = ((cpuOf(hub.pid) - before) / (sent.ms / 1000)) * 100;
  const half = Math.ceil(looks.length / 2);
  const most = (values: readonly number[]): string => Math.max(...values).toFixed(0);
  console.log(`${sent.messages} messages, ${sent.readings} readings; ${share.toFixed(0)} % of a core used`);
  const ever = memoryOf(hub.pid).most.toFixed(0);
  console.log(
    `most in the first half ${most(looks.slice(0, half))} MB, in the second ${most(looks.slice(half))} MB, ever ${ever} MB`,
  );
  await idle(hub.pid);
  console.log(`calm again: ${memoryOf(hub.pid).now.toFixed(0)} MB`);
  for (const one of [publisher, ear]) await one.end();
  await hub.end();
  hub.remove();
}

switch (process.argv[2]) {
  case "publish":
    serveParent((r: { port: number; rate: number; seconds: number; zero: number }) =>
      paced(r.port, r.rate, r.seconds, r.zero),
    );
    break;
  case "listen":
    serveParent(({ url, cookie }: { url: string; cookie: string }) => stream(url, cookie, new Watch()));
    break;
  default:
    await main();
}
