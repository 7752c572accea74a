import { describe, expect, test } from "vitest";
import { counterKinds } from "../../firmware-sim/counter-faults.ts";
import type { Message } from "../../firmware-sim/devices/device.ts";
import { spoil } from "../../firmware-sim/faults.ts";
import { Bench, DAY, T0 } from "../energy/hygiene/bench.ts";

const message = (kwh: number): Message => ({
  from: "plug",
  topic: "zigbee2mqtt/plug",
  payload: JSON.stringify({ energy: Math.round(kwh * 1000) / 1000, power: 1000 }),
  retain: false,
});

describe("counters that go wrong on purpose", () => {
  test.each(counterKinds)("%s: the house counts what was used, and nothing else", (kind) => {
    const fault = { device: "plug", kind };
    const bench = new Bench();
    let draw = 7;
    const chance = () => {
      draw = (draw * 1103515245 + 12345) % 2 ** 31;
      return draw / 2 ** 31;
    };
    const told: number[] = [];
    for (let i = 0; i <= 240; i++) {
      for (const sent of spoil(message(500 + i / 60), [fault], chance)) {
        const { energy } = JSON.parse(sent.message.payload) as { energy: number };
        told.push(energy);
        bench.tell([T0 + i * 60_000, energy]);
      }
    }
    const rises = told.map((kwh, i) => kwh - (told[i - 1] ?? kwh));
    expect(Math.max(...rises.map(Math.abs))).toBeGreaterThan(kind === "counter-yesterday" ? 0.5 : 100);
    // A minute is lost where the counter left its course.
    expect(bench.total(T0, T0 + DAY)).toBeGreaterThan(3.9);
    expect(bench.total(T0, T0 + DAY)).toBeLessThanOrEqual(4.01);
    expect(Math.max(...bench.slots(T0, T0 + 4 * 3_600_000, 900_000).importedKwh)).toBeLessThan(0.27);
    expect(bench.repairs.length).toBeGreaterThan(0);
  });
});
