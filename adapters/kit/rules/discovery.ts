import { truthOf } from "../bench.ts";
import { type Rule, who } from "../trial.ts";

const NOW = 1_767_225_600_000;

export const discovery: readonly Rule[] = [
  {
    id: "discovery.found",
    grade: "bronze",
    title: "A device that comes up becomes one node with its name and kinds",
    fix: "Return the node from decode() as soon as the device has said what it is; name it as people named it, and give each endpoint its device types.",
    run(trial) {
      for (const { bench, node, device } of trial.grown(trial.declared())) {
        trial.expect(bench.devices.size === 1, () => `${device.name} became ${bench.devices.size} nodes`);
        const found = bench.nodes.get(node);
        trial.expect(found?.name === device.name, () => `the node is called "${found?.name}", not "${device.name}"`);
        for (const [number, types] of Object.entries(device.deviceTypes)) {
          const endpoint = found?.endpoints.find((e) => String(e.number) === number);
          for (const type of types)
            trial.expect(
              endpoint?.deviceTypes.includes(type) === true,
              () => `endpoint ${number} is ${endpoint?.deviceTypes.join(", ") ?? "not there"}; it must be a ${type}`,
            );
        }
      }
    },
  },
  {
    id: "discovery.sound",
    grade: "bronze",
    title: "Every description is one that the house knows: ids, endpoints, device types, capabilities, sources",
    fix: "Build descriptions with Draft; take names of device types and capabilities from the model.",
    run(trial) {
      trial.looked += 1;
      for (const breach of trial.context.ledger.of("discovery.sound")) trial.fail(breach);
    },
  },
  {
    id: "discovery.any-order",
    grade: "silver",
    title: "Values that come before the description are read once it is there",
    fix: "Return undefined for messages of devices that you do not know yet: the hub keeps them and offers them again.",
    run(trial) {
      for (const [label, make] of trial.models()) {
        const device = make(who(1));
        const bench = trial.bench(label);
        const announced = bench.announcement([device]);
        // All at once, as a broker hands out what it kept.
        bench.hear([...device.reports, ...announced], { at: NOW });
        const node = bench.nodeOf(device);
        if (!trial.expect(node !== undefined, () => `${label}: no node`) || node === undefined) continue;
        for (const path of Object.keys(truthOf(device.reports)))
          trial.expect(bench.value(node, path) !== undefined, () => `${label}: ${path} was lost`);
      }
    },
  },
  {
    id: "discovery.modest",
    grade: "bronze",
    title: "Other makers' messages are left to others",
    fix: "Return undefined from decode() unless the topic belongs to a device that you know, or is your own announcement.",
    run(trial) {
      const { dialect } = trial.context;
      const strangers = [
        ["home/kitchen/temperature", "21.5"],
        ["kit/never/heard", '{"state":"ON","power":5}'],
        ["kit/never/heard/state", '{"on":true}'],
        ["kit/never/heard/info", "[]"],
        ["kit/never/heard/status", "online"],
        ["a", ""],
        ["homeassistant/sensor/x/config", '{"name":"x","state_topic":"x/y"}'],
      ] as const;
      for (const [topic, payload] of strangers) {
        const session = dialect.open("kit");
        let claimed = true;
        try {
          claimed = session.decode({ topic, payload, retained: false, at: 0 }) !== undefined;
        } catch {
          // Counted below as claimed: who throws has not left it to others.
        }
        trial.expect(!claimed || isOwn(dialect.name, topic), () => `it took "${topic}", which is nobody's it knows`);
      }
    },
  },
];

/** The dialect that reads everybody's discovery under this prefix. */
const isOwn = (dialect: string, topic: string): boolean =>
  topic.startsWith("homeassistant/") && dialect.startsWith("ha-");
