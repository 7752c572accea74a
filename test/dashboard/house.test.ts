/** How the house is lived in, and what it tells, in a real browser. */
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { buildDashboard, chromiumPath, openBrowser } from "./support/browser.ts";
import { type FakeHub, startFakeHub } from "./support/fake-api.ts";

const WAIT_MS = 40_000;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RUN_AXE =
  "axe.run().then(({ violations }) => violations.map((v) => [v.impact, v.id, v.nodes[0].html.slice(0, 160)].join(' ')))";

describe.skipIf(chromiumPath === undefined)(
  "living in the house, in a real browser",
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
      context = await browser.newContext({ viewport: { width: 380, height: 844 }, reducedMotion: "reduce" });
      context.setDefaultTimeout(WAIT_MS);
      page = await context.newPage();
      faults = [];
      page.on("pageerror", (e) => faults.push(e.message));
      hub = await startFakeHub(folder);
    });
    afterEach(async () => {
      await context.close();
      await hub.close();
      expect(faults).toEqual([]);
    });

    const open = (hash: string) => page.goto(`${hub.url}/#/${hash}`);
    const button = (name: string | RegExp) => page.getByRole("button", { name });
    const asked = () => hub.asked.at(-1);
    const passesAxe = async () => {
      await page.evaluate(axe);
      const found = await page.evaluate<string[]>(RUN_AXE);
      expect(found.filter((v) => /^(serious|critical)/.test(v))).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    };

    test("the mode is chosen by the keyboard alone, and heard", async () => {
      await open("home");
      const mode = page.getByRole("group", { name: "The house's mode" });
      await mode.getByRole("radio", { name: "Home", exact: true }).focus();
      await page.keyboard.press("ArrowRight");
      await expect.poll(asked).toMatchObject({ path: "/api/house/mode", body: { mode: "away" } });
      await page.getByRole("status").filter({ hasText: "The house is in mode Away" }).waitFor();
      expect(await mode.getByRole("radio", { name: "Away" }).isChecked()).toBe(true);
      await mode.getByRole("radio", { name: "Film evening" }).waitFor();
    });

    test("a touch says that somebody came, with why it was thought otherwise", async () => {
      await open("home");
      await page.getByRole("list", { name: "Kim is home" }).waitFor();
      await passesAxe();
      await button(/^Sam away ?: sam-phone is on the network. Change to home/).click();
      await expect.poll(asked).toMatchObject({ path: "/api/house/people/sam/home", body: { home: true } });
      await page.getByRole("list", { name: "Kim and Sam are home" }).waitFor();
    });

    test("a scene tells what came of it, and what did not and why", async () => {
      await open("home");
      await button("Good night").click();
      await page.getByText("Good night: done").first().waitFor();
      await button("Dinner").click();
      await page.locator("summary", { hasText: "Dinner: 2 of 3 done" }).click();
      await page.getByText("attic: turn off: refused. node: there is no device attic").waitFor();
    });

    test("a message that came is shown at once, and read from the home view", async () => {
      await open("home");
      const news = page.getByRole("region", { name: "Messages from your house" });
      await news.getByText("Warmer than −12 °C for 30 minutes.").waitFor();
      await news.getByRole("link", { name: "1 more unread message" }).waitFor();
      await button("Read Freezer").click();
      await expect.poll(asked).toMatchObject({ path: "/api/notices/read", body: { ids: ["n2"] } });
      await news.getByRole("link", { name: "1 unread message" }).click();
      await button("Mark all as read").click();
      await button("Mark all as read").waitFor({ state: "detached" });
      await passesAxe();
    });

    test("a person is added with a device and a phone that tell where they are", async () => {
      await open("settings/house");
      await button("Add a person").click();
      const form = page.getByRole("form", { name: "Add a person" });
      await form.getByLabel("Name", { exact: true }).fill("Alex");
      await form.getByLabel("A device that tells it").selectOption("lamp");
      await form.getByLabel("Home is when").selectOption({ label: "On: on" });
      await form.getByRole("checkbox").check();
      await form.getByLabel("The phone's name or address").fill("alex-phone, 192.168.1.9");
      await passesAxe();
      await form.getByRole("button", { name: "Save" }).click();
      await expect
        .poll(() => (asked()?.body.people as unknown[])?.at(-1))
        .toEqual({
          name: "Alex",
          device: { node: "lamp", key: "lamp/1/onOff.onOff", homeIs: true, awayAfterMin: 5 },
          network: { hosts: ["alex-phone", "192.168.1.9"], awayAfterMin: 15 },
        });
      // Those who were there stay as they were set up.
      expect((asked()?.body.people as unknown[])?.[1]).toMatchObject({ id: "sam", network: { awayAfterMin: 15 } });
    });

    test("a scene is made of how it is now, tried, and saved without what the hub says of it", async () => {
      await open("settings/house");
      await button("Make a scene").click();
      const form = page.getByRole("form", { name: "Make a scene" });
      await form.getByLabel("Name").fill("Reading");
      await form.getByRole("checkbox", { name: "Living room light" }).check();
      await button("Take them as they are now").click();
      await form.getByText("Living room light: turn on").waitFor();
      expect(asked()?.body).toEqual({ endpoints: [{ node: "lamp", endpoint: 1 }] });
      await passesAxe();
      // A figure that was taken can be another one, within what the device takes.
      const level = form.getByRole("group", { name: "Living room light: set level" }).getByLabel("Level (%), 0 to 100");
      expect(await level.inputValue()).toBe("62");
      await level.fill("180");
      await form.getByRole("button", { name: "Save" }).click();
      expect(await level.evaluate((field: HTMLInputElement) => field.validity.rangeOverflow)).toBe(true);
      await level.fill("35");
      await form.getByRole("button", { name: "Save" }).click();
      await form.waitFor({ state: "detached" });
      const action = { node: "lamp", endpoint: 1, capability: "onOff", command: "on", args: {} };
      const dimmed = { ...action, capability: "levelControl", command: "moveToLevel", args: { level: 35 } };
      expect(asked()).toMatchObject({ path: "/api/scenes", body: { title: "Reading", actions: [action, dimmed] } });
      await button("Delete … Dinner").click();
      await button("Yes, delete Dinner").click();
      await expect.poll(asked).toMatchObject({ method: "DELETE", path: "/api/scenes/dinner" });
    });

    test("special days are whole days of the home's own zone", async () => {
      await open("settings/house");
      const form = page.getByRole("form", { name: "Add special days" });
      await form.getByLabel("Title").fill("Spring");
      await form.getByLabel("First day").fill("2027-03-27");
      await form.getByLabel("Last day").fill("2027-03-28");
      await button("Add these days").click();
      // Europe/Berlin: the second of these days has 23 hours.
      const [from, to] = [Date.UTC(2027, 2, 26, 23), Date.UTC(2027, 2, 28, 22)];
      await expect
        .poll(() => (asked()?.body.spans as unknown[])?.at(-1))
        .toEqual({ entry: "holiday", from, to, title: "Spring" });
      await page.getByText("2027-03-27 to 2027-03-28").waitFor();
    });

    test("a way out is tested with a clear word, and another is added without showing a secret", async () => {
      await open("settings/notifications");
      await page.getByText("The last message did not go out: ntfy.sh answered 403").waitFor();
      await button("Send a test to Kim's phone").click();
      await page.getByText("Not sent: ntfy.sh can't be reached").waitFor();
      await button("Add a way").click();
      const form = page.getByRole("form", { name: "Add a way" });
      await form.getByLabel("How").selectOption("webhook");
      await form.getByLabel("Name").fill("Log");
      await form.getByLabel("Address").fill("https://example.org/in");
      await form.getByLabel("Authorization header").fill("Bearer s3cret");
      expect(await form.getByLabel("Authorization header").getAttribute("type")).toBe("password");
      await passesAxe();
      await form.getByRole("button", { name: "Save" }).click();
      await form.waitFor({ state: "detached" });
      expect(asked()).toMatchObject({
        method: "PUT",
        body: { kind: "webhook", title: "Log", url: "https://example.org/in", authorization: "Bearer s3cret" },
      });
    });

    test("the browser shows what is pushed to it, and is subscribed with the hub's own key", async () => {
      await context.grantPermissions(["notifications"], { origin: hub.url });
      // The push service is the edge of the world; everything before and behind it is the browser's own.
      await page.addInitScript(() => {
        const subscribe = async (options?: PushSubscriptionOptionsInit) => {
          const key = options?.applicationServerKey;
          Object.assign(globalThis, { subscribedWith: key instanceof Uint8Array ? key.length : 0 });
          const keys = { p256dh: "p", auth: "a" };
          return { toJSON: () => ({ endpoint: "https://push.example/1", keys }) };
        };
        Object.assign(PushManager.prototype, { subscribe });
      });
      const session = await context.newCDPSession(page);
      const registrations: string[] = [];
      session.on("ServiceWorker.workerRegistrationUpdated", (e) =>
        registrations.push(...e.registrations.map((r) => r.registrationId)),
      );
      await session.send("ServiceWorker.enable");
      await open("settings/notifications");
      await button("Tell this browser").click();
      await expect.poll(asked).toMatchObject({
        body: { kind: "webPush", endpoint: "https://push.example/1", p256dh: "p", auth: "a" },
      });
      expect(await page.evaluate("subscribedWith")).toBe(65);
      await expect.poll(() => registrations.length).toBeGreaterThan(0);
      const data = JSON.stringify({ id: "n9", title: "Water", text: "in the cellar", level: "alarm" });
      const registrationId = registrations.at(-1) ?? "";
      await session.send("ServiceWorker.deliverPushMessage", { origin: hub.url, registrationId, data });
      const shown =
        "navigator.serviceWorker.ready.then((r) => r.getNotifications()).then((all) => all.map((n) => n.title + ': ' + n.body))";
      await expect.poll(() => page.evaluate<string[]>(shown)).toEqual(["Water: in the cellar"]);
    });
  },
  120_000,
);
