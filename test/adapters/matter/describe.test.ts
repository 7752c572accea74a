import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { describeNodes, nodeIdFrom } from "../../../adapters/matter/describe.ts";
import type { MatterNodeFacts } from "../../../adapters/matter/facts.ts";
import { createMatterPast } from "../../../adapters/matter/past.ts";
import { readReport } from "../../../adapters/matter/readings.ts";
import { readable, VENDOR_LIMIT } from "../../../adapters/matter/vendor.ts";
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
    expect(endpoint?.deviceTypes).toEqual(["onOffPlugInUnit", "electricalSensor", "unknown0x270f"]);
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

  test("each socket of a strip that its bridge names is a node of its own, and its values are in that node alone", () => {
    const named = (number: number, nodeLabel: string, parts: number[]) => ({
      ...{ number, deviceTypes: [0x0013], parts },
      clusters: { BridgedDeviceBasicInformation: { uniqueId: `u${number}`, nodeLabel }, OnOff: { onOff: true } },
    });
    const endpoints = [named(2, "Strip", [3, 4]), named(3, "Socket 1", []), named(4, "Socket 2", [])];
    const nodes = describeNodes({ identity, endpoints: [{ number: 0, deviceTypes: [], clusters: {} }, ...endpoints] });
    const held = nodes.slice(1).map((node) => [node.description.name, [...node.endpoints]]);
    expect(held).toEqual([
      ["Strip", [2]],
      ["Socket 1", [3]],
      ["Socket 2", [4]],
    ]);
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

const described = (endpoints: MatterNodeFacts["endpoints"]) => {
  const [node] = describeNodes({ identity, endpoints });
  return node?.description.endpoints ?? [];
};

describe("what a Matter node has beyond what the house knows", () => {
  test("is kept readable: structs and lists as short text, a maker's own cluster, a kind that nobody knows by its number", () => {
    const deep = { a: [1n, { b: null, c: "x".repeat(400) }] };
    const [endpoint] = described([
      {
        number: 1,
        deviceTypes: [0xfff1_0007],
        clusters: {
          Cluster$fff1fc00: {
            attr$0: new Uint8Array([1, 255]),
            attr$1: 2n ** 63n,
            attr$2: deep,
            attr$3: [],
            attr$4: null,
          },
          OnOff: { onOff: true, acceptedCommandList: [1] },
          DishwasherMode: { currentMode: 1, supportedModes: [{ label: "Eco", mode: 1 }], ownList: [{ a: 1 }] },
        },
      },
    ]);
    expect(endpoint?.deviceTypes).toEqual(["unknown0xfff10007"]);
    const own = endpoint?.capabilities.vendor?.attributes ?? {};
    expect(Object.keys(own)).toEqual([
      ...["Cluster$fff1fc00.attr$0", "Cluster$fff1fc00.attr$1", "Cluster$fff1fc00.attr$2", "Cluster$fff1fc00.attr$3"],
      "DishwasherMode.ownList",
    ]);
    expect(own["Cluster$fff1fc00.attr$2"]).toMatchObject({ type: { type: "string", maxLength: 255 } });
    expect(readable(new Uint8Array([1, 255]))).toBe('"01ff"');
    expect(readable([{ mode: 1, label: "Eco" }])).toBe('[{"mode":1,"label":"Eco"}]');
    expect(readable(2n ** 63n)).toBe("9223372036854775808");
    expect(readable(deep)).toMatch(/^\{"a":\[1,\{"b":null,"c":"x+\.\.\.$/);
  });

  test("whatever the wire carries becomes a short value or none, and never throws", () => {
    fc.assert(
      fc.property(
        fc.anything({ withBigInt: true, withTypedArray: true, withNullPrototype: true, maxDepth: 9 }),
        (wire) => {
          const value = readable(wire);
          expect(["string", "number", "boolean", "undefined"]).toContain(typeof value);
          if (typeof value === "string") expect(value.length).toBeLessThanOrEqual(255);
        },
      ),
      { numRuns: 1000 },
    );
  });
});

describe("what a Matter node has no value for", () => {
  const report = (clusters: Record<string, Record<string, unknown>>) => {
    const [node] = describeNodes({ identity, endpoints: [{ number: 1, deviceTypes: [], clusters }] });
    if (!node) throw new Error("not described");
    const { readings, unset } = readReport(node.description, 1, clusters, 5);
    const name = (path: { capability: string; attribute: string }) => `${path.capability}.${path.attribute}`;
    return { told: readings.map(({ path }) => name(path)), unset: unset.map(name) };
  };

  test("is said, part by part, so that nobody takes the old one for true", () => {
    const evse = report({ EnergyEvse: { state: 0, stateOfCharge: null, chargingEnabledUntil: null } });
    expect(evse).toEqual({
      told: ["energyEvse.state"],
      unset: ["energyEvse.stateOfCharge", "energyEvse.chargingEnabledUntil"],
    });
    const none = report({ DeviceEnergyManagement: { forecast: null } });
    expect(none.told).toEqual(["deviceEnergyManagement.forecastAvailable"]);
    expect(none.unset).toContain("deviceEnergyManagement.forecastStartTime");
    expect(none.unset).not.toContain("deviceEnergyManagement.forecastAvailable");
  });

  test("is not said of what another attribute tells in another form, nor of what is beyond the house's model", () => {
    expect(report({ Thermostat: { thermostatRunningMode: 4, thermostatRunningState: { cool: true } } })).toEqual({
      ...{ told: ["thermostat.thermostatRunningMode"], unset: [] },
    });
    expect(report({ OnOff: { onOff: true, startUpOnOff: null } }).unset).toEqual([]);
  });
});

describe("a Matter node's endpoints beside each other", () => {
  const meter = (featureMap: object, more = {}) => ({
    ElectricalPowerMeasurement: { activePower: 1000 },
    PowerTopology: { featureMap, ...more },
  });
  const phase = (number: number) => ({
    number,
    deviceTypes: [0x0510],
    clusters: {
      ElectricalPowerMeasurement: { activePower: 1 },
      Descriptor: { tagList: [{ mfgCode: null, namespaceId: 0x0a, tag: number - 2 }] },
    },
  });

  test("the phases below a meter are parts of it and called so; a node's own meter holds all others", () => {
    const tree = { number: 1, deviceTypes: [0x0514], parts: [4, 5, 6], clusters: meter({ treeTopology: true }) };
    const beside = { number: 9, deviceTypes: [0x010a], clusters: meter({ treeTopology: true }) };
    const all = described([tree, phase(4), phase(5), phase(6), beside]);
    expect(all.map(({ number, partOf, label }) => [number, partOf, label])).toEqual([
      [1, undefined, undefined],
      [4, 1, "Phase 1"],
      [5, 1, "Phase 2"],
      [6, 1, "Phase 3"],
      [9, undefined, undefined],
    ]);
    const whole = described([
      { number: 2, deviceTypes: [0x0510], clusters: meter({ nodeTopology: true }) },
      tree,
      phase(4),
    ]);
    expect(whole.map(({ number, partOf }) => [number, partOf])).toEqual([
      [2, undefined],
      [1, 2],
      [4, 1],
    ]);
    const set = meter({ setTopology: true }, { availableEndpoints: [5, 77, null] });
    expect(described([{ number: 2, deviceTypes: [], clusters: set }, phase(5)]).at(-1)?.partOf).toBe(2);
  });

  test("trees that lead back to themselves and meters that name each other come to an end", () => {
    const all = described([
      { number: 1, deviceTypes: [14], parts: [1, 2], clusters: meter({ treeTopology: true }) },
      { number: 2, deviceTypes: [14], parts: [1], clusters: meter({ treeTopology: true }) },
    ]);
    expect(all.map(({ partOf }) => partOf)).toEqual([undefined, undefined]);
  });

  test("what cooks tells all it has and can only be told to stop, on every endpoint that belongs to it", () => {
    const onOff = { OnOff: { onOff: true, acceptedCommandList: [0, 1, 2] } };
    const heat = { TemperatureControl: { temperatureSetpoint: 18_000, minTemperature: 3000, maxTemperature: 25_000 } };
    const run = { OperationalState: { operationalState: 1 }, LaundryWasherControls: { numberOfRinses: 1 } };
    const all = described([
      { number: 1, deviceTypes: [0x0078], parts: [2], clusters: onOff },
      { number: 2, deviceTypes: [0x0077], clusters: { ...onOff, ...heat } },
      { number: 3, deviceTypes: [0x007b], parts: [4], clusters: {} },
      { number: 4, deviceTypes: [0x0071], clusters: { ...heat, OvenMode: { currentMode: 1 } } },
      { number: 5, deviceTypes: [0x0079], clusters: { ...run, MicrowaveOvenControl: { cookTime: 30 } } },
      { number: 6, deviceTypes: [0x0070], parts: [7], clusters: {} },
      { number: 7, deviceTypes: [0x0071], clusters: heat },
      { number: 8, deviceTypes: [0x0073], clusters: run },
    ]);
    const commands = all.map(({ number, capabilities }) => [
      number,
      Object.entries(capabilities).flatMap(([name, { commands }]) => Object.keys(commands).map((c) => `${name}.${c}`)),
    ]);
    const washing = ["pause", "stop", "start", "resume"].map((name) => `operationalState.${name}`);
    expect(Object.fromEntries(commands)).toEqual({
      1: ["onOff.off"],
      2: ["onOff.off"],
      3: [],
      4: [],
      5: ["operationalState.pause", "operationalState.stop"],
      6: [],
      7: ["temperatureControl.setTemperature"],
      8: [...washing, "laundryWasherControls.set"],
    });
    for (const { number, capabilities } of all)
      if (number < 6)
        for (const { attributes } of Object.values(capabilities))
          for (const attribute of Object.values(attributes)) expect(attribute.writable).not.toBe(true);
    const fridge = all.find(({ number }) => number === 7)?.capabilities.temperatureControl;
    expect(fridge?.commands.setTemperature?.args?.targetTemperature).toMatchObject({ min: 30, max: 250 });
  });

  test("the device's own choices are the narrower type of its modes and of the argument that chooses one", () => {
    const supportedModes = [
      { label: "Solar only", mode: 3 },
      { label: "Fast", mode: 4 },
    ];
    const [evse] = described([
      { number: 1, deviceTypes: [0x050c], clusters: { EnergyEvseMode: { currentMode: 3, supportedModes } } },
    ]);
    const type = { type: "enum", values: ["Solar only", "Fast"] };
    const mode = evse?.capabilities.energyEvseMode;
    expect(mode?.attributes.currentMode?.type).toEqual(type);
    expect(mode?.commands.changeToMode?.args).toEqual({ newMode: type });
    expect(evse?.capabilities).not.toHaveProperty("vendor");
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
