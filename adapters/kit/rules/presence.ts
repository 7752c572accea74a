import { readingsOf, truthOf } from "../bench.ts";
import type { Device, Said } from "../firmware.ts";
import { type Rule, type Trial, who } from "../trial.ts";

const HOUR_S = 3600;

export const presence: readonly Rule[] = [
  {
    id: "presence.will",
    grade: "bronze",
    title: "The last will makes the device unreachable, and its return reachable",
    fix: "Return `reachable` for the device's own will (or its bridge's word for it), in both directions.",
    needs: "presence",
    run(trial) {
      for (const { bench, node, device } of trial.grown()) {
        if (!device.offline || !device.online) continue;
        for (const nth of [1, 2]) {
          bench.hear(device.offline);
          trial.expect(
            bench.reachable.get(node) === false,
            () => `dead (${nth}) and still ${words(bench.reachable.get(node))}`,
          );
          bench.hear(device.online);
          trial.expect(
            bench.reachable.get(node) === true,
            () => `back (${nth}) and still ${words(bench.reachable.get(node))}`,
          );
        }
      }
    },
  },
  {
    id: "presence.dead-at-start",
    grade: "silver",
    title: "A device that was dead before the hub started is known as dead, whichever message comes first",
    fix: "Remember a will that comes before the description, and tell it with the node.",
    needs: "presence",
    run(trial) {
      for (const [label, make] of trial.models()) deadAtStart(trial, label, make(who(1)));
    },
  },
  {
    id: "presence.values-stay",
    grade: "silver",
    title: "A device that dies keeps its last values; they are not set to zero",
    fix: "Only tell reachable: false; the hub shows the values as old.",
    needs: "presence",
    run(trial) {
      for (const { bench, node, device } of trial.grown()) {
        const truth = truthOf(device.reports);
        trial.silent("its last will", bench.hear(device.offline ?? []), node, truth);
      }
    },
  },
  {
    id: "presence.asleep",
    grade: "silver",
    title: "A device that sleeps for hours is not called silent after minutes",
    fix: "Give battery devices a silentAfterS of about 25 hours, or none.",
    run(trial) {
      trial.looked += 1;
      for (const { bench, node, device } of trial.grown()) {
        const silent = bench.nodes.get(node)?.silentAfterS;
        if (!device.sleeps || silent === undefined) continue;
        trial.expect(silent >= 6 * HOUR_S, () => `${device.name} counts as silent after ${silent} s`);
      }
    },
  },
  {
    id: "life.removed",
    grade: "silver",
    title: "A device that its maker removed is gone, takes no commands, and is the same node if it comes back",
    fix: "Return its id in `gone` and forget its topics; make the id from the address, so that it comes back as itself.",
    needs: "removed",
    run(trial) {
      for (const { bench, node, device } of trial.grown()) {
        const said = removalOf(trial, device);
        if (said.length === 0) continue;
        bench.unplug();
        bench.hear(said);
        trial.expect(!bench.nodes.has(node), () => `${device.name} was removed and is still there`);
        const late = readingsOf(bench.hear(device.reports), node);
        trial.expect(late.size === 0, () => `${device.name} was removed and its values are still read`);
        for (const order of device.orders ?? [])
          trial.expect(!bench.encode(node, order.command, order.args).ok, () => `${order.command} is still taken`);
        bench.plug(device);
        const back = bench.nodeOf(device);
        trial.expect(back === node, () => `${node} came back as ${back}`);
        trial.holds(`${device.name}, back`, bench.hear(device.reports), node, truthOf(device.reports));
      }
    },
  },
];

const words = (reachable: boolean | undefined): string =>
  reachable === undefined ? "of unknown reach" : reachable ? "reachable" : "unreachable";

/** What says that a device was removed; where a bridge lists all devices, the list without it. */
const removalOf = (trial: Trial, device: Device): readonly Said[] =>
  device.removed ?? (device.card === undefined ? [] : (trial.context.firmware.bridge?.([]) ?? []));

/** Of what the device said while it lived only the retained messages are left, and its last will. */
function deadAtStart(trial: Trial, label: string, device: Device): void {
  const { offline = [] } = device;
  if (offline.length === 0) return;
  const wills = new Set(offline.map((s) => s.topic));
  for (const willFirst of [true, false]) {
    const bench = trial.bench(label);
    const kept = bench.announcement([device]).filter((s) => s.retained && !wills.has(s.topic));
    bench.hear(willFirst ? offline : kept, { retained: true });
    bench.hear(willFirst ? kept : offline, { retained: true });
    trial.looked += 1;
    const node = bench.nodeOf(device);
    if (node === undefined) continue;
    const reach = bench.reachable.get(node);
    trial.expect(
      reach === false,
      () => `${label}: with its will ${willFirst ? "first" : "last"} it is ${words(reach)}`,
    );
  }
}
