/** Anna in her home: a real hub, a real browser on a phone's screen, and she is signed in. */
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { expect } from "vitest";
import { chromiumPath, openBrowser } from "../../dashboard/support/browser.ts";
import { root } from "../../support/sources.ts";
import { type DemoHub, startDemo, type temporaryFolder } from "./demo-hub.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RUN_AXE =
  "axe.run().then(({ violations }) => violations.filter((v) => /serious|critical/.test(v.impact)).map((v) => [v.id, v.nodes[0].html.slice(0, 160)].join(' ')))";

const ARGS = ["--days", "1", "--seed", "7", "--no-matter"];

/** Whether a browser and a built hub are there; says loudly what is skipped where they are not. */
export function canMoveIn(what: string): boolean {
  const can = chromiumPath !== undefined && existsSync(join(root, "dist", "dashboard", "index.html"));
  if (!can) console.warn(`SKIPPED: ${what} needs Chromium and the built hub (npm run build)`);
  return can;
}

export interface Family {
  /** A restart puts another in its place. */
  hub: DemoHub;
  readonly browser: Browser;
  readonly page: Page;
  /** The power goes and comes back; she stays signed in. */
  powerCut(): Promise<void>;
  /** Fails where the page threw anything. */
  end(): Promise<void>;
}

export async function moveIn(folder: ReturnType<typeof temporaryFolder>): Promise<Family> {
  const [hub, browser] = await Promise.all([startDemo({ folder: folder.path, args: ARGS }), openBrowser()]);
  const context = await browser.newContext({ viewport: { width: 380, height: 844 }, reducedMotion: "reduce" });
  context.setDefaultTimeout(45_000);
  const page = await context.newPage();
  const faults: string[] = [];
  page.on("pageerror", (e) => faults.push(e.message));
  await page.goto(hub.signIn);
  await page.getByLabel("Your name").fill("Anna");
  await page.getByLabel("Password").fill("a long enough password");
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { level: 1, name: "Demo home" }).waitFor();
  const family: Family = {
    ...{ hub, browser, page },
    async powerCut() {
      await family.hub.end("SIGKILL");
      family.hub = await startDemo({ folder: folder.path, args: ARGS });
      const cookies = await context.cookies();
      await context.addCookies(cookies.map(({ name, value }) => ({ name, value, url: family.hub.url })));
    },
    async end() {
      await browser.close();
      await family.hub.end();
      folder.remove();
      expect(faults).toEqual([]);
    },
  };
  return family;
}

/** Nothing of weight stands against it, and nothing is wider than the screen. */
export async function passesAxe(page: Page): Promise<void> {
  await page.evaluate(axe);
  expect(await page.evaluate<string[]>(RUN_AXE)).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
}
