/**
 * Plays packet vectors of MQTT 3.1 and 3.1.1 against the embedded broker as the hub configures it; names each that
 * fails, and looks at the end whether the broker still serves. With --bare against aedes without our guard and store,
 * with --port N against any broker on this machine. Vectors are the JSON files of Mosquitto's own test suite:
 *
 *   git clone https://github.com/eclipse-mosquitto/mosquitto /tmp/mosquitto     # test/broker/data; 2.1.2 has 314 of them
 *   npx esbuild test/bench/broker-vectors.ts --bundle --platform=node --format=esm --packages=external \
 *     --outfile=.data/broker-vectors.mjs && node .data/broker-vectors.mjs /tmp/mosquitto/test/broker/data [--bare | --port N]
 *
 * The interoperability tests of Eclipse Paho (3.1.1) run against the same broker; without a folder it waits for them:
 *
 *   node .data/broker-vectors.mjs --serve 1883 &
 *   git clone https://github.com/eclipse/paho.mqtt.testing /tmp/paho && cd /tmp/paho/interoperability
 *   python3 client_test.py     # it takes localhost:1883; its own options for another place do not work
 */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { Aedes } from "aedes";
import { startBroker } from "../../hub/broker/start.ts";
import { openBrokerStore } from "../../hub/storage/broker-store.ts";
import { play, type Step, type Vector } from "../broker/vectors.ts";

interface Foreign {
  readonly ver?: number;
  readonly connect?: boolean;
  readonly expect_disconnect?: boolean;
}

interface ForeignTest extends Foreign {
  readonly name: string;
  readonly msgs: readonly {
    readonly type: string;
    readonly payload: string;
    readonly topic?: string;
    readonly qos?: 0 | 1 | 2;
  }[];
}

interface ForeignGroup extends Foreign {
  readonly group: string;
  readonly disable?: boolean;
  readonly tests: readonly ForeignTest[];
}

/** Hex, or words: `i8` a byte, `H k m s` two bytes, `L` four, `v r` a packet's length, 'text'. */
function bytesOf(payload: string): Buffer {
  const parts: number[] = [];
  for (const [word] of payload.matchAll(/'[^']*'|\S+/g)) {
    const number = Number(word.slice(1));
    if (word.startsWith("'")) parts.push(...Buffer.from(word.slice(1, -1)));
    else if (word.startsWith("i")) parts.push(number);
    else if (/^[Hkms]/.test(word)) parts.push(number >> 8, number & 255);
    else if (word.startsWith("L")) parts.push(number >>> 24, (number >> 16) & 255, (number >> 8) & 255, number & 255);
    else if (/^[vr]/.test(word))
      for (let rest = number; ; rest = Math.floor(rest / 128)) {
        parts.push((rest % 128) + (rest > 127 ? 128 : 0));
        if (rest < 128) break;
      }
    else parts.push(...Buffer.from(word, "hex"));
  }
  return Buffer.from(parts);
}

function stepOf({ type, payload, topic = "", qos = 0 }: ForeignTest["msgs"][number]): Step {
  if (type === "send") return { kind: "send", bytes: bytesOf(payload) };
  if (type === "recv") return { kind: "expect", bytes: bytesOf(payload) };
  if (type === "publish" || type === "external_publish") return { kind: "publish", topic, payload, qos };
  throw new Error(`a step of type ${type} is not known here`);
}

/** The vectors for a broker that speaks up to 3.1.1. */
function vectorsOf(group: ForeignGroup): Vector[] {
  const vectors: Vector[] = [];
  for (const test of group.tests) {
    const version = test.ver ?? group.ver ?? 4;
    if (version === 5 || group.disable) continue;
    vectors.push({
      name: `${group.group} ${test.name}`,
      hello: (test.connect ?? group.connect ?? true) ? version : undefined,
      closes: test.expect_disconnect ?? group.expect_disconnect ?? true,
      steps: test.msgs.map(stepOf),
    });
  }
  return vectors;
}

async function ourBroker(port: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), "inglenook-vectors-"));
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  process.on("SIGTERM", () => process.exit(0));
  const log = { info() {}, warn() {}, error: console.error };
  const broker = await startBroker({ port, store: openBrokerStore(folder, log), log });
  return broker.port;
}

async function bareBroker(): Promise<number> {
  const aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address ? address.port : 0;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { bare: { type: "boolean" }, port: { type: "string" }, serve: { type: "string" } },
});
if (values.serve) {
  console.log(`listening on 127.0.0.1:${await ourBroker(Number(values.serve))}`);
} else {
  const [folder] = positionals;
  if (!folder) throw new Error("say in which folder the vectors are");
  const port = values.port ? Number(values.port) : await (values.bare ? bareBroker() : ourBroker(0));
  let total = 0;
  let failed = 0;
  for (const file of readdirSync(folder).sort()) {
    if (!file.endsWith(".json")) continue;
    const groups: ForeignGroup[] = JSON.parse(readFileSync(join(folder, file), "utf8"));
    for (const vector of groups.flatMap(vectorsOf)) {
      total++;
      const wrong = await play(port, vector);
      if (wrong) console.log(`${vector.name}: ${wrong}`);
      if (wrong) failed++;
    }
  }
  const last = await play(port, { name: "the last one", hello: 4, steps: [], closes: false });
  console.log(`${total - failed} of ${total}; afterwards ${last ?? "it still serves"}`);
  process.exit(0);
}
