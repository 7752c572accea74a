import { expect, vi } from "vitest";
import { bundle, exited, run, temporaryFolder } from "../storage/support.ts";
import { brokerIn, clientOf, retainedOf, sleepingClient } from "./support.ts";

/** What the broker acknowledged so far, over all rounds. */
interface Promised {
  /** The least value of each retained topic. */
  readonly retained: Map<string, number>;
  readonly waiting: Set<string>;
  readonly sessions: Set<string>;
}

/** Sends until the connection ends; each line notes what was acknowledged. */
async function work(port: number, round: number, worker: number, promised: Promised, done: () => void): Promise<void> {
  const client = await clientOf(port, { clientId: `w${worker}` });
  for (let i = 0; ; i++) {
    const topic = `kept/${worker}/${i % 10}`;
    const value = round * 1_000_000 + i;
    await client.publishAsync(topic, String(value), { qos: 1, retain: true });
    promised.retained.set(topic, value);
    const text = `${round}-${worker}-${i}`;
    await client.publishAsync(`queue/${worker}`, text, { qos: i % 2 === 0 ? 1 : 2 });
    promised.waiting.add(text);
    if (i % 10 === 0) {
      const id = `s-${round}-${worker}-${i}`;
      const session = await clientOf(port, { clientId: id, clean: false });
      await session.subscribeAsync("x/y", { qos: 1 });
      promised.sessions.add(id);
    }
    done();
  }
}

async function sleepInto(port: number): Promise<void> {
  const sleeper = await clientOf(port, { clientId: "sleeper", clean: false });
  await sleeper.subscribeAsync("queue/#", { qos: 2 });
  await sleeper.endAsync();
}

/** The one that slept gets everything that was acknowledged since. */
async function wake(port: number, waiting: Set<string>): Promise<void> {
  const got = new Set<string>();
  const awake = sleepingClient(port, "sleeper");
  awake.on("message", (_topic, payload) => got.add(payload.toString()));
  awake.connect();
  await vi.waitFor(() => expect([...waiting].filter((text) => !got.has(text))).toEqual([]), { timeout: 60_000 });
  await awake.endAsync();
  waiting.clear();
}

async function lookAtRetained(port: number, retained: Map<string, number>): Promise<void> {
  const found = await retainedOf(port, "kept/#");
  const lost = [...retained].filter(([topic, value]) => !found.has(topic) || Number(found.get(topic)) < value);
  expect(lost).toEqual([]);
}

async function lookAtSessions(port: number, sessions: Set<string>): Promise<void> {
  const forgotten: string[] = [];
  for (const id of sessions) {
    const client = sleepingClient(port, id);
    const known = new Promise<boolean>((resolve) => client.once("connect", (ack) => resolve(ack.sessionPresent)));
    client.connect();
    if (!(await known)) forgotten.push(id);
    await client.endAsync();
  }
  expect(forgotten).toEqual([]);
}

/** Kills a broker so many times while it acknowledges, and looks each time whether all that it promised is still there. */
export async function killRounds(rounds: number): Promise<void> {
  const program = await bundle("test/broker/broker-process.ts");
  const folder = temporaryFolder();
  const promised: Promised = { retained: new Map(), waiting: new Set(), sessions: new Set(["sleeper"]) };
  for (let round = 0; round < rounds; round++) {
    const { child, lines } = run(program, folder);
    await vi.waitFor(() => expect(lines).toHaveLength(1), { timeout: 45_000, interval: 5 });
    const port = Number(lines[0]);
    if (round === 0) await sleepInto(port);
    let acknowledged = 0;
    const count = () => {
      acknowledged++;
    };
    // Each worker ends when its connection does.
    const ended = Promise.allSettled([0, 1, 2, 3].map((worker) => work(port, round, worker, promised, count)));
    const enough = 30 + (round % 10) * 7;
    await vi.waitFor(() => expect(acknowledged).toBeGreaterThan(enough), { timeout: 60_000, interval: 3 });
    child.kill("SIGKILL");
    await exited(child);
    await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 200).unref())]);

    const broker = await brokerIn(folder);
    await lookAtRetained(broker.port, promised.retained);
    expect(broker.stats().sessions).toBeGreaterThanOrEqual(promised.sessions.size);
    // Some messages wait over several kills; a queue takes 1,000.
    if (round % 4 === 3 || round === rounds - 1) await wake(broker.port, promised.waiting);
    if (round === rounds - 1) await lookAtSessions(broker.port, promised.sessions);
    await broker.stop();
  }
}
