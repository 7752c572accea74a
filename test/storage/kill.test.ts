import { describe, expect, test, vi } from "vitest";
import type { Store } from "../../hub/ports.ts";
import { openStore } from "../../hub/storage/open.ts";
import { bundle, exited, listeningLog, run, temporaryFolder } from "./support.ts";

/** Two hundred and more: `INGLENOOK_KILLS=200 npx vitest run test/storage/kill.test.ts`. */
const KILLS = Number(process.env.INGLENOOK_KILLS ?? 6);

const BEGIN = 1_699_999_800_000;

/** A reading a minute, counted in rollups and raw readings alike: all that were told as written are there, and none twice. */
async function noneLostOrDoubled(store: Store, ranges: readonly [from: number, to: number][]): Promise<void> {
  const last = Math.max(...ranges.map(([, to]) => to));
  const query = { key: "plug/1/onOff.onOff", from: BEGIN, to: BEGIN + (last + 1) * 60_000, bucketMs: 300_000 };
  for (const { at, count } of await store.history(query)) {
    const first = (at - BEGIN) / 60_000;
    const isWritten = (n: number) => ranges.some(([from, to]) => n > from && n <= to);
    const written = [0, 1, 2, 3, 4].filter((i) => isWritten(first + i)).length;
    expect(count, `readings from ${first} on`).toBeGreaterThanOrEqual(written);
    expect(count, `readings from ${first} on`).toBeLessThanOrEqual(5);
  }
}

describe("a hub that is killed while it stores", () => {
  test(
    "has every setting and audit entry that it acknowledged, and starts again at once",
    async () => {
      const program = await bundle("test/storage/put-loop.ts");
      const worker = await bundle("hub/storage/history-worker.ts");
      const folder = temporaryFolder();
      const flushedRanges: [from: number, to: number][] = [];
      let reached = 0;
      for (let round = 0; round < KILLS; round++) {
        const { child, lines } = run(program, folder, String(reached), worker);
        await vi.waitFor(() => expect(lines.length).toBeGreaterThan(100 + ((round * 37) % 500)), {
          timeout: 45_000,
          interval: 3,
        });
        child.kill("SIGKILL");
        await exited(child);
        const acknowledgements = lines.filter((line) => !line.startsWith("flushed"));
        const acknowledged = Number(acknowledgements.at(-1));
        const flushed = Number(lines.findLast((line) => line.startsWith("flushed"))?.slice(8) ?? 0);
        const log = listeningLog();
        const store = openStore(folder, { log });
        expect(log.lines.map(({ message }) => message)).toContain(
          "the last end was not orderly: looking the database over",
        );
        const settings = store.list<{ n: number }>("nodeSettings");
        const stored = Math.max(...settings.map(({ n }) => n));
        expect(stored).toBeGreaterThanOrEqual(acknowledged);
        expect(Number(store.audit({ limit: 1 })[0]?.detail)).toBeGreaterThanOrEqual(acknowledged);
        const kept = new Set(store.audit({ limit: 1000 }).map(({ detail }) => detail));
        expect(acknowledgements.slice(-900).filter((line) => !kept.has(line))).toEqual([]);
        expect([...store.lastValues()][0]?.at).toBeGreaterThanOrEqual(BEGIN + flushed * 60_000);
        flushedRanges.push([reached, flushed]);
        await noneLostOrDoubled(store, flushedRanges);
        await store.close();
        reached = stored;
      }
    },
    60_000 + KILLS * 5_000,
  );
});
