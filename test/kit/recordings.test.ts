import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { coloured, lineOf, plain } from "../../adapters/kit/live/line.ts";
import type { ReadMessage } from "../../adapters/kit/live/reading.ts";
import { watch } from "../../adapters/kit/live.ts";
import { scrub } from "../../adapters/kit/record/scrub.ts";
import { record } from "../../adapters/kit/record.ts";
import { type Recorded, RecordingFault, readRecording, recordingText } from "../../adapters/kit/recording.ts";
import { moveDates } from "../../adapters/kit/replay/dates.ts";
import { replay } from "../../adapters/kit/replay.ts";
import type { BenchBroker } from "../../adapters/kit/trial.ts";
import { runTwin } from "../../adapters/kit/twin.ts";
import { dialects } from "../../adapters/mqtt/dialects/index.ts";
import { readHome } from "../../firmware-sim/workshop/home.ts";
import { runHome } from "../../firmware-sim/workshop/run.ts";
import { openBenchBroker } from "../../hub/cli/kit/bench-broker.ts";
import { addKit } from "../../hub/cli/kit.ts";
import { Listener } from "../adapters/mqtt/listener.ts";

const WAIT = { timeout: 45_000, interval: 50 };

const said = (topic: string, body: string | object, at = 0): Recorded => ({
  at,
  topic,
  payload: typeof body === "string" ? body : JSON.stringify(body),
  retain: false,
});
const clean = (messages: readonly Recorded[], keep = false): string =>
  scrub(messages, keep)
    .messages.map((m) => `${m.topic} ${m.payload}`)
    .join("\n");

describe("a recording that is given away", () => {
  const secret = [
    said("home/plug_0af3c1/info", {
      mac: "5C:CF:7F:0A:F3:C1",
      id: "plug-5ccf7f0af3c1",
      wifi: { ssid: "Villa Sonnenschein", psk: "correct horse", ip: "192.168.7.31" },
      mqtt: { server: "mqtt://walter:hunter22@192.168.7.2:1883", user: "walter" },
      location: { lat: 52.5, lon: 13.4 },
      serial: "XK9942077123",
      ver: "1.14.0.3",
    }),
    said("home/plug_0af3c1/state", '{"power": 12.50, "on":true}'),
    said("home/plug_0af3c1/note", "joined Villa Sonnenschein as XK9942077123 with token=abcdef123"),
  ];

  test("has no secret, no place and no address in it", () => {
    const text = clean(secret);
    for (const word of [
      "0af3c1",
      "5ccf7f",
      "5C:CF",
      "Villa",
      "correct horse",
      "walter",
      "hunter22",
      "192.168",
      "52.5",
      "13.4",
      "42077123",
      "abcdef123",
    ])
      expect(text).not.toContain(word);
  });

  test("still tells the same story: one made-up address for one real one, in its form, and the maker's spelling", () => {
    const [first = "", second = "", third = ""] = clean(secret).split("\n");
    const tail = /^home\/plug_([0-9a-f]{6})\/info/.exec(first)?.[1] ?? "";
    const body = JSON.parse(first.slice(first.indexOf(" ") + 1));
    expect(body.mac).toMatch(/^([0-9A-F]{2}:){5}[0-9A-F]{2}$/);
    expect(body.mac.replaceAll(":", "").toLowerCase().slice(-6)).toBe(tail);
    expect(body.id).toBe(`plug-${body.mac.replaceAll(":", "").toLowerCase()}`);
    expect(second).toBe(`home/plug_${tail}/state {"power": 12.50, "on":true}`);
    expect(third).toContain(`joined ${body.wifi.ssid} as ${body.serial} with`);
    expect(body).toMatchObject({ ver: "1.14.0.3", location: { lat: 0, lon: 0 } });
    expect(scrub(secret, false).replaced).toMatchObject({ addresses: 1, "network names": 1, "serial numbers": 1 });
  });

  test("keeps its addresses, but never its secrets, where its maker wants that", () => {
    const text = clean(secret, true);
    expect(text).toContain("5C:CF:7F:0A:F3:C1");
    expect(text).toContain("192.168.7.31");
    expect(text).not.toMatch(/Villa|correct horse|hunter22|abcdef123/);
  });
});

describe("the file of a recording", () => {
  const messages = [said("a/b", "on"), { ...said("a/c", "x", 1.5), retain: true, kept: true as const }];
  const head = {
    recording: 1 as const,
    made: "2026-01-01T00:00:00.000Z",
    topics: ["a/#"],
    seconds: 3,
    replaced: {},
    notes: ["n"],
  };

  test.each(["lines", "row"] as const)("as %s reads back as it was", (form) => {
    expect(readRecording(recordingText({ head, messages }, form), "f")).toEqual({ head, messages });
  });

  test.each([
    ["", /line 1 must be a head/],
    ['{"recording":2}\n{"topic":"a","payload":"b"}', /only 1 can be read/],
    ['{"recording":1}', /holds no messages/],
    ['{"recording":1}\n{"topic":"a/#","payload":""}', /f: line 2: topic: must be/],
    ['{"recording":1}\n{"topic":"a","payload":7}', /f: line 2: payload: must be text/],
    [
      '{"recording":1}\n\n{"topic":"a","payload":"","at":3}\n{"topic":"a","payload":"","at":1}',
      /f: line 4: at: must be seconds, 3 or more/,
    ],
  ])("%j is refused with its line and field", (text, words) => {
    expect(() => readRecording(text, "f")).toThrow(words);
    expect(() => readRecording(text, "f")).toThrow(RecordingFault);
  });
});

test("dates move with the recording in their own spelling; what is no date of it stays", () => {
  const near = Date.parse("2026-03-01T10:00:00Z");
  const moved = moveDates(
    '{"Time":"2026-03-01T11:00:05","at":1772359205,"ms":1772359205250,"built":"2024-01-01T00:00:00","n":1234567890}',
    near,
    86_400_000,
  );
  expect(moved).toBe(
    '{"Time":"2026-03-02T11:00:05","at":1772445605,"ms":1772445605250,"built":"2024-01-01T00:00:00","n":1234567890}',
  );
});

describe("the command line", () => {
  const run = (...words: string[]) => {
    const program = new Command("inglenook").exitOverride();
    addKit(program);
    return program.parseAsync(["node", "inglenook", "kit", ...words]);
  };

  test.each([
    [["record", "--mqtt", "somewhere"], /--mqtt/],
    [["record", "--mqtt", "mqtt://127.0.0.1:1", "--for", "soon"], /--for: soon is no time/],
    [["record", "--mqtt", "mqtt://127.0.0.1:1", "--topics", "a/#/b"], /--topics: a\/#\/b is no topic filter/],
    [["record", "--mqtt", "mqtt://127.0.0.1:1", "--out", "package.json"], /--out: package.json is there already/],
    [
      ["record", "--mqtt", "mqtt://u:secret@127.0.0.1:1", "--for", "1s", "--out", "not-there.jsonl"],
      /--mqtt: the broker mqtt:\/\/127.0.0.1:1\/? can't be reached/,
    ],
    [["replay", "nowhere.jsonl", "--mqtt", "mqtt://127.0.0.1:1"], /nowhere.jsonl does not exist/],
    [["replay", "package.json", "--mqtt", "mqtt://127.0.0.1:1", "--speed", "fast"], /--speed: fast is no number/],
    [["twin", "package.json", "--mqtt", "mqtt://127.0.0.1:1"], /package.json: line 1 must be a head/],
    [["live", "--mqtt", "mqtt://127.0.0.1:1", "--dialect", "nobody"], /There is no adapter nobody/],
    [["live", "--mqtt", "mqtt://127.0.0.1:1", "--rate", "0"], /--rate: 0 is no number/],
  ])("%j is refused in words, with the fix", async (words, message) => {
    const refused: unknown = await run(...words).catch((error: unknown) => error);
    expect(refused).toMatchObject({ message: expect.stringMatching(message), fix: expect.any(String) });
    expect(String(refused)).not.toContain("secret@");
  });
});

describe("on a real broker", () => {
  let broker: BenchBroker;
  let folder: string;
  const ends: (() => unknown)[] = [];
  beforeAll(async () => {
    broker = await openBenchBroker();
    folder = mkdtempSync(join(tmpdir(), "inglenook-recordings-"));
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
    await broker.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const at = (url: string) => ({ name: "bench", url });

  /** A hub's ear on a broker, which asks what its dialects ask. */
  async function hub(url: string): Promise<{ ear: Listener; client: MqttClient }> {
    const ear = new Listener();
    const client = await connectAsync(url);
    ends.push(() => client.endAsync(true));
    client.on("message", (topic, body) => {
      ear.hear([topic, body.toString("utf8")]);
      for (const q of ear.questions.splice(0)) client.publish(q.topic, q.payload, { qos: 1 });
    });
    await client.subscribeAsync("#", { qos: 1 });
    return { ear, client };
  }

  test("a simulated plug is recorded, and its twin on another broker is the same device, obeys, and dies by its will", async () => {
    const home = readHome(JSON.stringify({ devices: [{ kind: "tasmota/plug", name: "Desk plug" }], seed: 3 }));
    if (!("orders" in home)) throw new Error("no home");
    const options = {
      url: broker.url,
      user: undefined,
      password: undefined,
      faults: [],
      began: Date.now(),
      matter: { storage: "", port: 0, onOnline: () => undefined, onState: () => undefined },
      onError: () => undefined,
    };
    const sim = runHome(home, { ...options, speed: 60, onSaid: () => undefined, onHeard: () => undefined });
    const enough = new AbortController();
    let heard = 0;
    const taking = record({
      broker: at(broker.url),
      topics: ["#"],
      signal: enough.signal,
      keepAddresses: true,
      ask: true,
      onProgress: (n) => {
        heard = n;
      },
    });
    await vi.waitFor(() => expect(heard).toBeGreaterThan(8), WAIT);
    enough.abort();
    const recording = await taking;
    await sim.end();
    expect(
      recording.messages
        .filter((m) => m.retain)
        .map((m) => m.topic)
        .join(),
    ).toMatch(/LWT.*config/);
    writeFileSync(join(folder, "plug.jsonl"), recordingText(recording, "lines"));

    const other = await openBenchBroker();
    ends.push(() => other.stop());
    const gone = new AbortController();
    const twin = new Promise<Promise<void>>((ready) => {
      const running: Promise<void> = runTwin(readRecording(readFileSync(join(folder, "plug.jsonl"), "utf8"), "plug"), {
        broker: at(other.url),
        signal: gone.signal,
        onReady: () => ready(running),
      });
    });
    await Promise.race([twin, new Promise((r) => setTimeout(r, 0))]);
    const { ear, client } = await hub(other.url);
    await vi.waitFor(
      () => expect([...ear.readings.keys()].join()).toMatch(/onOff\.onOff.*activePower|activePower.*onOff\.onOff/),
      WAIT,
    );
    const [node] = ear.nodes.values();
    expect(node?.endpoints.flatMap((e) => e.deviceTypes)).toEqual(
      expect.arrayContaining(["onOffPlugInUnit", "electricalSensor"]),
    );
    expect(ear.reachable.get(node?.id ?? "")).toBe(true);
    const order = ear.ingest.encode({
      target: { node: node?.id ?? "", endpoint: 1 },
      capability: "onOff",
      command: "off",
      args: {},
    });
    if (!order.ok) throw new Error(order.reason);
    for (const { topic, payload, qos } of order.publish) await client.publishAsync(topic, payload, { qos });
    await vi.waitFor(() => expect(ear.value(`${node?.id}/1/onOff.onOff`)).toBe(false), WAIT);
    gone.abort();
    await vi.waitFor(() => expect(ear.reachable.get(node?.id ?? "")).toBe(false), WAIT);
    await await twin;
  }, 120_000);

  test("a replay at full speed brings what was recorded, kept where it was kept, without what was said to the device", async () => {
    const head = {
      recording: 1 as const,
      made: "2026-01-01T00:00:00.000Z",
      topics: ["#"],
      seconds: 3600,
      replaced: {},
      notes: [],
    };
    const messages = [
      { ...said("play/info", "here"), retain: true },
      { ...said("play/set", "on", 10), dir: "to-device" as const },
      ...Array.from({ length: 300 }, (_, n) => said("play/n", String(n), 20 + n)),
    ];
    const got: string[] = [];
    const client = await connectAsync(broker.url);
    ends.push(() => client.endAsync(true));
    client.on("message", (topic, body) => got.push(`${topic} ${body}`));
    await client.subscribeAsync("play/#");
    const played = await replay(
      { head, messages },
      { broker: at(broker.url), speed: Number.POSITIVE_INFINITY, signal: new AbortController().signal },
    );
    expect(played).toEqual({ messages: 301, rounds: 1, whole: true });
    await vi.waitFor(
      () => expect(got).toEqual(["play/info here", ...Array.from({ length: 300 }, (_, n) => `play/n ${n}`)]),
      WAIT,
    );
    const stop = new AbortController();
    stop.abort();
    expect(
      await replay({ head, messages }, { broker: at(broker.url), speed: 1, loop: true, signal: stop.signal }),
    ).toMatchObject({ messages: 0, whole: false });
  }, 90_000);

  test("live shows who reads what, what nobody reads, and how many were too many to show", async () => {
    const seen: ReadMessage[] = [];
    let left = 0;
    const stop = new AbortController();
    const client = await connectAsync(broker.url);
    ends.push(() => client.endAsync(true));
    const watching = new Promise<Promise<object>>((ready) => {
      const running: Promise<object> = watch({
        broker: at(broker.url),
        topics: ["see/#", "zigbee2mqtt/#"],
        dialects,
        signal: stop.signal,
        rate: 5,
        onMessage: (m) => seen.push(m),
        onLeftOut: (n) => {
          left += n;
        },
        onReady: () => ready(Promise.resolve(running)),
      });
    });
    await vi.waitFor(async () => {
      await client.publishAsync("see/ready", "?");
      expect(seen.length).toBeGreaterThan(0);
    }, WAIT);
    for (let n = 0; n < 30; n += 1) await client.publishAsync("see/odd", `${n}`);
    await vi.waitFor(() => expect(left).toBeGreaterThan(20), WAIT);
    stop.abort();
    expect(await await watching).toMatchObject({ unread: expect.any(Number) });
    const [first] = seen;
    if (!first) throw new Error("nothing seen");
    expect(lineOf(first, plain)).toMatch(/^\d\d:\d\d:\d\d\.\d{3} see\/ready 1 B \[-\] nobody reads this$/);
    expect(lineOf({ ...first, topic: "a\u001b[2J" }, plain)).not.toContain("\u001b");
    expect(lineOf(first, coloured)).toContain("\u001b[2m");
  }, 90_000);
});
