import { describe, expect, test } from "vitest";
import type { Message } from "../../firmware-sim/devices/device.ts";
import { type FaultKind, parseFault, spoil } from "../../firmware-sim/faults.ts";
import { stream } from "../../firmware-sim/random.ts";

const names = ["Water heater", "EV charger"];
const message: Message = {
  topic: "tele/water_heater/SENSOR",
  payload: JSON.stringify({ ENERGY: { Power: 2000, Total: 12.5 }, DS18B20: { Temperature: 54.2 } }),
  retain: false,
  from: "Water heater",
};

function spoiled(kind: FaultKind) {
  const chance = stream(3);
  return Array.from({ length: 200 }, () => spoil(message, [{ device: "Water heater", kind }], chance));
}

describe("a fault", () => {
  test("is named by device and kind, and a wrong one is told with the names that exist", () => {
    expect(parseFault("water heater:late", names)).toEqual({ device: "Water heater", kind: "late" });
    expect(parseFault("Boiler:late", names)).toContain("Water heater, EV charger");
    expect(parseFault("Water heater:slow", names)).toContain("late, lost, repeated, absurd, drop");
  });

  test("touches some of its device's messages and none of another's", () => {
    const lost = spoiled("lost").filter((deliveries) => deliveries.length === 0).length;
    expect(lost).toBeGreaterThan(20);
    expect(lost).toBeLessThan(100);
    const other = { ...message, from: "EV charger" };
    const chance = stream(3);
    for (let i = 0; i < 50; i++) {
      expect(spoil(other, [{ device: "Water heater", kind: "lost" }], chance)).toEqual([{ message: other, delay: 0 }]);
    }
  });

  test("can delay and repeat", () => {
    expect(spoiled("late").some(([one]) => (one?.delay ?? 0) > 1000)).toBe(true);
    expect(spoiled("repeated").some((deliveries) => deliveries.length === 2)).toBe(true);
  });

  test("can put one absurd number into a body that stays well formed", () => {
    const bodies = spoiled("absurd").map(([one]) => one?.message.payload ?? "");
    const changed = bodies.filter((body) => body !== message.payload);
    expect(changed.length).toBeGreaterThan(20);
    for (const body of changed) expect(Object.keys(JSON.parse(body))).toEqual(["ENERGY", "DS18B20"]);
  });
});
