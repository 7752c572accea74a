import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeNodes, nodeIdFrom } from "../../../adapters/matter/describe.ts";
import type { MatterNodeFacts } from "../../../adapters/matter/facts.ts";
import { createMatterPast } from "../../../adapters/matter/past.ts";
import { VENDOR_LIMIT } from "../../../adapters/matter/vendor.ts";
import { NODE_ID, pathKey } from "../../../hub/model/path.ts";
import type { AdapterInput } from "../../../hub/ports.ts";

const identity = {
  vendorId: 0xfff1,
  productId: 0x8001,
  vendorName: "Maker",
  productName: "Plug",
  nodeLabel: "Fridge plug",
  serialNumber: "A 17/3",
};
const plug: MatterNodeFacts = {
  identity,
  fabricNodeId: "7",
  endpoints: [
    {
      number: 0,
      deviceTypes: [22],
      clusters: { BasicInformation: { vendorId: 0xfff1 }, GeneralDiagnostics: { upTime: 5 } },
    },
    {
      number: 1,
      deviceTypes: [266, 1296, 9999],
      clusters: {
        OnOff: { onOff: false, onTime: 0, startUpOnOff: null, featureMap: 1, attributeList: [0] },
        ElectricalPowerMeasurement: { activePower: null, voltage: 230_000 },
        Thermostat: { occupiedHeatingSetpoint: 2000, minHeatSetpointLimit: 700, maxHeatSetpointLimit: 3000 },
      },
      accepted: { OnOff: [0, 1] },
    },
  ],
};

describe("a Matter node", () => {
  test("is described by what it has: device types, capabilities, the commands it accepts, its own ranges", () => {
    const [node] = describeNodes(plug);
    expect(node?.description).toMatchObject({
      id: "matter-fff1-8001-a-17-3",
      name: "Fridge plug",
      vendor: "Maker",
      serial: "A 17/3",
      adapter: "matter",
      addresses: ["serial:A 17/3"],
    });
    expect(node?.description.endpoints.map((endpoint) => endpoint.number)).toEqual([1]);
    const endpoint = node?.description.endpoints[0];
    expect(endpoint?.deviceTypes).toEqual(["onOffPlugInUnit", "electricalSensor"]);
    expect(Object.keys(endpoint?.capabilities.onOff?.commands ?? {})).toEqual(["off", "on"]);
    expect(endpoint?.capabilities.electricalPowerMeasurement?.attributes).toHaveProperty("activePower");
    expect(endpoint?.capabilities.thermostat?.attributes.occupiedHeatingSetpoint).toMatchObject({
      writable: true,
      type: { unit: "degC", min: 7, max: 30 },
    });
    expect(endpoint?.capabilities.vendor?.attributes).toMatchObject({
      "OnOff.onTime": { label: "OnOff: on time", type: { type: "number" } },
      "Thermostat.minHeatSetpointLimit": {},
    });
    expect(endpoint?.capabilities.vendor?.attributes).not.toHaveProperty("OnOff.featureMap");
  });

  test("without a serial keeps one id as long as it can", () => {
    expect(nodeIdFrom({ vendorId: 1, productId: 2, uniqueId: "U" }, "9")).toBe("matter-0001-0002-u");
    expect(nodeIdFrom({ vendorId: 1, productId: 2 }, "9")).toBe("matter-0001-0002-n9");
  });

  test("that is a bridge is itself and one node for each device behind it", () => {
    const behind = (uniqueId: string) => ({
      BridgedDeviceBasicInformation: { uniqueId, nodeLabel: `Lamp ${uniqueId}` },
    });
    const nodes = describeNodes({
      identity,
      endpoints: [
        { number: 0, deviceTypes: [22], clusters: {} },
        { number: 1, deviceTypes: [14], parts: [2, 3, 4], clusters: {} },
        { number: 2, deviceTypes: [19, 256], clusters: { ...behind("x"), OnOff: { onOff: true } } },
        { number: 3, deviceTypes: [19], parts: [4], clusters: behind("y") },
        { number: 4, deviceTypes: [770], clusters: { TemperatureMeasurement: { measuredValue: 2100 } } },
      ],
    });
    expect(nodes.map(({ description }) => [description.name, [...description.endpoints].map((e) => e.number)])).toEqual(
      [
        ["Fridge plug", []],
        ["Lamp x", [2]],
        ["Lamp y", [4]],
      ],
    );
    expect(new Set(nodes.map(({ description }) => description.id)).size).toBe(3);
  });

  test("whatever it says of itself gives ids and names that can be kept, and no more than is bounded", () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.dictionary(fc.string(), fc.dictionary(fc.string(), fc.anything())),
        (text, clusters) => {
          const facts = {
            identity: { ...identity, serialNumber: text },
            endpoints: [{ number: 1, deviceTypes: [], clusters }],
          };
          for (const { description } of describeNodes(facts)) {
            expect(description.id).toMatch(NODE_ID);
            for (const endpoint of description.endpoints)
              expect(Object.keys(endpoint.capabilities.vendor?.attributes ?? {}).length).toBeLessThanOrEqual(
                VENDOR_LIMIT,
              );
          }
        },
      ),
    );
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, i) => [`own${i}`, i]));
    const [node] = describeNodes({ identity, endpoints: [{ number: 1, deviceTypes: [], clusters: { Makers: many } }] });
    expect(Object.keys(node?.description.endpoints[0]?.capabilities.vendor?.attributes ?? {})).toHaveLength(
      VENDOR_LIMIT,
    );
  });
});

describe("the past of a Matter node", () => {
  const line = (at: number, cluster: string, attribute: string, wire: unknown, deviceType = 266) => ({
    at,
    matter: identity,
    endpoint: 1,
    deviceType,
    cluster,
    attribute,
    value: wire,
  });
  const keysOf = (inputs: readonly AdapterInput[]) =>
    inputs.flatMap((input) =>
      input.kind === "readings" ? input.readings.map(({ path, value, at }) => [pathKey(path), value, at]) : [],
    );

  test("has the node, the paths and the units of the live one, at the time of each line", () => {
    const past = createMatterPast();
    const inputs = [
      line(1000, "OnOff", "onOff", true),
      line(1000, "ElectricalPowerMeasurement", "activePower", 61_250, 1296),
      line(2000, "ElectricalEnergyMeasurement", "cumulativeEnergyImported", { energy: 1_500_000 }),
      line(3000, "ElectricalPowerMeasurement", "activePower", null),
      line(4000, "OnOff", "onOff", false),
    ].flatMap(past);
    const id = describeNodes(plug)[0]?.description.id;
    expect(keysOf(inputs)).toEqual([
      [`${id}/1/onOff.onOff`, true, 1000],
      [`${id}/1/electricalPowerMeasurement.activePower`, 61.25, 1000],
      [`${id}/1/electricalEnergyMeasurement.cumulativeEnergyImported`, 1.5, 2000],
      [`${id}/1/onOff.onOff`, false, 4000],
    ]);
    const found = inputs.filter((input) => input.kind === "nodeFound");
    expect(found).toHaveLength(3);
    expect(found.at(-1)?.node.endpoints[0]?.deviceTypes).toEqual(["onOffPlugInUnit", "electricalSensor"]);
  });

  test("ignores what is no report, and never throws", () => {
    const past = createMatterPast();
    const names = fc.oneof(fc.string(), fc.constantFrom("constructor", "__proto__", "OnOff", "onOff"));
    const lines = fc.oneof(
      fc.anything(),
      fc.record({
        at: fc.integer(),
        matter: fc.anything(),
        endpoint: fc.integer(),
        cluster: names,
        attribute: names,
        value: fc.anything(),
      }),
    );
    fc.assert(
      fc.property(lines, (any) => {
        expect(Array.isArray(past(any))).toBe(true);
      }),
      { numRuns: 1000 },
    );
    expect(past({ progress: 0.4 })).toEqual([]);
    expect(({} as Record<string, unknown>).onOff).toBeUndefined();
  });

  test("of two months is read in seconds", () => {
    const past = createMatterPast();
    const startedAt = performance.now();
    let readings = 0;
    for (let minute = 0; minute < 60 * 24 * 60; minute++)
      readings += past(line(minute * 60_000, "ElectricalPowerMeasurement", "activePower", minute % 100_000)).length;
    expect(readings).toBe(86_401);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});
