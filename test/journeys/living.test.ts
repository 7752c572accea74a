import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { farServer } from "../main/notify-support.ts";
import { temporaryFolder } from "./support/demo-hub.ts";
import { canMoveIn, type Family, moveIn, passesAxe } from "./support/family.ts";

const isPossible = canMoveIn("living in the house");
/** People, scenes, modes and messages in a real browser, on the real hub, over a power cut. The tests follow on each other. */
describe.skipIf(!isPossible)(
  "a family moves in",
  () => {
    const folder = temporaryFolder();
    let family: Family;
    let page: Page;

    beforeAll(async () => {
      family = await moveIn(folder);
      page = family.page;
    }, 180_000);
    afterAll(() => family?.end());

    const button = (name: string | RegExp) => page.getByRole("button", { name });
    const open = (hash: string) => page.goto(`${family.hub.url}/#/${hash}`);

    test("people and a scene of how it is now are set up, and the scene is asked of real devices", async () => {
      await page.getByRole("link", { name: "Say who lives here, and make scenes" }).click();
      await button("Add a person").click();
      const person = page.getByRole("form", { name: "Add a person" });
      await person.getByLabel("Name", { exact: true }).fill("Anna");
      await person.getByRole("button", { name: "Save" }).click();
      await page.getByText("nothing was said yet").waitFor();
      await button("Make a scene").click();
      const scene = page.getByRole("form", { name: "Make a scene" });
      await scene.getByLabel("Name").fill("Evening");
      await scene.getByRole("checkbox", { name: "Living room light" }).check();
      await scene.getByRole("checkbox", { name: "Bedroom light" }).check();
      await button("Take them as they are now").click();
      await scene.getByText(/^Bedroom light: turn/).waitFor();
      await scene.getByRole("button", { name: "Save" }).click();
      await scene.waitFor({ state: "detached" });
      await open("home");
      await button("Evening").click();
      await page
        .locator(".house-now")
        .getByText(/^Evening: all \d done$/)
        .waitFor();
    });

    const guests = () => page.getByRole("switch", { name: /Guest mode/ });

    test("a switch of the house is made, and turned among the devices", async () => {
      await open("settings/house");
      const form = page.getByRole("form", { name: "Add a switch" });
      await form.getByLabel("A new switch").fill("Guest mode");
      await form.getByRole("button", { name: "Add" }).click();
      await page.getByRole("link", { name: "Guest mode" }).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await open("home");
      await guests().click();
      await page.locator('[data-node="house-guest-mode"]').getByText("confirmed").waitFor();
    });

    const reserve = () => page.locator('[data-node="house-target-reserve"]');

    test("a number of the house is made in its range, and moved among the devices", async () => {
      await open("settings/house");
      const form = page.getByRole("form", { name: "Add a number" });
      await form.getByLabel("A new number").fill("Target reserve");
      await form.getByLabel("Unit").selectOption("%");
      await form.getByLabel("To", { exact: true }).fill("0");
      await form.getByRole("button", { name: "Add" }).click();
      await page.getByText("must be more than the least value").waitFor();
      await form.getByLabel("To", { exact: true }).fill("90");
      await form.getByLabel("One press").fill("5");
      await form.getByRole("button", { name: "Add" }).click();
      await page.getByRole("link", { name: "Target reserve" }).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth)).toBe(true);
      await open("home");
      for (const _ of [1, 2, 3]) await reserve().getByRole("button", { name: "Target reserve: more" }).click();
      await reserve().getByText("confirmed").waitFor();
      await expect.poll(() => reserve().getByRole("slider").inputValue()).toBe("15");
      await reserve().getByRole("slider").fill("60");
      await expect.poll(() => reserve().locator(".tile-value").textContent()).toBe("60 %");
    });

    test("who is home and the mode of the house outlive a power cut", async () => {
      await button(/^Anna not known/).click();
      await button(/^Anna home/).waitFor();
      await page.getByText("Night", { exact: true }).click();
      await expect.poll(() => page.getByRole("radio", { name: "Night" }).isChecked()).toBe(true);
      await family.powerCut();
      await open("home");
      await button(/^Anna home/).waitFor();
      expect(await page.getByRole("radio", { name: "Night" }).isChecked()).toBe(true);
      await button("Evening").waitFor();
      await expect.poll(() => guests().getAttribute("aria-checked")).toBe("true");
      await expect.poll(() => reserve().locator(".tile-value").textContent()).toBe("60 %");
      await passesAxe(page);
    });

    test("a webhook is set up and tested, and a test that fails says why", async () => {
      const far = await farServer();
      await open("settings/notifications");
      await button("Add a way").click();
      const form = page.getByRole("form", { name: "Add a way" });
      await form.getByLabel("How").selectOption("webhook");
      await form.getByLabel("Name").fill("Log");
      await form.getByLabel("Address").fill("http://8.8.8.8/in");
      await form.getByRole("button", { name: "Save" }).click();
      await form.getByText("must begin with https://, because this is no address of your own network").waitFor();
      await form.getByLabel("Address").fill(`${far.url}/in?key=s3cret`);
      await form.getByRole("button", { name: "Save" }).click();
      await button("Send a test to Log").click();
      await page.getByText("The test was sent.").waitFor();
      expect(JSON.parse(String(far.heard[0]?.body))).toMatchObject({ home: "Demo home", title: "A test of Inglenook" });
      expect(await page.content()).not.toContain("s3cret");
      far.close();
      await button("Send a test to Log").click();
      await page.getByText(/Not sent: 127\.0\.0\.1:\d+ does not listen on this port/).waitFor();
    });
  },
  60_000,
);
