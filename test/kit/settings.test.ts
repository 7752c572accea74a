import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Command } from "commander";
import { describe, expect, test } from "vitest";
import { addOptions } from "../../hub/cli/options.ts";
import { readSettings } from "../../hub/cli/settings.ts";

function adaptersOf(...args: readonly string[]): readonly string[] {
  const command = addOptions(new Command("start"));
  command.parse(["--data", "x", ...args], { from: "user" });
  return readSettings(command).adapters;
}

describe("makers' adapters are named", () => {
  test("by a flag that may come more than once", () => {
    expect(adaptersOf("--adapter", "./a", "--adapter", "inglenook-b")).toEqual(["./a", "inglenook-b"]);
    expect(adaptersOf()).toEqual([]);
  });

  test("in a file, as a list; a flag wins over it", () => {
    const folder = mkdtempSync(join(tmpdir(), "inglenook-settings-"));
    const file = join(folder, "hub.json");
    try {
      writeFileSync(file, JSON.stringify({ adapters: ["./a", "b"] }));
      expect(adaptersOf("--config", file)).toEqual(["./a", "b"]);
      expect(adaptersOf("--config", file, "--adapter", "c")).toEqual(["c"]);
      writeFileSync(file, JSON.stringify({ adapters: [5] }));
      expect(() => adaptersOf("--config", file)).toThrow(/adapters in .* must be folders, files or package names/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("in the environment, with commas", () => {
    process.env.INGLENOOK_ADAPTERS = "./a, b,";
    try {
      expect(adaptersOf()).toEqual(["./a", "b"]);
    } finally {
      delete process.env.INGLENOOK_ADAPTERS;
    }
  });
});
