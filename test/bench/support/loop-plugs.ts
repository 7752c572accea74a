/** Plugs that tell of themselves by Home Assistant's discovery: each with a switch and its power, told anew every ten seconds. */
import { connect } from "mqtt";

export const PLUGS = 80;
const EVERY_MS = 10_000;

const base = (n: number): string => `bench/plug-${n}`;
export const plugName = (n: number): string => `Bench plug ${n}`;

function describe(n: number): readonly (readonly [topic: string, payload: object])[] {
  const device = { identifiers: [`bench-plug-${n}`], name: plugName(n), model: "Plug" };
  const onOff = {
    ...{ name: null, unique_id: `bench-plug-${n}-switch`, device, state_topic: `${base(n)}/state` },
    ...{ command_topic: `${base(n)}/set`, payload_on: "ON", payload_off: "OFF" },
  };
  const power = {
    ...{ name: "Power", unique_id: `bench-plug-${n}-power`, device, state_topic: `${base(n)}/power` },
    ...{ device_class: "power", unit_of_measurement: "W", state_class: "measurement" },
  };
  return [
    [`homeassistant/switch/bench-plug-${n}/config`, onOff],
    [`homeassistant/sensor/bench-plug-${n}-power/config`, power],
  ];
}

/** Resolves when all have told what they are and how they stand. */
export async function publishPlugs(url: string): Promise<{ end(): Promise<void> }> {
  const client = connect(url, { clientId: "bench-plugs" });
  const all = Array.from({ length: PLUGS }, (_, n) => n);
  await new Promise<void>((done, failed) => client.once("connect", () => done()).once("error", failed));
  for (const [topic, payload] of all.flatMap(describe))
    await client.publishAsync(topic, JSON.stringify(payload), { retain: true, qos: 1 });
  let round = 0;
  const tell = async (): Promise<void> => {
    round++;
    for (const n of all) {
      await client.publishAsync(`${base(n)}/state`, "OFF", { retain: true, qos: 1 });
      await client.publishAsync(`${base(n)}/power`, ((n * 7 + round * 13) % 90).toFixed(1), { retain: true, qos: 1 });
    }
  };
  await tell();
  const timer = setInterval(() => tell().catch(() => undefined), EVERY_MS);
  return {
    async end() {
      clearInterval(timer);
      await client.endAsync(true);
    },
  };
}
