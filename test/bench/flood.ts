/**
 * A house full of retained topics at connect, from a broker in a process of its own, into the link, the dialects and the step:
 * `mixed` (10,000 topics and a Zigbee2MQTT list of 200 devices), `configs` (10,000 Home Assistant configs of the size that
 * bridges write, for 400 devices, with their states) and `list` (one Zigbee2MQTT list of 1 MB, and 10,000 states). Prints how
 * long each took and the longest turns of the loop.
 *   npx esbuild test/bench/flood.ts --bundle --platform=node --format=esm --packages=external --outfile=.data/bench/flood.mjs && node .data/bench/flood.mjs
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { Aedes } from "aedes";
import mqtt from "mqtt";
import { dialects } from "../../adapters/mqtt/dialects/index.ts";
import { createMqtt } from "../../adapters/mqtt/link.ts";
import { emptyState, step } from "../../hub/step.ts";
import { turnsInWords, watchTurns } from "./support/turns.ts";

const TOPICS = 10_000;
const ZIGBEE = 200;

const exposes = ["power", "voltage", "current", "energy", "temperature", "humidity", "linkquality"].map((name) => ({
  ...{ type: "numeric", name, property: name, access: 1, label: name },
  unit: { power: "W", voltage: "V", current: "A", energy: "kWh", temperature: "°C", humidity: "%" }[name] ?? "lqi",
}));
const flat = {
  ...{ name: "flat", importPerKwh: 0.3, exportPerKwh: 0, standingPerDay: 0, co2GPerKwh: 0 },
  importBands: [],
  co2Bands: [],
};
const zigbee = (n: number) => ({
  ieee_address: `0x00158d00bbcd${String(n).padStart(4, "0")}`,
  friendly_name: `z ${n}`,
  type: "Router",
  supported: true,
  interview_completed: true,
  definition: { vendor: "Bench", model: "B-1", description: "plug", exposes },
});
const config = (n: number) => ({
  ...{
    name: `S ${n}`,
    uniq_id: `ha${n}`,
    stat_t: `ha/${n % 400}/state`,
    val_tpl: `{{ value_json.v${n} }}`,
    unit_of_meas: "W",
  },
  ...{ dev_cla: "power", dev: { ids: [`ha${n % 400}`], name: `HA ${n % 400}`, mf: "Bench", mdl: "H" } },
});

/** As a bridge writes them: about a kilobyte, 25 to a device, all of one state topic. */
const bridged = (n: number) => ({
  availability: [
    { topic: "zb/bridge/state", value_template: "{{ value_json.state }}" },
    { topic: `zb/d ${n % 400}/availability`, value_template: "{{ value_json.state }}" },
  ],
  availability_mode: "all",
  device: {
    ...{ identifiers: [`zigbee2mqtt_0x00158d00cc${String(n % 400).padStart(6, "0")}`], name: `d ${n % 400}` },
    ...{
      manufacturer: "Bench",
      model: "A plug with many meters (B-1)",
      sw_version: "1.2.3",
      via_device: "bench bridge",
    },
  },
  ...{ default_entity_id: `sensor.d_${n % 400}_v${n}`, enabled_by_default: true, entity_category: "diagnostic" },
  ...{ object_id: `d_${n % 400}_v${n}`, origin: { name: "Bench", sw: "2.0.0", url: "https://bench.example" } },
  json_attributes_topic: `zb/d ${n % 400}`,
  ...{ device_class: "power", state_class: "measurement", unit_of_measurement: "W", state_topic: `zb/d ${n % 400}` },
  unique_id: `d_${n % 400}_v${n}_bench`,
  value_template: `{{ value_json['v${n}'] | round(2) }}`,
});

const many = (n: number) => ({
  ...zigbee(n),
  definition: {
    ...{ vendor: "Bench", model: "B-9", description: "everything" },
    exposes: Array.from({ length: 30 }, (_, i) => ({
      ...{ type: "numeric", name: `value_${i}`, property: `value_${i}`, label: `Value ${i}`, access: 7, unit: "W" },
      ...{ value_min: 0, value_max: 1000 + i, value_step: 0.5, description: `What the ${i}th meter says of itself` },
    })),
  },
});

type Mode = "mixed" | "configs" | "list";
const MODES: readonly Mode[] = ["mixed", "configs", "list"];

function messageOf(mode: Mode, n: number): readonly [topic: string, body: unknown] {
  switch (mode) {
    case "mixed":
      return mixed(n);
    case "configs":
      if (n < TOPICS - 400) return [`homeassistant/sensor/d${n % 400}/v${n}/config`, bridged(n)];
      return [
        `zb/d ${n % 400}`,
        Object.fromEntries(Array.from({ length: 25 }, (_, i) => [`v${(n % 400) + 400 * i}`, i])),
      ];
    case "list":
      if (n === 0) return ["zigbee2mqtt/bridge/devices", Array.from({ length: ZIGBEE }, (_, i) => many(i))];
      if (n <= ZIGBEE)
        return [`zigbee2mqtt/z ${n - 1}`, Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`value_${i}`, i]))];
      return [`zigbee2mqtt/z ${n % ZIGBEE}/part_${n}`, n];
  }
}

function mixed(n: number): readonly [topic: string, body: unknown] {
  if (n === 0) return ["zigbee2mqtt/bridge/devices", Array.from({ length: ZIGBEE }, (_, i) => zigbee(i))];
  if (n <= ZIGBEE)
    return [`zigbee2mqtt/z ${n - 1}`, { power: n, voltage: 230, current: 1, energy: n, temperature: 20 }];
  if (n % 4 === 0) return [`homeassistant/sensor/ha${n}/config`, config(n)];
  if (n < 1100) return [`ha/${n % 400}/state`, Object.fromEntries(Array.from({ length: 20 }, (_, i) => [`v${i}`, i]))];
  return [`noise/${n % 97}/${n}`, { a: 1, b: "text" }];
}

/** The broker's side, in the child process. */
async function broker(mode: Mode): Promise<void> {
  const aedes = await Aedes.createBroker();
  const server = createServer(aedes.handle);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const port = typeof address === "object" && address ? address.port : 0;
  const client = await mqtt.connectAsync(`mqtt://127.0.0.1:${port}`);
  for (let n = 0; n < TOPICS; n += 1) {
    const [topic, body] = messageOf(mode, n);
    await client.publishAsync(topic, JSON.stringify(body), { retain: true });
  }
  process.send?.(port);
}

async function hub(mode: Mode): Promise<void> {
  const child = spawn(process.execPath, [process.argv[1] ?? "", "broker", mode], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [port] = (await once(child, "message")) as [number];
  const log = { info() {}, warn() {}, error: console.error };
  const state = emptyState({ name: "Bench", timeZone: "UTC", latitude: 0, longitude: 0, currency: "EUR" }, flat);
  const own = { name: "bench", url: `mqtt://127.0.0.1:${port}` };
  const adapter = createMqtt({ hubId: "bench", dialects, log, clock: { now: () => Date.now() }, own });
  // A hub has spoken MQTT before: loading the library is not what is measured.
  const before = await mqtt.connectAsync(own.url, { writeCache: false });
  await before.endAsync();
  const turns = watchTurns();
  const from = performance.now();
  await adapter.start((input) => void step(state, input, Date.now()));
  let messages = -1;
  while (messages !== (adapter.brokers()[0]?.messages ?? 0)) {
    messages = adapter.brokers()[0]?.messages ?? 0;
    await new Promise((resolve) => setTimeout(resolve, 400));
  }
  const words = turnsInWords(turns());
  const took = (performance.now() - from - 400).toFixed(0);
  const values = [...state.home.nodes.values()].reduce((sum, node) => sum + node.values.size, 0);
  console.log(`${mode}: ${messages} messages in ${took} ms, ${state.home.nodes.size} devices, ${values} values`);
  console.log(words);
  await adapter.stop();
  child.kill();
}

const modeOf = (word: string | undefined): Mode => MODES.find((mode) => mode === word) ?? "mixed";
if (process.argv[2] === "broker") await broker(modeOf(process.argv[3]));
else for (const mode of process.argv[2] ? [modeOf(process.argv[2])] : MODES) await hub(mode);
