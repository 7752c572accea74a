import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { carriedBy, decodeAttribute } from "../../../adapters/matter/clusters/decode.ts";
import { encodeCommand } from "../../../adapters/matter/clusters/encode.ts";
import { clusterTables } from "../../../adapters/matter/clusters/index.ts";
import { capabilities } from "../../../hub/model/capabilities/index.ts";
import { misfit, type Value, type ValueType } from "../../../hub/model/capability.ts";

/** Any value of a type, as the house would ask for it. */
function anyOf(type: ValueType): fc.Arbitrary<Value> {
  switch (type.type) {
    case "boolean":
      return fc.boolean();
    case "enum":
      return fc.constantFrom(...type.values);
    case "string":
      return fc.string({ maxLength: type.maxLength ?? 255 });
    case "number":
      return fc.double({ min: type.min, max: type.max, noNaN: true });
  }
}

const value = (cluster: string, attribute: string, wire: unknown, siblings: Record<string, unknown> = {}) => {
  const [decoded] = decodeAttribute(cluster, attribute, wire, (name) => siblings[name]);
  return decoded?.kind === "value" ? decoded.value : decoded?.kind;
};

/** Every attribute of the standard that a table reads. */
const places = clusterTables.flatMap((table) => {
  const parts = Object.values(table.parts ?? {}).map(({ of }) => of);
  return [...new Set([...Object.keys(table.attributes), ...parts])].map((name) => ({ table, name }));
});

describe("what a device reports, in the house's units", () => {
  test.each([
    ["OnOff", "onOff", true, true],
    ["LevelControl", "currentLevel", 254, 100],
    ["LevelControl", "currentLevel", 127, 50],
    ["ElectricalPowerMeasurement", "activePower", -1_234_567, -1234.567],
    ["ElectricalPowerMeasurement", "activePower", 1_834_200n, 1834.2],
    ["ElectricalPowerMeasurement", "voltage", 231_400, 231.4],
    ["ElectricalPowerMeasurement", "frequency", 49_980, 49.98],
    ["ElectricalPowerMeasurement", "powerFactor", 9_650, 96.5],
    ["ElectricalEnergyMeasurement", "cumulativeEnergyImported", { energy: 123_456_789 }, 123.456789],
    ["ElectricalEnergyMeasurement", "cumulativeEnergyExported", { energy: 5_000_000n, endTimestamp: 1 }, 5],
    ["Thermostat", "localTemperature", 2038, 20.38],
    ["Thermostat", "systemMode", 4, "heat"],
    ["Thermostat", "localTemperatureCalibration", -15, -1.5],
    ["Thermostat", "thermostatRunningState", { heat: true, cool: false }, "heat"],
    ["Thermostat", "thermostatRunningState", 2, "cool"],
    ["WindowCovering", "currentPositionLiftPercent100ths", 2500, 75],
    ["WindowCovering", "operationalStatus", { global: 1, lift: 1, tilt: 0 }, "opening"],
    ["WindowCovering", "operationalStatus", 0b001010, "closing"],
    ["DoorLock", "lockState", 1, "locked"],
    ["TemperatureMeasurement", "measuredValue", -512, -5.12],
    ["RelativeHumidityMeasurement", "measuredValue", 4567, 45.67],
    ["PressureMeasurement", "measuredValue", 1013, 1013],
    ["FlowMeasurement", "measuredValue", 15, 1.5],
    ["IlluminanceMeasurement", "measuredValue", 0, 0],
    ["IlluminanceMeasurement", "measuredValue", 1, 1],
    ["IlluminanceMeasurement", "measuredValue", 30_001, 1000],
    ["OccupancySensing", "occupancy", { occupied: true }, true],
    ["OccupancySensing", "occupancy", 0, false],
    ["BooleanState", "stateValue", false, false],
    ["AirQuality", "airQuality", 5, "veryPoor"],
    ["SmokeCoAlarm", "smokeState", 2, "critical"],
    ["PowerSource", "batPercentRemaining", 171, 85.5],
    ["PowerSource", "batVoltage", 2950, 2.95],
    ["EnergyEvse", "state", 3, "pluggedInCharging"],
    ["EnergyEvse", "userMaximumChargeCurrent", 16_000, 16],
    ["EnergyEvse", "sessionEnergyCharged", 7_250_000, 7.25],
    ["WaterHeaterManagement", "heatDemand", { immersionElement1: true }, true],
    ["WaterHeaterManagement", "heatDemand", 0, false],
    ["OperationalState", "operationalState", 2, "paused"],
    ["ColorControl", "colorTemperatureMireds", 370, 370],
    ["ColorControl", "currentSaturation", 254, 100],
  ] as [string, string, unknown, Value][])("%s.%s %o is %o", (cluster, attribute, wire, expected) => {
    expect(value(cluster, attribute, wire)).toBe(expected);
  });

  test("a concentration comes in the unit that the device states, and not at all when it can't be turned into ours", () => {
    const co2 = (wire: number, measurementUnit: number) =>
      value("CarbonDioxideConcentrationMeasurement", "measuredValue", wire, { measurementUnit });
    expect(co2(612, 0)).toBe(612);
    expect(co2(612_000, 1)).toBe(612);
    // One known gas turns from mass into parts at 25 degrees and 1013 hPa; a mixture does not.
    expect(co2(1080, 3)).toBe(600);
    expect(value("OzoneConcentrationMeasurement", "measuredValue", 60, { measurementUnit: 4 })).toBeCloseTo(30.56, 2);
    expect(value("FormaldehydeConcentrationMeasurement", "measuredValue", 50, { measurementUnit: 1 })).toBeCloseTo(
      0.0614,
      4,
    );
    const voc = { measurementUnit: 3 };
    expect(value("TotalVolatileOrganicCompoundsConcentrationMeasurement", "measuredValue", 1, voc)).toBe("problem");
    expect(value("RadonConcentrationMeasurement", "measuredValue", 88, { measurementUnit: 7 })).toBe(88);
    expect(value("RadonConcentrationMeasurement", "measuredValue", 88, { measurementUnit: 0 })).toBe("problem");
    expect(value("Pm25ConcentrationMeasurement", "measuredValue", 0.012, { measurementUnit: 3 })).toBe(12);
  });

  test("null is no value, an attribute beyond the model is said to be so, and neither is zero", () => {
    // That there is none is a fact, where the house asks whether there is one.
    for (const { table, name } of places)
      for (const decoded of decodeAttribute(table.cluster, name, null))
        if (decoded.kind !== "none") expect(decoded).toMatchObject({ kind: "value", value: false });
    expect(decodeAttribute("OnOff", "startUpOnOff", 1)).toEqual([{ kind: "beyond" }]);
    expect(decodeAttribute("NoSuchCluster", "constructor", 1)).toEqual([{ kind: "beyond" }]);
    expect(decodeAttribute("OnOff", "__proto__", 1)).toEqual([{ kind: "beyond" }]);
  });

  test("anything on the wire gives a value of the right type, a problem or nothing, and never throws", () => {
    const hostile = fc.oneof(
      fc.anything({ withBigInt: true, withNullPrototype: true }),
      fc.constantFrom<unknown>(null, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 63, 2n ** 64n, -1, "", "1", [], {}),
      fc.constant(JSON.parse('{"__proto__": {"energy": 1}, "constructor": 7, "slots": [null, {"mode": 1e99}]}')),
    );
    fc.assert(
      fc.property(fc.constantFrom(...places), hostile, hostile, ({ table, name }, wire, other) => {
        for (const decoded of decodeAttribute(table.cluster, name, wire, () => other)) {
          if (decoded.kind !== "value") continue;
          const type = capabilities[decoded.capability]?.attributes[decoded.attribute];
          expect(carriedBy(table, name)).toContain(decoded.attribute);
          expect(type && misfit(type, decoded.value)).toBeUndefined();
        }
      }),
      { numRuns: 5000 },
    );
  });
});

describe("what the house asks of a device", () => {
  const writable = clusterTables.flatMap((table) =>
    Object.entries(table.attributes).flatMap(([matter, codec]) => {
      const type = capabilities[table.capability]?.attributes[codec.as ?? matter];
      // What the device labels itself is written by its own labels: see below.
      return codec.encode && type && type.type !== "string" ? [{ table, matter, ours: codec.as ?? matter, type }] : [];
    }),
  );

  test.each(writable.map((entry) => [`${entry.table.capability}.${entry.ours}`, entry]))(
    "a %s that is set reads back as it was asked for",
    (_, { table, matter, ours, type }) => {
      fc.assert(
        fc.property(anyOf(type), (asked) => {
          const encoded = encodeCommand({ capability: table.capability, command: "set", args: { [ours]: asked } });
          expect(encoded).toMatchObject({ ok: true, action: { kind: "write", cluster: table.cluster } });
          if (!encoded.ok || encoded.action.kind !== "write") return;
          const back = value(table.cluster, matter, encoded.action.values[matter]);
          if (typeof asked !== "number") expect(back).toBe(asked);
          // The wire has steps; the coarsest is a whole percent.
          else expect(Math.abs(Number(back) - asked)).toBeLessThanOrEqual(0.5);
        }),
      );
    },
  );

  test("a choice under the device's own label is made by the number that stands for it, and reads back", () => {
    const supportedModes = [
      { label: "Normal", mode: 0, modeTags: [] },
      { label: "Eco\u0000 wash", mode: 4, modeTags: [{ value: 4 }] },
      { label: "Normal", mode: 7 },
      { label: "", mode: 9 },
      null,
      { mode: 4, label: "again" },
    ];
    const has = { supportedModes };
    const siblings = (name: string) => (name === "supportedModes" ? supportedModes : undefined);
    const labels = [0, 4, 7, 9].map((mode) => value("DishwasherMode", "currentMode", mode, has));
    expect(labels).toEqual(["Normal", "Eco wash", "Normal 7", "Mode 9"]);
    for (const [i, newMode] of labels.entries()) {
      if (typeof newMode !== "string") throw new Error("no label");
      expect(
        encodeCommand({ capability: "dishwasherMode", command: "changeToMode", args: { newMode } }, siblings),
      ).toMatchObject({ action: { command: "changeToMode", fields: { newMode: [0, 4, 7, 9][i] } } });
    }
    const wrong = { capability: "dishwasherMode", command: "changeToMode", args: { newMode: "Turbo" } };
    expect(encodeCommand(wrong, siblings)).toMatchObject({ ok: false, reason: expect.stringContaining("newMode") });
    const spins = (name: string) => (name === "spinSpeeds" ? ["Off", "1200"] : undefined);
    const set = { capability: "laundryWasherControls", command: "set", args: { spinSpeedCurrent: "1200" } };
    expect(encodeCommand(set, spins)).toMatchObject({ action: { values: { spinSpeedCurrent: 1 } } });
    expect(encodeCommand(set)).toMatchObject({ ok: false });
  });

  test("every whole percent of a level has a level of its own", () => {
    for (let percent = 0; percent <= 100; percent++) {
      const encoded = encodeCommand({ capability: "levelControl", command: "moveToLevel", args: { level: percent } });
      if (!encoded.ok || encoded.action.kind !== "invoke") throw new Error("not encoded");
      expect(value("LevelControl", "currentLevel", encoded.action.fields?.level)).toBe(percent);
    }
  });

  test("a blind is opened to 75 % by closing it to 25.00 %", () => {
    expect(
      encodeCommand({ capability: "windowCovering", command: "goToLiftPercentage", args: { liftPercent: 75 } }),
    ).toEqual({
      ok: true,
      action: {
        kind: "invoke",
        cluster: "WindowCovering",
        command: "goToLiftPercentage",
        fields: { liftPercent100thsValue: 2500 },
      },
    });
  });

  test("a charger is allowed what its circuit can carry", () => {
    const encoded = encodeCommand({ capability: "energyEvse", command: "enableCharging", args: {} }, (name) =>
      name === "circuitCapacity" ? 32_000 : undefined,
    );
    expect(encoded).toMatchObject({ action: { fields: { maximumChargeCurrent: 32_000, chargingEnabledUntil: null } } });
  });

  test.each([
    [{ capability: "thermostat", command: "set", args: { occupiedHeatingSetpoint: 200 } }, "must be between"],
    [{ capability: "thermostat", command: "set", args: { localTemperature: 20 } }, "can't be set"],
    [{ capability: "thermostat", command: "set", args: {} }, "at least one"],
    [{ capability: "onOff", command: "explode", args: {} }, "no command"],
    [{ capability: "onOff", command: "constructor", args: {} }, "no command"],
    [{ capability: "batteryControl", command: "set", args: { mode: "hold" } }, "no batteryControl"],
    [{ capability: "levelControl", command: "moveToLevel", args: {} }, "must be a number"],
  ])("%j is refused with a reason", (command, reason) => {
    expect(encodeCommand(command)).toMatchObject({ ok: false, reason: expect.stringContaining(reason) });
  });

  test("no command whatever throws", () => {
    const names = fc.constantFrom(...Object.keys(capabilities), "__proto__", "constructor");
    const commands = fc.constantFrom("set", "on", "moveToLevel", "__proto__", "toString");
    const args = fc.dictionary(fc.string(), fc.oneof(fc.double(), fc.boolean(), fc.string()));
    fc.assert(
      fc.property(names, commands, args, (capability, command, args) => {
        expect(typeof encodeCommand({ capability, command, args }).ok).toBe("boolean");
      }),
    );
  });
});
