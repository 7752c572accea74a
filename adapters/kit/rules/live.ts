import { sameValue, truthOf } from "../bench.ts";
import type { Device, Said } from "../firmware.ts";
import { LiveBench, until } from "../live-bench.ts";
import { type Rule, shown, type Trial, who } from "../trial.ts";

const A_SECOND = 1000;
/** Every tenth of a second so many, as a house full of devices would. */
const BATCH = 100;

type Step = (live: LiveBench, device: Device, announced: readonly Said[]) => Promise<void>;

/** Opens a broker, a device of the first model and a hub, and closes all of it whatever happens. */
async function onBroker(trial: Trial, step: Step): Promise<void> {
  const { openBroker } = trial.context;
  const [first] = trial.models();
  if (!openBroker || !first) return;
  const live = await LiveBench.open({ ...trial.context, openBroker });
  const device = first[1](who(1));
  const announced = trial.bench("live").announcement([device]);
  try {
    await live.plugIn([device]);
    await live.say(announced);
    await live.listen();
    // What is not retained is said to a hub that listens.
    await live.say(announced.filter((s) => !s.retained));
    await live.say(device.reports);
    await step(live, device, announced);
  } finally {
    await live.close();
  }
}

/** Whether all values of the device have arrived and are right. */
function allThere(live: LiveBench, device: Device): boolean {
  const [node] = live.devices();
  return Object.entries(truthOf(device.reports)).every(([path, value]) =>
    sameValue(live.values.get(`${node?.id}/${path}`)?.value, value),
  );
}

export const live: readonly Rule[] = [
  {
    id: "live.reconnect",
    grade: "gold",
    title: "Through a real broker that restarts: found, back by itself, the same node, its values again",
    fix: "See time.reconnect; ask for what is not retained when the device says that it is online.",
    live: true,
    run: (trial) =>
      onBroker(trial, async (live, device, announced) => {
        trial.expect(await until(() => allThere(live, device)), () => "not all values arrived");
        await live.broker.restart();
        trial.expect(await until(() => live.connected()), () => "the device did not come back to the broker");
        live.values.clear();
        const back = await until(() => {
          void live.say([...announced, ...device.reports]);
          return allThere(live, device);
        });
        trial.expect(back, () => "not all values arrived again after the broker's restart");
        trial.expect(
          live.devices().length === 1 && live.gone.length === 0,
          () => `${live.devices().length} nodes, ${live.gone.length} gone`,
        );
      }),
  },
  {
    id: "live.command",
    grade: "silver",
    title: "Through a real broker: commands arrive at the device, with QoS 1 and not retained",
    fix: "See commands.wire and commands.careful.",
    needs: "orders",
    live: true,
    run: (trial) =>
      onBroker(trial, async (live, device) => {
        trial.expect(await until(() => allThere(live, device)), () => "not all values arrived");
        const [node] = live.devices();
        for (const order of device.orders ?? []) {
          if (!node) return;
          const sent = await live.send(node, order.command, order.args);
          trial.expect(sent.ok, () => `${order.command}: ${sent.ok ? "" : sent.reason}`);
          for (const { topic } of order.wire) {
            const there = await until(() => live.arrived.some((a) => a.topic === topic && a.qos === 1 && !a.retain));
            trial.expect(
              there,
              () => `${order.command}: nothing came on ${topic} with QoS 1: ${shown(live.arrived.at(-1))}`,
            );
          }
        }
      }),
  },
  {
    id: "live.flood",
    grade: "gold",
    title: "Through a real broker: 1,000 messages a second are all read",
    fix: "See limits.speed.",
    live: true,
    run: (trial) => onBroker(trial, (live, device) => flood(trial, live, device)),
  },
];

async function flood(trial: Trial, live: LiveBench, device: Device): Promise<void> {
  trial.expect(await until(() => allThere(live, device)), () => "not all values arrived");
  const total = trial.context.sizes.seconds * A_SECOND;
  const each = Math.max(1, Math.floor(truthCount(device) / device.reports.length));
  live.readings = 0;
  const from = performance.now();
  for (let batch = 0; batch < total / BATCH; batch += 1) {
    const messages = Array.from({ length: BATCH }, (_, n) => device.reports[n % device.reports.length]);
    await live.say(
      messages.flatMap((m) => (m ? [m] : [])),
      0,
    );
    const due = from + ((batch + 1) * BATCH * 1000) / A_SECOND;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, due - performance.now())));
  }
  const all = await until(() => live.readings >= total * each);
  const seconds = (performance.now() - from) / 1000;
  trial.expect(all, () => `${live.readings} readings after ${seconds.toFixed(1)} s; ${total * each} were said`);
}

const truthCount = (device: Device): number =>
  device.reports.reduce((sum, r) => sum + Object.values(r.says).reduce((n, t) => n + Object.keys(t).length, 0), 0);
