import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { CommandResult, NodeView } from "../../hub/http/schemas.ts";
import { chromiumPath, openBrowser } from "../dashboard/support/browser.ts";
import { root } from "../support/sources.ts";
import { Client, type DemoHub, startDemo, temporaryFolder } from "./support/demo-hub.ts";

const entry = join(root, "dist", "inglenook.mjs");
if (!existsSync(entry)) console.warn("SKIPPED: the makers' journey needs the built hub (npm run build)");

interface Device {
  readonly kind: string;
  readonly name: string;
  /** What it must be in this home. */
  readonly type: string;
  readonly id?: string;
}

/** One lamp or plug a dialect, under names of our own; Gen1 tells its name over HTTP alone, so it is known by its id. */
const DEVICES: readonly Device[] = [
  { kind: "zigbee2mqtt/light", name: "Hall lamp", type: "extendedColorLight" },
  { kind: "ha-discovery/light", name: "Attic lamp", type: "extendedColorLight" },
  { kind: "esphome/plug", name: "Pump plug", type: "onOffPlugInUnit" },
  { kind: "tasmota/plug", name: "Desk plug", type: "onOffPlugInUnit" },
  { kind: "shelly-gen1/plug", name: "Iron plug", type: "onOffPlugInUnit", id: "02A1B2C3D4E5" },
  { kind: "shelly-gen2/plug", name: "Oven plug", type: "onOffPlugInUnit" },
  { kind: "homie/light", name: "Porch lamp", type: "extendedColorLight" },
  { kind: "zwave-js-ui/plug", name: "Freezer plug", type: "onOffPlugInUnit" },
];
/** It leaves by its last will and comes back after half a minute. */
const LEAVES = "Desk plug";

const ownNode = (device: Device) => (node: NodeView) =>
  node.name === device.name || (device.id !== undefined && node.id === `mac-${device.id.toLowerCase()}`);

/** Eight makers' devices move into a home that already has its own. The tests follow on each other. */
describe.skipIf(!existsSync(entry))("a home of eight makers' devices", () => {
  const folder = temporaryFolder();
  let hub: DemoHub;
  let sim: ChildProcess;
  let anna: Client;
  let said: readonly string[] = [];

  beforeAll(async () => {
    hub = await startDemo({ folder: join(folder.path, "hub"), args: ["--days", "1", "--no-matter"] });
    anna = await Client.first(hub);
    sim = startDevices(folder.path, hub.mqttUrl);
    said = linesOf(sim);
  });
  afterAll(async () => {
    sim?.kill("SIGTERM");
    await hub?.end();
    folder.remove();
  });

  const nodeOf = async (device: Device) => (await anna.nodes()).find(ownNode(device));

  test.each(DEVICES)("$kind appears as what it is, and is here", async (device) => {
    const node = await anna.until(`${device.name} is here`, async () => {
      const found = await nodeOf(device);
      return found?.presence === "here" ? found : undefined;
    });
    expect(node.endpoints.flatMap((e) => e.deviceTypes.map((t) => t.name))).toContain(device.type);
    expect((await anna.nodes()).filter(ownNode(device))).toHaveLength(1);
  });

  test.each(DEVICES)("$kind does what it is told and says so itself, on and off", async (device) => {
    const node = await anna.until("it is known", async () => {
      const found = await nodeOf(device);
      return found && onOffOf(found)?.known.status === "known" ? found : undefined;
    });
    const endpoint = node.endpoints.find((e) => e.commands.some((c) => c.capability === "onOff"))?.number;
    const was = onOffOf(node)?.known;
    const isOn = was?.status === "known" && was.value === true;
    for (const command of isOn ? ["off", "on"] : ["on", "off"]) {
      const wish = { node: node.id, endpoint, capability: "onOff", command };
      const { outcome } = await anna.call<CommandResult>("POST", "/api/commands", wish);
      expect(outcome, `${command}: ${JSON.stringify(outcome)}`).toMatchObject({ state: "confirmed" });
      const told = await nodeOf(device);
      expect(told && onOffOf(told)?.known).toMatchObject({ status: "known", value: command === "on" });
    }
  });

  test("a device whose will is read is lost, keeps its last values as such, and comes back by itself", async () => {
    const device = DEVICES.find((d) => d.name === LEAVES);
    if (!device) throw new Error("nobody leaves");
    const presence = (is: NodeView["presence"]) => async () => {
      const node = await nodeOf(device);
      return node?.presence === is ? node : undefined;
    };
    const lost = await anna.until(`${LEAVES} is lost`, presence("lost"), 120);
    expect(onOffOf(lost)?.known.status).toBe("stale");
    const back = await anna.until(`${LEAVES} is back`, presence("here"), 90);
    expect(back.id).toBe(lost.id);
    await anna.until("its state is known again", async () => {
      const node = await nodeOf(device);
      return node && onOffOf(node)?.known.status === "known";
    });
  }, 720_000);

  describe.skipIf(chromiumPath === undefined)("seen by a person", () => {
    let browser: Browser;
    let page: Page;
    beforeAll(async () => {
      browser = await openBrowser();
      const context = await browser.newContext({ reducedMotion: "reduce" });
      await context.request.post(`${hub.url}/api/session`, {
        data: { name: "anna", password: "a long enough password" },
      });
      page = await context.newPage();
    });
    afterAll(() => browser?.close());

    test("the home view has a tile for each, with its switch", async () => {
      await page.goto(`${hub.url}/#/home`);
      for (const device of DEVICES) {
        const node = await nodeOf(device);
        await page.locator(`.tile[data-node="${node?.id}"]`).getByRole("switch").waitFor();
      }
    });

    test("its own page shows what it is, keeps the maker's own values apart, and switches it", async () => {
      const lamp = await anna.node("Hall lamp");
      await page.goto(`${hub.url}/#/node/${lamp.id}`);
      await page.getByRole("heading", { level: 1, name: "Hall lamp" }).waitFor();
      await page.locator(".makers summary", { hasText: "The maker’s own values" }).waitFor();
      await page.getByRole("button", { name: "Turn on", exact: true }).click();
      await page.locator(".commands").getByText("confirmed", { exact: true }).waitFor();
      expect(onOffOf(await anna.node("Hall lamp"))?.known).toMatchObject({ status: "known", value: true });
    });
  });

  test("the simulated devices had no trouble of their own", () => {
    expect(sim.exitCode).toBeNull();
    expect(said.filter((line) => /error/i.test(line))).toEqual([]);
  });
});

const onOffOf = (node: NodeView) =>
  node.endpoints.flatMap((e) => e.attributes).find((a) => a.capability === "onOff" && a.attribute === "onOff");

/** The eight devices as a process of their own, as a maker would start them. */
function startDevices(folder: string, mqttUrl: string): ChildProcess {
  const home = join(folder, "home.json");
  const devices = DEVICES.map(({ kind, name, id }) => ({ kind, name, ...(id === undefined ? {} : { id }) }));
  const faults = [{ device: LEAVES, kind: "drop", after: 75 }];
  writeFileSync(home, JSON.stringify({ seed: 4, devices, faults }));
  return spawn(process.execPath, [entry, "sim", home, "--mqtt", mqttUrl, "--quiet"], {
    stdio: ["ignore", "ignore", "pipe"],
  });
}

/** What a process says on its error stream, as it comes; at most the last 200 lines. */
function linesOf(child: ChildProcess): readonly string[] {
  const lines: string[] = [];
  if (child.stderr)
    createInterface({ input: child.stderr }).on("line", (line) => {
      lines.push(line);
      if (lines.length > 200) lines.shift();
    });
  return lines;
}
