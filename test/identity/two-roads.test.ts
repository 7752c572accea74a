/** A real plug twice: a Shelly's words on a real broker, and a Matter node over UDP, in one home with a real store. */
import { networkInterfaces } from "node:os";
import { join } from "node:path";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, type MockInstance, test, vi } from "vitest";
import { createMatter, type Matter } from "../../adapters/matter/controller.ts";
import { dialects } from "../../adapters/mqtt/dialects/index.ts";
import { createMqtt, type MqttAdapter } from "../../adapters/mqtt/link.ts";
import { type RunningBroker, startBroker } from "../../hub/broker/start.ts";
import { createBus } from "../../hub/main/bus.ts";
import { type Core, createCore } from "../../hub/main/core.ts";
import { createCommand } from "../../hub/main/facade.ts";
import { createIdentity } from "../../hub/main/identity.ts";
import type { Log, Store } from "../../hub/ports.ts";
import { openBrokerStore } from "../../hub/storage/broker-store.ts";
import { openStore } from "../../hub/storage/open.ts";
import {
  anyDevice,
  bundle,
  type Device,
  hasMatterNetwork,
  startDevice,
  temporary,
} from "../adapters/matter/support.ts";

if (!hasMatterNetwork)
  console.warn("SKIPPED: no network interface with an IPv6 link-local address (fe80::), so Matter can't be tried here");

/** The simulated Matter node tells this machine's own address, as a device tells its own: the Shelly bears the same. */
const mac =
  Object.values(networkInterfaces())
    .flat()
    .find((a) => a && !a.internal && a.address.startsWith("fe80:"))
    ?.mac.replaceAll(":", "") ?? "";
const node = `mac-${mac}`;
const soon = { timeout: 135_000, interval: 50 };
const log: Log = { info: () => undefined, warn: () => undefined, error: () => undefined };
const clock = { now: () => Date.now() };

/** The plug's MQTT side; its relay is the Matter side's as well. */
class Shelly {
  readonly id = `shellyplus1-${mac}`;
  readonly asked: string[] = [];
  #client: MqttClient | undefined;
  #switch: (on: boolean) => void = () => undefined;

  async start(url: string, relay: (on: boolean) => void): Promise<void> {
    this.#switch = relay;
    const will = { topic: `${this.id}/online`, payload: Buffer.from("false"), qos: 1 as const, retain: true };
    this.#client = await connectAsync(url, { clientId: this.id, will, reconnectPeriod: 0 });
    this.#client.on("message", (_, body) => this.#request(JSON.parse(String(body))));
    await this.#client.subscribeAsync(`${this.id}/rpc`);
    await this.#say(`${this.id}/online`, "true", true);
    const params = { "switch:0": { id: 0, output: false }, sys: { mac: mac.toUpperCase() } };
    await this.#say(`${this.id}/events/rpc`, { src: this.id, dst: "x", method: "NotifyFullStatus", params });
  }

  tell(output: boolean): Promise<void> {
    const params = { "switch:0": { id: 0, output } };
    return this.#say(`${this.id}/events/rpc`, { src: this.id, dst: "x", method: "NotifyStatus", params });
  }

  /** As when its power is cut: only the broker says so. */
  async cut(): Promise<void> {
    this.#client?.stream.destroy();
    await this.#client?.endAsync(true);
    this.#client = undefined;
  }

  get isThere(): boolean {
    return this.#client !== undefined;
  }

  #request({ id, src, method, params }: { id: number; src: string; method: string; params?: { on?: boolean } }): void {
    this.asked.push(method);
    if (method === "Shelly.GetDeviceInfo")
      void this.#say(`${src}/rpc`, {
        id,
        src: this.id,
        dst: src,
        result: { id: this.id, mac: mac.toUpperCase(), model: "SNSW-001X16EU", gen: 2, ver: "1.4.0", app: "Plus1" },
      });
    if (method !== "Switch.Set") return;
    this.#switch(params?.on === true);
    void this.tell(params?.on === true);
  }

  async #say(topic: string, body: string | object, retain = false): Promise<void> {
    await this.#client?.publishAsync(topic, typeof body === "string" ? body : JSON.stringify(body), { retain });
  }
}

/** The hub's core with both adapters, on a store that is kept. */
class SmallHome {
  readonly #appended: MockInstance<Store["appendReadings"]>;
  readonly store: Store;
  readonly core: Core;
  readonly mqtt: MqttAdapter;
  readonly matter: Matter;

  constructor(folder: string, entry: string, url: string) {
    this.store = openStore(join(folder, "store"), { log, clock });
    this.#appended = vi.spyOn(this.store, "appendReadings");
    this.core = createCore({ store: this.store, clock, bus: createBus(() => undefined), log, speed: 1 });
    this.mqtt = createMqtt({ own: { name: "own", url }, hubId: "inglenook", dialects, log, clock, retryMs: 50 });
    this.matter = createMatter({
      entry,
      storage: join(folder, "matter"),
      log,
      searchMs: 20_000,
      acceptTestDevices: true,
    });
    this.core.adapters = [this.mqtt, this.matter.adapter];
  }

  async start(): Promise<void> {
    for (const adapter of this.core.adapters) await adapter.start(this.core.put);
  }

  async stop(): Promise<void> {
    await Promise.all(this.core.adapters.map((a) => a.stop()));
    this.core.stop();
    await this.store.close();
  }

  get identity() {
    return createIdentity({ state: this.core.state, store: this.store, clock, put: this.core.put });
  }

  nodes = (): string[] => [...this.core.state.home.nodes.keys()];
  isOn = (id: string) => this.core.state.home.nodes.get(id)?.values.get(`${id}/1/onOff.onOff`)?.value;
  switched = (id: string) =>
    this.#appended.mock.calls
      .flatMap(([all]) => all)
      .filter((r) => r.path.node === id && r.path.capability === "onOff")
      .map((r) => r.value);

  turn(on: boolean) {
    const command = createCommand({ put: this.core.put, waiting: this.core.waiting, clock });
    const wanted = { target: { node, endpoint: 1 }, capability: "onOff", command: on ? "on" : "off", args: {} };
    return command(wanted, { rank: "person", by: "anna", reason: "the test" });
  }
}

describe.skipIf(!hasMatterNetwork)("a plug on MQTT that is paired over Matter as well", { timeout: 180_000 }, () => {
  const folder = temporary();
  const shelly = new Shelly();
  let broker: RunningBroker;
  let brokerStore: ReturnType<typeof openBrokerStore>;
  let url: string;
  let built: Awaited<ReturnType<typeof bundle>>;
  let plug: Device;
  let home: SmallHome;

  beforeAll(async () => {
    built = await bundle("identity");
    brokerStore = openBrokerStore(folder, log);
    broker = await startBroker({ host: "127.0.0.1", port: 0, store: brokerStore, log });
    url = `mqtt://127.0.0.1:${broker.port}`;
    plug = await startDevice(anyDevice(built.device, "plug"));
    home = new SmallHome(folder, built.entry, url);
    await home.start();
    await shelly.start(url, (on) => plug.set({ onOff: on }));
  }, 360_000);

  afterAll(async () => {
    await shelly.cut();
    await Promise.all([home?.stop(), plug?.stop()]);
    await broker?.stop();
    brokerStore?.close();
    built?.remove();
  }, 180_000);

  const matterDevice = () => home.identity.merges()[0]?.roads.find((r) => r.adapter === "matter")?.device ?? "";

  test("is one device by itself, by its MAC, and says so", async () => {
    await vi.waitFor(() => expect(home.nodes()).toEqual([node]), soon);
    const { id } = home.matter.pairing.start(plug.code);
    const job = () => home.matter.pairing.jobs().find((j) => j.id === id);
    await vi.waitFor(() => expect(job()?.state).not.toBe("running"), soon);
    expect(job()?.problem).toBeUndefined();
    await vi.waitFor(() => expect(home.identity.merges()).toHaveLength(1), soon);
    expect(home.nodes()).toEqual([node]);
    const [merged] = home.identity.merges();
    expect(merged).toMatchObject({ by: "hub" });
    expect(merged?.evidence[0]).toMatchObject({ kind: "mac", words: expect.stringContaining(mac) });
    await vi.waitFor(() => expect(home.identity.merges()[0]?.roads.map((r) => r.live)).toEqual([true, true]), soon);
    await vi.waitFor(() => expect(home.store.audit({ limit: 9 }).map((e) => e.what)).toContain("nodes-merged"), soon);
  });

  test("switches once in the history, though both roads tell it", async () => {
    const before = home.switched(node).length;
    expect((await home.turn(true)).outcome.state).toBe("confirmed");
    await vi.waitFor(() => expect(plug.states.at(-1)).toMatchObject({ onOff: true }), soon);
    const { groups } = home.core.state.identity;
    const told = () => [...groups.values()][0]?.roads.map((r) => r.values.get("1/onOff.onOff")?.held.value);
    await vi.waitFor(() => expect(told()).toEqual([true, true]), soon);
    expect(home.switched(node).slice(before)).toEqual([true]);
  });

  test("obeys over Matter when MQTT is gone, and is not lost", async () => {
    await shelly.cut();
    await vi.waitFor(() => expect(home.identity.merges()[0]?.roads[0]?.live).toBe(false), soon);
    expect(home.core.state.home.nodes.get(node)?.reachable).toBe(true);
    expect((await home.turn(false)).outcome.state).toBe("confirmed");
    expect(home.isOn(node)).toBe(false);
    expect(plug.states.at(-1)).toMatchObject({ onOff: false });
    await shelly.start(url, (on) => plug.set({ onOff: on }));
    await vi.waitFor(() => expect(home.identity.merges()[0]?.roads[0]?.live).toBe(true), soon);
  });

  test("stays one after a restart of the hub; parted by a person it stays two, and one again by a person", async () => {
    await home.stop();
    home = new SmallHome(folder, built.entry, url);
    expect(home.nodes()).toEqual([node]);
    await home.start();
    await vi.waitFor(() => expect(home.identity.merges()[0]?.roads[1]?.live).toBe(true), soon);
    const device = matterDevice();
    expect(home.identity.split(node, device, "anna")).toBe(device);
    expect(home.nodes().sort()).toEqual([node, device].sort());
    await home.stop();
    home = new SmallHome(folder, built.entry, url);
    await home.start();
    const isThere = () => home.core.state.home.nodes.get(device)?.reachable;
    await vi.waitFor(() => expect(isThere()).toBe(true), soon);
    expect(home.nodes().sort()).toEqual([node, device].sort());
    expect(home.identity.proposals()).toEqual([]);
    home.identity.merge(node, device, "anna");
    expect(home.nodes()).toEqual([node]);
  });
});
