/**
 * Takes the README's pictures from a real run: the built hub, its simulated family with 45 days of past, a real browser.
 * The house's clock is set to a morning in May, so that there is sun to see. From the repository's root:
 *
 *   npm run -s build && npx esbuild test/journeys/pictures.ts --bundle --platform=node --format=esm \
 *     --packages=external --outfile=.data/tools/pictures.mjs && node .data/tools/pictures.mjs
 */
import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { openBrowser } from "../dashboard/support/browser.ts";
import { Client, startDemo, temporaryFolder } from "./support/demo-hub.ts";

const PLACE = "dashboard/pictures";
const SIZE = { width: 1280, height: 900 };
const DEVICES = 19;
/** 10:20 in Berlin. */
const MORNING = "-05-21T08:20:00Z";
const WISH = "Car at 80 % by 7, spend least, never colder than 19 in the living room";

/** Milliseconds from now to the next such morning: always ahead, so that no cookie is older than its browser. */
function untilMorning(): number {
  const year = new Date().getUTCFullYear();
  const next = [year, year + 1].map((y) => Date.parse(`${y}${MORNING}`)).find((at) => at > Date.now());
  return (next ?? 0) - Date.now();
}

/** A script that moves the clock of the process or page that runs it. */
const clockAhead = (ms: number) => `{
  const Real = Date;
  globalThis.Date = class extends Real {
    constructor(...given) { if (given.length > 0) super(...given); else super(Real.now() + ${ms}); }
    static now() { return Real.now() + ${ms}; }
  };
}`;

async function keep(page: Page, name: string): Promise<void> {
  const path = join(PLACE, `${name}.png`);
  await page.screenshot({ path });
  console.log(`${path}: ${Math.round(statSync(path).size / 1024)} KB`);
}

const folder = temporaryFolder();
const clock = join(folder.path, "clock.mjs");
const ahead = clockAhead(untilMorning());
writeFileSync(clock, ahead);
mkdirSync(PLACE, { recursive: true });
const hub = await startDemo({
  folder: join(folder.path, "hub"),
  args: ["--days", "45", "--seed", "7"],
  env: { NODE_OPTIONS: `--import=${clock}` },
});
const browser = await openBrowser();
try {
  const anna = await Client.first(hub, "Anna");
  await anna.pastDone();
  await anna.until("all devices answer", async () => {
    const nodes = await anna.nodes();
    return nodes.filter((n) => n.reachable === true && n.room !== undefined).length >= DEVICES;
  });
  const context = await browser.newContext({ viewport: SIZE, reducedMotion: "reduce" });
  await context.addInitScript(ahead);
  await context.request.post(`${hub.url}/api/session`, { data: { name: "Anna", password: "a long enough password" } });
  const page = await context.newPage();
  await page.goto(`${hub.url}/#/home`);
  await page
    .locator(".tile")
    .nth(DEVICES - 1)
    .waitFor();
  await page.locator(".jobs").waitFor({ state: "detached" });
  await keep(page, "home");
  await page.goto(`${hub.url}/#/plans`);
  await page.getByLabel("What do you wish for?").fill(WISH);
  await page.getByRole("button", { name: "Read my wish" }).click();
  await page.getByRole("button", { name: "Plan this" }).click();
  await page.locator(".wish").getByText("planned", { exact: true }).waitFor({ timeout: 180_000 });
  await page.locator(".plan canvas, .plan svg").first().waitFor();
  await page
    .locator(".wish")
    .first()
    .evaluate((wish) => window.scrollTo(0, wish.getBoundingClientRect().top + scrollY - 24));
  await keep(page, "plans");
} finally {
  await browser.close();
  await hub.end();
  folder.remove();
}
