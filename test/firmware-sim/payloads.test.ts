import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type Message, pastCadence } from "../../firmware-sim/devices/device.ts";
import { buildDevices } from "../../firmware-sim/devices/index.ts";
import { demoHome } from "../../firmware-sim/homes/demo.ts";
import { World } from "../../firmware-sim/world.ts";

/** The sim's messages beside recorded ones of the real products: the same keys. */
const corpus = join(import.meta.dirname, "../../../shared/data/mqtt");
const absent = !existsSync(corpus);
if (absent) console.warn(`skipped: no recorded payloads at ${corpus}`);

type Json = Record<string, unknown>;

interface Row {
  readonly device: { readonly model: string; readonly app?: string };
  readonly messages: readonly { readonly topic: string; readonly payload: string }[];
}

const rows = (dialect: string): Row[] =>
  readFileSync(join(corpus, `${dialect}.jsonl`), "utf8")
    .trim()
    .split("\n")
    .map((line): Row => JSON.parse(line));

const isJson = (value: unknown): value is Json => typeof value === "object" && value !== null && !Array.isArray(value);

function json(payload: string | undefined): Json {
  const body: unknown = JSON.parse(payload ?? "null");
  return isJson(body) ? body : {};
}

/** The value at a path of keys, as an object. */
function inside(body: unknown, ...path: readonly string[]): Json {
  let at: unknown = body;
  for (const key of path) at = isJson(at) ? at[key] : undefined;
  return isJson(at) ? at : {};
}

const keys = (body: Json): string[] => Object.keys(body).sort();

const world = new World(1, demoHome.params, Date.parse("2026-11-03T12:00:00Z"));
world.forwardTo(world.at + 60_000);
const devices = buildDevices(demoHome.devices, pastCadence);
const said: Message[] = devices.mqtt.flatMap((device) => device.announce(world));
const find = (test: (topic: string) => boolean): Json => json(said.find(({ topic }) => test(topic))?.payload);

function recorded(row: Row | undefined, test: (topic: string) => boolean): Json {
  return json(row?.messages.find(({ topic }) => test(topic))?.payload);
}

function answer(id: string, method: string, params: object): Json {
  const device = devices.shelly.find((one) => one.clientId.startsWith(id));
  const request = JSON.stringify({ id: 1, src: "hub", method, params });
  return json(device?.receive(`${device.clientId}/rpc`, request, world)[0]?.payload);
}

describe.skipIf(absent)("Zigbee2MQTT", () => {
  const list: Json[] = JSON.parse(said.find(({ topic }) => topic.endsWith("bridge/devices"))?.payload ?? "[]");
  const real = rows("zigbee2mqtt");

  test("describes a device with the keys that the bridge uses", () => {
    const described = JSON.parse(
      real.find((row) => row.device.model === "SNZB-03")?.messages.find(({ topic }) => topic.endsWith("bridge/devices"))
        ?.payload ?? "[]",
    );
    const ours = list.find((device) => device.friendly_name === "Hallway motion") ?? {};
    expect(keys(ours)).toEqual(keys(described[0]));
    expect(keys(inside(ours, "definition"))).toEqual(keys(inside(described[0], "definition")));
    expect(list[0]?.type).toBe("Coordinator");
    expect(list).toHaveLength(10);
  });

  test("exposes with no key that real definitions do not have", () => {
    const known = new Set<string>();
    const collect = (expose: Json, into: Set<string>): void => {
      for (const key of Object.keys(expose)) into.add(key);
      if (Array.isArray(expose.features)) for (const feature of expose.features) collect(feature, into);
    };
    for (const row of real) {
      const body = row.messages.find(({ topic }) => topic.endsWith("bridge/devices"))?.payload ?? "[]";
      for (const device of JSON.parse(body))
        for (const expose of device.definition?.exposes ?? []) collect(expose, known);
    }
    const ours = new Set<string>();
    for (const device of list.slice(1)) {
      const { exposes } = inside(device, "definition");
      if (Array.isArray(exposes)) for (const expose of exposes) collect(expose, ours);
    }
    expect(ours.size).toBeGreaterThan(8);
    expect([...ours].filter((key) => !known.has(key))).toEqual([]);
  });

  test("sends the state of a white-spectrum lamp with the same keys", () => {
    const lamp = recorded(
      real.find((row) => row.device.model === "LED2101G4"),
      (topic) => /LED2101G4 [^/]*$/.test(topic),
    );
    expect(keys(find((topic) => topic === "zigbee2mqtt/Living room light"))).toEqual(keys(lamp));
  });

  test("publishes every property that it exposes", () => {
    for (const device of list.slice(1)) {
      const state = find((topic) => topic === `zigbee2mqtt/${device.friendly_name}`);
      const { exposes } = inside(device, "definition");
      const leaves = (Array.isArray(exposes) ? exposes : []).flatMap((expose: Json) =>
        Array.isArray(expose.features) ? expose.features : [expose],
      );
      for (const leaf of leaves) expect(keys(state), String(device.friendly_name)).toContain(leaf.property);
    }
  });
});

describe.skipIf(absent)("Tasmota", () => {
  const real = rows("tasmota");
  const plug = real.find((row) => row.device.model === "plug with meter");

  test("announces itself with the keys of native discovery", () => {
    const generic = real.find((row) => row.device.model === "Commands");
    const ours = find((topic) => topic === "tasmota/discovery/C45BBE61A010/config");
    expect(keys(ours)).toEqual(keys(recorded(generic, (topic) => topic.endsWith("/config"))));
    expect(keys(inside(ours, "so"))).toEqual(
      keys(
        inside(
          recorded(plug, (topic) => topic.endsWith("/config")),
          "so",
        ),
      ),
    );
  });

  test("measures with the keys of a metering plug", () => {
    const ours = find((topic) => topic === "tele/water_heater/SENSOR");
    const theirs = inside(
      recorded(plug, (topic) => topic.endsWith("STATUS8")),
      "StatusSNS",
      "ENERGY",
    );
    expect(keys(inside(ours, "ENERGY"))).toEqual(keys(theirs));
    expect(inside(ours, "DS18B20").Temperature).toBeTypeOf("number");
  });

  test("tells its state with the keys of a recorded STATE", () => {
    const theirs = recorded(
      real.find((row) => row.messages.some(({ payload }) => payload.includes("UptimeSec"))),
      (topic) => topic.endsWith("/STATE"),
    );
    const ours = keys(find((topic) => topic === "tele/kitchen_light/STATE"));
    // Vcc is measured by builds with that option only.
    expect(keys(theirs).filter((key) => key !== "Vcc" && !ours.includes(key))).toEqual([]);
  });
});

describe.skipIf(absent)("Shelly", () => {
  const real = rows("shelly-gen2");
  const of = (app: string): Row | undefined => real.find((row) => row.device.app === app);
  const status = (id: string): Json =>
    inside(
      find((topic) => topic.startsWith(id) && topic.endsWith("events/rpc")),
      "params",
    );

  test("measures three phases with the same keys", () => {
    const ours = status("shellypro3em");
    expect(keys(inside(ours, "em:0"))).toEqual(keys(recorded(of("S3EMG3"), (topic) => topic.endsWith("/em:0"))));
    expect(keys(inside(ours, "emdata:0"))).toEqual(
      keys(recorded(of("S3EMG3"), (topic) => topic.endsWith("/emdata:0"))),
    );
  });

  test("switches with the same keys", () => {
    const ours = inside(status("shelly1pmg3"), "switch:0");
    const theirs = recorded(of("Mini1PMG4"), (topic) => topic.endsWith("/switch:0"));
    expect(keys(ours)).toEqual(keys(theirs));
    expect(keys(inside(ours, "aenergy"))).toEqual(keys(inside(theirs, "aenergy")));
  });

  test("moves blinds with the same keys, and a position because it is calibrated", () => {
    const row = real.find((one) => one.messages.some(({ topic }) => topic.endsWith("/cover:0")));
    const theirs = recorded(row, (topic) => topic.endsWith("/cover:0"));
    expect(keys(inside(status("shellyplus2pm"), "cover:0"))).toEqual([...keys(theirs), "current_pos"].sort());
  });

  test("says who it is and how it is set up with the same keys", () => {
    const info = answer("shellypro3em", "Shelly.GetDeviceInfo", {});
    const theirs = of("S3EMG3")?.messages.filter(({ topic }) => topic === "hub/rpc") ?? [];
    expect(keys(info)).toEqual(keys(json(theirs[0]?.payload)));
    expect(keys(inside(info, "result"))).toEqual(keys(inside(json(theirs[0]?.payload), "result")));
    const config = inside(answer("shelly1pmg3", "Shelly.GetConfig", {}), "result");
    const known = of("Mini1PMG4")?.messages.filter(({ topic }) => topic === "hub/rpc") ?? [];
    const theirConfig = inside(json(known[1]?.payload), "result");
    expect(keys(inside(config, "switch:0"))).toEqual(keys(inside(theirConfig, "switch:0")));
    expect(keys(inside(config, "mqtt"))).toEqual(keys(inside(theirConfig, "mqtt")));
  });

  test("refuses what it does not know as the firmware does", () => {
    expect(answer("shellypro3em", "Switch.Set", { id: 0, on: true }).error).toMatchObject({ code: 404 });
    expect(answer("shelly1pmg3", "Switch.Set", { id: 3, on: true }).error).toMatchObject({ code: -105 });
    expect(answer("shelly1pmg3", "Switch.Set", { id: 0 }).error).toMatchObject({ code: -103 });
  });
});
