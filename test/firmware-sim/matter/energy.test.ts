import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { MatterNodeProcess } from "../../../firmware-sim/workshop/matter/launch.ts";
import { Controller, Devices, hasMatterNetwork, type Peer } from "./support.ts";

const soon = { timeout: 30_000, interval: 20 };
const hour = 3600;

describe.runIf(hasMatterNetwork)("a dishwasher that a manager may move", () => {
  let devices: Devices;
  let controller: Controller;
  let device: MatterNodeProcess;
  let peer: Peer;
  const dem = () => Object(peer.state("deviceEnergyManagement"));
  const milliwatts = () => peer.state("electricalPowerMeasurement").activePower;
  const now = () => Math.floor(Date.now() / 1000);

  beforeAll(async () => {
    devices = await Devices.open();
    controller = await Controller.open();
    device = await devices.start({ kind: "dishwasher", options: { startInMinutes: 60 } });
    peer = await controller.pair(device);
  });
  afterAll(async () => {
    await controller?.close();
    await devices?.close();
  });

  test("tells its forecast: five slots, when it starts, and by when it has to be ready", () => {
    expect(peer.types()).toEqual([0x75, 0x50d, 0x510]);
    expect(dem()).toMatchObject({
      esaState: 1,
      optOutState: 0,
      forecast: { activeSlotNumber: null, isPausable: true },
    });
    const { slots, startTime, endTime, latestEndTime } = dem().forecast;
    expect(slots).toHaveLength(5);
    expect(slots[1]).toMatchObject({ defaultDuration: 900, nominalPower: 2_000_000, nominalEnergy: 500_000 });
    expect(endTime - startTime).toBe(2 * hour);
    expect(startTime).toBeGreaterThan(now() + 50 * 60);
    expect(latestEndTime - endTime).toBe(10 * hour);
  });

  test("a shifted start is a later start: nothing is drawn at the old time, everything at the new one", async () => {
    const before = dem().forecast.startTime;
    const wanted = before + 2 * hour;
    await peer.invoke("deviceEnergyManagement", "startTimeAdjustRequest", { requestedStartTime: wanted, cause: 0 });
    await vi.waitFor(() => expect(dem().forecast).toMatchObject({ startTime: wanted, forecastUpdateReason: 1 }), soon);
    expect(await device.run(1.5 * hour)).toMatchObject({ stage: "waiting" });
    await vi.waitFor(() => expect(milliwatts()).toBe(1500), soon);
    await device.run(1.7 * hour);
    await vi.waitFor(() => expect(milliwatts()).toBe(2_000_000), soon);
    await vi.waitFor(() => {
      expect(dem().forecast.activeSlotNumber).toBe(1);
      expect(peer.state("operationalState")).toMatchObject({ operationalState: 1, currentPhase: 1 });
    }, soon);
  });

  test("a pause stops the power at once, for its time, and the programme is as long as before", async () => {
    await peer.invoke("deviceEnergyManagement", "pauseRequest", { duration: 600, cause: 0 });
    await vi.waitFor(() => expect(dem().esaState).toBe(4), soon);
    const { elapsedSlotTime } = dem().forecast.slots[1];
    await device.run(300);
    await vi.waitFor(() => expect(milliwatts()).toBe(2500), soon);
    expect(dem().forecast.slots[1].elapsedSlotTime).toBe(elapsedSlotTime);
    await device.run(301);
    await vi.waitFor(() => expect(milliwatts()).toBe(2_000_000), soon);
    await vi.waitFor(() => expect(dem().esaState).toBe(1), soon);
  });

  test("a resume ends a pause before its time", async () => {
    await peer.invoke("deviceEnergyManagement", "pauseRequest", { duration: 900, cause: 0 });
    await vi.waitFor(() => expect(dem().esaState).toBe(4), soon);
    await peer.invoke("deviceEnergyManagement", "resumeRequest");
    await device.run(1);
    await vi.waitFor(() => expect(milliwatts()).toBe(2_000_000), soon);
  });

  test.each([
    ["a pause longer than the slot allows", "pauseRequest", { duration: 901, cause: 0 }, /constraint/i],
    ["a start after it has started", "startTimeAdjustRequest", { requestedStartTime: 4e9, cause: 0 }, /state/i],
    ["a resume of what is not paused", "resumeRequest", undefined, /state/i],
  ])("%s is refused", async (_, command, fields, words) => {
    await expect(peer.invoke("deviceEnergyManagement", command, fields)).rejects.toThrow(words);
  });

  test("the person at the machine has the last word: opted out it can't be paused, and a pause ends", async () => {
    await peer.invoke("deviceEnergyManagement", "pauseRequest", { duration: 800, cause: 0 });
    await device.set({ optOut: "local" });
    await vi.waitFor(() => expect(dem()).toMatchObject({ esaState: 1, optOutState: 1 }), soon);
    await expect(peer.invoke("deviceEnergyManagement", "pauseRequest", { duration: 60, cause: 0 })).rejects.toThrow(
      /constraint/i,
    );
    await peer.invoke("deviceEnergyManagement", "pauseRequest", { duration: 60, cause: 1 });
    await device.set({ optOut: "none" });
  });

  test("it draws what its forecast said, and ends", async () => {
    const ended = await device.run(3 * hour);
    expect(ended).toMatchObject({ stage: "done" });
    await vi.waitFor(() => expect(dem().forecast).toBeNull(), soon);
    const { imported } = Object(ended);
    // 60 W, 2 kW, 80 W, 2 kW and 25 W for their times, and some waiting.
    expect(imported).toBeGreaterThan(1.014);
    expect(imported).toBeLessThan(1.03);
  });
});
