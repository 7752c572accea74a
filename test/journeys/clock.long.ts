import { existsSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { connectAsync, type MqttClient } from "mqtt";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Rule } from "../../hub/model/plan.ts";
import { openStore } from "../../hub/storage/open.ts";
import { root } from "../support/sources.ts";
import { Client, type DemoHub, startDemo, temporaryFolder } from "./support/demo-hub.ts";

const libraries = existsSync("/usr/lib")
  ? readdirSync("/usr/lib").map((folder) => join("/usr/lib", folder, "faketime", "libfaketime.so.1"))
  : [];
const faketime = libraries.find((file) => existsSync(file));
const built = existsSync(join(root, "dist", "inglenook.mjs"));
if (!faketime) console.warn("no libfaketime here (Debian: faketime): a hub whose clock jumps is not tested");
if (!built) console.warn("nothing is built: a hub whose clock jumps is not tested");

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEARS = 3653 * DAY;
const SUMMER = Date.UTC(2027, 2, 28, 1);
const WINTER = Date.UTC(2027, 9, 31, 1);
const START_KWH = 500;
const IEEE = "0x00158d0001020304";

const numeric = (property: string, unit: string) => ({ type: "numeric", name: property, property, access: 1, unit });
const bridgeDevices = [
  {
    ieee_address: IEEE,
    friendly_name: "meter plug",
    type: "Router",
    supported: true,
    interview_completed: true,
    definition: {
      ...{ model: "TS011F", vendor: "Test", description: "Plug with a meter" },
      exposes: [
        {
          type: "switch",
          features: [{ type: "binary", name: "state", property: "state", access: 7, value_on: "ON", value_off: "OFF" }],
        },
        numeric("power", "W"),
        numeric("energy", "kWh"),
      ],
    },
  },
];

/** The hub's own process, whose clock is turned from outside; one plug counts on. The tests follow on each other. */
describe.skipIf(!faketime || !built)("a hub whose clock jumps", () => {
  const folder = temporaryFolder();
  const control = temporaryFolder();
  const file = join(control.path, "time");
  let hub: DemoHub;
  let device: MqttClient;
  let anna: Client;
  let wh = 0;
  let isOn = false;
  let switched = 0;

  /** Sets the hub's clock, epoch ms: an offset against this machine's. */
  const setClock = (at: number) => {
    const seconds = Math.round((at - Date.now()) / 1000);
    writeFileSync(file, `${seconds < 0 ? "" : "+"}${seconds}\n`);
  };
  const env = () => ({
    ...{ LD_PRELOAD: faketime ?? "", FAKETIME_TIMESTAMP_FILE: file, FAKETIME_NO_CACHE: "1", TZ: "Europe/Berlin" },
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
  });
  const tell = async () => {
    const state = isOn ? "ON" : "OFF";
    // Power fills in where the counter says nothing; here it must not, as the hours of this test take seconds.
    const payload = JSON.stringify({ state, power: 0, energy: (START_KWH * 1000 + wh) / 1000 });
    await device.publishAsync("zigbee2mqtt/meter plug", payload, { qos: 1 });
  };
  /** Two watt-hours a message: what a socket can carry, though its hours take seconds here. */
  const count = async (messages: number) => {
    for (let i = 0; i < messages; i++) {
      wh += 2;
      await tell();
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  };
  const value = async (attribute: string) => {
    const { endpoints } = await anna.node("meter plug");
    return endpoints.flatMap((e) => e.attributes).find((a) => a.attribute === attribute);
  };
  const heard = () =>
    anna.until("the plug's last stand is there", async () => {
      const now = await value("cumulativeEnergyImported");
      return now?.known.status === "known" && Math.abs(Number(now.known.value) - START_KWH - wh / 1000) < 1e-9;
    });
  const signIn = async () => {
    anna = await Client.signedIn(hub);
  };

  beforeAll(async () => {
    const log = { info() {}, warn() {}, error() {} };
    const store = openStore(folder.path, { log });
    // The hour that is missing in spring, and that comes twice in autumn.
    const when = { kind: "between", from: "02:00", to: "03:00" } as const;
    const on = { node: `z2m-${IEEE}`, endpoint: 1, capability: "onOff", command: "on", args: {} };
    const rule: Rule = { id: "night", title: "Night", when, then: [on], origin: "person", enabled: true };
    store.put("rule", rule.id, rule);
    await store.close();
    setClock(60_000);
    hub = await startDemo({ demo: false, folder: folder.path, args: ["--no-matter"], env: env() });
    device = await connectAsync(hub.mqttUrl, { clientId: "bench" });
    await device.publishAsync("zigbee2mqtt/bridge/state", '{"state":"online"}', { qos: 1, retain: true });
    await device.publishAsync("zigbee2mqtt/bridge/devices", JSON.stringify(bridgeDevices), { qos: 1, retain: true });
    device.on("message", (_topic, payload) => {
      isOn = /ON/.test(payload.toString());
      switched += 1;
      void tell();
    });
    await device.subscribeAsync("zigbee2mqtt/meter plug/set");
  });
  afterAll(async () => {
    await device?.endAsync(true);
    await hub?.end();
    folder.remove();
    control.remove();
  });

  test("starts in 1970, takes the first person in, and hears its devices", async () => {
    anna = await Client.first(hub);
    await anna.until("the plug is there", async () => (await anna.nodes()).find((n) => n.name === "meter plug"));
    await tell();
    await count(6);
    await heard();
  });

  test("lives on through ten years ahead, back, a day behind and both days of daylight saving", async () => {
    const now = Date.now();
    setClock(now);
    // The session of 1970 is over, and says so.
    const refused = await anna.until("the session is over", async () => {
      const answer = await anna.raw("GET", "/api/nodes");
      return answer.status === 401 && answer.json();
    });
    expect(JSON.stringify(refused)).toMatch(/sign in/i);
    await signIn();
    await count(6);
    await heard();
    const today = anna;
    setClock(now + YEARS);
    await anna.until("no session is for ever", async () => (await today.raw("GET", "/api/nodes")).status === 401);
    await signIn();
    const future = anna;
    await count(6);
    await heard();
    setClock(now + 60_000);
    await anna.until("one of the future is none", async () => (await future.raw("GET", "/api/nodes")).status === 401);
    await signIn();
    await count(6);
    setClock(now - DAY);
    await signIn();
    await count(6);
    for (const change of [SUMMER, WINTER]) {
      setClock(change - 1500);
      await signIn();
      await count(12);
      await heard();
    }
    // The ledger ends with the last quarter of an hour that is over.
    setClock(WINTER + HOUR);
    await count(1);
    await heard();
    setClock(WINTER + DAY + 2 * HOUR);
    expect((await fetch(`${hub.url}/api/health`)).status).toBe(200);
  });

  test("shows each watt-hour once, in the ledger as in the store, and none where none was used", async () => {
    type Row = { from: number; to: number; loads: { kwh: number }[]; usedKwh?: number };
    const { rows } = await anna.call<{ rows: Row[] }>(
      "GET",
      `/api/energy/ledger?from=${Date.now() - 3 * DAY}&to=${WINTER + DAY}&by=day`,
    );
    const loads = rows.flatMap((row) => row.loads.map((load) => load.kwh));
    expect(Math.min(...loads)).toBeGreaterThanOrEqual(0);
    expect(loads.reduce((sum, kwh) => sum + kwh, 0)).toBeCloseTo(wh / 1000, 6);
    const froms = rows.map((row) => row.from);
    expect(froms).toEqual(froms.toSorted((a, b) => a - b));
    const lengths = rows.slice(0, -1).map((row) => (row.to - row.from) / HOUR);
    expect([...new Set(lengths)].sort()).toEqual([23, 24, 25]);
  });

  test("asks for nothing twice, and has all of it after a restart", async () => {
    const key = (await value("cumulativeEnergyImported"))?.key ?? "";
    await hub.end();
    const log = { info() {}, warn() {}, error() {} };
    const store = openStore(folder.path, { log, clock: { now: () => WINTER + DAY + 2 * HOUR } });
    const from = Math.floor(Date.now() / DAY) * DAY - 3 * DAY;
    const [slots] = await store.energy([{ imported: key }], from, WINTER + DAY, HOUR);
    const known = Array.from(slots?.importedKwh ?? []).filter((kwh) => !Number.isNaN(kwh));
    expect(Math.min(...known)).toBeGreaterThanOrEqual(0);
    expect(known.reduce((sum, kwh) => sum + kwh, 0)).toBeCloseTo(wh / 1000, 9);
    const history = await store.history({ key, from, to: WINTER + DAY, bucketMs: HOUR });
    const ats = history.map((bucket) => bucket.at);
    expect(ats).toEqual(ats.toSorted((a, b) => a - b));
    await store.close();
    // Not in spring, and once in autumn.
    expect(switched).toBe(1);
  });
});
