/**
 * From MQTT publish to the browser's event at 1,000 and 5,000 messages a second from 200 devices of 5 to 10 numbers, in no
 * order: the hub's stream and, at the same time, a bare mqtt.js subscriber on the hub's broker; then Node-RED (in, json,
 * switch, change, out) on a bare broker. Each in a process of its own. The age is that of every value of power that arrives.
 *   node build.mjs && npx esbuild test/bench/latency.ts --bundle --platform=node --format=esm --packages=external --outfile=.data/bench/latency.mjs && node .data/bench/latency.mjs [rounds] [seconds]
 */
import { type Ages, stream, subscribe, Watch } from "./support/listener.ts";
import { bareBroker, nodeRed } from "./support/peers.ts";
import { cpuOf, idle, type Part, part, serveParent, startHub, waitedOf } from "./support/processes.ts";
import { describeDevices, monotonic, paced, type Sent } from "./support/publisher.ts";

const ROUNDS = Number(process.argv[2] ?? 3) || 3;
const SECONDS = Number(process.argv[3] ?? 10) || 10;
const RATES = [1000, 5000];

interface Result {
  readonly system: string;
  readonly rate: number;
  readonly ages: Ages;
}
const results: Result[] = [];

/** One stretch of messages, heard by each of the listeners. */
async function stretch(port: number, rate: number, publisher: Part, ears: ReadonlyMap<string, Part>, pid: number) {
  await idle(pid);
  const zero = monotonic();
  for (const ear of ears.values()) await ear.ask({ begin: zero });
  const before = cpuOf(pid);
  const waitedBefore = waitedOf(pid);
  const sent = await publisher.ask<Sent>({ port, rate, seconds: SECONDS, zero });
  const cpu = cpuOf(pid) - before;
  const waited = waitedOf(pid) - waitedBefore;
  await idle(pid);
  for (const [system, ear] of ears) {
    const ages = await ear.ask<Ages>({});
    results.push({ system, rate, ages });
    const { n, p50, p99, longest } = ages;
    const ms = `p50 ${p50.toFixed(2)}  p99 ${p99.toFixed(2)}  longest ${longest.toFixed(1)} ms`;
    console.log(`${system.padEnd(16)} ${rate}/s (${(sent.messages / (sent.ms / 1000)).toFixed(0)}): ${n} heard, ${ms}`);
  }
  const share = (seconds: number): string => `${((seconds / (sent.ms / 1000)) * 100).toFixed(0)} %`;
  console.log(
    `${"".padEnd(16)} ${share(cpu)} of a core used; ${share(waited)} of the time kept waiting for one by others`,
  );
}

async function ear(request: object): Promise<Part> {
  const made = part("listen");
  await made.ask(request);
  return made;
}

async function hubRound(publisher: Part): Promise<void> {
  const hub = await startHub();
  const port = hub.mqttPort;
  await describeDevices(port);
  const ears = new Map([
    ["the hub's stream", await ear({ url: hub.url, cookie: hub.cookie })],
    ["bare subscriber", await ear({ port, topic: "bench/+" })],
  ]);
  await idle(hub.pid);
  // Every device once before what counts.
  await publisher.ask({ port, rate: 2000, seconds: 2, zero: 0 });
  for (const rate of RATES) await stretch(port, rate, publisher, ears, hub.pid);
  for (const one of ears.values()) await one.end();
  await hub.end();
  hub.remove();
}

async function nodeRedRound(publisher: Part): Promise<void> {
  const broker = part("broker");
  const { port } = await broker.ask<{ port: number }>({ broker: true });
  const red = await nodeRed(port);
  if (red) {
    const ears = new Map([["Node-RED", await ear({ port, topic: "seen/plug" })]]);
    await publisher.ask({ port, rate: 2000, seconds: 2, zero: 0 });
    for (const rate of RATES) await stretch(port, rate, publisher, ears, red.pid);
    for (const one of ears.values()) await one.end();
    await red.end();
  }
  await broker.end();
}

const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

async function main(): Promise<void> {
  const publisher = part("publish");
  for (let round = 0; round < ROUNDS; round += 1) {
    await hubRound(publisher);
    await nodeRedRound(publisher);
  }
  await publisher.end();
  for (const rate of RATES)
    for (const system of new Set(results.map((r) => r.system))) {
      const p99 = median(results.filter((r) => r.system === system && r.rate === rate).map((r) => r.ages.p99));
      console.log(`${system.padEnd(16)} ${rate}/s: median p99 ${p99.toFixed(2)} ms`);
    }
}

const watch = new Watch();
type Asked = { begin?: number; url?: string; cookie?: string; port?: number; topic?: string };

switch (process.argv[2]) {
  case "publish":
    serveParent((r: { port: number; rate: number; seconds: number; zero: number }) =>
      paced(r.port, r.rate, r.seconds, r.zero),
    );
    break;
  case "broker":
    serveParent(async () => ({ port: await bareBroker(false) }));
    break;
  case "listen":
    serveParent(async ({ begin, url, cookie, port, topic }: Asked) => {
      if (url && cookie) return stream(url, cookie, watch);
      if (port && topic) return subscribe(port, topic, watch);
      if (begin === undefined) return watch.ages();
      return watch.begin(begin);
    });
    break;
  default:
    await main();
}
