/**
 * From a reading to the command out, on MQTT: the hub with a rule for each of 300 sensors ("when its power rises above 1000 W,
 * turn on its lamp"), Node-RED with the same flow (in, json, switch, change, out) and a bare mqtt.js client that does nothing else,
 * the two latter on a bare broker. No socket waits to fill a packet (Nagle): delayed acknowledgements would be measured. In turns
 * in one run, at 1, 50 and 500 messages a second, of which every second one asks for a command. The lamps answer with their state
 * and are put out again, which all three hear. Each in a process of its own (the hub's broker is in the hub's); the time is that of
 * one process which sends the readings and hears the commands. On a busy machine the share of the time that each waited for a core
 * says what its figures are worth.
 *   node build.mjs && npx esbuild test/bench/rule-latency.ts --bundle --platform=node --format=esm --packages=external --outfile=.data/bench/rule-latency.mjs && node .data/bench/rule-latency.mjs [rounds] [seconds]
 */
import { Socket } from "node:net";
import mqtt from "mqtt";
import { bareBroker, nodeRed } from "./support/peers.ts";
import { cpuOf, idle, type Part, part, serveParent, startHub, waitedOf } from "./support/processes.ts";
import { connected, monotonic, publishPacket } from "./support/publisher.ts";

const ROUNDS = Number(process.argv[2] ?? 2) || 2;
const SECONDS = Number(process.argv[3] ?? 10) || 10;
const RATES = [1, 50, 500];
/** So many that at 500 messages a second none of their rules is started more than 60 times a minute. */
const SENSORS = 300;
const LIMIT = 1000;

interface Stretch {
  readonly port: number;
  /** Where commands come out; the number in the topic is that of the sensor. */
  readonly out: string;
  readonly rate: number;
  readonly seconds: number;
}

/** Sends readings, low and high in turn, and tells how many ms after each high one its command came. */
async function drive({ port, out, rate, seconds }: Stretch): Promise<{ asked: number; ms: number[] }> {
  const socket = await connected(port);
  socket.setNoDelay(true);
  const ear = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`);
  /** When those went out that wait for their command, the oldest first. */
  const sentAt = Array.from({ length: SENSORS }, (): number[] => []);
  const on = new Set<number>();
  /** Put out before its command came: it goes out again as soon as it does, or the next command would find it on. */
  const late = new Set<number>();
  const ms: number[] = [];
  const say = (device: string, body: object) => socket.write(publishPacket(`bench/${device}`, JSON.stringify(body)));
  ear.on("message", (topic) => {
    const n = Number(/\d+/.exec(topic)?.[0]);
    const at = sentAt[n]?.shift();
    if (at !== undefined) ms.push(monotonic() - at);
    say(`lamp ${n}`, { state: "ON" });
    if (late.delete(n)) say(`lamp ${n}`, { state: "OFF" });
    else on.add(n);
  });
  await ear.subscribeAsync(out);
  const send = (n: number, power: number) => say(`plug ${n}`, { power });
  // What was before has to be known: a first word is no change.
  for (let n = 0; n < SENSORS; n += 1) {
    send(n, 10);
    say(`lamp ${n}`, { state: "OFF" });
  }
  await new Promise((done) => setTimeout(done, 1000));
  const total = Math.max(20, rate * seconds);
  const from = monotonic();
  for (let i = 0; i < total; ) {
    const due = Math.min(total, Math.floor(((monotonic() - from) / 1000) * rate) + 1);
    for (; i < due; i += 1) {
      const n = Math.floor(i / 2) % SENSORS;
      if (i % 2 === 0) {
        sentAt[n]?.push(monotonic());
        send(n, 2 * LIMIT);
        continue;
      }
      // Low again, and its lamp put out, long after its command and long before its next one.
      const other = (n + SENSORS / 2) % SENSORS;
      send(other, 10);
      if (on.delete(other)) say(`lamp ${other}`, { state: "OFF" });
      else if (sentAt[other]?.length) late.add(other);
    }
    await new Promise((done) => setTimeout(done, 1));
  }
  await new Promise((done) => setTimeout(done, 1000));
  await ear.endAsync();
  socket.destroy();
  return { asked: Math.ceil(total / 2), ms };
}

/** The least that does the same: what the message says against what it said before. */
async function bareClient(port: number): Promise<void> {
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`);
  if (client.stream instanceof Socket) client.stream.setNoDelay(true);
  const before = new Map<string, number>();
  client.on("message", (topic, payload) => {
    const { power } = JSON.parse(payload.toString()) as { power?: number };
    if (power === undefined) return;
    const rises = power > LIMIT && (before.get(topic) ?? power) <= LIMIT;
    before.set(topic, power);
    if (rises) client.publish(topic.replace("bench/", "seen/"), '{"state":"ON"}');
  });
  await client.subscribeAsync("bench/+");
}

const plug = (n: number) => ({
  ...{ ieee_address: `0x00158d00ab${String(n).padStart(6, "0")}`, friendly_name: `plug ${n}`, type: "Router" },
  ...{ supported: true, interview_completed: true, interview_state: "SUCCESSFUL" },
  definition: {
    ...{ vendor: "Bench", model: "B-1", description: "plug" },
    exposes: [{ type: "numeric", name: "power", property: "power", access: 1, label: "power", unit: "W" }],
  },
});
const lamp = (n: number) => ({
  ...plug(n),
  ...{ ieee_address: `0x00158d00cd${String(n).padStart(6, "0")}`, friendly_name: `lamp ${n}` },
  definition: {
    ...{ vendor: "Bench", model: "B-2", description: "lamp" },
    exposes: [
      {
        type: "light",
        features: [
          {
            ...{ type: "binary", name: "state", property: "state", access: 7, label: "state" },
            ...{ value_on: "ON", value_off: "OFF" },
          },
        ],
      },
    ],
  },
});

type Call = (path: string, body?: object) => Promise<unknown>;

/** The devices and a rule for each sensor. */
async function furnish(port: number, call: Call): Promise<void> {
  const socket = await connected(port);
  const devices = Array.from({ length: SENSORS }, (_, n) => [plug(n), lamp(n)]).flat();
  socket.write(publishPacket("bench/bridge/devices", JSON.stringify(devices), true));
  const ids = new Map<string, string>();
  while (ids.size < 2 * SENSORS) {
    await new Promise((done) => setTimeout(done, 300));
    const { nodes } = (await call("/api/nodes")) as { nodes: { id: string; name: string }[] };
    for (const { id, name } of nodes) ids.set(name, id);
  }
  socket.destroy();
  for (let n = 0; n < SENSORS; n += 1) {
    const draft = {
      ...{ title: `Lamp ${n}`, form: "when" },
      on: [
        {
          ...{ kind: "crosses", target: { nodes: [ids.get(`plug ${n}`)] }, above: LIMIT },
          of: "electricalPowerMeasurement.activePower",
        },
      ],
      do: [{ kind: "command", target: { nodes: [ids.get(`lamp ${n}`)] }, capability: "onOff", command: "on" }],
    };
    const { saved, problems } = (await call("/api/home-rules", { draft, sure: true })) as {
      saved: boolean;
      problems?: unknown;
    };
    if (!saved) throw new Error(`rule ${n} was not saved: ${JSON.stringify(problems)}`);
  }
}

interface Result {
  readonly system: string;
  readonly rate: number;
  readonly ms: readonly number[];
}
const results: Result[] = [];

const at = (sorted: readonly number[], p: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;

const inWords = (all: readonly number[]): string => {
  const sorted = [...all].sort((a, b) => a - b);
  const part = (name: string, p: number) => `${name} ${at(sorted, p).toFixed(2)}`;
  return `${part("p50", 0.5)}  ${part("p95", 0.95)}  ${part("p99", 0.99)} ms`;
};

async function measure(system: string, driver: Part, port: number, out: string, pid: number): Promise<void> {
  for (const rate of RATES) {
    await idle(pid);
    const [waited, cpu, from] = [waitedOf(pid), cpuOf(pid), monotonic()];
    const { asked, ms } = await driver.ask<{ asked: number; ms: number[] }>({ port, out, rate, seconds: SECONDS });
    results.push({ system, rate, ms });
    const share = (seconds: number): string => `${((seconds * 100_000) / (monotonic() - from)).toFixed(0)} %`;
    const kept = `${share(cpuOf(pid) - cpu)} of a core used, ${share(waitedOf(pid) - waited)} of the time waiting for one`;
    console.log(`${system.padEnd(12)} ${rate}/s: ${ms.length} of ${asked} commands, ${inWords(ms)}; ${kept}`);
  }
}

async function round(driver: Part): Promise<void> {
  const hub = await startHub();
  const call: Call = async (path, body) => {
    const headers = { cookie: hub.cookie, "content-type": "application/json", origin: hub.url };
    const given = body ? { method: "POST", body: JSON.stringify(body) } : {};
    const answer = await fetch(`${hub.url}${path}`, { headers, ...given });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  };
  await furnish(hub.mqttPort, call);
  await measure("the hub", driver, hub.mqttPort, "bench/+/set", hub.pid);
  await hub.end();
  hub.remove();

  const broker = part("broker");
  const { port } = await broker.ask<{ port: number }>({ broker: true });
  const bare = part("bare");
  await bare.ask({ port });
  await measure("bare client", driver, port, "seen/+", bare.pid);
  await bare.end();
  const change = [{ t: "change", p: "topic", pt: "msg", from: "bench/", fromt: "str", to: "seen/", tot: "str" }];
  const red = await nodeRed(port, {
    from: LIMIT,
    change: [...change, { t: "set", p: "payload", pt: "msg", to: '{"state":"ON"}', tot: "str" }],
  });
  if (red) await measure("Node-RED", driver, port, "seen/+", red.pid);
  await red?.end();
  await broker.end();
}

async function main(): Promise<void> {
  const driver = part("drive");
  for (let n = 0; n < ROUNDS; n += 1) await round(driver);
  await driver.end();
  for (const rate of RATES) {
    const of = (system: string) => results.filter((r) => r.rate === rate && r.system === system).flatMap((r) => r.ms);
    const p99 = (system: string) =>
      at(
        [...of(system)].sort((a, b) => a - b),
        0.99,
      );
    for (const system of new Set(results.map((r) => r.system)))
      console.log(`${rate}/s  ${system.padEnd(12)} ${of(system).length} commands  ${inWords(of(system))}`);
    const ratio = (system: string) => (p99("the hub") / p99(system)).toFixed(2);
    console.log(
      `${rate}/s  p99 of the hub: ${ratio("bare client")} x the bare client's, ${ratio("Node-RED")} x Node-RED's`,
    );
  }
}

switch (process.argv[2]) {
  case "drive":
    serveParent(drive);
    break;
  case "bare":
    serveParent(({ port }: { port: number }) => bareClient(port));
    break;
  case "broker":
    serveParent(async () => ({ port: await bareBroker(false) }));
    break;
  default:
    await main();
}
