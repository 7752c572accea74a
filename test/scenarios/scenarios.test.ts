import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { play } from "./runner.ts";

const files = readdirSync(import.meta.dirname).filter((f) => f.endsWith(".txt"));

describe.each(files)("%s", (file) => {
  const played = play(readFileSync(join(import.meta.dirname, file), "utf8"));
  test.each(played.map((p, i) => ({ ...p, name: `${i + 1}. ${p.title}` })))("$name", ({ expected, actual }) => {
    expect(actual).toBe(expected);
  });
});
