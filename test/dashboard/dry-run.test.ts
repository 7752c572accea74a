/** What a rule would have done, as a person reads it. `INGLENOOK_SHOTS=FOLDER` keeps pictures of it. */
import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { AllTrialAnswer, RuleTrial, TrialAnswer } from "../../hub/http/schemas.ts";
import { buildDashboard, chromiumPath, openBrowser } from "./support/browser.ts";
import { type FakeHub, startFakeHub } from "./support/fake-api.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const DAY = 86_400_000;
/** Midnight in Berlin. */
const FROM = Date.UTC(2025, 10, 21, 23);
const nameOf = (at: number): string => new Date(at + DAY / 2).toISOString().slice(0, 10);

/** A year in which it came on most evenings, and on one day against a person. */
function yearOf(): RuleTrial {
  const days = Array.from({ length: 365 }, (_, i) => ({
    ...{ day: nameOf(FROM + i * DAY), firings: i % 9, changes: i % 9 === 1 ? 1 : 0, fights: i === 300 ? 1 : 0 },
    energy: { kwh: (i % 9) * 0.05, money: (i % 9) * 0.015 },
  }));
  const at = FROM + 300 * DAY + 20 * 3_600_000;
  const run = {
    ...{ id: "run-1", at, endedAt: at + 600_000, rule: "r", title: "Light in the hall at night", kind: "run" as const },
    ...{ cause: "Motion is occupied, was not occupied", outcome: "done", nodes: ["hall"] },
    lines: [
      { at, text: "turn on Hall light: done" },
      {
        at: at + 600_000,
        text: "turn off Hall light: refused, Anna set it by hand; that holds for another 20 minutes",
        bad: true as const,
      },
    ],
  };
  const near = {
    ...run,
    id: "miss-1",
    at: at + 3_600_000,
    kind: "nearMiss" as const,
    lines: [],
    outcome: "its condition does not hold: the sun is up",
  };
  return {
    ...{ title: "Light in the hall at night", words: "When ...", form: "when", from: FROM, to: FROM + 365 * DAY },
    ...{ exactFrom: FROM + 300 * DAY, fineFrom: FROM, firings: 1456, nearMisses: 212, changes: 41, alreadySo: 12 },
    ...{ unknownMinutes: 2880, energy: { known: true, value: { kwh: 72.8, money: 21.84 } } },
    comfort: {
      known: false,
      why: "Living room thermostat: nothing measures what its heating takes; what would help: a meter on the heat pump or the heating",
    },
    worst: { day: nameOf(FROM + 300 * DAY), why: "something else wanted it otherwise once" },
    fights: [{ kind: "person", by: "Anna", count: 1, firstAt: at, lastAt: at, example: "off for Hall light: said so" }],
    ...{
      days,
      runs: [run, near],
      left: 1455,
      notes: ["Judged by values of five minutes, in which anything shorter can't be seen."],
    },
  };
}

/** The same with a room that it lets cool, and its tank: the night of the worst day from 21 °C down to 17.4 °C and up again. */
function heatingYear(): RuleTrial {
  const day = nameOf(FROM + 300 * DAY);
  const from = FROM + 300 * DAY;
  const would = Array.from({ length: 96 }, (_, i) => 21 - 3.6 * Math.sin((Math.PI * Math.min(i, 60)) / 60));
  const picture = { day, from, stepMs: 900_000, would, was: would.map((_, i) => 21 + 0.2 * Math.sin(i / 9)) };
  const room = {
    ...{ kind: "room" as const, name: "Living room", below: { was: 15, would: 1275 }, above: { was: 0, would: 0 } },
    band: "what it was set to then, up to 0.5 °C less or 1 °C more",
    error: "the model misses its temperature through a day by 0.14 °C on 15 days that it had not seen",
    coldest: { at: from + 7.5 * 3_600_000, day, c: 17.4, was: 20.9 },
    picture: { ...picture, low: would.map(() => 20.5), high: would.map(() => 22) },
  };
  return {
    ...yearOf(),
    comfort: { known: true, value: { rooms: [room], untold: ["Water heater heated too seldom to learn from"] } },
    worst: { day, why: "1260 minutes more too cold or too warm than it was" },
  };
}

describe.skipIf(chromiumPath === undefined)("a rule tried on the past, on the dashboard", () => {
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

  /** The hub's answers to a trial, one after the other; the last stands. */
  async function answering(page: Page, answers: TrialAnswer[]): Promise<unknown[]> {
    const wishes: unknown[] = [];
    await page.route("**/api/home-rules/dry-run**", async (route) => {
      const isWish = route.request().method() === "POST";
      if (isWish) wishes.push(route.request().postDataJSON());
      const json = isWish ? { id: "trial-1" } : answers.length > 1 ? answers.shift() : answers[0];
      await route.fulfill({ status: isWish ? 202 : 200, json });
    });
    return wishes;
  }

  test("the report of a year fits a phone and a wide screen: figures, the worst day and its runs, who fought it, a day by the keys", async () => {
    const page = await browser.newPage({
      viewport: { width: 380, height: 800 },
      reducedMotion: "reduce",
      timezoneId: "Europe/Berlin",
    });
    page.setDefaultTimeout(30_000);
    const faults: string[] = [];
    page.on("pageerror", (e) => faults.push(e.message));
    const wishes = await answering(page, [
      { state: "running", done: 0.4 },
      { state: "done", report: yearOf() },
    ]);
    await page.goto(`${hub.url}/#/rules/rule-hall`);
    const part = page.getByRole("region", { name: "Try on the past" });
    await part.getByLabel("Over").selectOption("365");
    await part.getByRole("button", { name: "Try it" }).click();
    await part.getByRole("progressbar").waitFor();
    await part.getByText("1,456 times").waitFor();
    expect(wishes).toMatchObject([{ id: "rule-hall", days: 365, draft: { form: "when" } }]);
    if (process.env.INGLENOOK_SHOTS) await part.screenshot({ path: `${process.env.INGLENOOK_SHOTS}/dry-run.png` });
    const worst = part.getByRole("region", { name: /^Friday,? 18 September 2026/ });
    await worst.getByText("Motion is occupied, was not occupied").first().waitFor();
    await worst.getByText("Nearly: 1").click();
    await worst.getByText("its condition does not hold").waitFor();
    await part.getByRole("region", { name: "What would have fought it" }).getByText("Anna").waitFor();
    await part.getByText("can't be told").waitFor();
    const day = (name: RegExp) => part.getByRole("button", { name });
    await day(/^Friday,? 18 September 2026: 3 times, once against something else, the worst day$/).press("ArrowRight");
    await page.keyboard.press("Enter");
    await part
      .getByRole("region", { name: /^Saturday,? 19 September 2026/ })
      .getByText("and 4 more on that day")
      .waitFor();
    await expect
      .poll(() =>
        part.getByRole("heading", { name: "September 2026", exact: true }).evaluate((h) => {
          const { left, right } = h.getBoundingClientRect();
          return left >= 0 && right <= window.innerWidth;
        }),
      )
      .toBe(true);
    for (const width of [380, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
      ).toBe(true);
      if (process.env.INGLENOOK_SHOTS)
        await part.screenshot({ path: `${process.env.INGLENOOK_SHOTS}/dry-run-${width}.png` });
    }
    await page.evaluate(axe);
    expect(await page.evaluate<string[]>("axe.run().then(({ violations }) => violations.map((v) => v.id))")).toEqual(
      [],
    );
    expect(faults).toEqual([]);
    await page.close();
  });

  test("all rules side by side: what speaks against one comes first, what never comes is named, and each leads to its own trial", async () => {
    const page = await browser.newPage({ viewport: { width: 380, height: 800 }, reducedMotion: "reduce" });
    page.setDefaultTimeout(30_000);
    const { title, form, from, to, nearMisses, changes, unknownMinutes, energy, fights } = yearOf();
    const one = { title, form, from, to, nearMisses, changes, unknownMinutes, energy, comfortMinutes: 0 };
    const firstDay = nameOf(FROM);
    const quiet = { ...one, fights: [], byDay: Array.from({ length: 365 }, () => 1), firings: 365, firstDay };
    const answers: AllTrialAnswer[] = [
      { state: "running", done: 0.5 },
      {
        state: "done",
        tried: [
          {
            ...quiet,
            id: "rule-fridge",
            title: "Fridge warm",
            firings: 0,
            changes: 0,
            byDay: quiet.byDay.map(() => 0),
          },
          { ...quiet, id: "rule-evening", title: "Evening light" },
          { ...quiet, id: "rule-hall", fights },
        ],
      },
    ];
    await page.route("**/api/home-rules/dry-run-all**", async (route) => {
      const isWish = route.request().method() === "POST";
      if (isWish) expect(route.request().postDataJSON()).toEqual({ days: 365 });
      const json = isWish ? { id: "trial-1" } : answers.length > 1 ? answers.shift() : answers[0];
      await route.fulfill({ status: isWish ? 202 : 200, json });
    });
    await page.goto(`${hub.url}/#/rules`);
    await page.getByRole("link", { name: "All rules on the past" }).click();
    await page.getByLabel("Over").selectOption("365");
    await page.getByRole("button", { name: "Try all" }).click();
    const found = page.getByRole("region", { name: "What they would have done" });
    await found.getByText("One rule would never have come: Fridge warm.").waitFor();
    await found.getByText("Anna wanted it otherwise once").waitFor();
    expect(await found.getByRole("heading").allInnerTexts()).toEqual([title, "Evening light", "Fridge warm"]);
    expect(await found.getByRole("img").allInnerTexts()).toHaveLength(3);
    await found
      .getByRole("img", { name: /^on 365 of 365 days; most on / })
      .first()
      .waitFor();
    for (const width of [380, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
      ).toBe(true);
    }
    await page.evaluate(axe);
    expect(await page.evaluate<string[]>("axe.run().then(({ violations }) => violations.map((v) => v.id))")).toEqual(
      [],
    );
    expect(await found.getByRole("link", { name: title }).getAttribute("href")).toBe("#/rules/rule-hall?try=past");
    await page.close();
  });

  test("how warm it would have been is told room by room, with the worst day as a picture against what is wanted", async () => {
    const page = await browser.newPage({ reducedMotion: "reduce", timezoneId: "Europe/Berlin" });
    page.setDefaultTimeout(30_000);
    await answering(page, [{ state: "done", report: heatingYear() }]);
    await page.goto(`${hub.url}/#/rules/rule-hall`);
    const part = page.getByRole("region", { name: "Try on the past" });
    await part.getByRole("button", { name: "Try it" }).click();
    await part.getByText("21 h less").waitFor();
    await part.getByText("of the rest it can't be told: Water heater heated too seldom").waitFor();
    const rooms = part.getByRole("region", { name: "How warm it would have been" });
    await rooms.getByText("Too cold: 21 h 15 min, was 15 min. Too warm: never, was never.").waitFor();
    await rooms.getByText(/Coldest: 17\.4 °C on .*, was 20\.9 °C\./).waitFor();
    await rooms.getByText("by 0.14 °C on 15 days that it had not seen").waitFor();
    await rooms
      .getByRole("img", { name: /^Living room on Friday,? 18 September 2026: .* down to 17\.4 °C$/ })
      .waitFor();
    for (const width of [380, 1280]) {
      await page.setViewportSize({ width, height: 800 });
      await expect
        .poll(() => page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth))
        .toBe(true);
      if (process.env.INGLENOOK_SHOTS)
        await rooms.screenshot({ path: `${process.env.INGLENOOK_SHOTS}/dry-run-rooms-${width}.png` });
    }
    await page.evaluate(axe);
    expect(await page.evaluate<string[]>("axe.run().then(({ violations }) => violations.map((v) => v.id))")).toEqual(
      [],
    );
    await page.close();
  });
});
