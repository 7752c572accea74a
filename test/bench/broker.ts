/**
 * The embedded broker beside bare aedes (no guard, memory only), each in a process of its own, in one run: messages a
 * second, latency, and how long the broker's loop is held while 10,000 retained topics come in and go out again.
 *   npx esbuild test/bench/broker.ts --bundle --platform=node --format=esm --packages=external \
 *     --outfile=.data/bench-broker.mjs && node .data/bench-broker.mjs
 */
import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { connect, createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { monitorEventLoopDelay } from "node:perf_hooks";
import { setTimeout as pause } from "node:timers/promises";
import { Aedes } from "aedes";
import { Framer } from "../../hub/broker/framer.ts";
import { startBroker } from "../../hub/broker/start.ts";
import { openBrokerStore } from "../../hub/storage/broker-store.ts";
import { connectPacket, packet, text } from "../broker/packets.ts";

const KINDS = ["bare aedes", "embedded broker"] as const;
const PAYLOAD = Buffer.alloc(100, "x");
const TOPICS = 10_000;
/** About what a home announces for one entity. */
const ANNOUNCEMENT = Buffer.alloc(800, "x");

/** What the process of a broker did since the last report. */
interface Report {
  /** The longest turn of its loop, and the most that one turn worked: the rest of it, other processes had the core. */
  readonly heldMs: number;
  readonly workedMs: number;
  readonly cpuMs: number;
}

async function serve(kind: string): Promise<void> {
  let port = 0;
  if (kind === "embedded broker") {
    const folder = mkdtempSync(join(tmpdir(), "inglenook-bench-"));
    process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
    const log = { info() {}, warn: console.error, error: console.error };
    port = (await startBroker({ port: 0, store: openBrokerStore(folder, log), log })).port;
  } else {
    const server = createServer((await Aedes.createBroker()).handle);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    port = typeof address === "object" && address ? address.port : 0;
  }
  // Of the thread that runs the loop alone (Linux).
  const loopMs = () => Number(readFileSync("/proc/self/schedstat", "utf8").split(" ")[0]) / 1e6;
  const cpuMs = () => {
    const { user, system } = process.cpuUsage();
    return (user + system) / 1000;
  };
  const delay = monitorEventLoopDelay({ resolution: 2 });
  delay.enable();
  let before = cpuMs();
  let last = loopMs();
  let workedMs = 0;
  setInterval(() => {
    const now = loopMs();
    workedMs = Math.max(workedMs, now - last);
    last = now;
  }, 2);
  process.on("message", () => {
    process.send?.({ heldMs: delay.max / 1e6, workedMs, cpuMs: cpuMs() - before });
    delay.reset();
    workedMs = 0;
    before = cpuMs();
    last = loopMs();
  });
  process.on("disconnect", () => process.exit());
  process.send?.({ port });
}

const answer = async <T>(child: ChildProcess): Promise<T> => (await once(child, "message"))[0];

async function report(child: ChildProcess): Promise<Report> {
  child.send("report");
  return answer<Report>(child);
}

class Peer {
  readonly socket: Socket;
  readonly #framer = new Framer(Number.POSITIVE_INFINITY);
  count = 0;
  found: (packet: Buffer) => void = () => {};

  constructor(port: number) {
    this.socket = connect(port, "127.0.0.1");
    this.socket.setNoDelay(true);
    this.socket.on("data", (chunk) => {
      for (const whole of this.#framer.take(chunk)) {
        this.count++;
        this.found(whole);
      }
    });
  }

  /** Resolves when so many packets have come. Rejects when none comes for five seconds. */
  async until(count: number): Promise<void> {
    let before = -1;
    let quiet = 0;
    while (this.count < count) {
      quiet = this.count === before ? quiet + 1 : 0;
      if (quiet > 5000) throw new Error(`${this.count} of ${count} packets came`);
      before = this.count;
      await pause(1);
    }
  }

  async send(bytes: Buffer): Promise<void> {
    if (!this.socket.write(bytes)) await once(this.socket, "drain");
  }
}

async function peer(port: number, id: string, filter?: string, qos = 0): Promise<Peer> {
  const made = new Peer(port);
  await made.send(connectPacket(id));
  await made.until(1);
  if (filter !== undefined) {
    await made.send(packet(0x82, [0, 1], text(filter), qos));
    await made.until(2);
  }
  // Retained messages may have come already.
  made.count -= filter === undefined ? 1 : 2;
  return made;
}

async function throughput(port: number, child: ChildProcess, qos: 0 | 1, total: number): Promise<string> {
  const listener = await peer(port, "listener", "#", qos);
  const sender = await peer(port, "sender");
  // The listener acknowledges, as a client does.
  if (qos === 1)
    listener.found = (p) => {
      const id = p.readUInt16BE(2 + 2 + "bench/device/0/state".length);
      void listener.send(packet(0x40, [id >> 8, id & 255]));
    };
  await report(child);
  const start = performance.now();
  const batch = 50;
  for (let i = 0; i < total; i += batch) {
    const packets = Array.from({ length: batch }, (_, n) => {
      const id = ((i + n) % 60_000) + 1;
      return packet(0x30 | (qos << 1), text(`bench/device/${n % 10}/state`), qos ? [id >> 8, id & 255] : [], PAYLOAD);
    });
    await sender.send(Buffer.concat(packets));
    // A sender has so many messages under way and no more.
    await (qos ? sender : listener).until(i - 500);
  }
  await listener.until(total);
  const seconds = (performance.now() - start) / 1000;
  const { cpuMs } = await report(child);
  listener.socket.destroy();
  sender.socket.destroy();
  return `${Math.round(total / seconds)} messages a second, ${((cpuMs * 1000) / total).toFixed(1)} us of CPU each`;
}

async function latency(port: number, rate: number): Promise<string> {
  const listener = await peer(port, "listener", "#");
  const sender = await peer(port, "sender");
  const times: number[] = [];
  const head = packet(0, text("bench/t"), [0]).length - 1;
  listener.found = (p) => times.push(performance.now() - Number(p.toString("utf8", head)));
  const total = rate * 5;
  const start = performance.now();
  for (let i = 0; i < total; ) {
    const due = Math.min(total, Math.floor(((performance.now() - start) / 1000) * rate));
    for (; i < due; i++) void sender.send(packet(0x30, text("bench/t"), Buffer.from(String(performance.now()))));
    await pause(1);
  }
  await listener.until(total);
  listener.socket.destroy();
  sender.socket.destroy();
  times.sort((a, b) => a - b);
  const at = (p: number) => (times[Math.floor(times.length * p)] ?? 0).toFixed(2);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms`;
}

/** Announces everything at once, then subscribes to it all. */
async function flood(port: number, child: ChildProcess, qos: 0 | 1): Promise<string> {
  const sender = await peer(port, "sender");
  await report(child);
  let start = performance.now();
  for (let i = 0; i < TOPICS; i++)
    await sender.send(
      packet(
        0x31 | (qos << 1),
        text(`flood/${qos}/${i}/config`),
        qos ? [(i + 1) >> 8, (i + 1) & 255] : [],
        ANNOUNCEMENT,
      ),
    );
  if (qos) await sender.until(TOPICS);
  // A ping comes back after all that was sent before.
  await sender.send(Buffer.from([0xc0, 0]));
  await sender.until(qos ? TOPICS + 1 : 1);
  const inMs = performance.now() - start;
  await pause(2500);
  const taken = await report(child);
  start = performance.now();
  const listener = await peer(port, "listener", `flood/${qos}/#`);
  await listener.until(TOPICS);
  const outMs = performance.now() - start;
  const given = await report(child);
  listener.socket.destroy();
  sender.socket.destroy();
  const held = (r: Report) => `loop held ${r.heldMs.toFixed(1)} ms at most, worked ${r.workedMs.toFixed(1)}`;
  return `in ${Math.round(inMs)} ms, ${held(taken)}; out ${Math.round(outMs)} ms, ${held(given)}`;
}

/** A client that subscribes to all and never reads: how long does everybody else wait? */
async function frozen(port: number): Promise<string> {
  const stuck = await peer(port, "stuck", "frozen/#");
  stuck.socket.pause();
  const listener = await peer(port, "listener", "frozen/#");
  const sender = await peer(port, "sender");
  let last = performance.now();
  let longest = 0;
  listener.found = () => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  };
  const state = packet(0x30, text("frozen/t"), Buffer.alloc(4000, "x"));
  const end = performance.now() + 15_000;
  let sent = 0;
  for (last = performance.now(); performance.now() < end; sent++) {
    sender.socket.write(state);
    await pause(1);
  }
  longest = Math.max(longest, performance.now() - last);
  const share = Math.round((listener.count / sent) * 100);
  for (const { socket } of [stuck, listener, sender]) socket.destroy();
  return `the others wait ${Math.round(longest)} ms at most, and have ${share} % when 15 s are over`;
}

async function measure(kind: string): Promise<void> {
  const child = fork(process.argv[1] ?? "", [kind]);
  const { port } = await answer<{ port: number }>(child);
  const say = (what: string, value: string) => console.log(`${kind.padEnd(16)} ${what.padEnd(26)} ${value}`);
  await throughput(port, child, 0, 20_000);
  say("QoS 0", await throughput(port, child, 0, 100_000));
  say("QoS 1", await throughput(port, child, 1, 50_000));
  for (const rate of [1_000, 5_000]) say(`${rate} messages a second`, await latency(port, rate));
  say("10,000 retained, QoS 0", await flood(port, child, 0));
  say("10,000 retained, QoS 1", await flood(port, child, 1));
  say("one client never reads", await frozen(port));
  child.disconnect();
}

const [kind] = process.argv.slice(2);
if (kind) await serve(kind);
else for (const each of KINDS) await measure(each);
