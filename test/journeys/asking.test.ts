import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { chromiumPath, openBrowser } from "../dashboard/support/browser.ts";
import { farServer } from "../main/notify-support.ts";
import { root } from "../support/sources.ts";
import { type DemoHub, startDemo, temporaryFolder } from "./support/demo-hub.ts";

const built = existsSync(join(root, "dist", "dashboard", "index.html"));
if (chromiumPath === undefined || !built)
  console.warn("SKIPPED: questions of rules need Chromium and the built hub (npm run build)");

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RUN_AXE =
  "axe.run().then(({ violations }) => violations.filter((v) => /serious|critical/.test(v.impact)).map((v) => [v.id, v.nodes[0].html.slice(0, 160)].join(' ')))";
const PICTURES = process.env.INGLENOOK_PICTURES;

/** A rule that asks, on the real hub and in a real browser, over a power cut. The tests follow on each other. */
describe.skipIf(chromiumPath === undefined || !built)(
  "a rule asks a family",
  () => {
    const folder = temporaryFolder();
    const args = ["--days", "1", "--seed", "7", "--no-matter"];
    let hub: DemoHub;
    let browser: Browser;
    let context: BrowserContext;
    let page: Page;
    let far: Awaited<ReturnType<typeof farServer>>;
    const faults: string[] = [];

    beforeAll(async () => {
      [hub, browser] = await Promise.all([startDemo({ folder: folder.path, args }), openBrowser()]);
      context = await browser.newContext({ viewport: { width: 380, height: 844 }, reducedMotion: "reduce" });
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
      await browser?.close();
      await hub?.end();
      folder.remove();
      expect(faults).toEqual([]);
    });

    const button = (name: string | RegExp) => page.getByRole("button", { name });
    const open = (hash: string) => page.goto(`${hub.url}/#/${hash}`);
    const news = () => page.getByRole("region", { name: "Messages from your house" });
    const picture = async (name: string) => {
      if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
    };
    const passesAxe = async () => {
      await page.evaluate(axe);
      expect(await page.evaluate<string[]>(RUN_AXE)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    };
    const start = async () => {
      await open("rules");
      await button(/Start now/).click();
      await page.getByText(/: asked people "Start the dryer\?": Start . Not today/).waitFor();
    };

    test("the rule is written in the guided form", async () => {
      await open("rules/new");
      await button(/When something happens/).click();
      await page.getByLabel("Name of the rule").fill("Dryer");
      await page.getByLabel("Add a step").selectOption({ label: "Ask people, then do" });
      const step = page.getByRole("group", { name: /^Step 1:/ });
      await step.getByLabel("Ask", { exact: true }).fill("Start the dryer?");
      await step.getByLabel("More words").fill("The price is low until 4 pm.");
      const first = step.getByRole("group", { name: "Step 1, answer 1", exact: true });
      await first.getByLabel("Answer", { exact: true }).fill("Start");
      await first.getByLabel("Add a step").selectOption({ label: "Change the mode of the house" });
      await first.getByLabel("To mode").selectOption("night");
      await step
        .getByRole("group", { name: "Step 1, answer 2", exact: true })
        .getByLabel("Answer", { exact: true })
        .fill("Not today");
      await passesAxe();
      await picture("ask-form-380");
      await button("Save").click();
      await page.getByText(/ask people "Start the dryer\?" and wait 60 minutes/i).waitFor();
    });

    test("the question is on the home view, outlives a power cut, and is answered by the keyboard alone", async () => {
      await start();
      await hub.end("SIGKILL");
      hub = await startDemo({ folder: folder.path, args });
      const cookies = await context.cookies();
      await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: hub.url })));
      await open("home");
      await news().getByText("Start the dryer?").first().waitFor();
      await passesAxe();
      await picture("ask-home-380");
      await page.setViewportSize({ width: 1280, height: 900 });
      await passesAxe();
      await picture("ask-home-1280");
      await news().getByRole("button", { name: "Start", exact: true }).focus();
      await page.keyboard.press("Enter");
      await news().getByRole("button", { name: "Start", exact: true }).waitFor({ state: "detached" });
      await expect.poll(() => page.getByRole("radio", { name: "Night" }).isChecked()).toBe(true);
      await open("settings/notifications");
      await page.getByText(/^Anna answered Start,/).waitFor();
      await picture("ask-inbox-1280");
      await open("traces");
      await page.getByText("Anna answered Start").first().waitFor();
      await picture("ask-trace-1280");
    });

    test("a phone with the link answers without a sign-in, and finds the question closed the next time", async () => {
      far = await farServer();
      await page.setViewportSize({ width: 380, height: 844 });
      await open("settings/notifications");
      await button("Add a way").click();
      const form = page.getByRole("form", { name: "Add a way" });
      await form.getByLabel("Name").fill("Ben's phone");
      await form.getByLabel("Server").fill(far.url);
      await form.getByLabel("Topic").fill("our-house");
      await form.getByLabel(/^This hub as the phone reaches it/).fill(hub.url);
      await passesAxe();
      await picture("ask-way-380");
      await form.getByRole("button", { name: "Save" }).click();
      await page.getByText(/questions can be answered there/).waitFor();
      await start();
      await expect.poll(() => far.heard.length).toBe(1);
      const { click, actions } = JSON.parse(String(far.heard[0]?.body));
      const stranger = await browser.newContext({ viewport: { width: 380, height: 700 } });
      const phone = await stranger.newPage();
      await phone.goto(click);
      await phone.getByRole("heading", { name: "Start the dryer?" }).waitFor();
      if (PICTURES) await phone.screenshot({ path: join(PICTURES, "ask-link-380.png") });
      await phone.getByRole("button", { name: "Not today" }).click();
      await phone.getByText("Your answer is taken: Not today.").waitFor();
      const late = await fetch(actions[0].url, { method: "POST" });
      expect([late.status, await late.text()]).toMatchObject([
        409,
        /the link sent to Ben(&#39;|')s phone answered Not today/,
      ]);
      await stranger.close();
      await open("settings/notifications");
      await page.getByText(/^the link sent to Ben's phone answered Not today,/).waitFor();
    });

    test("a rule that is switched off takes its question off the screen", async () => {
      await start();
      const other = await context.newPage();
      await other.goto(`${hub.url}/#/home`);
      await other.getByRole("button", { name: "Not today" }).waitFor();
      await page.getByRole("switch", { name: /Dryer/ }).click();
      await other.getByRole("button", { name: "Not today" }).waitFor({ state: "detached" });
      await other.close();
    });
  },
  90_000,
);
