/** The peers of a bench: a bare broker that parses each message, and Node-RED in a folder of its own. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Aedes } from "aedes";

/** The newest of the line that runs on Node 20. */
const NODE_RED = "node-red@4";

/** aedes and JSON.parse, nothing else; the port. */
export async function bareBroker(parse: boolean): Promise<number> {
  const aedes = await Aedes.createBroker();
  if (parse)
    aedes.on("publish", (packet, client) => {
      if (client) JSON.parse(packet.payload.toString());
    });
  // A small packet would else wait up to 40 ms for the acknowledgement of the one before (Nagle).
  const server = createServer({ noDelay: true }, aedes.handle);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

export interface NodeRed {
  readonly pid: number;
  end(): Promise<void>;
}

/** What the flow makes of the topic of a message whose power is at least `from` W. */
export interface Flow {
  readonly from: number;
  readonly change: readonly object[];
}

/** All messages, under one topic. */
const passing: Flow = { from: 0, change: [{ t: "set", p: "topic", pt: "msg", to: "seen/plug", tot: "str" }] };

/** In, parsed, compared, changed, out: the flow that a person would draw. */
const flowOf = (brokerPort: number, { from, change }: Flow): readonly object[] => [
  { id: "t", type: "tab", label: "bench" },
  {
    id: "b",
    type: "mqtt-broker",
    broker: "127.0.0.1",
    port: String(brokerPort),
    protocolVersion: "4",
    keepalive: "60",
  },
  { id: "i", type: "mqtt in", z: "t", topic: "bench/+", qos: "0", datatype: "utf8", broker: "b", wires: [["j"]] },
  { id: "j", type: "json", z: "t", property: "payload", action: "obj", wires: [["s"]] },
  {
    ...{ id: "s", type: "switch", z: "t", property: "payload.power", propertyType: "msg", checkall: "false" },
    ...{ rules: [{ t: "gte", v: String(from), vt: "num" }], outputs: 1, wires: [["c"]] },
  },
  {
    ...{ id: "c", type: "change", z: "t", wires: [["o"]] },
    rules: change,
  },
  { id: "o", type: "mqtt out", z: "t", topic: "", qos: "0", retain: "false", broker: "b", wires: [] },
];

/** Installs Node-RED into a temporary folder (NODE_RED_FOLDER: one that has it already) and runs the flow; undefined with a loud word when it can't be had. */
export async function nodeRed(brokerPort: number, flow = passing): Promise<NodeRed | undefined> {
  const given = process.env.NODE_RED_FOLDER;
  const folder = mkdtempSync(join(tmpdir(), "inglenook-node-red-"));
  const home = given ?? folder;
  const entry = join(home, "node_modules", "node-red", "red.js");
  if (!existsSync(entry)) {
    const args = ["install", "--no-save", "--ignore-scripts", "--no-audit", "--no-fund", "--prefix", home, NODE_RED];
    const { status } = spawnSync("npm", args, { stdio: "ignore", timeout: 300_000 });
    if (status !== 0) {
      console.log(`!!! Node-RED is left out: npm ${args.join(" ")} failed (${status})`);
      rmSync(folder, { recursive: true, force: true });
      return undefined;
    }
  }
  writeFileSync(join(folder, "flow.json"), JSON.stringify(flowOf(brokerPort, flow)));
  writeFileSync(
    join(folder, "settings.js"),
    "module.exports = { uiPort: 0, uiHost: '127.0.0.1', httpAdminRoot: false };",
  );
  // mqtt.js leaves its socket as the system makes it; told here, as the other clients are.
  const noDelay = join(folder, "no-delay.cjs");
  writeFileSync(
    noDelay,
    "const { Socket } = require('node:net'); const { connect } = Socket.prototype; Socket.prototype.connect = function (...a) { this.setNoDelay(true); return connect.apply(this, a); };",
  );
  const args = [
    "--require",
    noDelay,
    entry,
    "--userDir",
    folder,
    "--settings",
    join(folder, "settings.js"),
    join(folder, "flow.json"),
  ];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  await said(child, /Connected to broker/);
  return {
    pid: child.pid ?? 0,
    async end() {
      const gone = once(child, "exit");
      child.kill("SIGTERM");
      await gone;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function said(child: ChildProcess, words: RegExp): Promise<void> {
  for await (const chunk of child.stdout ?? []) if (words.test(String(chunk))) break;
  child.stdout?.resume();
}
