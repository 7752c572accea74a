/** Policies in a real browser: what the trial says, what is planned and why, and what a person may do. */
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { PolicyView } from "../../hub/http/schemas/policies.ts";
import { buildDashboard, chromiumPath, openBrowser } from "./support/browser.ts";
import { type FakeHub, startFakeHub } from "./support/fake-api.ts";
import { fakePolicy, runningPolicy } from "./support/fake-policies.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const RUN_AXE =
  "axe.run().then(({ violations }) => violations.map((v) => [v.impact, v.id, v.nodes[0].html.slice(0, 160)].join(' ')))";

describe.skipIf(chromiumPath === undefined)("a policy on the dashboard", () => {
  let folder: string;
  let browser: Browser;
  let hub: FakeHub;

  beforeAll(async () => {
    [folder, browser] = [await buildDashboard(), await openBrowser()];
    hub = await startFakeHub(folder);
  }, 180_000);
  afterAll(async () => {
    await browser?.close();
    await hub?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  /** The plans page with this policy; what is posted to it is noted. */
  async function shown(
    policy: PolicyView,
    before?: (page: Page) => Promise<void>,
  ): Promise<{ page: Page; posted: { path: string; body: unknown }[] }> {
    const context = await browser.newContext({ viewport: { width: 380, height: 844 }, reducedMotion: "reduce" });
    const page = await context.newPage();
    const posted: { path: string; body: unknown }[] = [];
    await page.route("**/api/policies**", (route) => {
      const request = route.request();
      if (request.method() === "POST")
        posted.push({ path: new URL(request.url()).pathname, body: request.postDataJSON() });
      return route.fulfill({ json: request.method() === "GET" ? { policies: [policy] } : policy });
    });
    await before?.(page);
    await page.goto(`${hub.url}/#/plans`);
    await page.getByRole("heading", { name: "Car ready, spend least" }).waitFor();
    return { page, posted };
  }

  const card = (page: Page) => page.locator('[data-policy="pol1"]');

  test("tells what each way would have cost, and is approved by exactly its hash", async () => {
    const { page, posted } = await shown(fakePolicy(Date.now()));
    const ways = await page.locator(".way").allInnerTexts();
    expect(ways.map((w) => w.replace(/\s+/g, " "))).toEqual([
      expect.stringMatching(/^Left to itself .*7\.93 a day/),
      expect.stringMatching(/^Battery and sun by themselves .*7\.72 a day/),
      expect.stringMatching(/^With this policy .*5\.12 a day/),
      expect.stringMatching(/^The least possible .*4\.93 a day/),
    ]);
    const widths = await page
      .locator(".way-bar")
      .evaluateAll((bars) => bars.map((b) => b.getBoundingClientRect().width));
    expect((widths[2] ?? 0) / (widths[0] ?? 1), "drawn to scale").toBeCloseTo(71 / 111, 1);
    await card(page)
      .getByRole("button", { name: /Approve exactly this/ })
      .click();
    await expect
      .poll(() => posted)
      .toEqual([{ path: "/api/policies/pol1/approve", body: { hash: "abcdef0123456789" } }]);
  });

  test("shows what it may do at most, and what stopped it before its trial", async () => {
    const reason = 'your rule "Evening" may want to turn off Water heater while the plan wants to turn on Water heater';
    const { verdict: _, ...untried } = fakePolicy(Date.now());
    const { page } = await shown({ ...untried, checks: [{ name: "conflicts", ok: false, detail: reason }] });
    const text = (await card(page).innerText()).replace(/\s+/g, " ");
    expect(text).toContain("It fills the battery at most 2 times a day, gives at most 80 commands a day.");
    expect(text).toContain("Stopped before its trial");
    expect(text).toContain(reason);
  });

  test("says why a block is as it is, when one asks", async () => {
    const { page } = await shown(fakePolicy(Date.now()));
    await card(page)
      .getByRole("button", { name: /charges from the grid/ })
      .click();
    expect(await page.locator(".schedule-why").innerText()).toContain("charges from the grid from 00:00 to 04:00");
    await page.evaluate(axe);
    const found = await page.evaluate<string[]>(RUN_AXE);
    expect(found.filter((v) => /^(serious|critical)/.test(v))).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  test("that did not stand its trial can only be watched", async () => {
    const policy = fakePolicy(Date.now(), { ok: false, reasons: ["9 minutes of comfort lost a day"] });
    const { page, posted } = await shown({ ...policy, reason: "9 minutes of comfort lost a day" });
    expect(
      await card(page)
        .getByRole("button", { name: /Approve/ })
        .count(),
    ).toBe(0);
    await card(page).getByRole("button", { name: "Only watch" }).click();
    await expect.poll(() => posted.map((p) => p.path)).toEqual(["/api/policies/pol1/watch"]);
  });

  test("shows each week's promise beside what was measured, in a picture and in words", async () => {
    const { page, posted } = await shown(runningPolicy(Date.now()));
    const words = page.locator(".week-words");
    expect(await words.innerText()).toContain("Promised 2.81 € a day, measured 0.40, give or take 0.60: missed");
    expect(await page.getByText(/Promise kept in 2 of 3 whole weeks/).count()).toBe(1);
    await page.locator(".week-button").first().click();
    expect(await words.innerText()).toContain("measured 2.50, give or take 0.60: kept");
    const heights = await page
      .locator(".week-good, .week-bad")
      .evaluateAll((bars) => bars.map((b) => b.getBoundingClientRect().height));
    expect((heights[2] ?? 0) / (heights[0] ?? 1), "drawn to scale").toBeCloseTo(0.4 / 2.5, 1);
    await card(page).getByRole("button", { name: "Measure now" }).click();
    await expect.poll(() => posted.map((p) => p.path)).toEqual(["/api/policies/pol1/measure"]);
    await page.evaluate(axe);
    const found = await page.evaluate<string[]>(RUN_AXE);
    expect(found.filter((v) => /^(serious|critical)/.test(v))).toEqual([]);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
  });

  test("says what the power is held to between two plans, and what is held back for it now", async () => {
    const policy = runningPolicy(Date.now());
    const held = "EV charger lowered to 8 A: the quarter hour would come to 5.2 kW, allowed are 4.5";
    const words =
      "Keeps the mean of each 15 minutes below 4.5 kW; where more would flow, these help in this order: EV charger";
    const schedule = policy.schedule && { ...policy.schedule, guard: { words, held: [held] } };
    const { page } = await shown({ ...policy, ...(schedule ? { schedule } : {}) });
    expect(await card(page).locator(".notice").filter({ hasText: held }).count()).toBe(1);
    expect(await card(page).innerText()).toContain(`${words}.`);
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
    const pictures = process.env.INGLENOOK_PICTURES;
    if (!pictures) return;
    for (const width of [380, 1280]) {
      await page.setViewportSize({ width, height: 844 });
      await card(page).locator(".notice").filter({ hasText: held }).scrollIntoViewIfNeeded();
      await page.screenshot({ path: `${pictures}/power-guard-${width}.png` });
    }
  });

  test("while it runs, the rules say who steers, and its card that the next plan is on its way", async () => {
    const { schedule: _, ...early } = fakePolicy(Date.now());
    const { page } = await shown({ ...early, state: "running" });
    expect(await card(page).getByText("The hub works out the next 24 hours …").count()).toBe(1);
    await page.goto(`${hub.url}/#/rules`);
    await page.getByRole("link", { name: early.title }).waitFor();
    const steers = await page.getByRole("region", { name: "Rules of plans" }).textContent();
    expect(steers).toContain(`${early.title} steers ${early.devices.map((d) => d.name).join(", ")}`);
    expect(steers).not.toContain("None run now");
  });

  test("a device that a person has set by hand is named while it runs, until when, and can be given back", async () => {
    const policy: PolicyView = { ...fakePolicy(Date.now()), state: "running" };
    const [device] = policy.devices;
    if (!device) throw new Error("it steers nothing");
    const until = Date.parse("2026-11-23T09:18:00Z");
    let isHeld = true;
    const { page } = await shown(policy, async (early) => {
      await early.route(`**/api/nodes/${device.node}/holds`, (route) => {
        if (route.request().method() === "DELETE") isHeld = false;
        return route.fulfill({ json: { holds: isHeld ? [{ what: "Battery mode", by: "Anna", until }] : [] } });
      });
    });
    const line = card(page).getByRole("region", { name: "Set by hand" });
    await line.waitFor();
    expect(await line.textContent()).toMatch(
      new RegExp(`${device.name}: Anna set battery mode by hand.* until \\d\\d:18\\.`),
    );
    await line.getByRole("button", { name: "Let them have it again" }).click();
    await line.waitFor({ state: "detached" });
  });

  test("is refused with a reason that later proposals heed, and asks what was shown by hand before", async () => {
    const asks = [{ node: "battery", words: "Home battery: on 3 days you switched it on by hand." }];
    const { page, posted } = await shown({ ...fakePolicy(Date.now()), asks });
    expect(await page.getByText("on 3 days you switched it on by hand").count()).toBe(1);
    await page.getByRole("heading", { name: "Refuse it" }).click();
    await page.getByLabel(/^Why\?/).selectOption({ label: "The battery shall never charge from the grid" });
    await page.getByRole("button", { name: "Refuse", exact: true }).click();
    await expect
      .poll(() => posted)
      .toEqual([
        {
          path: "/api/policies/pol1/refuse",
          body: {
            reason: "The battery shall never charge from the grid",
            because: { kind: "limit", limit: "noGridCharging" },
          },
        },
      ]);
  });

  test("a rule that wants a device otherwise than a running policy: one tap leaves the device out of the policy, and the rule is looked at anew", async () => {
    const policy = runningPolicy(Date.now());
    const devices = [...policy.devices, { node: "car", endpoint: 1, kind: "car" as const, name: "Car" }];
    let isOut = false;
    const { page, posted } = await shown({ ...policy, devices });
    await page.route("**/api/home-rules/check", async (route) => {
      const answer = await route.fetch();
      isOut = posted.length > 0;
      const text = "The policy steers Home battery, and always wins.";
      const problem = { level: "warn", code: "plan", field: "do.0", text, about: ["battery", policy.id] };
      await route.fulfill({ json: { ...(await answer.json()), problems: isOut ? [] : [problem] } });
    });
    await page.goto(`${hub.url}/#/rules/rule-hall`);
    const told = page.getByText("The policy steers Home battery, and always wins.");
    await told.waitFor();
    await page.getByRole("button", { name: /^leave .* out of the plan; it is tried and asked about anew$/ }).click();
    await expect
      .poll(() => posted)
      .toEqual([{ path: `/api/policies/${policy.id}/change`, body: { leaveOut: ["battery"] } }]);
    await told.waitFor({ state: "detached" });
    expect(isOut).toBe(true);
    await page.context().close();
  });
});
