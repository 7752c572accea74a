import { rmSync } from "node:fs";
import type { Browser, BrowserContext, Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { TariffBook } from "../../hub/http/schemas.ts";
import { buildDashboard, chromiumPath, openBrowser } from "./support/browser.ts";
import { type FakeHub, startFakeHub } from "./support/fake-api.ts";

const WAIT_MS = 40_000;

describe.skipIf(chromiumPath === undefined)("tariffs and bills, in a real browser", () => {
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
    context = await browser.newContext({ viewport: { width: 390, height: 844 }, reducedMotion: "reduce" });
    context.setDefaultTimeout(WAIT_MS);
    page = await context.newPage();
    faults = [];
    page.on("pageerror", (e) => faults.push(e.message));
    page.on("console", (m) => m.type() === "error" && faults.push(m.text()));
    hub = await startFakeHub(folder);
  });
  afterEach(async () => {
    expect(faults).toEqual([]);
    await context.close();
    await hub.close();
  });

  test("a person changes an hour's price, adds VAT and another contract from a form, and saves the book", async () => {
    await page.goto(`${hub.url}/#/settings/tariff`);
    await page
      .getByRole("img", { name: /^Prices of/ })
      .first()
      .waitFor();
    await page
      .getByRole("button", { name: /^Energy/ })
      .first()
      .click();
    await page.getByLabel("EUR/kWh", { exact: true }).fill("0.185");
    await page.getByLabel("Days", { exact: true }).selectOption("on red");
    await page.getByLabel("Add a part").first().selectOption("percent");
    await page.getByLabel("Percent", { exact: true }).fill("20");
    await page.getByLabel("Begin from").selectOption("de-flat");
    await page.getByRole("button", { name: "It is my tariff from today" }).click();
    await page.getByRole("button", { name: "Save the tariff" }).click();
    await page.getByText("Saved. Bills, rules and plans").waitFor();
    const book = hub.asked.findLast((a) => a.method === "PUT")?.body as unknown as TariffBook;
    const [first, second] = book.contracts;
    expect(first?.components[0]).toMatchObject({
      bands: [{ from: "22:00", to: "06:00", perKwh: 0.185, onDays: ["red"] }],
      perKwh: 0.31,
    });
    expect(first?.components.at(-1)).toMatchObject({ kind: "percent", percent: 20 });
    expect(second).toMatchObject({ name: "One price", components: [{ kind: "perKwh" }, { kind: "standing" }] });
    expect(second?.validFrom).toMatch(/^20\d\d-\d\d-\d\d$/);
  });

  test("a month's bill has its lines, says what is missing, and is compared with the offers", async () => {
    await page.goto(`${hub.url}/#/energy`);
    await page.getByRole("link", { name: "Bills" }).click();
    await page.goto(`${hub.url}/#/bill/2026-10`);
    await page.getByRole("heading", { name: "Bill of October 2026" }).waitFor();
    await page.getByRole("row", { name: /Energy 200 kWh €0\.3000 €60\.00/ }).waitFor();
    await page.getByText("The energy of 42 of 745 hours is not known and not in it.").waitFor();
    await page.getByRole("button", { name: "Compare with One price" }).click();
    await page.getByText("€12.00 less").waitFor();
    const asked = hub.asked.find((a) => a.path === "/api/bills/compare");
    expect(asked?.body).toMatchObject({ from: "2026-10-01", to: "2026-11-01", contracts: [{ id: "offer" }] });
  });
});
