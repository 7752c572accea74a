import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { BrokerStatus, NodeView } from "../../hub/http/schemas.ts";
import { Client, type DemoHub, startDemo, temporaryFolder } from "./support/demo-hub.ts";
import {
  type ForeignBroker,
  freePort,
  makeCertificate,
  programOf,
  startMosquitto,
  startNats,
} from "./support/foreign-brokers.ts";

const mosquitto = programOf("mosquitto");
const nats = programOf("nats-server");
for (const [name, found] of Object.entries({ mosquitto, "nats-server": nats }))
  if (!found) console.warn(`SKIPPED: ${name} is not installed, so that the hub is not tried with it`);

const who = { username: "hub", password: "a s3cret: with / signs" };
const folder = temporaryFolder();
let hub: DemoHub;
let client: Client;
const ending: (() => unknown)[] = [];

beforeAll(async () => {
  hub = await startDemo({ args: ["--days", "1", "--no-matter"] });
  client = await Client.first(hub);
});

afterAll(async () => {
  for (const end of ending.reverse()) await end();
  await hub?.end();
  folder.remove();
});

const statusOf = async (name: string): Promise<BrokerStatus | undefined> =>
  (await client.call<{ brokers: BrokerStatus[] }>("GET", "/api/brokers")).brokers.find((b) => b.name === name);

const nodeWith = async (mac: string): Promise<NodeView | undefined> =>
  (await client.call<{ nodes: NodeView[] }>("GET", "/api/nodes")).nodes.find((n) => n.id === `mac-${mac}`);

/** A plug with the maker's own firmware, as far as this journey goes: it says what it is, and answers. */
async function plug(device: MqttClient, mac: string, topic: string): Promise<void> {
  const config = {
    ...{ ip: "192.0.2.4", dn: `Plug ${topic}`, fn: [`Plug ${topic}`], hn: topic, mac: mac.toUpperCase(), md: "Plug" },
    ...{
      ty: 0,
      if: 0,
      ofln: "Offline",
      onln: "Online",
      state: ["OFF", "ON", "TOGGLE", "HOLD"],
      sw: "14.2.0",
      t: topic,
    },
    ...{ ft: "%prefix%/%topic%/", tp: ["cmnd", "stat", "tele"], rl: [1], swc: [-1], btn: [0], so: {}, ver: 1 },
  };
  await device.subscribeAsync(`cmnd/${topic}/#`, { qos: 1 });
  device.on("message", (asked, body) => {
    if (!asked.endsWith("/POWER")) return;
    const state = String(body) === "ON" ? "ON" : "OFF";
    device.publish(`stat/${topic}/POWER`, state); // told or lost, as a real plug would: its broker goes down in this test
  });
  await device.publishAsync(`tasmota/discovery/${mac.toUpperCase()}/config`, JSON.stringify(config), { retain: true });
  await device.publishAsync(`tele/${topic}/LWT`, "Online", { retain: true });
  await device.publishAsync(`stat/${topic}/POWER`, "OFF");
}

async function switchedOn(mac: string): Promise<void> {
  const command = { node: `mac-${mac}`, endpoint: 1, capability: "onOff", command: "on" };
  const done = await client.call<{ outcome: { state: string } }>("POST", "/api/commands", command);
  expect(done.outcome).toMatchObject({ state: "confirmed" });
}

describe.skipIf(!mosquitto)("Mosquitto beside the hub's own broker, encrypted and with a password", () => {
  let broker: ForeignBroker;
  let device: MqttClient;
  const tls = mosquitto ? makeCertificate(folder.path) : undefined;
  let port = 0;
  const start = () => startMosquitto(mosquitto ?? "", folder.path, port, who, tls);

  beforeAll(async () => {
    port = await freePort();
    broker = await start();
    ending.push(() => broker.stop());
    device = await connectAsync(`mqtts://127.0.0.1:${port}`, { ...who, ca: tls?.ca ?? "" });
    ending.push(() => device.endAsync(true));
  });

  test("is refused with what to do about it: a wrong address, an unknown certificate, a wrong password", async () => {
    const bad = await client.raw("PUT", "/api/brokers/mosquitto", { url: "http://127.0.0.1" });
    expect([bad.status, await bad.text()]).toEqual([400, expect.stringContaining("mqtt://192.168.1.20:1883")]);
    await client.call("PUT", "/api/brokers/mosquitto", { url: `mqtts://127.0.0.1:${port}`, ...who });
    await vi.waitFor(async () => expect((await statusOf("mosquitto"))?.reason).toMatch(/authority/), 30_000);
    await client.call("PUT", "/api/brokers/mosquitto", {
      ...{ url: `mqtts://127.0.0.1:${port}`, ca: tls?.ca, username: "hub", password: "wrong" },
    });
    await vi.waitFor(async () => expect((await statusOf("mosquitto"))?.reason).toMatch(/password/), 30_000);
  });

  test("its devices join the home, obey and confirm; MQTT 5 is spoken; the password is never told", async () => {
    await client.call("PUT", "/api/brokers/mosquitto", { url: `mqtts://127.0.0.1:${port}`, ca: tls?.ca, ...who });
    await plug(device, "dc4f22770001", "mosq-plug");
    await vi.waitFor(async () => expect(await nodeWith("dc4f22770001")).toBeDefined(), 45_000);
    expect(await statusOf("mosquitto")).toMatchObject({ state: "connected", protocol: "5", encrypted: true });
    await switchedOn("dc4f22770001");
    const told = JSON.stringify(await client.call("GET", "/api/brokers"));
    expect(told + hub.output.join("\n")).not.toContain("s3cret");
  });

  test("when it dies its state says so, and when it is back the hub is too", async () => {
    await broker.stop();
    await vi.waitFor(async () => expect(await statusOf("mosquitto")).toMatchObject({ state: "waiting" }), 45_000);
    broker = await start();
    await vi.waitFor(async () => expect(await statusOf("mosquitto")).toMatchObject({ state: "connected" }), {
      timeout: 90_000,
      interval: 250,
    });
    await vi.waitFor(() => expect(device.connected).toBe(true), 45_000);
    await switchedOn("dc4f22770001");
  });

  test("it is told of the hub's devices where a person wants that, and of the hub's death", async () => {
    const root = new Promise<string[]>((resolve) => {
      const said: string[] = [];
      const hear = (topic: string, body: Buffer) => {
        if (topic !== "inglenook/5/hub/$state") return;
        said.push(String(body));
        if (said.at(-1) === "ready") void hub.end("SIGKILL");
        if (said.at(-1) !== "lost") return;
        device.off("message", hear);
        resolve(said);
      };
      device.on("message", hear);
    });
    await device.subscribeAsync("inglenook/5/hub/#", { qos: 1 });
    await client.call("PUT", "/api/announcing", { homie: true, homeAssistant: false });
    expect(await root).toEqual(expect.arrayContaining(["ready", "lost"]));
  });

  test("it is kept over a restart, and taken away for good", async () => {
    await hub.end();
    hub = await startDemo({ folder: hub.folder, args: ["--days", "1", "--no-matter"] });
    client = await Client.signedIn(hub);
    await vi.waitFor(async () => expect(await statusOf("mosquitto")).toMatchObject({ state: "connected" }), 45_000);
    await client.call("DELETE", "/api/brokers/mosquitto");
    expect(await statusOf("mosquitto")).toBeUndefined();
  });
});

describe.skipIf(!nats)("a NATS server that speaks MQTT 3.1.1", () => {
  test("is told from MQTT 5 by itself; its devices join the home, obey and confirm", async () => {
    const port = await freePort();
    const broker = await startNats(nats ?? "", folder.path, port);
    ending.push(() => broker.stop());
    const device = await connectAsync(`mqtt://127.0.0.1:${port}`, { clientId: "plug", protocolVersion: 4 });
    ending.push(() => device.endAsync(true));
    await client.call("PUT", "/api/brokers/nats", { url: `mqtt://127.0.0.1:${port}` });
    await vi.waitFor(
      async () => expect(await statusOf("nats")).toMatchObject({ state: "connected", protocol: "3.1.1" }),
      {
        timeout: 60_000,
        interval: 250,
      },
    );
    await plug(device, "dc4f22770002", "nats-plug");
    await vi.waitFor(async () => expect(await nodeWith("dc4f22770002")).toBeDefined(), 45_000);
    await switchedOn("dc4f22770002");
  });
});
