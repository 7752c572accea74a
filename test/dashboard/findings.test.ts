import { rmSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { buildDashboard, chromiumPath, openBrowser } from "./support/browser.ts";
import { type FakeHub, startFakeHub } from "./support/fake-api.ts";

const WAIT_MS = 40_000;

describe.skipIf(chromiumPath === undefined)(
  "findings and the life of a device, in a real browser",
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
      context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: "reduce" });
      context.setDefaultTimeout(WAIT_MS);
      page = await context.newPage();
      faults = [];
      page.on("pageerror", (e) => faults.push(e.message));
      page.on("console", (m) => m.type() === "error" && faults.push(m.text()));
      hub = await startFakeHub(folder);
    });
    afterEach(async () => {
      await context.close();
      await hub.close();
    });

    const open = (hash: string) => page.goto(`${hub.url}/${hash}`);
    const button = (name: string | RegExp) => page.getByRole("button", { name });
    const settings = () => page.getByRole("navigation", { name: "Views" }).getByRole("link", { name: /Settings/ });

    test("new ones are counted in the navigation, grouped by device, and say what helps", async () => {
      await open("#/settings/findings");
      await page.getByRole("region", { name: "TV corner" }).getByText("a voltage of 2304 V").waitFor();
      await page.getByText("What helps: Check the plug's calibration in its own page.").waitFor();
      await page.getByText("a number from 0 to 1000 V").waitFor();
      expect(await settings().textContent()).toMatch(/2\s*new in the findings/);
      expect(await page.getByText("A message is no JSON.").count()).toBe(0);
      await button(/^Accepted 1/).click();
      await page.getByRole("region", { name: "Without a device" }).getByText("A message is no JSON.").waitFor();
    });

    test("what is accepted is no news, and can be shown as new again", async () => {
      await open("#/settings/findings");
      await page.locator('[data-finding="value-out-of-range"]').getByRole("button", { name: "Accept" }).click();
      await button(/^New 1/).waitFor();
      await expect.poll(() => settings().textContent(), { timeout: WAIT_MS }).toMatch(/1\s*new in the findings/);
      expect(hub.asked.at(-1)?.path).toBe("/api/findings/value-out-of-range-1/accept");
      await button(/^Accepted 2/).click();
      const card = page.locator('[data-finding="value-out-of-range"]');
      await card.getByText("accepted by Kim").waitFor();
      await card.getByRole("button", { name: "Show as new again" }).click();
      await button(/^New 2/).waitFor();
    });

    test("the hub mends nothing before a person has read exactly what it will send", async () => {
      await open("#/settings/findings");
      const card = page.locator('[data-finding="reports-off"]');
      await card.getByRole("button", { name: "Fix: Turn on its reports …" }).click();
      await card.getByText('vendor.set {"mqtt.status_ntf":true}').waitFor();
      await card.getByText(/This will be sent to Water heater, endpoint 1/).waitFor();
      expect(hub.asked).toEqual([]);
      hub.outcome = { state: "unconfirmed", reason: "the relay told nothing" };
      await card.getByRole("button", { name: "Send it" }).click();
      await card.getByText("Kim let the hub try: not confirmed. the relay told nothing").waitFor();
      hub.outcome = { state: "confirmed", afterMs: 20 };
      await card.getByRole("button", { name: "Fix: Turn on its reports …" }).click();
      await card.getByRole("button", { name: "Send it" }).click();
      await button(/^Over 1/).click();
      await card.getByText("Kim let the hub try: done, the device confirmed it").waitFor();
      const { path, body } = hub.asked[0] ?? {};
      expect(path).toBe("/api/findings/reports-off-1/fix");
      expect(body).toMatchObject({ command: { command: "set", args: { "mqtt.status_ntf": true } } });
      expect(faults).toEqual([]);
    });

    test("the report for the maker is read first, then copied or kept as a file", async () => {
      await open("#/settings/findings");
      const card = page.locator('[data-finding="value-out-of-range"]');
      await card.getByRole("button", { name: "Report for the maker …" }).click();
      const area = card.getByLabel(/^Report for the maker/);
      await expect.poll(() => area.inputValue(), { timeout: WAIT_MS }).toContain("zigbee2mqtt/<name>");
      const download = page.waitForEvent("download");
      await card.getByRole("link", { name: "Download" }).click();
      expect((await download).suggestedFilename()).toBe("value-out-of-range.md");
      await card.getByRole("button", { name: "Copy report" }).click();
      await card.getByText("Copied.").waitFor();
      expect(faults).toEqual([]);
    });

    test("a device's page says how it is, what is wrong with it, and lets the same be done there", async () => {
      await open("#/node/tv");
      await page.locator('[data-presence="here"]').getByText("last heard just now over MQTT, zigbee2mqtt").waitFor();
      const own = page.getByRole("region", { name: "Findings of this device" });
      await own.getByText("a voltage of 2304 V").waitFor();
      await own.getByRole("button", { name: "Ignore" }).click();
      await own.waitFor({ state: "detached" });
      expect(hub.asked.at(-1)?.path).toBe("/api/findings/value-out-of-range-1/ignore");
      await open("#/node/outdoor");
      await page.locator('[data-presence="lost"]').getByText("does not answer").waitFor();
      await page.getByText("last heard 24 h ago").first().waitFor();
    });

    test("another device takes the place of one that is gone", async () => {
      await open("#/node/outdoor");
      await button("Put another in its place …").click();
      expect(await button("Replace").isDisabled()).toBe(true);
      await page.getByLabel("The device that takes its place").selectOption("climate");
      await button("Replace").click();
      await expect
        .poll(() => hub.asked.at(-1), { timeout: WAIT_MS })
        .toMatchObject({ path: "/api/nodes/outdoor/replace", body: { by: "climate" } });
    });
  },
  40_000,
);
