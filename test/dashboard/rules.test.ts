import { readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { buildDashboard, chromiumPath, openBrowser } from "./support/browser.ts";
import { type FakeHub, startFakeHub } from "./support/fake-api.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

describe.skipIf(chromiumPath === undefined)("rules of people, on the dashboard", () => {
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
    // A draft that is not whole yet is refused, which the browser logs as an error of its own.
    page.on("console", (m) => m.type() === "error" && !/status of 400/.test(m.text()) && faults.push(m.text()));
    hub = await startFakeHub(folder);
  });
  afterEach(async () => {
    await context.close();
    await hub.close();
  });
  const open = (hash: string) => page.goto(`${hub.url}/${hash}`);
  const fits = async () =>
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
    ).toBe(true);
  const card = (title: string) => page.locator("[data-rule]").filter({ hasText: title });
  const asked = (method: string, path: RegExp) => hub.asked.filter((a) => a.method === method && path.test(a.path));

  test("a rule is made by the form, read in words, saved, started by hand, and what it did is a link away", async () => {
    await open("#/rules");
    await page.getByRole("link", { name: "New rule" }).click();
    await page.getByRole("button", { name: /When something happens/ }).click();
    await page.getByText("give the rule a name").waitFor();
    await page.getByLabel("Name of the rule").fill("Light when somebody moves");
    await page.getByLabel("Add what starts it").selectOption("becomes");
    const start = page.getByRole("group", { name: /^Start 1/ });
    await start.getByLabel("Motion", { exact: true }).check();
    await start.getByLabel("What", { exact: true }).selectOption({ label: "Occupied" });
    await start.getByLabel("Changes to").selectOption({ label: "occupied" });
    const deeds = page.getByRole("region", { name: "Do", exact: true });
    await deeds.getByLabel("Add a step").selectOption("command");
    const step = page.getByRole("group", { name: /^Step 1/ });
    await step.getByLabel("Living room light").check();
    await step.getByLabel("Ask for").selectOption({ label: "Turn on" });
    await deeds.getByLabel("Then").selectOption("wait");
    await page
      .getByRole("group", { name: /^Step 2/ })
      .getByLabel("Minutes")
      .fill("2.5");
    await page.getByText("When becomes: command, then wait.").waitFor();
    await fits();
    await page.getByRole("button", { name: "Save" }).click();
    await card("Light when somebody moves").waitFor();
    expect(asked("POST", /home-rules$/)[0]?.body).toEqual({
      sure: false,
      draft: {
        ...{ form: "when", title: "Light when somebody moves", enabled: true, mode: "single" },
        on: [{ kind: "becomes", target: { nodes: ["motion"] }, of: "occupancySensing.occupancy", to: true }],
        do: [
          { kind: "command", target: { nodes: ["lamp"] }, capability: "onOff", command: "on" },
          { kind: "wait", minutes: 2.5 },
        ],
      },
    });
    await card("Light when somebody moves")
      .getByRole("button", { name: /Start now/ })
      .click();
    await card("Light when somebody moves").getByText("last started just now").waitFor();
    await card("Light in the hall at night")
      .getByRole("link", { name: /What it did/ })
      .click();
    await page.getByRole("heading", { level: 1, name: "What rules did, and why" }).waitFor();
    expect(page.url()).toContain("#/traces?rule=rule-hall");
    expect(faults).toEqual([]);
  });

  test("a rule is switched off, its run ended, copied, and deleted after a question", async () => {
    await open("#/rules");
    const hall = card("Light in the hall at night");
    await hall.getByRole("button", { name: /^End/ }).click();
    await expect.poll(() => hall.getByRole("button", { name: /^End/ }).count()).toBe(0);
    expect(asked("DELETE", /runs\/run-now$/)).toHaveLength(1);
    await hall.getByRole("switch").click();
    await hall.getByText("switched off").waitFor();
    await card("No lights while away").getByText("the house is in mode home, not away").waitFor();
    await card("No lights while away")
      .getByRole("button", { name: /Delete/ })
      .click();
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toBe("Keep it");
    await page.getByRole("button", { name: "Delete", exact: true }).click();
    await expect.poll(() => card("No lights while away").count()).toBe(0);
    await hall.getByRole("link", { name: /Copy/ }).click();
    await expect.poll(() => page.getByLabel("Name of the rule").inputValue()).toBe("Light in the hall at night (copy)");
    await fits();
    expect(faults).toEqual([]);
  });

  test("what the form can't show stays as it is; the text names the line of a fault, and a proposed fix mends it", async () => {
    await open("#/rules/rule-hall");
    await page.getByText('"sunElevation"').waitFor();
    await page.getByLabel("Then").selectOption("wait");
    await page.getByRole("tab", { name: "Form" }).press("ArrowRight");
    const text = page.getByLabel("The rule as text (YAML)");
    expect(await text.inputValue()).toContain("now: sunElevation");
    const good = await text.inputValue();
    await text.fill(good.replace("mode: single", "mode: [single"));
    await page
      .getByText(/^Line \d+:/)
      .first()
      .waitFor();
    expect(await page.getByRole("button", { name: "Save" }).isDisabled()).toBe(true);
    await text.fill(good.replace("mode: single", "mode: parallel"));
    const line = good.split("\n").findIndex((l) => l.startsWith("mode:")) + 1;
    await page.getByText(`Line ${line}: Two runs at once would`).waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await page.getByText("It is not saved:").waitFor();
    await page.getByRole("button", { name: "Let one run after the other" }).click();
    await expect.poll(() => text.inputValue()).toContain("mode: queued");
    await page.getByText("Nothing speaks against it.").waitFor();
    await page.getByRole("button", { name: "Save" }).click();
    await card("Light in the hall at night").waitFor();
    const sent = asked("PUT", /rule-hall$/).at(-1)?.body.draft;
    await card("Light in the hall at night")
      .getByRole("link", { name: /Change/ })
      .click();
    await page.getByText("More", { exact: true }).click();
    await page.getByLabel("Where it is started while it still runs, the run").selectOption("parallel");
    await page.getByLabel("Last day").fill("2031-07-01");
    await page.getByLabel(/I have seen the warning/).check();
    await page.getByRole("button", { name: "Save" }).click();
    await card("Light in the hall at night").waitFor();
    // Midnight in Berlin that ends the first of July.
    expect(asked("PUT", /rule-hall$/).at(-1)?.body).toMatchObject({
      sure: true,
      draft: { until: Date.UTC(2031, 6, 1, 22) },
    });
    expect(sent).toMatchObject({
      mode: "queued",
      if: { kind: "formula", is: { op: "<", of: [{ now: "sunElevation" }, -6] } },
    });
    expect(faults).toEqual([]);
  });

  test("every start, condition and step that the form offers can be used by all, fits a phone, and comes back from the text", async () => {
    await open("#/rules/new");
    await page.getByRole("button", { name: /When something happens/ }).click();
    const addAll = async (region: string, list: string) => {
      const add = page.getByRole("region", { name: region, exact: true }).locator(`${list} > .rule-add select`).last();
      const kinds = await add.locator("option").evaluateAll((all) => all.map((o) => o.getAttribute("value") ?? ""));
      for (const kind of kinds.filter(Boolean)) await add.selectOption(kind);
      return kinds.length - 1;
    };
    const starts = await addAll("When", ":scope");
    await page.getByRole("region", { name: "Only if" }).getByLabel("Add a condition").selectOption("any");
    await addAll("Only if", ":scope > .rule-part > .rule-group");
    const steps = await addAll("Do", ":scope > .rule-group");
    expect([starts, steps]).toEqual([12, 12]);
    await fits();
    await page.evaluate(axe);
    expect(await page.evaluate<string[]>("axe.run().then(({ violations }) => violations.map((v) => v.id))")).toEqual(
      [],
    );
    const parts = await page.locator(".rule-part").count();
    await page.getByRole("tab", { name: "As text" }).click();
    await page.getByLabel("The rule as text (YAML)").waitFor();
    await page.getByRole("tab", { name: "Form" }).click();
    await expect.poll(() => page.locator(".rule-part").count()).toBe(parts);
    await page.getByRole("button", { name: "Leave out: Start 1: A device changes" }).click();
    await expect.poll(() => page.locator(".rule-part").count()).toBe(parts - 1);
    await expect.poll(() => page.evaluate(() => document.activeElement?.textContent)).toContain("Or when");
    expect(faults).toEqual([]);
  });

  test("a timed rule shows its next twelve months as a calendar, one month beside the other on a phone", async () => {
    await open("#/rules/new");
    await page.getByRole("button", { name: /When something happens/ }).click();
    await page.getByLabel("Name of the rule").fill("Each morning");
    await page.getByLabel("Add what starts it").selectOption({ label: "At a time of day" });
    await page.getByLabel("Add a step").selectOption("wait");
    await page.getByText("The next twelve months").click();
    const months = page.getByRole("region", { name: "The next twelve months" });
    await months.waitFor();
    expect(await months.getByRole("heading").count()).toBe(12);
    // The hub told thirty days from now on: each is marked once, and no other.
    expect(await months.locator('[data-depth="3"]').count()).toBe(30);
    await fits();
    expect(faults).toEqual([]);
  });

  test("labels are given to a device, and rooms to floors, so that rules can speak of them", async () => {
    await open("#/node/lamp");
    await page.getByLabel("Labels").fill(" Christmas, Upstairs,, Christmas ");
    await page.getByRole("region", { name: "Settings of this device" }).getByRole("button", { name: "Save" }).click();
    await expect.poll(() => asked("PATCH", /nodes\/lamp$/)[0]?.body.labels).toEqual(["Christmas", "Upstairs"]);
    await open("#/settings/home");
    const floors = page.getByRole("form", { name: "Floors" });
    await floors.getByLabel("Kitchen").fill("Ground floor");
    await floors.getByLabel("Bedroom").fill("Upstairs");
    await floors.getByLabel("Living room").fill("Ground floor ");
    await floors.getByRole("button", { name: "Save" }).click();
    await expect
      .poll(() => asked("PUT", /home$/)[0]?.body)
      .toMatchObject({
        name: "Rose Cottage",
        floors: { "Ground floor": ["Kitchen", "Living room"], Upstairs: ["Bedroom"] },
      });
    await fits();
    expect(faults).toEqual([]);
  });
});
