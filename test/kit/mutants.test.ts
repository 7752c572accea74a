import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { check } from "../../adapters/kit/check.ts";
import * as kit from "../../adapters/kit/contract.ts";
import { dialectFault } from "../../adapters/kit/define.ts";
import type { Firmware } from "../../adapters/kit/firmware.ts";
import type { Dialect } from "../../adapters/mqtt/dialect.ts";
import { root } from "../support/sources.ts";
import { mutants } from "./mutants/index.ts";
import type { Mutant } from "./mutants/mutant.ts";

const source = (file: string): string => readFileSync(join(root, "adapters/kit/template", file), "utf8");

/** Runs a module of the template, whose only import is the kit. */
function run(text: string, end: string): unknown {
  const body = text
    .replace(/import \{([^}]*)\} from "#inglenook-kit";/, "const {$1} = kit;")
    .replace("export default ", "return ")
    .replace("export const ", "const ");
  return new Function("kit", `"use strict"; ${body}\n${end}`)(kit);
}

function dialectOf(text: string): Dialect {
  const made = run(text, "");
  const fault = dialectFault(made);
  if (fault !== undefined) throw new Error(fault);
  return made as Dialect;
}

const firmware = run(source("firmware.js"), "return firmware;") as Firmware;
const good = source("dialect.js");

function plant({ changes }: Mutant): Dialect {
  let text = good;
  for (const [from, to] of changes) {
    expect(text.split(from).length, `"${from}" must be there once`).toBe(2);
    text = text.replace(from, () => to);
  }
  return dialectOf(text);
}

const sizes = { fuzz: 150, flood: 300 };

describe("the check finds every planted fault", () => {
  test("there are at least 30", () => expect(mutants.length).toBeGreaterThanOrEqual(30));

  test.each(mutants.map((m) => [m.fault, m.rule, m] as const))("%s: %s", async (_, rule, planted) => {
    // What limits rules measure takes longest; the other faults can't be seen by them.
    const only = rule.startsWith("limits.")
      ? [rule]
      : ["discovery", "identity", "values", "time", "presence", "life", "commands", "robust"];
    const report = await check(plant(planted), firmware, { sizes, only });
    const failed = report.results.filter((r) => r.state === "failed");
    expect(failed.map((r) => r.id)).toContain(rule);
    expect(failed.every((r) => r.evidence.length > 0 && r.fix)).toBe(true);
  });

  test("and none in the worked example itself", async () => {
    const report = await check(dialectOf(good), firmware, { sizes });
    expect(report.results.filter((r) => r.state !== "passed")).toEqual([]);
    expect(report).toMatchObject({ grade: "gold", complete: false });
  });
});
