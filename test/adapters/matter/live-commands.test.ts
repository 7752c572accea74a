/** Commands of the energy clusters and of locks, as real nodes carry them out: in virtual time over a simulated network. */
import { afterEach, expect, test } from "vitest";
import { Line } from "./live-commands-line.ts";
import type { DeviceSide, What } from "./restarts-device.ts";
import { House } from "./restarts-house.ts";

const OK = { ok: true };
const REFUSED = { ok: false };
const HOUR_S = 3600;
const DEM = "deviceEnergyManagement";
const cause = "localOptimization";

let house: House | undefined;
afterEach(() => house?.close());

async function lineTo(what: What): Promise<{ line: Line; device: DeviceSide }> {
  house = new House(1);
  const device = await house.addDevice(10, what);
  return { device, line: await Line.pair(house, device.code) };
}

test("a car charger is stopped, started with a limit and until a moment, and told when the car has to be ready", async () => {
  const { line } = await lineTo({ kind: "evse" });
  expect(await line.send("energyEvse", "disable")).toEqual(OK);
  await line.shows("energyEvse", { supplyState: "disabled", state: "pluggedInDemand" });
  const until = line.seconds + HOUR_S;
  expect(
    await line.send("energyEvse", "enableCharging", { chargingEnabledUntil: until, maximumChargeCurrent: 10 }),
  ).toEqual(OK);
  await line.shows("energyEvse", {
    supplyState: "chargingEnabled",
    state: "pluggedInCharging",
    maximumChargeCurrent: 10,
    chargingEnabledUntil: until,
  });
  expect(await line.send("energyEvse", "set", { userMaximumChargeCurrent: 8 })).toEqual(OK);
  await line.shows("energyEvse", { userMaximumChargeCurrent: 8 });
  const ready = { targetTime: 7 * 60, targetSoC: 80, dayOfWeek: "everyDay" };
  expect(await line.send("energyEvse", "setTargets", ready)).toEqual(OK);
  await line.shows("energyEvse", { nextChargeTargetSoC: 80, nextChargeTargetTime: Date.UTC(2026, 10, 22, 7) / 1000 });
  expect(await line.send("energyEvseMode", "changeToMode", { newMode: "Ready in time" })).toEqual(OK);
  await line.shows("energyEvseMode", { currentMode: "Ready in time" });
  expect(await line.send("energyEvse", "clearTargets")).toEqual(OK);
  await line.shows("energyEvse", { nextChargeTargetSoC: undefined });
  expect(await line.send("energyEvse", "enableDischarging")).toMatchObject({ ok: false });
});

test("a lock is locked and unlocked by timed requests, and never with a code", async () => {
  const { line, device } = await lineTo({ kind: "door-lock" });
  expect(await line.send("doorLock", "unlockDoor")).toEqual(OK);
  await line.shows("doorLock", { lockState: "unlocked" });
  expect(device.device?.state()).toEqual({ lock: "unlocked" });
  expect(await line.send("doorLock", "lockDoor")).toEqual(OK);
  await line.shows("doorLock", { lockState: "locked" });
  expect(device.device?.state()).toEqual({ lock: "locked" });
});

test("a water heater is boosted, lets it be, and changes its mode", async () => {
  const { line } = await lineTo({ kind: "water-heater" });
  const boost = { duration: 1800, temporarySetpoint: 60, oneShot: true };
  expect(await line.send("waterHeaterManagement", "boost", boost)).toEqual(OK);
  await line.shows("waterHeaterManagement", { boostState: "active" });
  expect(await line.send("waterHeaterManagement", "cancelBoost")).toEqual(OK);
  await line.shows("waterHeaterManagement", { boostState: "inactive" });
  expect(await line.send("waterHeaterMode", "changeToMode", { newMode: "Timed" })).toEqual(OK);
  await line.shows("waterHeaterMode", { currentMode: "Timed" });
});

test("a dishwasher's start is moved and given back, and when it runs it is paused and resumed", async () => {
  const { line, device } = await lineTo({ kind: "dishwasher", seed: 3, options: { startInMinutes: 60 } });
  const own = Number(line.value(DEM, "forecastStartTime"));
  const later = own + 2 * HOUR_S;
  expect(await line.send(DEM, "startTimeAdjustRequest", { requestedStartTime: later, cause })).toEqual(OK);
  await line.shows(DEM, { forecastStartTime: later, forecastUpdateReason: cause });
  expect(await line.send(DEM, "cancelRequest")).toEqual(OK);
  await line.shows(DEM, { forecastStartTime: own, forecastUpdateReason: "internalOptimization" });
  expect(await line.send(DEM, "pauseRequest", { duration: 600, cause })).toMatchObject(REFUSED);
  await device.device?.run(1.1 * HOUR_S);
  await line.shows(DEM, { forecastPausableNow: true });
  expect(await line.send(DEM, "pauseRequest", { duration: 600, cause })).toEqual(OK);
  await line.shows(DEM, { esaState: "paused" });
  expect(await line.send(DEM, "resumeRequest")).toEqual(OK);
  await line.shows(DEM, { esaState: "online" });
  expect(await line.send(DEM, "startTimeAdjustRequest", { requestedStartTime: later, cause })).toMatchObject(REFUSED);
});

test("a battery is told how much to take for a while, and does as it likes again; beyond its offer it refuses", async () => {
  const { line } = await lineTo({ kind: "battery", seed: 3 });
  const power = Math.min(1000, Number(line.value(DEM, "powerAdjustMaxPower")));
  const duration = Number(line.value(DEM, "powerAdjustMinDuration"));
  expect(power).toBeGreaterThan(0);
  expect(await line.send(DEM, "powerAdjustRequest", { power, duration, cause })).toEqual(OK);
  await line.shows(DEM, { esaState: "powerAdjustActive", powerAdjustReason: "localOptimizationAdjustment" });
  expect(await line.send(DEM, "cancelPowerAdjustRequest")).toEqual(OK);
  await line.shows(DEM, { esaState: "online", powerAdjustReason: "noAdjustment" });
  expect(await line.send(DEM, "powerAdjustRequest", { power: 1e6, duration, cause })).toMatchObject(REFUSED);
});
