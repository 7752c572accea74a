import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import type { MatterNodeProcess } from "../../../firmware-sim/workshop/matter/launch.ts";
import { Controller, Devices, hasMatterNetwork, type Peer } from "./support.ts";

const soon = { timeout: 45_000, interval: 20 };

describe.runIf(hasMatterNetwork)("a Matter device on which something goes wrong", { timeout: 90_000 }, () => {
  let devices: Devices;
  let controller: Controller;
  let device: MatterNodeProcess;
  let peer: Peer;
  const shown = () => peer.state("temperatureMeasurement").measuredValue;
  const temperature = async (degrees: number): Promise<void> => {
    await device.set({ temperature: degrees });
  };
  const read = async () =>
    Object(await peer.at(1).getStateOf("temperatureMeasurement", ["measuredValue"])).measuredValue;
  const parts = async (): Promise<unknown[]> =>
    Array.from(Object(await peer.at(0).getStateOf("descriptor", ["partsList"])).partsList ?? []);

  beforeAll(async () => {
    devices = await Devices.open();
    controller = await Controller.open();
    device = await devices.start({ kind: "climate-sensor" });
    peer = await controller.pair(device);
    await temperature(20);
    await vi.waitFor(() => expect(shown()).toBe(2000), soon);
  }, 810_000);
  afterAll(async () => {
    await controller?.close();
    await devices?.close();
  });
  afterEach(() => device.fault({ kind: "restore" }));

  test("slow: what it is asked comes so much later", async () => {
    await device.fault({ kind: "slow", ms: 400 });
    const began = performance.now();
    await read();
    expect(performance.now() - began).toBeGreaterThan(390);
  });

  test("a new port: sessions and subscriptions go on, and it answers where it is now", async () => {
    const before = device.port;
    await device.fault({ kind: "address" });
    await temperature(21);
    await vi.waitFor(() => expect(shown()).toBe(2100), soon);
    expect(await read()).toBe(2100);
    expect(device.port).not.toBe(before);
  });

  test("lost subscriptions: no report comes, while it answers what it is asked", async () => {
    await device.fault({ kind: "subscription" });
    await temperature(22);
    expect(await read()).toBe(2200);
  });

  test("silence: nothing is heard of it, and afterwards it answers as before", async () => {
    await device.fault({ kind: "silence" });
    const answer = read();
    const first = await Promise.race([answer, new Promise((resolve) => setTimeout(resolve, 1500, "silence"))]);
    expect(first).toBe("silence");
    await device.fault({ kind: "restore" });
    // What was asked in the silence was sent again, or is asked once more.
    await vi.waitFor(async () => expect(await read()).toBe(2200), { timeout: 180_000, interval: 500 });
    await answer.catch(() => {});
  });

  test("absurd values go out as they are, and true ones again when it is mended", async () => {
    await device.fault({ kind: "absurd" });
    expect(await read()).toBe(-(2 ** 45));
    await device.fault({ kind: "restore" });
    await vi.waitFor(async () => expect(await read()).toBe(2200), soon);
  });

  test("new firmware brings an endpoint and takes it away again", async () => {
    await device.fault({ kind: "firmware", endpoint: true });
    await vi.waitFor(async () => expect(await parts()).toHaveLength(4), soon);
    await device.fault({ kind: "firmware", endpoint: false });
    await vi.waitFor(async () => expect(await parts()).toHaveLength(3), soon);
  });

  test("reboot: another process with the same fabric, name and value", async () => {
    const { pid, serial, uniqueId } = device;
    await device.fault({ kind: "reboot" });
    await device.online();
    expect(device.pid).not.toBe(pid);
    expect(device).toMatchObject({ serial, uniqueId });
    // The air has moved on around what it was.
    await vi.waitFor(async () => expect(Math.abs((await read()) - 2200)).toBeLessThan(300), {
      timeout: 180_000,
      interval: 500,
    });
  });

  test("a reset by its own button: the fabric is gone, and it can be paired anew", async () => {
    await device.fault({ kind: "reset" });
    const again = await controller.pair(device);
    expect(again.numbers).toEqual([1, 2, 3]);
  });
});
