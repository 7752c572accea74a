import type { NodeDescription } from "../../../hub/model/node.ts";
import type { NodeId } from "../../../hub/model/path.ts";
import { type Heard, readingsOf, truthOf } from "../bench.ts";
import type { Report } from "../firmware.ts";
import { type Rule, type Trial, truthIn } from "../trial.ts";

const YEAR = 365 * 86_400_000;
const NOW = 1_767_225_600_000;

const tellsAll = (heard: Heard, node: NodeId, report: Report): boolean => {
  const readings = readingsOf(heard, node);
  return Object.keys(truthIn(report)).every((path) => readings.has(path));
};

export const time: readonly Rule[] = [
  {
    id: "time.event",
    grade: "bronze",
    title: "Each press of a button is told, also when it is the same again",
    fix: "Make a reading of each event message; do not compare it with the last one.",
    needs: "events",
    run(trial) {
      for (const { bench, node, device } of trial.grown(trial.declared()))
        for (const event of device.events ?? [])
          for (const nth of ["first", "second"]) {
            const heard = bench.hear([event], { retained: false });
            trial.holds(`${event.topic}, ${nth} time`, heard, node, truthIn(event), false);
          }
    },
  },
  {
    id: "time.retained-event",
    grade: "bronze",
    title: "A retained event is over: it is not told as if it happened now",
    fix: "Mark the property `event: true`, or leave event messages out when `message.retained`.",
    needs: "events",
    run(trial) {
      for (const { bench, node, device } of trial.grown())
        for (const event of device.events ?? []) {
          bench.hear([event], { retained: false });
          trial.silent(`${event.topic}, retained`, bench.hear([event], { retained: true }), node, truthIn(event));
        }
    },
  },
  {
    id: "time.retained-value",
    grade: "bronze",
    title: "A retained value is read, and counts as of unknown age",
    fix: "Read retained messages like others and leave their age to the hub.",
    run(trial) {
      for (const { bench, node, device } of trial.grown())
        for (const report of device.reports) {
          const heard = bench.hear([report], { retained: true });
          trial.holds(`${report.topic}, retained`, heard, node, truthIn(report));
          for (const [path, reading] of readingsOf(heard, node))
            trial.expect(reading.ageUnknown === true, () => `${path} passes for fresh`);
        }
    },
  },
  {
    id: "time.reconnect",
    grade: "silver",
    title: "After a lost connection everything comes again and nothing changes",
    fix: "Take announcements and states that you know already as what they are: no new node, no removal, the same endpoints.",
    run: reconnect,
  },
  {
    id: "time.clock-jump",
    grade: "gold",
    title: "A clock that jumps, ahead or back, changes no value and loses no message",
    fix: "Do not compare the times of messages to decide which ones to read.",
    run(trial) {
      for (const { bench, node, device } of trial.grown())
        for (const at of [NOW + 10 * YEAR, NOW - YEAR, 0, NOW])
          for (const report of device.reports) {
            const heard = bench.hear([report], { at });
            trial.expect(
              tellsAll(heard, node, report),
              () => `${report.topic} at ${new Date(at).toISOString()} is not read`,
            );
            trial.holds(`${report.topic} at another time`, heard, node, truthIn(report));
          }
    },
  },
];

const shapeOf = (node: NodeDescription | undefined): string =>
  JSON.stringify(node?.endpoints.map((e) => [e.number, Object.keys(e.capabilities).sort(), e.deviceTypes]));

function reconnect(trial: Trial): void {
  for (const { bench, node, device } of trial.grown()) {
    const before = shapeOf(bench.nodes.get(node));
    const heard = bench.hear([...bench.announcement([device]), ...device.reports], { retained: true });
    trial.expect(heard.gone.length === 0, () => `${device.name} was taken as removed`);
    trial.expect(bench.devices.size === 1, () => `there are ${bench.devices.size} nodes`);
    const after = shapeOf(bench.nodes.get(node));
    trial.expect(before === after, () => `it is described otherwise: ${after}; before ${before}`);
    trial.holds(`${device.name} after a reconnect`, heard, node, truthOf(device.reports));
  }
}
