import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { connectAsync, type MqttClient } from "mqtt";
import { root } from "../../support/sources.ts";
import type { Client, DemoHub } from "../support/demo-hub.ts";

/** Lamps and plugs on a hub's own broker, as a maker's firmware would have them. */
export interface Household {
  readonly names: readonly string[];
  /** Switches one at its own maker's end; resolves with the moment (epoch ms) at which the device said so on MQTT. */
  switch(name: string, on: boolean): Promise<number>;
  end(): Promise<void>;
}

const BASE = "zigbee2mqtt";

/** Starts `count` simulated lamps and plugs and waits until the hub knows them all. */
export async function startHousehold(hub: DemoHub, client: Client, count: number): Promise<Household> {
  const names = Array.from({ length: count }, (_, i) => `Device ${i + 1}`);
  const devices = names.map((name, i) => ({ kind: `${BASE}/${i % 2 ? "plug" : "light"}`, name }));
  const file = join(hub.folder, "household.json");
  writeFileSync(file, JSON.stringify({ broker: hub.mqttUrl, seed: 1, devices, faults: [] }));
  const sim = spawn(process.execPath, [join(root, "dist/inglenook.mjs"), "sim", file, "--quiet"], {
    stdio: ["ignore", "ignore", "inherit"],
  });
  const mqtt = await connectAsync(hub.mqttUrl);
  await mqtt.subscribeAsync(`${BASE}/+`);
  await client.until(
    "the hub knows every device",
    async () => {
      const known = new Set((await client.nodes()).map((n) => n.name));
      return names.every((name) => known.has(name));
    },
    60,
  );
  return {
    names,
    switch: (name, on) => switchOver(mqtt, name, on),
    async end() {
      await mqtt.endAsync(true);
      await ended(sim);
    },
  };
}

function switchOver(mqtt: MqttClient, name: string, on: boolean): Promise<number> {
  const wanted = on ? "ON" : "OFF";
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      mqtt.off("message", hear);
      reject(new Error(`${name} did not say ${wanted}`));
    }, 30_000);
    const hear = (topic: string, body: Buffer): void => {
      if (topic !== `${BASE}/${name}` || !body.includes(`"state":"${wanted}"`)) return;
      clearTimeout(late);
      mqtt.off("message", hear);
      resolve(Date.now());
    };
    mqtt.on("message", hear);
    mqtt.publish(`${BASE}/${name}/set`, JSON.stringify({ state: wanted }));
  });
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.kill("SIGTERM");
  });
}
