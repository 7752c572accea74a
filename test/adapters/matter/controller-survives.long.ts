import { rmSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import {
  anyDevice,
  bundle,
  type Device,
  type DeviceOptions,
  type Hub,
  hasMatterNetwork,
  startDevice,
  startHub,
  temporary,
} from "./support.ts";

describe.skipIf(!hasMatterNetwork)("a subscription", { timeout: 400_000 }, () => {
  let built: Awaited<ReturnType<typeof bundle>>;
  let hub: Hub;
  let options: DeviceOptions;
  let device: Device;
  let id = "";
  const home = temporary();
  const key = () => `${id}/1/electricalPowerMeasurement.activePower`;
  const until = (reachable: boolean, withinMs: number) =>
    vi.waitFor(() => expect(hub.reachable(id)).toBe(reachable), { timeout: withinMs, interval: 50 });

  beforeAll(async () => {
    built = await bundle("survives");
    hub = startHub(built.entry, `${home}/matter`);
    options = anyDevice(built.device, "plug");
    device = await startDevice(options);
    const job = hub.pairing.start(device.code);
    const now = () => hub.pairing.jobs().find((candidate) => candidate.id === job.id);
    await vi.waitFor(() => expect([now()?.state, now()?.problem]).toEqual(["done", undefined]), {
      timeout: 180_000,
      interval: 20,
    });
    id = now()?.node ?? "";
    await until(true, 20_000);
  }, 810_000);

  afterAll(async () => {
    await Promise.all([hub?.adapter.stop(), device?.stop()]);
    built?.remove();
    for (const folder of [home, options?.storage]) if (folder) rmSync(folder, { recursive: true, force: true });
  }, 90_000);

  test("whose device loses its power is noticed within 75 s, and nothing is told of it meanwhile", async () => {
    const startedAt = performance.now();
    device.kill();
    const before = hub.inputs.length;
    await until(false, 75_000);
    console.info(`power cut noticed after ${Math.round((performance.now() - startedAt) / 1000)} s`);
    expect(hub.inputs.slice(before).filter(({ kind }) => kind === "readings")).toEqual([]);
  });

  // An hour and a day without the device are gone through in virtual time: absence.test.ts.
  test("is there again soon after the device speaks", async () => {
    device = await startDevice(options);
    const startedAt = performance.now();
    await until(true, 30_000);
    console.info(`back ${Math.round((performance.now() - startedAt) / 1000)} s after it started`);
    device.set({ activePower: 7 });
    await vi.waitFor(() => expect(hub.value(key())).toBe(7), { timeout: 30_000, interval: 50 });
  });

  test("survives a restart of the hub while the device is away, and finds it at another port", async () => {
    await hub.adapter.stop();
    await device.stop();
    hub = startHub(built.entry, `${home}/matter`);
    await until(false, 60_000);
    device = await startDevice(options);
    await until(true, 60_000);
    device.set({ activePower: 8 });
    await vi.waitFor(() => expect(hub.value(key())).toBe(8), { timeout: 30_000, interval: 50 });
  });
});
