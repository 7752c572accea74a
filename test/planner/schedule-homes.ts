import type { Appliance, Device, Problem } from "../../hub/planner/schedule/problem.ts";
import {
  battery,
  car,
  HOUR,
  house,
  panels,
  random,
  room,
  START,
  tank,
  washer,
  withDevices,
} from "./schedule-support.ts";

/** Of ten devices: a battery, a car, a tank, five heated rooms, two machines. */
const mix: readonly Device["kind"][] = [
  "battery",
  "car",
  "tank",
  "room",
  "appliance",
  "room",
  "room",
  "appliance",
  "room",
  "room",
];

/** Lengths of slots of 48 hours, minutes: quarters while prices are near, hours beyond. */
const lengths = [...Array<number>(16).fill(15), ...Array<number>(8).fill(30), ...Array<number>(40).fill(60)];

function deviceOf(kind: Device["kind"], i: number, base: Problem, chance: () => number): Device {
  const wish = { goal: `g${i}`, priority: 2 } as const;
  const hour = base.slots.map((s) => ((s.from - START) / HOUR) % 24);
  const id = `${kind}${i}`;
  switch (kind) {
    case "battery":
      return battery({ id, fullKwh: 9, chargeKw: 4, dischargeKw: 4 });
    case "car":
      return car(base, { id, minKw: 1.4, storedKwh: 15 + 20 * chance(), present: hour.map((h) => h > 17 || h < 7.5) });
    case "tank":
      return tank(base, {
        id,
        minKw: 2,
        drawKwh: base.slots.map(
          (s, t) => s.hours * ((hour[t] ?? 0) % 12 > 6 && (hour[t] ?? 0) % 12 < 8 ? 0.5 + chance() : 0.05),
        ),
      });
    case "appliance": {
      const cycle: Appliance["cycle"] = [
        { minutes: 30, kw: 2 },
        { minutes: 60, kw: 0.2 },
        { minutes: 15, kw: 1.5 },
      ];
      return washer({ id, cycle, earliest: START + (i % 5) * HOUR, by: START + (12 + (i % 20)) * HOUR, wish });
    }
    case "solar":
      return panels(base);
    case "room":
      return room(base, {
        id,
        temperatureC: 20 + chance(),
        lossPerHour: 0.01 + 0.02 * chance(),
        maxKw: 1 + chance(),
        outsideC: hour.map((h) => 2 + 3 * Math.sin(h / 4)),
        lowC: hour.map((h) => (h > 6 && h < 22 ? 20 : 18)),
        wish,
      });
  }
}

/** A house with many devices over 48 hours, in the same way for the same seed; at most two batteries and three cars. */
export function manyDevices(count: number, seed: number): Problem {
  const chance = random(seed);
  let from = START;
  const slots = lengths.map((minutes, t) => {
    const hours = minutes / 60;
    const hour = ((from - START) / HOUR) % 24;
    const slot = {
      ...{ from, hours, priceKnown: from < START + 34 * HOUR, exportPrice: 0.07, co2GramsPerKwh: 300 },
      importPrice: 0.25 + 0.1 * Math.sin(((hour - 6) / 24) * 4 * Math.PI) + 0.02 * chance() + t * 1e-5,
      loadKwh: (0.3 + 0.4 * chance()) * hours,
      pvKwh: (hour > 8 && hour < 16 ? 5 * Math.sin(((hour - 8) / 8) * Math.PI) : 0) * hours,
    };
    from += minutes * 60_000;
    return slot;
  });
  const base = { ...house(1), slots, house: { fuseKw: 17 + count * 0.3, peak: { perKw: 3, soFarKw: 4 } } };
  const devices = Array.from({ length: count }, (_, i) => {
    const kind = mix[i % mix.length] ?? "room";
    const tooMany = (kind === "battery" && i >= 20) || (kind === "car" && i >= 30);
    return deviceOf(tooMany ? "room" : kind, i, base, chance);
  });
  return withDevices(base, ...devices, panels(base));
}
