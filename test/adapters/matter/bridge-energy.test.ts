import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { planOf } from "../../../adapters/matter/bridge/plan.ts";
import { previewsOf } from "../../../adapters/matter/bridge/preview.ts";
import { type HomeTariff, tariffNode } from "../../../adapters/matter/bridge/tariff-device.ts";
import { emptyHome } from "../../../hub/model/home.ts";
import type { NodeDescription } from "../../../hub/model/node.ts";
import { able, device, switching } from "./bridge-devices.ts";
import { openShelf, type Shelf } from "./bridge-shelf.ts";

let shelf: Shelf;
beforeAll(async () => {
  shelf = await openShelf();
});
afterAll(() => shelf?.close());

const power = able(["activePower"]);
const energy = able(["cumulativeEnergyImported", "cumulativeEnergyExported"]);
const shown = (node: NodeDescription) => planOf(node, (e) => e.deviceTypes).top;

const poor = device("mqtt-battery", "Cellar battery", "batteryStorage", {
  powerSource: able(["batPercentRemaining"]),
  electricalPowerMeasurement: power,
});
const rich = device("mqtt-battery", "Cellar battery", "batteryStorage", {
  powerSource: able(["batPercentRemaining", "batVoltage", "batCapacity", "batFault"]),
  electricalPowerMeasurement: able(["activePower", "voltage", "activeCurrent"]),
  electricalEnergyMeasurement: energy,
  batteryControl: able(["mode"], ["set"]),
});

describe("the home's energy as Matter devices", () => {
  test.each([
    ["of which little is told", poor],
    ["of which much is told", rich],
  ])("a battery %s is one without a gap", async (_, node) => {
    const { gaps, types, reachable } = await shelf.check(node, {
      "1/powerSource.batPercentRemaining": 62,
      "1/powerSource.batVoltage": 51.2,
      "1/powerSource.batCapacity": 10,
      "1/electricalPowerMeasurement.activePower": -1400,
    });
    expect(gaps).toEqual([]);
    expect(reachable).toBe(true);
    expect(types).toEqual([
      ...["BatteryStorage", "DeviceEnergyManagement", "BridgedNode"],
      ...["ElectricalSensor", "PowerSource", "ElectricalSensor", "PowerSource"],
    ]);
  });

  test("a battery's power is told once, on the house's side, and its charge on that of the cells", () => {
    const top = shown(rich);
    const [house, cells] = top?.children ?? [];
    const values: Readonly<Record<string, number>> = {
      "electricalPowerMeasurement.activePower": -1400,
      "powerSource.batPercentRemaining": 62,
      "powerSource.batVoltage": 50,
      "powerSource.batCapacity": 10,
    };
    const told = Object.assign((key: string) => values[key], { changed: () => 0 });
    const stateIn = (plan: typeof top, cluster: string) => {
      const use = plan?.uses.find((u) => u.cluster.cluster === cluster);
      return use && { ...use.cluster.state?.(told, use.source) };
    };
    expect(stateIn(house, "ElectricalPowerMeasurement")).toMatchObject({ activePower: -1_400_000 });
    const unsaid = { activePower: null, activeCurrent: null };
    expect(stateIn(cells, "ElectricalPowerMeasurement")).toEqual({ ...unsaid, voltage: 50_000 });
    const charge = { batPercentRemaining: 124, batChargeState: 3, batCapacity: 200_000 };
    expect(stateIn(cells, "PowerSource")).toMatchObject(charge);
  });

  test("a battery takes no watts from outside, since its home plans it in modes", () => {
    const management = shown(rich)?.uses.find((u) => u.cluster.cluster === "DeviceEnergyManagement");
    const closed = { powerAdjustmentCapability: null, optOutState: 3 };
    expect(management?.cluster.fixed?.(management.source, "BatteryStorage")).toMatchObject(closed);
    const none = Object.assign(() => undefined, { changed: () => 0 });
    const request = management?.cluster.commands?.powerAdjustRequest;
    expect(management && request?.({ power: 1, duration: 60 }, none, management.source)).toHaveProperty("constraint");
  });

  const pump = device("mqtt-pump", "Heat pump", "heatPump", { electricalPowerMeasurement: power });
  const warm = device("mqtt-pump", "Heat pump", "heatPump", {
    thermostat: able(["localTemperature", "occupiedHeatingSetpoint"], ["set"]),
    electricalPowerMeasurement: power,
  });

  test("a heat pump is one, by itself and below the thermostat that it heats by", async () => {
    const alone = await shelf.check(pump, { "1/electricalPowerMeasurement.activePower": 900 });
    expect(alone).toMatchObject({ gaps: [], reachable: true });
    expect(alone.types).toEqual([
      "HeatPump",
      "PowerSource",
      "ElectricalSensor",
      "DeviceEnergyManagement",
      "BridgedNode",
    ]);
    const both = await shelf.check(warm, {
      "1/electricalPowerMeasurement.activePower": 900,
      "1/thermostat.occupiedHeatingSetpoint": 21,
    });
    expect(both).toMatchObject({ gaps: [], reachable: true });
    expect(both.types.slice(0, 3)).toEqual(["Thermostat", "BridgedNode", "HeatPump"]);
  });

  test("a plug that feeds a heat pump stays a plug under its number", () => {
    const plug = device("mqtt-plug", "Plug", "heatPump", { onOff: switching, electricalPowerMeasurement: power });
    expect(shown(plug)).toMatchObject({ key: "top", children: [] });
    expect(shown(plug)?.types).toEqual(["OnOffPlugInUnit", "ElectricalSensor", "BridgedNode"]);
  });

  test("panels and a meter are what the standard wants of them", async () => {
    const measured = { electricalPowerMeasurement: power, electricalEnergyMeasurement: energy };
    for (const kind of ["solarPower", "electricalMeter"]) {
      const { gaps, types } = await shelf.check(device(`mqtt-${kind}`, kind, kind, measured), {});
      expect(gaps, types.join()).toEqual([]);
      expect(types[0]?.toLowerCase()).toBe(kind.toLowerCase());
    }
  });
});

const HOUR = 3_600_000;
const noon = Date.UTC(2026, 5, 1, 12, 30);

/** Dear by day, cheap by night: changes at 6 and at 22. */
const changing: HomeTariff = {
  name: "Day and night",
  currency: "EUR",
  prices: (from, to) => {
    const all: { from: number; perKwh: number }[] = [];
    for (let at = from; at < to; at += HOUR) {
      const perKwh = new Date(at).getUTCHours() >= 6 && new Date(at).getUTCHours() < 22 ? 0.28734 : 0.19;
      if (all.at(-1)?.perKwh !== perKwh) all.push({ from: at, perKwh });
    }
    return all;
  },
};
const flat: HomeTariff = { ...changing, prices: (from) => [{ from, perKwh: 0.3 }] };

/** As the bridge tells it, and as matter.js takes it. */
async function told(tariff: HomeTariff) {
  const { description, values } = tariffNode(tariff, noon);
  const own = Object.fromEntries([...values].map(([key, { value }]) => [key.slice(description.id.length + 1), value]));
  const checked = await shelf.check(description, own);
  const use = shown(description)?.uses.find((u) => u.cluster.cluster === "CommodityPrice");
  const held = Object.assign((key: string) => own[`1/${key}`], { changed: () => 0 });
  return { checked, state: use && { ...use.cluster.state?.(held, use.source) } };
}

describe("the home's tariff as a Matter device", () => {
  test("tells the price now and the changes to come, in whole periods that do not touch", async () => {
    const { checked, state } = await told(changing);
    expect(checked).toMatchObject({ gaps: [], reachable: true });
    expect(checked.types).toEqual(["ElectricalEnergyTariff", "BridgedNode"]);
    const at = (day: number, hour: number) => Date.UTC(2026, 5, day, hour) / 1000;
    expect(state).toMatchObject({
      currency: { currency: 978, decimalPoints: 5 },
      currentPrice: { periodStart: at(1, 6), periodEnd: at(1, 22) - 1, price: 28_734 },
      priceForecast: [
        { periodStart: at(1, 22), periodEnd: at(2, 6) - 1, price: 19_000 },
        { periodStart: at(2, 6), periodEnd: at(2, 18) - 1, price: 28_734 },
      ],
    });
  });

  test("a price that never changes has no end and foretells nothing", async () => {
    const { checked, state } = await told(flat);
    expect(checked.gaps).toEqual([]);
    expect(state).toMatchObject({ currentPrice: { periodEnd: null, price: 30_000 }, priceForecast: [] });
  });

  test("a currency that Matter has no number for makes no price", async () => {
    const { state } = await told({ ...flat, currency: "Taler" });
    expect(state).toMatchObject({ currency: null, currentPrice: null });
  });

  test("is in the preview, with the reason while nobody has entered one", () => {
    const home = emptyHome({ name: "Home", timeZone: "UTC", latitude: 0, longitude: 0, currency: "EUR" });
    const wish = {
      ecosystem: "apple",
      filter: { show: "all", rooms: [], kinds: [], include: [], exclude: [] },
    } as const;
    expect(previewsOf(home, undefined, noon, wish)).toMatchObject([
      { parts: [], notes: [expect.stringContaining("no tariff has been entered")] },
    ]);
    expect(previewsOf(home, flat, noon, wish)).toMatchObject([
      {
        name: "Day and night",
        chosen: true,
        parts: [
          {
            type: "ElectricalEnergyTariff",
            abilities: ["price now and ahead"],
            hidden: expect.stringContaining("Apple Home"),
          },
        ],
      },
    ]);
  });
});
