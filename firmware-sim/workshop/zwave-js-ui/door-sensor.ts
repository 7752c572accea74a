import { z } from "zod";
import { unit } from "../../random.ts";
import { kind } from "../kind.ts";
import { cell } from "../things/air.ts";
import { airTemperature, battery, node } from "./node.ts";
import { placed } from "./settings.ts";
import type { NodeValue } from "./value.ts";

const options = z.strictObject({
  ...placed,
  celsius: z.number().min(-20).max(40).default(17).describe("what it is like around it, degC"),
  sleep: z.number().min(10).max(86_400).default(300).describe("wake-up interval, s"),
});

/** A door contact on a battery: tells the door at once, everything else when it wakes. */
export const doorSensor = kind(
  "door",
  "door contact: sleeps, tells door and battery",
  options,
  (entry, { celsius, sleep, location }) => {
    let open = false;
    let next = 20;
    let moves = 0;
    const door: NodeValue = {
      commandClass: 113,
      property: "Access Control",
      propertyKey: "Door state (simple)",
      propertyKeyName: "Door state (simple)",
      label: "Door state (simple)",
      type: "number",
      min: 0,
      max: 255,
      states: { 22: "Window/door is open", 23: "Window/door is closed" },
      ccSpecific: { notificationType: 6 },
      get: () => (open ? 22 : 23),
    };
    return node(entry, location, {
      manufacturer: "Fibargroup",
      manufacturerId: 271,
      productId: 4096,
      productType: 1794,
      label: "FGDW002",
      description: "Door Window Sensor 2",
      wakesEvery: sleep,
      values: [door, airTemperature(entry.seed, celsius), ...battery((now) => cell(entry.seed, now))],
      step(_seconds, now) {
        if (now.elapsed < next) return [];
        open = !open;
        moves += 1;
        next = now.elapsed + 10 + 60 * unit(entry.seed, 42, moves);
        return [door];
      },
    });
  },
);
