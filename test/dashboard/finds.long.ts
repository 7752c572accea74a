/** What could be saved, in a real browser: the evidence as a picture, a plan made of it, and what is put aside. */
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import type { FindsView } from "../../hub/http/schemas/finds.ts";
import { buildDashboard, chromiumPath, openBrowser } from "./support/browser.ts";
import { type FakeHub, startFakeHub } from "./support/fake-api.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RUN_AXE =
  "axe.run('[aria-label=\"What could be saved\"]').then(({ violations }) => violations.map((v) => [v.impact, v.id, v.nodes[0].html.slice(0, 160)].join(' ')))";

const NOW = Date.now();
const range = (likely: number) => ({ likely, low: likely * 0.6, high: likely * 1.3 });
const perHour = (at: (hour: number) => number) => Array.from({ length: 24 }, (_, hour) => at(hour));

const found: NonNullable<FindsView["found"]> = {
  ...{ at: NOW - 60_000, from: NOW - 60 * 86_400_000, to: NOW },
  finds: [
    {
      ...{ id: "peakUse:ev/1", kind: "peakUse", node: "ev", room: "Garage", title: "Car: runs while energy is dear" },
      facts: ["29 of its 34 runs on 39 days, most often at about 18:00."],
      picture: {
        ...{ caption: "Mean power by hour of the day", unit: "W", across: "hours" },
        ...{
          values: perHour((h) => (h > 16 && h < 21 ? 2600 : 40)),
          part: perHour((h) => (h > 16 && h < 21 ? 2500 : 0)),
        },
      },
      ...{ effect: "moves", kwh: range(2250), money: range(278), confidence: "high" },
      because: "its runs and the prices of these days are known",
      offer: { kind: "goals", goals: [{ kind: "minimise", what: "cost" }] },
    },
    {
      ...{ id: "needlessHeating:t", kind: "needlessHeating", title: "Thermostat: heated while nobody is home" },
      facts: ["Nobody was home 20 times."],
      picture: { caption: "Mean power of the heating", unit: "W", across: "hours", values: perHour(() => 700) },
      ...{ effect: "saves", kwh: range(97), money: range(30), confidence: "medium", because: "its cooling was seen" },
      offer: { kind: "blueprint", blueprint: "heating-away", words: "Let the heating go back once everybody is gone." },
    },
    {
      ...{ id: "coldBox:f", kind: "coldBox", title: "Fridge: colder than needed", facts: ["It is 1.0 °C as a rule."] },
      picture: {
        ...{ caption: "Temperature inside, day by day", unit: "°C", across: "days", from: NOW - 20 * 86_400_000 },
        ...{ values: [1.1, 1, null, 0.9], level: 5 },
      },
      ...{ effect: "saves", kwh: range(60), money: range(9.4), confidence: "medium", because: "it was measured" },
      offer: { kind: "advice", words: "Turn its dial up a step: a person has to do it." },
    },
  ],
  silent: [{ kind: "nightBase", why: "there is no house meter" }],
  rankedBy: "goals",
  ...{ words: [{ find: "coldBox:f", words: "A turn of the dial is all it takes." }], notes: [] },
};

describe.skipIf(chromiumPath === undefined)("what could be saved", () => {
  let folder: string;
  let browser: Browser;
  let hub: FakeHub;

  beforeAll(async () => {
    [folder, browser] = [await buildDashboard(), await openBrowser()];
    hub = await startFakeHub(folder);
  }, 540_000);
  afterAll(async () => {
    await browser?.close();
    await hub?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  async function shown(width: number, view: FindsView) {
    const page = await (
      await browser.newContext({ viewport: { width, height: 844 }, reducedMotion: "reduce" })
    ).newPage();
    const asked: [string, string, unknown][] = [];
    let now = view;
    await page.route("**/api/finds**", (route) => {
      const request = route.request();
      const path = decodeURIComponent(new URL(request.url()).pathname);
      if (request.method() !== "GET") asked.push([request.method(), path, request.postDataJSON()]);
      const body: { dismissed?: boolean } = request.method() === "PATCH" ? request.postDataJSON() : {};
      if (body.dismissed !== undefined) now = { ...now, dismissed: body.dismissed ? [path.slice(11)] : [] };
      return route.fulfill({ json: now });
    });
    await page.goto(`${hub.url}/#/plans`);
    await page.getByRole("heading", { name: "What could be saved" }).waitFor();
    return { page, asked };
  }

  const card = (page: Page, id: string) => page.locator(`[data-find="${id}"]`);

  test("is told with its size, its picture and what to do, and fits a phone", async () => {
    const { page } = await shown(380, { found, dismissed: [], searching: false });
    const section = page.getByRole("region", { name: "What could be saved" });
    expect(await section.textContent()).toMatch(
      /about €317 a year, each kWh counted once; found in 60 days .*what serves your wishes stands first/s,
    );
    expect(await card(page, "peakUse:ev/1").textContent()).toMatch(/€278 a year \(between €167 and €361\)/);
    expect(await card(page, "coldBox:f").textContent()).toMatch(
      /A turn of the dial is all it takes. \(worded by the model\)/,
    );
    const bars = await card(page, "peakUse:ev/1")
      .locator("rect")
      .evaluateAll((all) => all.map((r) => r.getBoundingClientRect().height));
    expect(Math.max(...bars)).toBeGreaterThan(60);
    expect(
      await card(page, "needlessHeating:t")
        .getByRole("link", { name: /ready-made rule/ })
        .getAttribute("href"),
    ).toBe("#/blueprints/use?id=heating-away");
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(380);
    await page.evaluate(axe);
    expect(await page.evaluate(RUN_AXE)).toEqual([]);
  }, 90_000);

  test("a plan is made of it by one click; what is not interesting is put aside and can be had back", async () => {
    const { page, asked } = await shown(1280, { found, dismissed: [], searching: false });
    await card(page, "peakUse:ev/1")
      .getByRole("button", { name: /Make a plan of it/ })
      .click();
    await vi.waitFor(() => expect(asked).toEqual([["POST", "/api/finds/peakUse:ev/1/wish", {}]]));
    await card(page, "coldBox:f")
      .getByRole("button", { name: /Not interesting/ })
      .click();
    await card(page, "coldBox:f").waitFor({ state: "detached" });
    expect(asked.at(-1)).toEqual(["PATCH", "/api/finds/coldBox:f", { dismissed: true }]);
    await page.getByText("Not interesting to you").click();
    await page.getByRole("button", { name: /Put it back/ }).click();
    await card(page, "coldBox:f").waitFor();
    await page.getByRole("button", { name: "Look again" }).click();
    await vi.waitFor(() => expect(asked.at(-1)).toEqual(["POST", "/api/finds/search", {}]));
  }, 90_000);

  test("where nothing was searched yet, it says what will be looked for", async () => {
    const { page } = await shown(380, { dismissed: [], searching: false });
    expect(await page.getByRole("region", { name: "What could be saved" }).textContent()).toContain("once a day");
    await page.getByRole("button", { name: "Look now" }).waitFor();
  }, 90_000);
});
