/** All that the language of rules has, opened in the guided form: nothing is lost, and what people need has a field. */
import { rmSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { stringify } from "yaml";
import { type RuleDraft, ruleDraft } from "../../hub/model/rule/rule.ts";
import { buildDashboard, chromiumPath, openBrowser } from "./support/browser.ts";
import { type FakeHub, startFakeHub } from "./support/fake-api.ts";

const lamp = { nodes: ["lamp"] };
const lights = { kinds: ["light"], rooms: ["Living room"], floors: ["Up"], labels: ["Christmas"], except: ["lamp"] };
const on = { kind: "command", target: { ...lights, endpoint: 1 }, capability: "onOff", command: "on" };

/** Each field of each trigger, condition and step. */
const WHOLE = {
  ...{ form: "when", title: "Everything", description: "A note", enabled: false, rank: 5, until: 1_900_000_000_000 },
  ...{ mode: "parallel", most: 3 },
  on: [
    { kind: "becomes", id: "a", target: lights, of: "onOff.onOff", to: true, from: false, forMinutes: 2 },
    { kind: "crosses", target: lamp, of: "levelControl.currentLevel", above: 80, below: 20, forMinutes: 1 },
    { kind: "event", target: { nodes: ["gone"], endpoint: 2 }, of: "switch.event", is: "singlePress" },
    { kind: "holds", condition: { kind: "surplusAbove", watts: 900 }, forMinutes: 5 },
    { kind: "presence", who: "Kim", does: "leaves" },
    { kind: "mode", to: ["away", "Gone mode"] },
    { kind: "started" },
    { kind: "time", at: "06:30:15", weekdays: [1, 5], dates: ["12-24", "02-29"], months: [2, 12], late: "catchUp" },
    { kind: "every", minutes: 15, from: "08:00", to: "20:00" },
    { kind: "cron", expression: "*/10 6-8 * * MON-FRI", late: "catchUp", withinMinutes: 30 },
    { kind: "sun", event: "dusk", offsetMinutes: -15, notBefore: "17:00", notAfter: "22:00", weekdays: [6] },
    { kind: "calendar", entry: "absence", edge: "ends", offsetMinutes: 60 },
  ],
  if: {
    kind: "all",
    of: [
      { kind: "between", from: "22:00", to: "06:00", weekdays: [7] },
      { kind: "date", from: "11-01", to: "03-31" },
      { kind: "cheapest", hours: 2.5, from: "00:00", to: "06:00" },
      { kind: "priceBelow", perKwh: 0.21 },
      { kind: "compare", path: "lamp/1/onOff.onOff", op: "!=", value: true, forMinutes: 3 },
      {
        kind: "state",
        target: lights,
        of: "levelControl.currentLevel",
        op: ">=",
        value: 10,
        every: true,
        forMinutes: 4,
      },
      { kind: "formula", is: { op: ">", of: [{ variable: "level" }, { now: "price" }] } },
      { kind: "mode", in: ["night"] },
      { kind: "presence", who: "everyone", home: false },
      { kind: "sun", is: "up" },
      { kind: "calendar", entry: "holiday" },
      { kind: "trigger", id: "a" },
      {
        kind: "any",
        of: [{ kind: "not", of: { kind: "all", of: [{ kind: "any", of: [{ kind: "sun", is: "down" }] }] } }],
      },
    ],
  },
  variables: { level: { read: "levelControl.currentLevel", target: lamp, take: "max" } },
  do: [
    {
      ...on,
      capability: "levelControl",
      command: "moveToLevel",
      args: { level: { variable: "level" }, transitionTime: 3 },
    },
    { kind: "wait", minutes: { op: "max", of: [1, 2] } },
    { kind: "waitUntil", condition: { kind: "sun", is: "up" }, atMostMinutes: 10, otherwise: "stop" },
    {
      kind: "choose",
      options: [{ if: { kind: "sun", is: "up" }, do: [{ kind: "stop", reason: "light" }] }],
      otherwise: [on],
    },
    { kind: "repeat", while: { kind: "sun", is: "down" }, times: 4, do: [{ kind: "wait", minutes: 1 }] },
    { kind: "set", variable: "level", to: true },
    {
      kind: "notify",
      title: "Hello",
      text: "you",
      values: [{ label: "Level", value: { variable: "level" } }],
      level: "alarm",
    },
    {
      ...{ kind: "ask", title: "Now?", text: "It is cheap.", level: "warn", atMostMinutes: 20 },
      values: [{ label: "Price", value: { now: "price" } }],
      answers: [
        { name: "Yes", do: [on] },
        { name: "No", do: [] },
      ],
      otherwise: [{ kind: "wait", minutes: 2 }],
    },
    { kind: "scene", scene: "gone-scene" },
    { kind: "mode", to: "Gone mode" },
    { kind: "rule", rule: "rule-hall", does: "end" },
    { kind: "stop" },
  ],
};

describe.skipIf(chromiumPath === undefined)("the guided form and the whole language of rules", () => {
  let folder: string;
  let browser: Browser;
  let hub: FakeHub;
  let context: BrowserContext;
  let page: Page;

  beforeAll(async () => {
    [folder, browser] = [await buildDashboard(), await openBrowser()];
  }, 360_000);
  afterAll(async () => {
    await browser?.close();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    context = await browser.newContext({ viewport: { width: 380, height: 800 }, timezoneId: "Europe/Berlin" });
    context.setDefaultTimeout(45_000);
    page = await context.newPage();
    hub = await startFakeHub(folder);
  });
  afterEach(async () => {
    await context.close();
    await hub.close();
  });

  /** Opens a rule in the form that was written as text. */
  async function written(draft: unknown): Promise<void> {
    await page.goto(`${hub.url}/#/rules/new`);
    await page.getByRole("button", { name: /When something happens/ }).click();
    await page.getByRole("tab", { name: "As text" }).click();
    await page.getByLabel("The rule as text (YAML)").fill(stringify(draft));
    await page.getByRole("tab", { name: "Form" }).click();
  }
  async function saved(): Promise<RuleDraft> {
    const seen = page.getByLabel(/I have seen the warning/);
    if (await seen.isVisible()) await seen.check();
    await page.getByRole("button", { name: "Save" }).click();
    await expect.poll(() => hub.asked.some((a) => a.method === "POST" && /home-rules$/.test(a.path))).toBe(true);
    return hub.asked.findLast((a) => a.method === "POST" && /home-rules$/.test(a.path))?.body.draft as RuleDraft;
  }
  const part = (name: RegExp) => page.getByRole("group", { name });

  test("what was written as text and is changed in one place by the form is the same in all others", async () => {
    expect(ruleDraft.parse(WHOLE)).toEqual(WHOLE);
    await written(WHOLE);
    await page.getByLabel("Name of the rule").fill("Everything, still");
    await part(/^Step 3/)
      .getByLabel("At most (minutes)")
      .fill("12");
    await page
      .getByText("Nothing speaks against it.")
      .or(page.getByLabel(/I have seen/))
      .first()
      .waitFor();
    const steps = WHOLE.do.map((s, i) => (i === 2 ? { ...s, atMostMinutes: 12 } : s));
    expect(await saved()).toEqual({ ...WHOLE, title: "Everything, still", do: steps });
  });

  test("months, days of the year, cron, what a device was before, devices left out, and how many may wait have fields", async () => {
    await written({
      ...{ form: "when", title: "Many", enabled: true, mode: "queued" },
      on: [
        { kind: "time", at: "07:00" },
        { kind: "cron", expression: "0 7 * * *" },
        { kind: "becomes", target: { kinds: ["light"] }, of: "onOff.onOff" },
      ],
      if: { kind: "date", from: "11-30", to: "03-31" },
      do: [
        { kind: "waitUntil", condition: { kind: "sun", is: "up" }, atMostMinutes: 10 },
        { kind: "rule", rule: "rule-hall" },
      ],
    });
    const time = part(/^Start 1/);
    await time.getByLabel("Dec", { exact: true }).check();
    await time.getByLabel("Jan", { exact: true }).check();
    await time.getByLabel("Only on these days of the year").fill("12-24, 12-31");
    await part(/^Start 2/)
      .getByRole("textbox", { name: "Times in the form of cron" })
      .fill("30 6 * * MON-FRI");
    const becomes = part(/^Start 3/);
    await becomes.getByLabel("From").selectOption({ label: "off" });
    await becomes.getByText("Devices:").click();
    await becomes.getByRole("group", { name: "But not these" }).getByLabel("Living room light").check();
    // The 30th is no day of February: the nearest before it is taken.
    const from = part(/^Only if/).getByRole("group", { name: "From" });
    await from.getByLabel("Month").selectOption({ label: "February" });
    expect(await from.getByLabel("Day").inputValue()).toBe("29");
    await part(/^Step 1/)
      .getByLabel("If it does not come")
      .selectOption({ label: "end here" });
    await part(/^Step 2/)
      .getByLabel("What", { exact: true })
      .selectOption({ label: "end it where it runs" });
    await page.getByText("More", { exact: true }).click();
    await page.getByLabel("Starts that wait, at most").fill("2");
    expect(
      await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth),
    ).toBe(true);
    expect(await saved()).toMatchObject({
      most: 2,
      on: [
        { months: [1, 12], dates: ["12-24", "12-31"] },
        { expression: "30 6 * * MON-FRI" },
        { from: false, target: { kinds: ["light"], except: ["lamp"] } },
      ],
      if: { kind: "date", from: "02-29", to: "03-31" },
      do: [{ otherwise: "stop" }, { does: "end" }],
    });
  });
});
