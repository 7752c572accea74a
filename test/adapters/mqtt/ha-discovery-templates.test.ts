import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { compile } from "../../../adapters/mqtt/dialects/ha-discovery/template/compile.ts";

const AT = Date.UTC(2026, 0, 2, 3, 4, 5);
const run = (source: string, value_json: unknown = {}, value = "") => compile(source).run({ value, value_json }, AT);
const value = (source: string, json: unknown = {}, text = ""): unknown => {
  const rendered = run(source, json, text);
  return rendered.ok ? rendered.value : `! ${rendered.reason}`;
};

describe("templates give what Home Assistant gives", () => {
  test.each([
    ["{{ value_json.a['b'][1] }}", { a: { b: [1, 2] } }, 2],
    ["{{ value_json.a if value_json.a is defined else 0 }}", {}, 0],
    ["{{ value_json.get('a', 3) + 1 }}", {}, 4],
    ["{{ (value_json.a == 'on') | lower }}", { a: "on" }, "true"],
    ["{% if value_json.a > 3 %}hot{% elif value_json.a > 1 %}warm{% else %}cold{% endif %}", { a: 2 }, "warm"],
    ["{{ {'off':0, 'low':1}[value_json.m] | default('None') }}", { m: "mid" }, "None"],
    ["{{ 'a' if value_json.x in ['p', 'q'] else 'b' }}", { x: "q" }, "a"],
    ["{{ value_json.t | float(0) * 1.8 + 32 }}", { t: "20" }, 68],
    ["{{ value_json.t | round(1) }}", { t: 20.25 }, 20.2],
    ["{{ value_json.t | multiply(0.1) | round(2) }}", { t: 123 }, 12.3],
    ["{{ value_json.s | int(base=16) }}", { s: "0xff" }, 255],
    ["{{ value_json.t | timestamp_custom('%Y-%m-%d %H:%M') }}", { t: 86_400 }, "1970-01-02 00:00"],
    ["{{ as_datetime(value_json.t).year }}", { t: "2025-05-06T07:08:09Z" }, 2025],
    ["{{ now().strftime('%H:%M:%S') }}", {}, "03:04:05"],
    ["{{ iif(value_json.a, 'yes', 'no') }}", { a: false }, "no"],
    ["{{ value_json.l | map(attribute='x') | list | join(',') }}", { l: [{ x: 1 }, { x: 2 }] }, "1,2"],
    ["{{ value_json.l | selectattr('k', 'eq', 'b') | map(attribute='v') | first }}", { l: [{ k: "b", v: 9 }] }, 9],
    ["{{ value_json.s | regex_findall('(\\d+)x(\\d+)') }}", { s: "10x20" }, [["10", "20"]]],
    ["{{ value_json.s | regex_replace('[^0-9.]', '') }}", { s: "12.5 V" }, "12.5"],
    ["{{ value_json.s is match('[a-c]+$') and value_json.s is not search 'z' }}", { s: "abc" }, true],
    ["{{ value_json.f | bitwise_and(4) > 0 }}", { f: 6 }, true],
    [
      "{% set ns = namespace(n=0) %}{% for x in value_json.l if x > 1 %}{% set ns.n = ns.n + x %}{% endfor %}{{ ns.n }}",
      { l: [1, 2, 3] },
      "5",
    ],
    ["{{ 7 // 2 }} {{ -7 % 3 }} {{ 2 ** 3 }} {{ 'a' ~ 1 }} {{ not true }}", {}, "3 2 8 a1 False"],
    ["{{ value_json }}", { a: null }, { a: null }],
    ["{{ [1, none, true, 'x'] | string }}", {}, "[1, None, True, 'x']"],
    ["{{ value_json.d | tojson }}", { d: { a: [1] } }, '{"a":[1]}'],
    ["{{ value_json.s.split(';')[0][1:] | upper }}", { s: "abc;d" }, "BC"],
    ["{{ is_number(value_json.s) and min(3, 1, 2) == 1 }}", { s: "1.5" }, true],
    ["{{ this.state | default('none yet') }}", {}, "none yet"],
    ["{#- nothing -#} {{- value_json.a -}} ", { a: 1 }, 1],
    ["{{ value_json.s | truncate(5, True, '', 0) }}", { s: "abcdefgh" }, "abcde"],
  ])("%s", (source, json, expected) => {
    expect(value(source, json)).toEqual(expected);
  });

  test("a template that only fetches is known by its path, whatever it falls back to", () => {
    const path = (source: string) => compile(source).path;
    expect(path('{{ value_json["a"]["b"] }}')).toEqual(["a", "b"]);
    expect(path("{{value_json['a'] if value_json.a is defined else 0}}")).toEqual(["a"]);
    expect(path("{{ value_json.a | default('', True) | string | truncate(254, True, '', 0) }}")).toEqual(["a"]);
    expect(path("{{ value }}")).toEqual([]);
    expect(path("{{ value_json.a | int }}")).toBeUndefined();
    expect(path("{{ value_json.a if value_json.b > 3 else 0 }}")).toBeUndefined();
  });
});

describe("templates of strangers", () => {
  test.each([
    ["{% for a in range(999) %}{% for b in range(999) %}x{% endfor %}{% endfor %}", "too many steps"],
    ["{{ range(100000000) | list }}", "too long a list"],
    ["{{ 'x' * 100000000 }}", "too long a text"],
    [
      "{% set ns = namespace(s='xxxx') %}{% for i in range(99) %}{% set ns.s = ns.s + ns.s %}{% endfor %}",
      "too long a text",
    ],
    [
      "{% set ns = namespace(l=[1]) %}{% for i in range(99) %}{% set ns.l = ns.l + ns.l %}{% endfor %}",
      "too many steps",
    ],
    ["{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regex_findall('(a+)+$') }}", "repeats what repeats"],
    ["{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regex_findall('(a|a)*$') }}", "repeats what repeats"],
    [`{{ '${"a".repeat(2000)}' | regex_findall('a*a*a*a*b') }}`, "too long on this text"],
    [`{{ '${"a".repeat(40)}' | regex_findall('${"a?".repeat(40)}${"a".repeat(40)}') }}`, "too long on this text"],
    [`{{ ${"(".repeat(200)}1${")".repeat(200)} }}`, "nested too deep"],
    [`${"{% if 1 %}".repeat(200)}${"{% endif %}".repeat(200)}`, "nested too deep"],
    [`{{ ${"not ".repeat(500)}1 }}`, "nested too deep"],
    [`{{ '${"x".repeat(9000)}' }}`, "too long"],
    ["{% macro f() %}{{ f() }}{% endmacro %}{{ f() }}", "macro"],
    ["{{ states('lock.door') }}", "there is not"],
    ["{{ value_json.24_x }}", "not valid"],
    ["{{ 1 / 0 }}", "divides by zero"],
    ["{% set x = [] %}{% set x.y = 1 %}", "no namespace"],
  ])("%# is ended or refused in words", (source, reason) => {
    const before = performance.now();
    expect(value(source)).toContain(reason);
    expect(performance.now() - before).toBeLessThan(500);
  });

  test("nothing but the message can be reached", () => {
    for (const way of [
      "value.constructor",
      "value_json.__proto__",
      "value['__proto__']",
      "''.__class__",
      "dict.constructor",
    ])
      expect(value(`{{ ${way} }}`), way).toBeUndefined();
    expect(value("{{ constructor }}")).toBeUndefined();
    expect(value("{{ value_json.toString() }}")).toContain("!");
  });

  test("no text makes the compiler or the run throw or hang", () => {
    const bits = [
      "{{",
      "}}",
      "{%",
      "%}",
      "(",
      ")",
      "[",
      "]",
      "{",
      "}",
      "|",
      "if",
      "for",
      "in",
      "else",
      "endif",
      "endfor",
      "set",
      "value",
      "value_json",
      ".",
      "'",
      '"',
      "\\",
      "+",
      "-",
      "*",
      "**",
      "is",
      "not",
      "defined",
      "1",
      "e9",
      "range",
      "default",
      "~",
      "=",
      ",",
      ":",
      " ",
    ];
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...bits), { maxLength: 40 }), (parts) => {
        run(parts.join(parts.length % 2 ? "" : " "), { value: [1, "2", { a: null }] });
      }),
      { numRuns: 3000 },
    );
    fc.assert(fc.property(fc.string({ unit: "binary" }), (text) => void run(`{{ ${text} }}`)));
  });
});

const corpus = join(import.meta.dirname, "../../../../shared/data/mqtt/ha-discovery.jsonl");
const there = existsSync(corpus);
if (!there) console.warn("SKIPPED: ../shared/data/mqtt is not here, so that no recorded templates are compiled");

test.skipIf(!there)("every recorded template compiles, and most are only paths", () => {
  const found = new Set<string>();
  const collect = (json: unknown): void => {
    if (typeof json !== "object" || json === null) return;
    for (const [key, part] of Object.entries(json))
      if (typeof part === "string" && /(template|tpl)$/.test(key)) found.add(part);
      else collect(part);
  };
  for (const line of readFileSync(corpus, "utf8").split("\n").filter(Boolean))
    for (const { topic, payload } of JSON.parse(line).messages)
      if (topic.endsWith("/config") && payload) collect(JSON.parse(payload));
  const made = [...found].map((source) => [source, compile(source)] as const);
  expect(made.length).toBeGreaterThan(1000);
  expect(made.filter(([, t]) => t.broken !== undefined).map(([source]) => source)).toEqual([]);
  expect(made.filter(([, t]) => t.path).length / made.length).toBeGreaterThan(0.7);
});
