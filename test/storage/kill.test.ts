import { describe, expect, test, vi } from "vitest";
import { openStore } from "../../hub/storage/open.ts";
import { bundle, exited, listeningLog, run, temporaryFolder } from "./support.ts";

/** Two hundred and more: `INGLENOOK_KILLS=200 npx vitest run test/storage/kill.test.ts`. */
const KILLS = Number(process.env.INGLENOOK_KILLS ?? 6);

describe("a hub that is killed while it stores", () => {
  test(
    "has every setting and audit entry that it acknowledged, and starts again at once",
    async () => {
      const program = await bundle("test/storage/put-loop.ts");
      const folder = temporaryFolder();
      let reached = 0;
      for (let round = 0; round < KILLS; round++) {
        const { child, lines } = run(program, folder, String(reached));
        await vi.waitFor(() => expect(lines.length).toBeGreaterThan(100 + ((round * 37) % 500)), {
          timeout: 15_000,
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
        expect([...store.lastValues()][0]?.at).toBeGreaterThanOrEqual(1_700_000_000_000 + flushed);
        await store.close();
        reached = stored;
      }
    },
    60_000 + KILLS * 5_000,
  );
});
