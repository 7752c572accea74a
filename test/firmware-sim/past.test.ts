import { createHash } from "node:crypto";
import { Writable } from "node:stream";
import { describe, expect, test } from "vitest";
import { demoHome } from "../../firmware-sim/homes/demo.ts";
import { runPast } from "../../firmware-sim/past.ts";
import { LineOutlet } from "../../firmware-sim/wire/past.ts";

interface Line {
  readonly at?: number;
  readonly topic?: string;
  readonly payload?: string;
  readonly retain?: boolean;
  readonly matter?: { readonly serialNumber: string };
  readonly cluster?: string;
  readonly attribute?: string;
  readonly value?: unknown;
  readonly progress?: number;
  readonly end?: boolean;
}

const since = Date.parse("2026-11-01T00:00:00Z");
const day = 86_400_000;

async function past(seed: number, days: number): Promise<string> {
  const chunks: string[] = [];
  const stream = new Writable({
    decodeStrings: false,
    write(chunk, _encoding, done) {
      chunks.push(String(chunk));
      done();
    },
  });
  const options = { home: demoHome, seed, since, until: since + days * day, hub: "inglenook" };
  await runPast(options, new LineOutlet(stream));
  return chunks.join("");
}

const lines = (text: string): Line[] =>
  text
    .trim()
    .split("\n")
    .map((line): Line => JSON.parse(line));

describe("the past", () => {
  test("is the same to the byte for the same seed, and another for another", async () => {
    const [one, two, other] = await Promise.all([past(7, 2), past(7, 2), past(8, 2)]);
    expect(two).toBe(one);
    expect(other).not.toBe(one);
  });

  test("comes in order of time, discovery first, and says when it ends", async () => {
    const all = lines(await past(7, 1));
    const times = all.flatMap((line) => (line.at === undefined ? [] : [line.at]));
    expect(times.every((at, i) => i === 0 || at >= (times[i - 1] ?? 0))).toBe(true);
    expect(times[0]).toBe(since);
    const first = all.findIndex((line) => (line.at ?? since) > since);
    const early = all.slice(0, first).map((line) => line.topic ?? "");
    expect(early).toContain("zigbee2mqtt/bridge/devices");
    expect(early.filter((topic) => /^tasmota\/discovery\/.*\/(config|sensors)$/.test(topic))).toHaveLength(6);
    expect(early.filter((topic) => topic.endsWith("/online"))).toHaveLength(5);
    expect(early.filter((topic) => topic === "inglenook/rpc")).toHaveLength(10);
    expect(all.at(-1)).toEqual({ end: true });
    expect(all.some((line) => line.progress === 0.5)).toBe(true);
  });

  test("holds all 19 devices", async () => {
    const all = lines(await past(7, 1));
    const matter = new Set(all.flatMap((line) => (line.matter ? [line.matter.serialNumber] : [])));
    expect(matter.size).toBe(2);
    const zigbee = all.filter((line) => /^zigbee2mqtt\/[^/]+$/.test(line.topic ?? ""));
    expect(new Set(zigbee.map((line) => line.topic)).size).toBe(9);
    expect(all.find((line) => line.attribute === "cumulativeEnergyImported")?.value).toEqual({
      energy: expect.any(Number),
    });
    const warm = all.find((line) => line.attribute === "localTemperature")?.value;
    expect(warm).toBeGreaterThan(1800);
    expect(warm).toBeLessThan(2600);
  });

  test("never lets a counter fall", async () => {
    const all = lines(await past(7, 3));
    const last = new Map<string, number>();
    const check = (key: string, value: unknown): void => {
      if (typeof value !== "number") return;
      expect(value, key).toBeGreaterThanOrEqual(last.get(key) ?? 0);
      last.set(key, value);
    };
    for (const { topic = "", payload = "" } of all) {
      if (!payload.startsWith("{")) continue;
      const body = JSON.parse(payload);
      check(`${topic} energy`, body.energy);
      check(`${topic} produced`, body.produced_energy);
      check(`${topic} total`, body.ENERGY?.Total);
      check(`${topic} pm1`, body.params?.["pm1:0"]?.ret_aenergy?.total);
      check(`${topic} em`, body.params?.["emdata:0"]?.total_act);
    }
    expect(last.size).toBeGreaterThanOrEqual(9);
  });

  test("of 60 days is printed in well under a minute, with bounded memory", async () => {
    const hash = createHash("sha256");
    let bytes = 0;
    let count = 0;
    let largest = 0;
    const stream = new Writable({
      write(chunk: Buffer, _encoding, done) {
        bytes += chunk.length;
        largest = Math.max(largest, chunk.length);
        hash.update(chunk);
        for (const byte of chunk) if (byte === 10) count++;
        // A reader that takes its time after each chunk.
        setImmediate(done);
      },
    });
    const began = Date.now();
    const options = { home: demoHome, seed: 1, since: since - 60 * day, until: since, hub: "inglenook" };
    await runPast(options, new LineOutlet(stream));
    const seconds = (Date.now() - began) / 1000;
    console.log(`60 days: ${seconds.toFixed(1)} s, ${count} lines, ${bytes} bytes`);
    expect(seconds).toBeLessThan(40);
    expect(largest).toBeLessThan(200_000);
    expect(count).toBeGreaterThan(100_000);
  }, 180_000);
});
