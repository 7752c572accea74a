import { randomInt } from "node:crypto";
import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type MatterNodeProcess, startMatterNode } from "../../firmware-sim/workshop/matter/launch.ts";
import { hasMatterNetwork, temporary } from "../adapters/matter/support.ts";
import { putImage } from "../adapters/matter/update-files.ts";
import { chromiumPath, openBrowser } from "../dashboard/support/browser.ts";
import { root } from "../support/sources.ts";
import { type DemoHub, startDemo, temporaryFolder } from "./support/demo-hub.ts";

const built = existsSync(join(root, "dist", "dashboard", "index.html"));
const pictures = process.env.INGLENOOK_PICTURES;
if (!built) console.warn("SKIPPED: an update at the dashboard needs the built hub (npm run build)");

/** A person updates a plug with the real hub in a real browser. The tests follow on each other. */
describe.skipIf(!chromiumPath || !built || !hasMatterNetwork)("an update at the dashboard", { timeout: 90_000 }, () => {
  const folder = temporaryFolder();
  const devices = temporary();
  let plug: MatterNodeProcess;
  let hub: DemoHub;
  let browser: Browser;
  let page: Page;

  const picture = async (name: string) => {
    if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  };
  const firmware = () => page.getByRole("region", { name: "Firmware" });
  /** From now on all that the region says is kept, however short it stands there. */
  const keepWords = () =>
    firmware().evaluate((region) => {
      const kept: string[] = [];
      Object.assign(window, { kept });
      const keep = () => kept.push(region.textContent ?? "");
      new MutationObserver(keep).observe(region, { childList: true, characterData: true, subtree: true });
    });
  const wordsKept = () => page.evaluate(() => (window as unknown as { kept: string[] }).kept);

  beforeAll(async () => {
    [hub, browser, plug] = await Promise.all([
      startDemo({ folder: folder.path, demo: false }),
      openBrowser(),
      startMatterNode({
        ...{ kind: "plug", name: "Kettle plug", storage: devices, updates: {}, serial: `J${randomInt(1e9)}` },
        ...{ passcode: randomInt(20_000_000, 80_000_000), discriminator: randomInt(4096) },
        program: join(root, "dist", "matter-device.mjs"),
      }),
    ]);
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    context.setDefaultTimeout(60_000);
    page = await context.newPage();
    await page.goto(hub.signIn);
    await page.getByLabel("Your name").fill("Anna");
    await page.getByLabel("Password").fill("a long enough password");
    await page.keyboard.press("Enter");
    await page.getByText("No devices yet").waitFor();
    await page.goto(`${hub.url}/#/settings/pairing`);
    await page.getByLabel("Pairing code").fill(plug.manualPairingCode);
    await page.getByRole("button", { name: "Pair", exact: true }).click();
    await page.getByRole("button", { name: "Pair it all the same" }).click();
    await page.getByText("paired", { exact: true }).waitFor();
  }, 1_080_000);

  afterAll(async () => {
    await browser?.close();
    await Promise.all([hub?.end(), plug?.stop()]);
    rmSync(devices, { recursive: true, force: true });
    folder.remove();
  }, 90_000);

  test("the device's page says that there is none, until a file lies in the folder that the settings name", async () => {
    await page.getByRole("link", { name: /^Open/ }).click();
    await firmware().getByText("No update is known for it.").waitFor();
    const device = page.url();
    await page.goto(`${hub.url}/#/settings/updates`);
    const place = await page.locator("code").textContent();
    await putImage(place ?? "", "plug-2.ota", { size: 300_000, notes: "https://example.com/notes" });
    await page.goto(device);
    await firmware().getByRole("button", { name: "Look for an update" }).click();
    await firmware().getByText("Version 2.0.0").waitFor();
    expect(await firmware().getByRole("link", { name: "What is new" }).getAttribute("href")).toContain("example.com");
    await picture("update-there");
  });

  test("nothing begins before a yes; then it is seen to its end, and the audit names who wanted it", async () => {
    await firmware().getByRole("button", { name: "Update", exact: true }).click();
    await picture("update-asks");
    await keepWords();
    await firmware().getByRole("button", { name: "Yes, update to 2.0.0" }).click();
    await firmware().getByRole("progressbar").waitFor();
    await picture("update-runs");
    await firmware().getByText("Updated. The device now runs 2.0.0.").waitFor({ timeout: 180_000 });
    await firmware().getByText("Firmware 2.0.0").waitFor();
    await picture("update-done");
    // A small file on a fast network may be there between two looks; how far it was is always told.
    const shares = (await wordsKept()).flatMap((text) => /Update to 2\.0\.0 (\d+) %/.exec(text)?.[1] ?? []).map(Number);
    expect(new Set(shares).size).toBeGreaterThan(1);
    expect(shares).toEqual(shares.toSorted((a, b) => a - b));
    expect((await wordsKept()).join()).toMatch(/puts the update in place|The device restarts/);
    await page.goto(`${hub.url}/#/settings/audit`);
    await page.getByText("The device now runs 2.0.0.").waitFor();
    await picture("update-audit");
    await page.goto(`${hub.url}/#/settings/updates`);
    await page.getByText("No update is known for any device.").waitFor();
  });
});
