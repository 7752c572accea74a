import { rmSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { buildDashboard, chromiumPath, openBrowser } from "./support/browser.ts";
import { type FakeHub, startFakeHub } from "./support/fake-api.ts";

describe.skipIf(chromiumPath === undefined)("what rules did, on the dashboard", () => {
  let folder: string;
  let browser: Browser;
  let hub: FakeHub;
  let context: BrowserContext;
  let page: Page;
  const faults: string[] = [];

  beforeAll(async () => {
    [folder, browser] = [await buildDashboard(), await openBrowser()];
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    context = await browser.newContext({
      viewport: { width: 380, height: 800 },
      reducedMotion: "reduce",
      timezoneId: "Europe/Berlin",
    });
    context.setDefaultTimeout(30_000);
    page = await context.newPage();
    faults.length = 0;
    page.on("pageerror", (e) => faults.push(e.message));
    page.on("console", (m) => m.type() === "error" && faults.push(m.text()));
  });
  afterEach(async () => {
    await context.close();
    await hub.close();
  });
  const open = async (hash: string) => {
    hub = await startFakeHub(folder);
    await page.goto(`${hub.url}/${hash}`);
  };
  const items = () => page.locator("[data-trace]");
  const picture = (name: string) =>
    process.env.INGLENOOK_PICTURES
      ? page.screenshot({ path: `${process.env.INGLENOOK_PICTURES}/${name}.png`, fullPage: true })
      : undefined;
  const fits = async () =>
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
    ).toBe(true);

  test("a link to one rule shows its runs alone; a run opens by the keyboard to its lines; all come back", async () => {
    await open("#/traces?rule=rule-heat");
    await page.getByRole("heading", { level: 1, name: "What rules did, and why" }).waitFor();
    await page.getByText("unconfirmed, the device did not report").waitFor();
    expect(await items().count()).toBe(1);
    await page.getByRole("button", { name: "All rules" }).click();
    await page.getByText("Close the blinds at sunset").waitFor();
    expect(await items().count()).toBe(40);
    await page.locator('[data-trace="run-1"] summary').focus();
    await page.keyboard.press("Enter");
    await page.locator('[data-trace="run-1"]').getByText("confirmed after 140 ms").waitFor();
    await fits();
    await picture("traces");
    await page.getByRole("button", { name: "Older" }).click();
    await expect.poll(() => items().count()).toBe(60);
    expect(await page.getByRole("button", { name: "Older" }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test("the search is by device, kind and words, stands in the address, and says when nothing fits", async () => {
    await open("#/traces");
    await page.getByLabel("What", { exact: true }).selectOption("nearMiss");
    await expect.poll(() => items().count()).toBe(1);
    expect(page.url()).toContain("kind=nearMiss");
    await page.getByLabel("What", { exact: true }).selectOption("");
    await page.getByLabel("Words").fill("boiler");
    await expect.poll(() => items().count()).toBe(1);
    await page.getByLabel("Words").fill("no such words");
    await page.getByRole("heading", { name: "Nothing fits" }).waitFor();
    await page.getByLabel("Words").fill("");
    await expect.poll(() => items().count()).toBe(40);
    await page.getByLabel("Device").selectOption("heater");
    await expect.poll(() => items().count()).toBe(1);
    await page.getByLabel("To", { exact: true }).fill("2001-01-01");
    await page.getByRole("heading", { name: "Nothing fits" }).waitFor();
    expect(faults).toEqual([]);
  });

  test("a device says why it is as it is, and links to all that rules did there; one that nobody asks says nothing", async () => {
    await open("#/node/lamp");
    const why = page.getByRole("region", { name: "Why" });
    await why.getByText("asked to turn on Living room light: Hall sensor is occupied").first().waitFor();
    await why.getByText("What keeps it so, what came, and what nearly came").click();
    for (const title of ["What keeps it so", "Of the last day", "What nearly came", "What could have come"])
      await why.getByRole("heading", { name: title }).waitFor();
    await fits();
    await picture("node-why");
    await why.getByRole("link", { name: "All that rules did here" }).click();
    await expect.poll(() => items().count()).toBe(40);
    expect(page.url()).toContain("#/traces?node=lamp");
    await page.goto(`${hub.url}/#/node/climate`);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
    expect(await page.getByRole("region", { name: "Why" }).count()).toBe(0);
    expect(faults).toEqual([]);
  });

  test("a person's hand on a device is seen with its time, and taken off", async () => {
    await open("#/node/climate");
    const hand = page.getByRole("region", { name: "Set by hand" });
    await hand.getByText("Anna set thermostat by hand. Rules and plans leave it alone until").waitFor();
    await fits();
    await picture("node-hold");
    await hand.getByRole("button", { name: "Let them have it again" }).click();
    await hand.waitFor({ state: "detached" });
    expect(faults).toEqual([]);
  });
});
