/** Builds the endpoints of a Z-Wave node out of its values: one line a command class. */
import { Bench } from "./bench.ts";
import type { Entry, ZwaveNode } from "./device.ts";
import { binaryOf, meterOf, notificationOf } from "./sensors.ts";
import { battery, lock, measured, scene, sensor, thermostat } from "./states.ts";
import { barrier, binarySwitch, colour, covering, level } from "./things.ts";

const classes = new Map<number | string, (b: Bench, entry: Entry) => void>([
  [37, binarySwitch],
  [38, level],
  [48, (b, entry) => measured(b, entry, binaryOf(entry.name.property))],
  [49, sensor],
  [50, (b, entry) => measured(b, entry, meterOf(entry.name.key ?? "", entry.meta))],
  [51, colour],
  [64, thermostat],
  [66, thermostat],
  [67, thermostat],
  [91, scene],
  [98, lock],
  [102, barrier],
  [106, covering],
  [113, (b, entry) => measured(b, entry, notificationOf(entry.name.property, entry.name.key ?? ""))],
  [128, battery],
]);

export function rebuild(node: ZwaveNode): void {
  const bench = new Bench(node);
  for (const entry of node.entries.values()) {
    const make = classes.get(entry.name.cc);
    if (make) make(bench, entry);
    else bench.own(entry);
  }
  node.built = bench.draft.build();
  node.changed = false;
}
