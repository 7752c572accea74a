import { rmSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Wish } from "../../hub/http/schemas.ts";
import { buildDashboard, chromiumPath, openBrowser } from "./support/browser.ts";
import { type FakeHub, startFakeHub, TOKEN } from "./support/fake-api.ts";
import { HOSTILE_NAME } from "./support/fake-home.ts";
import { HASH } from "./support/fake-plans.ts";

if (chromiumPath === undefined)
  console.warn("SKIPPED: the dashboard's tests need Chromium (set INGLENOOK_CHROMIUM to its path)");

const WAIT_MS = 40_000;

/** A wish of so many minutes ago. */
const wishThat = (text: string, state: Wish["state"], minutes: number): Wish => ({
  ...{
    id: text,
    text,
    by: "Kim",
    at: Date.now() - minutes * 60_000,
    state,
    progress: "",
    refused: [],
    readBy: "grammar",
  },
  goals: [{ kind: "readyBy", node: "heater", what: "waterTemperature", target: 48, by: "06:00" }],
});

describe.skipIf(chromiumPath === undefined)(
  "the dashboard in a real browser",
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

    const open = async (hash: string, signedIn = true) => {
      hub = await startFakeHub(folder, signedIn);
      await page.goto(`${hub.url}/${hash}`);
    };
    beforeEach(async () => {
      context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: "reduce" });
      context.setDefaultTimeout(WAIT_MS);
      page = await context.newPage();
      faults = [];
      page.on("pageerror", (e) => faults.push(e.message));
      page.on("console", (m) => m.type() === "error" && faults.push(m.text()));
    });
    afterEach(async () => {
      await context.close();
      await hub.close();
    });

    const tile = (node: string) => page.locator(`[data-node="${node}"]`);
    const commands = () => hub.asked.filter((a) => a.path === "/api/commands").map((a) => a.body);

    test("the one-time link makes the first account, lets in, and leaves the address bar", async () => {
      await open(`#/welcome/${TOKEN}`, false);
      await page.getByLabel("Your name").fill("Kim");
      await page.getByLabel("Password").fill("a warm corner by the fire");
      await page.getByRole("button", { name: "Come in" }).click();
      await page.getByRole("heading", { level: 1, name: "Rose Cottage" }).waitFor();
      expect(hub.asked[0]?.body).toEqual({ token: TOKEN, name: "Kim", password: "a warm corner by the fire" });
      expect(page.url()).not.toContain(TOKEN);
    });

    test("a wrong link says so in words and lets nobody in", async () => {
      await open("#/welcome/stolen", false);
      await page.getByLabel("Your name").fill("Eve");
      await page.getByLabel("Password").fill("a warm corner by the fire");
      await page.getByRole("button", { name: "Come in" }).click();
      await page.getByRole("alert").getByText("does not fit").waitFor();
      expect(await tile("lamp").count()).toBe(0);
    });

    test("values move without a reload", async () => {
      await open("#/home");
      await tile("climate").getByText("20.8 °C").waitFor();
      await page.evaluate(() => document.body.setAttribute("data-same-page", "yes"));
      hub.report("climate/1/temperatureMeasurement.measuredValue", 23.4);
      await tile("climate").getByText("23.4 °C").waitFor();
      expect(await page.locator("body").getAttribute("data-same-page")).toBe("yes");
      expect(faults).toEqual([]);
    });

    test("unknown is not off, and an old value says how old it is and why", async () => {
      await open("#/home");
      await tile("bed").getByText("never reported").waitFor();
      expect(await tile("bed").getByRole("switch").count()).toBe(0);
      await tile("outdoor").getByText("the device is not reachable; last heard 24 h ago").waitFor();
    });

    test("a switch shows waiting, then confirmed", async () => {
      await open("#/home");
      let release = () => {};
      hub.hold = new Promise((done) => {
        release = () => done();
      });
      const lamp = tile("lamp").getByRole("switch");
      await lamp.click();
      await tile("lamp").getByText("waiting for the device").waitFor();
      expect(await lamp.getAttribute("aria-busy")).toBe("true");
      release();
      await tile("lamp").getByText("confirmed").waitFor();
      await page.getByRole("status").getByText("Living room light: turn off: done").waitFor();
      expect(await lamp.getAttribute("aria-checked")).toBe("false");
      expect(commands()).toEqual([{ node: "lamp", endpoint: 1, capability: "onOff", command: "off", args: {} }]);
    });

    test("an unconfirmed command goes back to what was reported and gives the reason", async () => {
      await open("#/home");
      hub.outcome = { state: "unconfirmed", reason: "the lamp told nothing within 5 s" };
      await tile("lamp").getByRole("switch").click();
      await tile("lamp").getByText("unconfirmed: the lamp told nothing within 5 s").waitFor();
      expect(await tile("lamp").getByRole("switch").getAttribute("aria-checked")).toBe("true");
    });

    test("several taps on the setpoint become one command", async () => {
      await open("#/home");
      const warmer = tile("thermostat").getByRole("button", { name: "Thermostat: warmer" });
      await warmer.click();
      await warmer.click();
      await expect.poll(() => commands().length, { timeout: WAIT_MS }).toBe(1);
      expect(commands()[0]).toMatchObject({ command: "set", args: { occupiedHeatingSetpoint: 21.5 } });
    });

    test("a device's name stays text on every view", async () => {
      await open("#/home");
      await tile("kitchen").getByText(HOSTILE_NAME).waitFor();
      await page.goto(`${hub.url}/#/node/kitchen`);
      await page.getByRole("heading", { level: 1, name: HOSTILE_NAME }).waitFor();
      expect(await page.locator("img").count()).toBe(0);
      expect(await page.title()).not.toContain("pwned");
    });

    test("a sentence that fits two lights asks back, and a tap answers", async () => {
      await open("#/home");
      await page.getByLabel("A sentence to the house").fill("turn off the light");
      await page.getByRole("button", { name: "Say it" }).click();
      await page.getByRole("button", { name: "Bedroom light · Bedroom" }).click();
      await page.getByText("Done: turn off the light, Bedroom light.").waitFor();
      expect(hub.asked.at(-1)?.body).toEqual({ text: "turn off the light", choice: { node: "bed", endpoint: 1 } });
    });

    test("a plan is approved by exactly the hash that was shown", async () => {
      await open("#/plans");
      const card = page.locator('[data-plan="p1"]');
      await card.getByText("put in order by AI · Qwen2.5-Coder 1.5B").waitFor();
      await card.getByText("Tried on 21 days of this home's past").waitFor();
      await card
        .getByText("While it is one of the cheapest 4 h from 21:00 to 07:00: charge Car. Otherwise: stop Car.")
        .waitFor();
      await card.getByRole("button", { name: `Approve exactly this ${HASH.slice(0, 8)}` }).click();
      await card.getByRole("button", { name: "End this plan" }).waitFor();
      expect(hub.asked.at(-1)).toMatchObject({ path: "/api/plans/p1/approve", body: { hash: HASH } });
    });

    test("a plan is refused with a reason", async () => {
      await open("#/plans");
      const card = page.locator('[data-plan="p1"]');
      await card.getByRole("button", { name: "Refuse …" }).click();
      await card.getByLabel("Why not?").fill("I need the car at night");
      await card.getByRole("button", { name: "Refuse it" }).click();
      await page.getByText("Not good enough, or not wanted (2)").waitFor();
      expect(hub.asked.at(-1)?.body).toEqual({ reason: "I need the car at night" });
    });

    test("a wish shows its steps and can be stopped", async () => {
      await open("#/plans");
      await page.getByLabel("What do you wish for?").fill("warm water by 6, sing me a song");
      await page.getByRole("button", { name: "Read my wish" }).click();
      await page.getByText("Not understood: “sing me a song”").waitFor();
      await page.getByText("Taken for granted: 48 °C, since nothing else was understood").waitFor();
      await page.getByLabel("Water at (°C)").fill("55");
      await expect.poll(() => page.getByText("Taken for granted: 48 °C").count(), { timeout: WAIT_MS }).toBe(0);
      await page.getByLabel("Add a goal").selectOption({ label: "Quiet hours" });
      await page.getByRole("button", { name: /nothing loud from 22:00 to 07:00: earlier$/ }).click();
      await page.getByLabel("How firmly").first().selectOption({ label: "as far as possible" });
      await page.getByText("When it holds: always").first().click();
      await page.getByLabel("First day").first().fill("2026-12-24");
      await page.getByLabel("Last day").first().fill("2026-12-26");
      await page.getByText("nothing loud from 22:00 to 07:00, from 24 Dec 2026 to 26 Dec 2026").first().waitFor();
      await page.getByRole("button", { name: "Plan this" }).click();
      await page.getByText("Trying proposal 2 of 5 on 21 days").waitFor();
      expect(hub.asked.find((a) => a.path.endsWith("/plan"))?.body).toEqual({
        goals: [
          {
            ...{ kind: "quietHours", from: "22:00", to: "07:00", strength: "ifPossible" },
            ...{ firstDay: "2026-12-24", lastDay: "2026-12-26" },
          },
          { kind: "readyBy", node: "heater", what: "waterTemperature", target: 55, by: "06:00" },
        ],
      });
      await page.getByRole("button", { name: "Stop planning" }).click();
      await expect.poll(() => hub.asked.at(-1)?.method, { timeout: WAIT_MS }).toBe("DELETE");
    });

    test("a wish that the hub does not take stays as it was typed; one that was put aside has not failed", async () => {
      await open("#/plans");
      const box = page.getByLabel("What do you wish for?");
      await page.route("**/api/goals", (route) =>
        route.request().method() === "POST"
          ? route.fulfill({ status: 503, json: { title: "The hub is busy", detail: "The hub is busy" } })
          : route.fulfill({
              json: {
                wishes: [
                  ...[1, 2, 3, 4, 5].map((k) => wishThat(`later ${k}`, "cancelled", 10 - k)),
                  wishThat("Car by noon", "read", 60),
                ],
              },
            }),
      );
      await page.reload();
      await box.fill("car at 80 % by 7");
      await page.getByRole("button", { name: "Read my wish" }).click();
      await page.getByText("The hub is busy").waitFor();
      expect(await box.inputValue()).toBe("car at 80 % by 7");
      expect(await page.getByText("put aside", { exact: true }).count()).toBe(5);
      await page.getByText("waits for you").waitFor();
      expect(await page.locator(".wish .pill-bad").count()).toBe(0);
      await page.unroute("**/api/goals");
    });

    test("what a device is in this home is chosen from the hub's own list, and a device is taken out", async () => {
      await open("#/node/tv");
      await page.getByLabel("In this home it is").selectOption({ label: "Water heater" });
      await page.getByRole("button", { name: "Save" }).click();
      await expect
        .poll(() => hub.asked.at(-1)?.body, { timeout: WAIT_MS })
        .toMatchObject({ roles: { "1": "waterHeater" } });
      await page.getByRole("button", { name: "Remove this device …" }).click();
      await page.getByRole("button", { name: "Remove", exact: true }).click();
      await tile("lamp").waitFor();
      await expect.poll(() => tile("tv").count(), { timeout: WAIT_MS }).toBe(0);
    });

    test("the past of a device is drawn, over the time that is asked for", async () => {
      await open("#/node/climate");
      await page.getByRole("img", { name: /^Temperature, lowest/ }).waitFor();
      await page.getByRole("button", { name: "Year", exact: true }).click();
      await page.locator('button[aria-pressed="true"]', { hasText: "Year" }).waitFor();
      await page.locator("canvas").waitFor();
      // A phone that is turned: the drawing must not hold the page as wide as it was.
      await page.setViewportSize({ width: 900, height: 400 });
      const width = () => page.locator("canvas").evaluate((c) => c.getBoundingClientRect().width);
      await expect.poll(width, { timeout: WAIT_MS }).toBeGreaterThan(500);
      await page.setViewportSize({ width: 380, height: 800 });
      await expect.poll(width, { timeout: WAIT_MS }).toBeLessThan(380);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(380);
      expect(faults).toEqual([]);
    });

    test("when the hub is gone the page says so and comes back by itself", async () => {
      await open("#/home");
      await tile("lamp").waitFor();
      await context.setOffline(true);
      hub.dropStreams();
      await page.getByText("The connection to the hub is lost").waitFor();
      await context.setOffline(false);
      await page.getByText("The connection to the hub is lost").waitFor({ state: "detached", timeout: 45_000 });
    });
  },
  40_000,
);
