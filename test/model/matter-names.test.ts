import { type AttributeModel, type ClusterModel, Matter, type ValueModel } from "@matter/model";
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
  s: ["elapsed-s"],
  "epoch-s": ["epoch-s", "epoch-us"],
};
const plainNumbers = new Set([
  "uint8",
  "uint16",
  "uint32",
  "int8",
  "int16",
  "int32",
  "int64",
  "uint24",
  "uint64",
  "single",
  "double",
]);
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

/** The names of fields, and of the fields of the structs and lists of structs that they hold: arguments are laid flat. */
function fieldsOf(cluster: ClusterModel | undefined, fields: readonly ValueModel[], depth = 0): string[] {
  return fields.flatMap((field) => {
    const held = [...(cluster?.datatypes ?? [])].find((candidate) => candidate.name === field.type);
    const inner = [...field.children, ...(held?.type === "struct" ? held.children : [])];
    return [field.propertyName, ...(depth < 4 ? fieldsOf(cluster, inner, depth + 1) : [])];
  });
}

/** Deprecated in the standard: the name is there, its type is not. */
const retired = new Set(["thermostat.piHeatingDemand", "thermostat.piCoolingDemand"]);
/** A number, or a struct, on the wire, and the device's own words for it here. */
const inWords = new Set([
  "audioOutput.currentOutput",
  "commodityPrice.currency",
  "energyPreference.currentEnergyBalance",
  "energyPreference.currentLowPowerModeSensitivity",
  "laundryWasherControls.spinSpeedCurrent",
  "mediaInput.currentInput",
  "serviceArea.currentArea",
  "temperatureControl.selectedTemperatureLevel",
]);
const byLabel = (path: string): boolean =>
  inWords.has(path) || /\.(currentMode|currentPhase|operationalError)$/.test(path);

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
      if (byLabel(path))
        return expect([spec.type, ["integer", "object"]]).toEqual([
          "string",
          expect.arrayContaining([model.effectiveMetatype]),
        ]);
      expect(metatypes[spec.type]).toContain(model.effectiveMetatype);
      if (spec.writable) expect(String(model.access)).toMatch(/RW/);
      if (spec.type === "number" && !plainNumbers.has(String(model.type)))
        expect(typesOfUnit[spec.unit], `${spec.unit} for ${model.type}`).toContain(model.type);
      if (spec.type === "enum" && model.effectiveMetatype === "enum") {
        // A cluster may add values to an enum that it took over.
        const own = [...(clusterOf(cluster)?.datatypes ?? [])].find((type) => type.name === model.type);
        const all = [...(model.definingModel ?? model).children, ...(own?.children ?? [])];
        const known = all.map((value) => camel(value.name));
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
        .flatMap((candidate) => fieldsOf(cluster, [...candidate.children]));
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
    for (const [ours, part] of Object.entries(table.parts ?? {})) {
      expect(attributeOf(cluster, part.of), part.of).toBeDefined();
      expect(capabilities[table.capability]?.attributes[ours]?.ours, ours).toBe(true);
    }
    for (const name of table.ignored ?? []) expect(attributeOf(cluster, name), name).toBeDefined();
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
