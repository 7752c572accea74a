import { describe, expect, test } from "vitest";
import { checkDraft } from "../../../hub/rules/check/index.ts";
import { badHomes } from "./bad-homes.ts";
import { goodHomes } from "./good-homes.ts";
import { contextOf, draft, homeOf, kept } from "./home.ts";

describe("rules that people really have", () => {
  test.each(goodHomes.map((h) => [h.name, h] as const))("%s: nothing is said against them", (_, { devices, rules }) => {
    const home = homeOf(devices);
    const saved = rules.map((r, i) => kept({ title: `Rule ${i}`, ...r }, `r${i}`));
    for (const rule of saved) {
      const others = saved.filter((r) => r !== rule);
      const { id, origin, by, madeAt, changedAt, ...given } = rule;
      expect(checkDraft(draft(given), contextOf(home, { rules: others }), id)).toEqual([]);
    }
  });
});

describe("rules that people should be told about", () => {
  test.each(badHomes.map((h) => [h.name, h] as const))(
    "%s",
    (_, { devices, rules = [], planRules = [], draft: given, codes, says }) => {
      const home = homeOf(devices);
      const context = contextOf(home, { rules: rules.map((r, i) => kept(r, `r${i}`)), planRules });
      const problems = checkDraft(draft(given), context);
      expect(problems.map((p) => p.code)).toEqual(codes);
      expect(problems[0]?.text).toMatch(says);
      for (const { fix } of problems)
        if (fix) expect(checkDraft(fix.draft, context).map((p) => p.code)).not.toContain(codes[0]);
    },
  );
});
