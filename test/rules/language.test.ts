import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/sources.ts";
import { languagePage } from "./language-page.ts";

test("the page about the language says what the schema says", () => {
  const file = join(root, "docs", "RULES.md");
  if (process.env.INGLENOOK_WRITE) writeFileSync(file, languagePage());
  expect(readFileSync(file, "utf8")).toBe(languagePage());
});
