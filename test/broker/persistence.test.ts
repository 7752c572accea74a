import { describe, expect, test, vi } from "vitest";
import { temporaryFolder } from "../storage/support.ts";
import { Line } from "./line.ts";
import { connectPacket, packet, text } from "./packets.ts";
import { brokerIn, clientOf, retainedOf, sleepingClient } from "./support.ts";

describe("what the broker was given to keep", () => {
  test("outlives a restart: retained messages, sessions and waiting messages in their order", async () => {
    const folder = temporaryFolder();
    const first = await brokerIn(folder);
    const sleeper = await clientOf(first.port, { clientId: "sleeper", clean: false });
    await sleeper.subscribeAsync(["house/+/state", "house/exact"], { qos: 1 });
    await sleeper.endAsync();
    const device = await clientOf(first.port);
    await device.publishAsync("house/lamp/config", Buffer.from([0, 255, 1]), { retain: true });
    await device.publishAsync("house/gone", "x", { qos: 1, retain: true });
    await device.publishAsync("house/gone", "", { qos: 1, retain: true });
    for (let i = 0; i < 30; i++) await device.publishAsync("house/lamp/state", `s${i}`, { qos: 1 });
    await device.publishAsync("house/lamp/state", "not kept at QoS 0", { qos: 0 });
    await first.stop();

    const second = await brokerIn(folder);
    expect(second.stats()).toMatchObject({ retained: 1, sessions: 1, queued: 30 });
    expect([...(await retainedOf(second.port, "house/#")).keys()]).toEqual(["house/lamp/config"]);
    const got: string[] = [];
    const awake = sleepingClient(second.port, "sleeper");
    awake.on("message", (_topic, payload) => got.push(payload.toString()));
    const here = new Promise<boolean>((resolve) => awake.once("connect", (ack) => resolve(ack.sessionPresent)));
    awake.connect();
    expect(await here).toBe(true);
    await vi.waitFor(() => expect(got).toHaveLength(30));
    expect(got).toEqual(Array.from({ length: 30 }, (_, i) => `s${i}`));
    await vi.waitFor(() => expect(second.stats().queued).toBe(0));
    await awake.endAsync();
    await second.stop();

    const third = await brokerIn(folder);
    expect(third.stats()).toMatchObject({ retained: 1, sessions: 1, queued: 0 });
    // A clean start forgets the session.
    await (await clientOf(third.port, { clientId: "sleeper", clean: true })).endAsync();
    expect(third.stats().sessions).toBe(0);
  });

  test("is bounded for a client that sleeps: the oldest messages go, and are counted", async () => {
    const broker = await brokerIn(temporaryFolder(), { limits: { queuedMessages: 50 } });
    const sleeper = await clientOf(broker.port, { clientId: "sleeper", clean: false });
    await sleeper.subscribeAsync("t", { qos: 1 });
    await sleeper.endAsync();
    const device = await clientOf(broker.port);
    await Promise.all(Array.from({ length: 120 }, (_, i) => device.publishAsync("t", `m${i}`, { qos: 1 })));
    expect(broker.stats()).toMatchObject({ queued: 50, dropped: 70 });
    const got: string[] = [];
    const awake = sleepingClient(broker.port, "sleeper");
    awake.on("message", (_topic, payload) => got.push(payload.toString()));
    awake.connect();
    await vi.waitFor(() => expect(got).toHaveLength(50));
    expect(got[0]).toBe("m70");
  });

  test("delivers to a client that is there, at QoS 0, 1 and 2, and lets nothing wait afterwards", async () => {
    const broker = await brokerIn(temporaryFolder());
    const got: string[] = [];
    const hub = await clientOf(broker.port, { clientId: "hub", clean: false });
    hub.on("message", (_topic, payload) => got.push(payload.toString()));
    await hub.subscribeAsync("d/#", { qos: 2 });
    const device = await clientOf(broker.port, { clientId: "device", clean: false });
    for (const qos of [0, 1, 2] as const)
      await Promise.all(Array.from({ length: 100 }, (_, i) => device.publishAsync("d/x", `${qos}-${i}`, { qos })));
    await vi.waitFor(() => expect(got).toHaveLength(300));
    expect(new Set(got).size).toBe(300);
    await vi.waitFor(() => expect(broker.stats().queued).toBe(0));
  });

  test("says with the last will that a device is gone", async () => {
    const broker = await brokerIn(temporaryFolder());
    const will = { topic: "d/LWT", payload: Buffer.from("Offline"), qos: 1, retain: true } as const;
    const device = await clientOf(broker.port, { clientId: "d", will });
    await device.publishAsync("d/LWT", "Online", { qos: 1, retain: true });
    device.stream.destroy();
    await vi.waitFor(async () => expect((await retainedOf(broker.port, "d/#")).get("d/LWT")).toBe("Offline"));
  });

  test("goes out again, marked as repeated, under its own id, which no newer message gets", async () => {
    const broker = await brokerIn(temporaryFolder());
    const hello = connectPacket("sleeper", { flags: 0 });
    const listen = packet(0x82, [0, 9], text("t"), 1);
    const sent = (first: number, id: number, payload: string) =>
      packet(first, text("t"), [0, id], Buffer.from(payload));
    const first = Line.to(broker.port);
    first.send(Buffer.concat([hello, listen]));
    expect(await first.take(9)).toMatchObject({ ended: false });
    const device = await clientOf(broker.port);
    await device.publishAsync("t", "one", { qos: 1 });
    expect((await first.take(10)).bytes).toEqual(sent(0x32, 1, "one"));
    first.close();
    await vi.waitFor(() => expect(broker.stats().clients).toBe(1));

    const second = Line.to(broker.port);
    second.send(hello);
    await second.take(4);
    expect((await second.take(10)).bytes).toEqual(sent(0x3a, 1, "one"));
    await device.publishAsync("t", "two", { qos: 1 });
    expect((await second.take(10)).bytes).toEqual(sent(0x32, 2, "two"));
    second.send(packet(0x40, [0, 1]));
    await vi.waitFor(() => expect(broker.stats().queued).toBe(1));
  });
});
