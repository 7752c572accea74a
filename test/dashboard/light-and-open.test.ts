/** What every view must be: light to load, open to everyone, and quiet towards the outside. */
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { buildDashboard, chromiumPath, openBrowser } from "./support/browser.ts";
import { type FakeHub, startFakeHub } from "./support/fake-api.ts";

const FIRST_LOAD_LIMIT = 60 * 1024;
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

const RUN_AXE =
  "axe.run().then(({ violations }) => violations.map((v) => [v.impact, v.id, v.nodes[0].html.slice(0, 160)].join(' ')))";

const VIEWS = [
  ["home", "Rose Cottage"],
  ["node/lamp", "Living room light"],
  ["energy", "Energy"],
  ["bill/2026-10", "Bill of October 2026"],
  ["plans", "Plans"],
  ["rules", "Rules"],
  ["rules/new", "New rule"],
  ["rules/exchange", "Rules as files"],
  ["rules/rule-hall", "Change a rule"],
  ["settings/models", "Settings"],
  ["settings/pairing", "Settings"],
  ["settings/tariff", "Settings"],
  ["settings/home", "Settings"],
  ["settings/house", "Settings"],
  ["settings/notifications", "Settings"],
  ["settings/password", "Settings"],
  ["settings/findings", "Settings"],
  ["settings/history", "Settings"],
  ["settings/audit", "Settings"],
] as const;

let folder: string;
beforeAll(async () => {
  folder = await buildDashboard();
}, 180_000);

afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the page itself holds no inline script, no style and no foreign address", () => {
  const html = readFileSync(join(folder, "index.html"), "utf8");
  expect(html).not.toMatch(/<script(?![^>]*\bsrc=)/);
  expect(html).not.toMatch(/<style|style=/);
  expect(html).not.toMatch(/https?:\/\//);
});

test("no part of the dashboard writes markup from text", () => {
  const sources = readdirSync("dashboard", { recursive: true, encoding: "utf8" }).filter((n) => /\.tsx?$/.test(n));
  expect(sources.length).toBeGreaterThan(30);
  for (const name of sources)
    expect(readFileSync(join("dashboard", name), "utf8"), name).not.toMatch(
      /innerHTML|insertAdjacentHTML|document\.write/i,
    );
});

describe.skipIf(chromiumPath === undefined)("in a real browser", () => {
  let browser: Browser;
  let hub: FakeHub;
  beforeAll(async () => {
    browser = await openBrowser();
    hub = await startFakeHub(folder);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await hub?.close();
  });

  test("the home view loads in less than 60 KB of scripts and styles, and asks nobody else", async () => {
    const page = await browser.newPage();
    const asked: URL[] = [];
    page.on("request", (r) => asked.push(new URL(r.url())));
    await page.goto(`${hub.url}/#/home`);
    await page.locator('[data-node="lamp"]').waitFor();
    const files = asked.filter((u) => /\.(js|css)$/.test(u.pathname));
    const bytes = files.reduce((sum, u) => sum + gzipSync(readFileSync(join(folder, u.pathname))).length, 0);
    expect(files.length).toBeGreaterThan(1);
    expect(bytes).toBeLessThan(FIRST_LOAD_LIMIT);
    expect(asked.filter((u) => u.origin !== hub.url)).toEqual([]);
    await page.close();
  });

  for (const scheme of ["light", "dark"] as const)
    test(`every view passes axe, by ${scheme === "light" ? "day" : "night"}`, async () => {
      const context = await browser.newContext({
        viewport: { width: 390, height: 844 },
        colorScheme: scheme,
        reducedMotion: "reduce",
      });
      const page = await context.newPage();
      const found: string[] = [];
      for (const [hash, title] of VIEWS) {
        await page.goto(`${hub.url}/#/${hash}`);
        await page.getByRole("heading", { level: 1, name: title }).waitFor();
        await page.locator(".loading, .skeleton").first().waitFor({ state: "detached" });
        // The page's own policy refuses injected script elements; the debugger's evaluation is not bound by it.
        await page.evaluate(axe);
        const violations = await page.evaluate<string[]>(RUN_AXE);
        found.push(...violations.filter((v) => /^(serious|critical)/.test(v)).map((v) => `${hash}: ${v}`));
        expect(
          await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth),
          `${hash} scrolls sideways`,
        ).toBe(true);
      }
      expect(found).toEqual([]);
      await context.close();
    }, 180_000);
});
