import { request } from "node:http";
import { afterEach, describe, expect, test, vi } from "vitest";
import { coalesced } from "../../hub/http/coalesce.ts";
import { type HttpServer, serve } from "../../hub/http/server.ts";
import { StreamClient } from "../../hub/http/stream-client.ts";
import type { HubEvent } from "../../hub/ports.ts";
import { type House, house } from "./support/house.ts";

const servers: HttpServer[] = [];
const open = async (): Promise<{ house: House; server: HttpServer; cookie: string }> => {
  const made = house();
  const server = await serve(made.app, { host: "127.0.0.1", port: 0 });
  servers.push(server);
  return { house: made, server, cookie: await made.signedIn() };
};
afterEach(async () => {
  await Promise.all(servers.splice(0).map((s) => s.close()));
});

// Bounded generously: the figures are asserted apart, and a busy machine is no fault of the hub.
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 45_000, interval: 1 });
vi.setConfig({ testTimeout: 60_000 });

interface Received {
  readonly name: string;
  readonly data: { readonly key?: string; readonly known?: { readonly value?: unknown }; readonly reason?: string };
  readonly at: number;
}

/** A browser's end of the stream, on a real socket. */
async function listen(port: number, cookie: string) {
  const events: Received[] = [];
  let ended = false;
  let retry = false;
  const call = request({ host: "127.0.0.1", port, path: "/api/stream", headers: { cookie } });
  const response = await new Promise<import("node:http").IncomingMessage>((resolve, reject) => {
    call.once("response", resolve).once("error", reject).end();
  });
  let rest = "";
  response.setEncoding("utf8").on("data", (text: string) => {
    const at = performance.now();
    const frames = (rest + text).split("\n\n");
    rest = frames.pop() ?? "";
    for (const frame of frames) {
      retry ||= frame.includes("retry: 2000");
      const name = /^event: (.*)$/m.exec(frame)?.[1];
      const data = /^data: (.*)$/m.exec(frame)?.[1];
      if (name && data) events.push({ name, data: JSON.parse(data), at });
    }
  });
  response
    .on("error", () => {})
    .on("close", () => {
      ended = true;
    });
  call.on("error", () => {});
  const named = (name: string) => events.filter((e) => e.name === name);
  return { response, events, named, retry: () => retry, ended: () => ended, leave: () => call.destroy() };
}

const value = (key: string, v: number): HubEvent => ({
  type: "value",
  key,
  known: { status: "known", value: v, at: v, source: "test" },
});

describe("the stream over a real socket", () => {
  test("begins with hello, then tells each event within milliseconds and in order", async () => {
    const { house, server, cookie } = await open();
    const stream = await listen(server.port, cookie);
    expect(stream.response.headers["content-type"]).toContain("text/event-stream");
    await until(() => expect(stream.events[0]?.name).toBe("hello"));
    expect(stream.retry()).toBe(true);
    const delays: number[] = [];
    for (let i = 0; i < 200; i++) {
      const sent = performance.now();
      house.hub.emit(value(`lamp/1/onOff.a${i}`, i));
      await until(() => expect(stream.named("value")).toHaveLength(i + 1));
      delays.push((stream.named("value")[i]?.at ?? Number.POSITIVE_INFINITY) - sent);
    }
    delays.sort((a, b) => a - b);
    console.info(`event latency: p50 ${delays[100]?.toFixed(2)} ms, p99 ${delays[197]?.toFixed(2)} ms`);
    expect(delays[100]).toBeLessThan(50);
    expect(stream.named("value").map((e) => e.data.known?.value)).toEqual(Array.from({ length: 200 }, (_, i) => i));
  });

  test("of a value that changes a thousand times in a moment come the first and the last", async () => {
    const { house, server, cookie } = await open();
    const stream = await listen(server.port, cookie);
    await until(() => expect(stream.events).toHaveLength(1));
    for (let i = 0; i <= 1000; i++) house.hub.emit(value("meter/1/electricalPowerMeasurement.activePower", i));
    house.hub.emit({ type: "rules" });
    await until(() => expect(stream.named("value").at(-1)?.data.known?.value).toBe(1000));
    expect(stream.named("value").map((e) => e.data.known?.value)).toEqual([0, 1000]);
    expect(stream.events.map((e) => e.name)).toEqual(["hello", "value", "rules", "value"]);
  });

  test("ends when the person signs out, and says so", async () => {
    const { house, server, cookie } = await open();
    const stream = await listen(server.port, cookie);
    await until(() => expect(stream.events).toHaveLength(1));
    await house.ask("DELETE", "/api/session", { cookie });
    await until(() => expect(stream.ended()).toBe(true));
    expect(stream.events.at(-1)).toMatchObject({ name: "bye", data: { reason: "signed out" } });
  });

  test("a browser that goes away leaves nothing behind", async () => {
    const { house, server, cookie } = await open();
    const streams = await Promise.all([listen(server.port, cookie), listen(server.port, cookie)]);
    expect(house.hub.listeners.size).toBe(1);
    for (const stream of streams) stream.leave();
    await until(() => expect(house.hub.listeners.size).toBe(0));
  });

  test("HEAD opens no stream", async () => {
    const { house, cookie } = await open();
    expect((await house.ask("HEAD", "/api/stream", { cookie })).status).toBe(200);
    expect(house.hub.listeners.size).toBe(0);
  });

  test("the 49th dashboard is told to come back later", async () => {
    const { house, cookie } = await open();
    const answers = await Promise.all(Array.from({ length: 49 }, () => house.ask("GET", "/api/stream", { cookie })));
    expect(answers.map((a) => a.status).filter((s) => s !== 200)).toEqual([503]);
    await Promise.all(answers.map((a) => a.body?.cancel()));
    expect(house.hub.listeners.size).toBe(0);
  });

  test("a browser that reads nothing is dropped while the others go on", async () => {
    const { house, server, cookie } = await open();
    const slow = await listen(server.port, cookie);
    const brisk = await listen(server.port, cookie);
    await until(() => expect(brisk.events).toHaveLength(1));
    slow.response.pause();
    const long = "x".repeat(20_000);
    for (let i = 0; i < 1000 && !slow.ended(); i++) {
      house.hub.emit({ type: "finding", key: `${i} ${long}` });
      await until(() => expect(brisk.named("finding")).toHaveLength(i + 1));
    }
    slow.response.resume();
    await until(() => expect(slow.ended()).toBe(true));
    expect(slow.named("finding").length).toBeLessThan(1000);
    expect(brisk.named("finding").length).toBe(1000);
    expect(brisk.ended()).toBe(false);
  });
});

describe("a slow reader", () => {
  test("keeps at most 256 KB waiting, then gets a farewell in its place", async () => {
    const gone = vi.fn();
    const client = new StreamClient(gone, () => {});
    for (let i = 0; i < 300; i++) client.push(new Uint8Array(1024));
    const reader = client.body.getReader();
    expect(new TextDecoder().decode((await reader.read()).value)).toContain('"reason":"too slow"');
    expect((await reader.read()).done).toBe(true);
    expect(gone).toHaveBeenCalledOnce();
  });

  test("is cut off when it does not even read that", () => {
    vi.useFakeTimers();
    const cut = vi.fn();
    const client = new StreamClient(() => {}, cut);
    client.end("too slow");
    vi.advanceTimersByTime(4_999);
    expect(cut).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(cut).toHaveBeenCalledOnce();
    vi.useRealTimers();
  });
});

test("of values that a slow reader did not take, it gets the newest of each attribute", async () => {
  const client = new StreamClient(
    () => {},
    () => {},
  );
  const tell = (key: string, text: string): void => client.tell(new Map([[key, text]]), new TextEncoder().encode(text));
  for (let i = 0; i < 100_000; i++) tell(`meter ${i % 10}`, `<${i}>`);
  const reader = client.body.getReader();
  expect(new TextDecoder().decode((await reader.read()).value)).toBe(
    Array.from({ length: 10 }, (_, i) => `<${99_990 + i}>`).join(""),
  );
  const next = reader.read();
  await Promise.resolve();
  tell("meter 1", "<new>");
  expect(new TextDecoder().decode((await next).value)).toBe("<new>");
});

test("a value after quiet goes at once, those of the next moment go together, of each attribute the last", () => {
  vi.useFakeTimers();
  const sent: HubEvent[][] = [];
  const events = coalesced({ event: (e) => sent.push([e]), values: (values) => sent.push([...values.values()]) });
  for (let i = 0; i < 5; i++) {
    events.push(value("a", i));
    expect(sent).toHaveLength(i + 1);
    vi.advanceTimersByTime(10);
  }
  events.push(value("a", 5));
  events.push(value("a", 6));
  events.push(value("b", 1));
  events.push({ type: "rules" });
  expect(sent.slice(5)).toEqual([[value("a", 5)], [{ type: "rules" }]]);
  vi.advanceTimersByTime(3);
  expect(sent.at(-1)).toEqual([value("a", 6), value("b", 1)]);
  events.stop();
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});
