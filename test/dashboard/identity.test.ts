import { rmSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { buildDashboard, chromiumPath, openBrowser } from "./support/browser.ts";
import { type FakeHub, startFakeHub } from "./support/fake-api.ts";
import { someIdentity } from "./support/fake-identity.ts";

const WAIT_MS = 40_000;

describe.skipIf(chromiumPath === undefined)(
  "one device on several roads, in a real browser",
  () => {
    let folder: string;
    let browser: Browser;
    let hub: FakeHub;
    let context: BrowserContext;
    let page: Page;
    let faults: string[];

    beforeAll(async () => {
      [folder, browser] = [await buildDashboard(), await openBrowser()];
    }, 180_000);
    afterAll(async () => {
      await browser?.close();
      if (folder) rmSync(folder, { recursive: true, force: true });
    });
    beforeEach(async () => {
      context = await browser.newContext({ viewport: { width: 1200, height: 1000 }, reducedMotion: "reduce" });
      context.setDefaultTimeout(WAIT_MS);
      page = await context.newPage();
      faults = [];
      page.on("pageerror", (e) => faults.push(e.message));
      page.on("console", (m) => m.type() === "error" && faults.push(m.text()));
      hub = await startFakeHub(folder);
      hub.setIdentity(someIdentity(Date.now()));
    });
    afterEach(async () => {
      await context.close();
      await hub.close();
    });

    const open = (hash: string) => page.goto(`${hub.url}/${hash}`);
    const button = (name: string | RegExp) => page.getByRole("button", { name });
    const pictured = async (name: string) => {
      const at = process.env.PICTURES;
      if (at) await page.screenshot({ path: `${at}/${name}.png`, fullPage: true });
    };

    test("devices that may be one stand with the findings, with what speaks for it; a person says what they are", async () => {
      await open("#/settings/findings");
      const asked = page.getByRole("region", { name: "Devices that may be one" });
      await asked.getByText("TV corner and Smart plug may be one device").waitFor();
      await asked.getByText("Both have the serial number ns88123477.").waitFor();
      await pictured("may-be-one");
      await button("They are two").click();
      await asked.waitFor({ state: "detached" });
      expect(hub.asked.at(-1)?.path).toBe("/api/identity/proposals/heater%3Atv/reject");
      expect(faults).toEqual([]);
    });

    test("a device's page shows its roads, which tells what now and why they are one, and parts them", async () => {
      await open("#/node/tv");
      const roads = page.getByRole("region", { name: "Roads to this device" });
      await roads.getByText("Both have the MAC address aabbccddee01.").waitFor();
      expect(await roads.locator('[data-road="matter-1"]').textContent()).toContain("Tells nowPower");
      expect(await roads.locator('[data-road="tv"]').textContent()).toContain("Could tellPower");
      expect(await roads.locator('[data-road="tv"]').getByRole("button").count()).toBe(0);
      await pictured("roads");
      await button("This is another device …").click();
      await button("Part them").click();
      await page.getByRole("heading", { name: "The same as another?" }).waitFor();
      expect(hub.asked.at(-1)).toMatchObject({ path: "/api/identity/split", body: { node: "tv", device: "matter-1" } });
      expect(faults).toEqual([]);
    });

    test("a person makes two entries one by hand, and sees that the hub's own bridge was left out", async () => {
      await open("#/node/lamp");
      await button("It is the same as another device …").click();
      await page.getByLabel("The other entry of this device").selectOption("climate");
      await button("They are one").click();
      await expect.poll(() => hub.asked.at(-1)?.path, { timeout: WAIT_MS }).toBe("/api/identity/merge");
      expect(hub.asked.at(-1)?.body).toEqual({ keep: "lamp", other: "climate" });
      await open("#/settings/pairing");
      await page
        .getByRole("region", { name: "Your own bridge" })
        .getByText(/Boiler, over Matter/)
        .waitFor();
      await pictured("own-bridge");
      expect(faults).toEqual([]);
    });
  },
  60_000,
);
