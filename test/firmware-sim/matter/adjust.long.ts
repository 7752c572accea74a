import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { MatterNodeProcess } from "../../../firmware-sim/workshop/matter/launch.ts";
import { Controller, Devices, hasMatterNetwork, type Peer } from "./support.ts";

const soon = { timeout: 30_000, interval: 20 };
const hour = 3600;

describe.runIf(hasMatterNetwork)("Matter devices that can be told how much to take", { timeout: 180_000 }, () => {
  let devices: Devices;
  let controller: Controller;
  beforeAll(async () => {
    devices = await Devices.open();
    controller = await Controller.open();
  });
  afterAll(async () => {
    await controller?.close();
    await devices?.close();
  });
  const started = async (...[options]: Parameters<Devices["start"]>): Promise<readonly [MatterNodeProcess, Peer]> => {
    const device = await devices.start(options);
    return [device, await controller.pair(device)];
  };
  const watts = (state: object): number => Number(Object(state).watts);

  test("a charger charges with what it may, stops when it is disabled, and counts the session", async () => {
    const [device, peer] = await started({ kind: "evse", options: { maxAmps: 16, soc: 40 } });
    const first = await device.run(hour);
    expect(watts(first)).toBe(3680);
    expect(first).toMatchObject({ sessionKwh: expect.closeTo(3.68, 1) });
    await vi.waitFor(() => expect(peer.state("energyEvse")).toMatchObject({ state: 3, supplyState: 1 }), soon);
    const until = Math.floor(Date.now() / 1000) + 2 * hour;
    const amps = { minimumChargeCurrent: 6000, maximumChargeCurrent: 8000 };
    await peer.invoke("energyEvse", "enableCharging", { chargingEnabledUntil: until, ...amps });
    expect(watts(await device.run(600))).toBe(1840);
    expect(watts(await device.run(hour))).toBe(0);
    await vi.waitFor(() => expect(peer.state("energyEvse")).toMatchObject({ state: 2, supplyState: 0 }), soon);
    await peer.invoke("energyEvse", "enableCharging", { chargingEnabledUntil: null, ...amps });
    await peer.invoke("energyEvse", "disable");
    expect(watts(await device.run(60))).toBe(0);
    await device.set({ plugged: false });
    await vi.waitFor(() => expect(peer.state("energyEvse")).toMatchObject({ state: 0, stateOfCharge: null }), soon);
  });

  test("a charger keeps its targets and starts in time for them", async () => {
    const [device, peer] = await started({
      kind: "evse",
      seed: 2,
      since: Date.UTC(2026, 2, 2, 0),
      options: { soc: 50 },
    });
    const everyDay = Object.fromEntries(
      ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"].map((day) => [day, true]),
    );
    const target = { targetTimeMinutesPastMidnight: 7 * 60, targetSoC: 60 };
    const schedules = [{ dayOfWeekForSequence: everyDay, chargingTargets: [target] }];
    await peer.invoke("energyEvse", "setTargets", { chargingTargetSchedules: schedules });
    await peer.invoke("energyEvseMode", "changeToMode", { newMode: 1 });
    expect(watts(await device.run(4 * hour))).toBe(0);
    expect(watts(await device.run(hour + 2400))).toBeGreaterThan(3000);
    expect(Object(await device.run(2 * hour)).soc).toBeCloseTo(60, 0);
    const told = Object(await peer.invoke("energyEvse", "getTargets"));
    expect(told.chargingTargetSchedules[0].chargingTargets).toMatchObject([target]);
  });

  test("a water heater takes what a manager says, for its time, and boosts when it is asked", async () => {
    const [device, peer] = await started({ kind: "water-heater", seed: 3 });
    const dem = () => peer.state("deviceEnergyManagement");
    await peer.invoke("deviceEnergyManagement", "powerAdjustRequest", { power: 1_200_000, duration: 1800, cause: 0 });
    await vi.waitFor(() => expect(dem().esaState).toBe(3), soon);
    expect(watts(await device.run(600))).toBe(1200);
    expect(watts(await device.run(1300))).not.toBe(1200);
    await vi.waitFor(() => expect(dem().esaState).toBe(1), soon);
    const tooMuch = { power: 9_000_000, duration: 1800, cause: 0 };
    await expect(peer.invoke("deviceEnergyManagement", "powerAdjustRequest", tooMuch)).rejects.toThrow(/constraint/i);
    await device.set({ temperature: 54 });
    const boostInfo = { duration: 7200, oneShot: true, temporarySetpoint: 6500 };
    await peer.invoke("waterHeaterManagement", "boost", { boostInfo });
    expect(await device.run(1800)).toMatchObject({ boosting: true, watts: 2000 });
    expect(await device.run(3 * hour)).toMatchObject({ boosting: false });
    await vi.waitFor(() => expect(peer.state("waterHeaterManagement").boostState).toBe(0), soon);
  });

  test("a battery gives and takes what it is told, loses some of it, and stops when it is empty", async () => {
    const [device, peer] = await started({ kind: "battery", seed: 4, options: { kwh: 10, watts: 4000, soc: 50 } });
    const tell = (power: number, duration: number) =>
      peer.invoke("deviceEnergyManagement", "powerAdjustRequest", { power, duration, cause: 0 });
    await tell(-2_000_000, hour);
    expect(await device.run(hour - 60)).toMatchObject({
      watts: expect.closeTo(-2000, 0),
      soc: expect.closeTo(29.4, 0),
    });
    await vi.waitFor(() => expect(peer.state("electricalPowerMeasurement", 2).activePower).toBe(-2_000_000), soon);
    await vi.waitFor(() => expect(peer.state("powerSource", 5).batPercentRemaining).toBeLessThan(61), soon);
    await peer.invoke("deviceEnergyManagement", "cancelPowerAdjustRequest");
    expect(watts(await device.run(60))).toBeLessThan(20);
    await tell(-4_000_000, 2 * hour);
    expect(Object(await device.run(2 * hour - 60)).soc).toBeLessThan(5.5);
  });

  test("the same seed tells the same day, and the sun is negative and stays away at night", async () => {
    const since = Date.UTC(2026, 5, 21, 0);
    const [one] = await started({ kind: "solar", seed: 5, since });
    const [two] = await started({ kind: "solar", seed: 5, since });
    expect(watts(await one.run(hour))).toBe(3);
    const noon = await one.run(11 * hour);
    expect(watts(noon)).toBeLessThan(-500);
    await two.run(hour);
    expect(await two.run(11 * hour)).toEqual(noon);
  });

  test("behind a bridge things come, go and change their names", async () => {
    const [device, peer] = await started({ kind: "bridge", seed: 6, options: { devices: 3 } });
    const names = () =>
      peer.numbers.slice(1).map((number) => peer.state("bridgedDeviceBasicInformation", number).nodeLabel);
    await vi.waitFor(() => expect(names()).toEqual(["Thing 1", "Thing 2", "Thing 3"]), soon);
    await device.set({ add: "Attic" });
    await device.set({ rename: { name: "Thing 2", to: "Hall" } });
    await device.set({ remove: "Thing 1" });
    await vi.waitFor(() => expect(names()).toEqual(["Hall", "Thing 3", "Attic"]), soon);
  });

  test("several devices in one process are each their own", async () => {
    const many = await devices.start({ kind: "plug", also: ["on-off-light"], count: 4, seed: 7 });
    expect(many.devices.map(({ kind }) => kind)).toEqual(["plug", "on-off-light", "plug", "on-off-light"]);
    expect(new Set(many.devices.map(({ port }) => port)).size).toBe(4);
    const [, lamp] = many.devices;
    if (!lamp) throw new Error("there is no second device");
    const peer = await controller.pair(lamp);
    await peer.invoke("onOff", "on");
    expect(await many.set({}, lamp.serial)).toEqual({ onOff: true });
    expect(await many.set({}, many.devices[3]?.serial)).toEqual({ onOff: false });
  });
});
