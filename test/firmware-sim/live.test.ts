import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { type RunningBroker, startBroker } from "../../hub/broker/start.ts";
import { openBrokerStore } from "../../hub/storage/broker-store.ts";
import { listeningLog } from "../storage/support.ts";

const root = join(import.meta.dirname, "../..");
// Inside the tree, because the bundle finds its packages from where it lies.
mkdirSync(join(root, ".data"), { recursive: true });
const bundles = mkdtempSync(join(root, ".data", "test-firmware-sim-"));
const bundle = join(bundles, "firmware-sim.mjs");
const folder = mkdtempSync(join(tmpdir(), "sim-live-"));

let broker: RunningBroker;
let store: ReturnType<typeof openBrokerStore>;
let hub: MqttClient;
let sim: ChildProcess;
let stdout = "";
const heard: { topic: string; payload: string }[] = [];
let url = "";

function last(topic: string): string | undefined {
  return heard.findLast((one) => one.topic === topic)?.payload;
}

/** Messages on a topic since a moment. */
function heardFrom(index: number, topic: string): string[] {
  return heard.slice(index).flatMap((one) => (one.topic === topic ? [one.payload] : []));
}

const patience = { timeout: 45_000, interval: 50 };

/** The program as it is shipped, with its pipe held open. */
function start(args: readonly string[]): ChildProcess {
  return spawn(process.execPath, [bundle, "live", "--home", "demo", "--seed", "5", "--mqtt", url, ...args], {
    stdio: ["pipe", "pipe", "inherit"],
  });
}

async function exited(child: ChildProcess): Promise<number | null> {
  if (child.exitCode !== null) return child.exitCode;
  return new Promise((resolve) => child.once("exit", resolve));
}

beforeAll(async () => {
  await build({
    entryPoints: [join(root, "firmware-sim/main.ts")],
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    outfile: bundle,
    logLevel: "error",
  });
  // The hub's own: bare aedes loses a retained message now and then that another one overtakes.
  store = openBrokerStore(join(folder, "broker"), listeningLog());
  broker = await startBroker({ port: 0, store, log: listeningLog() });
  url = `mqtt://127.0.0.1:${broker.port}`;
  hub = await connectAsync(url);
  hub.on("message", (topic, payload) => heard.push({ topic, payload: payload.toString("utf8") }));
  await hub.subscribeAsync([
    "zigbee2mqtt/#",
    "tele/#",
    "stat/#",
    "tasmota/#",
    "+/online",
    "+/events/rpc",
    "test-hub/rpc",
  ]);
  const since = new Date(Date.now() - 36 * 3_600_000).toISOString();
  sim = start(["--since", since, "--no-matter", "--state", join(folder, "world.json")]);
  sim.stdout?.on("data", (chunk: Buffer) => {
    stdout += chunk.toString("utf8");
  });
  await vi.waitFor(() => expect(stdout).toContain("\n"), { timeout: 120_000 });
});

afterAll(async () => {
  sim.kill("SIGKILL");
  await hub.endAsync(true);
  await broker.stop();
  store.close();
  rmSync(bundles, { recursive: true });
  rmSync(folder, { recursive: true });
});

describe("the living home on a real broker", () => {
  test("is ready, and every connection is there with its discovery", async () => {
    expect(JSON.parse(stdout.split("\n")[0] ?? "")).toEqual({ ready: true, matter: [] });
    await vi.waitFor(() => expect(heard.filter(({ topic }) => topic.endsWith("/online"))).toHaveLength(5), patience);
    await vi.waitFor(() => expect(last("tele/kitchen_light/LWT")).toBe("Online"), patience);
    expect(JSON.parse(last("zigbee2mqtt/bridge/state") ?? "")).toEqual({ state: "online" });
    await vi.waitFor(() => expect(JSON.parse(last("zigbee2mqtt/bridge/devices") ?? "[]")).toHaveLength(10), patience);
    await vi.waitFor(() => expect(last("zigbee2mqtt/Home battery")).toBeDefined(), patience);
  });

  test("switches a lamp by Zigbee2MQTT and echoes its state", async () => {
    const mark = heard.length;
    await hub.publishAsync("zigbee2mqtt/Living room light/set", '{"brightness":77,"color_temp":300}');
    const wanted = { state: "ON", brightness: 77, color_temp: 300 };
    await vi.waitFor(() => {
      const echoes = heardFrom(mark, "zigbee2mqtt/Living room light").map((payload) => JSON.parse(payload));
      expect(echoes).toContainEqual(expect.objectContaining(wanted));
    }, patience);
    await hub.publishAsync("zigbee2mqtt/Living room light/set", '{"state":"OFF"}');
    const state = (): unknown => JSON.parse(last("zigbee2mqtt/Living room light") ?? "{}").state;
    await vi.waitFor(() => expect(state()).toBe("OFF"), patience);
  });

  test("answers a get, and tells in the log what it can't set", async () => {
    const mark = heard.length;
    await hub.publishAsync("zigbee2mqtt/Home battery/get", '{"battery_mode":""}');
    await hub.publishAsync("zigbee2mqtt/Home battery/set", '{"battery_mode":"sleep"}');
    await vi.waitFor(() => {
      expect(heardFrom(mark, "zigbee2mqtt/Home battery").length).toBeGreaterThan(0);
      expect(heardFrom(mark, "zigbee2mqtt/bridge/logging").join()).toContain("battery_mode");
    }, patience);
  });

  test("charges the battery from the grid when told, and the house meter shows it", async () => {
    await hub.publishAsync("zigbee2mqtt/Home battery/set", '{"battery_mode":"charge_from_grid"}');
    await vi.waitFor(() => {
      const state = JSON.parse(last("zigbee2mqtt/Home battery") ?? "{}");
      expect(state.battery_mode).toBe("charge_from_grid");
      // A battery that is full takes less, but never gives.
      expect(state.state_of_charge > 92 ? 3000 : state.power).toBeGreaterThan(2500);
    }, patience);
    await hub.publishAsync("zigbee2mqtt/Home battery/set", '{"battery_mode":"follow_load"}');
  });

  test("switches a Tasmota relay and answers STATUS", async () => {
    await hub.publishAsync("cmnd/water_heater/POWER1", "OFF");
    await vi.waitFor(() => expect(last("stat/water_heater/POWER")).toBe("OFF"), patience);
    expect(JSON.parse(last("stat/water_heater/RESULT") ?? "{}")).toEqual({ POWER: "OFF" });
    const mark = heard.length;
    await hub.publishAsync("cmnd/water_heater/Power", "");
    await hub.publishAsync("cmnd/water_heater/STATUS", "10");
    await hub.publishAsync("cmnd/water_heater/STATUS", "0");
    await vi.waitFor(() => {
      expect(heardFrom(mark, "stat/water_heater/POWER")).toEqual(["OFF"]);
      const sensors = JSON.parse(heardFrom(mark, "stat/water_heater/STATUS10")[0] ?? "{}");
      expect(sensors.StatusSNS?.ENERGY?.Total).toBeGreaterThan(0);
      expect(heardFrom(mark, "stat/water_heater/STATUS11")).toHaveLength(1);
    }, patience);
    await hub.publishAsync("cmnd/water_heater/POWER", "TOGGLE");
    await vi.waitFor(() => expect(last("stat/water_heater/POWER")).toBe("ON"), patience);
  });

  test("answers a Shelly request at its sender and notifies everyone", async () => {
    const id = "shelly1pmg3-5432045aa016";
    const mark = heard.length;
    const was = JSON.parse(heard.find(({ topic }) => topic === `${id}/events/rpc`)?.payload ?? "{}");
    const on = !was.params["switch:0"].output;
    const request = { id: 41, src: "test-hub", method: "Switch.Set", params: { id: 0, on } };
    await hub.publishAsync(`${id}/rpc`, JSON.stringify(request), { qos: 1 });
    await vi.waitFor(() => {
      const answer = heardFrom(mark, "test-hub/rpc").map((payload) => JSON.parse(payload));
      expect(answer).toContainEqual({ id: 41, src: id, dst: "test-hub", result: { was_on: !on } });
      const notes = heardFrom(mark, `${id}/events/rpc`).map((payload) => JSON.parse(payload));
      expect(notes.some((note) => note.method === "NotifyStatus" && note.params["switch:0"]?.output === on)).toBe(true);
    }, patience);
  });

  test("moves the blinds over time", async () => {
    const id = "shellyplus2pm-c049ef8aa017";
    const send = (method: string, params: object): Promise<unknown> =>
      hub.publishAsync(`${id}/rpc`, JSON.stringify({ id: 1, src: "test-hub", method, params }));
    const cover = (): Record<string, unknown> => JSON.parse(last(`${id}/events/rpc`) ?? "{}").params["cover:0"];
    const began = Number(cover().current_pos);
    const goal = began > 50 ? began - 20 : began + 20;
    await send("Cover.GoToPosition", { id: 0, pos: goal });
    await vi.waitFor(() => expect(cover().state).toBe(goal > began ? "opening" : "closing"), patience);
    await vi.waitFor(() => expect(cover()).toMatchObject({ state: "stopped", current_pos: goal }), patience);
  });

  test("keeps talking: meters within seconds", async () => {
    const mark = heard.length;
    await vi.waitFor(
      () => {
        expect(heardFrom(mark, "shellypro3em-a0dd6ca1e013/events/rpc").length).toBeGreaterThan(0);
        expect(heardFrom(mark, "tele/water_heater/SENSOR").length).toBeGreaterThan(0);
      },
      { timeout: 60_000, interval: 100 },
    );
  });

  test("is not hurt by nonsense", async () => {
    for (const [topic, payload] of [
      ["zigbee2mqtt/Living room light/set", "{"],
      ["zigbee2mqtt/Living room light/set", '{"__proto__":{"x":1},"brightness":"much"}'],
      ["zigbee2mqtt/No such thing/set", '{"state":"ON"}'],
      ["zigbee2mqtt/bridge/request/device/rename", "[]"],
      ["cmnd/water_heater/Power", "perhaps"],
      ["cmnd/water_heater/Backlog", "x".repeat(20_000)],
      ["shelly1pmg3-5432045aa016/rpc", "[1,2]"],
      ["shelly1pmg3-5432045aa016/rpc", '{"id":1,"src":"#","method":"__proto__.GetStatus"}'],
    ] as const) {
      await hub.publishAsync(topic, payload);
    }
    const mark = heard.length;
    await hub.publishAsync("zigbee2mqtt/Bedroom light/set", '{"state":"TOGGLE"}');
    await vi.waitFor(() => expect(heardFrom(mark, "zigbee2mqtt/Bedroom light").length).toBeGreaterThan(0), patience);
    expect(sim.exitCode).toBeNull();
  });

  test("leaves its last wills and its state when its pipe closes", async () => {
    sim.stdin?.end();
    expect(await exited(sim)).toBe(0);
    await vi.waitFor(() => {
      expect(JSON.parse(last("zigbee2mqtt/bridge/state") ?? "")).toEqual({ state: "offline" });
      for (const name of ["water_heater", "dishwasher", "kitchen_light"])
        expect(last(`tele/${name}/LWT`)).toBe("Offline");
      expect(last("shellypro3em-a0dd6ca1e013/online")).toBe("false");
    }, patience);
    const saved = JSON.parse(readFileSync(join(folder, "world.json"), "utf8"));
    expect(Math.abs(Date.now() - saved.state.at)).toBeLessThan(20_000);
  });
});

test("a fault for a device that does not exist ends with a clear error", async () => {
  const child = start(["--since", new Date().toISOString(), "--no-matter", "--fault", "Boiler:late"]);
  expect(await exited(child)).toBe(1);
});
