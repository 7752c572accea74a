/** The process in which one maker's adapter runs, with its own connections to the brokers and as few rights as it can do with. */
import { Socket } from "node:net";
import type { BrokerSettings, Log } from "../../../hub/ports.ts";
import { createMqtt, type MqttAdapter } from "../../mqtt/link.ts";
import { AdapterFault } from "../find.ts";
import { loadDialect } from "../load.ts";
import { readLines } from "./lines.ts";
import { createOutbox } from "./outbox.ts";
import { ALIVE_MS, type FromAdapter, type ToAdapter } from "./protocol.ts";

/** The pipe that the hub opened for it, beside the usual three. */
const PIPE = 3;
const MAX_LINE = 1024 * 1024;
const PER_SECOND = 16 * 1024 * 1024;

const pipe = new Socket({ fd: PIPE, readable: true, writable: true });
const outbox = createOutbox(pipe);
const quiet: Log = { info() {}, warn() {}, error() {} };
/** Brokers beside the hub's own. */
const brokers = new Map<string, BrokerSettings>();
let mqtt: MqttAdapter | undefined;

async function configure({ dialect: file, own, others }: Extract<ToAdapter, { kind: "configure" }>): Promise<void> {
  for (const broker of others) brokers.set(broker.name, broker);
  const dialect = await loadDialect(file);
  const link = createMqtt({
    hubId: `inglenook-${dialect.name}`,
    dialects: [dialect],
    log: quiet,
    clock: { now: () => Date.now() },
    ...(own ? { own } : {}),
    // As they are now: some may have come or gone while the dialect was loaded.
    others: [...brokers.values()],
  });
  mqtt = link;
  outbox.write({ kind: "ready", name: dialect.name });
  await link.start((input) => outbox.put(input));
}

const unfit = (error: unknown): FromAdapter =>
  error instanceof AdapterFault
    ? { kind: "unfit", message: error.message, fix: error.fix }
    : { kind: "unfit", message: String(error).slice(0, 300), fix: "run its tests: npm test" };

async function send({ request, command, node }: Extract<ToAdapter, { kind: "send" }>): Promise<void> {
  const link = mqtt;
  const result = link
    ? await link
        .send(command, node)
        .catch((error: unknown) => ({ ok: false as const, reason: String(error).slice(0, 300) }))
    : { ok: false as const, reason: "the adapter is still starting" };
  outbox.write({ kind: "answer", request, result });
}

function take(line: string): void {
  const message = JSON.parse(line) as ToAdapter;
  switch (message.kind) {
    case "configure":
      configure(message).catch((error: unknown) => outbox.write(unfit(error)));
      break;
    case "connect":
      brokers.set(message.broker.name, message.broker);
      mqtt?.connect(message.broker);
      break;
    case "disconnect":
      brokers.delete(message.name);
      mqtt?.disconnect(message.name);
      break;
    case "send":
      void send(message);
      break;
    case "stop":
      void (mqtt?.stop() ?? Promise.resolve()).finally(() => process.exit(0));
  }
}

readLines(pipe, { line: MAX_LINE, perSecond: PER_SECOND }, take, () => process.exit(1));
// Without the hub there is nobody to work for.
pipe.on("close", () => process.exit(0));
pipe.on("error", () => process.exit(0));
setInterval(() => outbox.write({ kind: "alive" }), ALIVE_MS);
