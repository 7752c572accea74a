import { expect, test } from "vitest";
import type { Change } from "../../../hub/energy/hygiene/meter.ts";
import { counted, type PowerMemory, powerHeard, powerResumed } from "../../../hub/energy/hygiene/power.ts";
import { type PowerSummary, piecesOf } from "../../../hub/energy/power.ts";
import type { Repair } from "../../../hub/model/repair.ts";
import { HOUR, MINUTE, T0 } from "./bench.ts";

const KEY = "plug/1/electricalPowerMeasurement.activePower";

function kept(repairs: readonly Repair[], changes: readonly Change[]): Repair[] {
  let list = [...repairs];
  for (const change of changes)
    list =
      "drop" in change
        ? list.filter((r) => r.id !== change.drop)
        : [...list.filter((r) => r.id !== change.put.id), change.put];
  return list;
}

const fiveMinutes = (at: number, sum: number, max: number): PowerSummary => ({
  at,
  lengthMs: 5 * MINUTE,
  summary: { min: 0, max, sum, covered: 5 * MINUTE, last: 0 },
});

test("a power that no socket carries is taken out of the sum that holds it, to the Wh", () => {
  const memory = powerResumed(KEY, 4600, []);
  let repairs: Repair[] = [];
  const told: [number, number][] = [
    [0, 1000],
    [60, 90_000],
    [90, 1000],
  ];
  for (const [s, watts] of told) repairs = kept(repairs, powerHeard(memory, T0 + s * 1000, watts, repairs));
  expect(repairs.map((r) => r.kind)).toEqual(["power"]);
  expect(repairs[0]?.reason).toContain("90000 W");
  const sum = 1000 * 60_000 + 90_000 * 30_000 + 1000 * 210_000;
  const pins = repairs.flatMap((r) => r.pins);
  const [piece] = piecesOf([fiveMinutes(T0, sum, 90_000)], pins, 4600);
  expect(piece?.importedKwh).toBeCloseTo((1000 * 270_000) / 3.6e9, 9);
  expect(piece?.known).toBeCloseTo(0.9);
  // Without the repair the piece is not known: nothing says what of it was true.
  expect(piecesOf([fiveMinutes(T0, sum, 90_000)], [], 4600)).toEqual([]);
});

test("W told as kW are found by the counter beside them, and W again", () => {
  let memory: PowerMemory = powerResumed(KEY, 4600, []);
  let repairs: Repair[] = [];
  const draw = (from: number, to: number, told: number) => {
    for (let at = from; at < to; at += MINUTE) {
      repairs = kept(repairs, powerHeard(memory, at, told, repairs));
      repairs = kept(repairs, counted(memory, at, 1.2 / 60, repairs));
    }
  };
  draw(T0, T0 + 2 * HOUR, 1200);
  expect(repairs).toEqual([]);
  draw(T0 + 2 * HOUR, T0 + 4 * HOUR, 1.2);
  expect(repairs).toHaveLength(1);
  expect(repairs[0]).toMatchObject({ kind: "power-unit", pins: [{ scale: 1000 }] });
  memory = powerResumed(KEY, 4600, repairs);
  draw(T0 + 4 * HOUR, T0 + 6 * HOUR, 1200);
  const [pin] = repairs[0]?.pins ?? [];
  expect(pin?.from.at).toBeGreaterThanOrEqual(T0 + 2 * HOUR - 40 * MINUTE);
  expect(pin?.to.at).toBeLessThan(T0 + 5 * HOUR);
  const inside = piecesOf([fiveMinutes(T0 + 3 * HOUR, 1.2 * 300_000, 1.2)], repairs[0]?.pins ?? [], 4600);
  expect(inside[0]?.importedKwh).toBeCloseTo(0.1, 6);
});
