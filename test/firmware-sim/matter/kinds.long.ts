import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { MatterNodeProcess } from "../../../firmware-sim/workshop/matter/launch.ts";
import { type MatterKind, matterKinds } from "../../../firmware-sim/workshop/matter/sheets.ts";
import { Controller, Devices, hasMatterNetwork } from "./support.ts";

/** Device types and clusters by endpoint, as the Matter Device Library wants them. */
const wanted: Readonly<Record<MatterKind, Readonly<Record<number, readonly [types: number[], clusters: string[]]>>>> = {
  "on-off-light": { 1: [[0x100], ["onOff", "scenesManagement", "groups"]] },
  "dimmable-light": { 1: [[0x101], ["onOff", "levelControl"]] },
  "color-temperature-light": { 1: [[0x10c], ["onOff", "levelControl", "colorControl"]] },
  "color-light": { 1: [[0x10d], ["onOff", "levelControl", "colorControl"]] },
  plug: {
    1: [
      [0x10a, 0x510],
      ["onOff", "electricalPowerMeasurement", "electricalEnergyMeasurement", "powerTopology"],
    ],
  },
  "contact-sensor": { 1: [[0x15], ["booleanState"]] },
  "occupancy-sensor": { 1: [[0x107], ["occupancySensing"]] },
  "climate-sensor": {
    1: [[0x302], ["temperatureMeasurement"]],
    2: [[0x307], ["relativeHumidityMeasurement"]],
    3: [[0x305], ["pressureMeasurement"]],
  },
  "air-quality-sensor": {
    1: [[0x2c], ["airQuality", "carbonDioxideConcentrationMeasurement", "pm25ConcentrationMeasurement"]],
  },
  "smoke-co-alarm": {
    1: [
      [0x76, 0x11],
      ["smokeCoAlarm", "powerSource"],
    ],
  },
  "leak-sensor": {
    1: [
      [0x43, 0x11],
      ["booleanState", "powerSource"],
    ],
  },
  "door-lock": { 1: [[0xa], ["doorLock"]] },
  "window-covering": { 1: [[0x202], ["windowCovering"]] },
  thermostat: { 1: [[0x301], ["thermostat"]] },
  fan: {
    1: [
      [0x2b, 0x510],
      ["fanControl", "electricalPowerMeasurement"],
    ],
  },
  button: {
    1: [
      [0xf, 0x11],
      ["switch", "powerSource"],
    ],
  },
  "water-valve": { 1: [[0x42], ["valveConfigurationAndControl"]] },
  evse: {
    1: [
      [0x50c, 0x50d, 0x11, 0x510],
      ["energyEvse", "energyEvseMode", "deviceEnergyManagement", "powerSource", "powerTopology"],
    ],
  },
  "water-heater": {
    1: [
      [0x50f, 0x50d, 0x510],
      ["waterHeaterManagement", "waterHeaterMode", "thermostat", "deviceEnergyManagement"],
    ],
  },
  "heat-pump": {
    1: [
      [0x309, 0x11, 0x50d, 0x510],
      ["deviceEnergyManagement", "powerSource"],
    ],
    2: [[0x301], ["thermostat", "userLabel"]],
  },
  solar: {
    1: [
      [0x17, 0x11, 0x50d, 0x510],
      ["powerSource", "deviceEnergyManagement", "electricalEnergyMeasurement"],
    ],
  },
  battery: {
    1: [[0x18, 0x50d], ["deviceEnergyManagement"]],
    2: [[0x510], ["electricalPowerMeasurement"]],
    3: [[0x510], ["electricalPowerMeasurement"]],
    4: [[0x11], ["powerSource"]],
    5: [[0x11], ["powerSource"]],
  },
  dishwasher: {
    1: [
      [0x75, 0x50d, 0x510],
      ["operationalState", "deviceEnergyManagement"],
    ],
  },
  washer: {
    1: [
      [0x73, 0x50d, 0x510],
      ["operationalState", "deviceEnergyManagement"],
    ],
  },
  "utility-meter": {
    1: [[0x511], ["meterIdentification"]],
    2: [
      [0x514, 0x510],
      ["electricalPowerMeasurement", "electricalEnergyMeasurement"],
    ],
    3: [[0x513], ["commodityPrice"]],
  },
  bridge: {
    1: [[0xe], []],
    2: [
      [0x100, 0x13],
      ["onOff", "bridgedDeviceBasicInformation"],
    ],
    3: [
      [0x101, 0x13],
      ["levelControl", "bridgedDeviceBasicInformation"],
    ],
    4: [
      [0x10a, 0x13],
      ["onOff", "bridgedDeviceBasicInformation"],
    ],
    5: [
      [0x100, 0x13],
      ["onOff", "bridgedDeviceBasicInformation"],
    ],
  },
};

const sorted = (numbers: readonly number[]): number[] => [...numbers].sort((a, b) => a - b);

/** So many kinds share a process: starting one costs more than pairing with it, and all at once would crowd the network. */
const TOGETHER = 7;
const groups = Array.from({ length: Math.ceil(matterKinds.length / TOGETHER) }, (_, i) =>
  matterKinds.slice(i * TOGETHER, (i + 1) * TOGETHER),
);

describe.runIf(hasMatterNetwork)("every kind of Matter device", () => {
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

  describe.each(groups)("%s and others", (...kinds) => {
    let together: MatterNodeProcess;
    beforeAll(async () => {
      const [kind = "plug", ...also] = kinds;
      together = await devices.start({ kind, also, count: kinds.length });
    });
    afterAll(() => together?.stop());

    test.each(kinds)("%s is paired by its code and shows its device types and clusters", async (kind) => {
      const device = together.devices.find((d) => d.kind === kind);
      if (!device) throw new Error(`${kind} did not come up`);
      const peer = await controller.pair(device);
      const shown = Object.fromEntries(peer.numbers.map((number) => [number, sorted(peer.types(number))]));
      const types = Object.fromEntries(Object.entries(wanted[kind]).map(([number, [list]]) => [number, sorted(list)]));
      expect(shown).toEqual(types);
      for (const [number, [, clusters]] of Object.entries(wanted[kind]))
        for (const cluster of clusters) expect(peer.state(cluster, Number(number)).clusterRevision).toBeGreaterThan(0);
      expect(device.qrPairingCode).toMatch(/^MT:/);
      // Its physics takes every attribute through matter.js's own validation.
      for (let quarter = 0; quarter < 4; quarter += 1) await together.run(900, device.serial);
    });
  });
});
