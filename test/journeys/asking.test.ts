import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { farServer } from "../main/notify-support.ts";
import { temporaryFolder } from "./support/demo-hub.ts";
import { canMoveIn, type Family, moveIn, passesAxe } from "./support/family.ts";

const isPossible = canMoveIn("questions of rules");
const PICTURES = process.env.INGLENOOK_PICTURES;

/** A rule that asks, on the real hub and in a real browser, over a power cut. The tests follow on each other. */
describe.skipIf(!isPossible)(
  "a rule asks a family",
  () => {
    const folder = temporaryFolder();
    let family: Family;
    let page: Page;
    let far: Awaited<ReturnType<typeof farServer>>;

    beforeAll(async () => {
      family = await moveIn(folder);
      page = family.page;
    }, 180_000);
    afterAll(() => family?.end());

    const button = (name: string | RegExp) => page.getByRole("button", { name });
    const open = (hash: string) => page.goto(`${family.hub.url}/#/${hash}`);
    const news = () => page.getByRole("region", { name: "Messages from your house" });
    const picture = async (name: string) => {
      if (PICTURES) await page.screenshot({ path: join(PICTURES, `${name}.png`), fullPage: true });
    };
    const start = async () => {
      await open("rules");
      await button(/Start now/).click();
      await page.getByText(/: asked people "Start the dryer\?": Start . Not today/).waitFor();
    };

    test("the rule is written in the guided form", async () => {
      await open("rules/new");
      await button(/When something happens/).click();
      await page.getByLabel("Name of the rule").fill("Dryer");
      await page.getByLabel("Add a step").selectOption({ label: "Ask people, then do" });
      const step = page.getByRole("group", { name: /^Step 1:/ });
      await step.getByLabel("Ask", { exact: true }).fill("Start the dryer?");
      await step.getByLabel("More words").fill("The price is low until 4 pm.");
      const first = step.getByRole("group", { name: "Step 1, answer 1", exact: true });
      await first.getByLabel("Answer", { exact: true }).fill("Start");
      await first.getByLabel("Add a step").selectOption({ label: "Change the mode of the house" });
      await first.getByLabel("To mode").selectOption("night");
      await step
        .getByRole("group", { name: "Step 1, answer 2", exact: true })
        .getByLabel("Answer", { exact: true })
        .fill("Not today");
      await passesAxe(page);
      await picture("ask-form-380");
      await button("Save").click();
      await page.getByText(/ask people "Start the dryer\?" and wait 60 minutes/i).waitFor();
    });

    test("the question is on the home view, outlives a power cut, and is answered by the keyboard alone", async () => {
      await start();
      await family.powerCut();
      await open("home");
      await news().getByText("Start the dryer?").first().waitFor();
      await passesAxe(page);
      await picture("ask-home-380");
      await page.setViewportSize({ width: 1280, height: 900 });
      await passesAxe(page);
      await picture("ask-home-1280");
      await news().getByRole("button", { name: "Start", exact: true }).focus();
      await page.keyboard.press("Enter");
      await news().getByRole("button", { name: "Start", exact: true }).waitFor({ state: "detached" });
      await expect.poll(() => page.getByRole("radio", { name: "Night" }).isChecked()).toBe(true);
      await open("settings/notifications");
      await page.getByText(/^Anna answered Start,/).waitFor();
      await picture("ask-inbox-1280");
      await open("traces");
      await page.getByText("Anna answered Start").first().waitFor();
      await picture("ask-trace-1280");
    });

    test("a phone with the link answers without a sign-in, and finds the question closed the next time", async () => {
      far = await farServer();
      await page.setViewportSize({ width: 380, height: 844 });
      await open("settings/notifications");
      await button("Add a way").click();
      const form = page.getByRole("form", { name: "Add a way" });
      await form.getByLabel("Name").fill("Ben's phone");
      await form.getByLabel("Server").fill(far.url);
      await form.getByLabel("Topic").fill("our-house");
      await form.getByLabel(/^This hub as the phone reaches it/).fill(family.hub.url);
      await passesAxe(page);
      await picture("ask-way-380");
      await form.getByRole("button", { name: "Save" }).click();
      await page.getByText(/questions can be answered there/).waitFor();
      await start();
      await expect.poll(() => far.heard.length).toBe(1);
      const { click, actions } = JSON.parse(String(far.heard[0]?.body));
      const stranger = await family.browser.newContext({ viewport: { width: 380, height: 700 } });
      const phone = await stranger.newPage();
      await phone.goto(click);
      await phone.getByRole("heading", { name: "Start the dryer?" }).waitFor();
      if (PICTURES) await phone.screenshot({ path: join(PICTURES, "ask-link-380.png") });
      await phone.getByRole("button", { name: "Not today" }).click();
      await phone.getByText("Your answer is taken: Not today.").waitFor();
      const late = await fetch(actions[0].url, { method: "POST" });
      expect([late.status, await late.text()]).toMatchObject([
        409,
        /the link sent to Ben(&#39;|')s phone answered Not today/,
      ]);
      await stranger.close();
      await open("settings/notifications");
      await page.getByText(/^the link sent to Ben's phone answered Not today,/).waitFor();
    });

    test("a rule that is switched off takes its question off the screen", async () => {
      await start();
      const other = await page.context().newPage();
      await other.goto(`${family.hub.url}/#/home`);
      await other.getByRole("button", { name: "Not today" }).waitFor();
      await page.getByRole("switch", { name: /Dryer/ }).click();
      await other.getByRole("button", { name: "Not today" }).waitFor({ state: "detached" });
      await other.close();
    });
  },
  90_000,
);
