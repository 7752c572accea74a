import { type AttributeModel, type ClusterModel, Matter } from "@matter/model";
import { describe, expect, test } from "vitest";
import { clusterTables } from "../../adapters/matter/clusters/index.ts";
import { deviceTypeIds } from "../../adapters/matter/device-types.ts";
import { capabilities } from "../../hub/model/capabilities/index.ts";
import type { AttributeSpec } from "../../hub/model/capability.ts";
import { deviceTypes } from "../../hub/model/device-types/index.ts";
import type { UnitName } from "../../hub/model/units.ts";

/** The standard's types that a unit of ours may stand for; plain integers are scaled by prose, so any unit fits them. */
const typesOfUnit: Partial<Record<UnitName, readonly string[]>> = {
  W: ["power-mW"],
  VA: ["power-mVA"],
  var: ["power-mVAR"],
  V: ["voltage-mV"],
  A: ["amperage-mA"],
  kWh: ["energy-mWh", "EnergyMeasurementStruct"],
  degC: ["temperature"],
  K: ["SignedTemperature", "TemperatureDifference"],
  "%": ["percent", "percent100ths"],
};
const plainNumbers = new Set(["uint8", "uint16", "uint32", "int8", "int16", "int32", "int64", "single", "double"]);
const metatypes: Record<AttributeSpec["type"], readonly string[]> = {
  number: ["integer", "float", "object"],
  boolean: ["boolean", "bitmap"],
  enum: ["enum", "bitmap"],
  string: ["string"],
};

const camel = (name: string): string => name.charAt(0).toLowerCase() + name.slice(1);
const clusterOf = (name: string): ClusterModel | undefined => Matter.clusters(name);
const attributeOf = (cluster: ClusterModel | undefined, name: string): AttributeModel | undefined =>
  [...(cluster?.attributes ?? [])].find((attribute) => attribute.propertyName === name);

/** Deprecated in the standard: the name is there, its type is not. */
const retired = new Set(["thermostat.piHeatingDemand"]);

const standard = Object.values(capabilities).filter((capability) => capability.matter !== undefined);
const attributes = standard.flatMap((capability) =>
  Object.entries(capability.attributes)
    .filter(([, spec]) => !spec.ours)
    .map(([name, spec]) => ({ path: `${capability.name}.${name}`, cluster: capability.matter ?? "", name, spec })),
);

describe("the house's words are the standard's words", () => {
  test.each(standard.map((capability) => [capability.name, capability]))(
    "capability %s is a cluster",
    (name, capability) => {
      expect(clusterOf(capability.matter ?? "")?.propertyName).toBe(name);
    },
  );

  test.each(attributes.map((attribute) => [attribute.path, attribute]))(
    "attribute %s fits",
    (path, { cluster, name, spec }) => {
      const model = attributeOf(clusterOf(cluster), name);
      expect(model, `${cluster} has no attribute ${name}`).toBeDefined();
      if (!model || retired.has(path)) return;
      expect(metatypes[spec.type]).toContain(model.effectiveMetatype);
      if (spec.writable) expect(String(model.access)).toMatch(/RW/);
      if (spec.type === "number" && !plainNumbers.has(String(model.type)))
        expect(typesOfUnit[spec.unit], `${spec.unit} for ${model.type}`).toContain(model.type);
      if (spec.type === "enum" && model.effectiveMetatype === "enum") {
        const known = [...(model.definingModel ?? model).children].map((value) => camel(value.name));
        expect(known).toEqual(expect.arrayContaining([...spec.values]));
      }
    },
  );

  test.each(standard.map((capability) => [capability.name, capability]))("commands of %s exist", (_, capability) => {
    const cluster = clusterOf(capability.matter ?? "");
    for (const [name, command] of Object.entries(capability.commands)) {
      if (command.ours) continue;
      const model = [...(cluster?.commands ?? [])].find((candidate) => candidate.propertyName === name);
      expect(model, `${capability.name} has no command ${name}`).toBeDefined();
      const fields = [...(cluster?.commands ?? [])]
        .filter((candidate) => candidate.propertyName.startsWith(name))
        .flatMap((candidate) => [...candidate.children].map((field) => field.propertyName));
      // In percent where the standard counts hundredths: `liftPercent` for `liftPercent100thsValue`.
      for (const arg of Object.keys(command.args)) expect(fields.some((field) => field.startsWith(arg))).toBe(true);
    }
  });

  test.each(Object.values(deviceTypes).map((type) => [type.name, type]))("device type %s exists", (name, type) => {
    const model = [...Matter.deviceTypes].find((candidate) => candidate.name === type.matter);
    expect(model).toBeDefined();
    expect(camel(type.matter)).toBe(name);
  });
});

describe("the tables of the Matter adapter keep to the standard", () => {
  test.each(clusterTables.map((table) => [table.cluster, table]))("%s", (name, table) => {
    const cluster = clusterOf(name);
    expect(cluster?.id).toBe(table.id);
    expect(capabilities[table.capability]?.matter).toBe(name);
    for (const [attribute, codec] of Object.entries(table.attributes)) {
      expect(attributeOf(cluster, attribute), attribute).toBeDefined();
      expect(capabilities[table.capability]?.attributes).toHaveProperty(codec.as ?? attribute);
      expect(codec.encode !== undefined).toBe(
        capabilities[table.capability]?.attributes[codec.as ?? attribute]?.writable === true,
      );
    }
    for (const [ours, codec] of Object.entries(table.commands ?? {})) {
      const model = [...(cluster?.commands ?? [])].find((candidate) => candidate.propertyName === codec.command);
      expect(model?.id).toBe(codec.id);
      expect(capabilities[table.capability]?.commands).toHaveProperty(ours);
    }
  });

  test("every capability that is a cluster has its table", () => {
    expect(clusterTables.map((table) => table.capability).sort()).toEqual(standard.map(({ name }) => name).sort());
  });

  test("device type ids are the standard's, and every device type of the house has one", () => {
    for (const [id, name] of deviceTypeIds) {
      const model = [...Matter.deviceTypes].find((candidate) => Number(candidate.id) === id);
      expect(camel(model?.name ?? "")).toBe(name);
    }
    expect([...deviceTypeIds.values()].sort()).toEqual(Object.keys(deviceTypes).sort());
  });
});
