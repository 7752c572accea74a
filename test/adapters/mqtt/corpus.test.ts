import { execFileSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { replayCorpus } from "../../../adapters/mqtt/replay.ts";

const shared = join(import.meta.dirname, "../../../../shared");
const corpus = join(shared, "data/mqtt");
const scorer = join(shared, "tools/score_mqtt.py");
const absent = !existsSync(corpus) || !existsSync(scorer);
if (absent)
  console.warn(
    `SKIPPED: the recorded messages are not at ${corpus}, so that the scores of the dialects are not checked`,
  );

const work = mkdtempSync(join(tmpdir(), "inglenook-corpus-"));
afterAll(() => rmSync(work, { recursive: true, force: true }));

interface Score {
  readonly threw: number;
  readonly problems: number;
  readonly rows: { readonly share: number | null };
  readonly [kind: string]: unknown;
}

async function linesOf(file: string): Promise<string[]> {
  const found: string[] = [];
  const rows = readFileSync(join(corpus, file), "utf8").split("\n");
  await replayCorpus(
    (async function* () {
      yield* rows;
    })(),
    (line) => found.push(line),
  );
  return found;
}

async function score(file: string): Promise<Score> {
  const out = join(work, file);
  writeFileSync(out, (await linesOf(file)).join("\n"));
  return JSON.parse(
    execFileSync("python3", [scorer, join(corpus, file), out, "--json"], { encoding: "utf8" }),
  ) as Score;
}

const share = (of: unknown): number | null => (of as { share: number | null }).share;

describe.skipIf(absent)("recorded messages of real products", () => {
  const wanted: readonly (readonly [file: string, least: Readonly<Record<string, number>>, problems: number])[] = [
    ["zigbee2mqtt.jsonl", { rows: 1, model: 1, leaves: 1 }, 5],
    ["tasmota.jsonl", { rows: 1, model: 0.88 }, 5],
    ["shelly-gen2.jsonl", { rows: 1, model: 1, values: 1 }, 0],
  ];
  test.each(wanted)(
    "%s is read whole",
    async (file, least, problems) => {
      const got = await score(file);
      expect(got.threw).toBe(0);
      expect(got.problems).toBeLessThanOrEqual(problems);
      for (const [kind, share_] of Object.entries(least)) expect(share(got[kind]), kind).toBeGreaterThanOrEqual(share_);
    },
    60_000,
  );

  test("what other dialects say is neither claimed nor thrown at", async () => {
    const others = readdirSync(corpus).filter((f) => f.endsWith(".jsonl") && !wanted.some(([file]) => file === f));
    expect(others.length).toBeGreaterThan(10);
    for (const file of others)
      for (const line of await linesOf(file))
        expect(JSON.parse(line), file).toMatchObject({ nodes: [], problems: [], threw: false });
  }, 60_000);
});

test("a row becomes a line with every value by its source, and a broken row is an empty line", async () => {
  const row = {
    id: "r1",
    messages: [
      { topic: "shellyplus1-aabbccddeeff/rpc", payload: '{"method":"Shelly.GetStatus"}', dir: "to-device" },
      { topic: "shellyplus1-aabbccddeeff/status/switch:0", payload: '{"id":0,"output":true}' },
      {
        topic: "shellyplus1-aabbccddeeff/events/rpc",
        payload: '{"src":"shellyplus1-aabbccddeeff","method":"NotifyStatus","params":{"switch:0":{"output":false}}}',
      },
    ],
  };
  const lines: unknown[] = [];
  await replayCorpus(
    (async function* () {
      yield JSON.stringify(row);
      yield "";
      yield "no json";
    })(),
    (line) => lines.push(JSON.parse(line)),
  );
  expect(lines).toHaveLength(2);
  expect(lines[1]).toEqual({ id: null, nodes: [], problems: [], threw: false });
  expect(lines[0]).toMatchObject({
    id: "r1",
    nodes: [
      {
        endpoints: [
          {
            number: 1,
            attributes: [
              { path: "onOff.onOff", value: true, source: "shellyplus1-aabbccddeeff/status/switch:0#output" },
              { path: "onOff.onOff", value: false, source: "shellyplus1-aabbccddeeff/events/rpc#switch:0.output" },
            ],
          },
        ],
      },
    ],
  });
});
