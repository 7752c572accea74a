/**
 * A hub with 50 commissioned Matter nodes and 100 bridged MQTT lamps beside bare matter.js (a controller with 50 nodes, an
 * aggregator with 100 lights), in one run: resident memory, from a restart to all subscribed, from a change on a node to the
 * hub's stream, from a command to its confirmation; the bridge's memory with 100 and with 150 lamps. The nodes are real
 * matter.js nodes in simulator processes, fresh for each system. Ratios count; quietest in a network of its own:
 *   node build.mjs && npx esbuild test/bench/matter.ts --bundle --platform=node --format=esm --packages=external --outfile=.data/bench/matter.mjs
 *   ip netns add b && ip netns add far && ip -n b link set lo up && ip -n b link add d0 type veth peer name d1 netns far
 *   ip -n b link set d0 up && ip -n far link set d1 up && sleep 3
 *   ip netns exec b node .data/bench/matter.mjs [nodes] [changes] [restarts]; ip netns del b; ip netns del far
 */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { loadavg, tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { type MatterNodeProcess, startMatterNode } from "../../firmware-sim/workshop/matter/launch.ts";
import type { MatterKind } from "../../firmware-sim/workshop/matter/sheets.ts";
import { BareController, bareAggregator } from "./matter-bare.ts";
import { BenchHub, childrenOf, residentOf } from "./matter-hub.ts";
import { agesOf } from "./support/listener.ts";
import { cpuOf, idle, part, serveParent } from "./support/processes.ts";
import { monotonic } from "./support/publisher.ts";

const NODES = Number(process.argv[2] ?? 50) || 50;
const CHANGES = Number(process.argv[3] ?? 300) || 300;
const RESTARTS = Number(process.argv[4] ?? 3) || 3;
const LAMPS = [100, 150] as const;
/** So many nodes in one simulator process. */
const TOGETHER = 10;
const KINDS: readonly MatterKind[] = ["plug", "dimmable-light", "climate-sensor", "contact-sensor", "thermostat"];

const results = new Map<string, Map<string, number[]>>();
function note(what: string, system: "hub" | "bare", value: number): void {
  const row = results.get(what) ?? new Map<string, number[]>();
  row.set(system, [...(row.get(system) ?? []), value]);
  results.set(what, row);
  console.log(`${system.padEnd(5)} ${what}: ${value.toFixed(1)}`);
}
const median = (values: readonly number[] = []): number =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

/** Nodes of five kinds; `plugs` are the first of each five. */
class Nodes {
  readonly #folder = mkdtempSync(join(tmpdir(), "inglenook-bench-nodes-"));
  readonly #processes: MatterNodeProcess[] = [];

  async start(): Promise<void> {
    for (let n = 0; n < NODES; n += TOGETHER) {
      const [kind = "plug", ...also] = KINDS;
      const count = Math.min(TOGETHER, NODES - n);
      const program = resolve(process.env.INGLENOOK_DIST ?? "dist", "matter-device.mjs");
      const one = { serial: `B${process.pid}-${n}`, discriminator: n };
      this.#processes.push(await startMatterNode({ kind, also, count, program, storage: this.#folder, ...one }));
    }
  }

  get codes(): string[] {
    return this.#processes.flatMap(({ devices }) => devices.map((device) => device.qrPairingCode));
  }

  get plugs(): { readonly serial: string; set(values: object): Promise<unknown> }[] {
    return this.#processes.flatMap((process) =>
      process.devices
        .filter(({ kind }) => kind === "plug")
        .map(({ serial }) => ({ serial, set: (values: object) => process.set(values, serial) })),
    );
  }

  async end(): Promise<void> {
    await Promise.all(this.#processes.map((process) => process.stop()));
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

/** UDP of this network: how many datagrams came in the busiest 100 ms, and how many were lost for want of room. */
function udpWatch() {
  const count = (name: string): number =>
    Number(new RegExp(`${name}\\s+(\\d+)`).exec(readFileSync("/proc/self/net/snmp6", "utf8"))?.[1]);
  const lostBefore = count("Udp6RcvbufErrors");
  let [most, before] = [0, count("Udp6InDatagrams")];
  const timer = setInterval(() => {
    const now = count("Udp6InDatagrams");
    most = Math.max(most, now - before);
    before = now;
  }, 100);
  return () => {
    clearInterval(timer);
    return { most, lost: count("Udp6RcvbufErrors") - lostBefore };
  };
}

/** One system's restart: what `again` gives are the times of each subscription. */
async function restart(
  system: "hub" | "bare",
  again: () => Promise<{ from: number; at: readonly number[] }>,
): Promise<void> {
  const udp = udpWatch();
  const { from, at } = await again();
  const { most, lost } = udp();
  const last = Math.max(...at);
  const inOneSecond = at.map((a) => at.filter((b) => b >= a && b < a + 1000).length);
  note("restart: first subscribed, ms", system, Math.min(...at) - from);
  note("restart: all subscribed, ms", system, last - from);
  note("restart: most subscribed in 1 s", system, Math.max(...inOneSecond));
  note("restart: UDP datagrams in the busiest 100 ms", system, most);
  note("restart: UDP datagrams lost", system, lost);
}

/** Changes and commands, one after the other over all plugs. */
async function measure(
  system: "hub" | "bare",
  nodes: Nodes,
  heard: (serial: string, on: boolean) => Promise<number>,
  turn: (serial: string, on: boolean) => Promise<number>,
): Promise<void> {
  const { plugs } = nodes;
  const changes: number[] = [];
  const commands: number[] = [];
  for (let n = 0; n < CHANGES + plugs.length; n += 1) {
    const plug = plugs[n % plugs.length];
    if (!plug) return;
    // Not its power: the specification lets a node tell a measured value once a second only (quality Q).
    const onOff = Math.floor(n / plugs.length) % 2 === 0;
    const there = heard(plug.serial, onOff);
    const from = monotonic();
    await plug.set({ onOff });
    const ms = (await there) - from;
    // The first of each plug brings it to life.
    if (n >= plugs.length) changes.push(ms);
  }
  for (let n = 0; n < CHANGES + plugs.length; n += 1) {
    const turns = Math.floor(n / plugs.length) + Math.ceil((CHANGES + plugs.length) / plugs.length);
    const ms = await turn(plugs[n % plugs.length]?.serial ?? "", turns % 2 === 0);
    if (n >= plugs.length) commands.push(ms);
  }
  for (const [what, times] of [
    ["change", changes],
    ["command", commands],
  ] as const) {
    const { p50, p99, longest } = agesOf(Float64Array.from(times));
    note(`${what}: p50, ms`, system, p50);
    note(`${what}: p99, ms`, system, p99);
    note(`${what}: longest, ms`, system, longest);
  }
}

async function rss(what: string, system: "hub" | "bare", pid: number): Promise<void> {
  await idle(pid);
  note(`${what}, MB`, system, residentOf(pid));
}

async function bareRound(): Promise<void> {
  const nodes = new Nodes();
  await nodes.start();
  const folder = mkdtempSync(join(tmpdir(), "inglenook-bench-bare-"));
  let bare = part("controller");
  await bare.ask({ open: folder });
  const from = monotonic();
  for (const code of nodes.codes) await bare.ask({ pair: code });
  note("pairing, ms a node", "bare", (monotonic() - from) / NODES);
  await bare.ask({ subscribed: NODES });
  await measure(
    "bare",
    nodes,
    async (serial, on) => (await bare.ask<{ at: number }>({ heard: serial, on })).at,
    async (serial, on) => (await bare.ask<{ ms: number }>({ turn: serial, on })).ms,
  );
  await rss("controller after the pairings", "bare", bare.pid);
  for (let i = 0; i < RESTARTS; i += 1) {
    await bare.end();
    await restart("bare", async () => {
      const from = monotonic();
      bare = part("controller");
      await bare.ask({ open: folder });
      return { from, ...(await bare.ask<{ at: number[] }>({ subscribed: NODES })) };
    });
    note("restart: processor of the controller, s", "bare", cpuOf(bare.pid));
    await rss("controller with its nodes, after a restart", "bare", bare.pid);
  }
  await bare.end();
  await nodes.end();
  rmSync(folder, { recursive: true, force: true });
  for (const lamps of LAMPS) await bareBridge(lamps);
}

async function bareBridge(lamps: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "inglenook-bench-bare-"));
  const bridge = part("aggregator");
  const { code } = await bridge.ask<{ code: string }>({ folder, lamps });
  await rss(`bridge with ${lamps} lamps`, "bare", bridge.pid);
  await watched("bare", lamps, code, bridge.pid);
  await bridge.end();
  rmSync(folder, { recursive: true, force: true });
}

/** An ecosystem reads the bridge and stays subscribed. */
async function watched(system: "hub" | "bare", lamps: number, code: string, pid: number): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "inglenook-bench-eco-"));
  const ecosystem = part("controller");
  await ecosystem.ask({ open: folder });
  await ecosystem.ask({ pair: code });
  await ecosystem.ask({ subscribed: 1 });
  await rss(`bridge with ${lamps} lamps, subscribed to`, system, pid);
  await ecosystem.end();
  rmSync(folder, { recursive: true, force: true });
}

async function hubRound(): Promise<void> {
  const nodes = new Nodes();
  await nodes.start();
  const bench = await BenchHub.start();
  const ids = new Map<string, string>();
  const process_ = (name: string): number => childrenOf(bench.pid).get(name) ?? 0;
  const from = monotonic();
  for (const code of nodes.codes) await bench.pair(code);
  note("pairing, ms a node", "hub", (monotonic() - from) / NODES);
  await bench.subscribed(NODES);
  for (const { serial } of nodes.plugs) {
    const own = (await bench.matterNodes(false)).find((node) => JSON.stringify(node).includes(`"${serial}"`));
    if (own) ids.set(serial, own.id);
  }
  const idOf = (serial: string): string => ids.get(serial) ?? "";
  await measure(
    "hub",
    nodes,
    (serial, on) => bench.heard(`${idOf(serial)}/1/onOff.onOff`, on),
    (serial, on) => bench.switch(idOf(serial), on),
  );
  await rss("controller after the pairings", "hub", process_("matter-process"));
  for (let i = 0; i < RESTARTS; i += 1) {
    await restart("hub", async () => ({ from: await bench.restart(), at: await bench.subscribed(NODES) }));
    note("restart: processor of the controller, s", "hub", cpuOf(process_("matter-process")));
    await rss("controller with its nodes, after a restart", "hub", process_("matter-process"));
    await rss("the hub itself with its nodes", "hub", bench.pid);
  }
  const [few, many] = LAMPS;
  await bench.lamps(few);
  const { qrCode = "" } = await bench.bridge(few);
  await rss(`bridge with ${few} lamps`, "hub", process_("matter-bridge"));
  await watched("hub", few, qrCode, process_("matter-bridge"));
  await rss("the hub itself with its nodes and lamps", "hub", bench.pid);
  await bench.restart();
  await bench.lamps(many);
  await bench.bridged(many);
  await rss(`bridge with ${many} lamps`, "hub", process_("matter-bridge"));
  await bench.open();
  await watched("hub", many, qrCode, process_("matter-bridge"));
  await bench.end();
  await nodes.end();
  rmSync(bench.hub.folder, { recursive: true, force: true });
}

async function main(): Promise<void> {
  console.log(`load at the start: ${loadavg().map((n) => n.toFixed(1))}`);
  if (process.argv[5] !== "hub") await bareRound();
  await hubRound();
  console.log(`load at the end: ${loadavg().map((n) => n.toFixed(1))}\n`);
  for (const [what, row] of results) {
    const [hub, bare] = [median(row.get("hub")), median(row.get("bare"))];
    console.log(
      `${what.padEnd(50)} hub ${hub.toFixed(1).padStart(8)}  bare ${bare.toFixed(1).padStart(8)}  ${(hub / bare).toFixed(2)} times`,
    );
  }
}

let controller: BareController | undefined;
type Asked = {
  open?: string;
  pair?: string;
  subscribed?: number;
  heard?: string;
  turn?: string;
  on?: boolean;
};

async function answer({ open, pair, subscribed, heard, turn, on = false }: Asked): Promise<object> {
  if (open) controller = await BareController.open(open);
  if (!controller) throw new Error("not open yet");
  if (pair) await controller.pair(pair);
  if (subscribed) return { at: await controller.subscribed(subscribed) };
  if (heard) return { at: await controller.heard(heard, on) };
  if (turn) return { ms: await controller.switch(turn, on) };
  return {};
}

switch (process.argv[2]) {
  case "controller":
    serveParent(answer);
    process.once("SIGTERM", () => void controller?.close().finally(() => process.exit(0)));
    break;
  case "aggregator":
    serveParent(async ({ folder, lamps }: { folder: string; lamps: number }) => ({
      code: await bareAggregator(folder, lamps),
    }));
    break;
  default:
    await main();
}
