import { describe, expect, test } from "vitest";
import { createRepairs } from "../../hub/main/repairs.ts";
import type { Repair } from "../../hub/model/repair.ts";
import { emptyState, step } from "../../hub/step.ts";
import { memoryStore } from "../http/support/memory-store.ts";
import { demoHome, demoTariff } from "../planner/demo-home.ts";

const T0 = Date.UTC(2026, 0, 5);
const repair: Repair = {
  id: "one",
  key: "z2m-fridge/1/electricalEnergyMeasurement.cumulativeEnergyImported",
  kind: "jump",
  state: "active",
  from: T0,
  to: T0 + 60_000,
  times: 1,
  kwh: 0,
  effectKwh: -250,
  reason: "it jumped",
  evidence: [],
  pins: [{ from: { at: T0, kwh: 500 }, to: { at: T0 + 60_000, kwh: 750 }, kwh: null, told: 250 }],
  masks: [],
};

function house() {
  const state = emptyState(demoHome().settings, demoTariff);
  const store = memoryStore();
  state.counters.repairs.set(repair.key, [repair]);
  const put = (input: Parameters<typeof step>[1]) => step(state, input, T0).length >= 0;
  return { store, repairs: createRepairs({ state, store, clock: { now: () => T0 }, put }) };
}

describe("a person's word on a repair", () => {
  test("undoes it, kept at once and with the name in the log", () => {
    const { store, repairs } = house();
    expect(repairs.change("one", { kind: "undo" }, "Anna")).toMatchObject({ state: "undone", by: "Anna" });
    expect(store.repairs.get("one")).toMatchObject({ state: "undone" });
    expect(store.audit({ limit: 1 })[0]).toMatchObject({ by: "Anna", what: "repair-undo" });
    expect(repairs.list({})).toMatchObject([{ state: "undone", label: "Imported" }]);
    expect(repairs.change("one", { kind: "redo" }, "Anna")).toMatchObject({ state: "active" });
  });

  test("says how much it was, within what can be", () => {
    const { repairs } = house();
    expect(repairs.change("one", { kind: "adjust", kwh: 1.2 }, "Anna")).toMatchObject({ adjustedKwh: 1.2 });
    expect(() => repairs.change("one", { kind: "adjust", kwh: 1000 }, "Anna")).toThrow(/^kwh: must be between/);
    expect(() => repairs.change("one", { kind: "adjust", kwh: -1 }, "Anna")).toThrow(/^kwh:/);
    expect(repairs.change("none", { kind: "undo" }, "Anna")).toBeUndefined();
  });

  test("is listed for its device and its time alone", () => {
    const { repairs } = house();
    expect(repairs.list({ node: "z2m-fridge" })).toHaveLength(1);
    expect(repairs.list({ node: "another" })).toEqual([]);
    expect(repairs.list({ from: T0 + 120_000 })).toEqual([]);
  });
});
