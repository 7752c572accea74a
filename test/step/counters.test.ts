import { expect, test } from "vitest";
import type { NodeDescription } from "../../hub/model/node.ts";
import { parsePath } from "../../hub/model/path.ts";
import type { Repair } from "../../hub/model/repair.ts";
import { type CoreState, type Effect, emptyState, step } from "../../hub/step.ts";
import { demoHome, demoTariff } from "../planner/demo-home.ts";

const T0 = Date.UTC(2026, 0, 5);
const KEY = "plug/1/electricalEnergyMeasurement.cumulativeEnergyImported";
const plug: NodeDescription = {
  ...{ id: "plug", name: "Plug", adapter: "mqtt", dialect: "tasmota", addresses: [] },
  endpoints: [
    {
      number: 1,
      deviceTypes: ["onOffPlugInUnit"],
      capabilities: {
        electricalEnergyMeasurement: { attributes: { cumulativeEnergyImported: { source: "t#e" } }, commands: {} },
      },
    },
  ],
};

function house(repairs: readonly Repair[] = [], last?: { at: number; value: number }): CoreState {
  const state = emptyState(demoHome().settings, demoTariff);
  step(state, { kind: "nodeFound", node: plug, at: T0 }, T0);
  if (repairs.length > 0) state.counters.repairs.set(KEY, repairs);
  if (last) state.home.nodes.get("plug")?.values.set(KEY, { ...last, source: "t", ageUnknown: true });
  return state;
}

function tell(state: CoreState, at: number, value: number): Effect[] {
  const path = parsePath(KEY);
  if (!path) throw new Error("no path");
  return step(state, { kind: "readings", readings: [{ path, value, at, source: "t" }], at } as never, at);
}

const written = (effects: readonly Effect[]): Repair[] =>
  effects.flatMap((e) => (e.kind === "keepRepair" ? [e.repair] : []));

test("a counter that falls is watched at once; the hub that starts again then still knows the stand before", () => {
  const state = house();
  tell(state, T0, 500);
  tell(state, T0 + 30_000, 500.01);
  const watching = written(tell(state, T0 + 60_000, 0));
  expect(watching).toMatchObject([{ kind: "watching", key: KEY }]);
  const again = house(watching, { at: T0 + 60_000, value: 0 });
  const effects = tell(again, T0 + 90_000, 500.02);
  expect(effects).toContainEqual({ kind: "dropRepair", id: watching[0]?.id });
  expect(written(effects)).toMatchObject([{ kind: "dip", kwh: expect.closeTo(0.01, 6) }]);
});

test("what is told is recorded as it was", () => {
  const state = house();
  tell(state, T0, 500);
  expect(tell(state, T0 + 30_000, 0)).toContainEqual(
    expect.objectContaining({ kind: "record", readings: [expect.objectContaining({ value: 0 })] }),
  );
});

test("a counter that slips all day is written seldom and kept as one", () => {
  const state = house();
  let writes = 0;
  for (let i = 0; i < 2000; i++) {
    const effects = tell(state, T0 + i * 30_000, i % 2 === 1 ? 0 : 500 + i / 1000);
    writes += effects.filter((e) => e.kind === "keepRepair" || e.kind === "dropRepair").length;
  }
  expect(state.counters.repairs.get(KEY)?.length).toBeLessThanOrEqual(2);
  expect(writes).toBeLessThan(500);
});
