import { join } from "node:path";
import Database from "better-sqlite3";
import fc from "fast-check";
import { describe, expect, onTestFinished, test } from "vitest";
import { type Chunk, chunksByHour, decodeBlock, encodeBlock } from "../../hub/storage/block.ts";
import { connect } from "../../hub/storage/connect.ts";
import { migrations } from "../../hub/storage/migrations/index.ts";
import { type Placed, pack, unpack } from "../../hub/storage/pack.ts";
import { readRollups } from "../../hub/storage/rollups.ts";
import { FIVE_MINUTES, HOUR, type Summary } from "../../hub/storage/summary.ts";
import { temporaryFolder } from "./support.ts";

/** What devices tell, and what none ever should. */
const value = fc.oneof(
  fc.integer({ min: -200_000, max: 4_000_000 }).map((n) => n / 10),
  fc.integer({ min: -1_000_000, max: 1_000_000 }).map((n) => n / 1000),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, 1, 230.1, 1e-7, 1.1e300, -1e300, 2 ** 53, 123_456_789.123, 5e-324),
);
/** A buffer knows only one zero. */
const plain = (n: number) => (n === 0 ? 0 : n);

const summary = (start: number): fc.Arbitrary<Summary> =>
  fc
    .record({
      min: value,
      max: value,
      last: value,
      steady: fc.boolean(),
      sum: value,
      covered: fc.integer({ min: 0, max: 2 * FIVE_MINUTES }),
      count: fc.integer({ min: 0, max: 1e6 }),
      lastAt: fc.integer({ min: start - 4 * HOUR, max: start + 9 * HOUR }),
    })
    .map(({ steady, ...s }) => {
      const [min, max, last, sum] = [s.min, s.max, s.last, s.sum].map(plain) as [number, number, number, number];
      return steady ? { ...s, min, max: min, last: min, sum: plain(min * s.covered) } : { ...s, min, max, last, sum };
    });

describe("what is stored", () => {
  const start = 20_000 * 24 * HOUR;

  test("gives back every summary exactly as it was", () => {
    fc.assert(
      fc.property(
        fc
          .uniqueArray(fc.integer({ min: 0, max: 71 }), { maxLength: 72 })
          .chain((places) =>
            fc.tuple(
              fc.constant(places.sort((a, b) => a - b)),
              fc.array(summary(start), { minLength: 72, maxLength: 72 }),
            ),
          ),
        ([places, list]) => {
          const placed = places.flatMap((place, i): Placed[] => {
            const one = list[i];
            return one ? [{ place, summary: one }] : [];
          });
          const found: Placed[] = [];
          unpack(pack(placed, start, FIVE_MINUTES), start, FIVE_MINUTES, 0, Number.POSITIVE_INFINITY, (at, s) =>
            found.push({ place: (at - start) / FIVE_MINUTES, summary: { ...s, sum: plain(s.sum) } }),
          );
          expect(found).toEqual(placed);
        },
      ),
    );
  });

  test("gives back every reading exactly as it was, of any kind and in order", () => {
    const reading = fc.tuple(
      fc.integer({ min: 0, max: HOUR - 1 }),
      fc.oneof(value.map(plain), fc.boolean(), fc.string()),
    );
    fc.assert(
      fc.property(fc.array(reading), (list) => {
        const chunks = new Map<number, Chunk[]>();
        chunksByHour(
          7,
          list.map(([at]) => start + at),
          list.map(([, v]) => v),
          chunks,
        );
        const wanted = chunks.get(start / HOUR) ?? [];
        const found: Chunk[] = [];
        decodeBlock(encodeBlock(start, wanted), start, undefined, (chunk) => found.push(chunk));
        expect(found).toEqual(wanted);
        decodeBlock(encodeBlock(start, wanted), start, 8, () => expect.unreachable("another series' readings"));
      }),
    );
  });

  test("takes few bytes: a meter's hour in tenths of a watt, and a plug that was off", () => {
    const hour = Array.from({ length: 360 }, (_, i) => Math.round(8_000 + 500 * Math.sin(i / 20)) / 10);
    const chunk: Chunk = { series: 3, kind: 0, ats: hour.map((_, i) => start + i * 10_000), values: hour };
    expect(encodeBlock(start, [chunk]).length).toBeLessThan(360 * 4);
    const off: Summary = { min: 0, max: 0, sum: 0, covered: FIVE_MINUTES, count: 1, last: 0, lastAt: start };
    expect(pack([{ place: 0, summary: { ...off, lastAt: start + 5 } }], start, FIVE_MINUTES).length).toBeLessThan(12);
  });

  test("comes over from a database that had a row for each summary", () => {
    const file = join(temporaryFolder(), "hub.db");
    const at = start / FIVE_MINUTES;
    connect({ file, migrations: migrations.slice(0, 2), check: false }).close();
    const old = new Database(file);
    old.exec(`INSERT INTO series VALUES (3, 'a/1/b.c', 0, 1, 0, 1.0, 's');
      INSERT INTO rollup_5m VALUES (3, ${at + 71}, 1, 4, 600000, 300000, 9, 2.5, ${start + 71 * FIVE_MINUTES + 7});
      INSERT INTO rollup_5m VALUES (3, ${at + 72}, 1, 4, 900000, 300000, 9, 2.5, ${start + 72 * FIVE_MINUTES + 7});
      INSERT INTO rollup_1h VALUES (3, ${start / HOUR}, 1, 4, 1500000, 600000, 18, 2.5, ${start + 8});
      INSERT INTO fact VALUES ('retention-edge', ${start + 500 * 24 * HOUR});`);
    old.close();
    const db = connect({ file, migrations, check: true });
    onTestFinished(() => void db.close());
    const of = (table: "rollup_5m" | "rollup_1h") => readRollups(db, table, 3, 0, start + 24 * HOUR);
    expect(of("rollup_5m").map((s) => [s.at, s.summary.sum, s.summary.lastAt])).toEqual([
      [start + 71 * FIVE_MINUTES, 600_000, start + 71 * FIVE_MINUTES + 7],
      [start + 72 * FIVE_MINUTES, 900_000, start + 72 * FIVE_MINUTES + 7],
    ]);
    expect(of("rollup_1h")).toEqual([
      {
        at: start,
        summary: { min: 1, max: 4, sum: 1_500_000, covered: 600_000, count: 18, last: 2.5, lastAt: start + 8 },
      },
    ]);
    expect(db.prepare("SELECT value FROM fact WHERE name = 'fine-edge'").pluck().get()).toBe(start + 100 * 24 * HOUR);
  });
});
