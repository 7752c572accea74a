/** The house meter is an old one whose disc turns back while the roof gives more than the house needs: its reader tells one total. */
import { expect, test } from "vitest";
import { dialects } from "../../adapters/mqtt/dialects/index.ts";
import { createIngest } from "../../adapters/mqtt/ingest.ts";
import { meteredOf, partsOf } from "../../hub/energy/parts.ts";
import { createBus } from "../../hub/main/bus.ts";
import { createCore } from "../../hub/main/core.ts";
import { openStore } from "../../hub/storage/open.ts";
import { listeningLog, temporaryFolder } from "../storage/support.ts";

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const T0 = Date.UTC(2026, 5, 1);

const config = {
  name: "Total",
  unique_id: "disc_total",
  state_topic: "disc/total",
  device_class: "energy",
  state_class: "total",
  unit_of_measurement: "kWh",
  device: { identifiers: ["disc"], name: "Disc reader" },
};

test("its fall is what was given away, once a person has said that it runs both ways, also for the past", async () => {
  let now = T0;
  const clock = { now: () => now };
  const log = listeningLog();
  const store = openStore(temporaryFolder(), { log, clock, times: { tickMs: HOUR, quietMs: 0 } });
  const core = createCore({ store, clock, bus: createBus(() => undefined), log, speed: 1 });
  const ingest = createIngest(dialects, "hub");
  const hear = (topic: string, payload: string) => {
    for (const input of ingest.receive(topic, payload, false, now).inputs) core.put(input);
  };
  hear("homeassistant/sensor/disc/total/config", JSON.stringify(config));
  const [node] = core.state.home.nodes.values();
  if (!node) throw new Error("the reader is not there");
  const { id } = node.description;
  const settings = { roles: { "1": "electricalMeter" } };
  let kwh = 12_000;
  /** An hour at so many W, below zero given. */
  const hour = (watts: number) => {
    for (let i = 0; i < 60; i++) {
      now += MINUTE;
      kwh += watts / 60_000;
      hear("disc/total", String(Math.round(kwh * 1000) / 1000));
    }
  };
  const energy = async () => {
    const parts = partsOf(core.state.home);
    const meter = [parts.grid, ...meteredOf(parts)].find((part) => part?.node === id)?.meter ?? {};
    const [slots] = await store.energy([meter], T0, T0 + 5 * HOUR, HOUR);
    const sum = (of: Float64Array | undefined) => Array.from(of ?? []).reduce((all, one) => all + (one || 0), 0);
    return { imported: sum(slots?.importedKwh), exported: sum(slots?.exportedKwh) };
  };
  core.put({ kind: "configured", node: id, settings, at: now });
  hear("disc/total", String(kwh));
  hour(1000);
  hour(-3000);
  expect(store.repairs.list().length).toBeGreaterThan(0);
  core.put({
    kind: "configured",
    node: id,
    settings: { ...settings, meters: { "1": { kind: "meter", reversed: false, net: true } } },
    at: now,
  });
  hour(-2000);
  hour(500);
  expect(store.repairs.list()).toEqual([]);
  const { imported, exported } = await energy();
  expect(imported - exported).toBeCloseTo(kwh - 12_000, 6);
  // In the five minutes in which the disc turns round, only the difference is known.
  expect(Math.abs(imported - 1.5)).toBeLessThan(0.1);
  core.stop();
  await store.close();
});
