/**
 * From MQTT publish to the browser's event, with the demo home running; beside a bare mqtt.js subscriber on the same
 * broker in the same run. Prints p50 and p99 in ms and the ratio.
 *   node build.mjs && npx esbuild test/bench/latency.ts --bundle --platform=node --format=esm --packages=external --outfile=.data/bench/latency.mjs && node .data/bench/latency.mjs
 */
import mqtt from "mqtt";
import { Client, startDemo, temporaryFolder } from "../journeys/support/demo-hub.ts";

const MESSAGES = 2000;
const EVERY_MS = 10;
/** Each device speaks once a second: the stream sends one value of an attribute at most every 100 ms. */
const DEVICES = 100;

const percentile = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;

function report(name: string, times: number[]): number {
  const sorted = times.sort((a, b) => a - b);
  const p99 = percentile(sorted, 0.99);
  console.log(
    `${name.padEnd(34)} n ${sorted.length}  p50 ${percentile(sorted, 0.5).toFixed(2)} ms  p99 ${p99.toFixed(2)} ms`,
  );
  return p99;
}

const device = (n: number) => ({
  ieee_address: `0x00158d00abcd${String(n).padStart(4, "0")}`,
  friendly_name: `bench ${n}`,
  type: "Router",
  supported: true,
  interview_completed: true,
  interview_state: "SUCCESSFUL",
  definition: {
    vendor: "Bench",
    model: "B-1",
    description: "plug",
    exposes: [{ type: "numeric", name: "power", property: "power", unit: "W", access: 1, label: "Power" }],
  },
});

const folder = temporaryFolder();
const hub = await startDemo({ folder: folder.path, args: ["--days", "2", ...process.argv.slice(2)] });
try {
  const client = await Client.first(hub);
  await client.pastDone();
  const publisher = await mqtt.connectAsync(hub.mqttUrl);
  const bare = await mqtt.connectAsync(hub.mqttUrl);
  await publisher.publishAsync(
    "bench/bridge/devices",
    JSON.stringify(Array.from({ length: DEVICES }, (_, n) => device(n))),
    { retain: true },
  );
  await client.until("the bench devices", async () =>
    (await client.nodes()).some((n) => n.name === `bench ${DEVICES - 1}`),
  );

  const sent: number[] = [];
  const viaHub: number[] = [];
  const viaBare: number[] = [];
  const at = (power: number) => performance.now() - (sent[Math.round((power - 1000) * 10)] ?? Number.NaN);
  await bare.subscribeAsync("bench/+");
  bare.on("message", (_, payload) => viaBare.push(at((JSON.parse(payload.toString()) as { power: number }).power)));
  const close = await client.stream((e) => {
    if (
      e.type === "value" &&
      e.key.endsWith("activePower") &&
      e.known.status === "known" &&
      Number(e.known.value) >= 1000 &&
      e.known.source.startsWith("bench/")
    )
      viaHub.push(at(Number(e.known.value)));
  });
  for (let i = 0; i < MESSAGES; i++) {
    sent[i] = performance.now();
    publisher.publish(`bench/bench ${i % DEVICES}`, JSON.stringify({ power: 1000 + i / 10 }));
    await new Promise((resolve) => setTimeout(resolve, EVERY_MS));
  }
  await client.until("the last event", async () => viaBare.length >= MESSAGES && viaHub.length > 0);
  close();
  const ours = report("publish to the browser's event", viaHub.filter(Number.isFinite));
  const theirs = report("publish to a bare subscriber", viaBare.filter(Number.isFinite));
  console.log(`p99 ratio ${(ours / theirs).toFixed(2)}`);
  await Promise.all([publisher.endAsync(), bare.endAsync()]);
} finally {
  await hub.end();
  folder.remove();
}
