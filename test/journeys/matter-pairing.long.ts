import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  anyDevice,
  bundle,
  type Device,
  type DeviceOptions,
  hasMatterNetwork,
  startDevice,
} from "../adapters/matter/support.ts";
import { chromiumPath, openBrowser } from "../dashboard/support/browser.ts";
import { root } from "../support/sources.ts";
import { type DemoHub, startDemo, temporaryFolder } from "./support/demo-hub.ts";

const built = existsSync(join(root, "dist", "dashboard", "index.html"));
const pictures = process.env.INGLENOOK_PICTURES;
if (!built) console.warn("SKIPPED: pairing at the dashboard needs the built hub (npm run build)");

/** A person pairs a home-made device with the real hub and shares it, in a real browser. The tests follow on each other. */
describe.skipIf(!chromiumPath || !built || !hasMatterNetwork)("pairing at the dashboard", { timeout: 90_000 }, () => {
  const folder = temporaryFolder();
  let maker: Awaited<ReturnType<typeof bundle>>;
  let options: DeviceOptions;
  let device: Device;
  let hub: DemoHub;
  let browser: Browser;
  let page: Page;

  const picture = async (name: string) => {
    if (pictures) await page.screenshot({ path: join(pictures, `${name}.png`), fullPage: true });
  };

  beforeAll(async () => {
    maker = await bundle("journey");
    options = anyDevice(maker.device, "plug");
    [hub, browser, device] = await Promise.all([
      startDemo({ folder: folder.path, demo: false }),
      openBrowser(),
      startDevice(options),
    ]);
    const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, reducedMotion: "reduce" });
    context.setDefaultTimeout(60_000);
    page = await context.newPage();
    await page.goto(hub.signIn);
    await page.getByLabel("Your name").fill("Anna");
    await page.getByLabel("Password").fill("a long enough password");
    await page.keyboard.press("Enter");
    await page.getByText("No devices yet").waitFor();
  }, 810_000);

  afterAll(async () => {
    await browser?.close();
    await Promise.all([hub?.end(), device?.stop()]);
    maker?.remove();
    if (options) rmSync(options.storage, { recursive: true, force: true });
    folder.remove();
  }, 90_000);

  test("a device that proves nothing is asked about, and comes in by a person's word", async () => {
    await page.goto(`${hub.url}/#/settings/pairing`);
    await page.getByLabel("Pairing code").fill(device.code);
    await page.getByRole("button", { name: "Pair", exact: true }).click();
    await page.getByText("did not prove that it is a genuine").waitFor();
    await page.getByText("It bears a test certificate").waitFor();
    await picture("pairing-asks");
    await page.getByRole("button", { name: "Pair it all the same" }).click();
    await page.getByText("paired", { exact: true }).waitFor();
    await picture("pairing-done");
    await page.getByRole("link", { name: /^Open/ }).click();
    await page.getByRole("heading", { level: 2, name: "Matter" }).waitFor();
    const [told, ask] = [page.getByText("this hub").first(), page.getByRole("button", { name: "Ask the device" })];
    await told.or(ask).first().waitFor();
    // A device that has said nothing of itself since it was paired is asked when a person wants that.
    if (await ask.isVisible()) await ask.click();
    await told.waitFor();
  });

  test("it is shared with another home by a code that is drawn, and the sharing ended", async () => {
    await page.getByRole("button", { name: "Share with another home" }).click();
    await page.getByRole("img", { name: /^Pairing code \d{11}$/ }).waitFor();
    await page.getByText(/1[45] minutes left/).waitFor();
    await picture("sharing");
    await page.getByRole("button", { name: "End the sharing" }).click();
    await page.getByRole("button", { name: "Share with another home" }).waitFor();
  });

  test("a name is written into it", async () => {
    await page.getByLabel("Name in the device").fill("Workshop plug");
    await page.getByRole("button", { name: "Write it into the device" }).click();
    await expect.poll(() => page.getByRole("button", { name: "Write it into the device" }).isDisabled()).toBe(true);
    await page.reload();
    await expect
      .poll(() => page.getByLabel("Name in the device").inputValue(), { timeout: 30_000 })
      .toBe("Workshop plug");
  });
});
