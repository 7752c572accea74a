import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { shippedBlueprints } from "../../../hub/rules/blueprints/shipped/index.ts";
import { playReadyMade } from "./play.ts";

const files = readdirSync(import.meta.dirname).filter((f) => f.endsWith(".txt"));
const textOf = (file: string) => readFileSync(join(import.meta.dirname, file), "utf8");

describe.each(files)("%s", (file) => {
  const played = playReadyMade(textOf(file));
  test.each(played.map((p, i) => ({ ...p, name: `${i + 1}. ${p.title}` })))("$name", ({ expected, actual }) => {
    expect(actual).toBe(expected);
  });
});

test("every ready-made rule is played in a simulated home", () => {
  const all = files.map(textOf).join("\n");
  for (const { id } of shippedBlueprints) expect(all).toMatch(new RegExp(`^ready-made ${id}$`, "m"));
});
