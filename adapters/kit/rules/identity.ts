import type { NodeDescription } from "../../../hub/model/node.ts";
import { readingsOf, truthOf } from "../bench.ts";
import type { Device, Who } from "../firmware.ts";
import { type Rule, shown, type Trial, truthIn, who } from "../trial.ts";

/** What history and rules hang on: the endpoints and what is on them. */
const shapeOf = (node: NodeDescription | undefined): string =>
  (node?.endpoints ?? [])
    .flatMap((e) =>
      Object.entries(e.capabilities).flatMap(([capability, { attributes, commands }]) => [
        ...Object.keys(attributes).map((name) => `${e.number}/${capability}.${name}`),
        ...Object.keys(commands).map((name) => `${e.number}/${capability}.${name}()`),
      ]),
    )
    .sort()
    .join(" ");

export const identity: readonly Rule[] = [
  {
    id: "identity.restart",
    grade: "bronze",
    title: "Node ids and endpoint numbers are the same after a restart, in whatever order messages come",
    fix: "Make the id from the device's own address (identify), and endpoint numbers from the device's own numbering or namedEndpoint(name), never from a count of what was seen so far.",
    run(trial) {
      for (const [label, make] of trial.models()) {
        const device = make(who(1));
        const first = trial.grow(label, device);
        const bench = trial.bench(label);
        const other = make(who(2));
        bench.plug(other, device);
        bench.hear(other.reports);
        bench.hear([...device.reports].reverse());
        if (!first) continue;
        // Some makers' devices all have the same name; whether they are told apart, another rule looks at.
        const nameless = device.name === other.name && bench.nodes.has(first.node);
        const again = nameless ? first.node : bench.nodeOf(device);
        trial.expect(again === first.node, () => `${label}: ${first.node} was called ${again} after a restart`);
        const [before, after] = [first.bench.nodes.get(first.node), bench.nodes.get(again ?? "")].map(shapeOf);
        trial.expect(before === after, () => `${label}: after a restart ${after}; before ${before}`);
      }
    },
  },
  {
    id: "identity.rename",
    grade: "silver",
    title: "A renamed device is the same node: history stays, old topics are over, commands go to the new ones",
    fix: "Find the device by its address when it announces itself again; forget the topics that it had before.",
    needs: "names",
    run(trial) {
      for (const [label, make] of trial.models()) rename(trial, label, make);
    },
  },
  {
    id: "identity.twice",
    grade: "bronze",
    title: "A device that is announced twice is one node",
    fix: "Look the device up by its address before you make a new one.",
    run(trial) {
      for (const [label, make] of trial.models()) {
        const grown = trial.grow(label, make(who(1)), make(who(1)));
        if (!grown) continue;
        grown.bench.plug(grown.device);
        trial.expect(
          grown.bench.devices.size === 1,
          () => `${label}: ${[...grown.bench.devices.keys()].join(" and ")}`,
        );
      }
    },
  },
  {
    id: "identity.two-devices",
    grade: "bronze",
    title: "Two devices of one model are two nodes, and neither hears the other's messages",
    fix: "Keep devices apart by their address and their own topics.",
    run(trial) {
      for (const [label, make] of trial.models()) twoDevices(trial, label, make(who(1)), make(who(2)));
    },
  },
  {
    id: "identity.same-name",
    grade: "silver",
    title: "Two devices that people gave the same name are two nodes",
    fix: "A name is for people: make the id from the address alone.",
    run(trial) {
      trial.looked += 1;
      for (const [label, make] of trial.models()) {
        const devices = [make(who(1, "twin")), make(who(2, "twin"))];
        // Where the name is in the topics, the maker's own bridge or broker allows it only once.
        if (new Set(devices.flatMap((d) => d.reports[0]?.topic ?? [])).size < 2) continue;
        const bench = trial.bench(label);
        bench.plug(...devices);
        for (const device of devices) bench.hear(device.reports);
        trial.expect(
          bench.devices.size === 2,
          () => `${label}: two devices named "twin" became ${bench.devices.size} nodes`,
        );
      }
    },
  },
];

function rename(trial: Trial, label: string, make: (who: Who) => Device): void {
  const grown = trial.grow(label, make(who(1, "before")));
  if (!grown) return;
  const { bench, node, device } = grown;
  const renamed = make(who(1, "after"));
  bench.plug(renamed);
  const heard = bench.hear(renamed.reports);
  trial.expect(
    bench.devices.size === 1 && bench.nodes.has(node),
    () => `${label}: ${node} became ${[...bench.devices.keys()].join(", ")}`,
  );
  const name = bench.nodes.get(node)?.name;
  trial.expect(name === renamed.name, () => `${label}: it is still called "${name}", not "${renamed.name}"`);
  trial.holds(`${label}, renamed`, heard, node, truthOf(renamed.reports));
  const topics = new Set(renamed.reports.map((r) => r.topic));
  const stale = device.reports.filter((r) => !topics.has(r.topic));
  const late = readingsOf(bench.hear(stale), node);
  trial.expect(late.size === 0, () => `${label}: messages on the old topic ${stale[0]?.topic} still count for it`);
  for (const order of renamed.orders ?? []) {
    const encoded = bench.encode(node, order.command, order.args);
    const topic = encoded.ok ? encoded.publish[0]?.topic : undefined;
    const right = order.wire[0]?.topic;
    trial.expect(topic === right, () => `${label}: ${order.command} goes to ${shown(topic)}, not to ${right}`);
  }
}

function twoDevices(trial: Trial, label: string, one: Device, two: Device): void {
  const bench = trial.bench(label);
  bench.plug(one, two);
  for (const device of [one, two]) bench.hear(device.reports);
  // Alone each has the id that it has in company; names may be the same.
  const [first = "", second = ""] = [one, two].map((d) => trial.grow(label, d)?.node);
  const both = first !== second && bench.devices.has(first) && bench.devices.has(second);
  const found = [...bench.devices.keys()].join(" and ");
  if (!trial.expect(both && bench.devices.size === 2, () => `${label}: ${found}; alone ${first} and ${second}`)) return;
  for (const report of two.reports) {
    const heard = bench.hear([report]);
    trial.expect(readingsOf(heard, first).size === 0, () => `${label}: ${report.topic} counts for both devices`);
    trial.holds(`${label}, second device`, heard, second, truthIn(report));
  }
  for (const order of one.orders ?? []) {
    const topics = [first, second].map((node) => {
      const encoded = bench.encode(node, order.command, order.args);
      return encoded.ok ? encoded.publish.map((p) => `${p.topic} ${p.payload}`).join(" ") : encoded.reason;
    });
    trial.expect(topics[0] !== topics[1], () => `${label}: ${order.command} goes to ${topics[0]} for both devices`);
  }
}
