import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { Client, type DemoHub, startDemo } from "../support/demo-hub.ts";
import { Chip, type SeenEndpoint } from "./chip.ts";
import { type Household, startHousehold } from "./household.ts";
import { p95, showAll } from "./pair.ts";

const ON_OFF = 6;
const NODE = 77;
/** Of the larger home each restart takes twice as long: in the gate fewer. `INGLENOOK_RESTARTS=10` for as many. */
const restartsOf = (count: number): number => (count > 50 ? Number(process.env.INGLENOOK_RESTARTS ?? 4) : 10);

describe.each([50, 150])("%i devices, shown to the C++ controller", (count) => {
  const restarts = restartsOf(count);
  let hub: DemoHub;
  let client: Client;
  let house: Household;
  let chip: Chip;
  let before: SeenEndpoint[] = [];
  const endpointOf = (name: string): number => before.find((e) => e.label === name)?.endpoint ?? -1;

  beforeAll(async () => {
    [hub, chip] = await Promise.all([startDemo({ demo: false }), Chip.start()]);
    client = await Client.first(hub);
    house = await startHousehold(hub, client, count);
  });

  afterAll(async () => {
    await chip?.end();
    await house?.end();
    await hub?.end();
  });

  test("are all there under their names", async () => {
    const made = await showAll(client);
    const code = made.manualCode ?? "";
    expect(code).toMatch(/^\d{11}$/);
    const { ms } = await chip.commission(code, NODE);
    const seen = await chip.structure(NODE);
    before = seen.endpoints;
    console.log(
      `commissioned in ${ms} ms; ${before.length} endpoints, ${seen.attributes} attributes read in ${seen.ms} ms`,
    );
    const labels = new Set(before.map((e) => e.label));
    expect(house.names.filter((name) => !labels.has(name))).toEqual([]);
    expect(before.filter((e) => e.label && e.reachable !== true).map((e) => e.label)).toEqual([]);
  });

  test("have no gap that esp-matter-dm-validator finds", async () => {
    const { gaps, checked, unknown } = await chip.conformance(NODE, "1.5");
    console.log(`${checked} device types checked, not in its tables: ${JSON.stringify([...new Set(unknown)])}`);
    expect(gaps).toEqual([]);
    expect(checked).toBeGreaterThan(count);
  });

  /** What changes while a subscription is being set up is told with its first regular report: waits for that, in ms. */
  async function warmUp(): Promise<number> {
    const [name = ""] = house.names;
    const endpoint = endpointOf(name);
    const startedAt = Date.now();
    for (let i = 0; i < 5; i++) {
      const on = !(await chip.onOff(NODE, endpoint));
      await house.switch(name, on);
      if ((await chip.wait(NODE, [[endpoint, ON_OFF, 0, on]], 5))[0] !== null) break;
    }
    return Date.now() - startedAt;
  }

  test("are reported, each of them, within 500 ms of the device's own word", async () => {
    const { ms } = await chip.subscribe(NODE);
    const warm = await warmUp();
    const late: number[] = [];
    for (const [i, name] of house.names.entries()) {
      const endpoint = endpointOf(name);
      const on = !(await chip.onOff(NODE, endpoint));
      await chip.forget(NODE);
      const saidAt = await house.switch(name, on);
      const [at] = await chip.wait(NODE, [[endpoint, ON_OFF, 0, on]], 5);
      expect([i, name, at]).toEqual([i, name, expect.any(Number)]);
      late.push(Math.max(0, (at ?? 0) - saidAt));
    }
    console.log(
      `subscribed in ${ms} ms, first report after ${warm} ms; ${late.length} of ${count} reports, p95 ${p95(late).toFixed(0)} ms, most ${Math.max(...late).toFixed(0)} ms`,
    );
    expect(p95(late)).toBeLessThan(200);
    expect(Math.max(...late)).toBeLessThan(500);
  });

  test("obey, and say so by themselves", async () => {
    const took: number[] = [];
    for (const name of house.names.slice(0, 50)) {
      const endpoint = endpointOf(name);
      const on = !(await chip.onOff(NODE, endpoint));
      await chip.forget(NODE);
      const startedAt = Date.now();
      await chip.toggle(NODE, endpoint, on);
      const [at] = await chip.wait(NODE, [[endpoint, ON_OFF, 0, on]], 5);
      expect([name, at]).toEqual([name, expect.any(Number)]);
      took.push((at ?? 0) - startedAt);
    }
    console.log(`50 of 50 commands reported back, p95 ${p95(took).toFixed(0)} ms`);
  });

  test("are shared with a second home's controller", async () => {
    const code = await chip.window(NODE);
    const { ms } = await chip.commission(code, NODE + 1, 2);
    const second = await chip.structure(NODE + 1, 2);
    console.log(`second fabric in ${ms} ms`);
    expect(second.endpoints.map((e) => e.endpoint)).toEqual(before.map((e) => e.endpoint));
  });

  test(`are the same and reached again after ${restarts} of ${restarts} restarts of the hub`, async () => {
    const took: number[] = [];
    for (let i = 0; i < restarts; i++) {
      await hub.end(i % 2 ? "SIGKILL" : "SIGTERM");
      hub = await startDemo({ demo: false, folder: hub.folder, args: ["--mqtt-port", new URL(hub.mqttUrl).port] });
      took.push((await chip.reconnect(NODE, 30)).ms);
    }
    console.log(`reconnected ${took.length} of ${restarts} times, p95 ${p95(took)} ms`);
    const after = await client.until(
      "a whole read",
      async () => (await chip.structure(NODE).catch((e: Error) => void console.log(e.message)))?.endpoints,
      90,
    );
    const facts = (all: readonly SeenEndpoint[]) =>
      all.map(({ endpoint, types, label, uniqueId }) => ({ endpoint, types, label, uniqueId }));
    expect(facts(after)).toEqual(facts(before));
  });
});
