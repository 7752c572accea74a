import { describe, expect, test } from "vitest";
import { estimated, estimatedWatts } from "../../hub/energy/estimate.ts";
import { energyNow } from "../../hub/energy/flow.ts";
import { meteredOf, partsOf } from "../../hub/energy/parts.ts";
import type { Value } from "../../hub/model/capability.ts";
import type { MeterDeclaration } from "../../hub/model/energy.ts";
import { emptyHome, type Home, type NodeState } from "../../hub/model/home.ts";

const HAS = {
  electricalPowerMeasurement: "activePower",
  onOff: "onOff",
  levelControl: "currentLevel",
} as const;
type Having = keyof typeof HAS;

interface Thing {
  readonly id: string;
  readonly type: string;
  readonly values: Partial<Record<Having, Value>>;
  readonly said?: MeterDeclaration;
}

function nodeOf({ id, type, values, said }: Thing): NodeState {
  const has = Object.keys(values) as Having[];
  const attributes = (c: Having) => ({ attributes: { [HAS[c]]: { source: "t#" } }, commands: {} });
  const held = (value: Value) => ({ value, at: 1000, source: "t#", ageUnknown: false });
  return {
    description: {
      ...{ id, name: id, adapter: "mqtt", dialect: "test", addresses: [] },
      endpoints: [
        { number: 1, deviceTypes: [type], capabilities: Object.fromEntries(has.map((c) => [c, attributes(c)])) },
      ],
    },
    settings: said ? { meters: { "1": said } } : {},
    reachable: true,
    heardAt: 1000,
    values: new Map(has.map((c) => [`${id}/1/${c}.${HAS[c]}`, held(values[c] ?? 0)])),
  };
}

function homeOf(...things: readonly Thing[]): Home {
  const home = emptyHome({ name: "H", timeZone: "UTC", latitude: 0, longitude: 0, currency: "EUR" });
  for (const thing of things) home.nodes.set(thing.id, nodeOf(thing));
  return home;
}

const FREE = { perKwh: 0, importPerKwh: 0, exportPerKwh: 0, standingPerDay: 0, co2GPerKwh: 0 };
const tariff = { name: "T", ...FREE, importBands: [], co2Bands: [] };
const nowOf = (...things: readonly Thing[]) => energyNow(homeOf(...things), tariff, 1000);
const grid: Thing = { id: "grid", type: "electricalMeter", values: { electricalPowerMeasurement: 500 } };
const lamp = (on: boolean, level?: number): Thing => ({
  ...{ id: "lamp", type: "dimmableLight", said: { kind: "onOff", watts: 20, standbyW: 0.5 } },
  values: { onOff: on, ...(level === undefined ? {} : { levelControl: level }) },
});

describe("what a person says of a device without a meter", () => {
  test("a lamp is estimated by whether it is on and how bright, and marked as an estimate", () => {
    expect(nowOf(grid, lamp(true, 50)).loads).toEqual([
      { node: "lamp", endpoint: 1, name: "lamp", watts: 10, estimated: true },
    ]);
    expect(nowOf(grid, lamp(true, 50)).unmetered).toBe(490);
    expect(nowOf(grid, lamp(true)).loads).toMatchObject([{ watts: 20 }]);
    expect(nowOf(grid, lamp(false, 50)).loads).toMatchObject([{ watts: 0.5 }]);
  });

  test("nobody knows whether it is on: then nobody knows what it takes", () => {
    const thing = lamp(true);
    const home = homeOf(grid, thing);
    home.nodes.get("lamp")?.values.clear();
    expect(energyNow(home, tariff, 1000).loads).toEqual([]);
  });

  test("how bright it is is not known: what it takes is not known either, now or in the past, but off is off", () => {
    const estimate = { on: "lamp/1/onOff.onOff", level: "lamp/1/levelControl.currentLevel", watts: 20, standbyW: 0.5 };
    expect(estimatedWatts(estimate, 1, undefined)).toBeUndefined();
    expect(estimatedWatts(estimate, 0, undefined)).toBe(0.5);
    const on = { held: 1, summaries: [] };
    const level = { held: undefined, summaries: [] };
    expect(estimated(estimate, on, level, 0, 600_000, 300_000)).toEqual([]);
    const pieces = estimated(estimate, on, { ...level, held: 50 }, 0, 600_000, 300_000);
    expect(pieces.reduce((sum, p) => sum + p.importedKwh, 0)).toBeCloseTo((10 * 600_000) / 3.6e9, 12);
  });

  test("a constant need is there at all times", () => {
    const router: Thing = { id: "router", type: "onOffPlugInUnit", values: { onOff: true } };
    expect(nowOf(grid, { ...router, said: { kind: "constant", watts: 9 } }).loads).toMatchObject([
      { watts: 9, estimated: true },
    ]);
  });

  test("a meter that counts the other way round is read as it is meant", () => {
    const roof: Thing = { id: "roof", type: "solarPower", values: { electricalPowerMeasurement: 800 } };
    const said: MeterDeclaration = { kind: "meter", reversed: true };
    const now = nowOf(grid, { ...roof, said });
    expect(now).toMatchObject({ solar: -800, unmetered: 1300 });
    expect(nowOf({ ...grid, said }).grid).toBe(-500);
  });

  test("what another meter measures already is not counted beside it", () => {
    const tv: Thing = { id: "tv", type: "onOffPlugInUnit", values: { onOff: true, electricalPowerMeasurement: 80 } };
    const strip: Thing = { ...tv, id: "strip" };
    expect(nowOf(grid, strip, tv).unmetered).toBe(340);
    expect(nowOf(grid, strip, { ...tv, said: { kind: "elsewhere" } }).unmetered).toBe(420);
  });

  test("only what has a meter or an estimate is in the books", () => {
    const dark: Thing = { id: "dark", type: "onOffLight", values: { onOff: true } };
    const names = meteredOf(partsOf(homeOf(grid, lamp(true), dark))).map((p) => p.name);
    expect(names).toEqual(["lamp"]);
  });
});
