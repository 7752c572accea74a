import { randomInt } from "node:crypto";
import { rmSync } from "node:fs";
import { Endpoint, Environment, Logger, LogLevel, ServerNode, VendorId } from "@matter/main";
import { DishwasherModeServer } from "@matter/main/behaviors/dishwasher-mode";
import { ThermostatServer } from "@matter/main/behaviors/thermostat";
import { ContactSensorDevice } from "@matter/main/devices/contact-sensor";
import { DimmableLightDevice } from "@matter/main/devices/dimmable-light";
import { OnOffPlugInUnitDevice } from "@matter/main/devices/on-off-plug-in-unit";
import { TemperatureSensorDevice } from "@matter/main/devices/temperature-sensor";
import { ThermostatDevice } from "@matter/main/devices/thermostat";
import {
  DeviceTypeId,
  type TlvAny,
  TlvArray,
  TlvBoolean,
  TlvDouble,
  TlvInt64,
  TlvString,
  TlvUInt32,
} from "@matter/main/types";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { NodeDescription } from "../../../hub/model/node.ts";
import { pathKey } from "../../../hub/model/path.ts";
import { bundle, type Hub, hasMatterNetwork, startHub, temporary } from "./support.ts";

const soon = { timeout: 180_000, interval: 50 };
type Wire = ReturnType<typeof TlvAny.encodeTlv>;

const text = (words: string): Wire => TlvString.encodeTlv(words);
const number = (value: number): Wire => TlvInt64.encodeTlv(value);
const list = (length: number): Wire => TlvArray(TlvUInt32).encodeTlv(Array.from({ length }, (_, n) => n * 7919));
const words = (length: number, each: number): Wire =>
  TlvArray(TlvString).encodeTlv(Array.from({ length }, (_, n) => `${n}`.padEnd(each, "x")));

/** What a device says instead, by endpoint, cluster and attribute. */
const absurd: Readonly<Record<string, Wire>> = {
  "0.BasicInformation.productName": text("P".repeat(700)),
  "0.BasicInformation.nodeLabel": text("Bell\u0007 \u202eright to left\u0000".padEnd(500, "!")),
  "0.BasicInformation.softwareVersionString": number(7),
  "0.BasicInformation.capabilityMinima": text("none"),
  "1.TemperatureMeasurement.measuredValue": TlvDouble.encodeTlv(Number.NaN),
  "1.TemperatureMeasurement.minMeasuredValue": text("cold"),
  "1.TemperatureMeasurement.maxMeasuredValue": list(100),
  // All endpoints share it, so that they are parts of each other, of nothing, and of what can't be.
  "1.Descriptor.partsList": TlvArray(TlvUInt32).encodeTlv([0, 1, 2, 3, 60_000, 70_000]),
  "2.OnOff.onOff": text("yes"),
  "2.LevelControl.currentLevel": number(70_000),
  "2.LevelControl.maxLevel": TlvDouble.encodeTlv(Number.NEGATIVE_INFINITY),
  "2.LevelControl.featureMap": text("all of them"),
  "2.OnOff.acceptedCommandList": words(30, 20),
  "3.Thermostat.systemMode": number(99),
  "3.Thermostat.localTemperature": list(3),
  "3.Thermostat.occupiedHeatingSetpoint": TlvBoolean.encodeTlv(true),
  "3.Thermostat.clusterRevision": number(-1),
  "4.DishwasherMode.supportedModes": words(8, 100),
  "4.DishwasherMode.currentMode": number(250),
};

/** From now on the words go out as they stand above; the last of them are those of shared clusters. */
function distort(node: ServerNode): string[] {
  const done: string[] = [];
  for (const endpoint of node.protocol)
    for (const cluster of endpoint)
      for (const attribute of cluster.type.attributes) {
        const key = `${endpoint.id}.${cluster.type.name}.${attribute.name}`;
        const wire = absurd[key];
        if (!wire) continue;
        done.push(key);
        const { tlv } = attribute;
        // The root's list of parts stays as it is: nothing below it would be looked at.
        const encodeTlv = (value: unknown, options?: Parameters<typeof tlv.encodeTlv>[1]): Wire =>
          Array.isArray(value) && value.length > 4 ? tlv.encodeTlv(value, options) : wire;
        attribute.tlv = Object.create(tlv, { encodeTlv: { value: encodeTlv } });
      }
  return done;
}

describe.skipIf(!hasMatterNetwork)("a node that says what the specification forbids", { timeout: 90_000 }, () => {
  const folders = { hub: temporary(), device: temporary() };
  let built: Awaited<ReturnType<typeof bundle>>;
  let hub: Hub;
  let device: ServerNode;
  let contact: Endpoint<typeof ContactSensorDevice>;
  let id = "";

  beforeAll(async () => {
    Logger.level = LogLevel.FATAL;
    built = await bundle("outside");
    hub = startHub(built.entry, `${folders.hub}/matter`);
    Environment.default.vars.set("storage", { driver: "file", path: folders.device });
    device = await ServerNode.create({
      id: "absurd",
      network: { port: 0 },
      commissioning: { passcode: randomInt(20_000_000, 80_000_000), discriminator: randomInt(4096) },
      productDescription: { name: "Absurd", deviceType: DeviceTypeId(0x010a) },
      basicInformation: {
        vendorId: VendorId(0xfff1),
        vendorName: "Maker",
        productId: 0x8001,
        productName: "Absurd",
        serialNumber: `ABS${randomInt(1e9)}`,
      },
    });
    const supportedModes = [{ label: "Eco", mode: 1, modeTags: [{ value: 0x4000 }] }];
    await device.add(new Endpoint(TemperatureSensorDevice, { id: "t", number: 1 }));
    await device.add(new Endpoint(DimmableLightDevice, { id: "l", number: 2 }));
    const Heater = ThermostatDevice.with(ThermostatServer.with("Heating"));
    await device.add(
      new Endpoint(Heater, { id: "h", number: 3, thermostat: { controlSequenceOfOperation: 2, systemMode: 4 } }),
    );
    const Washer = OnOffPlugInUnitDevice.with(DishwasherModeServer);
    await device.add(
      new Endpoint(Washer, { id: "d", number: 4, dishwasherMode: { supportedModes, currentMode: 1 } } as object),
    );
    contact = new Endpoint(ContactSensorDevice, { id: "c", number: 5, booleanState: { stateValue: true } });
    await device.add(contact);
    await device.start();
    expect(distort(device).sort()).toEqual(Object.keys(absurd).sort());
    const { id: pairing } = hub.pairing.start(device.state.commissioning.pairingCodes.manualPairingCode);
    const job = () => hub.pairing.jobs().find((candidate) => candidate.id === pairing);
    await vi.waitFor(() => expect([job()?.state, job()?.problem]).toEqual(["done", undefined]), soon);
    id = job()?.node ?? "";
    await vi.waitFor(() => expect(hub.reachable(id)).toBe(true), soon);
  }, 1_080_000);

  afterAll(async () => {
    await Promise.all([hub?.adapter.stop(), device?.close()]);
    built?.remove();
    for (const folder of Object.values(folders)) rmSync(folder, { recursive: true, force: true });
  }, 90_000);

  const described = (): NodeDescription | undefined =>
    hub.inputs.flatMap((input) => (input.kind === "nodeFound" && input.node.id === id ? [input.node] : [])).at(-1);
  const readings = () => hub.inputs.flatMap((input) => (input.kind === "readings" ? input.readings : []));
  const closed = "5/booleanState.stateValue";
  const turn = async (to: boolean): Promise<void> => {
    await contact.set({ booleanState: { stateValue: to } });
    await vi.waitFor(() => expect(hub.value(`${id}/${closed}`)).toBe(to), soon);
  };

  test("is paired, and what it says rightly is shown beside the rest", async () => {
    expect(described()?.endpoints.map(({ number }) => number)).toEqual(expect.arrayContaining([1, 2, 3, 4, 5]));
    await turn(false);
    await turn(true);
  });

  test("gives no value that it did not say in a way that can be read", () => {
    const of = (key: string) => readings().filter(({ path }) => pathKey(path) === `${id}/${key}`);
    for (const key of ["1/temperatureMeasurement.measuredValue", "2/onOff.onOff", "2/levelControl.currentLevel"])
      expect([key, of(key)]).toEqual([key, []]);
    for (const key of ["3/thermostat.localTemperature", "3/thermostat.occupiedHeatingSetpoint"])
      expect([key, of(key)]).toEqual([key, []]);
    const odd = readings().filter(({ value }) =>
      typeof value === "string" ? value.length > 2000 : typeof value !== "boolean" && !Number.isFinite(value),
    );
    expect(odd).toEqual([]);
    expect(of("3/thermostat.systemMode").map(({ value }) => value)).not.toContain(99);
  });

  test("is told of by names that fit on a screen", () => {
    const { name = "", model = "" } = described() ?? {};
    expect(name).toContain("Bell");
    expect(name.length).toBeLessThanOrEqual(64);
    expect(model.length).toBeLessThanOrEqual(64);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there
    expect(name).not.toMatch(/[\u0000-\u001f\u202e]/);
  });

  test("is there again after a restart of the hub, whose process never ended by it", async () => {
    const { pid, rss } = hub.facts();
    expect(pid).toBeDefined();
    expect(rss).toBeLessThan(250e6);
    expect(hub.logged.filter((line) => / ended| no longer answers/.test(line))).toEqual([]);
    await hub.adapter.stop();
    hub = startHub(built.entry, `${folders.hub}/matter`);
    await vi.waitFor(() => expect(hub.reachable(id)).toBe(true), soon);
    await turn(false);
  });
});
