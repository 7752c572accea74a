import { describe, expect, test, vi } from "vitest";
import { bundle, exited, run, temporaryFolder } from "../storage/support.ts";
import { brokerIn, clientOf, retainedOf, sleepingClient } from "./support.ts";

const ROUNDS = 6;

describe("a broker that is killed while messages are acknowledged", () => {
  test("has every retained message, waiting message and session that it acknowledged", async () => {
    const program = await bundle("test/broker/broker-process.ts");
    const folder = temporaryFolder();
    const retained = new Map<string, number>();
    const waiting = new Set<string>();
    const sessions = new Set<string>();
    for (let round = 0; round < ROUNDS; round++) {
      const { child, lines } = run(program, folder);
      await vi.waitFor(() => expect(lines).toHaveLength(1), { timeout: 15_000, interval: 5 });
      const port = Number(lines[0]);
      if (round === 0) {
        const sleeper = await clientOf(port, { clientId: "sleeper", clean: false });
        await sleeper.subscribeAsync("queue/#", { qos: 2 });
        await sleeper.endAsync();
        sessions.add("sleeper");
      }
      let acknowledged = 0;
      const workers = Array.from({ length: 4 }, async (_, worker) => {
        const client = await clientOf(port, { clientId: `w${worker}` });
        for (let i = 0; ; i++) {
          const topic = `kept/${worker}/${i % 10}`;
          const value = round * 1_000_000 + i;
          await client.publishAsync(topic, String(value), { qos: 1, retain: true });
          retained.set(topic, value);
          const text = `${round}-${worker}-${i}`;
          await client.publishAsync(`queue/${worker}`, text, { qos: i % 2 === 0 ? 1 : 2 });
          waiting.add(text);
          if (i % 10 === 0) {
            const id = `s-${round}-${worker}-${i}`;
            const session = await clientOf(port, { clientId: id, clean: false });
            await session.subscribeAsync("x/y", { qos: 1 });
            sessions.add(id);
          }
          acknowledged++;
        }
      });
      // Each worker ends when its connection does.
      const ended = Promise.allSettled(workers);
      await vi.waitFor(() => expect(acknowledged).toBeGreaterThan(30 + round * 7), { timeout: 20_000, interval: 3 });
      child.kill("SIGKILL");
      await exited(child);
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 200).unref())]);

      const broker = await brokerIn(folder);
      const found = await retainedOf(broker.port, "kept/#");
      const lost = [...retained].filter(([topic, value]) => Number(found.get(topic)) < value || !found.has(topic));
      expect(lost).toEqual([]);
      expect(broker.stats().sessions).toBeGreaterThanOrEqual(sessions.size);
      await broker.stop();
    }
    const broker = await brokerIn(folder);
    const got = new Set<string>();
    const awake = sleepingClient(broker.port, "sleeper");
    awake.on("message", (_topic, payload) => got.add(payload.toString()));
    awake.connect();
    await vi.waitFor(() => expect([...waiting].filter((text) => !got.has(text))).toEqual([]), { timeout: 10_000 });
  }, 90_000);
});
