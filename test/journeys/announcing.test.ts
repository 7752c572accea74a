import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { Client, type DemoHub, startDemo } from "./support/demo-hub.ts";

/** Of the simulated family's home. */
const DEVICES = 19;

let hub: DemoHub;
let client: Client;
let other: MqttClient;
const heard = new Map<string, string>();

beforeAll(async () => {
  hub = await startDemo({ args: ["--days", "1", "--no-matter"] });
  client = await Client.first(hub);
  // One that comes in between two counts would be one too many.
  await client.pastDone();
  await client.until("the home's devices", async () => (await client.nodes()).length === DEVICES);
  other = await connectAsync(hub.mqttUrl, { clientId: "home-assistant" });
  other.on("message", (topic, body) => {
    // Requests are no announcements.
    if (topic.endsWith("/set") || topic === "inglenook/rpc") return;
    if (body.length > 0) heard.set(topic, String(body));
    else heard.delete(topic);
  });
  await other.subscribeAsync(["homeassistant/#", "inglenook/#"], { qos: 1 });
});

afterAll(async () => {
  await other?.endAsync(true);
  await hub?.end();
});

const turn = (homeAssistant: boolean, homie: boolean) =>
  client.call("PUT", "/api/announcing", { homeAssistant, homie });

interface Config {
  readonly origin: { readonly name: string };
  readonly device: { readonly name: string };
  readonly components: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

const configs = (): Config[] =>
  [...heard].filter(([topic]) => topic.startsWith("homeassistant/")).map(([, body]) => JSON.parse(body) as Config);

const componentOf = (device: string, platform: string) => {
  const found = configs().find((c) => c.device.name === device);
  return Object.values(found?.components ?? {}).find((c) => c.platform === platform);
};

test("nothing is said of the home's devices until a person turns it on", () => {
  expect([...heard.keys()]).toEqual([]);
});

test("Home Assistant hears every device with its values, and can switch them; the hub takes none of it for new devices", async () => {
  const before = (await client.nodes()).length;
  await turn(true, false);
  await vi.waitFor(() => expect(configs().length).toBe(before), 30_000);
  const plug = await vi.waitFor(() => {
    const found = componentOf("TV corner plug", "switch");
    expect(heard.get(String(found?.state_topic))).toMatch(/^(true|false)$/);
    return found;
  }, 30_000);
  const power = componentOf("TV corner plug", "sensor");
  expect(power).toMatchObject({ device_class: expect.any(String), unit_of_measurement: expect.any(String) });
  const was = heard.get(String(plug?.state_topic));
  await other.publishAsync(String(plug?.command_topic), was === "true" ? "false" : "true", { qos: 1 });
  await vi.waitFor(() => expect(heard.get(String(plug?.state_topic))).not.toBe(was), 30_000);
  expect((await client.nodes()).length).toBe(before);
});

test("as Homie 5 it describes the devices, and takes a value back out of range for nothing", async () => {
  await turn(false, true);
  await vi.waitFor(() => expect(configs()).toEqual([]), 30_000);
  await vi.waitFor(() => expect(heard.get("inglenook/5/hub/$state")).toBe("ready"), 30_000);
  // It was ready for Home Assistant before: the description comes after.
  await vi.waitFor(() => {
    const root = JSON.parse(heard.get("inglenook/5/hub/$description") ?? "{}") as { children?: string[] };
    expect(root.children?.length).toBeGreaterThan(12);
  }, 30_000);
  const light = await vi.waitFor(() => {
    const all = [...heard].filter(([topic]) => topic.endsWith("/$description"));
    const found = all.find(([, body]) => body.includes('"Living room light"'));
    expect(found).toBeDefined();
    return found?.[0].slice(0, -"/$description".length);
  }, 30_000);
  const level = `${light}/e1/level-control-current-level`;
  await other.publishAsync(`${level}/set`, "140", { qos: 1 });
  await other.publishAsync(`${level}/set`, "35", { qos: 1 });
  await vi.waitFor(() => expect(heard.get(level)).toBe("35"), 30_000);
});

test("turned off, every trace is taken back", async () => {
  await turn(false, false);
  await vi.waitFor(() => expect([...heard.keys()]).toEqual([]), 30_000);
});
