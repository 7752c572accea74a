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

const share = (of: unknown): number | null => (of as { share: number | null }).share;

/** All files as one corpus: twins stand in two of them. */
async function scoreAll(): Promise<Score> {
  const files = readdirSync(corpus).filter((f) => f.endsWith(".jsonl"));
  const [rows, out] = [join(work, "rows.jsonl"), join(work, "out.jsonl")];
  writeFileSync(rows, files.map((f) => readFileSync(join(corpus, f), "utf8").trimEnd()).join("\n"));
  const lines: string[] = [];
  for (const file of files) lines.push(...(await linesOf(file)));
  writeFileSync(out, lines.join("\n"));
  return JSON.parse(execFileSync("python3", [scorer, rows, out, "--json"], { encoding: "utf8" })) as Score;
}

describe.skipIf(absent)("recorded messages of real products", () => {
  test("are read whole, and a device seen in two dialects is the same in both", async () => {
    const got = await scoreAll();
    expect(got.threw).toBe(0);
    expect(got.problems).toBeLessThanOrEqual(45);
    // The values missed are numbers that the corpus holds as text (0.412 kW is 412 W here); the twins are devices
    // without anything that the standard knows.
    const least = { rows: 1, leaves: 1, values: 0.995, twins: 0.96 };
    for (const [kind, floor] of Object.entries(least)) expect(share(got[kind]), kind).toBeGreaterThanOrEqual(floor);
  }, 360_000);
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
