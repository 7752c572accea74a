import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { blueprint } from "../../../hub/model/blueprint/blueprint.ts";
import { blueprintAsYaml, readBlueprint } from "../../../hub/rules/blueprints/file.ts";
import { fill } from "../../../hub/rules/blueprints/fill.ts";
import { fitOf } from "../../../hub/rules/blueprints/fit.ts";
import { blueprintFaults } from "../../../hub/rules/blueprints/samples.ts";
import { shippedBlueprints } from "../../../hub/rules/blueprints/shipped/index.ts";
import { checkDraft } from "../../../hub/rules/check/index.ts";
import { draftInWords } from "../../../hub/rules/words/rule.ts";
import { root } from "../../support/sources.ts";
import { contextOf, settings } from "../check/home.ts";
import { fitContext, fullHome, likelyAnswers } from "./homes.ts";

const each = shippedBlueprints.map((b) => [b.id, b] as const);
const ids = shippedBlueprints.map((b) => b.id);

test("there are at least 15 ready-made rules, energy first, each once and in a file of its own", () => {
  expect(ids.length).toBeGreaterThanOrEqual(15);
  expect(new Set(ids).size).toBe(ids.length);
  expect(shippedBlueprints.slice(0, 10).every((b) => b.about === "energy")).toBe(true);
  const files = readdirSync(join(root, "hub/rules/blueprints/shipped")).filter((f) => f !== "index.ts");
  expect(files.map((f) => f.replace(".ts", "")).sort()).toEqual([...ids].sort());
});

describe.each(each)("%s", (_, of) => {
  test("makes a rule for any answer, and survives its own file", () => {
    expect(blueprintFaults(blueprint.parse(of))).toEqual([]);
    expect(readBlueprint(blueprintAsYaml(of))).toEqual({ ok: true, blueprint: of });
  });

  test.each([true, false])("in a home that has the devices nothing speaks against it (all answered: %s)", (all) => {
    const home = fullHome();
    const context = fitContext(home);
    expect(fitOf(of, context).lacks).toEqual([]);
    const made = fill(of, likelyAnswers(of, context, all));
    if (!made.ok) throw new Error(JSON.stringify(made.faults));
    expect(checkDraft(made.draft, contextOf(home))).toEqual([]);
    expect(draftInWords(made.draft, (id) => id)).not.toMatch(/undefined|object/);
  });

  test("in an empty home it does not fit, and says why", () => {
    const empty = fitContext({ settings, nodes: new Map() }, { pricesVary: false, hasHouseMeter: false });
    const { lacks } = fitOf(of, empty);
    if (of.id !== "all-off-away" && of.id !== "night-mode") expect(lacks.length).toBeGreaterThan(0);
    for (const lack of lacks) expect(lack).toMatch(/^[A-Z].*\.$/);
  });
});
