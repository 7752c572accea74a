import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { decodeAttribute, decodeEvent } from "../../../adapters/matter/clusters/decode.ts";
import { encodeCommand } from "../../../adapters/matter/clusters/encode.ts";
import { clusterTables } from "../../../adapters/matter/clusters/index.ts";
import { refusalIn } from "../../../adapters/matter/clusters/refusals.ts";
import { capabilities } from "../../../hub/model/capabilities/index.ts";
import { misfit, type Value } from "../../../hub/model/capability.ts";

const read = (cluster: string, attribute: string, wire: unknown, siblings: Record<string, unknown> = {}) =>
  decodeAttribute(cluster, attribute, wire, (name) => siblings[name]).map((decoded) =>
    decoded.kind === "value" ? decoded.value : decoded.kind,
  );
const encoded = (capability: string, command: string, args: Record<string, Value>, siblings: object = {}) => {
  const has = new Map(Object.entries(siblings));
  const result = encodeCommand({ capability, command, args }, (name) => has.get(name));
  return result.ok ? result.action : result.reason;
};

describe("a button", () => {
  const events = (featureMap: object, ...all: [string, object][]) =>
    all.flatMap(([event, fields]) =>
      decodeEvent("Switch", event, fields, (name) => (name === "featureMap" ? featureMap : undefined)).map(
        ({ attribute, value }) => `${attribute} ${value}`,
      ),
    );
  const counting = { momentarySwitch: true, momentarySwitchRelease: true, momentarySwitchMultiPress: true };

  test("that is pressed once tells one finished press, whatever of the optional events it has", () => {
    expect(events({ momentarySwitch: true }, ["initialPress", { newPosition: 1 }])).toEqual(["event singlePress"]);
    const releasing = { momentarySwitch: true, momentarySwitchRelease: true };
    const press: [string, object][] = [
      ["initialPress", { newPosition: 1 }],
      ["shortRelease", { previousPosition: 1 }],
    ];
    expect(events(releasing, ...press)).toEqual(["event pressed", "event singlePress"]);
    expect(events(counting, ...press, ["multiPressComplete", { totalNumberOfPressesCounted: 1 }])).toEqual([
      ...["event pressed", "event released", "presses 1", "event singlePress"],
    ]);
  });

  test("tells two, three and more presses, a long one and its end, and nothing of a count that is none", () => {
    const count = (n: unknown) => events(counting, ["multiPressComplete", { totalNumberOfPressesCounted: n }]);
    expect(count(2)).toEqual(["presses 2", "event doublePress"]);
    expect(count(3)).toEqual(["presses 3", "event triplePress"]);
    expect(count(9)).toEqual(["presses 9", "event manyPresses"]);
    for (const odd of [0, null, Number.NaN, "2", {}]) expect(count(odd)).toEqual([]);
    const long = [["longPress", {}] as [string, object], ["longRelease", {}] as [string, object]];
    expect(events(counting, ...long)).toEqual(["event longPress", "event longReleased"]);
    expect(decodeEvent("Switch", "constructor", {})).toEqual([]);
    expect(decodeEvent("DoorLock", "doorLockAlarm", { alarmCode: 6 })).toMatchObject([{ value: "doorForcedOpen" }]);
  });

  test("whatever an event carries gives a value of the right type or none", () => {
    const kinds = clusterTables.flatMap((table) =>
      Object.keys(table.events ?? {}).map((event) => [table.cluster, event] as const),
    );
    expect(kinds.length).toBeGreaterThan(6);
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.anything(), fc.anything(), ([cluster, event], fields, other) => {
        for (const { capability, attribute, value } of decodeEvent(cluster, event, fields, () => other)) {
          const type = capabilities[capability]?.attributes[attribute];
          expect(type && misfit(type, value)).toBeUndefined();
        }
      }),
      { numRuns: 1000 },
    );
  });
});

describe("appliances", () => {
  test("a run's part and error are told in the device's own words; a maker's own state is none of the house's", () => {
    const phases = { phaseList: ["Wash", "", "Spin"] };
    expect(read("OperationalState", "currentPhase", 2, phases)).toEqual(["Spin"]);
    expect(read("OperationalState", "currentPhase", 1, phases)).toEqual(["Part 1"]);
    expect(read("OperationalState", "operationalError", { errorStateId: 0 })).toEqual(["none"]);
    expect(read("OperationalState", "operationalError", { errorStateId: 0x80, errorStateLabel: "Tub full" })).toEqual([
      "Tub full",
    ]);
    expect(read("RvcOperationalState", "operationalError", { errorStateId: 65 })).toEqual(["stuck"]);
    expect(read("RvcOperationalState", "operationalState", 66)).toEqual(["docked"]);
    expect(read("OperationalState", "operationalState", 0x80)).toEqual(["none"]);
    expect(read("OperationalState", "operationalState", 66)).toEqual(["problem"]);
  });

  test("an oven can't be started, heated or put into a mode by any command of the vocabulary", () => {
    const hot = ["ovenCavityOperationalState", "ovenMode", "microwaveOvenMode", "microwaveOvenControl"];
    const commands = hot.flatMap((name) => Object.keys(capabilities[name]?.commands ?? {}));
    expect(commands).toEqual(["stop"]);
    expect(encoded("ovenCavityOperationalState", "start", {})).toContain("no command start");
    for (const name of hot)
      for (const spec of Object.values(capabilities[name]?.attributes ?? {}))
        expect(spec).not.toHaveProperty("writable");
  });

  test("a robot cleans rooms by their names, and a name it does not know is refused with those it does", () => {
    const supportedAreas = [
      { areaId: 10, areaInfo: { locationInfo: { locationName: "Kitchen, small" } } },
      { areaId: 11, areaInfo: { locationInfo: { locationName: "Hall" } } },
      { areaId: 12, areaInfo: { locationInfo: null } },
    ];
    const siblings = { supportedAreas };
    expect(read("ServiceArea", "currentArea", 10, siblings)).toEqual(["Kitchen small"]);
    expect(read("ServiceArea", "selectedAreas", [11, 12, 99], siblings)).toEqual(["Hall, Area 12, ?"]);
    expect(encoded("serviceArea", "selectAreas", { newAreas: "hall,  Kitchen small" }, siblings)).toMatchObject({
      fields: { newAreas: [11, 10] },
    });
    expect(encoded("serviceArea", "selectAreas", { newAreas: "" }, siblings)).toMatchObject({
      fields: { newAreas: [] },
    });
    expect(encoded("serviceArea", "selectAreas", { newAreas: "Attic" }, siblings)).toMatch(/no Attic.*Hall/);
  });

  test("a refrigerator is set by degrees or by level, whichever it has, and never by both", () => {
    const levels = { supportedTemperatureLevels: ["Low", "High"] };
    const set = (args: Record<string, Value>) => encoded("temperatureControl", "setTemperature", args, levels);
    expect(set({ targetTemperature: 4.5 })).toMatchObject({ fields: { targetTemperature: 450 } });
    expect(set({ targetTemperatureLevel: "High" })).toMatchObject({ fields: { targetTemperatureLevel: 1 } });
    expect(set({})).toContain("either");
    expect(set({ targetTemperature: 4, targetTemperatureLevel: "High" })).toContain("either");
  });

  test("alarms are told one by one, a filter by what is left of it, a fan by its swing", () => {
    expect(read("DishwasherAlarm", "state", { drainError: true })).toEqual([
      true,
      false,
      true,
      false,
      false,
      false,
      false,
    ]);
    expect(read("DishwasherAlarm", "state", 0b100000)).toEqual([true, false, false, false, false, false, true]);
    expect(read("HepaFilterMonitoring", "condition", 30, { degradationDirection: 0 })).toEqual([70]);
    expect(read("HepaFilterMonitoring", "condition", 30, { degradationDirection: 1 })).toEqual([30]);
    expect(read("FanControl", "rockSetting", { rockUpDown: true })).toEqual(["upDown"]);
    expect(read("FanControl", "rockSetting", 4)).toEqual(["round"]);
    expect(read("PumpConfigurationAndControl", "pumpStatus", { running: true })).toEqual([true, false]);
    expect(read("ValveConfigurationAndControl", "autoCloseTime", 1_780_000_000_500_000n)).toEqual([1_780_000_000]);
  });

  test("a device that answers but does not do it gives the reason in its own words, else its number", () => {
    expect(refusalIn({ status: 0, statusText: "" })).toBeUndefined();
    expect(refusalIn(undefined)).toBeUndefined();
    expect(refusalIn({ status: 3, statusText: "The door\u0000 is open" })).toBe("the device refused: The door is open");
    expect(refusalIn({ status: 2 })).toContain("status 2");
    expect(refusalIn({ commandResponseState: { errorStateId: 0 } })).toBeUndefined();
    expect(refusalIn({ commandResponseState: { errorStateId: 3, errorStateLabel: "Lid" } })).toContain("Lid");
    fc.assert(
      fc.property(fc.anything(), (any) => {
        expect(["string", "undefined"]).toContain(typeof refusalIn(any));
      }),
    );
  });

  test("a lock that wants a code for remote commands is not sent one: the answer says where to change that", () => {
    expect(encoded("doorLock", "unlockDoor", {}, { requirePinForRemoteOperation: true })).toContain("code");
    expect(encoded("doorLock", "unlockWithTimeout", { timeout: 30 })).toMatchObject({ fields: { timeout: 30 } });
  });
});
