/**
 * What a reading costs: the hub's own process (broker, link, dialect, step, store) under a flood of 200 devices, beside a bare
 * broker with JSON.parse, a bare mqtt.js subscriber and Node-RED (in, json, switch, change, out), in one run, by the kernel's count.
 *   node build.mjs && npx esbuild test/bench/throughput.ts --bundle --platform=node --format=esm --packages=external --outfile=.data/bench/throughput.mjs && node .data/bench/throughput.mjs [rounds] [messages]
 */
import { join } from "node:path";
import Database from "better-sqlite3";
import { subscribe, Watch } from "./support/listener.ts";
import { bareBroker, nodeRed } from "./support/peers.ts";
import { cpuOf, idle, type Part, part, serveParent, startHub } from "./support/processes.ts";
import { describeDevices, flood, type Sent } from "./support/publisher.ts";

const ROUNDS = Number(process.argv[2] ?? 3) || 3;
const MESSAGES = Number(process.argv[3] ?? 40_000) || 40_000;

interface Cost {
  readonly sent: Sent;
  readonly cpu: number;
}

async function costOf(pid: number, port: number, publisher: Part): Promise<Cost> {
  await idle(pid);
  const before = cpuOf(pid);
  const sent = await publisher.ask<Sent>({ port, messages: MESSAGES });
  await idle(pid);
  return { sent, cpu: cpuOf(pid) - before };
}

const usPerMessage = ({ sent, cpu }: Cost): number => (cpu * 1e6) / sent.messages;
const usPerReading = ({ sent, cpu }: Cost): number => (cpu * 1e6) / sent.readings;
const median = (values: readonly number[]): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** A round of the hub: what it stored must be what was sent, or its price is not that of the whole way. */
async function hubRound(publisher: Part): Promise<Cost> {
  const hub = await startHub();
  try {
    await describeDevices(hub.mqttPort);
    await idle(hub.pid);
    await publisher.ask<Sent>({ port: hub.mqttPort, messages: 2000 });
    const cost = await costOf(hub.pid, hub.mqttPort, publisher);
    const warm = 2000;
    await hub.end();
    const db = new Database(join(hub.folder, "hub.db"), { readonly: true });
    const stored = Number(db.prepare("SELECT coalesce(sum(n), 0) FROM raw").pluck().get());
    db.close();
    const share = stored / (cost.sent.readings * (1 + warm / MESSAGES));
    if (share < 0.995) console.log(`!!! only ${(share * 100).toFixed(1)} % of the readings were stored`);
    return cost;
  } finally {
    await hub.end();
    hub.remove();
  }
}

async function main(): Promise<void> {
  const publisher = part("publish");
  const costs = new Map<string, Cost[]>();
  const note = (name: string, cost: Cost): void => {
    costs.set(name, [...(costs.get(name) ?? []), cost]);
    console.log(`${name.padEnd(28)} ${usPerMessage(cost).toFixed(1)} us a message, ${cost.sent.ms.toFixed(0)} ms`);
  };
  for (let round = 0; round < ROUNDS; round += 1) {
    const broker = part("broker");
    const { port } = await broker.ask<{ port: number }>({ parse: true });
    note("aedes + JSON.parse", await costOf(broker.pid, port, publisher));
    await broker.end();
    const plain = part("broker");
    const { port: other } = await plain.ask<{ port: number }>({ parse: false });
    const bare = part("subscribe");
    await bare.ask({ port: other });
    note("mqtt.js + JSON.parse", await costOf(bare.pid, other, publisher));
    await bare.end();
    const red = await nodeRed(other);
    if (red) {
      note("Node-RED", await costOf(red.pid, other, publisher));
      await red.end();
    }
    await plain.end();
    note("the hub", await hubRound(publisher));
  }
  await publisher.end();
  const price = (name: string): number => median((costs.get(name) ?? []).map(usPerMessage));
  const ours = price("the hub");
  for (const name of costs.keys())
    console.log(
      `${name.padEnd(28)} median ${price(name).toFixed(1)} us a message; the hub ${(ours / price(name)).toFixed(2)} times`,
    );
  const reading = median((costs.get("the hub") ?? []).map(usPerReading));
  console.log(
    `the hub: ${reading.toFixed(1)} us a reading, ${Math.round(1e6 / reading)} readings a second on one core`,
  );
}

switch (process.argv[2]) {
  case "publish":
    serveParent(({ port, messages }: { port: number; messages: number }) => flood(port, messages));
    break;
  case "broker":
    serveParent(async ({ parse }: { parse: boolean }) => ({ port: await bareBroker(parse) }));
    break;
  case "subscribe":
    serveParent(({ port }: { port: number }) => subscribe(port, "bench/+", new Watch()));
    break;
  default:
    await main();
}
