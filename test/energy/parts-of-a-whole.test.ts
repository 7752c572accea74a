import { expect, test } from "vitest";
import { energyNow } from "../../hub/energy/flow.ts";
import { emptyHome, type NodeState } from "../../hub/model/home.ts";
import type { EndpointDescription } from "../../hub/model/node.ts";

const meter = (number: number, deviceTypes: string[], partOf?: number): EndpointDescription => ({
  number,
  deviceTypes,
  ...(partOf === undefined ? {} : { partOf }),
  capabilities: { electricalPowerMeasurement: { attributes: { activePower: { source: "t#" } }, commands: {} } },
});

function node(id: string, endpoints: readonly EndpointDescription[], watts: readonly number[]): NodeState {
  const key = (number: number) => `${id}/${number}/electricalPowerMeasurement.activePower`;
  const held = (value: number) => ({ value, at: 1000, source: "t#", ageUnknown: false });
  return {
    description: { id, name: id, adapter: "mqtt", dialect: "test", addresses: [], endpoints },
    settings: {},
    reachable: true,
    heardAt: 1000,
    values: new Map(endpoints.map((e, i) => [key(e.number), held(watts[i] ?? 0)])),
  };
}

test("phases of a meter and strings of an inverter are in their wholes: the house adds up", () => {
  const home = emptyHome({ name: "H", timeZone: "UTC", latitude: 0, longitude: 0, currency: "EUR" });
  const nodes = [
    node("grid", [meter(1, ["electricalMeter"]), meter(91, ["electricalSensor"], 1)], [500, 500]),
    node(
      "roof",
      [meter(1, ["solarPower"]), meter(2, ["electricalSensor"], 1), meter(3, ["electricalSensor"], 1)],
      [-300, -100, -200],
    ),
    node("oven", [meter(1, ["electricalSensor"]), meter(91, ["electricalSensor"], 1)], [700, 700]),
  ];
  for (const one of nodes) home.nodes.set(one.description.id, one);
  const tariff = {
    name: "T",
    importPerKwh: 0.3,
    exportPerKwh: 0,
    standingPerDay: 0,
    co2GPerKwh: 0,
    importBands: [],
    co2Bands: [],
  };
  const now = energyNow(home, tariff, 1000);
  expect(now).toMatchObject({ grid: 500, solar: -300, unmetered: 100 });
  expect(now.loads.map((load) => [load.name, load.watts])).toEqual([["oven", 700]]);
});
