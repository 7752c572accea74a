import { connect as connectSocket } from "node:net";
import { describe, expect, onTestFinished, test, vi } from "vitest";
import { Journal } from "../../hub/broker/journal.ts";
import { defaultLimits } from "../../hub/broker/limits.ts";
import { Retained } from "../../hub/broker/retained.ts";
import { listeningLog, temporaryFolder } from "../storage/support.ts";
import { connectPacket, packet, text } from "./packets.ts";
import { brokerIn, clientOf } from "./support.ts";

/** Looks at a number once in each turn of the loop until `enough`; gives the largest steps by which it changed. */
function steps(number: () => number, enough: number): Promise<number[]> {
  return new Promise((resolve) => {
    const seen: number[] = [];
    let last = number();
    const look = () => {
      const now = number();
      seen.push(now - last);
      last = now;
      if (now < enough) setImmediate(look);
      else resolve(seen.sort((a, b) => b - a));
    };
    setImmediate(look);
  });
}

describe("10,000 retained topics", () => {
  test("are taken in over many turns of the loop, and given to who subscribes to all", {
    timeout: 60_000,
  }, async () => {
    const broker = await brokerIn(temporaryFolder());
    const socket = connectSocket(broker.port, "127.0.0.1");
    onTestFinished(() => {
      socket.destroy();
    });
    const packets = Array.from({ length: 10_000 }, (_, i) =>
      packet(0x31, text(`f/${i}/config`), Buffer.alloc(150, "x")),
    );
    socket.write(Buffer.concat([connectPacket("flood"), ...packets]));
    const [largest = 0] = await steps(() => broker.stats().retained, 10_000);
    expect(largest).toBeLessThanOrEqual(200);
    const hub = await clientOf(broker.port);
    let got = 0;
    hub.on("message", () => got++);
    await hub.subscribeAsync("f/#");
    await vi.waitFor(() => expect(got).toBe(10_000), { timeout: 30_000 });
  });

  test("are looked through in parts by a filter that fits none of them", async () => {
    const retained = new Retained(new Journal({ load: () => [], write: () => {} }, listeningLog()), defaultLimits);
    for (let i = 0; i < 10_000; i++) retained.store({ cmd: "publish", topic: `f/${i}`, payload: "x", retain: true });
    let turns = 0;
    const count = () => {
      turns++;
      timer = setImmediate(count);
    };
    let timer = setImmediate(count);
    for await (const message of retained.find(["none/#"])) expect(message).toBeUndefined();
    clearImmediate(timer);
    expect(turns).toBeGreaterThanOrEqual(10);
  });

  test("that are forgotten and sent anew all the time do not keep a subscriber's first look from ending", async () => {
    const retained = new Retained(new Journal({ load: () => [], write: () => {} }, listeningLog()), defaultLimits);
    const store = (i: number, payload: string) =>
      retained.store({ cmd: "publish", topic: `f/${i}`, payload, retain: true });
    for (let i = 0; i < 1000; i++) store(i, "x");
    let found = 0;
    for await (const { topic } of retained.find(["#"])) {
      found++;
      const i = Number(topic?.slice(2));
      store(i, "");
      store(i, "y");
    }
    expect(found).toBe(1000);
  });
});
