import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { counterKinds } from "../../firmware-sim/counter-faults.ts";
import { type Fault, spoil } from "../../firmware-sim/faults.ts";
import type { RepairList } from "../../hub/http/schemas.ts";
import { openStore } from "../../hub/storage/open.ts";
import { Client, type DemoHub, startDemo, temporaryFolder } from "./support/demo-hub.ts";

/** Minutes of the home for each second of the test. */
const SPEED = 120;
const MESSAGES = 80;
const EVERY_MS = 500;
const WATTS = 1200;

/** Six plugs with faults of their counters and a sound one, over the real broker, dialect, step and store. The tests follow on each other. */
describe("counters that go wrong, by way of MQTT", () => {
  const folder = temporaryFolder();
  const plugs = ["sound", ...counterKinds];
  let hub: DemoHub;
  let anna: Client;
  let device: MqttClient;

  beforeAll(async () => {
    const files = join(folder.path, "mappings");
    mkdirSync(files, { recursive: true });
    for (const plug of plugs) {
      const values = [
        {
          topic: `bench/${plug}`,
          field: "energy",
          kind: "number",
          unit: "kWh",
          means: "electricalEnergyMeasurement.cumulativeEnergyImported",
        },
        {
          topic: `bench/${plug}`,
          field: "power",
          kind: "number",
          unit: "W",
          means: "electricalPowerMeasurement.activePower",
        },
      ];
      writeFileSync(
        join(files, `${plug}.json`),
        JSON.stringify({ version: 1, name: plug, type: "onOffPlugInUnit", values }),
      );
    }
    hub = await startDemo({
      demo: false,
      folder: folder.path,
      args: ["--speed", String(SPEED), "--no-matter", "--mappings", files],
    });
    anna = await Client.first(hub);
    device = await connectAsync(hub.mqttUrl, { clientId: "bench" });
  });
  afterAll(async () => {
    await device?.endAsync(true);
    await hub?.end();
    folder.remove();
  });

  test("no slot shows a spike, and each plug's energy is what it drew", async () => {
    const faults = counterKinds.map((kind): Fault => ({ device: kind, kind }));
    let draw = 3;
    const chance = () => {
      draw = (draw * 1103515245 + 12345) % 2 ** 31;
      return draw / 2 ** 31;
    };
    const began = Date.now();
    const used = () => ((Date.now() - began) * SPEED * WATTS) / 3.6e9;
    await new Promise<void>((resolve, reject) => {
      let sent = 0;
      const timer = setInterval(() => {
        const energy = Math.round((500 + used()) * 1000) / 1000;
        for (const plug of plugs) {
          const message = {
            from: plug,
            topic: `bench/${plug}`,
            payload: JSON.stringify({ energy, power: WATTS }),
            retain: false,
          };
          for (const { message: said } of spoil(message, faults, chance))
            device.publishAsync(said.topic, said.payload, { qos: 1 }).catch(reject);
        }
        sent += 1;
        if (sent < MESSAGES) return;
        clearInterval(timer);
        resolve();
      }, EVERY_MS);
    });
    const drawn = used();
    const { repairs } = await anna.until("all faults are repaired", async () => {
      const list = await anna.call<RepairList>("GET", "/api/energy/repairs");
      return (
        new Set(list.repairs.filter((r) => r.kind !== "watching").map((r) => r.name)).size >= counterKinds.length &&
        list
      );
    });
    expect(new Set(repairs.map((r) => r.name))).toEqual(new Set(counterKinds));
    expect(repairs.find((r) => r.name === "counter-unit")?.kind).toBe("unit");
    expect(repairs.find((r) => r.name === "counter-rollover")?.kind).toBe("rollover");
    const keys = new Map<string, string>();
    for (const plug of plugs) {
      const { endpoints } = await anna.node(plug);
      const counter = endpoints.flatMap((e) => e.attributes).find((a) => a.attribute === "cumulativeEnergyImported");
      keys.set(plug, counter?.key ?? "");
    }
    await hub.end();
    const store = openStore(folder.path, { log: { info() {}, warn() {}, error() {} } });
    const HOUR = 3_600_000;
    const from = Math.floor(began / HOUR) * HOUR;
    const meters = plugs.map((plug) => ({ imported: keys.get(plug) ?? "" }));
    const slots = await store.energy(meters, from, from + 6 * HOUR, HOUR / 12);
    await store.close();
    for (const [i, plug] of plugs.entries()) {
      const known = (slots[i]?.importedKwh ?? new Float64Array()).filter((kwh) => !Number.isNaN(kwh));
      // 100 Wh in five minutes at 1200 W; messages come a little early or late.
      expect(Math.max(...known), plug).toBeLessThan(0.15);
      expect(Math.min(...known), plug).toBeGreaterThanOrEqual(0);
      const sum = known.reduce((all, kwh) => all + kwh, 0);
      expect(Math.abs(sum - drawn), `${plug}: ${sum} of ${drawn}`).toBeLessThan(0.12);
    }
  });
});
