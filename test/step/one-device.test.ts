import { describe, expect, test } from "vitest";
import { energyNow } from "../../hub/energy/flow.ts";
import { device, endpoint, House } from "./identity-support.ts";

const power = ["activePower", "voltage"];
const energy = ["cumulativeEnergyImported"];
const mac = ["mac:aabbccddee01"];
const overMatter = { adapter: "matter", dialect: "matter" } as const;

/** A meter of two channels over MQTT, and the same over Matter, which counts endpoints otherwise and has power apart. */
const pair = () =>
  new House().find(
    device("a", {
      addresses: mac,
      endpoints: [1, 2].map((n) =>
        endpoint(
          n,
          { onOff: ["onOff"], electricalPowerMeasurement: power, electricalEnergyMeasurement: energy },
          "onOffPlugInUnit",
        ),
      ),
    }),
    device("m", {
      ...overMatter,
      addresses: mac,
      endpoints: [
        endpoint(3, { onOff: ["onOff"] }, "onOffPlugInUnit"),
        endpoint(
          4,
          { electricalPowerMeasurement: [...power, "frequency"], electricalEnergyMeasurement: energy },
          "electricalSensor",
        ),
        endpoint(5, { onOff: ["onOff"] }, "onOffPlugInUnit"),
        endpoint(6, { electricalPowerMeasurement: power }, "electricalSensor"),
        endpoint(7, { temperatureMeasurement: ["measuredValue"] }, "temperatureSensor"),
      ],
    }),
  );

describe("one device on two roads", () => {
  test("has each thing once: like with like in order, and what only one road has beside it", () => {
    const { state } = pair();
    expect([...state.home.nodes.keys()]).toEqual(["a"]);
    const [first, second, added] = state.home.nodes.get("a")?.description.endpoints ?? [];
    expect(first?.number).toBe(1);
    expect(Object.keys(first?.capabilities.electricalPowerMeasurement?.attributes ?? {})).toEqual([
      ...power,
      "frequency",
    ]);
    expect(second?.number).toBe(2);
    expect(added).toMatchObject({ number: 20_001, deviceTypes: ["temperatureSensor"] });
    expect(state.home.nodes.get("a")?.description.endpoints).toHaveLength(3);
  });

  test("uses its power once, also when both roads tell it", () => {
    const house = pair();
    house.reach("a");
    house.reach("m");
    house.read("a", "electricalPowerMeasurement.activePower", 1000);
    house.read("m", "electricalPowerMeasurement.activePower", 1001, 4);
    house.read("m", "electricalPowerMeasurement.activePower", 500, 6);
    house.read("a", "electricalPowerMeasurement.activePower", 500, 2);
    const { loads } = energyNow(house.state.home, house.state.tariff, house.now);
    expect(loads.reduce((sum, l) => sum + l.watts, 0)).toBeCloseTo(1500, -1);
    expect(house.records().filter((r) => r.includes("activePower"))).toHaveLength(2);
  });

  test("does not jump from one road's energy counter to another that began later", () => {
    const house = pair();
    house.reach("a");
    house.reach("m");
    house.read("a", "electricalEnergyMeasurement.cumulativeEnergyImported", 812.4);
    house.read("m", "electricalEnergyMeasurement.cumulativeEnergyImported", 3.1, 4);
    house.reach("a", false);
    house.later(60_000);
    house.read("m", "electricalEnergyMeasurement.cumulativeEnergyImported", 3.2, 4);
    expect(house.records().filter((r) => r.includes("Energy"))).toHaveLength(1);
    expect(house.value("a/1/electricalEnergyMeasurement.cumulativeEnergyImported")).toMatchObject({
      ...{ status: "stale", value: 812.4, reason: expect.stringContaining("the device is reached on another") },
    });
  });

  test("what only a lost road tells is stale and never false; it is known again when that is back", () => {
    const house = pair();
    house.reach("a");
    house.reach("m");
    house.read("m", "temperatureMeasurement.measuredValue", 31, 7);
    const key = "a/20001/temperatureMeasurement.measuredValue";
    expect(house.value(key)?.status).toBe("known");
    house.reach("m", false);
    expect(house.value(key)?.status).toBe("stale");
    expect(house.state.home.nodes.get("a")?.reachable).toBe(true);
    house.reach("m");
    expect(house.value(key)?.status).toBe("known");
  });

  test("takes a measurement from the road that tells it much more often, and back", () => {
    const house = pair();
    house.reach("a");
    house.reach("m");
    const minute = (a: number, m: number) => {
      for (let i = 0; i < 12; i++) {
        if (i < a) house.read("a", "electricalPowerMeasurement.activePower", 100 + i, 2);
        if (i < m) house.read("m", "electricalPowerMeasurement.activePower", 200 + i, 6);
        house.later(5000);
      }
    };
    const leader = () =>
      house.state.identity.groups.get("a")?.routes.get("2/electricalPowerMeasurement.activePower")?.device;
    minute(12, 12);
    expect(leader()).toBe("a");
    minute(1, 12);
    minute(1, 12);
    expect(leader()).toBe("m");
    minute(12, 12);
    minute(12, 12);
    expect(leader()).toBe("a");
  });

  test("keeps its endpoint numbers whatever order its roads come in and whatever they add later", () => {
    const house = pair();
    const more = device("m", {
      ...overMatter,
      addresses: mac,
      endpoints: [endpoint(9, { relativeHumidityMeasurement: ["measuredValue"] })],
    });
    house.find(more);
    const humid = house.state.home.nodes.get("a")?.description.endpoints.at(-1)?.number;
    house.hear({ kind: "nodeGone", node: "m", at: house.now });
    house.find(device("a", { addresses: mac }), more);
    expect(house.state.home.nodes.get("a")?.description.endpoints.at(-1)?.number).toBe(humid);
    expect(house.state.home.nodes.size).toBe(1);
  });

  test("stays while one of its roads does, and leaves with the last", () => {
    const house = pair();
    house.hear({ kind: "nodeGone", node: "a", at: house.now });
    expect([...house.state.home.nodes.keys()]).toEqual(["a"]);
    house.hear({ kind: "nodeGone", node: "m", at: house.now });
    expect([...house.state.home.nodes.keys()]).toEqual([]);
    house.find(device("m", { ...overMatter, addresses: mac }));
    expect([...house.state.home.nodes.keys()]).toEqual(["a"]);
  });
});

describe("a device of the hub's own that comes back", () => {
  const marked = (text: string, given = {}) =>
    device("matter-fff1-8000-x", {
      ...overMatter,
      serial: text,
      addresses: [`serial:${text}`, `matter:${text}`],
      ...given,
    });

  test("is left out, over Matter and through another hub, and said once", () => {
    const house = new House();
    house.state.identity.isOwnMark = (text) => text.includes("ingl-1");
    house.find(device("plug"), marked("ingl-1-77"), marked("ingl-1-77", { firmware: "2" }));
    house.find(device("ha-x", { dialect: "ha-discovery", addresses: ["own:ha/hub_ingl-1-77"] }));
    expect([...house.state.home.nodes.keys()]).toEqual(["plug"]);
    expect(house.audits("own-device-seen")).toHaveLength(2);
    house.read("matter-fff1-8000-x", "onOff.onOff", true);
    expect(house.records()).toEqual([]);
    house.find(marked("ingl-2-77"));
    expect([...house.state.home.nodes.keys()]).toEqual(["plug", "matter-fff1-8000-x"]);
  });

  test("is left out as the hub's own announcement, but another device with like words is not", () => {
    const house = new House().find(device("mac-aabb", { name: "Lamp" }));
    const said = (of: string, id = "ha-back") =>
      device(id, { dialect: "ha-discovery", addresses: [`own:ha/inglenook_${of}`] });
    house.find(said("mac-aabb"), said("mac-ccdd", "ha-other"));
    house.find(device("homie-back", { dialect: "homie", addresses: ["own:inglenook/mac-aabb"] }));
    expect([...house.state.home.nodes.keys()]).toEqual(["mac-aabb", "ha-other"]);
  });

  test("taken in before it was known as such, it leaves", () => {
    const house = new House().find(marked("ingl-1-77"));
    house.state.identity.isOwnMark = (text) => text.includes("ingl-1");
    house.find(marked("ingl-1-77"));
    expect(house.state.home.nodes.size).toBe(0);
  });
});
