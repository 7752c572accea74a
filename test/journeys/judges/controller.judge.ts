import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandResult } from "../../../hub/ports.ts";
import { Client, type DemoHub, startDemo } from "../support/demo-hub.ts";
import { type ForeignBridge, startMatterbridge } from "./matterbridge.ts";
import { matterNodes, p95, pair } from "./pair.ts";

describe("a bridge of another maker with its 70 and more devices", () => {
  let hub: DemoHub;
  let client: Client;
  let bridge: ForeignBridge;

  beforeAll(async () => {
    [hub, bridge] = await Promise.all([startDemo({ demo: false }), startMatterbridge()]);
    client = await Client.first(hub);
  });

  afterAll(async () => {
    await hub?.end();
    await bridge?.stop();
  });

  test("is paired by its manual code, and at least 70 of its devices are in the home within 15 s", async () => {
    const startedAt = performance.now();
    const job = await pair(client, bridge.code);
    expect(job).toMatchObject({ state: "done" });
    const paired = performance.now();
    const nodes = await client.until(
      "70 devices",
      async () => {
        const all = await matterNodes(client);
        return all.length > 70 ? all : undefined;
      },
      15,
    );
    const seconds = [paired - startedAt, performance.now() - paired].map((ms) => (ms / 1000).toFixed(1));
    console.log(`paired in ${seconds[0]} s, ${nodes.length - 1} bridged devices ${seconds[1]} s later`);
    expect(nodes.length - 1).toBeGreaterThanOrEqual(70);
  });

  test("each of them is shown as a kind of device, or as one that is not known", async () => {
    const nodes = await matterNodes(client);
    const without = nodes.flatMap(({ name, endpoints }) =>
      endpoints.filter((e) => e.deviceTypes.length === 0).map((e) => `${name} ${e.number}`),
    );
    expect(without).toEqual([]);
    const kinds = new Set(nodes.flatMap((n) => n.endpoints.flatMap((e) => e.deviceTypes.map((t) => t.label))));
    console.log(`${kinds.size} kinds: ${[...kinds].sort().join(", ")}`);
  });

  test("obeys 24 of 24 switchings, each confirmed by its own word", async () => {
    const switches = (await matterNodes(client)).flatMap((node) =>
      node.endpoints
        .filter((e) => e.commands.some((c) => c.capability === "onOff" && c.command === "on"))
        .slice(0, 1)
        .map((e) => ({ name: node.name, target: { node: node.id, endpoint: e.number } })),
    );
    const took: number[] = [];
    for (let i = 0; i < 24; i++) {
      const { name, target } = switches[i % switches.length] ?? {};
      const command = Math.floor(i / switches.length) % 2 === 0 ? "on" : "off";
      const startedAt = performance.now();
      const { outcome } = await client.call<CommandResult>("POST", "/api/commands", {
        ...target,
        capability: "onOff",
        command,
      });
      expect([i, name, outcome]).toEqual([i, name, expect.objectContaining({ state: "confirmed" })]);
      took.push(performance.now() - startedAt);
    }
    console.log(`24 switchings confirmed, p95 ${p95(took).toFixed(0)} ms`);
  });
});
