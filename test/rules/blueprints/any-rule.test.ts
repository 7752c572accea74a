import fc from "fast-check";
import { expect, test } from "vitest";
import type { HomeRule } from "../../../hub/model/rule/rule.ts";
import { diffLines } from "../../../hub/rules/blueprints/diff.ts";
import { blueprintAsYaml, readBlueprint } from "../../../hub/rules/blueprints/file.ts";
import { fill } from "../../../hub/rules/blueprints/fill.ts";
import { placesOf, wrap } from "../../../hub/rules/blueprints/from-rule.ts";
import { merge } from "../../../hub/rules/blueprints/merge.ts";
import { draftOf } from "../../../hub/rules/blueprints/revise.ts";
import { anyRules } from "../random-rules.ts";

const runs = { numRuns: 60 };
const rule = anyRules(3, 2, 1).map((rules) => rules[0] as HomeRule);

test("any rule becomes a ready-made one that is read again, holds no device of this home, and makes the same rule", () => {
  fc.assert(
    fc.property(rule, (kept) => {
      const draft = draftOf(kept);
      const places = placesOf(draft, (id) => id);
      const inputs = Object.fromEntries(places.map((p) => [p.name, p.input.label]));
      const head = { id: "any-rule", title: "Any", description: "Any rule.", about: "other" as const };
      const made = wrap(draft, { ...head, inputs }, (id) => id);
      if (!made.ok) {
        expect(made.faults[0]?.text).toMatch(/starts another rule/);
        return;
      }
      const file = blueprintAsYaml(made.blueprint);
      const read = readBlueprint(file);
      if (!read.ok) throw new Error(`${JSON.stringify(read.faults)}\n${file}`);
      const { label: _label, ...plain } = { label: "", ...read.blueprint.rule };
      expect(JSON.stringify(plain)).not.toMatch(/(lamp|sensor)-\d/);
      const back = fill(read.blueprint, answersOf(places, draft), draft.title);
      expect(back.ok && draftOf({ ...kept, ...back.draft })).toEqual({ ...draft, enabled: true });
    }),
    runs,
  );
});

/** What the rule says at each place now. */
function answersOf(places: ReturnType<typeof placesOf>, draft: object) {
  const made = wrap(
    draft as never,
    {
      ...{ id: "any-rule", title: "Any", description: "x", about: "other" },
      inputs: Object.fromEntries(places.map((p) => [p.name, "x"])),
    },
    (id) => id,
  );
  if (!made.ok) return {};
  const found = new Map<string, unknown>();
  const walk = (template: unknown, real: unknown): void => {
    if (typeof template !== "object" || template === null) return;
    const name: unknown = Reflect.get(template, "input");
    if (typeof name === "string" && Object.keys(template).length === 1) found.set(name, real);
    else if (typeof real === "object" && real !== null)
      for (const [key, one] of Object.entries(template)) walk(one, Reflect.get(real, key));
  };
  walk(made.blueprint.rule, draft);
  return Object.fromEntries(found) as never;
}

test("nothing that a person changed is lost, and nothing changes that nobody changed", () => {
  fc.assert(
    fc.property(rule, rule, (a, b) => {
      const [base, other] = [draftOf(a), draftOf(b)];
      expect(merge(base, other, base)?.draft).toEqual(other);
      expect(merge(base, base, other)?.draft).toEqual(other);
      expect(merge(base, other, other)?.draft).toEqual(other);
      expect(merge(base, base, base)).toEqual({ draft: base, byHand: [] });
      const named = { ...base, title: "my own name", rank: 7 };
      const merged = merge(base, named, other);
      expect(merged?.draft).toMatchObject({ title: "my own name", rank: 7 });
    }),
    runs,
  );
});

test("the lines of a difference are both texts", () => {
  const texts = fc.array(fc.constantFrom("a", "b", "c", ""), { maxLength: 12 }).map((lines) => lines.join("\n"));
  fc.assert(
    fc.property(texts, texts, (before, after) => {
      const lines = diffLines(before, after);
      const side = (sign: "in" | "out") => lines.filter((l) => l.sign === "same" || l.sign === sign).map((l) => l.text);
      expect(side("out").join("\n")).toBe(before.trimEnd());
      expect(side("in").join("\n")).toBe(after.trimEnd());
    }),
    runs,
  );
  const long = "x\n".repeat(5000);
  expect(diffLines(long, "y")).toHaveLength(5001);
});

test("a hostile file is refused in words, quickly", () => {
  const head = "inglenookBlueprint: 1\nid: bad-one\nversion: 1\ntitle: Bad\ndescription: Bad\n";
  const bomb = `a: &a [1,1,1,1,1,1,1,1,1,1]\n${[..."bcdefghi"].map((c, i) => `${c}: &${c} [${`*${"abcdefghi"[i]},`.repeat(9)}*${"abcdefghi"[i]}]`).join("\n")}\n`;
  const deep = `${"[".repeat(2000)}${"]".repeat(2000)}`;
  const wide = `{ form: when, on: [], do: [${"{ input: x },".repeat(2500)}] }`;
  const hostile = [
    "",
    "{",
    "\0\0\0",
    head,
    `${head}rule: ${deep}\n`,
    `${bomb}${head}rule: { form: when, on: *i, do: [] }\n`,
    `${head}inputs: { x: { kind: device, label: X, has: [onOff] } }\nrule: ${wide}\n`,
    `${head}rule: { __proto__: { form: when }, constructor: 1 }\n`,
    `${head}inputs: { __proto__: { kind: yesNo, label: X } }\nrule: { form: when, on: [], do: [{ input: __proto__ }] }\n`,
    `${head}inputs: { toString: { kind: yesNo, label: X } }\nrule: { form: when, do: { input: hasOwnProperty } }\n`,
    `${head}rule: !!js/function "process.exit()"\n`,
    `${head}rule: { form: when, on: [], do: [{ kind: notify, title: "{{ 7 * 7 }}", run: x }] }\n`,
    `${head}inputs: { n: { kind: number, label: N, min: 1, max: .inf } }\nrule: { form: when, on: [], do: [{ kind: wait, minutes: { input: n } }] }\n`,
  ];
  const begun = performance.now();
  for (const text of hostile) {
    const read = readBlueprint(text);
    expect(read, text.slice(-80)).toMatchObject({ ok: false });
    if (!read.ok)
      for (const { line, text: said } of read.faults) expect([line > 0, said.length > 3]).toEqual([true, true]);
  }
  expect(performance.now() - begun).toBeLessThan(5000);
});
