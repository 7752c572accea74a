import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { connectAsync, type MqttClient } from "mqtt";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { chromiumPath, openBrowser } from "../dashboard/support/browser.ts";
import { root } from "../support/sources.ts";
import { type DemoHub, startDemo, temporaryFolder } from "./support/demo-hub.ts";

const built = existsSync(join(root, "dist", "dashboard", "index.html"));
if (chromiumPath === undefined || !built)
  console.warn("SKIPPED: describing a device by hand needs Chromium and the built hub (npm run build)");

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RUN_AXE =
  "axe.run().then(({ violations }) => violations.filter((v) => /serious|critical/.test(v.impact)).map((v) => [v.id, v.nodes[0].html.slice(0, 160)].join(' ')))";

/** A person makes a device of messages that no dialect reads, in a real browser, on the real hub. The tests follow on each other. */
describe.skipIf(chromiumPath === undefined || !built)("a device that nobody knows", () => {
  const folder = temporaryFolder();
  const faults: string[] = [];
  const asked: string[] = [];
  let hub: DemoHub;
  let browser: Browser;
  let page: Page;
  let device: MqttClient;

  beforeAll(async () => {
    const files = join(folder.path, "mappings");
    mkdirSync(files, { recursive: true });
    const attic = { version: 1, name: "Attic", values: [{ topic: "attic/t", kind: "number", unit: "C" }] };
    writeFileSync(join(files, "attic.json"), JSON.stringify(attic));
    writeFileSync(join(files, "odd.json"), JSON.stringify({ ...attic, values: [{ topic: "a/+", kind: "number" }] }));
    const args = ["--days", "1", "--seed", "7", "--no-matter", "--mappings", files];
    [hub, browser] = await Promise.all([startDemo({ folder: folder.path, args }), openBrowser()]);
    device = await connectAsync(hub.mqttUrl, { clientId: "cellar-pump" });
    await device.subscribeAsync("cellar/pump/set", { qos: 1 });
    device.on("message", (_, body) => {
      asked.push(String(body));
      const { target } = JSON.parse(String(body)) as { target: number };
      say({ target }).catch(() => undefined); // its end may come before the broker has answered
    });
    await say({});
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    context.setDefaultTimeout(45_000);
    page = await context.newPage();
    page.on("pageerror", (e) => faults.push(e.message));
    await page.goto(hub.signIn);
    await page.getByLabel("Your name").fill("Anna");
    await page.getByLabel("Password").fill("a long enough password");
    await page.keyboard.press("Enter");
    await page.getByRole("heading", { level: 1, name: "Demo home" }).waitFor();
  }, 180_000);
  afterAll(async () => {
    await device?.endAsync(true);
    await browser?.close();
    await hub?.end();
    folder.remove();
  });

  const say = (more: object) =>
    device.publishAsync(
      "cellar/pump/state",
      JSON.stringify({ electric: { power: 1834 }, target: 40, wifi_password: "hunter2", ...more }),
      { qos: 1, retain: true },
    );
  const value = (name: string) => page.locator(".mapped", { has: page.getByText(name, { exact: true }) });
  const settings = async () => {
    await page.goto(`${hub.url}/#/settings/brokers`);
    await page.getByRole("heading", { name: "Messages that nobody reads yet" }).waitFor();
  };
  const passesAxe = async () => {
    await page.evaluate(axe);
    expect(await page.evaluate<string[]>(RUN_AXE)).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  };

  test("its messages are listed, found by a search, and show no secret", async () => {
    await settings();
    await page.getByLabel("Search").fill("cellar");
    const found = page.locator(".unread li");
    await expect.poll(() => found.count()).toBe(1);
    expect(await found.textContent()).toMatch(/cellar\/pump\/state.*1834/);
    expect(await found.textContent()).not.toContain("hunter2");
    await passesAxe();
  });

  test("its values are given a meaning, and the last message shows at once how they read", async () => {
    await page.getByRole("button", { name: /^Make a device of this/ }).click();
    const form = page.getByRole("form", { name: "A new device" });
    await value("electric.power").getByText("Power 1,834 W").waitFor();
    await form.getByLabel("Name", { exact: true }).fill("Sump pump");
    await page.getByLabel("What it is").selectOption({ label: "Pump" });
    await value("electric.power").getByLabel("The device writes it in").selectOption("kW");
    await value("electric.power")
      .getByText(/, which must be between/)
      .waitFor();
    await value("electric.power").getByLabel("The device writes it in").selectOption("W");
    expect(await page.getByLabel("Take wifi_password").isChecked()).toBe(false);
    await page.getByLabel("Take target").check();
    const target = value("target");
    await target.getByLabel("Shown as").fill("Wanted level");
    await target.getByLabel("Unit").fill("cm");
    await target.getByText("Wanted level 0.4 m").waitFor();
    await target.getByLabel("It can be set").check();
    expect(await target.getByLabel("The message").inputValue()).toBe('{"target": {value}}');
    await target.getByLabel("By a message on").fill("cellar/pump/state");
    await target.getByText(/hear itself/).waitFor();
    await target.getByLabel("By a message on").fill("cellar/pump/set");
    await expect.poll(() => target.getByText(/hear itself/).count()).toBe(0);
    await passesAxe();
    await page.setViewportSize({ width: 390, height: 844 });
    await passesAxe();
    await page.setViewportSize({ width: 1280, height: 900 });
  }, 180_000);

  test("it is a device of the house, and what a person sets goes to it", async () => {
    await page.getByRole("button", { name: "Make the device" }).click();
    await page.getByRole("link", { name: "See the device" }).click();
    await page.getByRole("heading", { level: 1, name: "Sump pump" }).waitFor();
    await page.getByText("1.83 kW").first().waitFor();
    const body = {
      node: "generic-sump-pump",
      endpoint: 1,
      capability: "vendor",
      command: "set",
      args: { target: 1.2 },
    };
    const answer = await page.request.post(`${hub.url}/api/commands`, { data: body });
    expect(await answer.json()).toMatchObject({ outcome: { state: "confirmed" } });
    expect(asked).toEqual(['{"target": 120}']);
  });

  test("it is changed, and what it said last is read anew", async () => {
    await settings();
    await page.getByRole("button", { name: "Change Sump pump" }).click();
    await value("electric.power").getByLabel("Times").fill("-1");
    await value("electric.power").getByLabel("Times").blur();
    await value("electric.power").getByText("Power −1,834 W").waitFor();
    await page.getByRole("button", { name: "Save", exact: true }).click();
    await page.getByText("Sump pump is kept.").waitFor();
    await vi.waitFor(async () => {
      const node = await (await page.request.get(`${hub.url}/api/nodes/generic-sump-pump`)).text();
      expect(node).toContain("-1834");
    });
  });

  test("a file of the folder is a device too, and one that does not fit is a finding that says where", async () => {
    await device.publishAsync("attic/t", "21.5");
    await vi.waitFor(async () => {
      expect((await page.request.get(`${hub.url}/api/nodes/generic-attic`)).status()).toBe(200);
    });
    await page.goto(`${hub.url}/#/settings/findings`);
    await page
      .getByText(/odd\.json: values\.0\.topic must be one topic/)
      .first()
      .waitFor();
  });

  test("it is saved as a file, removed after asking, and brought back from the file", async () => {
    await settings();
    const saved = page.waitForEvent("download");
    await page.getByRole("button", { name: /^Save as a file.*Sump pump/ }).click();
    const path = join(folder.path, (await saved).suggestedFilename());
    await (await saved).saveAs(path);
    await page.getByRole("button", { name: "Remove Sump pump …" }).click();
    await page.getByText("The device goes with it").waitFor();
    await page.getByRole("button", { name: "Remove", exact: true }).click();
    await vi.waitFor(async () => {
      expect((await page.request.get(`${hub.url}/api/nodes/generic-sump-pump`)).status()).toBe(404);
    });
    await page.getByLabel("Bring a device in from a file").setInputFiles(path);
    await page.getByRole("link", { name: "Sump pump" }).waitFor();
  });

  test("nothing went wrong in the browser", () => expect(faults).toEqual([]));
});
