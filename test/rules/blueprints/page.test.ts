import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../../support/sources.ts";
import { blueprintPage } from "./page.ts";

test("the page about ready-made rules says what the schema says, and names all that come with the hub", () => {
  const file = join(root, "docs", "BLUEPRINTS.md");
  if (process.env.INGLENOOK_WRITE) writeFileSync(file, blueprintPage());
  expect(readFileSync(file, "utf8")).toBe(blueprintPage());
});
