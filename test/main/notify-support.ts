import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { onTestFinished } from "vitest";
import type { MqttPublish } from "../../adapters/mqtt/dialect.ts";
import type { Ear } from "../../adapters/mqtt/link.ts";
import { createBus } from "../../hub/main/bus.ts";
import { createCore } from "../../hub/main/core.ts";
import { startNotices } from "../../hub/main/notify/index.ts";
import type { NewNotice } from "../../hub/model/house.ts";
import type { BrokerStatus } from "../../hub/ports.ts";
import { raiseNotice } from "../../hub/step/notices.ts";
import { openStore } from "../../hub/storage/open.ts";
import { temporaryFolder } from "../storage/support.ts";

export const NOON = Date.UTC(2026, 2, 2, 12);

export interface Heard {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** A far server on a real socket. `answer` decides what it says to its n-th caller. */
export async function farServer(answer: (n: number, response: ServerResponse) => void = (_, r) => r.end()) {
  const heard: Heard[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      heard.push({ path: request.url ?? "", headers: request.headers, body: Buffer.concat(parts) });
      answer(heard.length, response);
    });
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const close = () => {
    server.closeAllConnections();
    server.close();
  };
  onTestFinished(close);
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, heard, close };
}

export const answering =
  (status: number, headers: Record<string, string> = {}) =>
  (_: number, r: ServerResponse) => {
    r.writeHead(status, headers).end();
  };

/** The inbox and its ways out on the real store and core. Times between tries are short. */
export function openNotices(folder = temporaryFolder(), connected = true, waitsMs = [20, 20, 20]) {
  const lines: string[] = [];
  const at = (fields: object, message: string) => void lines.push(`${message} ${JSON.stringify(fields)}`);
  const log = { info: at, warn: at, error: at };
  const clock = { now: () => NOON };
  const store = openStore(folder, { log, clock });
  const core = createCore({ store, clock, bus: createBus(() => undefined), log, speed: 1 });
  const published: MqttPublish[] = [];
  const broker: BrokerStatus = {
    ...{ name: "b", url: "mqtt://b", own: true, encrypted: false, messages: 0 },
    state: connected ? "connected" : "waiting",
  };
  const mqtt = {
    announce: (m: MqttPublish) => void published.push(m),
    brokers: () => [broker],
    hear: (ear: Ear) => void Object.assign(heard, { ear }),
  };
  const heard: { ear?: Ear } = {};
  const ends: (() => unknown)[] = [];
  const { notices, notify } = startNotices(
    { state: core.state, store, clock, log, put: core.put, waiting: core.waiting, mqtt, data: folder, waitsMs },
    (end) => ends.push(end),
  );
  core.notify = notify;
  const raise = (given: NewNotice, when = NOON) => {
    for (const effect of raiseNotice(core.state, given, ["leak"], when)) {
      if (effect.kind === "notify") notify(effect.notice);
      if (effect.kind === "keepNotice") store.put("notice", effect.notice.id, effect.notice);
    }
  };
  let closed: Promise<void> | undefined;
  const close = () => {
    if (!closed) {
      for (const end of ends) end();
      core.stop();
    }
    closed ??= store.close();
    return closed;
  };
  onTestFinished(close);
  return { folder, notices, raise, published, lines, store, close, core, heard };
}
