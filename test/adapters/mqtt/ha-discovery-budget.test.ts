import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../../../adapters/mqtt/dialects/ha-discovery/template/compile.ts";

/** A message as large as templates are given. */
const big = {
  s: "a".repeat(60_000),
  blanks: " ".repeat(60_000),
  list: Array.from({ length: 4_000 }, (_, i) => `x${i}`),
  dict: Object.fromEntries(Array.from({ length: 1_500 }, (_, i) => [`k${i}`, { a: i, b: [i] }])),
  nest: Array.from({ length: 60 }, () => Array.from({ length: 30 }, () => ({ a: [1, 2, 3] }))),
};
/** Far above what any may take, so that a slow machine does not fail; what has no end takes seconds. */
const FAR_MS = 250;

/** The shortest of some runs, ms: others may have the processor in one of them. */
function shortest(source: string, runs = 3): number {
  const template = compile(source);
  const times = Array.from({ length: runs }).map(() => {
    const before = performance.now();
    template.run({ value: big.s, value_json: big }, 0);
    return performance.now() - before;
  });
  return Math.min(...times);
}

const often = (expression: string): string => `{% for i in range(999) %}{{ ${expression} }}{% endfor %}`;
const doubled = "{% set ns = namespace(x=1) %}{% for a in range(18) %}{% set ns.x = [ns.x, ns.x] %}{% endfor %}";

describe("no template of a stranger holds the house up", () => {
  test.each([
    "{{ value_json.s[:157] | regex_findall('a*a*b') }}",
    "{{ value_json.s[:30000] | regex_findall('(?:a{20}){20}b') }}",
    "{{ value_json.s | regex_findall('(?:a{200}){200}b') }}",
    `{{ value_json.s[:30000] | regex_replace('(a)', '${"\\\\1".repeat(400)}') }}`,
    often("value_json.s[:40] | regex_search('a*b')"),
    often(`value_json.s | regex_search('${"a".repeat(400)}b')`),
    often("value_json.s | regex_search('b' ~ i)"),
    "{{ ('{0}' * 1000).format(value_json.nest) }}",
    "{{ ('{0}' * 900).format(value_json.s) }}",
    "{{ ('%s' * 400) | format(value_json.dict, value_json.nest) }}",
    often("value_json.blanks | trim"),
    often("value_json.blanks.strip(' ')"),
    often("value_json.s.count('a')"),
    often("value_json.s | length"),
    often("value_json.s.split('a') | length"),
    often(`value_json.s.find('${"a".repeat(300)}b')`),
    often("max(value_json.list)"),
    often("value_json.nest | string | length"),
    often("value_json.dict | tojson | length"),
    often("value_json.dict | dictsort | length"),
    often("value_json.nest == value_json.nest"),
    "{{ value_json.list | select('in', value_json.list) | list | length }}",
    `${doubled}{{ ns.x | tojson }}`,
    `${doubled}{{ ns.x | string }}`,
    "{% for a in range(140) %}{% for b in range(140) %}{% endfor %}{% endfor %}",
  ])("%s", (source) => {
    expect(shortest(source)).toBeLessThan(FAR_MS);
  });

  test("nor does any that a grammar makes", () => {
    const data = ["s", "blanks", "list", "dict", "nest"].map((name) => `value_json.${name}`);
    const names = fc.constantFrom(...data, "i", "value", "3", "'a'", "none");
    const filters = fc.constantFrom(
      ...[
        "length",
        "string",
        "tojson",
        "list",
        "sort",
        "unique",
        "reverse",
        "first",
        "sum",
        "lower",
        "trim",
        "slugify",
      ],
      ...["join(',')", "replace('a', 'bb')", "regex_findall('a*b')", "regex_replace('[^b]+x', 'c')", "dictsort"],
      ...[
        "map('string')",
        "select('search', '9$')",
        "truncate(99)",
        "format(value_json.nest)",
        "from_json",
        "float(0)",
      ],
    );
    const methods = fc.constantFrom(
      "split('a')",
      "strip('a ')",
      "upper()",
      "items()",
      "keys()",
      "count('a')",
      "format(1)",
    );
    const { expression } = fc.letrec((tie) => ({
      expression: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        names,
        fc.tuple(tie("expression"), filters).map(([e, f]) => `(${e} | ${f})`),
        fc.tuple(tie("expression"), methods).map(([e, m]) => `(${e}).${m}`),
        fc
          .tuple(tie("expression"), fc.constantFrom("~", "+", "*", "==", "<", "in", "and"), tie("expression"))
          .map(([a, o, b]) => `(${a} ${o} ${b})`),
        tie("expression").map((e) => `[${e}, ${e}]`),
        tie("expression").map((e) => `${e}[::-1]`),
      ),
    }));
    const template = fc
      .tuple(fc.nat(2), expression, expression)
      .map(([depth, over, out]) =>
        depth === 0
          ? `{{ ${out} }}`
          : depth === 1
            ? `{% for i in ${over} %}{{ ${out} }}{% endfor %}`
            : `{% for j in range(99) %}{% for i in range(99) %}{{ ${out} }}{% endfor %}{% endfor %}`,
      );
    fc.assert(
      fc.property(template, (source) => shortest(source, 1) < FAR_MS || shortest(source) < FAR_MS),
      { numRuns: 150 },
    );
  });
});
